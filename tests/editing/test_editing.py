"""Records entered and changed by hand: read, checked, written as one batch that can be undone."""

from pathlib import Path
from typing import Any

import pytest

from models.editing import editing
from models.editing.bulk import common_columns, set_field
from models.editing.coverages import cover, coverages_of, uncover
from models.editing.editing import Kind, create, doubtful, held, save, typed_columns, understand
from models.editing.endings import close_employer, dissolve_union
from models.editing.moving import enter, events_of, remove_event
from models.editing.namesakes import namesakes
from models.errors import UserError
from models.journal.log import Batch, Change
from models.journal.saved_filters import remove_filter, save_filter, saved_filters
from models.journal.undo import undo
from models.journal.writer import Author
from models.records.union import Union
from models.records.worker import Worker
from models.register.register import Register
from models.values.region_index import RegionIndex
from tests.aids.speaking import LI, TODAY, WANG, ZHAO, imported_rows, listed
from tests.aids.whole_window import made_once, put_into

UNION, OTHER = "重庆甲示例有限公司工会", "重庆乙示例有限公司工会"
EMPLOYER = "重庆甲示例有限公司"


def fill(author: Author, folder: Path) -> None:
    """A union of one employer and another union; two members of the first, one of no union yet."""
    unions = [["工会名称", "单位名称", "所在镇街"], [UNION, EMPLOYER, "沙坪坝区"], [OTHER, None, "渝中区"]]
    imported_rows(author, folder, unions, "工会")
    people = [
        ["姓名", "身份证号", "手机", "所属工会", "入会日期"],
        ["王五", WANG, "19900000001", UNION, "2024-05-06"],
        ["李四", LI, None, UNION, "2024-06"],
        ["赵六", ZHAO, "19900000003", None, None],
    ]
    imported_rows(author, folder, people, "会员")


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    return made_once(empty_register, tmp_path_factory.mktemp("stock"), fill)


@pytest.fixture
def two_unions(register: Register, stock: Register) -> None:
    put_into(register, stock)


def uid_of(record: Any, name: str) -> str:
    return str(record.get(record.name == name).uid)


def added(kind: Kind, index: RegionIndex, author: Author, **written: Any) -> str:
    understood = understand(kind, written, {}, TODAY, index)
    return create(kind, understood, author, TODAY)[1]


def changed(kind: Kind, uid: str, index: RegionIndex, author: Author, **written: Any) -> int | None:
    known = held(kind, uid)
    return save(kind, known, understand(kind, written, known, TODAY, index), author)


def problems(
    kind: Kind, index: RegionIndex, known: dict[str, Any] | None = None, **written: Any
) -> list[tuple[str, str]]:
    return [(each.column, each.code) for each in understand(kind, written, known or {}, TODAY, index).problems]


def test_a_person_is_entered_with_a_membership(index: RegionIndex, author: Author, two_unions: None) -> None:
    uid = added(
        "worker", index, author, name="孙七", phone="199 0000 0009", employer=EMPLOYER, union=UNION, join_date="2026.3.1",
        residence_region="沙坪坝区小龙坎街道",
    )  # fmt: skip
    person = held("worker", uid)
    assert (person["name"], person["phone"], person["membership_state"], person["join_date"]) == (
        "孙七", "19900000009", "在册", "2026-03-01",
    )  # fmt: skip
    assert editing.names_of(person, typed_columns("worker"), index) == {
        "employer": EMPLOYER, "residence_region": "沙坪坝区小龙坎街道",
    }  # fmt: skip
    assert ("孙七", EMPLOYER, UNION) in listed("workers", "name", "employer", "union")


