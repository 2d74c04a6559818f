"""Own fields: made, filled, listed, filtered, sorted, searched, edited, undone, merged, erased, renamed, retired."""

from typing import Any

import pytest

from models.duplicates.merge import merge, merge_preview
from models.editing import editing
from models.editing.bulk import set_field
from models.editing.editing import held, save, typed_columns, understand
from models.editing.mistakes import remove_mistake
from models.editing.own_fields import NewField, add_own_fields, change_own_field, own_fields
from models.editing.record_history import history_of
from models.engine import database
from models.errors import UserError
from models.journal.undo import undo
from models.journal.writer import Author, batch
from models.lists import filters, search, selection
from models.lists.listings import Selection
from models.people.erasing import erase
from models.people.held_data import held_data
from models.records.catalogue import RECORDS
from models.records.forms import FORMS
from models.records.own_field import OwnField
from models.records.region import load_index
from models.records.worker import Worker
from models.register import register as room
from models.register.register import Register
from models.uid import new_uid
from models.values.columns import columns_of, own_columns
from models.values.region_index import RegionIndex
from tests.aids.speaking import TODAY

#: Their uids stand here: made while the tests are loaded they would lie after the day on which tests happen.
_UID = "019a0000-0000-7000-8000-00000000000{}"
FIELDS = (
    NewField("worker", "党龄", "number", uid=_UID.format(1)),
    NewField("worker", "体检日期", "day", uid=_UID.format(2)),
    NewField("worker", "是否骨干人员", "yes-no", uid=_UID.format(3)),
    NewField("worker", "帮扶档次", "choice", ("一档", "二档", "三档"), _UID.format(4)),
    NewField("worker", "爱好特长", "text", uid=_UID.format(5)),
)
PARTY, EXAM, CORE, LEVEL, HOBBY = (each.field for each in FIELDS)
PEOPLE: dict[str, dict[str, Any]] = {
    "王五": {PARTY: 35_000, EXAM: "2026-05", CORE: 1, LEVEL: "一档", HOBBY: "乒乓球"},
    "李四": {PARTY: 100_000, EXAM: "2026-07-01", LEVEL: "二档", HOBBY: "书法 13800000001"},
    "赵六": {PARTY: -5_000},
    "冯七": {},
}  # fmt: skip


@pytest.fixture
def index(author: Author) -> RegionIndex:
    return load_index(TODAY)


@pytest.fixture
def people(author: Author) -> dict[str, str]:
    """Four people, three of whom have something in own fields: name → uid."""
    add_own_fields(FIELDS, author)
    found = {}
    with batch("import", author) as writer:
        for name, own in PEOPLE.items():
            found[name] = new_uid()
            writer.create(Worker, {"uid": found[name], "name": name} | own)
    return found


def rows(index: RegionIndex, **choice: Any) -> list[dict[str, Any]]:
    return selection.rows(Selection("workers", today=TODAY, **choice), index)


def names(index: RegionIndex, *where: tuple[str, str], **choice: Any) -> list[str]:
    """Who is chosen: by filters as a person writes them."""
    return [row["name"] for row in rows(index, where=filters.read_where("workers", where), **choice)]


def typed(uid: str, index: RegionIndex, author: Author, **given: str) -> int | None:
    """Type into fields by the names they have now."""
    by_label = {column.label: column.name for column in typed_columns("worker")}
    known = held("worker", uid)
    written = {by_label[label]: text for label, text in given.items()}
    return save("worker", known, understand("worker", written, known, TODAY, index), author)


def test_they_stand_behind_the_declared_fields_in_their_order_and_are_gone_when_the_register_is_closed(
    register: Register, author: Author
) -> None:
    add_own_fields(FIELDS, author)
    assert [column.label for column in columns_of(Worker)][-5:] == ["党龄", "体检日期", "是否骨干人员", "帮扶档次", "爱好特长"]
    assert [field.column.label for field in FORMS["workers"].fields][-1] == "爱好特长"
    assert [field.column.label for field in FORMS["employers"].fields if field.name.startswith("own:")] == []
    room.close_register()
    assert own_columns(Worker) == ()


