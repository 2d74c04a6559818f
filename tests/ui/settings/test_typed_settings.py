"""What is typed in the settings stays: when another row or list is chosen, when others write, when something is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from models.editing import own_labels
from models.editing.own_fields import NewField, add_own_fields
from models.journal.settings import change_setting
from models.journal.writer import Author
from models.people.retention import years_kept
from models.records.setting import setting
from tests.aids.typing import type_text
from tests.aids.waiting import shown_page, wait_for_jobs
from ui.kit.context import EVERYTHING, Context
from ui.settings.page import SettingsPage

LEFT, HALF = Qt.MouseButton.LeftButton, "写了一半"


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> SettingsPage:
    return shown_page(qtbot, context, SettingsPage(context), (1198, 700))


def groups(page: SettingsPage, _author: Author) -> Any:
    page.sections.open("群体")
    return page.groups


def labels(page: SettingsPage, author: Author) -> Any:
    page.sections.open("选项")
    view = page.labels
    view.field.setCurrentIndex(next(at for at in range(view.field.count()) if view._lists[at].open))
    for name in ("甲选项", "乙选项"):
        own_labels.add_label(view.list.name, name, [], author)
    view.refresh()
    return view


def own_fields(page: SettingsPage, author: Author) -> Any:
    page.sections.open("自有字段")
    add_own_fields([NewField("worker", "爱好", "text", ()), NewField("worker", "特长", "text", ())], author)
    page.own_fields.refresh()
    return page.own_fields


def regions(page: SettingsPage, _author: Author) -> Any:
    page.sections.open("区划")
    field = page.places.box.lineEdit()
    assert field is not None
    field.setText("沙坪坝区")
    field.editingFinished.emit()
    return page.places


@pytest.mark.parametrize("view_of", [groups, labels, own_fields, regions])
class TestANameAndItsForm:
    """A list of names and the fields of the chosen one."""

    def test_another_name_takes_the_fields_only_after_a_question(
        self, qtbot: QtBot, context: Context, author: Author, page: SettingsPage, view_of: Callable[..., Any]
    ) -> None:
        view = view_of(page, author)
        wait_for_jobs(qtbot, context)
        view.table.selectRow(0)
        first, began = view.rows.uid, view.name.text()
        view.name.setFocus()
        if not view.name.isEnabled():  # a name that the reporting forms fix: its wordings are one's own
            view.aliases.setText(HALF)
        else:
            type_text(qtbot, view.name, HALF)
        assert view.dirty
        view.table.setFocus()
        qtbot.keyClick(view.table, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: view.table.selected_rows() == [0])
        assert view.rows.uid == first
        assert view.dirty
        assert "有没保存的修改" in context.notices.text
        qtbot.mouseClick(context.notices.buttons[-1], LEFT)
        assert view.table.selected_rows() == [1]
        assert (view.rows.uid != first, view.dirty) == (True, False)
        qtbot.keyClick(view.table, Qt.Key.Key_Up)
        assert (view.rows.uid, view.name.text()) == (first, began)

    def test_what_is_typed_stays_when_others_write(
        self, qtbot: QtBot, context: Context, author: Author, page: SettingsPage, view_of: Callable[..., Any]
    ) -> None:
        view = view_of(page, author)
        wait_for_jobs(qtbot, context)
        view.table.selectRow(len(view.model.items) - 1)
        held = view.rows.uid
        type_text(qtbot, view.name, HALF)
        written = view.name.text()
        context.changes.tell_of_others(EVERYTHING)
        wait_for_jobs(qtbot, context)
        assert (view.name.text(), view.rows.uid, view.dirty) == (written, held, True)


def test_a_new_name_that_is_half_typed_outlives_what_others_write(qtbot: QtBot, context: Context, page: SettingsPage) -> None:
    page.sections.open("群体")
    qtbot.mouseClick(page.groups.new, LEFT)
    type_text(qtbot, page.groups.name, "护工")  # the beginning of one that there is: it does not become that one
    context.changes.tell_of_others(EVERYTHING)
    wait_for_jobs(qtbot, context)
    assert (page.groups.uid, page.groups.name.text(), page.groups.dirty) == ("", "护工", True)


def test_another_list_of_labels_is_shown_only_after_a_question(
    qtbot: QtBot, context: Context, author: Author, page: SettingsPage
) -> None:
    view = labels(page, author)
    first = view.list.name
    type_text(qtbot, view.aliases, HALF)
    view.field.setCurrentIndex((view.field.currentIndex() + 1) % view.field.count())
    assert (view.list.name, view.aliases.text()) == (first, HALF)
    qtbot.mouseClick(context.notices.buttons[-1], LEFT)
    assert (view.list.name != first, view.dirty) == (True, False)


def test_a_new_region_that_is_half_typed_stays_with_the_town_it_was_typed_for(
    qtbot: QtBot, context: Context, author: Author, page: SettingsPage
) -> None:
    view = regions(page, author)
    town = next(row for row, each in enumerate(view.model.items) if each.name == "小龙坎街道")
    view.table.selectRow(town)
    type_text(qtbot, view.added, "砚台社区")
    context.changes.tell_of_others(EVERYTHING)
    assert view.added.text() == "砚台社区"
    view.box.lineEdit().setText("渝中区")
    view.box.lineEdit().editingFinished.emit()
    assert (view.box.name.strip(), view.added.text()) == ("沙坪坝区", "砚台社区")
    qtbot.mouseClick(context.notices.buttons[-1], LEFT)
    assert (view.box.name.strip(), view.added.text()) == ("渝中区", "")


def line_of(field: QWidget) -> QLineEdit:
    if isinstance(field, QLineEdit):
        return field
    assert isinstance(field, QSpinBox)
    return field.lineEdit()


@pytest.mark.parametrize(
    ("section", "field_of", "typed"),
    [
        ("登记册", lambda page: page.organization, "某区总"), ("登记册", lambda page: page.threshold, "8"),
        ("体检和进度", lambda page: page.rules.fields["term_days"], "12"),
        ("个人信息", lambda page: next(iter(page.retention.fields.values())), "7"),
    ],
)  # fmt: skip
def test_a_value_that_is_being_typed_stays_and_the_others_follow(
    qtbot: QtBot, context: Context, author: Author, page: SettingsPage, section: str, field_of: Callable[[SettingsPage], Any],
    typed: str,
) -> None:  # fmt: skip
    page.sections.open(section)
    field = field_of(page)
    line_of(field).selectAll()
    type_text(qtbot, line_of(field), typed)
    written = field.text()
    change_setting("women_members", 33, author)
    context.changes.tell_of_others(frozenset({"setting"}))
    wait_for_jobs(qtbot, context)
    assert field.text() == written
    assert page.rules.fields["women_members"].value() == 33
    qtbot.keyClick(line_of(field), Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    kept = [*map(setting, ("organization", "threshold", "term_days")), *years_kept().values()]
    assert typed in map(str, kept)
    change_setting("threshold", 31, author)
    context.changes.tell_of_others(frozenset({"setting"}))
    assert page.threshold.value() == 31
