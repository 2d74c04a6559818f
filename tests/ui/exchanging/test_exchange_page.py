"""The page of exchange: a package looked into, taken and undone, what two wrote decided by keys, a package given."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.exchange import taking
from models.exchange.conflicts import open_conflicts
from models.exchange.sealed import Opener
from models.journal.writer import Author
from models.records.worker import Worker
from models.uid import new_uid
from tests.aids.case_world import edit
from tests.aids.speaking import LI, TODAY, WANG, made
from tests.aids.trailed import kept
from tests.aids.typing import type_text
from tests.aids.waiting import focused, shown_page, wait_for_jobs
from tests.exchange import foreign
from tests.exchange.foreign import DEVICE, SECRET
from ui.exchanging.page import ExchangePage
from ui.kit.context import Context


def page_of(qtbot: QtBot, context: Context, size: tuple[int, int] = (1198, 700)) -> ExchangePage:
    return shown_page(qtbot, context, ExchangePage(context), size)


def shared(author: Author) -> str:
    """A person whom both laptops have."""
    return made(author, Worker, name="王五", id_number=WANG, phone="19900000001")


def theirs(path: Path, author: Author, worker: str, *more: foreign.Told) -> Path:
    """A package in which the other laptop has changed this person's phone."""
    phone: foreign.Told = ("worker", worker, "phone", "19900000001", "19900000009", [[author.device, 1]])
    return foreign.package(path, [phone, *more], after={author.device: 1}, until={DEVICE: 1 + len(more), author.device: 1})


def new_one(name: str = "李四", **values: Any) -> foreign.Told:
    uid = new_uid()
    return ("worker", uid, "*", None, [["worker", {"uid": uid, "name": name, **values}]], [])


def look_into(qtbot: QtBot, context: Context, page: ExchangePage, path: Path, secret: str = SECRET) -> None:
    """Choose a package, type its passphrase and press Enter."""
    page.activateWindow()
    page.open_package(path)
    wait_for_jobs(qtbot, context)
    assert focused() is page.arriving.secret
    type_text(qtbot, focused(), secret)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)


def tabs(page: ExchangePage) -> list[str]:
    held = page.arriving.tabs
    return [held.tabText(place) for place in range(held.count())]


def rows(page: ExchangePage, place: int) -> list[list[str | int]]:
    return page.arriving.models[place].cells()[1]


def test_an_empty_page_says_how_to_begin(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context)
    assert "还没有交换过" in page.no_conflicts.label.text()
    assert "U 盘" in page.no_laptops.label.text()
    assert "还没有交换过" in page.no_packages.label.text()
    assert not page.undo_it.isEnabled()


def test_a_package_is_looked_into_taken_and_undone(qtbot: QtBot, context: Context, author: Author, tmp_path: Path) -> None:
    worker = shared(author)
    path = theirs(tmp_path / "乙.jhx", author, worker, new_one(id_number=LI, phone="19900000002"))
    page = page_of(qtbot, context)
    look_into(qtbot, context, page, path)
    assert tabs(page) == ["新的 1", "改了 1", "去掉 0", "写得不一样 0", "可能是同一个 0", "没有照办 0"]
    ((kind, name, said),) = rows(page, 0)
    assert (kind, name) == ("会员与职工", "李四")
    assert LI not in str(said)
    assert rows(page, 1) == [["会员与职工", "王五", "移动电话 199****0001 → 199****0009"]]
    assert "什么都没有写入" in page.arriving.told.text()
    assert Worker.select().count() == 1
    assert focused() is page.arriving.go_on
    qtbot.keyClick(focused(), Qt.Key.Key_Space)
    wait_for_jobs(qtbot, context)
    assert {row.name: row.phone for row in Worker.select()} == {"王五": "19900000009", "李四": "19900000002"}
    assert context.notices.text.startswith("已收下《乙.jhx》")
    assert list((context.register.folder / "backups").glob("*.jhbak"))
    with qtbot.waitSignal(page.opens) as opened:
        page.arriving.tabs.setCurrentIndex(1)
        page.arriving.tables[1].selectRow(0)
        qtbot.keyClick(page.arriving.tables[1], Qt.Key.Key_Return)
    assert opened.args == ["worker", worker]
    page.arriving.back.click()
    wait_for_jobs(qtbot, context)
    assert [page.tabs.tabText(place) for place in range(3)] == ["要决定的 0", "别的电脑 1", "交出和收下的 1"]
    assert page.packages.cells()[1][0][4] == "新的 1、改了 1、去掉 0、写得不一样 0"
    page.packages_table.selectRow(0)
    page.undo_it.click()
    wait_for_jobs(qtbot, context)
    assert [(row.name, row.phone) for row in Worker.select()] == [("王五", "19900000001")]