def test_a_number_fills_in_birth_and_sex_and_a_wrong_one_forbids_saving(index: RegionIndex, author: Author) -> None:
    understood = understand("worker", {"name": "王五", "id_number": WANG}, {}, TODAY, index)
    assert (understood.values["birth_date"], understood.values["sex"]) == ("1985-03-07", "男")
    wrong = understand("worker", {"name": "王五", "id_number": WANG[:-1] + "3"}, {}, TODAY, index)
    assert doubtful(wrong)
    with pytest.raises(UserError, match="校验位"):
        create("worker", wrong, author, TODAY)
    _number, uid = create("worker", wrong, author, TODAY, accept=True)
    assert (held("worker", uid)["id_number"], held("worker", uid)["id_doubtful"]) == (WANG[:-1] + "3", 1)
    changed("worker", uid, index, author, phone="19900000001")
    assert held("worker", uid)["id_doubtful"] == 1
    changed("worker", uid, index, author, id_number=WANG)
    assert held("worker", uid)["id_doubtful"] is None


def test_what_is_missing_or_unknown_is_told_at_its_field(index: RegionIndex, author: Author) -> None:
    assert problems("worker", index, name="") == [("name", "name-missing")]
    assert problems("worker", index, name="王五", employer="没有的公司") == [("employer", "record-unknown")]
    assert problems("worker", index, name="王五", residence_region="没有的街道") == [
        ("residence_region", "region-unknown")
    ]
    assert problems("employer", index, name="") == [("name", "employer-name-missing")]
    assert problems("union", index, name="") == [("name", "union-name-missing")]
    assert not doubtful(understand("worker", {"name": ""}, {}, TODAY, index))


def test_only_changed_fields_are_written_and_undone_together(
    index: RegionIndex, author: Author, two_unions: None
) -> None:
    uid = uid_of(Worker, "王五")
    before = held("worker", uid)
    number = changed("worker", uid, index, author, phone="19900000008", note="已核对", name="王五")
    assert number is not None
    (batch,) = Batch.select().where(Batch.id == number)
    assert batch.kind == "edit"
    assert sorted(row.field for row in Change.select().where(Change.batch == batch.uid)) == ["note", "phone"]
    undo(number, author)
    assert held("worker", uid) == before
    assert changed("worker", uid, index, author, phone="19900000001") is None


def test_an_edit_leaves_what_it_did_not_touch(index: RegionIndex, author: Author) -> None:
    uid = added("worker", index, author, name="王五", id_number=WANG)
    imposed = held("worker", uid) | {"birth_date": "1985-03"}
    understood = understand("worker", {"phone": "19900000001"}, imposed, TODAY, index)
    assert understood.values["birth_date"] == "1985-03"


def test_what_was_changed_elsewhere_meanwhile_is_not_overwritten(
    index: RegionIndex, author: Author, two_unions: None
) -> None:
    uid = uid_of(Worker, "王五")
    known = held("worker", uid)
    changed("worker", uid, index, author, phone="19900000008")
    with pytest.raises(UserError, match="移动电话"):
        save("worker", known, understand("worker", {"phone": "19900000007"}, known, TODAY, index), author)
    save("worker", known, understand("worker", {"note": "别的字段"}, known, TODAY, index), author)
    assert (held("worker", uid)["phone"], held("worker", uid)["note"]) == ("19900000008", "别的字段")


def test_a_renamed_unit_keeps_its_old_names(index: RegionIndex, author: Author, two_unions: None) -> None:
    uid = uid_of(Union, UNION)
    changed("union", uid, index, author, name="重庆丙示例有限公司工会")
    changed("union", uid, index, author, name="重庆丁示例有限公司工会")
    assert held("union", uid)["former_names"] == f"{UNION}、重庆丙示例有限公司工会"


def test_a_union_is_not_its_own_parent_even_through_another(
    index: RegionIndex, author: Author, two_unions: None
) -> None:
    first, second = uid_of(Union, UNION), uid_of(Union, OTHER)
    changed("union", second, index, author, parent=UNION)
    assert problems("union", index, held("union", first), parent=OTHER) == [("parent", "parent-circular")]


def test_many_unions_are_not_put_below_one_of_their_own(index: RegionIndex, author: Author, two_unions: None) -> None:
    first, second = uid_of(Union, UNION), uid_of(Union, OTHER)
    set_field("union", [second], "parent", UNION, author, TODAY, index)
    for goal in (UNION, OTHER):
        with pytest.raises(UserError, match="上级"):
            set_field("union", [first], "parent", goal, author, TODAY, index)


