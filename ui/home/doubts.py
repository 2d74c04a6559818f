"""What in the data wants a look (数据待完善), on the first page: each number opens exactly the rows that it counts."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.editing.editing import Kind
from models.language import _
from ui.home.facts import GAP_RULE, GAP_STANDING, Alike, Faults
from ui.home.parts import LineButton
from ui.kit import theme
from ui.kit.lines import NONE, in_columns
from ui.kit.plain import Label

#: So many numbers stand side by side.
_ACROSS = 4


class DoubtsView(QWidget):
    """``opens(str, str)`` names the page behind a number and the part of it."""

    opens = Signal(str, str)

    def __init__(self) -> None:
        """Nothing counted yet."""
        super().__init__()
        self.buttons: list[LineButton] = []
        self._unknown = 0
        self._faults: Faults | None = None
        self._pairs: dict[Kind, int | None] = {}
        self.none = Label(role="secondary")
        self._grid = in_columns(*range(_ACROSS), on=self, gaps=(theme.WIDE, 0), margins=NONE)
        self._grid.addWidget(self.none, 0, 0, 1, _ACROSS)

    def show_unknown(self, count: int) -> None:
        """Tell how many employers have no head count."""
        self._unknown = count
        self._fill()

    def show_part(self, found: Faults | Alike) -> None:
        """Tell what was counted besides."""
        if isinstance(found, Alike):
            self._pairs = found.pairs
        else:
            self._faults = found
        self._fill()

    def _counted(self) -> list[tuple[str, int | None, tuple[str, str]]]:
        """Text, number and what it opens; a number that was not counted is None."""
        known: list[tuple[str, int | None, tuple[str, str]]] = []
        if self._faults is not None:
            doubts = self._faults.doubts
            known += [
                (_("待核实的单位"), doubts.employers, ("employers", "doubtful")),
                (_("待核实的工会"), doubts.unions, ("unions", "doubtful")),
                (_("证件号存疑"), doubts.workers, ("workers", "doubtful")),
                (_("申报与实名差"), self._faults.declared, ("health", f"{GAP_RULE}:{GAP_STANDING}")),
            ]
        known.append((_("人数不明的单位"), self._unknown, ("drive", "unknown")))
        words: dict[Kind, str] = {"worker": _("人"), "employer": _("单位"), "union": _("工会")}
        for kind, count in self._pairs.items():
            known.append((_("可能重复的{what}（全部）").format(what=words[kind]), count, ("duplicates", kind)))
        return known

    def _fill(self) -> None:
        for old in self.buttons:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        wanted = [each for each in self._counted() if each[1] != 0]
        self.buttons = [
            LineButton(text, _("查找") if count is None else f"{count:,}", target, "warn") for text, count, target in wanted
        ]
        for place, button in enumerate(self.buttons):
            button.clicked.connect(self._open)
            self._grid.addWidget(button, place // _ACROSS, place % _ACROSS)
        self.none.setText("" if wanted else _("没有待核实、存疑或可能重复的记录。"))
        self.none.setVisible(not wanted)

    def _open(self) -> None:
        button = self.sender()
        assert isinstance(button, LineButton)
        self.opens.emit(*button.target)
