"""Things that stand: by hand and from lists, the same list twice, stock and flow of any day, many that are only a number."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from importers import template
from importers.rows.decisions import Decisions
from models.errors import UserError
from models.figures.counts import by_region, count, rows
from models.figures.facts import Number, Period, Scope
from models.journal import undo
from models.journal.log import Batch
from models.journal.settings import change_setting
from models.journal.writer import Author
from models.records.region import load_index
from models.records.site import Site, SiteKind
from models.register.register import Register
from models.sites import sites
from models.sites.kinds import add_kind, change_kind, find_kind, remove_kind, seed_uid
from models.sites.sites import SiteChoice
from tests.aids.speaking import TODAY, Done, imported_rows, listed
from tests.aids.terminal import commands
from tests.figures.test_indicators import place

KEY = ("表.xlsx", "Sheet1")
HEAD: list[Any] = ["序号", "驿站名称", "所属镇街", "详细地址", "启用日期", "停用日期", "状态", "联系人", "联系电话"]
LIST: list[list[Any]] = [
    ["沙坪坝区工会驿站名单"],
    HEAD,
    [1, "小龙坎商圈驿站", "小龙坎街道", "小龙坎新街1号", "2026-05-20", None, "正常", "陈示例", "19900000021"],
    [2, "西永园区驿站", "西永街道", "西永大道2号", "2025.3", None, None, None, None],
    [3, "三峡广场驿站", "沙坪坝街道", None, None, None, "在用", None, None],
    [4, "老站", "小龙坎街道", None, "2019-01-01", "2026-03-31", None, None, None],
    [5, "拆了的站", "小龙坎街道", None, "2018", None, "已撤销", None, None],
    ["合计", 5, None, None, None, None, None, None, None],
]
HALF, YEAR = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30)), Period(dt.date(2026, 1, 1), TODAY)
STATION = seed_uid("工会驿站")


def number(key: str, period: Period = YEAR, region: str = "") -> Number:
    return count(f"{key}:{STATION}", Scope(region=place(region)) if region else Scope(), period)


@pytest.fixture
def listing(author: Author, tmp_path: Path) -> Done:
    change_setting("home_district", "沙坪坝区", author)
    return imported_rows(author, tmp_path, LIST)


def test_a_list_is_known_by_its_title_and_needs_no_mapping(listing: Done) -> None:
    (sheet,) = listing.plan.sheets
    assert (sheet.kind, listing.counts) == ("sites", {"new": 5})
    assert sheet.mapping
    assert sheet.mapping.unmapped == ()
    assert listed("sites", "site_kind", "name", "region", "since", "until", "state")[:3] == [
        ("工会驿站", "小龙坎商圈驿站", "沙坪坝区小龙坎街道", "2026-05-20", None, "在用"),
        ("工会驿站", "西永园区驿站", "沙坪坝区西永街道", "2025-03", None, None),
        ("工会驿站", "三峡广场驿站", "沙坪坝区沙坪坝街道", None, None, "在用"),
    ]


@pytest.mark.usefixtures("listing")
def test_what_stands_is_counted_as_of_any_day_and_what_is_not_known_apart() -> None:
    now = number("sites")
    assert (now.value, now.unknown, now.marked) == (3, 1, 1), "the one without a date counts from its entry"
    assert number("sites", Period(dt.date(2026, 1, 1), dt.date(2026, 3, 30))).value == 2
    assert number("sites", Period(dt.date(2026, 1, 1), dt.date(2026, 3, 31))).value == 1
    new = number("new_sites")
    assert (new.value, new.undated) == (1, 1)
    assert number("sites", region="沙坪坝区小龙坎街道").value == 1
    places = by_region(f"sites:{STATION}", "town", Scope(), YEAR)
    assert {load_index(TODAY).name(uid): each.value for uid, each in places.items()} == {"小龙坎街道": 1, "西永街道": 1, "沙坪坝街道": 1}
    assert [(row.name, row.undated) for row in rows(f"new_sites:{STATION}", Scope(), YEAR)] == [("小龙坎商圈驿站", False), ("三峡广场驿站",
        True)]


def test_the_same_list_again_changes_nothing_and_a_later_one_fills_in(listing: Done, author: Author, tmp_path: Path) -> None:
    assert imported_rows(author, tmp_path, LIST).counts == {"same": 5}
    later = [*LIST[:2], [1, "三峡广场驿站", None, "三峡广场3号", "2026-02-01", None, None, None, None]]
    assert imported_rows(author, tmp_path, later).counts == {"updated": 1}
    assert number("new_sites").value == 2
    assert listing.outcome.batch
    undo.undo(Batch.select().count(), author)
    undo.undo(listing.outcome.batch, author)
    assert listed("sites", "name") == []


def test_five_thousand_before_and_the_new_ones_make_the_half_years_number(author: Author, tmp_path: Path) -> None:
    before: list[list[Any]] = [["渝中区、沙坪坝区工会驿站原有数"], ["区县", "站点数", "启用日期", "数据来源"]]
    before += [["沙坪坝区", 3200, "2023-12-31", "2023年年报"], ["渝中区", 1800, "2023-12-31", "2023年年报"]]
    assert imported_rows(author, tmp_path, before).counts == {"new": 2}
    new = [["工会驿站名单"], ["驿站名称", "镇街", "启用日期"]]
    new += [[f"驿站{each:03}", "沙坪坝区小龙坎街道", f"2026-0{1 + each % 6}-15"] for each in range(444)]
    assert imported_rows(author, tmp_path, new).counts == {"new": 444}
    assert (number("sites", HALF).value, number("new_sites", HALF).value) == (5444, 444)
    assert number("sites", Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))).value == 5000
    assert number("sites", HALF, "沙坪坝区").value == 3644
    assert imported_rows(author, tmp_path, before).counts == {"same": 2}
    before[2][1] = 3100
    assert imported_rows(author, tmp_path, before).counts == {"updated": 1, "same": 1}
    (total,) = sites.totals(SiteChoice(day=dt.date(2026, 6, 30)))
    assert (total.name, total.rows, total.quantity, total.undated, total.unknown) == ("工会驿站", 446, 5344, 0, 0)


def test_a_word_that_is_no_kind_is_a_question_and_may_be_new(author: Author, tmp_path: Path) -> None:
    rows_ = [["阵地名单"], ["阵地类别", "名称", "地址"], ["工会驿点", "甲站", None], ["暖心长廊", "乙廊", None], ["暖心长廊", "丙廊", None]]
    asked = imported_rows(author, tmp_path, rows_)
    assert asked.codes == [(row, "site-kind-unknown") for row in (3, 4, 5)]
    (first,) = asked.plan.sheets[0].steps[0].problems
    assert first.candidates[0] == STATION
    decided = Decisions().with_rows(KEY, (3,), f"update:{STATION}").with_rows(KEY, (4,), "new")
    assert imported_rows(author, tmp_path, rows_, decisions=decided).counts == {"new": 3}
    assert listed("sites", "site_kind", "name") == [("工会驿站", "甲站"), ("暖心长廊", "乙廊"), ("暖心长廊", "丙廊")]


def test_two_of_one_name_are_told_apart_by_their_towns_else_asked(author: Author, tmp_path: Path) -> None:
    rows_ = [["劳模工匠工作室名单"], ["工作室名称", "镇街"], ["创新工作室", "沙坪坝区小龙坎街道"], ["创新工作室", "渝中区大坪街道"]]
    assert imported_rows(author, tmp_path, rows_).counts == {"new": 2}
    assert imported_rows(author, tmp_path, rows_).counts == {"same": 2}
    doubtful = [*rows_[:2], ["创新工作室", None]]
    assert imported_rows(author, tmp_path, doubtful).codes == [(3, "several-sites")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([1, None, "小龙坎街道", "新街1号", None, None, "在用", None, None], "site-name-missing"),
        ([1, "甲站", "小龙坎街道", None, "2026-03", "2025-12-01", None, None, None], "site-ended-before"),
        ([1, "甲站", "小龙坎街道", None, "2026-11-23", None, None, None, None], "day-future"),
    ],
)
def test_rows_that_cannot_be_are_told(row: list[Any], code: str, author: Author, tmp_path: Path) -> None:
    change_setting("home_district", "沙坪坝区", author)
    assert code in [each for _row, each in imported_rows(author, tmp_path, [*LIST[:2], row], kind="sites").codes]


def test_by_hand_one_is_entered_corrected_ended_and_removed(author: Author) -> None:
    index = load_index(TODAY)
    uid = sites.add(sites.read({"site_kind": "驿站", "name": "甲站", "region": "沙坪坝区小龙坎街道", "since": "2026-02"}, index), author)
    assert number("sites").value == 1
    sites.change(uid, sites.read({"until": "2026-10-01"}, index), author)
    assert number("sites").value == 0
    assert [(row["name"], row["standing"]) for row in sites.sites(SiteChoice(), index)] == [("甲站", 0)]
    assert sites.sites(SiteChoice(day=TODAY), index) == []
    undo.undo(Batch.select().count(), author)
    assert number("sites").value == 1
    for texts, said in (({"until": "2026-01"}, "早于"), ({"since": "2026-11-23"}, "在今天之后"), ({"name": ""}, "请填写")):
        with pytest.raises(UserError, match=said):
            sites.change(uid, sites.read(texts, index), author)
    sites.remove(uid, author)
    assert Site.select().count() == 0


def test_kinds_are_a_list_of_ones_own(author: Author) -> None:
    uid = add_kind("暖心长廊", "处", author)
    change_kind(uid, author, name="暖心走廊")
    assert find_kind("暖心长廊").uid == uid
    with pytest.raises(UserError, match="一个叫法只能指一个类别"):
        add_kind("驿站", "个", author)
    kept = sites.add({"site_kind": uid, "name": "甲廊"}, author)
    with pytest.raises(UserError, match="下面还有阵地"):
        remove_kind(uid, author)
    sites.remove(kept, author)
    remove_kind(uid, author)
    assert SiteKind.get_or_none(SiteKind.uid == uid) is None


def test_an_empty_form_comes_back_understood(author: Author, tmp_path: Path) -> None:
    path = tmp_path / "阵地.xlsx"
    template.write("sites", path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    header = [cell.value for cell in sheet[3]]
    row = [{"阵地类别": "工会驿站", "阵地名称": "甲站", "启用日期": "2026-05-01"}.get(each) for each in header]
    assert imported_rows(author, tmp_path, [["阵地名单"], header, row]).counts == {"new": 1}


def test_the_command_line_lists_adds_ends_and_counts(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    run = commands(tmp_path / "copy", register, monkeypatch, capfd)
    uid = run.told("sites", "add", "--kind", "驿站", "--name", "甲站", "--region", "沙坪坝区小龙坎街道", "--since", "2026-02-03")["uid"]
    told = run.told("sites", "--as-of", "2026-06-30")
    assert [(row["name"], row["site_kind"]) for row in told["sites"]] == [("甲站", "工会驿站")]
    assert [(each["site_kind"], each["quantity"], each["undated"]) for each in told["totals"]] == [("工会驿站", 1, 0)]
    run.told("sites", "change", uid, "--until", "2026-07-01")
    assert run.told("sites", "--as-of", "2026-07-01")["sites"] == []
    assert len(run.told("sites", "--all")["sites"]) == 1
    assert len(run.told("list", "sites")["sites"]) == 1
    kinds = run.told("sites", "kinds", "--new", "暖心长廊", "--unit", "处")["kinds"]
    assert [each["unit"] for each in kinds if each["name"] == "暖心长廊"] == ["处"]
    run.told("sites", "remove", uid)
    assert run.told("sites", "--all")["sites"] == []
    assert "没有阵地类别" in run.refused("sites", "add", "--kind", "没有的", "--name", "乙")