def test_an_employer_is_entered_with_its_size_and_its_union(
    index: RegionIndex, author: Author, two_unions: None
) -> None:
    added("employer", index, author, name="重庆戊示例公司", nature="私营企业", staff_count="30", union=OTHER)
    assert ("重庆戊示例公司", 30, OTHER) in listed("employers", "name", "staff_count", "union")


def test_a_union_founded_by_hand_takes_over_its_employer(index: RegionIndex, author: Author, two_unions: None) -> None:
    added("union", index, author, name="重庆新示例工会", employer=EMPLOYER, founding_date="2026-11", member_count="12")
    assert (EMPLOYER, "重庆新示例工会") in listed("employers", "name", "union")
    assert ("重庆新示例工会", 12) in listed("unions", "name", "member_count")


def test_somebody_who_is_known_is_told_before_being_entered_twice(
    index: RegionIndex, author: Author, two_unions: None
) -> None:
    same_id = namesakes("worker", {"name": "王武", "id_number": WANG})
    assert [(each.name, each.why) for each in same_id] == [("王五", "证件号码相同")]
    assert WANG not in same_id[0].detail
    same_phone = namesakes("worker", {"name": "赵六", "phone": "19900000003"})
    assert [(each.name, each.why) for each in same_phone] == [("赵六", "姓名和电话相同")]
    assert namesakes("worker", {"name": "赵七", "phone": "19900000003"}) == []
    assert namesakes("worker", {"id_number": WANG}, own=uid_of(Worker, "王五")) == []
    assert [each.why for each in namesakes("union", {"name": UNION})] == ["名称相同"]


def test_a_transfer_is_two_events_of_one_day(index: RegionIndex, author: Author, two_unions: None) -> None:
    wang, li, zhao = (uid_of(Worker, name) for name in ("王五", "李四", "赵六"))
    moved = enter("转入", [wang, li, zhao], "2026-05-01", author, union=uid_of(Union, OTHER))
    assert (moved.moved, moved.left) == (3, {})
    assert [(each.type, each.date, each.union_name) for each in events_of(wang)] == [
        ("转入", "2026-05-01", OTHER), ("转出", "2026-05-01", UNION), ("入会", "2024-05-06", UNION),
    ]  # fmt: skip
    assert [(each.type, each.union_name) for each in events_of(zhao)] == [("转入", OTHER), ("入会", "")]
    assert set(listed("workers", "union", "membership_state")) == {(OTHER, "在册")}
    undo(moved.batch or 0, author)
    assert set(listed("workers", "union", "membership_state")) == {(UNION, "在册"), (None, "待落会籍")}


def test_whoever_cannot_have_an_event_is_left_and_told(index: RegionIndex, author: Author, two_unions: None) -> None:
    people = [uid_of(Worker, name) for name in ("王五", "赵六")]
    moved = enter("保留", people, "2026-05", author, reason="失业")
    assert (moved.moved, moved.left) == (1, {people[1]: "赵六不在任何工会的册上"})
    again = enter("保留", people, "", author)
    assert (again.batch, again.moved) == (None, 0)
    assert again.left[people[0]] == "王五的会籍已经保留"
    assert enter("入会", people[:1], "", author, union=uid_of(Union, OTHER)).left == {
        people[0]: "王五已经是会员，要换工会请办转会"
    }
    assert enter("退会", people[:1], "", author).moved == 1
    assert ("王五", None, "退会") in listed("workers", "name", "union", "membership_state")


