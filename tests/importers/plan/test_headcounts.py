"""Head counts: every source is kept, the newest by date counts, then the better source; ranges keep both ends."""

from pathlib import Path
from typing import Any

import pytest

from models.journal.settings import change_setting
from models.journal.writer import Author
from models.records.employer import Coverage, Employer
from models.records.headcount import HeadCount
from models.records.union import Union
from models.register.register import Register
from models.standing.counts import newest_counts
from models.values.numbers import OPEN_ENDED
from samples.invented import credit_code
from tests.aids.speaking import Done, imported, imported_rows, listed, made, workbook

COMPANY = "重庆霁蓝虚构印务有限公司"
CODE = credit_code("91500106MA0000001")


def counted(author: Author, folder: Path, day: str | None, count: Any, source: str | None = None, name: str = "") -> Done:
    """Import a head-count table of one row."""
    rows = [["单位名称", "统计日期", "职工人数", "数据来源"], [COMPANY, day, count, source]]
    return imported_rows(author, folder, rows, name=name or f"{day}{source}{count}", kind="headcounts")


def kept() -> list[tuple[Any, ...]]:
    """Every count that the register holds: (day, source, staff, approximate)."""
    every = HeadCount.select().order_by(HeadCount.id)
    return [(row.as_of, row.source, row.staff_count, row.approximate) for row in every]


def now() -> int:
    """The count of the company that counts."""
    uid = Employer.get().uid
    return int(newest_counts([uid])[uid]["staff_count"])


def test_counts_of_different_sources_are_all_kept_and_the_newest_by_date_counts(author: Author, tmp_path: Path) -> None:
    counted(author, tmp_path, "2024-06-30", 40, "税务")
    counted(author, tmp_path, "2024-03-31", 20, "社保")
    assert kept() == [("2024-06-30", "税务", 40, None), ("2024-03-31", "社保", 20, None)]
    assert now() == 40


@pytest.mark.parametrize("sources", [("税务", "社保"), ("社保", "税务")])
def test_on_equal_days_the_source_decides_and_not_the_order_of_import(
    author: Author, tmp_path: Path, sources: tuple[str, str]
) -> None:
    people = {"税务": 40, "社保": 20}
    for source in sources:
        counted(author, tmp_path, "2024-06-30", people[source], source)
    assert (len(kept()), now()) == (2, 20)
    change_setting("count_sources", ["税务", "社保"], author)
    assert now() == 40


def test_an_undated_count_imported_today_does_not_beat_a_dated_one(author: Author, tmp_path: Path) -> None:
    counted(author, tmp_path, "2026-06", 40, "单位申报")
    counted(author, tmp_path, None, 20, "社保")
    assert kept() == [("2026-06", "单位申报", 40, None), (None, "社保", 20, None)]
    assert now() == 40


def test_a_month_counts_from_its_first_day(author: Author, tmp_path: Path) -> None:
    counted(author, tmp_path, "2024-06-02", 40, "税务")
    counted(author, tmp_path, "2024年6月", 20, "社保")
    assert (kept()[1][0], now()) == ("2024-06", 40)


def test_the_same_source_on_the_same_day_is_corrected(author: Author, tmp_path: Path) -> None:
    counted(author, tmp_path, "2024-06-30", 40, "税务")
    assert counted(author, tmp_path, "2024-06-30", 41, "税务").counts == {"updated": 1}
    assert kept() == [("2024-06-30", "税务", 41, None)]


@pytest.mark.parametrize(
    ("written", "value", "approximate"),
    [("约30", 30, 1), ("30余人", 30, 1), ("100-299", 100, 1), ("25人", 25, None), (25.0, 25, None)],
)
def test_a_range_or_an_about_counts_by_its_lower_bound_and_is_marked(
    author: Author, tmp_path: Path, written: Any, value: int, approximate: int | None
) -> None:
    done = counted(author, tmp_path, "2024-06-30", written)
    assert [(staff, about) for _day, _source, staff, about in kept()] == [(value, approximate)]
    told = {code for _row, code in done.codes}
    assert bool(told & {"count-approximate", "count-range"}) == bool(approximate)