def test_a_list_holds_what_was_written(people: dict[str, str], index: RegionIndex) -> None:
    found = {row["name"]: {name: row[name] for name in (PARTY, EXAM, CORE, LEVEL, HOBBY)} for row in rows(index)}
    empty = dict.fromkeys((PARTY, EXAM, CORE, LEVEL, HOBBY))
    assert found == {name: empty | own for name, own in PEOPLE.items()}


@pytest.mark.parametrize(
    ("where", "chosen"),
    [
        (("党龄", "3-10"), ["王五", "李四"]),
        (("党龄", "-3"), ["赵六"]),
        (("体检日期", "2026-06..2026-12"), ["李四"]),
        (("是否骨干人员", "是"), ["王五"]),
        (("是否骨干人员", "未填"), ["李四", "赵六", "冯七"]),
        (("帮扶档次", "一档|二档"), ["王五", "李四"]),
        (("帮扶档次", "未填"), ["赵六", "冯七"]),
        (("爱好特长", "书法"), ["李四"]),
        ((HOBBY, "乒乓"), ["王五"]),
    ],
)
def test_a_list_is_narrowed_by_them(
    people: dict[str, str], index: RegionIndex, where: tuple[str, str], chosen: list[str]
) -> None:
    assert names(index, where) == chosen


def test_a_list_is_sorted_by_them_numbers_as_numbers(people: dict[str, str], index: RegionIndex) -> None:
    assert names(index, order=PARTY) == ["冯七", "赵六", "王五", "李四"]
    choice = Selection("workers", order=PARTY, descending=True)
    assert [row["name"] for row in selection.rows_of("workers", selection.ids(choice), index)] == ["李四", "王五", "赵六", "冯七"]


def test_texts_and_choices_are_searched(people: dict[str, str], index: RegionIndex) -> None:
    assert names(index, search="乒乓") == ["王五"]
    assert names(index, search="二档") == ["李四"]
    assert names(index, search=FIELDS[0].uid[:8]) == []  # how they are kept is nobody's word
    search.catch_up()
    assert [hit.title for group in search.find("书法", index) for hit in group.hits] == ["李四"]
    assert [hit.title for group in search.find("00001", index) for hit in group.hits] == ["李四"]


def test_what_is_typed_is_read_by_the_kind_and_undone(people: dict[str, str], index: RegionIndex, author: Author) -> None:
    uid = people["冯七"]
    number = typed(uid, index, author, 党龄="12.5", 体检日期="2025年3月", 帮扶档次="二档")
    known = held("worker", uid)
    assert (known[PARTY], known[LEVEL], known[EXAM]) == (125_000, "二档", "2025-03")
    assert [(step.title, step.before, step.after) for step in history_of("worker", uid, index)] == [
        ("帮扶档次", "", "二档"), ("体检日期", "", "2025-03"), ("党龄", "", "12.5"), ("姓名", "", "冯七"),
    ]  # fmt: skip
    assert number is not None
    undo(number, author)
    assert {name: held("worker", uid)[name] for name in (PARTY, LEVEL, EXAM)} == dict.fromkeys((PARTY, LEVEL, EXAM))


def test_what_cannot_be_read_is_refused_where_it_was_typed(people: dict[str, str], index: RegionIndex, author: Author) -> None:
    understood = understand("worker", {PARTY: "十来年", LEVEL: "四档"}, held("worker", people["王五"]), TODAY, index)
    assert [(each.column, each.code, each.level) for each in understood.problems] == [
        (PARTY, "number-unreadable", "error"), (LEVEL, "choice-unknown", "error"),
    ]  # fmt: skip


def test_emptying_the_last_one_leaves_nothing_behind(people: dict[str, str], index: RegionIndex, author: Author) -> None:
    typed(people["赵六"], index, author, 党龄="")
    assert Worker.get(Worker.uid == people["赵六"]).own is None


def test_one_can_be_set_for_many_people(people: dict[str, str], index: RegionIndex, author: Author) -> None:
    done = set_field("worker", list(people.values()), LEVEL, "三档", author, TODAY, index)
    assert done.changed == 4
    assert names(index, ("帮扶档次", "三档")) == list(PEOPLE)


