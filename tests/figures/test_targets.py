"""Targets and how far the year is: the plan of 2024 and its half-year report go in and come out as the same figures."""

import datetime as dt
from typing import Any

import pytest

from models.errors import UserError
from models.figures.facts import Scope
from models.figures.indicators import find_indicator
from models.figures.progress import Progress, progress, progress_by
from models.figures.targets import remove_target, set_target, targets
from models.journal.log import Batch
from models.journal.undo import undo
from models.journal.writer import Author
from models.ledger.kinds import seed_uid
from models.records.ledger import LedgerEntry
from models.records.region import load_index
from models.records.union import Union
from tests.figures.test_indicators import employer, made, person, place, union

HALF = dt.date(2024, 6, 30)

#: The plan of 2024 by the names of the indicators.
PLAN = {
    "新建工会": 500, "新入会": 150_000, "小三级工会覆盖率": 100, "职代会建制率": 80, "厂务公开建制率": 80,
    "规上非公企业单独职代会建制率": 100, "劳动保护帮扶企业": 20, "安康杯参与企业": 30, "职工关爱单位": 20, "心理服务样本": 2,
    "“五小”项目": 600, "劳模工匠工作室": 30, "市级活动": 20, "学历技能提升": 10_000,
}  # fmt: skip
#: The half-year report of 2024 from the work ledger: kind → its measures.
REPORT: dict[str, dict[str, Any]] = {
    "劳动争议调解": {"quantity": 1_459, "done": 1_302}, "工会驿站": {"quantity": 5_444},
    "送温暖送清凉": {"amount": 170_000_000_00, "people": 280_000}, "劳模“三进”宣讲": {"quantity": 100},
    "创新成果申报": {"quantity": 1_535}, "工匠选送培训": {"quantity": 7}, "国家级座谈": {"quantity": 13},
    "国家级承办": {"quantity": 6}, "国家级表扬": {"quantity": 6}, "国家级表彰": {"quantity": 7},
}  # fmt: skip


def entry(author: Author, kind: str, date: str | None = "2024-05", **values: Any) -> str:
    """An entry of one of the first kinds of the work ledger."""
    return made(author, LedgerEntry, ledger_kind=seed_uid(kind), date=date, **values)


def aim(author: Author, indicator: str, value: int, year: int = 2024, scope: Scope | None = None) -> str:
    """Set a target."""
    return set_target(year, indicator, value, author, load_index(HALF), scope)


def told(year: int = 2024, day: dt.date = HALF, scope: Scope | None = None) -> dict[str, Progress]:
    """The progress by the names of the indicators."""
    return {each.indicator.name: each for each in progress(year, day, scope or Scope())}


def test_the_plan_of_2024_goes_in_as_targets_and_comes_out_again(register: object, author: Author) -> None:
    for name, value in PLAN.items():
        aim(author, name, value)
    assert {find_indicator(each.indicator).name: each.value for each in targets(2024)} == PLAN
    assert {name: each.target for name, each in told().items()} == PLAN
    assert targets(2023) == []


def test_the_half_year_report_goes_into_the_ledger_and_comes_out_again(register: object, author: Author) -> None:
    for kind, measures in REPORT.items():
        entry(author, kind, **measures)
        aim(author, kind, 1)
    for name in ("劳动争议调解：其中办结", "送温暖送清凉：人次", "送温暖送清凉：金额"):
        aim(author, name, 1)
    entry(author, "劳模“三进”宣讲", date="2023-12-31", quantity=9)
    entry(author, "劳模“三进”宣讲", date="2024-07-01", quantity=9)
    found = {name: each.actual.value for name, each in told().items()}
    assert found == {
        "劳动争议调解": 1_459, "劳动争议调解：其中办结": 1_302, "工会驿站": 5_444, "送温暖送清凉": 1,
        "送温暖送清凉：人次": 280_000, "送温暖送清凉：金额": 170_000_000, "劳模“三进”宣讲": 100, "创新成果申报": 1_535,
        "工匠选送培训": 7, "国家级座谈": 13, "国家级承办": 6, "国家级表扬": 6, "国家级表彰": 7,
    }  # fmt: skip


