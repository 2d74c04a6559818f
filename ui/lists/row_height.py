"""How high the rows of the lists are: chosen in a table's menu, for all lists, kept on this laptop."""

from functools import partial

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from models.errors import UserError
from models.language import _
from models.register.laptop import read_laptop, write_laptop
from ui.kit import theme
from ui.kit.context import Context
from ui.kit.tables import Table

#: Under this key the laptop's own file keeps it.
KEPT = "row_height"
#: Pixels more than the usual row has, by the name that is kept.
_MORE = {"compact": -6, "usual": 0, "wide": 10}


class RowHeight(QMenu):
    """The menu in one list's table."""

    def __init__(self, context: Context, table: Table) -> None:
        """Begin with what this laptop remembers."""
        super().__init__(_("行高"), table)
        self._context, self._table = context, table
        group = QActionGroup(self)
        for name, title in (("compact", _("紧凑")), ("usual", _("标准")), ("wide", _("宽松"))):
            action = self.addAction(title)
            action.setCheckable(True)
            action.setData(name)
            action.triggered.connect(partial(self._choose, name))
            group.addAction(action)
        self.aboutToShow.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Show the rows as they were chosen last, in whichever list."""
        name = str(read_laptop().get(KEPT, "usual"))
        more = _MORE.get(name, 0)
        least = self._table.fontMetrics().height() + 4
        self._table.verticalHeader().setDefaultSectionSize(max(theme.ROW_HEIGHT + more, least))
        for action in self.actions():
            action.setChecked(action.data() == name)

    def _choose(self, name: str) -> None:
        try:
            write_laptop(read_laptop() | {KEPT: name})
        except UserError as error:
            self._context.notices.error(str(error))
        self.follow()
