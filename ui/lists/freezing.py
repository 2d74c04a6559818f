"""How many columns of a list stay at the left edge: chosen in its menu or at a column's title, kept on this laptop."""

from PySide6.QtWidgets import QMenu

from models.errors import UserError
from models.language import _
from models.register.laptop import read_laptop, write_laptop
from ui.kit.context import Context
from ui.kit.frozen import FrozenTable

#: Under this key the laptop's own file keeps it, by the name of the list.
KEPT = "frozen"
#: More columns than this are not kept at the edge, whatever the file says.
_MOST = 12


class Freezing(QMenu):
    """The menu in one list's table."""

    def __init__(self, context: Context, table: FrozenTable, name: str) -> None:
        """Begin with what this laptop remembers of the list called ``name``."""
        super().__init__(_("冻结列"), table)
        self._context, self._table, self._name = context, table, name
        self.here = self.addAction(_("冻结到光标所在的列"), self._freeze_here)
        self.first = self.addAction(_("只冻结第一列"), self._freeze_first)
        self.aboutToShow.connect(self._fit)
        kept = read_laptop().get(KEPT, {})
        wanted = kept.get(name, 1) if isinstance(kept, dict) else 1
        table.freeze(min(wanted, _MOST) if isinstance(wanted, int) else 1)

    def freeze_to(self, column: int) -> None:
        """Let all columns up to this one (its number in the model) stay, those left of it in the order in which they stand."""
        shown = self._table.shown_columns()
        if column in shown:
            self._freeze(shown.index(column) + 1)

    def _freeze_here(self) -> None:
        self.freeze_to(self._table.currentIndex().column())

    def _freeze_first(self) -> None:
        self._freeze(1)

    def _freeze(self, count: int) -> None:
        self._table.freeze(min(count, _MOST))
        if self._table.frozen_count < count:
            said = _("列太宽，只能冻结前 {count} 列，其余的要留地方给别的列；把列拉窄，或者把窗口拉宽就都能冻结。")
            self._context.notices.tell(said.format(count=self._table.frozen_count))
        kept = read_laptop().get(KEPT, {})
        try:
            write_laptop(read_laptop() | {KEPT: (kept if isinstance(kept, dict) else {}) | {self._name: min(count, _MOST)}})
        except UserError as error:
            self._context.notices.error(str(error))

    def _fit(self) -> None:
        self.here.setEnabled(self._table.currentIndex().isValid())
        self.first.setEnabled(self._table.frozen_count > 1)
