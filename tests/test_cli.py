"""The command line as other tools use it: one JSON object, exit codes, masked numbers, nothing that asks."""

import json
from pathlib import Path

import pytest

from models.register import Register
from tests.speaking import LI, WANG, workbook
from tests.terminal import Commands, commands

ROSTER = [
    ["甲公司工会会员花名册"],
    ["姓名", "身份证号", "手机", "出生日期", "所属工会", "入会日期"],
    ["王五", WANG, "19900000001", "1985-03-07", "甲公司工会", "2024-05-06"],
    ["李四", LI, "19900000002", "1990-02-28", "甲公司工会", "2024-06"],
]
FAULTY = [*ROSTER, [None, None, "19900000003", None, None, None]]
UNITS = [
    ["企业名称", "统一社会信用代码", "单位性质", "所在街道", "员工人数"],
    ["重庆甲示例有限公司", None, "私营企业", "沙坪坝区小龙坎街道", 25],
    ["重庆乙示例有限公司", None, "私营企业", "沙坪坝区小龙坎街道", 24],
]


@pytest.fixture
def run(
    tmp_path: Path, empty_register: Register, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Commands:
    """Commands over an empty register in the test's folder."""
    return commands(tmp_path / "data", empty_register, monkeypatch, capfd)


def test_an_import_says_what_it_did_as_one_object(run: Commands, tmp_path: Path) -> None:
    answer = run.told("import", workbook(tmp_path / "花名册.xlsx", {"名单": FAULTY}))
    (file,) = answer["files"]
    (sheet,) = file["sheets"]
    assert (answer["batch"], file["file"], file["returned"]) == (1, "花名册.xlsx", "花名册_退回.xlsx")
    assert (sheet["sheet"], sheet["kind"], sheet["header_rows"], sheet["rows"]) == ("名单", "workers", [2], 3)
    counts = [sheet[action] for action in ("new", "updated", "same", "conflict", "refused")]
    assert (counts, sheet["unmapped"]) == ([2, 0, 0, 0, 1], [])
    assert sheet["mapping"][1] == {"column": "B", "group": "", "header": "身份证号", "field": "id_number"}
    problem = next(each for each in sheet["problems"] if each["level"] == "error")
    assert (problem["row"], problem["code"], problem["text"]) == (5, "name-missing", "没有姓名")
    assert (tmp_path / "花名册_退回.xlsx").exists()


def test_a_preview_writes_nothing_and_has_no_batch(run: Commands, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"名单": FAULTY})
    assert run.told("import", path, "--plan")["batch"] is None
    assert run.told("list", "workers") == {"workers": []}
    assert not (tmp_path / "a_退回.xlsx").exists()


def test_the_same_file_again_changes_nothing_and_says_so(run: Commands, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"名单": ROSTER})
    run.told("import", path)
    assert run.told("import", path)["batch"] is None
    assert "登记册没有变化" in run("import", path)[1]


def test_an_unreadable_file_is_told_and_the_others_are_applied(run: Commands, tmp_path: Path) -> None:
    good = workbook(tmp_path / "a.xlsx", {"名单": ROSTER})
    bad = tmp_path / "b.xlsx"
    bad.write_text("not a workbook at all", "utf-8")
    code, out, _err = run("import", good, bad, "--json")
    answer = json.loads(out)
    assert (code, answer["batch"]) == (1, 1)
    assert "b.xlsx" in answer["files"][1]["error"]
    assert len(run.told("list", "workers")["workers"]) == 2


def test_returned_workbooks_go_where_they_are_wanted_and_never_over_another(run: Commands, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"名单": FAULTY})
    (tmp_path / "out").mkdir()
    names = [run.told("import", path, "--returned", tmp_path / "out")["files"][0]["returned"] for _number in range(2)]
    assert names == ["a_退回.xlsx", "a_退回(2).xlsx"]
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == ["a_退回(2).xlsx", "a_退回.xlsx"]


def test_an_undo_says_what_went_and_what_stayed(run: Commands, tmp_path: Path) -> None:
    run.told("import", workbook(tmp_path / "a.xlsx", {"名单": ROSTER}))
    corrected = [*ROSTER[:2], ["王五", WANG, "19900000009", None, None, None]]
    run.told("import", workbook(tmp_path / "b.xlsx", {"名单": corrected}))
    answer = run.told("undo", "1")
    assert (answer["batch"], answer["undone"], answer["restored"], answer["removed"]) == (3, 1, 0, 1)
    assert {each["field"] for each in answer["kept"]} == {"*"}
    assert [row["name"] for row in run.told("list", "workers")["workers"]] == ["王五"]


def test_numbers_are_masked_unless_somebody_asks_and_that_is_kept(run: Commands, tmp_path: Path) -> None:
    run.told("import", workbook(tmp_path / "a.xlsx", {"名单": ROSTER}))
    masked = run.told("list", "workers")["workers"][0]
    assert (masked["id_number"], masked["phone"], masked["birth_date"]) == ("500106************", "199****0001", "1985-03-07")
    full = run.told("list", "workers", "--full")["workers"][0]
    assert (full["id_number"], full["phone"]) == (WANG, "19900000001")
    assert [each["kind"] for each in run.told("batches")["batches"]] == ["import", "disclosure"]
    code, out, _err = run("list", "workers")
    assert (code, WANG in out, "19900000001" in out, "王五" in out) == (0, False, False, True)


def test_a_list_speaks_of_other_records_by_name_and_of_days_by_their_precision(run: Commands, tmp_path: Path) -> None:
    run.told("import", workbook(tmp_path / "a.xlsx", {"名单": ROSTER}))
    rows = run.told("list", "workers", "--search", "李四")["workers"]
    assert [(row["union"], row["membership_state"], row["join_date"]) for row in rows] == [("甲公司工会", "在册", "2024-06")]