def test_both_ends_of_a_range_are_kept(author: Author, tmp_path: Path) -> None:
    for day, written in (("2024-03", "20-30"), ("2024-04", "20多人"), ("2024-05", "20人以上"), ("2024-06", "约20")):
        counted(author, tmp_path, day, written)
    ends = HeadCount.select(HeadCount.staff_count, HeadCount.staff_count_upper).order_by(HeadCount.id).tuples()
    assert list(ends) == [(20, 30), (20, 29), (20, OPEN_ENDED), (20, None)]
    assert [HeadCount.staff_count.declared.kind.export(row) for (row,) in listed("headcounts", "staff_count")] == [
        "20–30", "20–29", "≥20", 20,
    ]  # fmt: skip


def test_an_exact_count_takes_the_range_away_and_the_own_list_gives_it_back(author: Author, tmp_path: Path) -> None:
    counted(author, tmp_path, "2024-06-30", "20-30", "税务")
    assert counted(author, tmp_path, "2024-06-30", "20–30", "税务").counts == {"same": 1}
    counted(author, tmp_path, "2024-06-30", 20, "税务")
    assert [(row.staff_count, row.staff_count_upper, row.approximate) for row in HeadCount.select()] == [(20, None, None)]


def test_an_exact_count_takes_the_mark_off_an_about(author: Author, tmp_path: Path) -> None:
    counted(author, tmp_path, "2024-06-30", "约30", "税务")
    counted(author, tmp_path, "2024-06-30", 30, "税务")
    assert kept() == [("2024-06-30", "税务", 30, None)]


def test_a_count_without_a_day_stays_without_and_is_not_told_twice(author: Author, tmp_path: Path) -> None:
    counted(author, tmp_path, None, 40, "税务")
    assert counted(author, tmp_path, None, 40, "税务").counts == {"same": 1}
    assert kept() == [(None, "税务", 40, None)]


def test_rows_that_count_an_employer_differently_are_told_and_settle(author: Author, tmp_path: Path) -> None:
    rows = [["单位名称", "职工人数", "数据来源"], [COMPANY, 40, "税务"], [COMPANY, 30, "税务"]]
    first = imported_rows(author, tmp_path, rows, kind="headcounts")
    assert ((3, "contradicts-row") in first.codes, kept()) == (True, [(None, "税务", 30, None)])
    assert imported_rows(author, tmp_path, rows, kind="headcounts").counts == {"same": 2}


def test_a_table_creates_the_unknown_employer_unverified_with_its_region(author: Author, tmp_path: Path) -> None:
    rows = [["单位名称", "统计月份", "职工人数", "所属街道"], [COMPANY, "2024-06", 40, "沙坪坝区小龙坎街道"]]
    done = imported_rows(author, tmp_path, rows)
    assert done.codes == [(2, "employer-created")]
    assert [row.verified for row in Employer.select()] == [0]
    assert listed("employers", "name", "region", "staff_count") == [(COMPANY, "沙坪坝区小龙坎街道", 40)]


def test_a_table_finds_its_subjects_by_code_and_tells_unions_from_employers(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, [["企业名称", "统一社会信用代码", "法定代表人"], [COMPANY, CODE, "王砚舟"]], name="企业")
    rows = [
        ["单位名称", "统一社会信用代码", "统计月份", "职工人数", "会员人数"],
        ["霁蓝印务", CODE, "2024-06", 40, None], [f"{COMPANY}工会", None, "2024-06", None, 35],
    ]  # fmt: skip
    imported_rows(author, tmp_path, rows, name="月报")
    assert listed("headcounts", "subject", "subject_kind", "staff_count", "member_count") == [
        (COMPANY, "单位", 40, None), (f"{COMPANY}工会", "工会", None, 35),
    ]  # fmt: skip


