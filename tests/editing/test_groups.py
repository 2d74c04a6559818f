"""The table of occupation groups: what import, lists, templates and counts understand follows it, also after an undo."""

from pathlib import Path
from typing import Any

import pytest

from importers import template
from models.editing import groups
from models.editing.groups import add_group, change_group, find_group
from models.errors import UserError
from models.journal import undo
from models.journal.log import Batch
from models.journal.writer import Author
from models.lists.listings import Selection
from models.lists.selection import count
from models.opening import opening
from models.records.forms import FORMS
from models.records.union import Union
from models.register import register as register_room
from models.register.register import Register
from models.values import codes
from tests.aids.speaking import PASSPHRASE, imported_rows, listed
from tests.aids.terminal import commands

HEADER = ["姓名", "移动电话", "所属工会", "入会日期", "职业类别"]
UNION = "小龙坎联合工会"


def members(author: Author, folder: Path, *trades: str, name: str = "表") -> Any:
    rows = [
        [f"张{'甲乙丙丁戊己庚辛'[place]}", f"199000{place:05}", UNION, "2026-03-05", trade] for place, trade in enumerate(trades)
    ]
    return imported_rows(author, folder, [HEADER, *rows], name=name)


def test_a_new_register_has_the_four_national_groups_the_eight_and_the_local_ones(author: Author) -> None:
    by_parent: dict[str, list[str]] = {}
    for each in groups.groups():
        by_parent.setdefault(each.parent, []).append(each.name)
    assert by_parent["四类重点群体"] == ["货车司机", "网约车司机", "快递员", "外卖配送员"]
    assert by_parent["八大群体"] == ["护工护理员", "家政服务员", "商场信息员", "房产中介员", "保安员"]
    assert [each.name for each in groups.groups() if not each.new_form] == ["非新就业形态"]


def test_an_added_group_is_read_by_the_import_offered_by_the_template_and_counted_as_new_form(
    author: Author, tmp_path: Path
) -> None:
    before = members(author, tmp_path, "跑腿小哥", "骑手")
    assert (2, "choice-unknown") in before.codes
    add_group("跑腿员", author, aliases=["跑腿", "跑腿小哥"])
    members(author, tmp_path, "跑腿小哥", "骑手")
    assert listed("workers", "name", "occupation_group") == [("张甲", "跑腿员"), ("张乙", "外卖配送员")]
    assert count(Selection("workers", new_form=True)) == 2
    kind: Any = FORMS["workers"].by_name["occupation_group"].column.kind
    assert "跑腿员" in kind.codes.labels
    template.write("workers", tmp_path / "模板.xlsx")
    offered = next(each for each in template.fields(FORMS["workers"]) if each.name == "occupation_group").column.kind
    assert offered.parse("跑腿").value == "跑腿员"


def test_a_group_that_is_no_new_form_is_not_counted_as_one(author: Author, tmp_path: Path) -> None:
    add_group("环卫临聘", author, new_form=False)
    members(author, tmp_path, "环卫临聘", "保安")
    assert count(Selection("workers", new_form=True)) == 1
    change_group(find_group("环卫临聘").uid, author, new_form=True)
    assert count(Selection("workers", new_form=True)) == 2


def test_a_renamed_group_takes_its_people_and_unions_along_and_keeps_the_old_name(author: Author, tmp_path: Path) -> None:
    members(author, tmp_path, "外卖骑手", "保安")
    imported_rows(author, tmp_path, [["工会名称", "涵盖群体"], ["龙湖工会", "快递员、外卖配送员"]], name="工会", kind="unions")
    change_group(find_group("外卖配送员").uid, author, name="网约配送员")
    assert listed("workers", "occupation_group") == [("网约配送员",), ("保安员",)]
    assert Union.get(Union.name == "龙湖工会").new_form_groups == "快递员、网约配送员"
    again = members(author, tmp_path, "外卖配送员", "保安")
    assert again.counts == {"same": 2}, "a sheet with the old name says nothing new"
    assert find_group("外卖配送员").name == "网约配送员"


def test_undoing_a_rename_brings_back_people_table_and_what_the_import_understands(author: Author, tmp_path: Path) -> None:
    members(author, tmp_path, "外卖骑手")
    change_group(find_group("外卖配送员").uid, author, name="骑士", aliases=["骑手"])
    assert codes.OCCUPATION_GROUP.find("送餐员") is None
    undo.undo(Batch.select().count(), author)
    assert listed("workers", "occupation_group") == [("外卖配送员",)]
    assert codes.OCCUPATION_GROUP.find("送餐员") == "外卖配送员"
    assert codes.OCCUPATION_GROUP.find("骑士") is None


def test_a_retired_group_is_still_read_and_shown_but_not_offered(author: Author, tmp_path: Path) -> None:
    members(author, tmp_path, "家政")
    change_group(find_group("家政服务员").uid, author, active=False)
    assert "家政服务员" not in codes.OCCUPATION_GROUP.labels
    assert members(author, tmp_path, "家政").counts == {"same": 1}
    assert find_group("保姆").workers == 1
    change_group(find_group("保姆").uid, author, active=True)
    assert "家政服务员" in codes.OCCUPATION_GROUP.labels


@pytest.mark.parametrize("wording", ["快递小哥", "快递员", " 快递 小哥", "外卖，骑手"])
def test_a_wording_of_another_group_is_refused(wording: str, author: Author) -> None:
    with pytest.raises(UserError) as told:
        add_group("跑腿员", author, aliases=[wording])
    assert "一个叫法只能指一个群体" in str(told.value)
    assert [each.name for each in groups.groups() if each.name == "跑腿员"] == []


@pytest.mark.parametrize("name", ["", "，", "快递、外卖"])
def test_a_name_that_is_empty_or_would_be_two_is_refused(name: str, author: Author) -> None:
    with pytest.raises(UserError, match="不能是空的，也不能有顿号"):
        add_group(name, author)


def test_another_register_has_its_own_groups(register: Register, author: Author, tmp_path: Path) -> None:
    add_group("跑腿员", author)
    register_room.close_register()
    assert codes.OCCUPATION_GROUP.find("跑腿员") is None
    assert "跑腿员" not in codes.new_form_groups()
    register_room.create(tmp_path / "other", PASSPHRASE)
    assert codes.OCCUPATION_GROUP.find("跑腿员") is None
    register_room.close_register()
    opening.open_register(register.folder, PASSPHRASE)
    assert codes.OCCUPATION_GROUP.find("跑腿员") == "跑腿员"


def test_the_command_line_changes_and_lists_the_groups(
    tmp_path: Path, empty_register: Register, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    run = commands(tmp_path / "data", empty_register, monkeypatch, capfd)
    for words in (["--add", "跑腿员"], ["--alias", "跑腿员=闪送员"], ["--rename", "保安员=安保值守员"]):
        run.told("groups", *words)
    found = {each["name"]: each for each in run.told("groups", "--retire", "网络主播")["groups"]}
    assert (found["跑腿员"]["aliases"], found["跑腿员"]["parent"], found["跑腿员"]["new_form"]) == (["闪送员"], "本地群体", True)
    assert found["安保值守员"]["aliases"][-1] == "保安员"
    assert not found["网络主播"]["active"]
    assert "一个叫法只能指一个群体" in run.refused("groups", "--alias", "跑腿员=骑手")
    assert "没有群体“宇航员”" in run.refused("groups", "--retire", "宇航员")
    assert "请写成 名称=内容" in run.refused("groups", "--alias", "跑腿员")
    assert "跑腿员" in run("groups")[1]