def test_the_drive_lists_from_twenty_five_on(run: Commands, tmp_path: Path) -> None:
    run.told("import", workbook(tmp_path / "a.xlsx", {"名单": UNITS}))
    answer = run.told("drive")
    assert (answer["threshold"], answer["summary"]["on_list"], answer["summary"]["below"]) == (25, 1, 1)
    (employer,) = answer["employers"]
    assert (employer["name"], employer["staff_count"], employer["region"]) == (
        "重庆甲示例有限公司", 25, "沙坪坝区小龙坎街道",
    )  # fmt: skip
    assert run.told("drive", "--region", "渝中区")["employers"] == []
    code, out, _err = run("drive")
    assert (code, "重庆甲示例有限公司" in out, "重庆乙示例有限公司" in out) == (0, True, False)


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_papers_are_written_over_what_was_there(run: Commands, tmp_path: Path, ending: str) -> None:
    run.told("import", workbook(tmp_path / "a.xlsx", {"名单": ROSTER, "单位": UNITS}))
    for arguments in (("report", "roster", "--union", "甲公司工会"), ("drive",)):
        for _number in range(2):
            out = tmp_path / f"{arguments[0]}.{ending}"
            assert run(*arguments, "--out", out)[0] == 0
            assert out.stat().st_size > 2000


def test_figures_and_template_answer(run: Commands, tmp_path: Path) -> None:
    run.told("import", workbook(tmp_path / "a.xlsx", {"名单": ROSTER}))
    figures = run.told("figures", "--year", "2024")
    assert (figures["members"], figures["new_members"], figures["unions"]) == (2, 2, 0)
    for kind in ("workers", "employers", "unions", "headcounts"):
        run.told("template", kind, tmp_path / f"{kind}.xlsx")
        assert (tmp_path / f"{kind}.xlsx").exists()


def test_a_sound_register_is_told_from_a_damaged_one(run: Commands, tmp_path: Path) -> None:
    assert run.told("check", "--deep") == {"sound": True, "damage": []}
    file = tmp_path / "data" / "register.db"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    code, out, _err = run("check", "--json")
    assert (code, json.loads(out)["sound"]) == (1, False)


def test_a_backup_is_restored_into_an_empty_folder(run: Commands, tmp_path: Path) -> None:
    run.told("import", workbook(tmp_path / "a.xlsx", {"名单": ROSTER}))
    saved = run.told("backup", tmp_path / "保存.jhbak")["backup"]
    run.told("restore", saved, "--data", tmp_path / "elsewhere")
    assert len(run.told("list", "workers", "--data", tmp_path / "elsewhere")["workers"]) == 2


def test_a_wrong_passphrase_is_a_sentence(run: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANHUI_PASSPHRASE", "别的口令 2026")
    code, out, err = run("list", "workers", "--json")
    assert (code, out) == (1, "")
    assert "口令不对" in err


@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_without_a_terminal_nothing_asks_for_a_passphrase(
    run: Commands, monkeypatch: pytest.MonkeyPatch, flags: tuple[str, ...]
) -> None:
    monkeypatch.delenv("JIANHUI_PASSPHRASE")
    code, out, err = run("list", "workers", *flags)
    assert (code, out) == (1, "")
    assert "JIANHUI_PASSPHRASE" in err


def test_any_verb_creates_the_register_and_shows_its_recovery_code_once(run: Commands, tmp_path: Path) -> None:
    new = tmp_path / "new"
    code, out, err = run("list", "workers", "--data", new, "--json")
    assert (code, json.loads(out)) == (0, {"workers": []})
    assert "恢复码" in err
    assert run("list", "workers", "--data", new, "--json")[2] == ""


def test_the_passphrase_is_changed(run: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANHUI_NEW_PASSPHRASE", "新的口令 2027")
    run.told("passphrase")
    assert run("list", "workers")[0] == 1
    monkeypatch.setenv("JIANHUI_PASSPHRASE", "新的口令 2027")
    assert run("list", "workers")[0] == 0


@pytest.mark.parametrize("arguments", [("bogus",), ("undo", "x"), ("list", "people"), ("report", "roster")])
def test_a_mistyped_command_is_a_sentence_and_no_bug(run: Commands, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert "命令写得不对" in err


def test_decisions_come_from_a_file_and_columns_are_remembered(run: Commands, tmp_path: Path) -> None:
    rows = [["会员名单"], ["姓名", "身份证号", "小号"], ["王五", WANG, "19900000001"]]
    path = workbook(tmp_path / "a.xlsx", {"名单": rows})
    decided = {"sheets": [{"file": "a.xlsx", "sheet": "名单", "mappings": {"2": "phone"}, "rows": {"3": "skip"}}]}
    (tmp_path / "d.json").write_text(json.dumps(decided), "utf-8")
    sheet = run.told("import", path, "--decisions", tmp_path / "d.json")["files"][0]["sheets"][0]
    assert (sheet["new"], sheet["skipped"]) == (0, 1)
    again = run.told("import", path)["files"][0]["sheets"][0]
    assert (again["new"], again["mapping"][2]["field"]) == (1, "phone")


def test_a_bug_is_told_without_anybodys_numbers(run: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError(f"cannot handle {WANG} 19900000001")

    monkeypatch.setattr("cli.looking.figures", broken)
    code, out, err = run("figures")
    assert (code, out, WANG in err, "19900000001" in err) == (2, "", False, False)
    assert "RuntimeError" in err
