"""Registers that earlier programs made: they open, are brought up to date, and say what they said then.

The released programs themselves made them (``tests/registers/make.py``); what each answered about its own stands beside it.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from models.backups.listing import backups
from models.backups.reasons import Reason
from models.editing.record_history import history_of
from models.engine.single import single
from models.engine.ways import OpeningWay
from models.errors import UserError
from models.journal import bundles, entries
from models.journal.bundling import bundle_old
from models.opening import check_up, opening
from models.records.region import load_index
from models.register import keys, lock, traces
from models.register import register as room
from tests.aids.logged import logged
from tests.aids.speaking import TODAY
from tests.aids.terminal import Commands
from tests.registers.asked import answers, differences
from tests.registers.changed import CHANGED
from tests.registers.make import PASSPHRASE, PROGRAMS
from tests.registers.packed import unpack

pytestmark = pytest.mark.slow

KEPT = {int(path.stem[len("schema")]): path for path in Path(__file__).parent.glob("*.zip")}
#: The batches of make.py: a phone corrected, a row imported by mistake, and its undoing.
CORRECTED, MISTAKEN, UNDONE = 3, 4, 5


@pytest.fixture(params=KEPT, ids=lambda schema: KEPT[schema].stem)
def schema(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def run(schema: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Commands:
    """Today's command line over a register as its program left it."""
    monkeypatch.setenv("JIANHUI_PASSPHRASE", PASSPHRASE)
    unpack(KEPT[schema], PASSPHRASE, tmp_path / "data")
    return Commands(tmp_path / "data", capfd)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name.startswith("register") and path.is_file()}


def copies(folder: Path) -> list[Path]:
    """The backups that were made before it was brought up to date."""
    return [each.path for each in backups(folder) if each.reason is Reason.MIGRATION]


def phones(run: Commands) -> list[str]:
    return [row["phone"] for row in run.told("list", "workers", "--search", "王五")["workers"]]


def test_every_schema_that_was_released_has_its_register() -> None:
    assert set(KEPT) == set(PROGRAMS)


def test_it_says_and_exports_what_it_said_when_it_was_made(run: Commands, schema: int, tmp_path: Path) -> None:
    was = json.loads(KEPT[schema].with_suffix(".json").read_text("utf-8"))
    (tmp_path / "out").mkdir()
    assert set(differences(was, answers(run.told, tmp_path / "out", schema))) == CHANGED[schema]


def test_a_copy_of_it_as_it_was_is_kept_and_the_second_opening_changes_nothing(run: Commands, schema: int) -> None:
    before = (run.folder / traces.FILE).read_bytes()
    assert run.told("check", "--deep") ["sound"]
    once = files(run.folder)
    assert once[traces.FILE] != before or schema == room.schema_number()
    assert len(copies(run.folder)) == (schema != room.schema_number())
    run.told("figures")
    # that it was opened is kept in the trail of the register itself
    assert {**files(run.folder), traces.FILE: b""} == {**once, traces.FILE: b""}
    for copy in copies(run.folder):
        run.told("restore", copy)
        assert run.told("check") ["sound"]  # the copy is a register as well, and is upgraded again


def test_what_was_done_then_can_be_undone_now(run: Commands) -> None:
    assert phones(run) == ["199****0011"]
    undoing = run.told("undo", CORRECTED)
    assert (undoing["removed"], undoing["kept"], phones(run)) == (0, [], ["199****0001"])
    run.told("undo", undoing["batch"])
    assert phones(run) == ["199****0011"]
    assert run.told("undo", UNDONE)["kept"] == []
    assert [row["name"] for row in run.told("list", "workers", "--search", "赵示例")["workers"]] == ["赵示例"]


def test_records_that_were_merged_then_can_be_taken_apart_now(run: Commands, schema: int) -> None:
    merged = [row["batch"] for row in run.told("batches")["batches"] if row["kind"] == "merge"]
    assert len(merged) == (schema >= 3)
    for batch in merged:
        before = len(run.told("list", "employers")["employers"])
        assert run.told("undo", batch)["kept"] == []
        assert len(run.told("list", "employers")["employers"]) == before + 1


def test_the_history_of_a_field_goes_back_to_the_beginning(run: Commands) -> None:
    ((uid, _name),) = [(row["uid"], row["name"]) for row in run.told("list", "workers", "--search", "王五")["workers"]]
    opening.open_register(run.folder, PASSPHRASE)
    try:
        steps = history_of("worker", uid, load_index(TODAY), name="phone")
    finally:
        room.close_register()
    assert [(step.before, step.after, step.person, step.files) for step in steps] == [
        ("199****0001", "199****0011", "吴示例", ("更正.csv",)),
        ("", "199****0001", "吴示例", ("入会.csv",)),
    ]


def rows_of_the_log(folder: Path) -> list[Any]:
    """The log as its program left it: a row for each entry, what was and is as values."""
    key = keys.unwrap((folder / traces.KEY).read_text("utf-8"), PASSPHRASE)
    with single(folder / traces.FILE, key.hex(), OpeningWay.STILL) as held:
        rows = held.execute(f"SELECT {', '.join(entries.FIELDS)} FROM change ORDER BY id").fetchall()
    return [(*row[:7], *(json.loads(text) if text else None for text in row[7:])) for row in rows]


@pytest.mark.usefixtures("small_bundles")
def test_its_log_is_put_into_bundles_and_says_the_same(run: Commands) -> None:
    before = rows_of_the_log(run.folder)
    opening.open_register(run.folder, PASSPHRASE)
    try:
        after = [(*row[:7], *(json.loads(text) if text else None for text in row[7:])) for row in logged()]
        bundled = sum(each.count for each in bundles.found())
        faults = check_up.log_faults()
    finally:
        room.close_register()
    assert bundled > len(before) // 3
    assert (after[: len(before)], faults) == (before, [])


def test_an_upgrade_that_is_cut_off_leaves_it_as_it_was(run: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows_of_the_log(run.folder)

    def cut_off() -> int:
        bundle_old()
        raise UserError("停")

    with monkeypatch.context() as patch:
        patch.setattr(opening, "bundle_old", cut_off)
        with pytest.raises(UserError, match="停"):
            opening.open_register(run.folder, PASSPHRASE)
    assert rows_of_the_log(run.folder) == before
    assert run.told("check")["sound"]


def test_under_one_who_has_it_open_it_is_read_but_never_upgraded(run: Commands, schema: int) -> None:
    before = (run.folder / traces.FILE).read_bytes()
    with lock.writing(run.folder, "导入"):
        if schema != room.schema_number():
            assert "要先升级" in run.refused("figures")
            assert (run.folder / traces.FILE).read_bytes() == before
    run.told("figures")
    with lock.writing(run.folder, "导入"):
        assert run.told("figures")["members"] == 109
