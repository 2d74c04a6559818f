"""Choosing a district or a town: a list that can be typed into."""

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from models.language import _
from models.region import RegionIndex

_INDENT = "　"


class RegionBox(QComboBox):
    """Districts with their towns. ``chosen(str)`` brings the region's uid, "" for all of them."""

    chosen = Signal(str)

    def __init__(self, index: RegionIndex, regions: Iterable[str] | None = None, parent: QWidget | None = None) -> None:
        """``regions``: the uids to offer besides their districts; None offers every district and town."""
        super().__init__(parent)
        self._index = index
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(_("区划"))
        self.setToolTip(_("按区县或镇街筛选，可以输入名称查找"))
        self.setMinimumContentsLength(11)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)
        self.offer(regions)
        self.currentIndexChanged.connect(self._tell)
        self.lineEdit().editingFinished.connect(self._settle)

    @property
    def uid(self) -> str:
        """The chosen region, "" for all."""
        return str(self.currentData() or "")

    def offer(self, regions: Iterable[str] | None = None) -> None:
        """Offer other regions, keeping the choice where it is still offered."""
        before = self.uid
        with QSignalBlocker(self):
            self.clear()
            self.addItem(_("全部区划"), "")
            for district, towns in self._tree(regions):
                self.addItem(self._index.name(district), district)
                for town in towns:
                    self.addItem(_INDENT + self._index.name(town), town)
            self.setCurrentIndex(max(0, self.findData(before)))
        if self.uid != before:
            self._tell()

    def _tree(self, regions: Iterable[str] | None) -> list[tuple[str, list[str]]]:
        index = self._index
        uids = index.entries if regions is None else regions
        towns: dict[str, set[str]] = {}
        for uid in uids:
            district, town = index.district_of(uid), index.town_of(uid)
            if district:
                towns.setdefault(district, set()).update({town} if town else ())
        order = {uid: place for place, uid in enumerate(index.entries)}
        return [(district, sorted(towns[district], key=order.__getitem__)) for district in sorted(towns, key=order.__getitem__)]

    def _settle(self) -> None:
        """What was typed becomes the item that it names, or the choice that was there before."""
        place = self.findText(self.lineEdit().text().strip(), Qt.MatchFlag.MatchContains)
        if self.lineEdit().text().strip() and place >= 0:
            self.setCurrentIndex(place)
        self.setEditText(self.itemText(self.currentIndex()))

    def _tell(self) -> None:
        self.chosen.emit(self.uid)
