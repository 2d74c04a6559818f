"""Windows over an office's register: two that see each other's edits, a connection that is cut, what both of two people wrote."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.editing.editing import held, save, understand
from models.engine.addresses import Address
from models.engine.postgres import PostgresEngine
from models.journal.writer import Author
from models.ledger.entries import change
from models.opening.office import prepare
from models.opening.opening import open_office
from models.records.employer import Employer
from models.records.ledger import LedgerEntry, LedgerKind
from models.records.worker import Worker
from models.register import laptop, office
from models.register.register import Register, close_register
from tests.aids import record_pages
from tests.aids.engines import PostgresServer, programs
from tests.aids.record_pages import UNION, column, typed
from tests.aids.speaking import TODAY, ZHAO, made, workbook
from tests.aids.whole_window import closed, list_page, wait
from ui.importing.page import CHECK
from ui.ledger.page import LedgerPage
from ui.record.pane import RecordPane
from ui.shell.application import application
from ui.shell.crash import Failures
from ui.shell.unlocked import open_window
from ui.shell.window import Window

pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed: apt install postgresql")


@pytest.fixture(scope="module")
def basis(server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The database of a register with two unions, an employer and two members, which nobody has open."""
    folder = tmp_path_factory.mktemp("basis")
    server.say('CREATE DATABASE "basis"')
    office.note_address(folder, server.address("basis"))
    prepare(folder, "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIANHUI_LAPTOP", str(folder / "laptop.json"))
        open_office(folder, "")
        record_pages.fill(Author("f" * 16, "登记员"), folder)
        close_register()
    return "basis"


@pytest.fixture
def place(server: PostgresServer, basis: str, request: pytest.FixtureRequest) -> Address:
    """An office's register of the test's own."""
    name = f"own_{abs(hash(request.node.name))}"
    server.say(f'CREATE DATABASE "{name}" TEMPLATE "{basis}"')
    return server.address(name)


@pytest.fixture
def sit(place: Address, tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[str], Window]]:
    """Somebody sits down at a computer of their own and opens the window over the office's register."""
    windows: list[Window] = []
    application()
    failures = Failures()
    failures.install()

    def down(person: str) -> Window:
        folder = tmp_path / person
        folder.mkdir()
        office.note_address(folder, place)
        # one process has one connection for each thread, whoever sits at the window
        opened = Register(folder, "") if windows else open_office(folder, "")
        laptop.write_laptop(laptop.read_laptop() | {"person": person})
        window = open_window(opened, failures, TODAY)
        window.resize(1366, 768)
        window.show()
        wait(window)
        windows.append(window)
        return window

    yield down
    for window in windows:
        closed(window)
    close_register()
    failures.remove()
    assert failures.sheet is None, "nothing was a bug"


def record(qtbot: QtBot, window: Window, name: str) -> RecordPane:
    """A person's record, open beside the list."""
    window.open_page("workers")
    wait(window)
    page = list_page(window, "workers")
    page.table.selectRow(column(page, "name").index(name))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.pane is not None
    wait(window)
    return page.pane


def test_two_windows_see_each_others_edits(qtbot: QtBot, sit: Callable[[str], Window]) -> None:
    li, wang = sit("李四"), sit("王五")
    pane, seen = record(qtbot, li, "王五"), record(qtbot, wang, "王五")
    typed(pane, "education", "大学本科")
    pane.save_button.click()
    wait(li)
    assert "已保存" in li.context.notices.text
    qtbot.waitUntil(lambda: seen.form.editors["education"].text() == "本科", timeout=5_000)
    qtbot.waitUntil(lambda: "本科" in column(list_page(wang, "workers"), "education"), timeout=5_000)
    assert wang.context.notices.text == "", "nobody there did it"
    assert wang.context.undoing.batches == []
    li.context.undoing.undo_last()
    wait(li)
    qtbot.waitUntil(lambda: seen.form.editors["education"].text() == "", timeout=5_000)


