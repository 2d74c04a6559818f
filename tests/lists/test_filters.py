"""What lists can be narrowed by: each filter, its values as people write them, and what it chooses."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from models.errors import UserError
from models.journal.saved_filters import remove_filter, rename_filter, save_filter, saved_filters
from models.journal.writer import Author
from models.lists.filters import Where, filters_of, find_filter, kept_where, read_where
from models.lists.listings import Selection
from models.lists.selection import rows
from models.records.drive_case import DriveCase
from models.records.forms import FORMS
from models.records.region import load_index
from models.register.register import Register
from models.values.region_index import RegionIndex
from tests.aids.speaking import LI, TODAY, WANG, imported, imported_rows, workbook
from tests.aids.terminal import commands

UNIT, OTHER, THIRD = "重庆甲示例有限公司", "重庆乙示例有限公司", "重庆丙示例有限公司"
EMPLOYERS = [
    ["企业名称", "单位性质", "是否非公", "员工人数", "统计日期", "建会情况", "负责人", "联系电话", "单位成立日期"],
    [UNIT, "私营企业", "是", 9, "2026-01", "已接触", "陈示例", "13900000001", "2020-02-29"],
    [OTHER, "国有企业", "否", 100, "2026-01", None, None, None, "2024"],
    [THIRD, None, None, None, None, None, None, None, None],
]
UNIONS = [
    ["工会名称", "单位名称", "批准文号", "工会类型", "本届选举日期", "任期年数", "会员人数", "工会状态", "建会日期"],
    ["甲示例工会", UNIT, "沙工发〔2020〕1号", "单独基层工会", "2020-06-01", 3, 30, "正常", "2017-06-01"],
    ["乙示例工会", None, None, "联合基层工会", "2025-06-01", 5, 200, "正常", "2020"],
    ["丙示例工会", None, None, None, None, None, None, "正常", "2020"],
]
MEMBERS = [
    ["姓名", "身份证号", "手机", "出生日期", "性别", "所属工会", "工作单位", "职业类别", "所属平台", "入会日期", "学历"],
    ["王五", WANG, "19900000001", None, None, "甲示例工会", UNIT, None, None, "2024-05-06", "本科"],
    ["李四", LI, None, None, None, "甲示例工会", None, "外卖配送员", "示例外卖、另一外卖", "2026-03", "大专"],
    ["赵六", None, "19900000003", "1996-11-23", "男", None, OTHER, "货车司机", None, None, None],
]


@pytest.fixture
def index(author: Author, tmp_path: Path) -> RegionIndex:
    """Three employers, three unions, three people."""
    imported(author, workbook(tmp_path / "a.xlsx", {"单位": EMPLOYERS, "工会": UNIONS, "会员": MEMBERS}))
    imported_rows(author, tmp_path, [["企业名称", "员工人数", "统计日期"], [UNIT, 30, "2026-06"]], "后来", kind="employers")
    DriveCase.update(organizer="陈示例").execute()
    return load_index(TODAY)


def names(index: RegionIndex, kind: str, where: Where, today: dt.date = TODAY) -> list[str]:
    title = "subject" if kind == "headcounts" else "name"
    found = rows(Selection(kind, where=where, today=today), index)
    return [row[title][-4:] if kind == "headcounts" else row[title] for row in found]


CHOSEN = [
    ("workers", "sex=男", ["王五", "赵六"]),
    ("workers", "性别=女", ["李四"]),
    ("workers", "age=40-45", ["王五"]),
    ("workers", "age=-36", ["李四", "赵六"]),
    ("workers", "age=29", ["赵六"]),
    ("workers", "age=30-", ["王五", "李四"]),
    ("workers", "birth_date=1985..1990-02", ["王五", "李四"]),
    ("workers", "birth_date=..1985", ["王五"]),
    ("workers", "join_date=2024-05..2024-05", ["王五"]),
    ("workers", "join_date=2026", ["李四"]),
    ("workers", "joined_this_year=是", ["李四"]),
    ("workers", "no_phone=是", ["李四"]),
    ("workers", "no_id=是", ["赵六"]),
    ("workers", "no_employer=是", ["李四"]),
    ("workers", "no_union=是", ["赵六"]),
    ("workers", "platform=另一", ["李四"]),
    ("workers", "platform=未填", ["王五", "赵六"]),
    ("workers", "education=本科、大专", ["王五", "李四"]),
    ("workers", "education=未填", ["赵六"]),
    ("workers", "education=大专，未填", ["李四", "赵六"]),
    ("workers", "education=本科 sex=女", []),
    ("employers", "size=25-49", [UNIT]),
    ("employers", "size=-1000", [UNIT, OTHER]),
    ("employers", "size=31-", [OTHER]),
    ("employers", "nature=国有企业", [OTHER]),
    ("employers", "non_public=未填", [THIRD]),
    ("employers", "non_public=否", [OTHER]),
    ("employers", "covered=是", [UNIT]),
    ("employers", "covered=否", [OTHER, THIRD]),
    ("employers", "stage=未填", [OTHER, THIRD]),
    ("employers", "organizer=陈", [UNIT]),
    ("employers", "no_phone=是", [OTHER, THIRD]),
    ("employers", "founding_date=2020-02..2020-02", [UNIT]),
    ("employers", "founding_date=2023..", [OTHER]),
    ("unions", "term=已届满", ["甲示例工会"]),
    ("unions", "term=任期内", ["乙示例工会"]),
    ("unions", "no_approval=是", ["乙示例工会", "丙示例工会"]),
    ("unions", "union_type=联合基层工会、未填", ["乙示例工会", "丙示例工会"]),
    ("unions", "members=25-49", ["甲示例工会"]),
    ("headcounts", "source=单位申报", []),
    ("headcounts", "as_of=2026-06..2026-08 subject_kind=单位", ["有限公司"]),
    ("headcounts", "staff_count=100 subject_kind=单位", ["有限公司"]),
]


def test_each_filter_chooses_its_records(index: RegionIndex) -> None:
    for kind, written, expected in CHOSEN:
        where = read_where(kind, [tuple(each.split("=")) for each in written.split()])  # type: ignore[misc]
        assert names(index, kind, where) == expected, (kind, written)


def test_every_filter_can_be_asked_with_a_value_of_its_kind(index: RegionIndex) -> None:
    sample = {"yes": "未填", "flag": "是", "range": "1-2", "days": "2020..2021", "text": "甲"}
    for kind in FORMS:
        for each in filters_of(kind).values():
            value = each.read(sample.get(each.kind) or next(iter(each.labels())))
            assert isinstance(rows(Selection(kind, where=((each.name, value),), today=TODAY), index), list), each.name
            assert each.title in each.show(value)
            assert each.offered()


@pytest.mark.parametrize(
    ("kind", "written", "told"),
    [
        ("workers", ("shoe_size", "42"), "没有筛选条件“shoe_size”"),
        ("workers", ("sex", "外星人"), "可以是 男 . 女 . 未填"),
        ("workers", ("age", "很大"), "请写成 25-99"),
        ("workers", ("age", "-"), "请写成 25-99"),
        ("workers", ("join_date", "2026-02-30.."), "没有 2026-02-30 这一天"),
        ("workers", ("join_date", "去年"), "请写成 2026-01-01..2026-06-30"),
        ("workers", ("no_phone", "否"), "只能是“是”"),
        ("workers", ("platform", " "), "请写出要找的字"),
        ("employers", ("covered", "也许"), "是、否、未填"),
    ],
)
def test_what_is_not_understood_is_refused_with_what_can_be_written(kind: str, written: tuple[str, str], told: str) -> None:
    with pytest.raises(UserError, match=told):
        read_where(kind, [written])


@pytest.mark.parametrize(
    ("kind", "name", "written", "shown"),
    [
        ("workers", "age", "35 至 18", "年龄 18–35 岁"),
        ("workers", "age", "60~", "年龄 60 岁以上"),
        ("workers", "age", "-60", "年龄 60 岁以下"),
        ("workers", "age", "30", "年龄 30 岁"),
        ("workers", "join_date", "2026-01至2026-06", "入会日期 2026-01 至 2026-06"),
        ("workers", "join_date", "2026..", "入会日期 2026 起"),
        ("workers", "no_phone", "是", "缺电话"),
        ("workers", "sex", "女", "性别：女"),
    ],
)
def test_a_value_is_shown_in_words(kind: str, name: str, written: str, shown: str) -> None:
    filter_ = find_filter(kind, name)
    assert filter_.show(filter_.read(written)) == shown


def test_a_saved_filter_is_renamed_and_what_it_no_longer_knows_is_passed_over(register: Any, author: Author) -> None:
    save_filter("workers", "甲", {"where:sex": "女", "where:gone": "1", "where:age": "?", "part": "members"}, author)
    save_filter("workers", "乙", {"where:sex": "男"}, author)
    first = next(each for each in saved_filters("workers") if each.name == "甲")
    assert kept_where("workers", first.parts) == (("sex", "女"),)
    with pytest.raises(UserError, match="换一个名字"):
        rename_filter(first.uid, " 乙 ", author)
    with pytest.raises(UserError, match="起个名字"):
        rename_filter(first.uid, " ", author)
    assert rename_filter(first.uid, "丙", author) is not None
    assert rename_filter(first.uid, "丙", author) is None
    assert sorted(each.name for each in saved_filters("workers")) == ["丙", "乙"]
    assert remove_filter(first.uid, author) is not None
    assert rename_filter(first.uid, "丁", author) is None


def test_the_command_line_lists_by_conditions_and_says_which_there_are(
    tmp_path: Path, empty_register: Register, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = commands(tmp_path / "data", empty_register, monkeypatch, capsys)
    run("import", workbook(tmp_path / "a.xlsx", {"单位": EMPLOYERS, "会员": MEMBERS}))
    told = run.told("list", "workers", "--where", "sex=女", "--where", "学历=大专")
    assert [row["name"] for row in told["workers"]] == ["李四"]
    assert run.told("list", "employers", "--where", "size=50-", "--region", "沙坪坝区")["employers"] == []
    assert "没有筛选条件“鞋码”" in run.refused("list", "workers", "--where", "鞋码=42")
    assert "要写成 条件=值" in run.refused("list", "workers", "--where", "女")
    code, out, _err = run("list", "unions", "--where", "?")
    assert code == 0
    assert "没有批准文号" in out
    names = [each["name"] for each in run.told("list", "workers", "--where", "?")["filters"]]
    assert names[:2] == ["age", "joined_this_year"]