@pytest.mark.parametrize(
    ("type_", "day", "told"),
    [("升级", "", "没有会籍变动"), ("退会", "五月的一天", "看不懂的日期"), ("转入", "", "请选择")],
)
def test_an_event_that_cannot_be_is_refused(author: Author, type_: str, day: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        enter(type_, [], day, author)


def test_a_wrong_event_is_taken_back(author: Author, two_unions: None) -> None:
    wang = uid_of(Worker, "王五")
    enter("退会", [wang], "2026-05-01", author)
    number = remove_event(events_of(wang)[0].uid, author)
    assert held("worker", wang)["membership_state"] == "在册"
    undo(number, author)
    assert held("worker", wang)["membership_state"] == "退会"
    with pytest.raises(UserError, match="不在了"):
        remove_event("nobody", author)


def test_a_unit_closes_and_is_covered_no_more(index: RegionIndex, author: Author, two_unions: None) -> None:
    ((uid, _name),) = editing.named("employer", EMPLOYER)
    close_employer(uid, "2026-11-01", author, TODAY)
    assert (held("employer", uid)["closed_on"], held("employer", uid)["operating"]) == ("2026-11-01", 0)
    assert [(each.union_name, each.until) for each in coverages_of(uid)] == [(UNION, "2026-11-01")]
    with pytest.raises(UserError, match="已经在 2026-11-01 注销"):
        close_employer(uid, "2026-11-22", author, TODAY)


def test_a_union_with_members_is_not_dissolved_before_they_have_moved(author: Author, two_unions: None) -> None:
    uid = uid_of(Union, UNION)
    with pytest.raises(UserError, match="还有 2 名会员"):
        dissolve_union(uid, TODAY, author, TODAY)
    enter("转入", [uid_of(Worker, name) for name in ("王五", "李四")], "", author, union=uid_of(Union, OTHER))
    dissolve_union(uid, TODAY, author, TODAY)
    assert (held("union", uid)["state"], held("union", uid)["dissolved_on"]) == ("撤销", "2026-11-22")
    assert [each.until for each in coverages_of(uid)] == ["2026-11-22"]
    with pytest.raises(UserError, match="已经撤销"):
        dissolve_union(uid, TODAY, author, TODAY)


def test_an_employer_goes_from_one_union_to_another(author: Author, two_unions: None) -> None:
    (uid, _name), other = editing.named("employer", EMPLOYER)[0], uid_of(Union, OTHER)
    with pytest.raises(UserError, match="在今天之后"):
        cover(other, [uid], "2027-01", author, TODAY)
    number = cover(other, [uid], TODAY, author, TODAY)
    assert [(each.union_name, each.until) for each in coverages_of(uid)] == [(OTHER, None), (UNION, "2026-11-22")]
    assert cover(other, [uid], TODAY, author, TODAY) is None
    undo(number or 0, author)
    assert [(each.union_name, each.until) for each in coverages_of(uid)] == [(UNION, None)]
    uncover([uid], TODAY, author)
    assert [each.until for each in coverages_of(uid)] == ["2026-11-22"]


def test_one_field_is_set_for_many(index: RegionIndex, author: Author, two_unions: None) -> None:
    people = [uid_of(Worker, name) for name in ("王五", "李四", "赵六")]
    filled = set_field("worker", people, "occupation_group", "骑手", author, TODAY, index)
    assert filled.changed == 3
    assert set(listed("workers", "occupation_group")) == {("外卖配送员",)}
    assert set_field("worker", people, "occupation_group", "外卖配送员", author, TODAY, index).batch is None
    with pytest.raises(UserError, match="不在“"):
        set_field("worker", people, "occupation_group", "宇航员", author, TODAY, index)
    set_field("worker", people[:1], "occupation_group", "", author, TODAY, index)
    assert sorted(listed("workers", "occupation_group"), key=str) == [("外卖配送员",), ("外卖配送员",), (None,)]
    assert "id_number" not in {column.name for column in common_columns("worker")}


def test_a_filter_is_kept_under_its_name_and_replaced_by_the_next(author: Author) -> None:
    number = save_filter("workers", " 骑手 未入会 ", {"part": "outside"}, author)
    save_filter("workers", "骑手 未入会", {"part": "members", "unverified": True}, author)
    (kept,) = saved_filters("workers")
    assert (kept.name, kept.parts) == ("骑手 未入会", {"part": "members", "unverified": True})
    assert saved_filters("unions") == []
    assert save_filter("workers", kept.name, kept.parts, author) is None
    remove_filter(kept.uid, author)
    assert saved_filters("workers") == []
    assert number is not None
    with pytest.raises(UserError, match="名字"):
        save_filter("workers", "  ", {}, author)
