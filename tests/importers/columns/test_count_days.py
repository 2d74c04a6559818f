"""Of which day a sheet counts, where no column says it."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from importers.columns.period import latest_year, read_period
from importers.rows.decisions import Decisions
from models.journal.writer import Author
from models.records.headcount import HeadCount
from tests.aids.speaking import Done, imported, imported_rows, workbook

UNION = "重庆砚屿机械有限公司工会"
HEAD = ["工会名称", "职工人数", "会员人数"]


def days() -> list[str]:
    return sorted(str(each.as_of) for each in HeadCount.select())


def counted(author: Author, folder: Path, title: str, sheet: str = "Sheet1", name: str = "表", **options: Any) -> Done:
    rows = [[title], HEAD, [UNION, 101, 91]]
    return imported(author, workbook(folder / f"{name}.xlsx", {sheet: rows}), **options)


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("2025年度工会会员人数统计表", "2025"), ("2025年工会会员人数统计表", "2025"), ("2026年度会员人数统计表", "2026"),
        ("2026年第二季度会员人数统计表", "2026-06"), ("2026年上半年会员人数统计表", "2026-06"), ("2025年下半年人数统计表", "2025-12"),
        ("2026年1-5月会员人数统计表", "2026-05"), ("2026年1月—5月人数统计表", "2026-05"), ("2025年12月至2026年3月人数统计表", "2026-03"),
        ("会员人数统计表（截至2026年5月底）", "2026-05"), ("二〇二六年五月会员人数统计表", "2026-05"), ("2026年5月份人数统计表", "2026-05"),
        ("会员人数统计表（2026.5.31）", "2026-05-31"), ("26年5月会员人数统计表", "2026-05"), ("2026年半年报会员人数", "2026-06"),
        ("2026年半年度人数统计表", "2026-06"),
        ("根据2024年3月会议要求报送的2025年度人数统计表", "2025"), ("渝工发〔2024〕12号附件 2025年度人数统计表", "2025"),
    ],
)  # fmt: skip
def test_a_title_says_the_time_of_its_counts(author: Author, tmp_path: Path, title: str, day: str) -> None:
    done = counted(author, tmp_path, title)
    assert (days(), done.plan.sheets[0].notes) == ([day], [])


@pytest.mark.parametrize(
    ("title", "line", "day"),
    [
        ("2026年6月会员人数统计表", "填报时间：2026年7月3日", "2026-06"), ("2025年度人数统计表", "填报日期：2026-01-10", "2025"),
        ("6月份会员人数统计表", "制表日期：2026年7月3日", "2026-06"), ("12月会员人数统计表", "填报日期：2026年1月5日", "2025-12"),
        ("2026年6月人数统计表", "2026年7月3日", "2026-06"), ("2026年6月人数统计表", "统计时间：2026年7月3日", "2026-07-03"),
        ("2026年6月人数统计表", "填报日期：2026年6月30日", "2026-06-30"), ("2026年度人数统计表", "填报日期：2026年5月31日", "2026-05-31"),
        ("人数统计表", "填报日期：2026年5月31日", "2026-05-31"),
    ],
)  # fmt: skip
def test_the_day_of_filling_in_is_no_day_of_counts_where_the_title_says_it(
    author: Author, tmp_path: Path, title: str, line: str, day: str
) -> None:
    imported_rows(author, tmp_path, [[title], [line], HEAD, [UNION, 101, 91]])
    assert days() == [day]


def test_a_column_of_times_says_halves_and_years_too(author: Author, tmp_path: Path) -> None:
    head = [*HEAD, "统计时间"]
    rows = [[f"{UNION}{at}", 101, 91, time] for at, time in enumerate(("2026年上半年", "2025年度", "2025年第四季度", "一季度"))]
    done = imported_rows(author, tmp_path, [head, *rows])
    assert days() == ["2025", "2025-12", "2026-06", "None"]
    assert (5, "day-unreadable") in done.codes


@pytest.mark.parametrize("sheet", ["2026年1月", "2026.1", "202601", "2026-01", "26年1月"])
def test_a_sheets_name_says_it(author: Author, tmp_path: Path, sheet: str) -> None:
    counted(author, tmp_path, "基层工会人数统计表", sheet)
    assert days() == ["2026-01"]


def test_a_month_takes_the_year_of_the_title_or_of_the_file(author: Author, tmp_path: Path) -> None:
    counted(author, tmp_path, "2025年基层工会人数统计表", "3月")
    counted(author, tmp_path, "基层工会人数统计表", "4月", "2025年人数")
    assert days() == ["2025-03", "2025-04"]


def test_sheets_of_months_are_counts_of_their_own_and_the_year_is_told(author: Author, tmp_path: Path) -> None:
    rows = {
        month: [["基层工会人数统计表"], HEAD, [UNION, 100 + at, 90]]
        for at, month in enumerate(("10月", "11月", "12月"))
    }
    done = imported(author, workbook(tmp_path / "人数.xlsx", rows))
    assert days() == ["2025-12", "2026-10", "2026-11"]
    assert [code for _row, code in done.codes if code != "union-created"] == ["count-day-assumed"] * 3


@pytest.mark.parametrize("title", ["基层工会人数统计表", "2026年基层工会人数统计表"])
def test_a_day_that_nobody_wrote_is_told(author: Author, tmp_path: Path, title: str) -> None:
    done = counted(author, tmp_path, title)
    assert days() == ["None"]
    assert (3, "count-day-missing") in done.codes
    assert any("日期不明" in note for note in done.plan.sheets[0].notes)


def test_lists_of_employers_tell_it_once(author: Author, tmp_path: Path) -> None:
    done = imported_rows(
        author, tmp_path, [["企业名称", "法定代表人", "职工人数"], ["重庆砚屿峻岭有限公司", "孙渝生", 30]]
    )
    assert (done.codes, len(done.plan.sheets[0].notes)) == ([], 1)


def test_a_title_and_a_sheet_of_two_months_are_a_question(author: Author, tmp_path: Path) -> None:
    done = counted(author, tmp_path, "2026年1月基层工会人数统计表", "2月")
    assert (done.counts, [code for _row, code in done.codes]) == ({"conflict": 1}, ["count-day-contradicts"])
    answer = Decisions().with_default(("表.xlsx", "2月"), "as_of", "2026-02")
    assert counted(author, tmp_path, "2026年1月基层工会人数统计表", "2月", decisions=answer).counts == {"new": 1}
    assert days() == ["2026-02"]


@pytest.mark.parametrize(
    "text", ["Sheet1", "沙坪坝区25人以上非公企业名单", "500106199001019014", "第三批名单", "12.31", "附件2", "第二轮"]
)
def test_numbers_that_are_no_time(text: str) -> None:
    assert (read_period(text).year, read_period(text).rest) == (0, "")


def test_the_newest_month_that_is_past() -> None:
    today = dt.date(2026, 3, 15)
    assert [latest_year(rest, today) for rest in ("-01", "-03", "-04", "-12", "-03-16")] == [
        2026,
        2026,
        2025,
        2025,
        2025,
    ]


@pytest.mark.parametrize(
    "title",
    [
        "关于2019年通知要求的人数统计表", "渝工发〔2024〕12号 人数统计表", "按渝工办发(2024)5号要求的人数统计表", "民国一百一十四年人数统计表", "农历2026年五月人数统计表",
        "2025年5月、2026年5月人数对比表", "2024年5月和2025年5月人数统计表", "根据2026年5月6日会议精神的人数统计表",
    ],
)  # fmt: skip
def test_a_time_that_is_not_that_of_the_counts_dates_none(author: Author, tmp_path: Path, title: str) -> None:
    done = counted(author, tmp_path, title)
    assert days() == ["None"]
    assert "没有写是哪一天" in done.plan.sheets[0].notes[0]


@pytest.mark.parametrize("title", ["2026年下半年人数统计表", "人数统计表（截至2027年5月底）"])
def test_a_time_that_has_not_come_yet_dates_no_count(author: Author, tmp_path: Path, title: str) -> None:
    done = counted(author, tmp_path, title)
    assert days() == ["None"]
    assert "没有写是哪一天" in done.plan.sheets[0].notes[0]
