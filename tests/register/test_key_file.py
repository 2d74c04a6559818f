"""The key file on the disk: two copies that heal each other, and a change that an interruption leaves whole."""

import json
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from models.backups.making import back_up
from models.backups.restoring import restore
from models.errors import DamagedRegister, UserError, WrongPassphrase
from models.opening import opening
from models.register import key_file, keys
from models.register import register as room
from models.register.key_file import COPY, NAMES, OLD
from models.register.register import Register
from models.register.traces import KEY
from models.roles import Role
from tests.aids.speaking import PASSPHRASE

ROOT = Path(__file__).resolve().parent.parent.parent
NEW, VIEWER = "新的口令 2027", "只看一看 2026"


def closed(register: Register) -> Path:
    room.close_register()
    return register.folder


def opened(folder: Path, secret: str = PASSPHRASE) -> Register:
    """The register, opened and closed again, as it was told."""
    found = opening.open_register(folder, secret)
    room.close_register()
    return found


def flip(path: Path, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[bit // 8 % len(content)] ^= 1 << bit % 8
    path.write_bytes(content)


def older(folder: Path) -> None:
    """Make the key file what versions 0.1 to 0.3 wrote."""
    sides = keys.read(key_file.sound_text(folder))
    for name in NAMES:
        (folder / name).unlink(missing_ok=True)
    (folder / KEY).write_text(json.dumps({"format": 1, **sides}, indent=1), "utf-8")


def test_a_new_register_has_its_key_twice(register: Register) -> None:
    assert (register.folder / KEY).read_text() == (register.folder / COPY).read_text()
    assert not (register.folder / OLD).exists()


def test_no_flipped_bit_is_ever_taken_for_a_wrong_passphrase() -> None:
    whole = keys.rewrap_viewer(keys.wrap(bytes(32), PASSPHRASE, keys.new_recovery_code()), bytes(32), VIEWER).encode()
    unseen = []
    for bit in range(8 * len(whole)):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        with suppress(DamagedRegister, UnicodeDecodeError):  # what is no text is told as damage where the file is read
            keys.read(flipped.decode())
            unseen.append(bit)
    assert unseen == []


@pytest.mark.parametrize("bit", range(3, 6000, 450))
def test_a_damaged_key_file_opens_by_its_copy_and_is_healed(register: Register, bit: int) -> None:
    folder = closed(register)
    whole = (folder / KEY).read_bytes()
    flip(folder / KEY, bit)
    assert "已用旁边的副本修好" in opened(folder).told
    assert (folder / KEY).read_bytes() == (folder / COPY).read_bytes() == whole
    assert opened(folder).told == ""
    flip(folder / COPY, bit)
    assert "副本损坏了，已重新写好" in opened(folder).told
    assert (folder / COPY).read_bytes() == whole


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"[]", b"null", b'{"format": 2}', b"[" * 5000])
def test_a_key_file_that_is_gone_empty_or_something_else_is_healed(register: Register, content: bytes | None) -> None:
    folder = closed(register)
    (folder / KEY).unlink()
    if content is not None:
        (folder / KEY).write_bytes(content)
    assert "损坏或丢失" in opened(folder).told
    with pytest.raises(WrongPassphrase):
        opened(folder, "别的口令 2026")


def test_both_damaged_is_told_as_damage_whatever_is_typed(register: Register) -> None:
    folder = closed(register)
    for name, bit in ((KEY, 700), (COPY, 1900)):
        flip(folder / name, bit)
    for secret in (PASSPHRASE, "别的口令 2026"):
        with pytest.raises(DamagedRegister, match="密钥文件已损坏"):
            opened(folder, secret)


def test_the_file_of_an_older_version_opens_and_gets_its_checksum_and_its_copy(register: Register) -> None:
    folder = closed(register)
    older(folder)
    opening.open_register(folder, PASSPHRASE, check=False)  # beside another program nothing is written
    room.close_register()
    assert not (folder / COPY).exists()
    assert opened(folder).told == ""
    assert json.loads((folder / KEY).read_text())["format"] == 2
    assert (folder / KEY).read_text() == (folder / COPY).read_text()


def test_a_file_of_an_older_version_with_other_line_ends_opens(register: Register) -> None:
    folder = closed(register)
    older(folder)
    (folder / KEY).write_bytes((folder / KEY).read_bytes().replace(b"\n", b"\r\n"))  # as Windows wrote it
    opened(folder)


def resealed(text: str, **cost: object) -> str:
    """A side file whose passphrase costs something else, with a right checksum."""
    sides = keys.read(text)
    return keys._seal(sides | {"passphrase": sides["passphrase"] | {"cost": sides["passphrase"]["cost"] | cost}})


@pytest.mark.parametrize("cost", [
    {"n": 2**40}, {"n": 2**21}, {"n": 1000}, {"n": True}, {"n": 0}, {"r": 1000}, {"p": 5}, {"x": 1},
])  # fmt: skip
def test_no_file_makes_the_program_work_without_end(cost: dict[str, object]) -> None:
    text = resealed(keys.wrap(bytes(32), PASSPHRASE, keys.new_recovery_code()), **cost)
    with pytest.raises(DamagedRegister):
        keys.unlock(text, PASSPHRASE)


