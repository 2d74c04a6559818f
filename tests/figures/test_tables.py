"""Statistics tables: every number the one that ``figures`` gives, rates from their parts, the whole beside its rows."""

import datetime as dt

import pytest

from models.errors import UserError
from models.figures.counts import by_region, counts
from models.figures.facts import Period, Scope
from models.figures.indicators import indicators
from models.figures.periods import read_period
from models.figures.sums import ELSEWHERE
from models.figures.table_columns import columns_of, folded, shown_rows
from models.figures.table_forms import find_form, forget_form, form_of, keep_form, ready_forms, table_forms
from models.figures.tables import FigureTable, make_table
from models.figures.targets import set_target
from models.journal.log import Batch
from models.journal.settings import change_setting
from models.journal.undo import undo
from models.journal.writer import Author
from models.records.drive_case import DriveCase
from models.records.region import load_index
from tests.aids.speaking import TODAY
from tests.figures.test_indicators import employer, made, person, place, union

HALF = read_period("2026-H1")
DAY = dt.date(2026, 6, 30)
OTHER_TOWN = "沙坪坝区童家桥街道"


def told(table: FigureTable) -> dict[str, list[str]]:
    """What a table shows: the texts of its rows by their names, those that are folded away left out."""
    columns = columns_of(table)
    lines = [*shown_rows(table, everything=False), *([table.repeated] if table.repeated else []), table.total]
    return {row.name: [column.text(row) for column in columns] for row in lines}


def titles(table: FigureTable) -> list[str]:
    return [column.title for column in columns_of(table)]


@pytest.fixture
def world(register: object, author: Author) -> dict[str, str]:
    """Two unions of this half-year and one of the last in two towns."""
    return {
        "one": union(author, "甲工会", "2026-02-01"),
        "two": union(author, "乙工会", "2026-03-01", OTHER_TOWN, congress=1),
        "old": union(author, "丙工会", "2025-04-01", OTHER_TOWN, congress=0),
    }


def test_plan_actual_share_rank_and_the_year_before(world: dict[str, str], author: Author) -> None:
    index = load_index(TODAY)
    set_target(HALF, "new_unions", 5, author, index)
    set_target(HALF, "new_unions", 4, author, index, Scope(region=place("沙坪坝区小龙坎街道")))
    set_target(HALF, "new_unions", 1, author, index, Scope(region=place(OTHER_TOWN)))
    table = make_table(form_of("试", ["new_unions"]), HALF, DAY)
    assert titles(table) == ["实际", "计划", "完成", "位次", "上年同期", "同比"]
    assert told(table) == {
        "沙坪坝区小龙坎街道": ["1", "4", "25%", "2", "0", ""],
        "沙坪坝区童家桥街道": ["1", "1", "100%", "1", "1", "0%"],
        "合计": ["2", "5", "40%", "", "1", "100%"],
    }
    assert len(table.rows) > 1000
    assert folded(table) == f"另有 {len(table.rows) - 2:,} 行没有数字，没有列出。"


def test_without_targets_of_its_own_a_half_year_is_held_against_those_of_the_year(world: dict[str, str], author: Author) -> None:
    set_target(2026, "new_unions", 8, author, load_index(TODAY))
    table = make_table(form_of("试", ["new_unions"], parts=["plan"]), HALF, DAY)
    assert titles(table) == ["实际", "全年计划", "完成"]
    assert told(table)["合计"] == ["2", "8", "25%"]
    assert told(table)["沙坪坝区童家桥街道"] == ["1", "", ""]


def test_the_plan_of_the_whole_is_the_sum_where_every_row_has_one(world: dict[str, str], author: Author) -> None:
    index = load_index(TODAY)
    set_target(HALF, "new_unions", 4, author, index, Scope(region=place("沙坪坝区小龙坎街道")))
    form = form_of("试", ["new_unions"], parts=["plan"])
    assert told(make_table(form, HALF, DAY))["合计"] == ["2", "", ""]
    set_target(HALF, "new_unions", 1, author, index, Scope(region=place(OTHER_TOWN)))
    assert told(make_table(form, HALF, DAY))["合计"] == ["2", "5", "40%"]


def test_a_rate_is_made_of_its_parts_and_what_is_unknown_stands_apart(world: dict[str, str], author: Author) -> None:
    table = make_table(form_of("试", ["congress"], parts=["rank", "last_year"]), HALF, DAY)
    assert titles(table) == ["其中", "总数", "比率", "未知", "位次", "上年同期", "增减（百分点）"]
    assert told(table) == {
        "沙坪坝区小龙坎街道": ["0", "0", "—", "1", "", "—", ""],
        "沙坪坝区童家桥街道": ["1", "2", "50.0%", "0", "1", "0.0%", "50"],
        "合计": ["1", "2", "50.0%", "1", "", "0.0%", "50"],
    }


def test_what_carries_no_date_stands_apart(world: dict[str, str], author: Author) -> None:
    union(author, "没有日期的工会", None)
    table = make_table(form_of("试", ["new_unions"], parts=[]), read_period("2026"), TODAY)
    assert titles(table) == ["实际", "日期不明"]
    assert told(table)["合计"] == ["2", "1"]


