"""All commands with their keys, grouped by where they work; a field narrows them."""

from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from models.language import _
from ui.kit import theme
from ui.kit.commands import commands, scopes
from ui.kit.finding import FindField
from ui.kit.lines import down
from ui.shell.command_search import fits


class KeysView(QWidget):
    """The commands as a tree: places, and in each what can be done there."""

    def __init__(self) -> None:
        """All of them."""
        super().__init__()
        self.finding = FindField(_("输入名称、拼音首字母或按键"), _("在快捷键里查找"))
        self.finding.textChanged.connect(self._narrow)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(_("快捷键"))
        self.tree.setHeaderLabels([_("命令"), _("按键"), _("做什么")])
        self.tree.setRootIsDecorated(False)
        for scope in scopes():
            place = QTreeWidgetItem([scope.title])
            place.setFont(0, theme.font(bold=True))
            for each in commands(scope.name):
                place.addChild(QTreeWidgetItem([each.label, each.shortcut, each.tip]))
            self.tree.addTopLevelItem(place)
            place.setFirstColumnSpanned(True)
        self.tree.expandAll()
        for column in (0, 1):
            self.tree.resizeColumnToContents(column)
        down(self.finding, (self.tree, 1), on=self, margins=(theme.GAP, theme.GAP, theme.GAP, theme.GAP))

    def shown(self) -> list[str]:
        """The labels of the commands that are listed now."""
        return [item.text(0) for place in self._places() for item in self._items(place) if not item.isHidden()]

    def _places(self) -> list[QTreeWidgetItem]:
        found = [self.tree.topLevelItem(place) for place in range(self.tree.topLevelItemCount())]
        return [each for each in found if each is not None]

    def _items(self, place: QTreeWidgetItem) -> list[QTreeWidgetItem]:
        return [place.child(row) for row in range(place.childCount())]

    def _narrow(self, text: str) -> None:
        wanted = text.strip()
        for place in self._places():
            whole = not wanted or wanted in place.text(0)
            for item in self._items(place):
                said = any(wanted.casefold() in item.text(column).casefold() for column in range(3))
                item.setHidden(not (whole or said or fits(wanted, item.text(0))))
            place.setHidden(all(item.isHidden() for item in self._items(place)))