def test_a_new_name_is_the_name_everywhere_and_the_values_stay(
    people: dict[str, str], index: RegionIndex, author: Author
) -> None:
    renaming = change_own_field(FIELDS[0].uid, author, name="入党年数")
    assert names(index, ("入党年数", "3-10")) == ["王五", "李四"]
    assert [step.title for step in history_of("worker", people["王五"], index) if step.field == PARTY] == ["入党年数"]
    assert [each.title for each in held_data(people["王五"], index).fields if each.field == PARTY] == ["入党年数"]
    assert renaming is not None
    undo(renaming, author)
    assert names(index, ("党龄", "3-10")) == ["王五", "李四"]


def test_one_that_is_out_of_use_is_offered_nowhere_and_loses_nothing(
    people: dict[str, str], index: RegionIndex, author: Author
) -> None:
    change_own_field(FIELDS[4].uid, author, active=False)
    assert HOBBY not in [column.name for column in (*typed_columns("worker"), *selection.listed_columns("workers"))]
    assert HOBBY not in filters.filters_of("workers")
    assert HOBBY not in FORMS["workers"].by_name
    assert [step.after for step in history_of("worker", people["王五"], index) if step.field == HOBBY] == ["乒乓球"]
    assert [each.value for each in held_data(people["王五"], index).fields if each.field == HOBBY] == ["乒乓球"]
    change_own_field(FIELDS[4].uid, author, active=True)
    assert names(index, ("爱好特长", "乒乓")) == ["王五"]


def test_options_are_renamed_where_they_are_held_and_those_left_out_are_still_read(
    people: dict[str, str], index: RegionIndex, author: Author
) -> None:
    change_own_field(FIELDS[3].uid, author, options=("一档", "三档"), renamed={"一档": "特困"})
    assert {row["name"]: row[LEVEL] for row in rows(index) if row[LEVEL]} == {"王五": "特困", "李四": "二档"}
    assert filters.filters_of("workers")[LEVEL].labels() == ("特困", "三档")
    column = next(each for each in own_columns(Worker) if each.name == LEVEL)
    assert (column.kind.parse("二档").value, column.kind.parse("一档").value) == ("二档", None)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (("worker", "手机 号"), "就是已有的“移动电话”"),
        (("worker", "党龄"), "已经有自有字段“党龄”"),
        (("worker", "　"), "字段名称要有字"),
        (("worker", "字" * 21), "最多 20 个字"),
        (("worker", "档次", "choice"), "请写出有哪些选项"),
        (("worker", "档次", "choice", ("甲、乙",)), "不能有顿号"),
        (("worker", "档次", "colour"), "没有“colour”这种内容"),
        (("region", "档次"), "不能有自有字段"),
    ],
)
def test_what_cannot_be_made(people: dict[str, str], author: Author, wanted: tuple[Any, ...], said: str) -> None:
    with pytest.raises(UserError, match=said):
        add_own_fields([NewField(*wanted)], author)


def test_another_kind_of_record_may_have_one_of_the_same_name(people: dict[str, str], author: Author) -> None:
    add_own_fields([NewField("employer", "党龄"), NewField("union", "党龄")], author)
    assert [(each.record, each.name, each.filled) for each in own_fields() if each.name == "党龄"] == [
        ("worker", "党龄", 3), ("employer", "党龄", 0), ("union", "党龄", 0),
    ]  # fmt: skip


def test_making_one_is_undone_as_long_as_nothing_stands_in_it(author: Author, index: RegionIndex) -> None:
    made = add_own_fields([FIELDS[0]], author)
    assert made is not None
    with batch("import", author) as writer:
        writer.create(Worker, {"uid": (uid := new_uid()), "name": "王五", PARTY: 10_000})
    with pytest.raises(UserError, match="没有可以撤销的内容"):
        undo(made, author)
    typed(uid, index, author, 党龄="")
    undo(made, author)
    assert own_columns(Worker) == ()