def test_new_form_unions_and_their_members_are_counted_from_the_register(register: object, author: Author) -> None:
    for _number in range(2):
        uid = union(author, founded="2024-03", new_form=1)
        for _person in range(3):
            person(author, ("入会", uid, "2024-04"))
    person(author, ("入会", union(author), "2024-04"))
    for name in ("新建新就业形态工会", "新就业形态工会新入会", "新入会"):
        aim(author, name, 10)
    assert {name: each.actual.value for name, each in told().items()} == {
        "新建新就业形态工会": 2, "新就业形态工会新入会": 6, "新入会": 7,
    }  # fmt: skip


def test_the_plan_for_the_day_goes_by_the_days_of_the_year(register: object, author: Author) -> None:
    aim(author, "“五小”项目", 366)
    entry(author, "“五小”项目", quantity=100)
    each = told()["“五小”项目"]
    assert (each.plan, each.lag, each.gap, each.share, each.forecast) == (182, 82, 266, 27.3, 201)
    assert each.state == "behind"
    entry(author, "“五小”项目", quantity=82)
    assert told()["“五小”项目"].state == "on"
    entry(author, "“五小”项目", quantity=10)
    assert told()["“五小”项目"].state == "ahead"
    assert (told()["“五小”项目"].lag, told()["“五小”项目"].forecast) == (0, 386)


@pytest.mark.parametrize(("quantity", "state"), [(94, "behind"), (95, "on"), (104, "on"), (105, "ahead")])
def test_five_percent_around_the_plan_are_on_plan(register: object, author: Author, quantity: int, state: str) -> None:
    aim(author, "“五小”项目", 200, year=2023)
    entry(author, "“五小”项目", date="2023-01-02", quantity=quantity)
    # 1 July is day 182 of 365: on plan from 94.7 to 104.7
    found = told(2023, dt.date(2023, 7, 1))["“五小”项目"]
    assert (found.plan, found.state) == (99, state)


def test_a_year_that_is_over_knows_no_tolerance(register: object, author: Author) -> None:
    aim(author, "“五小”项目", 100)
    entry(author, "“五小”项目", quantity=99)
    found = told(day=dt.date(2026, 1, 1))["“五小”项目"]
    assert (found.plan, found.forecast, found.gap, found.state) == (100, 99, 1, "behind")


def test_a_rate_is_to_be_kept_all_year(register: object, author: Author) -> None:
    for congress in (*[1] * 4, 0):
        union(author, congress=congress)
    aim(author, "职代会建制率", 80)
    found = told()["职代会建制率"]
    assert (found.actual.value, found.plan, found.gap, found.forecast, found.state) == (80, 80, 0, 80, "on")
    union(author, congress=0)
    found = told()["职代会建制率"]
    assert (found.actual.value, found.lag, found.state) == (66.6, 13.3, "behind")


def test_a_rate_of_nothing_has_no_progress(register: object, author: Author) -> None:
    aim(author, "小三级工会覆盖率", 100)
    found = told()["小三级工会覆盖率"]
    assert (found.actual.value, found.share, found.state) == (None, None, None)


def test_a_stock_grows_from_where_the_year_began(register: object, author: Author) -> None:
    for number in range(10):
        union(author, f"旧工会{number}", founded="2020")
    union(author, founded="2024-02")
    aim(author, "基层工会", 12)
    found = told()["基层工会"]
    assert (found.actual.value, found.plan, found.share, found.gap) == (11, 10, 91.6, 1)
    assert found.forecast == 12