def test_who_joined_in_two_towns_is_in_both_and_once_in_the_whole(world: dict[str, str], author: Author) -> None:
    person(author, ("入会", world["one"], "2026-02-01"), ("退会", world["one"], "2026-03-01"), ("入会", world["two"], "2026-04-01"))
    table = make_table(form_of("试", ["new_members"], parts=[]), HALF, DAY)
    assert told(table) == {
        "沙坪坝区小龙坎街道": ["1"], "沙坪坝区童家桥街道": ["1"], "减：几处都算了的": ["-1"], "合计": ["1"],
    }  # fmt: skip


def test_districts_with_their_towns_and_one_s_own_towns(world: dict[str, str], author: Author) -> None:
    union(author, "渝中工会", "2026-05-01", "渝中区")
    tree = make_table(form_of("试", ["new_unions"], "tree", []), HALF, DAY)
    assert [(row.depth, row.name, row.cells[0].number.value) for row in tree.told] == [
        (0, "渝中区", 1), (0, "沙坪坝区", 2), (1, "小龙坎街道", 1), (1, "童家桥街道", 1),
    ]  # fmt: skip
    assert told(tree)["合计"] == ["3"]
    inside = make_table(form_of("试", ["new_unions"], "tree", []), HALF, DAY, Scope(region=place("沙坪坝区小龙坎街道")))
    assert told(inside) == {"沙坪坝区小龙坎街道": ["1"], "合计": ["1"]}
    own = form_of("试", ["new_unions"], "own", [])
    with pytest.raises(UserError, match="还没有设“我的镇街”"):
        make_table(own, HALF, DAY)
    change_setting("my_towns", [place(OTHER_TOWN)], author)
    assert told(make_table(own, HALF, DAY)) == {"沙坪坝区童家桥街道": ["1"], "合计": ["1"]}


def test_unions_and_organizers_as_rows(world: dict[str, str], author: Author) -> None:
    person(author, ("入会", world["one"], "2026-02-01"))
    case = employer(author, 40, world["one"])
    made(author, DriveCase, employer=case, stage="待筹建", organizer="陈示例")
    unions = make_table(form_of("试", ["new_members"], "union", []), HALF, DAY)
    assert told(unions) == {"甲工会": ["1"], "合计": ["1"]}
    people = make_table(form_of("试", ["new_members", "covered"], "person", []), HALF, DAY)
    assert told(people) == {"陈示例": ["1", "1"], "合计": ["1", "1"]}
    with pytest.raises(UserError, match="不能按工会统计"):
        make_table(form_of("试", ["covered"], "union", []), HALF, DAY)


def test_every_indicator_is_the_same_number_in_a_table_and_by_itself(world: dict[str, str], author: Author) -> None:
    person(author, ("入会", world["one"], "2026-02-01"), migrant_worker=1, occupation_group="快递员")
    employer(author, 40, world["one"])
    employer(author, 30)
    known = indicators()
    table = make_table(form_of("试", list(known), "tree", []), HALF, DAY)
    whole = counts(list(known.values()), Scope(), Period(HALF.start, DAY))
    assert [cell.number for cell in table.total.cells] == whole
    for place_, key in enumerate(known):
        for level, depth in (("district", 0), ("town", 1)):
            by = by_region(key, level, Scope(), Period(HALF.start, DAY))  # type: ignore[arg-type]
            rows = {row.uid: row.cells[place_].number for row in table.rows if row.depth == depth and row.uid}
            assert {uid: number for uid, number in by.items() if uid != ELSEWHERE} == {
                uid: number for uid, number in rows.items() if uid in by
            }, key


def test_tables_are_ready_for_every_subject_of_the_half_year_report(register: object, author: Author) -> None:
    assert [each.name for each in ready_forms()] == [
        "新建工会", "会员发展", "新就业形态", "25 人以上攻坚", "职代会与厂务公开", "小三级", "非公三年行动",
    ]  # fmt: skip
    for form in ready_forms():
        assert set(form.indicators) <= set(indicators())
        assert make_table(form, read_period("2026-05"), TODAY).told == []


def test_a_table_of_one_s_own_is_kept_changed_undone_and_forgotten(register: object, author: Author) -> None:
    form = form_of("月报", ["新建工会", "new_members", "新建工会"], "district", ["rank"])
    keep_form(form, author)
    kept = find_form("月报")
    assert (kept.indicators, kept.rows, kept.parts, bool(kept.uid)) == (("new_unions", "new_members"), "district", (
        "rank",), True)
    keep_form(form_of("月报", ["unions"]), author)
    assert find_form("月报").indicators == ("unions",)
    undo(Batch.select().order_by(Batch.id.desc()).get().id, author)
    assert find_form("月报").indicators == ("new_unions", "new_members")
    forget_form(find_form("月报"), author)
    assert len(table_forms()) == len(ready_forms())
    with pytest.raises(UserError, match="没有统计表“月报”，可以用：新建工会、"):
        find_form("月报")
    with pytest.raises(UserError, match="程序自带的统计表，请换一个名字"):
        keep_form(form_of("小三级", ["unions"]), author)
    with pytest.raises(UserError, match="不能删除"):
        forget_form(find_form("小三级"), author)
    for wrong in (["天气"], []):
        with pytest.raises(UserError, match=r"没有指标“天气”|请至少选一个指标"):
            form_of("试", wrong)
    with pytest.raises(UserError, match="行不能是“国家”"):
        form_of("试", ["unions"], "国家")
