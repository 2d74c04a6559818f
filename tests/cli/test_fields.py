"""Own fields at a terminal: listed, made, renamed, out of use and back, and what they hold."""

from pathlib import Path

from tests.aids.speaking import LI, WANG, workbook
from tests.aids.terminal import Commands


def named(run: Commands, *command: str) -> list[tuple[object, ...]]:
    """What the verb lists after a command: (list, name, kind, in use, records that hold something)."""
    told = run.told("fields", *command)["fields"]
    return [(each["list"], each["name"], each["kind"], each["active"], each["filled"]) for each in told]


def test_a_field_is_made_filled_renamed_retired_and_restored(run: Commands, tmp_path: Path) -> None:
    assert named(run) == []
    assert named(run, "add", "党龄", "--content", "number") == [("workers", "党龄", "number", True, 0)]
    rows = [["姓名", "身份证号", "党龄"], ["王五", WANG, 3], ["李四", LI, None]]
    run.told("import", workbook(tmp_path / "名单.xlsx", {"名单": rows}))
    assert named(run, "rename", "党龄", "党龄（年）") == [("workers", "党龄（年）", "number", True, 1)]
    assert named(run, "retire", "党龄（年）") == [("workers", "党龄（年）", "number", False, 1)]
    (worker,) = [each for each in run.told("list", "workers")["workers"] if each["name"] == "王五"]
    assert not any(name.startswith("own:") for name in worker)
    assert named(run, "restore", "党龄（年）") == [("workers", "党龄（年）", "number", True, 1)]
    last = run.told("batches")["batches"][-1]["batch"]
    run.told("undo", last)
    assert named(run) == [("workers", "党龄（年）", "number", False, 1)]


def test_fields_of_one_name_are_told_apart_by_their_list(run: Commands) -> None:
    run.told("fields", "add", "档次", "--as", "employers", "--content", "choice", "--options", "一档、二档，三档")
    run.told("fields", "add", "档次", "--as", "unions")
    found = run.told("fields", "--as", "employers")["fields"]
    assert [(each["list"], each["options"]) for each in found] == [("employers", ["一档", "二档", "三档"])]
    assert "几个自有字段" in run.refused("fields", "retire", "档次")
    run.told("fields", "retire", "档次", "--as", "unions")
    assert [each["active"] for each in run.told("fields")["fields"]] == [True, False]


def test_what_cannot_be_is_told(run: Commands) -> None:
    assert "移动电话" in run.refused("fields", "add", "手机号")
    assert "请写出有哪些选项" in run.refused("fields", "add", "档次", "--content", "choice")
    assert "没有自有字段" in run.refused("fields", "rename", "没有的", "新名")
    assert "新的名称" in run.refused("fields", "rename", "没有的")
    assert "哪个自有字段" in run.refused("fields", "retire")


def test_a_person_reads_a_table(run: Commands) -> None:
    run.told("fields", "add", "帮扶档次", "--content", "choice", "--options", "一档,二档")
    code, out, err = run("fields")
    assert (code, err) == (0, "")
    assert "帮扶档次" in out
    assert "一档、二档" in out