def test_a_target_is_changed_removed_and_brought_back_by_undo(register: object, author: Author) -> None:
    uid = aim(author, "新建工会", 500)
    batches = Batch.select().count()
    assert aim(author, "新建工会", 500) == uid
    assert Batch.select().count() == batches
    assert aim(author, "新建工会", 600) == uid
    assert [each.value for each in targets(2024)] == [600]
    assert [each.value for each in targets(2024, Scope(region=place("渝中区")))] == []
    aim(author, "新建工会", 20, scope=Scope(region=place("渝中区")))
    assert len(targets(2024)) == 2
    remove_target(uid, author)
    assert [each.value for each in targets(2024)] == [20]
    undo(int(Batch.select().order_by(Batch.id.desc()).get().id), author)
    assert sorted(each.value for each in targets(2024)) == [20, 600]
    remove_target("nobody", author)


def test_a_target_that_cannot_be_is_refused(register: object, author: Author) -> None:
    for name, value, year, sentence in (
        ("职代会建制率", 101, 2024, "不能是 101%"), ("新建工会", -1, 2024, "不能是 -1个"), ("新建工会", 5, 24, "年度“24”不对"),
        ("天气", 5, 2024, "没有指标“天气”"),
    ):  # fmt: skip
        with pytest.raises(UserError, match=sentence):
            aim(author, name, value, year)
    with pytest.raises(UserError, match="不能按工会统计"):
        aim(author, "应建未建单位", 5, scope=Scope(union=made(author, Union, name="甲工会")))
    assert targets(2024) == []


def test_how_far_the_year_is_by_district_with_their_own_targets(register: object, author: Author) -> None:
    here, there, third = place("沙坪坝区"), place("渝中区"), place("巴南区")
    aim(author, "新建工会", 500)
    aim(author, "新建工会", 2, scope=Scope(region=here))
    aim(author, "新建工会", 3, scope=Scope(region=third))
    for region in ("沙坪坝区小龙坎街道", "沙坪坝区", "渝中区"):
        union(author, founded="2024-03", region=region)
    found = progress_by(2024, HALF, "district")
    assert {uid: [(each.actual.value, each.target) for each in part] for uid, part in found.items()} == {
        here: [(2, 2)], there: [(1, None)], third: [(0, 3)],
    }  # fmt: skip
    towns = progress_by(2024, HALF, "town", Scope(region=here))
    assert sum(each.actual.part for part in towns.values() for each in part) == 2
    assert told(scope=Scope(region=here))["新建工会"].share == 100


def test_a_ledger_entry_belongs_to_its_region_or_its_unions(register: object, author: Author) -> None:
    one = union(author)
    entry(author, "走访", union=one)
    entry(author, "走访", region=place("渝中区"), quantity=3)
    entry(author, "走访", union=one, region=place("渝中区"))
    entry(author, "走访")
    aim(author, "走访", 10)
    parts = progress_by(2024, HALF, "district")
    assert {uid: part[0].actual.value for uid, part in parts.items()} == {
        place("沙坪坝区"): 1,
        place("渝中区"): 4,
        "": 1,
    }


def test_employers_by_people_have_targets_too(register: object, author: Author) -> None:
    employer(author, 100, union(author))
    aim(author, "建会覆盖率（按职工）", 90, year=2026)
    assert told(2026, dt.date(2026, 6, 30))["建会覆盖率（按职工）"].state == "ahead"


def test_several_towns_together_are_to_bring_what_each_of_them_is(register: object, author: Author) -> None:
    near, far = (Scope(region=load_index(HALF).resolve(name).uid) for name in ("小龙坎街道", "双碑街道"))
    both = Scope(region=(str(near.region), str(far.region)))
    aim(author, "new_unions", 3, scope=near)
    assert told(scope=both) == {}
    aim(author, "new_unions", 4, scope=far)
    for each in (near, far):
        aim(author, "coverage_employers", 80, scope=each)
    assert {key: each.target for key, each in told(scope=both).items()} == {"新建工会": 7}
    with pytest.raises(UserError, match="各镇街目标的和"):
        aim(author, "new_unions", 9, scope=both)
