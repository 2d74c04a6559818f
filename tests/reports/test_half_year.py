"""The half-year paper: the figures of 2024 as a district would hold them, charts, and what nobody entered."""

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.figures.half_year import half_year
from models.figures.periods import read_period
from models.figures.targets import set_target
from models.journal.writer import Author
from models.ledger.kinds import seed_uid
from models.records.ledger import LedgerEntry
from models.records.region import load_index
from reports import handout, paper
from reports.catalogue import report_kinds
from reports.chart import BAR_GREY
from reports.choices import ReportChoices
from reports.report import Report
from tests.figures.test_indicators import TOWN, employer, made, person, union

HALF, DAY = read_period("2024-H1"), dt.date(2024, 6, 30)
OTHER = "渝中区大坪街道"


@pytest.fixture
def world(register: object, author: Author) -> None:
    """Rows as a district would hold them: unions and people one by one, the ledger by place and month, not one sum."""
    for number in range(3):
        at = union(author, f"示例{number}工会", f"2024-0{number + 1}-05", (TOWN, OTHER, OTHER)[number], new_form=1)
        for _each in range(number + 1):
            person(author, ("入会", at, f"2024-0{number + 1}-20"), name="王示例", occupation_group="快递员")
    employer(author, 30, at)
    employer(author, 30)
    rows: list[tuple[str, str, dict[str, int]]] = [
        ("劳动争议调解", "2024-02-10", {"quantity": 900, "done": 802}), ("劳动争议调解", "2024-05-10", {"quantity": 559, "done": 500}),
        ("工会驿站", "2024-01", {"quantity": 5_000}), ("工会驿站", "2024-06-20", {"quantity": 444}),
        ("送温暖送清凉", "2024-01-20", {"amount": 150_000_000_00, "people": 200_000}),
        ("送温暖送清凉", "2024-06-20", {"amount": 20_000_000_00, "people": 80_000}),
        ("劳模“三进”宣讲", "2024-03", {"quantity": 100}), ("创新成果申报", "2024-04", {"quantity": 1_535}),
        ("国家级座谈", "2024-05-05", {"quantity": 13}), ("劳模“三进”宣讲", "2023-03", {"quantity": 80}),
        ("12351热线", "2024-05-06", {"quantity": 20}),
    ]  # fmt: skip
    for kind, date, measures in rows:
        made(author, LedgerEntry, ledger_kind=seed_uid(kind), date=date, **measures)
    set_target(HALF, "劳模“三进”宣讲", 80, author, load_index(DAY))


def report() -> Report:
    """The paper of the first half of 2024."""
    index = load_index(DAY)
    return report_kinds()["half_year"].compose(index, ReportChoices(DAY, DAY, period="2024-H1"))


def test_the_figures_of_the_half_year_come_out_in_their_order(world: None) -> None:
    found = {row[0]: row[1:] for section in report().sections for row in section.rows}
    assert {name: found[name][0] for name in (
        "新建新就业形态工会", "新就业形态工会新入会", "劳动争议调解", "劳动争议调解：其中办结", "工会驿站", "送温暖送清凉：金额",
        "送温暖送清凉：人次", "劳模“三进”宣讲", "创新成果申报", "国家级座谈", "建会覆盖率（按单位）",
    )} == {
        "新建新就业形态工会": "3", "新就业形态工会新入会": "6", "劳动争议调解": "1,459", "劳动争议调解：其中办结": "1,302",
        "工会驿站": "5,444", "送温暖送清凉：金额": "170,000,000", "送温暖送清凉：人次": "280,000", "劳模“三进”宣讲": "100",
        "创新成果申报": "1,535", "国家级座谈": "13", "建会覆盖率（按单位）": "未登记",
    }  # fmt: skip
    assert found["劳模“三进”宣讲"] == ["100", "场", "80", "+25%", "80", "125%", ""]
    assert [section.heading[:2] for section in report().sections][:5] == ["一、", "二、", "三、", "四、", "五、"]
    assert report().title == "2024 年上半年工作情况"


def test_what_nobody_entered_is_told_and_is_not_nought(world: None, author: Author) -> None:
    def told() -> dict[str, bool]:
        return {each.indicator.name: each.held for part in half_year(HALF, DAY).paragraphs for each in part.figures}

    held = told()
    assert (held["心理服务样本"], held["12351热线"], held["12351热线：其中办结"]) == (False, True, False)
    assert (held["新入会农民工"], held["小三级工会覆盖率"]) == (True, False)
    made(author, LedgerEntry, ledger_kind=seed_uid("12351热线"), date="2024-05-07", quantity=1, done=0)
    made(author, LedgerEntry, ledger_kind=seed_uid("心理服务样本"), date="2024-05-07", quantity=0)
    held = told()
    assert (held["心理服务样本"], held["12351热线：其中办结"]) == (True, True)


def test_an_empty_register_holds_nothing(register: object) -> None:
    found = report()
    assert {row[1] for section in found.sections for row in section.rows} == {"未登记"}
    assert not any(section.bars for section in found.sections)


def test_the_charts_are_drawn_and_written(world: None, tmp_path: Path) -> None:
    found = report()
    charts = {section.heading: [(bar.label, bar.text) for bar in section.bars] for section in found.sections if section.bars}
    assert charts["新建工会，按月（个）"] == [(f"{month} 月", "1" if month < 4 else "0") for month in range(1, 7)]
    assert charts["新就业形态会员，按群体（人）"] == [("快递员", "6")]
    layout = paper.lay_out(found)
    bars = [tint for page in layout.pages for tint in page.tints if tint.grey == BAR_GREY]
    assert len(bars) == sum(1 for section in found.sections for bar in section.bars if bar.value)
    assert max(tint.x + tint.width for tint in bars) < layout.paper[0]
    handout.write(found, tmp_path / "半年.xlsx", "xlsx")
    sheet = load_workbook(tmp_path / "半年.xlsx").active
    assert ("快递员", 6) in [(row[0].value, row[1].value) for row in sheet.iter_rows()]
    handout.write(found, tmp_path / "半年.pdf", "pdf")
    assert (tmp_path / "半年.pdf").stat().st_size > 10_000
