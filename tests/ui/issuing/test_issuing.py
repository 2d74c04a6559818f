"""The papers of a record in the window: what stands in the places, what is typed, drafts, what is noted, templates, numbers."""

from pathlib import Path

from docx import Document
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from models.journal.writer import Author
from models.papers.issuing import issued
from models.records.drive_case import CasePaper
from tests.aids.typing import type_text
from tests.papers.test_papers import word_file, world
from ui.issuing.dialog import IssuingDialog
from ui.kit.context import Context


def opened(context: Context, qtbot: QtBot, subject: str, uid: str) -> IssuingDialog:
    dialog = IssuingDialog(context, subject, uid, "甲")  # type: ignore[arg-type]  # one of the three
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(context.jobs.idle):
        dialog.show()
    return dialog


def choose(dialog: IssuingDialog, context: Context, qtbot: QtBot, key: str) -> None:
    places = [dialog.papers.itemData(place).key for place in range(dialog.papers.count())]
    dialog.papers.setCurrentIndex(places.index(key))
    with qtbot.waitSignal(context.jobs.idle):
        dialog.papers.activated.emit(places.index(key))


def test_places_are_prefilled_changed_and_printed(context: Context, author: Author, qtbot: QtBot, tmp_path: Path) -> None:
    uids = world(author)
    dialog = opened(context, qtbot, "employer", uids["employer"])
    assert dialog.paper.key == "founding-request"
    assert dialog.editors["单位名称"].text() == "重庆松石虚构餐饮有限公司"
    assert dialog.editors["筹备组名单"].text() == ""
    assert not dialog.page.pixmap().isNull()
    field: QLineEdit = dialog.editors["筹备组名单"]
    with qtbot.waitSignal(context.jobs.idle, timeout=3_000):
        field.setFocus()
        type_text(qtbot, field, "王五、李四")
    with qtbot.waitSignal(context.jobs.idle):
        dialog.save_to(tmp_path / "请示.docx")
    told = "".join(each.text for each in Document(str(tmp_path / "请示.docx")).paragraphs)
    assert "由王五、李四等" in told
    assert [each.paper for each in issued("employer", uids["employer"])] == ["founding-request"]
    assert "已记为出具" in context.notices.text
    context.notices.buttons[0].click()
    qtbot.waitUntil(lambda: CasePaper.select().count() == 0)


def test_a_number_needs_a_prefix_and_a_draft_is_not_noted(
    context: Context, author: Author, qtbot: QtBot, tmp_path: Path
) -> None:
    uids = world(author)
    dialog = opened(context, qtbot, "employer", uids["employer"])
    choose(dialog, context, qtbot, "opinion")
    assert dialog.set_prefix.isVisible()
    dialog.prefix.setText("渝工发")
    with qtbot.waitSignal(context.jobs.idle):
        dialog.set_prefix.click()
    qtbot.waitUntil(lambda: dialog.made is not None and dialog.made.number == "渝工发〔2026〕1号")
    assert not dialog.set_prefix.isVisible()
    with qtbot.waitSignal(context.jobs.idle):
        dialog.draft.setChecked(True)
    with qtbot.waitSignal(context.jobs.idle):
        dialog.save_to(tmp_path / "意见书.pdf")
    assert (tmp_path / "意见书.pdf").read_bytes().startswith(b"%PDF")
    assert issued("employer", uids["employer"]) == []


def test_a_template_is_replaced_and_an_unfit_one_told(context: Context, author: Author, qtbot: QtBot, tmp_path: Path) -> None:
    uids = world(author)
    dialog = opened(context, qtbot, "union", uids["union"])
    choose(dialog, context, qtbot, "reelection-request")
    wrong, right = tmp_path / "错.docx", tmp_path / "对.docx"
    wrong.write_bytes(word_file("{{ 身高 }}"))
    right.write_bytes(word_file("{{ 工会名称 }}"))
    with qtbot.waitSignal(context.jobs.idle):
        dialog.use_template(wrong)
    assert "不认识的名称：身高" in context.notices.text
    with qtbot.waitSignal(context.jobs.idle):
        dialog.use_template(right)
    qtbot.waitUntil(lambda: list(dialog.editors) == ["工会名称"])
    assert dialog.ours.isVisible()
    with qtbot.waitSignal(context.jobs.idle):
        dialog.ours.click()
    qtbot.waitUntil(lambda: "任期止" in dialog.editors)