def test_a_field_and_what_was_written_in_it_go_and_come_back_in_one_batch(author: Author, index: RegionIndex) -> None:
    with batch("edit", author) as writer:
        writer.create(Worker, {"uid": (uid := new_uid()), "name": "王五"})
    with batch("import", author) as writer:
        writer.create(OwnField, {"uid": FIELDS[0].uid, "record": "worker", "name": "党龄", "kind": "number", "place": 1})
        writer.update(Worker, uid, {PARTY: (None, 10_000)})
    undone = undo(2, author)
    assert (own_columns(Worker), undone.kept) == ((), [])
    undo(undone.batch, author)
    assert held("worker", uid)[PARTY] == 10_000


def test_a_value_whose_field_was_undone_since_stays_away_and_is_told(author: Author, index: RegionIndex) -> None:
    made = add_own_fields([FIELDS[0]], author)
    with batch("edit", author) as writer:
        writer.create(Worker, {"uid": (uid := new_uid()), "name": "王五"})
    filling = typed(uid, index, author, 党龄="3")
    assert made is not None
    assert filling is not None
    undone = undo(filling, author)
    undo(made, author)
    with pytest.raises(UserError, match="没有可以撤销的内容"):
        undo(undone.batch, author)


def test_a_merge_takes_what_the_other_record_knows(people: dict[str, str], index: RegionIndex, author: Author) -> None:
    keep, drop = people["李四"], people["王五"]
    preview = merge_preview(keep, drop, index, TODAY, {LEVEL: "drop"})
    told = {each.title: (each.keep, each.drop, each.value) for each in preview.fields}
    assert told["是否骨干人员"] == (None, 1, 1)
    assert told["帮扶档次"] == ("二档", "一档", "一档")
    number = merge(keep, drop, {LEVEL: "drop"}, author, index, TODAY)
    known = held("worker", keep)
    assert {name: known[name] for name in (PARTY, EXAM, CORE, LEVEL)} == {
        PARTY: 100_000, EXAM: "2026-07-01", CORE: 1, LEVEL: "一档",
    }  # fmt: skip
    undo(number, author)
    assert held("worker", drop)[HOBBY] == "乒乓球"


def test_numbers_within_a_text_are_covered_until_they_are_unmasked(people: dict[str, str], index: RegionIndex) -> None:
    column = next(each for each in own_columns(Worker) if each.name == HOBBY)
    held_text = held("worker", people["李四"])[HOBBY]
    assert column.kind.show(held_text) == "书法 138******01"
    assert column.kind.export(held_text, masked=True) == "书法 138******01"
    assert column.kind.export(held_text) == "书法 13800000001"
    assert column.kind.parse("书法 138******01").value is None  # a list handed out covered takes nothing away


def test_erasing_a_person_takes_them_out_of_the_table_and_the_log(
    register: Register, people: dict[str, str], index: RegionIndex, author: Author
) -> None:
    typed(people["李四"], index, author, 爱好特长="围棋")
    change_own_field(FIELDS[3].uid, author, active=False)
    erase([people["李四"]], "本人书面申请", author, register.folder)
    row = Worker.get(Worker.uid == people["李四"])
    assert (row.name, row.own) == (None, None)
    rows = database.db.execute_sql("SELECT coalesce(before, '') || coalesce(after, '') FROM change").fetchall()
    log = ",".join(told for (told,) in rows)
    assert not [word for word in ("围棋", "书法", "二档") if word in log.replace("一档、二档、三档", "")]


def test_a_record_entered_by_mistake_comes_back_with_them(people: dict[str, str], author: Author) -> None:
    number = remove_mistake("worker", people["王五"], author)
    undo(number, author)
    assert {name: held("worker", people["王五"])[name] for name in PEOPLE["王五"]} == PEOPLE["王五"]


def test_a_new_record_is_entered_with_them(people: dict[str, str], index: RegionIndex, author: Author) -> None:
    understood = understand("worker", {"name": "孙八", CORE: "是", PARTY: "3"}, {}, TODAY, index)
    _number, uid = editing.create("worker", understood, author, TODAY)
    assert (held("worker", uid)[CORE], held("worker", uid)[PARTY]) == (1, 30_000)


def test_every_bearer_has_the_column(author: Author) -> None:
    for record in ("worker", "employer", "union"):
        assert "own" in RECORDS[record]._meta.fields


