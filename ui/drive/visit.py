"""A visit kept in one go (记一次走访): which employer, what was said, what comes next; Enter leads on, and at the end keeps it."""

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QWidget

from models.language import _
from models.records.drive_case import Contact, DriveCase
from models.values.columns import column_of
from ui.drive.case_doing import CaseDoing
from ui.kit import theme
from ui.kit.acting import act_by
from ui.kit.buttons import push_button
from ui.kit.close_button import close_button
from ui.kit.context import Context
from ui.kit.fields import Fields
from ui.kit.lines import BESIDE_LIST, REST, across, down, scrolled
from ui.kit.picker import RecordPicker
from ui.kit.plain import Label
from ui.kit.unsaved import Unsaved

_ASKED = ("date", "way", "person_met", "attitude", "outcome")
_FOLLOWING = ("next_action", "next_action_date")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class VisitPane(QFrame):
    """``closed()`` when a person leaves the form."""

    closed = Signal()

    def __init__(
        self, context: Context, doing: CaseDoing, places: QStringListModel, parent: QWidget | None = None
    ) -> None:
        """An empty form, of today."""
        super().__init__(parent)
        self._context, self._doing = context, doing
        self.setMinimumWidth(360)
        self.employer = RecordPicker("employer", _("单位"))
        self.employer.picked.connect(self._picked)
        self.fields = Fields([column_of(Contact, name) for name in _ASKED], places)
        self.following = Fields([column_of(DriveCase, name) for name in _FOLLOWING], places, lines=_FOLLOWING)
        self.keep = push_button(_("记下"), self.write, primary=True)
        self.told = Label(role="secondary", wrap=True)
        editors = {**self.fields.editors, **self.following.editors}
        self._walk: list[QWidget] = [self.employer]
        for editor in editors.values():
            self._walk.append(editor.focusProxy() or editor)
            editor.chosen.connect(partial(self._lead_on, self._walk[-1]))
        for part in self._walk:
            part.installEventFilter(self)
        self._unsaved = Unsaved(context, self, self._is_dirty, self.clear, _("放弃"))
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        title = Label(_("记一次走访"), "title")
        self.close_button = close_button()
        self.close_button.clicked.connect(self.leave)
        hint = Label(_("填一格按一次回车，最后一格的回车就记下，接着记下一家。"), "secondary", wrap=True)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.GAP)
        form.addRow(_("单位"), self.employer)
        following = Label(_("下一步"), "heading")
        asked = QWidget()
        asked.setObjectName("content")
        down(form, self.fields, following, self.following, REST, on=asked)
        down(
            across((title, 1), self.close_button), hint, (scrolled(asked, sideways=False, by_tab=False), 1),
            across(REST, self.keep), self.told, on=self, margins=BESIDE_LIST,
        )  # fmt: skip
        act_by(self, "visit.save", self.keep)
        act_by(self, "visit.leave", self.close_button)

    @property
    def dirty(self) -> bool:
        """True when something was typed that is not kept."""
        return bool(self.fields.written() or self.following.written())

    def start(self, employer: str = "", name: str = "") -> None:
        """Go to the form; an employer (uid and name) is put in where nothing was typed yet."""
        if employer and not self.dirty:
            self.employer.choose(employer, name)
        _go_to(self._walk[1] if self.employer.uid else self.employer)

    def clear(self) -> None:
        """Begin a new visit of today."""
        self.employer.choose("", "")
        self.fields.show_texts({"date": self._context.today.isoformat()})
        self.following.show_texts({})

    def write(self) -> None:
        """Keep the visit; what is missing is told, and the form stays."""
        if not self.employer.uid:
            self._context.notices.error(_("请先选一个单位：输入名称的一部分，从列出的里面选。"))
            self.employer.setFocus()
            return
        given = self.fields.texts() | {"organizer": self._context.author.person}
        following = self.following.texts()
        self._doing.visit(self.employer.uid, self.employer.text(), given, following, then=self._kept)

    def _kept(self) -> None:
        self.told.setText(_("刚记下：{name}").format(name=self.employer.text()))
        self.clear()
        self.employer.setFocus()

    def leave(self) -> None:
        """Close the form, after asking about what is not kept."""
        if not self._unsaved.asks_first(_("这次走访还没有记下。"), self.closed.emit):
            self.closed.emit()

    def _is_dirty(self) -> bool:
        return self.dirty

    def _picked(self) -> None:
        if self.employer.uid and self.employer.hasFocus():
            _go_to(self._walk[1])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter leads to the next field, and from the last one keeps the visit; Shift+Enter begins a new line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched in self._walk:
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            # the field of the employer takes a whole name by itself, and then leads on
            if event.key() in _ENTER and plain and (watched is not self.employer or self.employer.uid):
                self._lead_on(watched)
                return True
        return super().eventFilter(watched, event)

    def _lead_on(self, field: Any) -> None:
        place = self._walk.index(field)
        if place + 1 == len(self._walk):
            self.write()
        else:
            _go_to(self._walk[place + 1])


def _go_to(field: QWidget) -> None:
    """Go to a field as the Tab key does: what stands in it is selected, and typing takes its place."""
    field.setFocus(Qt.FocusReason.TabFocusReason)
