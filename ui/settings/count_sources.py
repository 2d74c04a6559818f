"""Which source of head counts is believed on equal days: the sources in their order, moved up and down."""

from functools import partial

from PySide6.QtWidgets import QListWidget, QWidget

from models.journal.settings import change_setting
from models.language import _
from models.records.setting import setting
from models.values.codes import COUNT_SOURCE
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.entry_lists import entries, entry, meant
from ui.kit.lines import REST, across, down
from ui.kit.written import Written


class CountSources(QWidget):
    """The list of the sources, the one that is believed first at the top; two buttons move the one that is chosen."""

    def __init__(self, context: Context) -> None:
        """What the register holds; sources that it does not name stand at the end."""
        super().__init__()
        self._context = context
        self._written = Written(context, self, self.show_kept)
        self.names = QListWidget()
        self.names.setAccessibleName(_("人数来源的次序"))
        self.up, self.down = push_button(_("上移"), partial(self._move, -1)), push_button(_("下移"), partial(self._move, 1))
        self.names.currentRowChanged.connect(self._fit)
        across(self.names, down(self.up, self.down, REST, gap=None, margins=None), REST, on=self)
        self.show_kept()

    def sources(self) -> list[str]:
        """The sources as they stand."""
        return [meant(item) for item in entries(self.names)]

    def show_kept(self) -> None:
        """Show what the register holds; the source that was chosen stays so."""
        chosen = meant(self.names.currentItem())
        kept = list(setting("count_sources"))
        kept += [label for label in COUNT_SOURCE.labels if label not in kept]
        self.names.clear()
        for source in kept:
            self.names.addItem(entry(_(source), source, high=theme.ROW_HEIGHT))
        self.names.setCurrentRow(kept.index(chosen) if chosen in kept else 0)
        self.names.setFixedSize(self.names.fontMetrics().horizontalAdvance("国") * 12, theme.ROW_HEIGHT * len(kept) + 8)
        self._fit(self.names.currentRow())

    def _fit(self, row: int) -> None:
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < self.names.count() - 1)

    def _move(self, by: int, _pressed: bool = False) -> None:
        row, kept = self.names.currentRow(), self.sources()
        kept.insert(row + by, kept.pop(row))
        said = _("已记入登记册的设置。")
        self._written.write(said, change_setting, "count_sources", kept, self._context.author)
