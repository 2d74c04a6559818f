"""Rescue: whatever is readable of a damaged register comes into a new one, and what is missing is said."""

import json
import random
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.engine import database
from models.errors import DamagedRegister, Stopped, UserError, WrongPassphrase
from models.journal.undo import undo
from models.journal.writer import Author, batch
from models.language import use_language
from models.opening import check_up, opening
from models.records.catalogue import RECORDS, stored_names
from models.records.employer import Coverage, Employer
from models.records.membership import MembershipEvent
from models.records.union import Union
from models.records.worker import Worker
from models.register import laptop, traces
from models.register import register as room
from models.register.header import PAGE
from models.register.key_file import COPY
from models.register.register import Register
from models.register.traces import KEY
from models.rescue.rescuing import RescueReport, rescue
from models.rescue.words import kind_title
from models.rescue.words import told as rescued_words
from models.trail import entry as trail
from models.trail.entry import Act, TrailEntry
from models.trail.verifying import verify
from tests.aids.speaking import PASSPHRASE
from tests.aids.state_model import misplaced
from tests.aids.terminal import Commands, commands
from ui.shell.app import run as run_window
from ui.shell.rescuing import RescueDialog
from ui.shell.unlock_dialog import UnlockDialog
from ui.shell.window import Window

Values = dict[str, Any]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    """A register with 700 people at 60 employers, edited, removed from and partly undone; closed."""
    folder = tmp_path_factory.mktemp("whole") / "data"
    shutil.copytree(empty_register.folder, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIANHUI_LAPTOP", str(folder.parent / "laptop.json"))
        database.connect(folder / traces.FILE, empty_register.key_hex)
        author = laptop.author(folder)
        units, people = [f"e{number:035}" for number in range(60)], [f"w{number:035}" for number in range(700)]
        with batch("import", author) as writer:
            writer.create(Union, {"uid": f"u{0:035}", "name": "示例工会"})
            for number, uid in enumerate(units):
                cover = {"uid": f"c{number:035}", "employer": uid, "union": f"u{0:035}"}
                writer.create(Employer, {"uid": uid, "name": f"示例单位{number}"}, [(Coverage, cover)])
            for number, uid in enumerate(people):
                event = {"uid": f"m{number:035}", "worker": uid, "union": f"u{0:035}", "type": "入会", "date": "2024-05"}
                values = {"uid": uid, "name": f"某{number}", "employer": units[number % 60]}
                if number % 7 == 0:  # goes on over several pages
                    values["note"] = "长" * 2000
                writer.create(Worker, values, [(MembershipEvent, event)])
        for start in range(0, 60, 20):
            with batch("edit", author) as writer:
                for uid in people[start : start + 20]:
                    writer.update(Worker, uid, {"phone": (None, "19900000001")})
        undo(3, author)
        with batch("edit", author) as writer:
            writer.remove([(Coverage, {"uid": f"c{59:035}", "employer": units[59], "union": f"u{0:035}"})])
        room.close_register()
    return Register(folder, empty_register.key_hex)


def held() -> dict[str, dict[str, Values]]:
    """All that the open register holds, by kind and uid."""
    found = {}
    for kind, record in RECORDS.items():
        fields = [getattr(record, name) for name in ("uid", *stored_names(record))]
        rows: Any = record.select(*fields).dicts()
        found[kind] = {row["uid"]: row for row in rows}
    return found


@pytest.fixture(scope="module")
def expected(whole: Register) -> dict[str, dict[str, Values]]:
    """What the whole register holds."""
    database.connect(whole.file, whole.key_hex)
    found = held()
    room.close_register()
    return found


@pytest.fixture
def damaged(whole: Register, tmp_path: Path) -> Path:
    """The folder of a copy that a test may damage."""
    return Path(shutil.copytree(whole.folder, tmp_path / "damaged"))


def destroy(folder: Path, pages: list[int], seed: int = 1) -> dict[str, bytes]:
    """Overwrite pages, numbered from 1 on, with noise; returns the content of all files then."""
    content = bytearray((folder / traces.FILE).read_bytes())
    for page in pages:
        content[(page - 1) * PAGE : page * PAGE] = random.Random(seed + page).randbytes(PAGE)
    (folder / traces.FILE).write_bytes(content)
    return files(folder)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rescued(folder: Path, out: Path) -> tuple[RescueReport, dict[str, dict[str, Values]]]:
    """Rescue, and what the new register holds once it is opened; it is sound and its log is known."""
    report = rescue(folder, PASSPHRASE, out)
    opening.open_register(out, PASSPHRASE)
    try:
        assert report.sound
        assert database.damage(deep=True) == []
        assert check_up.log_faults() == []
        assert misplaced() == []
        return report, held()
    finally:
        room.close_register()


def pages_in(folder: Path) -> int:
    return (folder / traces.FILE).stat().st_size // PAGE


def test_one_page_destroyed_anywhere_loses_no_record(
    damaged: Path, tmp_path: Path, expected: dict[str, dict[str, Values]]
) -> None:
    """Its rows stand in the log, or what is on it is the log, or an index, or the way to other pages."""
    whole = (damaged / traces.FILE).read_bytes()
    for page in [1, 2, *range(5, pages_in(damaged), pages_in(damaged) // 5)]:
        before = destroy(damaged, [page])
        report, found = rescued(damaged, tmp_path / str(page))
        assert found == expected, page
        assert not any(each.lost for each in report.kinds.values())
        assert files(damaged) == before
        (damaged / traces.FILE).write_bytes(whole)


@pytest.mark.parametrize("seed", range(2))
def test_many_pages_destroyed_lose_only_what_stood_on_them_twice(
    damaged: Path, tmp_path: Path, expected: dict[str, dict[str, Values]], seed: int
) -> None:
    pages = random.Random(seed).sample(range(1, pages_in(damaged) + 1), 25)
    before = destroy(damaged, pages, seed)
    report, found = rescued(damaged, tmp_path / "new")
    assert files(damaged) == before
    for kind, records in expected.items():
        missing = [uid for uid in records if uid not in found[kind]]
        stand_ins = [uid for uid in records if uid in found[kind] and found[kind][uid].get("name") == "（记录已损坏）"]
        told = report.kinds[kind]
        assert len(missing) + len(stand_ins) <= told.lost, kind
        assert told.rescued + told.from_log + len(missing) + len(stand_ins) == len(records), kind
    if report.whole:
        assert found == expected


def test_what_is_lost_is_counted_and_named_and_who_refers_to_it_stays(damaged: Path, tmp_path: Path) -> None:
    """An employer that neither its row nor the log knows any more, but the log knows that it was renamed."""
    database.connect(damaged / traces.FILE, _key(damaged))
    uid = f"e{5:035}"
    with batch("edit", laptop.author(damaged)) as writer:
        writer.update(Employer, uid, {"name": ("示例单位5", "示例单位五")})
    database.db.execute_sql("PRAGMA foreign_keys = 0")
    database.db.execute_sql("DELETE FROM employer WHERE uid = ?", [uid])
    database.db.execute_sql("DELETE FROM \"change\" WHERE record = ? AND field = '*'", [uid])
    room.close_register()
    report, found = rescued(damaged, tmp_path / "new")
    assert (report.kinds["employer"].lost, report.kinds["employer"].names) == (1, ["示例单位五"])
    assert report.lost_log == 1
    assert not report.whole
    assert found["employer"][uid]["name"] == "示例单位五"
    assert sum(each["employer"] == uid for each in found["worker"].values()) == 12


def _key(folder: Path) -> str:
    opened = opening.open_register(folder, PASSPHRASE)
    room.close_register()
    return opened.key_hex


def test_the_log_beside_a_damaged_file_is_read_along(
    damaged: Path, tmp_path: Path, expected: dict[str, dict[str, Values]]
) -> None:
    database.connect(damaged / traces.FILE, _key(damaged))
    with batch("edit", laptop.author(damaged)) as writer:
        writer.create(Union, {"uid": "z" * 36, "name": "日志里的工会"})
    killed = Path(shutil.copytree(damaged, tmp_path / "killed"))
    room.close_register()
    assert (killed / "register.db-wal").stat().st_size > 0
    before = destroy(killed, [pages_in(killed) - 40])
    _report, found = rescued(killed, tmp_path / "new")
    assert found["union"].keys() == expected["union"].keys() | {"z" * 36}
    assert found["worker"] == expected["worker"]
    assert files(killed) == before


@pytest.fixture
def trailed(damaged: Path, whole: Register) -> Path:
    """A copy in whose trail 40 acts were kept, on the last pages of its file."""
    database.connect(damaged / traces.FILE, whole.key_hex)
    for number in range(40):
        trail.write(Act("export", what="名单" * 100, rows=number), Author("d", "陈示例"))
    room.close_register()
    return damaged


def test_the_trail_comes_along_and_goes_on(trailed: Path, whole: Register, tmp_path: Path) -> None:
    report = rescue(trailed, PASSPHRASE, tmp_path / "new")
    database.connect(tmp_path / "new" / traces.FILE, whole.key_hex)
    told = [(entry.act, entry.rows) for entry in TrailEntry.select().order_by(TrailEntry.id)]
    assert (report.trail, report.lost_trail, report.whole) == (len(told) - 1, 0, True)
    assert [told[-41:-1], told[-1][0]] == [[("export", number) for number in range(40)], "rescue"]
    assert (verify().entries, verify().wrong) == (len(told), None)
    room.close_register()


def test_of_a_damaged_trail_its_check_says_from_which_entry_on(trailed: Path, whole: Register, tmp_path: Path) -> None:
    database.connect(trailed / traces.FILE, whole.key_hex)
    all_of_them = {entry.id for entry in TrailEntry.select()}
    room.close_register()
    destroy(trailed, [pages_in(trailed) - 1])
    report = rescue(trailed, PASSPHRASE, tmp_path / "new")
    database.connect(tmp_path / "new" / traces.FILE, whole.key_hex)
    here = [entry.id for entry in TrailEntry.select().order_by(TrailEntry.id)][:-1]
    gone = all_of_them - {*here}
    assert (report.trail, report.lost_trail, report.whole) == (len(here), len(gone), False)
    assert verify().wrong == min(gone)
    assert f"操作留痕缺 {report.lost_trail} 条" in rescued_words(report)
    room.close_register()


def test_every_kind_of_record_has_a_name_in_the_report() -> None:
    assert [kind for kind in RECORDS if kind_title(kind) == kind] == []


def test_the_recovery_code_and_the_passphrase_stay(damaged: Path, tmp_path: Path) -> None:
    destroy(damaged, [50])
    with pytest.raises(WrongPassphrase):
        rescue(damaged, "别的口令 2026", tmp_path / "new")
    rescue(damaged, PASSPHRASE, tmp_path / "new")
    assert (tmp_path / "new" / KEY).read_bytes() == (damaged / KEY).read_bytes()


def test_the_copy_of_the_key_file_opens_what_the_key_file_itself_does_not(damaged: Path, tmp_path: Path) -> None:
    destroy(damaged, [50])
    (damaged / KEY).write_bytes(b"x")
    rescue(damaged, PASSPHRASE, tmp_path / "new")
    assert (tmp_path / "new" / KEY).read_bytes() == (damaged / COPY).read_bytes()


def test_after_a_refusal_the_passphrase_can_be_typed_again(qtbot: QtBot, damaged: Path) -> None:
    dialog = RescueDialog(damaged)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.wrong.text() == "请输入口令。"
    qtbot.keyClicks(dialog.field, "another one 2026")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert "口令不对" in dialog.wrong.text()
    assert (dialog.focusWidget(), dialog.field.selectedText()) == (dialog.field, dialog.field.text())


def test_nothing_is_written_over_and_nothing_half_is_left(damaged: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="换一个空文件夹"):
        rescue(damaged, PASSPHRASE, damaged)

    def stop(_done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        rescue(damaged, PASSPHRASE, tmp_path / "new", stop)
    assert list((tmp_path / "new").iterdir()) == []
    (damaged / traces.FILE).write_bytes(random.Random(1).randbytes(40 * PAGE))
    with pytest.raises(DamagedRegister, match="什么都读不出来"):
        rescue(damaged, PASSPHRASE, tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []


@pytest.fixture
def run(
    tmp_path: Path, whole: Register, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Commands]:
    """Commands over a copy of the whole register."""
    yield commands(tmp_path / "data", whole, monkeypatch, capfd)
    use_language("zh")


def test_rescue_at_the_command_line(run: Commands, tmp_path: Path) -> None:
    destroy(run.folder, [pages_in(run.folder) - 30])
    code, out, err = run("rescue", tmp_path / "new", "--json")
    told = json.loads(out)
    assert (err, told["rescued"], told["sound"]) == ("", str(tmp_path / "new"), True)
    assert code == (0 if told["whole"] else 1)
    assert told["kinds"]["worker"]["rescued"] + told["kinds"]["worker"]["from_log"] == 700
    assert len(run.told("list", "workers", "--data", tmp_path / "new")["workers"]) == 700
    assert run.told("check", "--data", tmp_path / "new")["sound"]
    code, out, _err = run("rescue", tmp_path / "other")
    assert "原样读出" in out
    assert "口令和恢复码不变" in out
    assert "换一个空文件夹" in run.refused("rescue", tmp_path / "other")


class Person:
    """Sits at the program with a damaged register: rescues it from the bar in the window, and goes on with what came of it."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.timer = QTimer(interval=30)
        self.timer.timeout.connect(self.act)
        self.timer.start()

    def act(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if not widget.isVisible():
                continue
            if isinstance(widget, UnlockDialog):
                widget.secret.setText(PASSPHRASE)
                widget.opening.click()
            elif isinstance(widget, RescueDialog) and widget.go.isVisible() and widget.go.isEnabled():
                widget.field.setText(PASSPHRASE)
                widget.go.click()
            elif isinstance(widget, RescueDialog) and widget.use.isVisible():
                self.seen.append(widget.report.toPlainText())
                widget.use.click()
            elif isinstance(widget, Window) and not widget.context.jobs.busy:
                self.seen.append(widget.standing.label.text())
                if len(self.seen) == 1:
                    assert widget.standing.rescue.isVisible()
                    widget.standing.rescue.click()
                else:
                    widget.close()


def test_a_damaged_register_is_rescued_in_the_window_and_takes_its_place(
    qtbot: QtBot, damaged: Path, expected: dict[str, dict[str, Values]]
) -> None:
    destroy(damaged, [pages_in(damaged) - 1])
    person = Person()
    assert run_window(damaged) == 0
    person.timer.stop()
    assert "不再写入" in person.seen[0]
    assert "新的登记册在" in person.seen[1]
    assert person.seen[2] == "", "nothing stands against writing any more"
    assert (damaged / "before-restore-1" / traces.FILE).exists()
    opening.open_register(damaged, PASSPHRASE)
    assert held().keys() == expected.keys()
    assert len(held()["worker"]) == 700
    room.close_register()


def test_the_door_of_a_register_that_cannot_be_opened_offers_rescue(qtbot: QtBot, damaged: Path) -> None:
    destroy(damaged, [1])
    dialog = UnlockDialog(damaged, ExitStack())
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.secret.setText(PASSPHRASE)
    qtbot.mouseClick(dialog.opening, Qt.MouseButton.LeftButton)
    assert dialog.rescue.isVisible()
    assert "抢救" in dialog.damage.text()
