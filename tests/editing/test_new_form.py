"""Workers in new forms of employment: platforms, terms and models as sheets tell them, and the union they could join."""

from pathlib import Path

import pytest

from models.editing.joining import candidates, taking_in
from models.editing.placing import Joined, join, propose
from models.errors import UserError
from models.journal.undo import undo
from models.journal.writer import Author
from models.records.membership import MembershipEvent
from models.records.region import load_index
from models.records.worker import Worker
from tests.aids.speaking import TODAY, Done, imported_rows, listed

HEADER = ["姓名", "移动电话", "职业类别", "所属平台", "用工形式", "入会模式", "居住镇街", "工作单位"]
UNIONS = [
    ["工会名称", "基层工会类型", "所属镇街", "涵盖群体", "所在单位名称", "工会状态", "撤销日期"],
    ["甲公司工会", "单独基层工会", "沙坪坝区小龙坎街道", None, "重庆甲示例有限公司", "正常", None],
    ["沙坪坝区快递行业工会联合会", "行业性工会联合会", "沙坪坝区", None, None, "正常", None],
    ["渝中区骑手联合工会", "行业性工会联合会", "渝中区", "骑手", None, "正常", None],
    ["小龙坎街道总工会", "乡镇（街道）工会", "沙坪坝区小龙坎街道", None, None, "正常", None],
    ["小龙坎楼宇工会联合会", "区域性工会联合会", "沙坪坝区小龙坎街道", None, None, "正常", None],
    ["旧街道工会", "乡镇（街道）工会", "沙坪坝区小龙坎街道", None, None, "正常", "2025-01-01"],
    ["解放碑街道总工会", "乡镇（街道）工会", "渝中区解放碑街道", None, None, "正常", None],
]


def worker(author: Author, folder: Path, *cells: str | None) -> str:
    """One person of a list of riders; the uid."""
    done: Done = imported_rows(author, folder, [HEADER, ["骑一", "19900000021", *cells]], name="骑手", kind="workers")
    assert done.counts == {"new": 1}
    return str(Worker.get(Worker.name == "骑一").uid)


def proposed(author: Author, folder: Path, *cells: str | None) -> list[tuple[str, str]]:
    imported_rows(author, folder, UNIONS, name="工会", kind="unions")
    uid = worker(author, folder, *cells)
    person = Worker.get(Worker.uid == uid)
    known = (person.employer, person.occupation_group, person.residence_region)
    return [(each.name, each.basis) for each in candidates(*known, taking_in(TODAY), load_index(TODAY))]


def test_platforms_terms_and_model_are_imported_and_listed(author: Author, tmp_path: Path) -> None:
    worker(author, tmp_path, "骑手", "蜂雀外卖，闪橘到家", "众包", "扫码", "沙坪坝区小龙坎街道", None)
    fields = ("occupation_group", "platform", "employment_relation", "join_model", "residence_region")
    assert listed("workers", *fields) == [
        ("外卖配送员", "蜂雀外卖、闪橘到家", "平台众包", "扫码入会", "沙坪坝区小龙坎街道"),
    ]


def test_the_union_of_the_employer_comes_first(author: Author, tmp_path: Path) -> None:
    cells = ("快递员", None, None, None, "沙坪坝区小龙坎街道", "重庆甲示例有限公司")
    assert proposed(author, tmp_path, *cells)[0] == ("甲公司工会", "用人单位")


def test_without_an_employer_the_trade_comes_before_the_place_of_residence(author: Author, tmp_path: Path) -> None:
    assert proposed(author, tmp_path, "快递小哥", None, None, None, "沙坪坝区小龙坎街道", None) == [
        ("沙坪坝区快递行业工会联合会", "行业"),
        ("小龙坎楼宇工会联合会", "居住地"),
        ("小龙坎街道总工会", "居住地"),
    ]


def test_a_union_of_the_trade_counts_in_its_own_district_only(author: Author, tmp_path: Path) -> None:
    assert proposed(author, tmp_path, "外卖", None, None, None, "渝中区解放碑街道", None) == [
        ("渝中区骑手联合工会", "行业"),
        ("解放碑街道总工会", "居住地"),
    ]


