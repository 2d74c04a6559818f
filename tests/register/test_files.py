"""Files are replaced whole, kept to their owner, and what goes wrong is told by its code."""

import errno
import os
import stat
from pathlib import Path

import pytest
from peewee import OperationalError
from sqlcipher3 import dbapi2

from models.files.failures import Failure, failure_of, told
from models.files.private import private_folder, tighten
from models.files.replacing import move, replacing, replacing_by_path, write_whole


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_whole_and_belongs_to_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "名册.txt"
    path.write_text("旧", "utf-8")
    path.chmod(0o644)
    write_whole(path, "新")
    assert path.read_text("utf-8") == "新"
    assert mode(path) == 0o600
    assert names(tmp_path) == ["名册.txt"]


def test_what_fails_in_the_middle_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("old", "utf-8")
    with pytest.raises(TypeError), replacing(path) as stream:
        stream.writelines([b"half", "no bytes"])  # type: ignore[list-item]
    assert path.read_text("utf-8") == "old"
    assert names(tmp_path) == ["a"]


def test_what_the_check_refuses_takes_no_name(tmp_path: Path) -> None:
    def refuse(part: Path) -> None:
        assert part.read_bytes() == b"new"  # it is whole when it is looked at
        raise OSError(errno.EIO, "no")

    with pytest.raises(OSError, match="no"), replacing_by_path(tmp_path / "a", refuse) as part:
        part.write_bytes(b"new")
    assert names(tmp_path) == []


def test_content_and_folder_are_flushed_before_and_after_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    happened: list[str] = []
    fsync, replace = os.fsync, os.replace

    def flushed(number: int) -> None:
        happened.append("folder" if stat.S_ISDIR(os.fstat(number).st_mode) else "file")
        fsync(number)

    def renamed(source: Path, target: Path) -> None:
        happened.append("name")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(os, "replace", renamed)
    monkeypatch.setattr(Path, "replace", renamed)
    write_whole(tmp_path / "a", b"x")
    assert happened == ["file", "name", "folder"]


def test_two_writers_never_share_an_unfinished_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with replacing(path) as first, replacing(path) as second:
        first.write(b"first")
        second.write(b"second")
    assert path.read_bytes() == b"first"  # the one that ended last
    assert names(tmp_path) == ["a"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("old", "utf-8")
    link.symlink_to(real)
    write_whole(link, "new")
    assert link.is_symlink()
    assert real.read_text("utf-8") == "new"


def test_moving_between_folders(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x").write_text("x", "utf-8")
    move(tmp_path / "a" / "x", tmp_path / "y")
    assert names(tmp_path) == ["a", "y"]


def test_folders_are_made_for_their_owner_and_older_ones_tightened(tmp_path: Path) -> None:
    private_folder(tmp_path / "new" / "deep")
    assert mode(tmp_path / "new" / "deep") == 0o700
    old = tmp_path / "old"
    (old / "backups").mkdir(parents=True, mode=0o755)
    (old / "register.db").write_bytes(b"")
    (old / "register.db").chmod(0o644)
    tighten(old)
    assert [mode(path) for path in (old, old / "backups", old / "register.db")] == [0o700, 0o700, 0o600]


def engine_error(code: int) -> dbapi2.OperationalError:
    made = dbapi2.OperationalError("whatever it says")
    made.sqlite_errorcode = code
    return made


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (OSError(errno.ENOSPC, "x"), Failure.FULL),
        (OSError(errno.EDQUOT, "x"), Failure.FULL),
        (OSError(errno.EIO, "x"), Failure.IO),
        (OSError(errno.EROFS, "x"), Failure.READ_ONLY),
        (PermissionError(errno.EACCES, "x"), Failure.FORBIDDEN),
        (FileNotFoundError(errno.ENOENT, "x"), Failure.MISSING),
        (OSError(errno.ENAMETOOLONG, "x"), Failure.TOO_LONG),
        (OSError(errno.EFBIG, "x"), Failure.TOO_LARGE),
        (engine_error(13), Failure.FULL),
        (engine_error(4874), Failure.FULL),  # the file beside the log cannot grow
        (engine_error(778), Failure.IO),  # a write that failed
        (engine_error(1032), Failure.READ_ONLY),
        (engine_error(5), Failure.LOCKED),
        (engine_error(261), Failure.LOCKED),
        (engine_error(14), Failure.MISSING),
        (engine_error(11), Failure.MALFORMED),
        (engine_error(267), Failure.MALFORMED),
        (engine_error(26), Failure.NOT_OURS),
        (ValueError("disk full, database is locked, malformed"), None),  # words decide nothing
    ],
)
def test_failures_are_told_apart_by_their_code(error: Exception, failure: Failure | None) -> None:
    assert failure_of(error) is failure


def test_the_cause_behind_a_wrapped_error_decides() -> None:
    wrapped = OperationalError("cannot rollback - no transaction is active")
    wrapped.__cause__ = engine_error(13)
    assert failure_of(wrapped) is Failure.FULL
    assert str(told(wrapped, "导入没有写入")) == "导入没有写入：磁盘空间不足。请清理磁盘后再试。"
