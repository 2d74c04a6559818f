"""The page of what is handed up: what is shown, writing with and without full numbers, their answers."""

from pathlib import Path

import openpyxl
from pytestqt.qtbot import QtBot

from models.handins.submitted import submissions
from models.journal.writer import Author
from tests.aids.speaking import WANG
from tests.handins.test_handins import person, world
from ui.handins.page import HandInsPage
from ui.kit.context import Context


def shown(context: Context, qtbot: QtBot) -> HandInsPage:
    page = HandInsPage(context)
    qtbot.addWidget(page)
    page.resize(1190, 700)
    with qtbot.waitSignal(context.jobs.idle):
        page.show()
    return page


def test_what_would_be_refused_stands_beside_what_goes_up(context: Context, author: Author, qtbot: QtBot) -> None:
    of, firm = world(author)
    person(author, "王五", of, firm)
    other = person(author, "李四", of, firm, id_number="500103199002289025", education=None)
    page = shown(context, qtbot)
    assert [page.tabs.tabText(place) for place in range(3)] == ["要上报的 1", "对方会退回的 1", "报过的 0"]
    assert page.rows.cells()[1] == [["王五", ""]]
    assert page.refused.cells()[1] == [["李四", "学历", "没有填，对方要求必填"]]
    assert page.shown.text() == "要上报 1 行；还没有上报过；对方会退回 1 条，没有算在内，改好再报"
    with qtbot.waitSignal(page.opens) as opened:
        page.refused_table.opened.emit(0)
    assert opened.args == ["worker", other]


def test_full_numbers_are_asked_about_and_a_submission_is_kept(
    context: Context, author: Author, qtbot: QtBot, tmp_path: Path
) -> None:
    of, firm = world(author)
    person(author, "王五", of, firm)
    page = shown(context, qtbot)
    page.write_it.click()
    assert "请先写明交给谁" in context.notices.text
    page.recipient.setText("市总工会")
    page.write_it.click()
    assert "完整的证件号和电话，1 行" in context.notices.text
    assert [button.text() for button in context.notices.buttons] == ["写出完整号码"]
    with qtbot.waitSignal(context.jobs.idle):
        page.write_to(tmp_path / "看.xlsx", masked=True)
    assert submissions() == []
    with qtbot.waitSignal(context.jobs.idle):
        page.write_to(tmp_path / "报.xlsx", masked=False)
    assert [past.rows for past in submissions()] == [1]
    assert "1 行，记为一次上报" in context.notices.text
    values = [cell.value for row in openpyxl.load_workbook(tmp_path / "报.xlsx").worksheets[0].iter_rows() for cell in row]
    assert WANG in values
    qtbot.waitUntil(lambda: page.tabs.tabText(2) == "报过的 1")
    page.since_last.setChecked(True)
    qtbot.waitUntil(lambda: page.rows.rowCount() == 0)


def test_their_answers_are_read_and_shown(context: Context, author: Author, qtbot: QtBot, tmp_path: Path) -> None:
    of, firm = world(author)
    person(author, "王五", of, firm)
    page = shown(context, qtbot)
    path = tmp_path / "报.xlsx"
    with qtbot.waitSignal(context.jobs.idle):
        page.write_to(path, masked=False)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row, texts in ((3, ("是否导入成功", "错误原因")), (4, ("失败", "重复"))):
        for place, text in enumerate(texts, start=21):
            sheet.cell(row, place, text)
    book.save(path)
    with qtbot.waitSignal(context.jobs.idle):
        page.read_from(path)
    assert "成功 0 条，失败 1 条" in context.notices.text
    qtbot.waitUntil(lambda: page.past.rowCount() == 1)
    page.past_table.selectRow(0)
    qtbot.waitUntil(lambda: page.answers.rowCount() == 1)
    assert page.answers.cells()[1] == [["王五", "失败", "重复"]]