def test_a_half_filled_form_is_never_overwritten_and_a_person_decides(qtbot: QtBot, sit: Callable[[str], Window]) -> None:
    li, wang = sit("李四"), sit("王五")
    pane, other = record(qtbot, li, "王五"), record(qtbot, wang, "王五")
    typed(other, "native_place", "四川")
    typed(pane, "native_place", "重庆")
    typed(pane, "education", "大专")
    pane.save()
    wait(li)
    qtbot.waitUntil(lambda: bool(other.whose.open), timeout=5_000)
    assert other.whose.label.text() == "李四刚刚改了籍贯：（空） → 重庆，保留谁的？"
    assert other.form.editors["native_place"].text() == "四川", "what was typed stays"
    assert other.form.editors["education"].text() == "大专", "what nobody typed in is as it is held"
    other.save()
    assert "先定下保留谁的" in wang.context.notices.text
    assert Worker.get(Worker.name == "王五").native_place == "重庆"
    other.whose.mine.click()
    other.save()
    wait(wang)
    assert Worker.get(Worker.name == "王五").native_place == "四川"
    qtbot.waitUntil(lambda: pane.form.editors["native_place"].text() == "四川", timeout=5_000)


def test_both_values_of_a_covered_field_stay_covered(qtbot: QtBot, sit: Callable[[str], Window]) -> None:
    li, wang = sit("李四"), sit("王五")
    pane, other = record(qtbot, li, "王五"), record(qtbot, wang, "王五")
    for each, phone in ((pane, "19900000008"), (other, "19900000009")):
        each._show_full()
        typed(each, "phone", phone)
    pane.save()
    wait(li)
    qtbot.waitUntil(lambda: bool(other.whose.open), timeout=5_000)
    assert other.whose.label.text() == "李四刚刚改了移动电话：199****0001 → 199****0008，保留谁的？"
    other.whose.theirs.click()
    assert not other.form.dirty
    assert other.form.editors["phone"].text() == "19900000008"


def opened_entry(qtbot: QtBot, window: Window) -> LedgerPage:
    """The page of the work ledger with its only entry opened."""
    window.open_page("ledger")
    wait(window)
    page = window.pages["ledger"]
    assert isinstance(page, LedgerPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=5_000)
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    return page


def test_an_entry_that_others_changed_while_it_was_typed_in_is_not_overwritten_unawares(
    qtbot: QtBot, sit: Callable[[str], Window]
) -> None:
    li, wang = sit("李四"), sit("王五")
    kind = LedgerKind.get(LedgerKind.name == "劳动争议调解").uid
    uid = made(li.context.author, LedgerEntry, ledger_kind=kind, date="2026-05-06", note="原来")
    page = opened_entry(qtbot, wang)
    page.form.editors["note"].show_text("王五写的")
    change(uid, {"note": "李四写的"}, li.context.author)
    qtbot.wait(600)
    page.form.save.click()
    wait(wang)
    assert "李四 在" in wang.context.notices.text
    assert "现在是“李四写的”，你要写的是“王五写的”，没有保存" in wang.context.notices.text
    assert LedgerEntry.get(LedgerEntry.uid == uid).note == "李四写的"
    assert page.form.editors["note"].text() == "王五写的"
    page.form.save.click()
    wait(wang)
    assert LedgerEntry.get(LedgerEntry.uid == uid).note == "王五写的", "told once, a person decides"


def test_what_the_laptops_other_window_wrote_is_not_overwritten_unawares(qtbot: QtBot, sit: Callable[[str], Window]) -> None:
    wang = sit("王五")
    kind = LedgerKind.get(LedgerKind.name == "劳动争议调解").uid
    uid = made(wang.context.author, LedgerEntry, ledger_kind=kind, date="2026-05-06", note="原来")
    page = opened_entry(qtbot, wang)
    for note in ("第一次", "第二次"):  # what this window has written itself it may write over
        page.form.editors["note"].show_text(note)
        page.form.save.click()
        wait(wang)
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    page.form.editors["note"].show_text("这边写的")
    change(uid, {"note": "那边写的"}, wang.context.author)
    qtbot.wait(600)
    page.form.save.click()
    wait(wang)
    assert "现在是“那边写的”，你要写的是“这边写的”，没有保存" in wang.context.notices.text
    assert LedgerEntry.get(LedgerEntry.uid == uid).note == "那边写的"


