"""Every form with a number that is covered: shown with stars, seen in full one by one, by F8 or its eye, kept in the trail."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from models.editing.own_fields import NewField, add_own_fields
from models.engine.record import Record
from models.journal.writer import Author, batch
from models.own_names import own_name
from models.records.catalogue import RECORDS
from models.records.employer import Employer
from models.records.officer import Officer
from models.records.site import Site
from models.records.union import Union
from models.records.worker import Worker
from models.sites.kinds import seed_uid
from models.uid import new_uid
from models.values.columns import columns_of
from tests.aids.case_world import made, values
from tests.aids.record_pages import opened
from tests.aids.speaking import LI, WANG
from tests.aids.trailed import kept
from tests.aids.typing import type_text
from tests.aids.waiting import shown_page, wait_for_jobs
from tests.house.seen_texts import seen
from ui.kit.context import Context
from ui.kit.line_editor import Editor, LineEditor
from ui.sites.page import SitesPage

OWN = NewField("worker", "饭卡", uid="019a0000-0000-7000-8000-000000000001")
#: A number of each kind of value that is covered, and another one to type over it.
NUMBERS = {
    "IdNumber": (WANG, LI), "Phone": ("19900000021", "19900000022"), "OwnText": ("卡6225887712", "卡6225887713"),
}  # fmt: skip


class Shown(NamedTuple):
    """A form with one record in it: what is looked at, its fields, its record, how it is kept."""

    part: QWidget
    editors: dict[str, Editor]
    uid: str
    save: Callable[[], Any]


def known_of(record: type[Record]) -> dict[str, str]:
    """A number in each field of a kind of record that covers them."""
    return {column.name: NUMBERS[type(column.kind).__name__][0] for column in columns_of(record) if column.private}


def listed(kind: str, record: type[Record]) -> Callable[[QtBot, Context, Author], Shown]:
    def form(qtbot: QtBot, context: Context, author: Author) -> Shown:
        known: dict[str, Any] = known_of(record)
        if kind == "worker":
            add_own_fields([OWN], author)
            known[own_name(OWN.uid)] = NUMBERS["OwnText"][0]
        uid = new_uid()
        with batch("edit", author) as writer:
            writer.create(record, {"uid": uid, "name": "甲示例", **known})
        page, pane = opened(qtbot, context, f"{kind}s", "甲示例")
        return Shown(page, pane.form.editors, uid, pane.save)

    return form


def site(qtbot: QtBot, context: Context, author: Author) -> Shown:
    uid = made(author, Site, name="甲站", site_kind=seed_uid("工会驿站"), **known_of(Site))
    page = shown_page(qtbot, context, SitesPage(context), (1198, 700))
    page.table.selectRow(0)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    return Shown(page, page.form.editors, uid, page.form.save.click)


def officer(qtbot: QtBot, context: Context, author: Author) -> Shown:
    union = made(author, Union, name="甲示例")
    uid = made(author, Officer, union=union, name="赵示例", post="主席", body="工会委员会", since="2024-03-01", **known_of(Officer))
    page, pane = opened(qtbot, context, "unions", "甲示例")
    view = pane.views.officers
    assert view is not None
    pane.tabs.setCurrentWidget(view)
    view.table.selectRow(0)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    return Shown(page, view.editors, uid, view.enter.click)


FORMS: dict[str, Callable[[QtBot, Context, Author], Shown]] = {
    "worker": listed("worker", Worker), "employer": listed("employer", Employer), "union": listed("union", Union),
    "officer": officer, "site": site,
}  # fmt: skip


def test_every_kind_of_record_with_numbers_has_its_form_here() -> None:
    assert {kind for kind, record in RECORDS.items() if known_of(record)} == set(FORMS)


def covered_fields(shown: Shown) -> dict[str, LineEditor]:
    return {name: each for name, each in shown.editors.items() if isinstance(each, LineEditor) and each.locked}


def told(part: QWidget) -> str:
    """All that can be read in a part, for people and for screen readers."""
    return "\n".join(text for _where, text in seen(part))


def eye(field: QLineEdit) -> QToolButton:
    (found,) = [each for each in field.findChildren(QToolButton) if each.isVisible()]
    return found


@pytest.mark.parametrize("kind", FORMS)
def test_numbers_are_seen_in_full_one_by_one(qtbot: QtBot, context: Context, author: Author, kind: str) -> None:
    shown = FORMS[kind](qtbot, context, author)
    shown.part.activateWindow()
    fields = covered_fields(shown)
    numbers = known_of(RECORDS[kind]) | ({own_name(OWN.uid): NUMBERS["OwnText"][0]} if kind == "worker" else {})
    assert set(fields) == set(numbers)
    assert [name for name, number in numbers.items() if number in told(shown.part)] == []
    before = len(kept("unmask"))
    for place, (name, editor) in enumerate(fields.items()):
        editor.setFocus()
        if place == 0:
            qtbot.keyClick(editor.line, Qt.Key.Key_F8)
            assert editor.text() != numbers[name], "the first is asked about"
            qtbot.mouseClick(context.notices.buttons[0], Qt.MouseButton.LeftButton)
        else:
            qtbot.mouseClick(eye(editor.line), Qt.MouseButton.LeftButton)
        wait_for_jobs(qtbot, context)
        assert (editor.text(), editor.locked) == (numbers[name], False)
        left = list(fields)[place + 1 :]
        assert [each for each in left if not fields[each].locked or numbers[each] in told(shown.part)] == []
        told_of = kept("unmask")[before:]
        assert [(each.records, each.rows, each.full) for each in told_of] == [(shown.uid, 1, True)] * (place + 1)


@pytest.mark.parametrize("kind", FORMS)
def test_a_number_is_changed_once_it_was_seen(qtbot: QtBot, context: Context, author: Author, kind: str) -> None:
    shown = FORMS[kind](qtbot, context, author)
    name = next(iter(known_of(RECORDS[kind])))
    editor = shown.editors[name]
    assert isinstance(editor, LineEditor)
    type_text(qtbot, editor.line, "5")
    assert "5" not in editor.text()[3:7], "a covered number takes nothing"
    editor.uncovers.emit()
    context.notices.buttons[0].click()
    new = NUMBERS[type(RECORDS[kind]._meta.fields[name].declared.kind).__name__][1]
    editor.line.selectAll()
    type_text(qtbot, editor.line, new)
    shown.save()
    wait_for_jobs(qtbot, context)
    assert values(RECORDS[kind], shown.uid)[name] == new


@pytest.mark.parametrize("kind", FORMS)
def test_what_is_kept_with_its_number_covered_keeps_it(qtbot: QtBot, context: Context, author: Author, kind: str) -> None:
    shown = FORMS[kind](qtbot, context, author)
    note = shown.editors["note"]
    note.setFocus()
    field = note.focusProxy()
    assert field is not None
    type_text(qtbot, field, "x")
    shown.save()
    wait_for_jobs(qtbot, context)
    held = values(RECORDS[kind], shown.uid)
    assert held["note"] == "x"
    assert {name: held[name] for name in known_of(RECORDS[kind])} == known_of(RECORDS[kind])


def test_a_cell_with_a_number_in_an_own_field_is_asked_about_as_any_other(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    page: Any = FORMS["worker"](qtbot, context, author).part
    place = [each.name for each in page.model.columns].index(own_name(OWN.uid))
    page.table.setColumnHidden(place, False)
    page.table.setCurrentIndex(page.model.index(0, place))
    before = len(kept("unmask"))
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    assert not page.cells.cell
    context.notices.buttons[0].click()
    wait_for_jobs(qtbot, context)
    assert page.cells.cell.editor.text() == NUMBERS["OwnText"][0]
    assert len(kept("unmask")) == before + 1


def test_what_is_typed_stays_when_a_number_is_seen(qtbot: QtBot, context: Context, author: Author) -> None:
    shown = FORMS["worker"](qtbot, context, author)
    pane: Any = shown.part.pane  # type: ignore[attr-defined]  # the list's page
    note = pane.form.editors["note"]
    type_text(qtbot, note.focusProxy(), "写了一半")
    for ask in (pane.form.editors["phone"].uncovers.emit, pane.unmask.click):
        ask()
        if context.notices.buttons and context.notices.text:
            context.notices.buttons[0].click()
        wait_for_jobs(qtbot, context)
        assert note.text() == "写了一半"
    assert not pane.form.covers
    assert pane.unmask.isHidden()


def test_an_answer_shows_nothing_of_another_record(qtbot: QtBot, context: Context, author: Author) -> None:
    other = made(author, Worker, name="乙示例", **known_of(Worker))
    shown = FORMS["worker"](qtbot, context, author)
    pane: Any = shown.part.pane  # type: ignore[attr-defined]  # the list's page
    before = len(kept("unmask"))
    for ask in (pane.form.editors["phone"].uncovers.emit, pane.unmask.click):
        pane.open_record(shown.uid)
        ask()
        pane.open_record(other)
        context.notices.buttons[0].click()
        wait_for_jobs(qtbot, context)
        assert pane.form.covers
        assert len(kept("unmask")) == before
        pane.acts.uncovering._agreed = False
