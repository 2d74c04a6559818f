"""The conditions that a person added to a list: a menu to add one, a chip for each, and the place where one is set."""

import datetime as dt

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QMenu, QToolButton, QWidget

from models.language import _
from models.lists.filters import YES, Where, filters_of
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.flow import Flow
from ui.kit.icons import icon
from ui.kit.lines import across, down
from ui.kit.plain import caption
from ui.lists.condition_editor import ConditionEditor


class Chip(QFrame):
    """One condition in words. ``opened(str)`` asks to change it, ``removed(str)`` to take it away; both bring its name."""

    opened = Signal(str)
    removed = Signal(str)

    def __init__(self, name: str, text: str) -> None:
        """``name``: of the filter."""
        super().__init__()
        self._name = name
        self.setProperty("chip", True)
        self.text = push_button(caption(text), self._open, hint=_("点一下修改；按 Delete 去掉"))
        self.text.setProperty("line", True)
        self.close_it = QToolButton(autoRaise=True)
        self.close_it.setIcon(icon("close", "muted"))
        self.close_it.setIconSize(QSize(12, 12))
        self.close_it.setAccessibleName(_("去掉条件“{text}”").format(text=text))
        self.close_it.setToolTip(_("去掉这个条件"))
        self.close_it.clicked.connect(self._remove)
        across(self.text, self.close_it, on=self, gap=2, margins=(theme.GAP, 1, 2, 1))

    def _open(self) -> None:
        self.opened.emit(self._name)

    def _remove(self) -> None:
        self.removed.emit(self._name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._remove()
        else:
            super().keyPressEvent(event)


class Conditions(QWidget):
    """The chips below a row of filters; hidden while there are none. ``changed()`` when a person added, set or removed one.

    ``add`` is the button with the menu, which stands in the row of filters.
    """

    changed = Signal()

    def __init__(self, kind: str, today: dt.date) -> None:
        """No conditions for a list of one kind of form."""
        super().__init__()
        self._kind, self._today = kind, today
        self.where: Where = ()
        self.chips: dict[str, Chip] = {}
        self.editor: ConditionEditor | None = None
        self.add = push_button(_("添加条件"), hint=_("按更多项目筛选：年龄、日期、人数、缺什么……"))
        self._menu = QMenu(self.add)
        self._menu.aboutToShow.connect(self.fill)
        self.add.setMenu(self._menu)
        self._row = QWidget()
        self._flow = Flow(self._row)
        self._rows = down(self._row, on=self)
        self._row.hide()
        self.hide()

    def fill(self) -> None:
        """Offer every filter of the list: those used most often, the others in a menu of their own."""
        self._menu.clear()
        for old in self._menu.findChildren(QMenu):  # clearing leaves the menus within alive
            old.deleteLater()
        found = filters_of(self._kind).values()
        rest = [each for each in found if not each.often]
        for each in found:
            if each.often:
                self._offer(self._menu, each.name, each.title)
        if rest:
            more = self._menu.addMenu(_("其他项目"))
            for each in rest:
                self._offer(more, each.name, each.title)

    def _offer(self, menu: QMenu, name: str, title: str) -> None:
        action = QAction(caption(title), menu)
        action.setData(name)
        action.triggered.connect(self._asked)
        menu.addAction(action)

    def _asked(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self.ask(str(action.data()))

    def ask(self, name: str) -> None:
        """Ask what a filter is to be; one that has nothing to ask is added at once. KeyError for an unknown one."""
        filter_ = filters_of(self._kind)[name]
        if filter_.kind == "flag":
            self.put(name, YES)
            return
        self._close_editor()
        self.editor = ConditionEditor(filter_, dict(self.where).get(name, ""), self._today)
        self.editor.chosen.connect(self.put)
        self.editor.left.connect(self._leave_editor)
        self._rows.addWidget(self.editor)
        self.show()
        self.editor.go_to_first()

    def put(self, name: str, value: str) -> None:
        """Add a condition, or set the one that is there anew, and tell."""
        self._close_editor()
        self.choose(tuple((dict(self.where) | {name: value}).items()))
        self.changed.emit()

    def remove(self, name: str) -> None:
        """Take a condition away, and tell."""
        self.choose(tuple(each for each in self.where if each[0] != name))
        self.add.setFocus()
        self.changed.emit()

    def choose(self, where: Where) -> None:
        """Show exactly these conditions, without telling."""
        self.where = where
        found = filters_of(self._kind)
        for chip in self.chips.values():
            chip.setParent(None)
            chip.deleteLater()
        self.chips = {}
        for name, value in where:
            chip = self.chips[name] = Chip(name, found[name].show(value))
            chip.opened.connect(self.ask)
            chip.removed.connect(self.remove)
            self._flow.addWidget(chip)
        self._row.setVisible(bool(where))
        self.setVisible(bool(where) or self.editor is not None)

    def forget_gone(self) -> None:
        """The list has other own fields: a condition on one that is out of use is taken away, the others say their new names."""
        self._close_editor()
        found = filters_of(self._kind)
        self.choose(tuple(each for each in self.where if each[0] in found))

    def texts(self) -> list[str]:
        """The conditions in words."""
        found = filters_of(self._kind)
        return [found[name].show(value) for name, value in self.where]

    def _leave_editor(self) -> None:
        self._close_editor()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_editor(self) -> None:
        if self.editor is not None:
            self._rows.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
        self.setVisible(bool(self.where))
