"""Sheets of the work ledger: one row one entry, the kind by column or by title, and the same file again changes nothing."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from importers.rows.decisions import Decisions
from models.journal import undo
from models.journal.settings import change_setting
from models.journal.writer import Author
from models.ledger import entries as ledger_entries
from models.ledger import kinds as ledger_kinds
from models.ledger.entries import EntryChoice
from models.ledger.kinds import find_kind
from models.records.ledger import LedgerEntry, LedgerKind
from models.records.region import load_index
from tests.aids.speaking import TODAY, Done, imported, imported_rows, listed, workbook

SHEET: list[list[Any]] = [
    ["沙坪坝区2026年上半年工作台账"],
    ["序号", "台账类别", "日期", "事项", "数量", "其中办结", "人次", "金额（元）", "所在镇街", "经办人"],
    [1, "劳动争议调解", "2026-03-05", "工资争议", 3, 2, None, None, "小龙坎街道", "陈示例"],
    [2, "送清凉", "2026年6月", "慰问环卫工人", None, None, "280人次", "1.7万", "沙坪坝区天星桥街道", None],
    [3, "驿站", "2026-05-20", "新建驿站", "4个", None, None, None, "沙坪坝区", None],
    ["合计", None, None, None, 8, 2, 280, 17000, None, None],
]
SAMPLE = Path(__file__).resolve().parent.parent.parent / "samples" / "10沙坪坝区工作台账.xlsx"
KEY = ("表.xlsx", "Sheet1")
MEDIATION = ["日期", "单位名称", "受理数", "调解成功", "备注"]


def entered(*names: str) -> list[tuple[Any, ...]]:
    return listed("ledger", *names)


def mediated(author: Author, folder: Path, *rows: list[Any], title: str = "劳动争议调解台账", **more: Any) -> Done:
    return imported_rows(author, folder, [[title], MEDIATION, *rows], **more)


def home(author: Author) -> None:
    change_setting("home_district", "沙坪坝区", author)


def test_one_row_is_one_entry_and_nothing_needs_mapping(author: Author, tmp_path: Path) -> None:
    home(author)
    done = imported_rows(author, tmp_path, SHEET)
    assert (done.plan.sheets[0].kind, done.counts) == ("ledger", {"new": 3})
    mapping = done.plan.sheets[0].mapping
    assert mapping
    assert mapping.unmapped == ()
    assert entered("ledger_kind", "date", "title", "quantity", "done", "people", "amount", "region", "person") == [
        ("劳动争议调解", "2026-03-05", "工资争议", 3, 2, None, None, "沙坪坝区小龙坎街道", "陈示例"),
        ("送温暖送清凉", "2026-06", "慰问环卫工人", None, None, 280, 1_700_000, "沙坪坝区天星桥街道", None),
        ("工会驿站", "2026-05-20", "新建驿站", 4, None, None, None, "沙坪坝区", None),
    ]


def test_the_same_file_again_changes_nothing(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, SHEET)
    again = imported_rows(author, tmp_path, SHEET)
    assert (again.counts, again.outcome.batch) == ({"same": 3}, None)


@pytest.mark.parametrize("where", ["title", "sheet", "file"])
def test_the_kind_of_all_rows_is_said_by_the_title_the_sheet_or_the_file(where: str, author: Author, tmp_path: Path) -> None:
    rows = [MEDIATION, ["2026-03-05", "重庆甲示例有限公司", 2, 1, None]]
    said = "劳动争议调解台账"
    path = workbook(
        tmp_path / f"{said if where == 'file' else '三月'}.xlsx",
        {said if where == "sheet" else "Sheet1": [[said], *rows] if where == "title" else rows},
    )
    imported(author, path, kind="ledger")
    assert entered("ledger_kind", "organization", "quantity", "done") == [("劳动争议调解", "重庆甲示例有限公司", 2, 1)]


def test_a_title_of_one_kind_is_known_without_being_told_that_it_is_a_ledger(author: Author, tmp_path: Path) -> None:
    done = mediated(author, tmp_path, ["2026-03-05", "重庆甲示例有限公司", 2, 1, None])
    assert (done.plan.sheets[0].kind, done.counts) == ("ledger", {"new": 1})


def test_a_kind_that_nobody_says_refuses_the_row_and_one_that_is_given_does_not(author: Author, tmp_path: Path) -> None:
    row = ["2026-03-05", "重庆甲示例有限公司", 2, 1, None]
    done = mediated(author, tmp_path, row, title="三月台账", kind="ledger")
    assert (done.counts, done.codes) == ({"refused": 1}, [(3, "ledger-kind-missing")])
    given = Decisions().with_default(KEY, "ledger_kind", "调解")
    assert mediated(author, tmp_path, row, title="三月台账", kind="ledger", decisions=given).counts == {"new": 1}


def test_a_row_without_a_day_takes_the_sheets_day_or_is_refused(author: Author, tmp_path: Path) -> None:
    row = [None, "重庆甲示例有限公司", 2, 1, None]
    assert mediated(author, tmp_path, row).codes == [(3, "ledger-date-missing")]
    dated = imported_rows(author, tmp_path, [["劳动争议调解台账"], ["统计月份：2026年6月"], MEDIATION, row])
    assert dated.codes == [(4, "ledger-date-of-sheet")]
    assert entered("date", "quantity") == [("2026-06", 2)]


def test_rows_that_name_no_place_belong_to_whoever_keeps_the_sheet(author: Author, tmp_path: Path) -> None:
    rows = [["劳动争议调解台账"], ["填报单位：沙坪坝区小龙坎街道总工会"], MEDIATION, ["2026-03-05", "甲公司", 2, 1, None]]
    imported_rows(author, tmp_path, rows)
    assert entered("region", "union") == [("沙坪坝区小龙坎街道", None)]


def test_equal_rows_of_one_sheet_are_as_many_entries_and_stay_as_many(author: Author, tmp_path: Path) -> None:
    twice = [["2026-03-05", "甲公司", 1, 1, None], ["2026-03-05", "甲公司", 1, 1, None], ["2026-03-05", "甲公司", 4, 1, None]]
    assert mediated(author, tmp_path, *twice).counts == {"new": 3}
    assert mediated(author, tmp_path, *twice).counts == {"same": 3}
    assert mediated(author, tmp_path, *reversed(twice)).counts == {"same": 3}


def test_the_same_rows_in_two_files_of_one_import_are_entered_once(author: Author, tmp_path: Path) -> None:
    rows = [["劳动争议调解台账"], MEDIATION, ["2026-03-05", "甲公司", 1, 1, None], ["2026-03-05", "甲公司", 1, 1, None]]
    paths = [workbook(tmp_path / name, {"Sheet1": rows}) for name in ("一.xlsx", "二.xlsx")]
    assert imported(author, *paths).counts == {"new": 2, "same": 2}


def test_another_number_for_the_same_piece_of_work_is_a_question(author: Author, tmp_path: Path) -> None:
    mediated(author, tmp_path, ["2026-03-05", "甲公司", 3, 1, None])
    changed = ["2026-03-05", "甲公司", 5, 1, None]
    asked = mediated(author, tmp_path, changed)
    assert (asked.counts, asked.codes) == ({"conflict": 1}, [(3, "ledger-entry-differs")])
    corrected = mediated(author, tmp_path, changed, decisions=Decisions().with_rows(KEY, (3,), "update"))
    assert (corrected.counts, entered("quantity")) == ({"updated": 1}, [(5,)])
    more = ["2026-03-05", "甲公司", 7, 1, None]
    assert mediated(author, tmp_path, more, decisions=Decisions().with_rows(KEY, (3,), "new")).counts == {"new": 1}
    assert entered("quantity") == [(5,), (7,)]


def test_what_a_row_adds_to_a_known_entry_is_filled_in(author: Author, tmp_path: Path) -> None:
    mediated(author, tmp_path, ["2026-03-05", "甲公司", 3, None, None])
    assert mediated(author, tmp_path, ["2026-03-05", "甲公司", 3, 2, "已结"]).counts == {"updated": 1}
    assert mediated(author, tmp_path, ["2026-03-05", "甲公司", None, None, None]).counts == {"same": 1}
    assert entered("quantity", "done", "note") == [(3, 2, "已结")]


@pytest.mark.parametrize(("column", "other"), [(0, "2026-03-06"), (1, "乙公司")])
def test_another_day_or_organization_is_another_entry(column: int, other: str, author: Author, tmp_path: Path) -> None:
    row = ["2026-03-05", "甲公司", 3, 1, None]
    mediated(author, tmp_path, row)
    row[column] = other
    assert mediated(author, tmp_path, row).counts == {"new": 1}


def test_an_unknown_kind_is_a_question_with_near_ones_and_may_be_new(author: Author, tmp_path: Path) -> None:
    rows = [["工作台账"], ["台账类别", "日期", "数量"], ["争议调节", "2026-03-05", 1], ["阅读推广", "2026-03-06", 2], ["阅读推广", "2026-03-07", 3]]
    asked = imported_rows(author, tmp_path, rows)
    assert asked.codes == [(row, "ledger-kind-unknown") for row in (3, 4, 5)]
    (first,) = asked.plan.sheets[0].steps[0].problems
    assert first.candidates[0] == ledger_kinds.seed_uid("劳动争议调解")
    decided = Decisions().with_rows(KEY, (3,), f"update:{first.candidates[0]}").with_rows(KEY, (4,), "new")
    done = imported_rows(author, tmp_path, rows, decisions=decided)
    assert done.counts == {"new": 3}, "the later row of the new kind needs no answer"
    assert entered("ledger_kind", "quantity") == [("劳动争议调解", 1), ("阅读推广", 2), ("阅读推广", 3)]
    assert LedgerKind.select().where(LedgerKind.name == "阅读推广").count() == 1
    assert imported_rows(author, tmp_path, rows[:2] + rows[3:]).counts == {"same": 2}
    assert done.outcome.batch
    undo.undo(done.outcome.batch, author)
    assert entered("ledger_kind") == []
    assert LedgerKind.select().where(LedgerKind.name == "阅读推广").count() == 0


def test_a_wording_once_read_as_a_kind_is_remembered_by_the_decisions(author: Author, tmp_path: Path) -> None:
    rows = [["工作台账"], ["台账类别", "日期", "数量"], ["争议调节", "2026-03-05", 1]]
    decided = Decisions().with_choice(KEY, "ledger_kind", "争议调节", "劳动争议调解")
    assert imported_rows(author, tmp_path, rows, decisions=decided).counts == {"new": 1}


def test_a_union_named_in_a_row_is_found_or_registered_unverified(author: Author, tmp_path: Path) -> None:
    rows = [["工作台账"], ["台账类别", "日期", "数量", "工会名称"], ["走访", "2026-03-05", 1, "甲公司工会"]]
    assert imported_rows(author, tmp_path, rows).codes == [(3, "union-created")]
    assert entered("union") == [("甲公司工会",)]
    assert imported_rows(author, tmp_path, rows).counts == {"same": 1}


@pytest.mark.parametrize(
    ("cell", "told"),
    [([3, 5], "done-above-quantity"), (["若干", 1], "quantity-unreadable")],
)
def test_numbers_that_cannot_be_are_told(cell: list[Any], told: str, author: Author, tmp_path: Path) -> None:
    done = mediated(author, tmp_path, ["2026-03-05", "甲公司", *cell, None])
    assert (done.counts, [code for _row, code in done.codes]) == ({"new": 1}, [told])


def test_work_of_tomorrow_is_told(author: Author, tmp_path: Path) -> None:
    assert mediated(author, tmp_path, ["2026-11-23", "甲公司", 1, 1, None]).codes == [(3, "day-future")]
    assert mediated(author, tmp_path, ["2026-11", "乙公司", 1, 1, None]).codes == []


def test_an_edited_export_corrects_the_very_entries(author: Author, tmp_path: Path) -> None:
    mediated(author, tmp_path, ["2026-03-05", "甲公司", 3, 1, None], ["2026-03-05", "甲公司", 4, 1, None])
    uids = [row["uid"] for row in ledger_entries.entries(EntryChoice(), load_index(TODAY))]
    rows: list[list[Any]] = [["台账类别", "日期", "单位名称", "数量", "记录标识（请勿改动）"]]
    rows += [["劳动争议调解", "2026-03-06", "甲公司", number, uid] for number, uid in zip((30, 40), uids, strict=True)]
    assert imported_rows(author, tmp_path, rows, kind="ledger").counts == {"updated": 2}
    assert sorted(entered("quantity", "date")) == [(30, "2026-03-06"), (40, "2026-03-06")]
    assert LedgerEntry.select().count() == 2


def test_a_day_that_cannot_be_read_is_not_taken_from_the_sheet(author: Author, tmp_path: Path) -> None:
    rows = [["劳动争议调解台账"], ["统计月份：2026年6月"], MEDIATION, ["上半年", "甲公司", 2, 1, None]]
    done = imported_rows(author, tmp_path, rows)
    assert (done.counts, done.codes) == ({"refused": 1}, [(4, "day-unreadable")])


def test_the_sample_needs_no_mapping_and_the_second_time_changes_nothing(author: Author, tmp_path: Path) -> None:
    sample = Path(shutil.copy(SAMPLE, tmp_path))  # what is returned lies beside its source
    first = imported(author, sample)
    assert [sheet.counts()["new"] for sheet in first.plan.sheets] == [11, 11]
    assert [sheet.mapping.unmapped for sheet in first.plan.sheets if sheet.mapping] == [(), ()]
    told = [code for _row, code in first.codes if code != "union-created"]
    assert told == ["day-unreadable", "ledger-kind-unknown", "ledger-date-missing"]
    assert [each.quantity for each in ledger_entries.totals(EntryChoice(kind=find_kind("调解").uid))] == [11]
    again = imported(author, sample)
    assert (again.counts, again.outcome.batch) == ({"same": 22, "conflict": 1, "refused": 2}, None)


@pytest.mark.parametrize(
    "rows",
    [
        [["物品", "数量", "备注"], ["桌子", 3, "旧"], ["椅子", 12, "新"]],
        [["企业名称", "员工人数", "所在街道"], ["重庆甲示例有限公司", 30, "小龙坎街道"], ["重庆乙示例有限公司", 40, "小龙坎街道"]],
        [["项目名称", "金额", "日期"], ["办公用品", 300, "2026-03-05"], ["会议用水", 200, "2026-03-06"]],
    ],
)
def test_other_lists_are_not_taken_for_ledgers(rows: list[list[Any]], author: Author, tmp_path: Path) -> None:
    assert imported_rows(author, tmp_path, rows).plan.sheets[0].kind != "ledger"
