"""Damage, backups and restores at the command line."""

import json
import shutil
from pathlib import Path

import pytest

from tests.aids.speaking import workbook
from tests.aids.terminal import ROSTER, Commands, names, program
from tests.backups.test_backups import harmed


@pytest.mark.parametrize("page", [0, 1, 2, 7, 40, -1])
def test_a_flipped_bit_is_found_and_never_taken_for_a_bug(
    run: Commands, members: None, page: int, tmp_path: Path
) -> None:
    file = run.folder / "register.db"
    content = bytearray(file.read_bytes())
    content[page * 4096 + 2000 if page >= 0 else -2000] ^= 1
    file.write_bytes(content)
    code, out, _err = run("check", "--json")
    assert (code, json.loads(out)["sound"]) == (1, False)
    assert "restore" in run("check")[1]
    for verb in (("list", "workers"), ("figures",), ("report", "roster", "--out", tmp_path / "r.xlsx"), ("undo", 1)):
        assert run(*verb)[0] in (0, 1)


def test_a_file_that_is_no_register_is_told(run: Commands) -> None:
    (run.folder / "register.db").write_bytes(b"hello" * 2000)
    assert "恢复备份" in run.refused("figures")
    code, out, err = run("check")
    assert (code, "已损坏" in out, err) == (1, True, "")


def test_every_import_and_every_undo_is_backed_up(run: Commands, members: None) -> None:
    def reasons() -> list[str]:
        return [each["reason"] for each in run.told("backup", "--list")["backups"]]

    assert reasons() == ["import"], "afterwards not yet: it was lately, and little has changed"
    run.told("undo", 1)
    assert reasons() == ["undo", "import"]
    run.told("list", "workers")
    assert len(reasons()) == 2, "nothing has changed"


def test_a_backup_is_restored_into_an_empty_folder(run: Commands, members: None, tmp_path: Path) -> None:
    saved = run.told("backup", tmp_path / "保存.jhbak")["backup"]
    assert run.told("restore", saved, "--data", tmp_path / "elsewhere") == {"restored": saved, "previous": None}
    assert len(run.told("list", "workers", "--data", tmp_path / "elsewhere")["workers"]) == 2


def test_a_restore_keeps_what_was_there_beside_it(run: Commands, members: None, tmp_path: Path) -> None:
    saved = Path(run.told("backup")["backup"])
    assert saved.parent == run.folder / "backups"
    run.told("undo", 1)
    assert names(run) == []
    previous = run.told("restore", saved)["previous"]
    assert (Path(previous) / "register.db").exists()
    assert names(run) == ["王五", "李四"]


def test_backups_are_listed_with_what_they_hold_beside_what_there_is_now(run: Commands, members: None) -> None:
    run.told("backup")
    run.told("undo", 1)
    told = run.told("backup", "--list")
    newest = told["backups"][0]
    assert (newest["reason"], newest["people"], newest["members"], newest["state"]) == ("hand", 2, 2, "made")
    assert {"number", "file", "made", "size", "unions", "employers", "changes", "day", "checked"} <= set(newest)
    assert told["newest_good"] == newest["file"]
    assert (told["now"]["people"], told["now"]["members"]) == (0, 0)
    shown = run("backup", "--list")[1]
    assert "手动备份" in shown
    assert "导入前" in shown


