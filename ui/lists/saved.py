"""The menu of a list's saved filters: choose one, keep the present one under a name, rename or forget one."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QPushButton

from models.journal import saved_filters
from models.journal.saved_filters import Parts, Saved
from models.language import _
from ui.kit.context import Context
from ui.kit.plain import caption
from ui.kit.written import Written
from ui.lists.filters import Filters


class SavedFilters(QPushButton):
    """The button with the menu. ``chosen(dict)`` brings the parts of a filter that was chosen."""

    chosen = Signal(object)

    def __init__(self, context: Context, page: str, filters: Filters) -> None:
        """``page`` is the list's kind of form."""
        super().__init__()
        self._context, self._page, self._filters = context, page, filters
        self._kept: list[Saved] = []
        self._written = Written(context, self)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self.fill)
        self.setMenu(self._menu)

    def fill(self) -> None:
        """Read the saved filters anew into the menu."""
        self._menu.clear()
        for old in self._menu.findChildren(QMenu):  # clearing leaves the menus within alive
            old.deleteLater()
        self._kept = saved_filters.saved_filters(self._page)
        for place, each in enumerate(self._kept):
            self._add(self._menu, each.name, self._choose, place)
        self._menu.addSeparator()
        keep = self._menu.addAction(_("保存当前筛选…"))
        keep.setEnabled(bool(self._filters.parts()))
        keep.triggered.connect(self._ask_name)
        if not keep.isEnabled():
            self._menu.addAction(_("先在下面选好条件，再存下来")).setEnabled(False)
        if self._kept:
            for title, call in ((_("改名"), self._ask_new_name), (_("删去"), self._remove)):
                menu = self._menu.addMenu(title)
                for place, each in enumerate(self._kept):
                    self._add(menu, each.name, call, place)

    def _add(self, menu: QMenu, name: str, call: object, place: int) -> None:
        action = QAction(caption(name), menu)
        action.setData(place)
        action.triggered.connect(call)
        menu.addAction(action)

    def _choose(self) -> None:
        self.chosen.emit(self._kept[self._asked()].parts)

    def _asked(self) -> int:
        action = self.sender()
        assert isinstance(action, QAction)
        return int(action.data())

    def _ask_name(self) -> None:
        name, agreed = QInputDialog.getText(self, _("保存当前筛选"), _("名称"), text=self._filters.label())
        if agreed:
            self.keep(name)

    def keep(self, name: str) -> None:
        """Keep the present filter under a name."""
        parts: Parts = self._filters.parts()
        said = _("筛选已保存，在“常用筛选”里。")
        self._written.write(said, saved_filters.save_filter, self._page, name, parts, self._context.author)

    def _ask_new_name(self) -> None:
        kept = self._kept[self._asked()]
        name, agreed = QInputDialog.getText(self, _("筛选改名"), _("名称"), text=kept.name)
        if agreed:
            self.rename(kept.uid, name)

    def rename(self, uid: str, name: str) -> None:
        """Give a saved filter another name."""
        self._written.write(_("已给这个筛选改名。"), saved_filters.rename_filter, uid, name, self._context.author)

    def _remove(self) -> None:
        kept = self._kept[self._asked()]
        self._written.write(_("已删去这个筛选。"), saved_filters.remove_filter, kept.uid, self._context.author)