def test_a_file_of_a_newer_program_is_told_as_such(monkeypatch: pytest.MonkeyPatch, register: Register) -> None:
    folder = closed(register)
    monkeypatch.setattr(keys, "FORMAT", 3)
    key_file.write(folder, keys.sealed(resealed_as(folder)))
    monkeypatch.undo()
    with pytest.raises(UserError, match="升级程序"):
        opened(folder)


def resealed_as(folder: Path) -> str:
    """The text of the key file as the format that the program now writes."""
    found = json.loads((folder / KEY).read_text())
    return keys._seal({side: found[side] for side in ("passphrase", "recovery")})


def test_the_old_passphrase_opens_neither_copy_after_a_change(register: Register) -> None:
    room.change_passphrase(register, NEW)
    folder = closed(register)
    assert not (folder / OLD).exists()
    for damaged in ((), (KEY,)):
        for name in damaged:
            flip(folder / name, 999)
        with pytest.raises(WrongPassphrase):
            opened(folder)
    opened(folder, NEW)


def test_a_restored_register_leaves_no_copy_of_the_key_that_was_there(register: Register, tmp_path: Path) -> None:
    saved = back_up(register, target=tmp_path / "旧.jhbak").path
    room.change_passphrase(register, NEW)
    folder = closed(register)
    aside = restore(folder, saved, PASSPHRASE)
    assert aside is not None
    assert sorted(path.name for path in aside.iterdir() if path.name in NAMES) == [KEY, COPY]
    opened(folder)
    flip(folder / KEY, 999)
    opened(folder)
    with pytest.raises(WrongPassphrase):
        opened(folder, NEW)


def test_a_backup_takes_the_whole_one_of_two_key_files(register: Register, tmp_path: Path) -> None:
    flip(register.folder / KEY, 4000)
    saved = back_up(register, target=tmp_path / "好.jhbak").path
    folder = closed(register)
    restore(folder, saved, PASSPHRASE)
    assert opened(folder).told == ""


def can_open(folder: str | Path, secret: str) -> bool:
    try:
        opened(Path(folder), secret)
    except WrongPassphrase:
        return False
    return True


def test_going_back_to_the_old_passphrase_undoes_what_was_interrupted(register: Register) -> None:
    folder = closed(register)
    former = (folder / KEY).read_text()
    (folder / OLD).write_text(former)
    (folder / KEY).write_text(keys.rewrap(former, bytes.fromhex(register.key_hex), NEW))
    assert "没有改成：仍用原来的" in opened(folder).told
    assert not can_open(folder, NEW)


def test_a_folder_that_cannot_be_written_keeps_the_old_passphrase(register: Register) -> None:
    blocked = register.folder / OLD
    (blocked / "x").mkdir(parents=True)  # nothing can take its name
    with pytest.raises(UserError, match="口令和恢复码都没有变"):
        room.change_passphrase(register, NEW)
    shutil.rmtree(blocked)
    opened(closed(register))


def test_damage_in_a_folder_that_cannot_be_written_is_told_and_opens(register: Register) -> None:
    folder = closed(register)
    (folder / KEY).unlink()
    (folder / KEY / "x").mkdir(parents=True)
    told = opened(folder).told
    assert "密钥文件要修复，但写不了" in told
    assert (folder / COPY).is_file()


def test_the_passphrase_for_looking_opens_as_a_viewer_and_goes_again(register: Register) -> None:
    room.change_viewer(register, VIEWER)
    assert room.has_viewer(register)
    folder = closed(register)
    assert [opened(folder, secret).role for secret in (PASSPHRASE, VIEWER)] == [Role.OWNER, Role.VIEWER]
    room.change_viewer(opening.open_register(folder, PASSPHRASE), None)
    room.close_register()
    assert not can_open(folder, VIEWER)


def test_the_passphrase_for_looking_is_none_of_the_others(register: Register) -> None:
    with pytest.raises(UserError, match="不能和口令一样"):
        room.change_viewer(register, PASSPHRASE)
    room.change_viewer(register, VIEWER)
    with pytest.raises(UserError, match="不能和口令一样"):
        room.change_passphrase(register, VIEWER)


def _change_passphrase(register: Register) -> None:
    room.change_passphrase(register, NEW)


def _change_viewer(register: Register) -> None:
    room.change_viewer(register, NEW)


@pytest.mark.parametrize("act", [_change_passphrase, room.change_recovery_code, _change_viewer])
def test_whoever_may_only_look_changes_no_secret(register: Register, act: Callable[[Register], object]) -> None:
    room.change_viewer(register, VIEWER)
    folder = closed(register)
    before = (folder / KEY).read_bytes()
    seen = opening.open_register(folder, VIEWER)
    with pytest.raises(UserError, match="只能看"):
        act(seen)
    with pytest.raises(UserError, match="查看口令"):
        room.prove(seen, VIEWER, "更改口令")
    assert (folder / KEY).read_bytes() == before


def test_whoever_may_only_look_restores_no_backup(register: Register, tmp_path: Path) -> None:
    room.change_viewer(register, VIEWER)
    saved = back_up(register, target=tmp_path / "备.jhbak").path
    folder = closed(register)
    with pytest.raises(UserError, match="查看口令"):
        restore(folder, saved, VIEWER)
    opened(folder)


def test_the_key_files_are_their_owners_alone(register: Register) -> None:
    if sys.platform == "win32":
        pytest.skip("modes say nothing there")
    room.change_passphrase(register, NEW)
    assert {(register.folder / name).stat().st_mode & 0o777 for name in (KEY, COPY)} == {0o600}