def test_backups_are_listed_where_no_register_opens(run: Commands, members: None, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = run.told("backup")["backup"]
    (run.folder / "register.db").unlink()
    told = run.told("backup", "--list")
    assert (told["newest_good"], told["now"]) == (saved, None)
    monkeypatch.delenv("JIANHUI_PASSPHRASE")
    assert run.told("backup", "--list") == told
    assert run.told("backup", "--list", "--data", run.folder / "none") | {"second": None} == {
        "backups": [], "newest_good": None, "now": None, "second": None,
    }  # fmt: skip
    assert not (run.folder / "none").exists()


def test_a_rotten_backup_is_found_and_another_one_offered(run: Commands, members: None) -> None:
    older, newer = (Path(run.told("backup")["backup"]) for _time in range(2))
    harmed(newer)
    code, out, err = run("backup", "--check", "--json")
    told = json.loads(out)
    assert (code, told["newest_good"]) == (1, str(older))
    assert [each["state"] for each in told["backups"]] == ["rotten", "checked", "checked"]
    assert newer.name in err


def test_what_a_restore_would_bring_is_shown_first(run: Commands, members: None) -> None:
    saved = Path(run.told("backup")["backup"])
    run.told("undo", 1)
    before = (run.folder / "register.key").read_bytes()
    told = run.told("restore", saved, "--plan")
    assert (told["then"]["people"], told["now"]["people"], told["reason"]) == (2, 0, "hand")
    shown = run("restore", saved, "--plan")[1]
    assert "完好" in shown
    assert "什么都没有改动" in shown
    assert (run.folder / "register.key").read_bytes() == before
    assert names(run) == []
    harmed(saved)
    assert "损坏" in run.refused("restore", saved, "--plan")


def test_a_second_place_is_named_once(run: Commands, members: None, tmp_path: Path) -> None:
    (tmp_path / "优盘").mkdir()
    home = Path(run.told("backup", "--second", tmp_path / "优盘")["second"]["backups"])
    made = Path(run.told("backup")["backup"])
    assert (home / made.name).exists()
    assert run.told("backup", "--list")["second"]["folder"] == str(tmp_path / "优盘")
    assert run.told("backup", "--no-second") == {"second": None}
    assert run.told("backup", "--list")["second"] is None
    assert "优盘要先插好" in run.refused("backup", "--second", tmp_path / "没有")


ENTRY = ("ledger", "add", "--kind", "劳动争议调解", "--date", "2026-11-20")


def test_what_was_stored_is_told_first_and_then_that_it_was_not_backed_up(run: Commands) -> None:
    (run.folder / "backups").write_text("in the way")
    code, out, err = run(*ENTRY, "--json")
    told = json.loads(out)
    assert code == 0
    assert told["uid"]
    assert "原有的备份没有改动" in told["backup_failed"]
    assert err.startswith("上面的内容已经写入登记册，只是没有备份")
    code, out, err = run(*ENTRY)
    assert (code, "已登记" in out, "没有备份" in err, "Traceback" in err) == (0, True, True, False)
    assert len(run.told("ledger", "list")["ledger"]) == 2


def test_without_a_backup_before_it_nothing_is_imported_undone_or_merged(run: Commands, members: None, tmp_path: Path) -> None:
    shutil.rmtree(run.folder / "backups")
    (run.folder / "backups").write_text("in the way")
    for verb in (("undo", 1), ("import", workbook(tmp_path / "b.xlsx", {"名单": [*ROSTER[:2], ["赵八"]]}))):
        assert "什么都没有改动" in run.refused(*verb)
    assert names(run) == ["王五", "李四"]
    assert len(run.told("batches")["batches"]) == 1


def test_a_small_piece_of_work_leaves_no_copy_each_time(run: Commands) -> None:
    for _time in range(3):
        run.told(*ENTRY)
    assert [each["reason"] for each in run.told("backup", "--list")["backups"]] == ["work"]


def test_entries_beside_a_backup_loop_are_stored_and_reported(run: Commands) -> None:
    loop = [program("backup", "--data", run.folder, "--json") for _time in range(3)]
    codes = [run(*ENTRY)[0] for _time in range(4)]
    assert codes == [0] * 4
    assert len(run.told("ledger", "list")["ledger"]) == 4
    for each in loop:
        _out, err = each.communicate()
        assert (each.returncode, err) == (0, "")
    assert all(each["state"] == "checked" for each in run.told("backup", "--check")["backups"])


def test_what_is_no_backup_changes_nothing(run: Commands, members: None, tmp_path: Path) -> None:
    (tmp_path / "x.jhbak").write_text("hello")
    assert "x.jhbak" in run.refused("restore", tmp_path / "x.jhbak")
    assert "none.jhbak" in run.refused("restore", tmp_path / "none.jhbak")
    assert names(run) == ["王五", "李四"]
