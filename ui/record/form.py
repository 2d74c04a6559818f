"""The form of one record: its fields in groups, each with the editor of its kind and, below it, what must be told."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QPushButton, QScrollArea

from models.editing.editing import Kind, Understood, as_typed, columns_beside, names_of, typed_columns, understand
from models.language import _
from models.values.columns import Column, own_turn
from models.values.kinds import Place, Reference
from ui.kit import theme
from ui.kit.asked_once import asked_once
from ui.kit.context import Context
from ui.kit.editors import editor_for
from ui.kit.line_editor import Editor
from ui.kit.lines import down, in_columns, on_paper
from ui.kit.plain import Label, caption
from ui.record.sections import sections

_LABEL_WIDTH = 7
#: Lines of the grid that a field takes: editor, what must be told, what can be made, where its value comes from.
_LINES = 4
_BIRTH = "birth_date"


class _Title(Label):
    """A field's label; its menu asks for the field's history. ``wants_past(str)`` names the field."""

    wants_past = Signal(str)

    def __init__(self, column: Column) -> None:
        super().__init__(column.title + (" *" if column.required else ""))
        self._name = column.name
        self.setProperty("role", "secondary")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setToolTip(_("右键：看这一项的来历"))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        with asked_once(QMenu(self)) as menu:
            asked = menu.addAction(_("这一项的来历"))
            if menu.exec(event.globalPos()) is asked:
                self.wants_past.emit(self._name)


class RecordForm(QScrollArea):
    """``edited()`` when anything was typed; ``understood(Understood)`` when a field was left and the form was read.

    ``wants_past(str)`` asks for the history of a field; ``wants_new(str, str, str)`` for a record of which only the name is
    known: the field, the kind of record, the name. ``wants_full(str)``: for the whole number of a field that is covered.
    """

    edited = Signal()
    understood = Signal(object)
    wants_past = Signal(str)
    wants_new = Signal(str, str, str)
    wants_full = Signal(str)

    def __init__(self, context: Context, kind: Kind, places: QStringListModel) -> None:
        """An empty form of one kind of record; :meth:`show_record` fills it."""
        super().__init__()
        self._context, self._kind = context, kind
        self.known: dict[str, Any] = {}
        self.masked = True
        self._first: set[str] = set()
        self._beside = {column.name for column in columns_beside(kind)}
        self._places = places
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._build()

    def _build(self) -> None:
        """Lay out the fields that the kind of record has now."""
        kind, self._turn = self._kind, own_turn()
        self.columns = {column.name: column for column in (*typed_columns(kind), *columns_beside(kind))}
        self.editors: dict[str, Editor] = {}
        self.told: dict[str, Label] = {}
        self.makers: dict[str, QPushButton] = {}
        self.sources: dict[str, Label] = {}
        self._titles: dict[str, Label] = {}
        self._rows = down(gap=4, margins=(theme.GAP, theme.GAP, theme.WIDE, theme.GAP))
        for title, columns in sections(kind, list(self.columns.values())):
            self._add_section(title, columns, self._places)
        self._rows.addStretch(1)
        self._shown = {name: editor.text() for name, editor in self.editors.items()}
        self.setWidget(on_paper(self._rows))

    def _add_section(self, title: str, columns: Sequence[Column], places: QStringListModel) -> None:
        self._rows.addSpacing(theme.GAP)
        self._rows.addWidget(Label(title, "heading"))
        grid = in_columns(1)
        grid.setColumnMinimumWidth(0, self.fontMetrics().horizontalAdvance("国") * _LABEL_WIDTH)
        for row, column in enumerate(columns):
            self._add_field(grid, _LINES * row, column, places)
        self._rows.addLayout(grid)

    def _add_field(self, grid: QGridLayout, line: int, column: Column, places: QStringListModel) -> None:
        """Put a field into the grid: label and editor, and below them what is told, what can be made, where it comes from."""
        label, editor, told = _Title(column), editor_for(column, places), Label()
        label.setBuddy(editor)
        label.setFixedWidth(self.fontMetrics().horizontalAdvance("国") * _LABEL_WIDTH)
        label.wants_past.connect(self.wants_past)
        told.setProperty("role", "wrong")
        told.setWordWrap(True)
        told.hide()
        editor.edited.connect(self.edited)
        editor.left.connect(self.read)
        editor.uncovers.connect(partial(self.wants_full.emit, column.name))
        grid.addWidget(label, line, 0)
        grid.addWidget(editor, line, 1)
        grid.addWidget(told, line + 1, 1)
        self.editors[column.name], self.told[column.name], self._titles[column.name] = editor, told, label
        if isinstance(column.kind, Reference) and not isinstance(column.kind, Place):
            maker = QPushButton()
            maker.setProperty("field", column.name)
            maker.setProperty("kind", column.kind.record)
            maker.clicked.connect(self._make)
            maker.hide()
            grid.addWidget(maker, line + 2, 1, Qt.AlignmentFlag.AlignLeft)
            self.makers[column.name] = maker
        source = Label(role="secondary", wrap=True)
        source.hide()
        grid.addWidget(source, line + 3, 1)
        self.sources[column.name] = source

    def _make(self) -> None:
        maker = self.sender()
        name = str(maker.property("field"))
        self.wants_new.emit(name, str(maker.property("kind")), self.editors[name].text())

    def show_record(self, known: Mapping[str, Any], masked: bool, first: Mapping[str, Any] | None = None) -> None:
        """Show a record as ``models.editing.editing.held`` gives it; an empty mapping is a new one. Masked numbers are locked.

        ``first``: what a new one begins with, by field name, other records and regions by uid.
        """
        if self._turn != own_turn():
            self._build()
        self.known, self.masked = dict(known), masked and bool(known)
        new = not known
        given = self.known or dict(first or {})
        names = names_of(given, self.columns.values(), self._context.index)
        self._first = set()
        for name, column in self.columns.items():
            shown = new or name not in self._beside
            self.editors[name].setVisible(shown)
            self._titles[name].setVisible(shown)
            self._show(name, self._text(column, given.get(name), names), given.get(name))
            if new and given.get(name):
                self._first.add(name)
        self._tell({})

    def show_sources(self, texts: Mapping[str, str]) -> None:
        """Tell below each field where its value comes from; an empty mapping takes these lines away."""
        for name, label in self.sources.items():
            label.setText(texts.get(name, ""))
            label.setVisible(bool(texts.get(name)) and not self.editors[name].isHidden())

    def _text(self, column: Column, value: Any, names: Mapping[str, str]) -> str:
        if column.kind.covers(value):
            return column.kind.show(value, masked=self.masked, beside_birth=True)
        return as_typed(column, value, names)

    def _show(self, name: str, text: str, value: Any = None) -> None:
        editor, kind = self.editors[name], self.columns[name].kind
        refers = isinstance(kind, Reference) and not isinstance(kind, Place)
        editor.show_text(text, str(value or "") if refers else "")
        editor.lock(self.masked and kind.covers(value))
        self._shown[name] = editor.text()

    def take(self, name: str, value: Any) -> None:
        """Somebody else wrote a field: it is shown as it is held now, and what was typed in it is gone."""
        column = self.columns[name]
        self.known[name] = value
        self._show(name, self._text(column, value, names_of(self.known, [column], self._context.index)), value)
        self.edited.emit()

    def rebase(self, name: str, value: Any) -> None:
        """Somebody else wrote a field; what was typed in it stays, and would take the place of ``value``."""
        self.known[name] = value

    def rebase_others(self, now: Mapping[str, Any]) -> None:
        """What nobody types, such as derived fields, is as it is ``now``."""
        self.known |= {name: value for name, value in now.items() if name not in self.columns}

    def means(self, name: str) -> Any:
        """The value that stands in a field, as it would be stored."""
        return understand(self._kind, self.written(), self.known, self._context.today, self._context.index).values.get(name)

    def uncover(self, name: str) -> bool:
        """Show one number in full, to be changed; what was typed elsewhere stays. False where it is not covered."""
        editor = self.editors.get(name)
        if editor is None or not editor.locked:
            return False
        editor.lock(False)
        editor.show_text(as_typed(self.columns[name], self.known.get(name), {}))
        self._shown[name] = editor.text()
        return True

    def uncover_all(self) -> None:
        """Show all numbers of the record in full, those of its history too; what was typed stays."""
        self.masked = False
        for name in self.editors:
            self.uncover(name)

    @property
    def covers(self) -> bool:
        """True while a number is covered."""
        return any(editor.locked for editor in self.editors.values())

    def written(self) -> dict[str, str]:
        """The fields that a person changed: by name, as they were typed; with them what a new record begins with."""
        typed = {
            name: editor.text()
            for name, editor in self.editors.items()
            if not editor.isHidden() and editor.text() != self._shown[name]
        }
        return typed and {name: self.editors[name].text() for name in self._first} | typed

    @property
    def dirty(self) -> bool:
        """True when something was typed that is not saved."""
        return bool(self.written())

    def read(self) -> Understood:
        """Read what was typed, tell what must be told beside its field, and show what follows from it."""
        written = self.written()
        found = understand(self._kind, written, self.known, self._context.today, self._context.index)
        touched = {*written, *([] if self.known else ["name"] if written else [])}
        told: dict[str, list[str]] = {}
        for each in found.problems:
            if each.column in touched or (each.column and each.level != "error"):
                told.setdefault(each.column, []).append(each.text)
        self._tell({name: _("；").join(texts) for name, texts in told.items()})
        unknown = {each.column for each in found.problems if each.code == "record-unknown"}
        for name in unknown & self.makers.keys():
            self.makers[name].setText(caption(_("登记“{name}”（待核实）").format(name=written.get(name, ""))))
            self.makers[name].show()
        self._show_following(found, written)
        self.understood.emit(found)
        return found

    def _show_following(self, found: Understood, written: Mapping[str, str]) -> None:
        """Birth date and sex stand in an identity number: they are shown as soon as it is typed."""
        for name, value in found.values.items():
            column = self.columns.get(name)
            if column is None or name in written or isinstance(column.kind, Place | Reference) or column.private:
                continue
            text = self._text(column, value, {})
            if value != self.known.get(name) and text != self.editors[name].text():
                self.editors[name].show_text(text)
                self._shown[name] = self.editors[name].text()

    def _tell(self, told: Mapping[str, str]) -> None:
        for maker in self.makers.values():
            maker.hide()
        for name, label in self.told.items():
            label.setText(told.get(name, ""))
            label.setVisible(bool(told.get(name)))

    def show_field(self, name: str) -> None:
        """Bring a field into sight; the cursor stays where it is."""
        self.ensureWidgetVisible(self.editors[name])

    def go_to(self, name: str = "name") -> None:
        """Put the cursor into a field and bring it into sight."""
        editor = self.editors.get(name) or self.editors["name"]
        editor.setFocus()
        self.ensureWidgetVisible(editor)