def test_what_two_wrote_is_decided_with_the_keyboard(qtbot: QtBot, context: Context, author: Author, tmp_path: Path) -> None:
    worker = shared(author)
    path = theirs(tmp_path / "乙.jhx", author, worker)
    edit(author, Worker, worker, phone="19900000005")
    taking.take(path, Opener(SECRET), author, TODAY, context.register.folder)
    page = page_of(qtbot, context)
    assert page.tabs.tabText(0) == "要决定的 1"
    assert page.conflicts.cells()[1] == [["王五", "移动电话", "199****0005", "199****0009", "会员与职工"]]
    page.conflicts_table.setFocus()
    qtbot.keyClick(page.conflicts_table, Qt.Key.Key_Return)
    assert focused() is page.pane.choices["mine" if Worker.get().phone == "19900000005" else 1]
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    chosen = page.pane.which
    wanted = {"mine": "19900000005", 1: "19900000009"}[chosen]
    qtbot.keyClick(page.pane, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    wait_for_jobs(qtbot, context)
    assert Worker.get().phone == wanted
    assert open_conflicts(author.device) == []
    assert "已决定：王五 · 移动电话" in context.notices.text
    assert page.tabs.tabText(0) == "要决定的 0"


def test_full_numbers_are_asked_for(qtbot: QtBot, context: Context, author: Author, tmp_path: Path) -> None:
    worker = shared(author)
    path = theirs(tmp_path / "乙.jhx", author, worker)
    edit(author, Worker, worker, phone="19900000005")
    taking.take(path, Opener(SECRET), author, TODAY, context.register.folder)
    page = page_of(qtbot, context)
    page.pane.unmask.click()
    context.notices.buttons[0].click()
    wait_for_jobs(qtbot, context)
    assert page.conflicts.cells()[1][0][2:4] == ["19900000005", "19900000009"]
    assert page.pane.unmask.isHidden()


@pytest.mark.parametrize(
    ("harm", "secret", "sentence"),
    [
        (lambda content: content, "另外一个口令-2027", "交换口令不对"),
        (lambda content: content[:-1], SECRET, "不完整"),
        (lambda content: content[:400] + bytes([content[400] ^ 1]) + content[401:], SECRET, "已损坏"),
        (lambda content: content.replace(b"jianhui-exchange-1", b"jianhui-exchange-2", 1), "", "更新版本"),
        (lambda _content: b"PK\x03\x04" + bytes(200), "", "不是建会通的交换包"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_told_beside_the_field(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path, harm: Any, secret: str, sentence: str
) -> None:
    path = foreign.package(tmp_path / "乙.jhx", [new_one()])
    path.write_bytes(harm(path.read_bytes()))
    page = page_of(qtbot, context)
    page.open_package(path)
    wait_for_jobs(qtbot, context)
    if secret:
        type_text(qtbot, page.arriving.secret, secret)
        qtbot.keyClick(page.arriving.secret, Qt.Key.Key_Return)
        wait_for_jobs(qtbot, context)
    assert sentence in page.arriving.wrong.text()
    assert Worker.select().count() == 0


def test_after_a_wrong_passphrase_the_right_one_is_typed_over_it(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    path = theirs(tmp_path / "乙.jhx", author, shared(author))
    page = page_of(qtbot, context)
    look_into(qtbot, context, page, path, "另外一个口令-2027")
    assert "交换口令不对" in page.arriving.wrong.text()
    assert focused() is page.arriving.secret
    assert page.arriving.secret.isVisible()
    type_text(qtbot, focused(), SECRET)
    assert page.arriving.wrong.text() == ""
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    assert page.arriving.seen is not None


def test_how_another_package_ended_is_not_told_of_the_one_that_is_shown(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    worker = shared(author)
    path = theirs(tmp_path / "乙.jhx", author, worker)
    other = theirs(tmp_path / "丙.jhx", author, worker)
    page = page_of(qtbot, context)
    page.open_package(path)
    wait_for_jobs(qtbot, context)
    type_text(qtbot, page.arriving.secret, SECRET)
    qtbot.keyClick(page.arriving.secret, Qt.Key.Key_Return)
    page.open_package(other)
    wait_for_jobs(qtbot, context)
    assert page.arriving.title.text() == "收下《丙.jhx》"
    assert (page.arriving.wrong.text(), page.arriving.seen) == ("", None)
    assert page.arriving.secret.isVisible()


def test_numbers_that_come_later_are_kept_in_the_trail_too(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    page = page_of(qtbot, context)
    page._show_full()
    wait_for_jobs(qtbot, context)
    assert kept("unmask") == []
    worker = shared(author)
    path = theirs(tmp_path / "乙.jhx", author, worker)
    edit(author, Worker, worker, phone="19900000005")
    taking.take(path, Opener(SECRET), author, TODAY, context.register.folder)
    for _again in range(2):
        page.refresh()
        wait_for_jobs(qtbot, context)
    assert [each.records for each in kept("unmask")] == [worker]


def test_a_package_that_is_here_already_and_ones_own_are_said_to_be_so(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    path = foreign.package(tmp_path / "乙.jhx", [new_one()])
    taking.take(path, Opener(SECRET), author, TODAY, context.register.folder)
    page = page_of(qtbot, context)
    look_into(qtbot, context, page, path)
    assert page.arriving.told.text() == "李乙 交来的这个交换包里没有本机没有的内容。"
    assert page.arriving.go_on.isHidden()
    page.arriving.leave()
    own = given(qtbot, context, page, tmp_path / "甲.jhx")
    look_into(qtbot, context, page, own)
    assert "本机自己交出的" in page.arriving.told.text()


def given(qtbot: QtBot, context: Context, page: ExchangePage, path: Path) -> Path:
    """Give a package by the page, the passphrase typed twice."""
    page.give.click()
    wait_for_jobs(qtbot, context)
    for field in (page.giving.first, page.giving.second):
        type_text(qtbot, field, SECRET)
    assert page.giving.ready
    page.giving.write_to(path)
    wait_for_jobs(qtbot, context)
    return path


def test_a_package_is_given_and_holds_what_is_said(qtbot: QtBot, context: Context, author: Author, tmp_path: Path) -> None:
    shared(author)
    page = page_of(qtbot, context)
    page.give.click()
    wait_for_jobs(qtbot, context)
    view = page.giving
    assert view.inside.text() == "里面有 1 个批次，1 条："
    assert view.batches.cells()[1][0][1:] == [author.person, "登记 · 王五"]
    view.write_it.click()
    assert view.wrong.text() == "请填交换口令。"
    type_text(qtbot, view.first, SECRET)
    type_text(qtbot, view.second, "别的口令")
    view.write_it.click()
    assert view.wrong.text() == "两次输入的口令不一样。"
    view.first.setText("12345678")
    view.second.setText("12345678")
    view.write_to(tmp_path / "甲.jhx")
    wait_for_jobs(qtbot, context)
    assert view.wrong.text()
    assert not (tmp_path / "甲.jhx").exists()
    view.leave()
    path = given(qtbot, context, page, tmp_path / "甲.jhx")
    assert context.notices.text == "已交出并核对：《甲.jhx》，1 个批次，1 条。"
    assert (view.first.text(), view.second.text()) == ("", "")
    assert taking.check(path, Opener(SECRET)) is False
    assert page.tabs.tabText(2) == "交出和收下的 1"


def test_the_offices_key_is_handed_out_and_seals(qtbot: QtBot, context: Context, author: Author, tmp_path: Path) -> None:
    shared(author)
    page = page_of(qtbot, context)
    page.hand_out(tmp_path / "办公室.jhkey")
    wait_for_jobs(qtbot, context)
    assert "指纹" in context.notices.text
    page.give.click()
    view = page.giving
    view.by_key.click()
    view.write_it.click()
    assert view.wrong.text() == "请先选办公室的公钥文件。"
    view.choose_key(tmp_path / "办公室.jhkey")
    wait_for_jobs(qtbot, context)
    view.write_to(tmp_path / "甲.jhx")
    wait_for_jobs(qtbot, context)
    page.open_package(tmp_path / "甲.jhx")
    wait_for_jobs(qtbot, context)
    assert page.arriving.secret.isHidden()
    assert "本机自己交出的" in page.arriving.told.text()


def test_perhaps_the_same_lead_to_merging(qtbot: QtBot, context: Context, author: Author, tmp_path: Path) -> None:
    worker = shared(author)
    path = foreign.package(tmp_path / "乙.jhx", [new_one("王五", id_number=WANG)])
    page = page_of(qtbot, context)
    look_into(qtbot, context, page, path)
    assert tabs(page)[4] == "可能是同一个 1"
    page.arriving.tabs.setCurrentIndex(4)
    with qtbot.assertNotEmitted(page.merges):
        page.arriving.tables[4].opened.emit(0)
    page.arriving.go_on.click()
    wait_for_jobs(qtbot, context)
    page.arriving.tabs.setCurrentIndex(4)
    with qtbot.waitSignal(page.merges) as asked:
        page.arriving.tables[4].opened.emit(0)
    assert asked.args is not None
    assert (asked.args[0], worker in asked.args[1:]) == ("worker", True)


def test_a_look_can_be_stopped(qtbot: QtBot, context: Context, author: Author, tmp_path: Path) -> None:
    path = foreign.package(tmp_path / "乙.jhx", [new_one(f"王{number}") for number in range(400)])
    page = page_of(qtbot, context)
    page.open_package(path)
    wait_for_jobs(qtbot, context)
    type_text(qtbot, page.arriving.secret, SECRET)
    qtbot.keyClick(page.arriving.secret, Qt.Key.Key_Return)
    context.jobs.cancel_all()
    wait_for_jobs(qtbot, context)
    assert page.arriving.wrong.text() == "已停下，什么都没有收下。"
    assert page.arriving.seen is None
    assert Worker.select().count() == 0
