"""Packages that are whole and yet cannot be taken, and those whose clock is wrong; a taking that is cut off."""

import hashlib
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from models.errors import Stopped, UserError
from models.exchange import taking
from models.exchange.sealed import Opener
from models.journal.writer import Author
from models.records.worker import Worker
from models.register.register import Register, schema_number
from models.uid import new_uid
from tests.aids.speaking import TODAY
from tests.aids.state_model import contents
from tests.aids.terminal import Commands, program
from tests.exchange import foreign
from tests.exchange.foreign import DEVICE

WORKER = "01890a5d-ac96-774b-bcce-b302099a8057"
MADE: foreign.Told = ("worker", WORKER, "*", None, [["worker", {"uid": WORKER, "name": "王五"}]], [])


@pytest.mark.parametrize(
    ("manifest", "entries", "sentence"),
    [
        ({"schema": schema_number() + 1}, [MADE], "更新版本"),
        ({"form": 3}, [MADE], "更新版本"),
        ({"form": 2}, [MADE], "与它自己写的不符"),
        ({"form": 2, "share": {"towns": "x", "share_known": {}}}, [MADE], "与它自己写的不符"),
        ({"share": {"towns": [], "share_known": {}}}, [MADE], "与它自己写的不符"),
        ({"schema": 18}, [MADE], "不会交换的旧版本"),
        ({"after": {DEVICE: 7}}, [MADE], "第 1–7 条"),
        ({}, [("comet", WORKER, "name", None, "王五", [])], "更新版本"),
        ({}, [("worker", new_uid(), "phone", None, "1", []), MADE], ""),
    ],
)
def test_whatever_cannot_be_taken_changes_nothing(
    register: Register, author: Author, tmp_path: Path, manifest: dict[str, Any], entries: list[foreign.Told], sentence: str
) -> None:
    path, before = foreign.package(tmp_path / "a.jhx", entries, **manifest), contents()
    if not sentence:  # an edit of what nobody made is kept in the log, and makes nobody
        assert taking.take(path, Opener(foreign.SECRET), author, TODAY, register.folder).new == 1
        assert [row.uid for row in Worker.select()] == [WORKER]
        return
    with pytest.raises(UserError, match=sentence):
        taking.take(path, Opener(foreign.SECRET), author, TODAY, register.folder)
    assert contents() == before


def test_a_clock_that_is_ahead_is_told_and_decides_nothing(register: Register, author: Author, tmp_path: Path) -> None:
    path = foreign.package(tmp_path / "a.jhx", [MADE], at="2030-01-01T09:00:00+08:00")
    taken = taking.take(path, Opener(foreign.SECRET), author, TODAY, register.folder)
    assert (taken.ahead, taken.new) == (True, 1)


def test_a_passphrase_is_worked_out_once_for_looking_and_taking(
    register: Register, author: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, opener, worked = foreign.package(tmp_path / "a.jhx", [MADE]), Opener(foreign.SECRET), list[bytes]()

    def slow(secret: bytes, **named: Any) -> bytes:
        worked.append(secret)
        return scrypt(secret, **named)

    scrypt = hashlib.scrypt
    monkeypatch.setattr(hashlib, "scrypt", slow)
    assert taking.check(path, opener)
    taking.look(path, opener, author, TODAY, register.folder)
    assert taking.take(path, opener, author, TODAY, register.folder).new == 1
    assert len(worked) == 1


def test_a_package_that_is_another_one_now_is_opened_anew(register: Register, author: Author, tmp_path: Path) -> None:
    opener, path = Opener(foreign.SECRET), foreign.package(tmp_path / "a.jhx", [MADE])
    taking.look(path, opener, author, TODAY, register.folder)
    foreign.package(path, [("worker", WORKER, "*", None, [["worker", {"uid": WORKER, "name": "李四"}]], [])])
    taking.take(path, opener, author, TODAY, register.folder)
    assert [row.name for row in Worker.select()] == ["李四"]
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(UserError, match="不完整"):
        taking.look(path, opener, author, TODAY, register.folder)


def test_a_person_can_stop_a_taking_and_nothing_of_it_is_left(register: Register, author: Author, tmp_path: Path) -> None:
    people = [new_uid() for _number in range(300)]
    path = foreign.package(
        tmp_path / "a.jhx", [("worker", uid, "*", None, [["worker", {"uid": uid, "name": "王五"}]], []) for uid in people]
    )
    before, told = contents(), list[int]()

    def stop(at: int, done: int, total: int) -> None:
        told.append(done)
        assert total == 100
        if done >= at:
            raise Stopped

    for at in (10, 50):
        with pytest.raises(Stopped):
            taking.take(path, Opener(foreign.SECRET), author, TODAY, register.folder, partial(stop, at))
        assert contents() == before
    assert taking.take(path, Opener(foreign.SECRET), author, TODAY, register.folder, partial(stop, 101)).new == 300
    assert told[-1] >= 50


def test_a_taking_that_is_cut_off_leaves_all_or_nothing(
    run: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIANHUI_EXCHANGE_PASSPHRASE", foreign.SECRET)
    people = [new_uid() for _number in range(3_000)]
    made: list[foreign.Told] = [("worker", uid, "*", None, [["worker", {"uid": uid, "name": "王五"}]], []) for uid in people]
    path = foreign.package(tmp_path / "a.jhx", made)
    for pause in (1.0, 2.0, 3.0):
        with program("exchange", "take", path, "--data", run.folder) as taking_:
            time.sleep(pause)
            taking_.kill()
        count = len(run.told("list", "workers")["workers"])
        assert count in (0, len(people))
        assert run.told("check")["sound"]
    assert run.told("exchange", "take", path)["same" if count else "new"] == len(people)