def test_whoever_has_neither_employer_nor_trade_joins_where_he_lives(author: Author, tmp_path: Path) -> None:
    found = proposed(author, tmp_path, None, None, "无", None, "沙坪坝区小龙坎街道", None)
    assert [basis for _name, basis in found] == ["居住地", "居住地"]
    assert "旧街道工会" not in dict(found), "a dissolved union takes in nobody"


def test_nobody_is_proposed_a_union_for_who_says_nothing_of_himself(author: Author, tmp_path: Path) -> None:
    assert proposed(author, tmp_path, None, None, None, None, None, None) == []


def test_a_transfer_keeps_the_history_and_one_membership(author: Author, tmp_path: Path) -> None:
    header = ["姓名", "移动电话", "所属工会", "会籍变化类型", "会籍变化日期"]
    for union, change, day in (
        ("骑手一工会", "入会", "2024-03-05"), ("骑手一工会", "转出", "2025-06-01"), ("骑手二工会", "转入", "2025-06-01"),
    ):  # fmt: skip
        row = ["骑一", "19900000021", union, change, day]
        assert imported_rows(author, tmp_path, [header, row], name=change).counts != {"conflict": 1}
    assert listed("workers", "union", "membership_state", "join_date") == [("骑手二工会", "在册", "2024-03-05")]
    events = MembershipEvent.select().order_by(MembershipEvent.effective, MembershipEvent.id)
    assert [(row.type, row.effective, row.ended) for row in events] == [
        ("入会", "2024-03-05", "2025-06-01"), ("转出", "2025-06-01", "2025-06-01"), ("转入", "2025-06-01", None),
    ]  # fmt: skip


def test_many_join_at_once_the_union_that_is_proposed_first(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, UNIONS, name="工会", kind="unions")
    rows: list[list[str | None]] = [
        ["骑一", "19900000021", None, None, None, None, "沙坪坝区小龙坎街道", None],
        ["骑二", "19900000022", None, None, None, None, "沙坪坝区小龙坎街道", None],
        ["骑三", "19900000023", "快递员", None, None, None, "沙坪坝区小龙坎街道", None],
        ["骑四", "19900000024", None, None, None, None, None, None],
        ["骑五", "19900000025", None, None, None, None, "沙坪坝区小龙坎街道", "重庆甲示例有限公司"],
    ]
    imported_rows(author, tmp_path, [HEADER, *rows], name="骑手", kind="workers")
    index = load_index(TODAY)
    people = {row.name: row.uid for row in Worker.select()}
    proposal = propose(list(people.values()), index, TODAY)
    assert [(each.candidate.name, each.candidate.basis, len(each.workers)) for each in proposal.placings] == [
        ("小龙坎楼宇工会联合会", "居住地", 2), ("甲公司工会", "用人单位", 1), ("沙坪坝区快递行业工会联合会", "行业", 1),
    ]  # fmt: skip
    assert (proposal.placed, proposal.members, proposal.without) == (4, 0, 1)
    joined = join(proposal.placings[::2], "2026-11-01", author)
    assert joined.joined == 3
    assert listed("workers", "name", "membership_state", "join_date", "join_basis")[:4] == [
        ("骑一", "在册", "2026-11-01", "居住地"), ("骑二", "在册", "2026-11-01", "居住地"),
        ("骑三", "在册", "2026-11-01", "行业"), ("骑四", "未入会", None, None),
    ]  # fmt: skip
    again = propose(list(people.values()), index, TODAY)
    assert (again.placed, again.members, again.without) == (1, 3, 1)
    assert join(proposal.placings[::2], "", author) == Joined(None, 0)
    with pytest.raises(UserError, match="入会日期"):
        join(again.placings, "去年冬天", author)
    assert joined.batch is not None
    undo(joined.batch, author)
    assert {row[0] for row in listed("workers", "membership_state")} == {"未入会"}
    assert listed("workers", "join_basis") == [(None,)] * 5
