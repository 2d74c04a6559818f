"""Layouts of cards and labels made in the window: sizes, what stands on each, refused values at their fields, keeping."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from models.journal.writer import Author
from models.lists.card_forms import card_forms, find_card
from reports import paper
from tests.aids.case_world import union
from tests.aids.sound_union import member
from tests.aids.typing import type_text
from tests.aids.waiting import wait_for_jobs
from ui.kit.context import Context
from ui.lists.card_editor import CardEditor
from ui.papers.page import ReportsPage


@pytest.fixture
def editor(qtbot: QtBot, context: Context) -> CardEditor:
    dialog = CardEditor(context, "cards")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def typed(qtbot: QtBot, field: QWidget, text: str) -> None:
    """Type over what stands in a field."""
    line = field.findChild(QLineEdit) if isinstance(field, QAbstractSpinBox) else field
    assert isinstance(line, QLineEdit)
    field.setFocus()
    line.selectAll()
    type_text(qtbot, line, text)


def texts(dialog: CardEditor) -> list[str]:
    """What stands on the sheet that is shown."""
    layout = dialog.preview.layout_shown
    assert layout is not None
    return [text.text for text in layout.pages[0].texts]


def test_the_sheet_follows_every_key_and_is_drawn_by_the_painter_of_the_paper(qtbot: QtBot, editor: CardEditor) -> None:
    assert texts(editor).count("张示例") == 10
    assert editor.told.text().startswith("85.6×54 毫米，A4 每页 10 张")
    typed(qtbot, editor.sheet.fields["down"], "3")
    assert texts(editor).count("张示例") == 6
    typed(qtbot, editor.sheet.fields["height"], "60")
    assert editor.told.text().startswith("85.6×60 毫米，A4 每页 6 张")
    layout = editor.preview.layout_shown
    assert layout is not None
    assert not editor.preview.page.pixmap().isNull()
    assert paper.page_image(layout, 1, 40).width() > 0


def test_what_the_sheet_does_not_hold_is_said_at_its_field_and_the_last_sheet_stays(qtbot: QtBot, editor: CardEditor) -> None:
    typed(qtbot, editor.sheet.fields["across"], "3")
    assert editor.sheet.wrong.isVisible()
    assert editor.sheet.wrong.text().startswith("一页放不下：3 列 5 行")
    assert not editor.keep.isEnabled()
    assert texts(editor).count("张示例") == 10
    typed(qtbot, editor.sheet.fields["across"], "1")
    assert (editor.sheet.wrong.isVisible(), editor.keep.isEnabled()) == (False, True)
    typed(qtbot, editor.sheet.fields["width"], "40")
    assert editor.part.wrong.text() == "“中国工会会员证”印到卡片外面去了，请改它的位置或大小。"
    assert not editor.keep.isEnabled()


def test_a_part_beside_the_card_and_a_field_that_there_is_not_are_said_at_the_part(qtbot: QtBot, editor: CardEditor) -> None:
    editor.parts.setCurrentRow(1)
    assert [editor.parts.item(row).text() for row in range(3)] == ["中国工会会员证", "{姓名}", "{所属工会}"]
    typed(qtbot, editor.part.fields["x"], "80")
    assert (editor.part.wrong.isVisible(), editor.wrong.isVisible()) == (True, False)
    assert "“{姓名}”印到卡片外面去了" in editor.part.wrong.text()
    editor.parts.setCurrentRow(0)
    assert (editor.part.wrong.isVisible(), editor.wrong.isVisible()) == (False, True)
    editor.parts.setCurrentRow(1)
    typed(qtbot, editor.part.fields["x"], "5")
    typed(qtbot, editor.part.fields["text"], "{工资}")
    assert editor.part.wrong.text().startswith("卡片版式里没有“工资”，可以用：")
    typed(qtbot, editor.part.fields["text"], "{姓名}同志")
    assert not editor.part.wrong.isVisible()
    assert "张示例同志" in texts(editor)


def test_a_layout_of_ones_own_is_put_together_kept_and_forgotten(qtbot: QtBot, context: Context, editor: CardEditor) -> None:
    while editor.parts.count() > 1:
        qtbot.mouseClick(editor.drop, Qt.MouseButton.LeftButton)
    assert not editor.drop.isEnabled()
    qtbot.mouseClick(editor.add_text, Qt.MouseButton.LeftButton)
    assert editor.part.fields["text"].hasFocus()
    type_text(qtbot, editor.part.fields["text"], "桌号 ")
    editor.names.setCurrentIndex(editor.names.findText("序号"))
    editor.names.activated.emit(editor.names.currentIndex())
    typed(qtbot, editor.part.fields["size"], "20")
    qtbot.keyClick(editor.part.fields["bold"], Qt.Key.Key_Space)
    qtbot.mouseClick(editor.add_code, Qt.MouseButton.LeftButton)
    typed(qtbot, editor.part.fields["text"], "{会员号}")
    typed(qtbot, editor.part.fields["x"], "60")
    qtbot.mouseClick(editor.add_rule, Qt.MouseButton.LeftButton)
    assert not editor.part.fields["text"].isVisible()
    qtbot.mouseClick(editor.keep, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    assert editor.sheet.wrong.text() == "请给这个版式起个名字。"
    typed(qtbot, editor.sheet.fields["name"], "桌签")
    qtbot.mouseClick(editor.keep, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    assert "自带的版式" in editor.sheet.wrong.text()
    typed(qtbot, editor.sheet.fields["name"], "胸牌")
    with qtbot.waitSignal(editor.kept) as told:
        qtbot.mouseClick(editor.keep, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    assert told.args == ["workers/胸牌"]
    form = find_card("cards", "胸牌")
    assert [(part.text, part.qr, part.rule, part.size, part.bold) for part in form.parts[1:]] == [
        ("桌号 {number}", "", False, 20.0, True), ("", "{member_number}", False, 10.5, False), ("", "", True, 10.5, False),
    ]  # fmt: skip
    assert (editor.form.currentText(), editor.sheet.values()["name"]) == ("人 · 胸牌", "胸牌")
    qtbot.mouseClick(editor.forget, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    assert "胸牌" not in [each.name for each in card_forms("cards")]
    assert not editor.forget.isEnabled()
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert "胸牌" in [each.name for each in card_forms("cards")]


def test_the_reports_page_opens_it_and_prints_in_what_was_kept(qtbot: QtBot, context: Context, author: Author) -> None:
    of = union(author, "甲公司工会")
    member(author, "王五", ("入会", "2024-05-06", of))
    page = ReportsPage(context)
    qtbot.addWidget(page)
    page.show()
    wait_for_jobs(qtbot, context)
    page.show_report("labels", union=of, card="workers/地址标签")
    wait_for_jobs(qtbot, context)
    qtbot.mouseClick(page.choices.edit_card, Qt.MouseButton.LeftButton)
    dialog = page.findChild(CardEditor)
    assert dialog is not None
    assert dialog.form.currentText() == "人 · 地址标签"
    typed(qtbot, dialog.sheet.fields["name"], "小标签")
    typed(qtbot, dialog.sheet.fields["down"], "2")
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    dialog.close()
    wait_for_jobs(qtbot, context)
    assert page.choices.card.currentData() == "workers/小标签"
    assert page.report is not None
    assert page.report.title == "小标签"