def test_a_tax_list_keeps_its_own_count_beside_the_unions(author: Author, tmp_path: Path) -> None:
    rows = [
        ["纳税人名称", "统一社会信用代码", "税务登记职工人数", "工会登记职工人数", "纳税人状态"],
        [COMPANY, CODE, 40, 20, "正常"],
    ]
    imported_rows(author, tmp_path, rows)
    assert {(source, staff) for _day, source, staff, _about in kept()} == {("税务", 40), ("工会登记", 20)}
    assert now() == 40


def test_a_union_list_counts_the_union_and_its_one_employer(author: Author, tmp_path: Path) -> None:
    rows = [["工会名称", "单位名称", "工会主席", "职工人数", "会员人数", "女会员数"], [f"{COMPANY}工会", COMPANY, "赵示例", 40, 35, 12]]
    imported_rows(author, tmp_path, rows)
    assert set(listed("headcounts", "subject_kind", "staff_count", "member_count", "women_member_count")) == {
        ("工会", 40, 35, 12), ("单位", 40, None, None),
    }  # fmt: skip


def test_more_members_than_staff_and_more_women_than_people_are_warned_of(author: Author, tmp_path: Path) -> None:
    rows = [["单位名称", "统计月份", "职工人数", "会员人数", "女职工人数"], [COMPANY, "2024-06", 40, 50, 41]]
    done = imported_rows(author, tmp_path, rows)
    assert done.counts == {"new": 1}
    assert [code for _row, code in done.codes][:2] == ["members-above-staff", "women-above-all"]


def test_a_row_that_counts_nothing_is_refused(author: Author, tmp_path: Path) -> None:
    rows = [["单位名称", "统计月份", "职工人数"], [COMPANY, "2024-06", "若干"], ["重庆松石虚构餐饮有限公司", "2024-06", 12]]
    done = imported_rows(author, tmp_path, rows)
    assert done.counts == {"refused": 1, "new": 1}
    assert [code for row, code in done.codes if row == 2] == ["count-unreadable", "counts-missing"]


def test_a_monthly_table_imported_again_changes_nothing(author: Author, tmp_path: Path) -> None:
    head = ["单位名称", "统计月份", "职工人数"]
    path = workbook(
        tmp_path / "月报.xlsx",
        {month: [head, [COMPANY, month, count]] for month, count in (("2024-06", 40), ("2024-05", 38), ("2024-04", "约35"))},
    )
    assert imported(author, path).counts == {"new": 3}
    assert imported(author, path).counts == {"same": 3}
    assert now() == 40


def test_an_undated_count_that_is_the_one_that_counts_brings_no_news(register: Register, author: Author, tmp_path: Path) -> None:
    made(author, HeadCount, subject=made(author, Union, name="甲公司工会", union_type="单独基层工会", region=None), subject_kind="工会",
        as_of="2026-06-30", source="单位申报", member_count=30)  # fmt: skip
    rows = [["工会名称", "会员人数"], ["甲公司工会", "30"]]
    assert imported_rows(author, tmp_path, rows, "名单").counts == {"same": 1}
    assert imported_rows(author, tmp_path, [rows[0], ["甲公司工会", "31"]], "名单2").counts == {"updated": 1}
    # the older one says nothing of what counts now
    assert imported_rows(author, tmp_path, rows, "名单3", apply=False).counts == {"same": 1}


def test_the_sums_in_a_joint_unions_row_are_not_its_own_count(register: Register, author: Author, tmp_path: Path) -> None:
    of = made(author, Union, name="某市场联合工会", union_type="联合基层工会")
    for name, staff in (("甲公司", 30), ("乙公司", 12)):
        firm = made(author, Employer, name=name)
        made(author, Coverage, union=of, employer=firm, since="2025-01-02")
        made(author, HeadCount, subject=firm, subject_kind="单位", as_of="2026-06-30", source="税务", staff_count=staff)
    head = ["工会名称", "工会类型", "职工人数"]
    assert imported_rows(author, tmp_path, [head, ["某市场联合工会", "联合基层工会", "42"]], "名单").counts == {"same": 1}
    assert imported_rows(author, tmp_path, [head, ["某市场联合工会", "联合基层工会", "43"]], "名单2").counts == {"updated": 1}