def test_a_cell_that_both_have_changed_is_asked_about(qtbot: QtBot, sit: Callable[[str], Window]) -> None:
    li, wang = sit("李四"), sit("王五")
    uid = Worker.get(Worker.name == "王五").uid
    wang.open_page("workers")
    wait(wang)
    page = list_page(wang, "workers")
    row, place = column(page, "name").index("王五"), [each.name for each in page.model.columns].index("education")
    cells = page.cells
    assert cells.begin(page.model.index(row, place))
    assert cells.cell is not None
    cells.cell.editor.show_text("大学本科")
    save("worker", held("worker", uid), understand("worker", {"education": "大专"}, held("worker", uid), TODAY, li.context.index),
         li.context.author)  # fmt: skip
    cells.take()
    wait(wang)
    assert wang.context.notices.text == "李四刚刚改了学历：（空） → 大专，保留谁的？"
    assert Worker.get(Worker.uid == uid).education == "大专"
    wang.context.notices.buttons[1].click()
    wait(wang)
    assert Worker.get(Worker.uid == uid).education == "本科"


def test_a_plan_that_others_made_stale_is_planned_again(qtbot: QtBot, sit: Callable[[str], Window], tmp_path: Path) -> None:
    li, wang = sit("李四"), sit("王五")
    page = wang.pages.importing
    wang.open_page("import")
    rows = [["姓名", "身份证号", "手机", "所属工会"], ["赵示例", ZHAO, "19900000003", UNION]]
    page.open_files([workbook(tmp_path / "名册.xlsx", {"Sheet1": rows})])
    wait(wang)
    page.check()
    wait(wang)
    made(li.context.author, Employer, name="重庆丙示例有限公司")
    page.apply()
    wait(wang)
    assert page.outcome is not None, "what others wrote does not concern it"
    assert Worker.select().where(Worker.name == "赵示例").count() == 1
    page.start_again()
    rows = [*rows, ["钱示例", "500103199203120015", "19900000004", UNION]]
    page.open_files([workbook(tmp_path / "名册二.xlsx", {"Sheet1": rows})])
    wait(wang)
    page.check()
    wait(wang)
    made(li.context.author, Worker, name="钱示例", id_number="500103199203120015", phone="19900000004")
    page.apply()
    wait(wang)
    assert "已经重新核对" in wang.context.notices.text
    assert page.steps.step == CHECK
    assert Worker.select().where(Worker.id_number == "500103199203120015").count() == 1
    page.apply()
    wait(wang)
    assert page.outcome is not None


def test_a_connection_that_is_cut_is_told_calmly_and_everything_is_caught_up(
    qtbot: QtBot, sit: Callable[[str], Window], server: PostgresServer, place: Address
) -> None:
    window = sit("李四")
    pane = record(qtbot, window, "王五")
    typed(pane, "native_place", "重庆")
    server.stop()
    qtbot.waitUntil(window.office.isVisible, timeout=10_000)
    assert "正在重新连接" in window.office.label.text()
    pane.save()
    wait(window)
    assert "连接断了" in window.context.notices.text or "连不上" in window.context.notices.text
    window.open_page("unions")
    wait(window)
    window.open_page("workers")
    wait(window)
    assert pane.form.editors["native_place"].text() == "重庆", "what was typed is still there"
    server.start()
    server.say("UPDATE worker SET education = '大专' WHERE name = '王五'", place.database)  # nobody hears of it
    qtbot.waitUntil(window.office.isHidden, timeout=15_000)
    qtbot.waitUntil(lambda: pane.form.editors["education"].text() == "大专", timeout=10_000)
    assert window.context.notices.text == "又连上了服务器，看到的都已重新读取。"
    pane.save()
    wait(window)
    assert Worker.get(Worker.name == "王五").native_place == "重庆"


def test_the_window_closes_while_it_waits_for_whoever_writes(
    qtbot: QtBot, sit: Callable[[str], Window], server: PostgresServer, place: Address
) -> None:
    window = sit("李四")
    pane = record(qtbot, window, "王五")
    typed(pane, "native_place", "重庆")
    keeper = PostgresEngine(place, None)
    keeper.handle.connect()
    with closing(keeper.handle), keeper.handle.atomic():
        keeper.hold()
        pane.save()
        qtbot.wait(300)
        assert window.context.jobs.busy
        began = time.monotonic()
        window.context.jobs.close()
        assert time.monotonic() - began < 5
    assert Worker.get(Worker.name == "王五").native_place is None
