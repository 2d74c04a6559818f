"""Who works with the register, and where: the district, and the towns that are looked after. Asked once, changed any time."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QLineEdit, QListWidget, QListWidgetItem, QPushButton
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.journal import Author
from models.language import _
from models.laptop import read_laptop, write_laptop
from models.region import RegionIndex
from models.setting import change_setting, setting
from ui import theme
from ui.context import Context
from ui.icons import dress
from ui.region_box import region_choices
from ui.search_combo import SearchCombo
from ui.written import Written

#: Under this key the laptop's own file keeps the registers for which the question was answered or put off.
_ASKED = "asked_own"


def districts(index: RegionIndex) -> list[tuple[str, str]]:
    """(name, name) of the districts: the register remembers its home by name."""
    return [(name, name) for uid, name in region_choices(index) if index.district_of(uid) == uid]


def asked(folder: Path) -> bool:
    """True when whoever uses this laptop was asked already who works with the register in ``folder``."""
    return str(folder.resolve()) in read_laptop().get(_ASKED, [])


def note_asked(folder: Path) -> None:
    """Remember on this laptop that it was asked. UserError when its own file cannot be written."""
    kept = read_laptop()
    places = [*kept.get(_ASKED, []), str(folder.resolve())]
    write_laptop(kept | {_ASKED: list(dict.fromkeys(places))})


def keep_own(home: str, towns: list[str], author: Author) -> None:
    """Remember the home district (name) and the towns (uids) in the register, each journaled when it changed."""
    change_setting("home_district", home, author)
    change_setting("my_towns", towns, author)


class TownList(QListWidget):
    """The towns of a district, to be ticked. ``ticked()`` when a person ticked one or took a tick away."""

    ticked = Signal()

    def __init__(self, index: RegionIndex, parent: QWidget | None = None) -> None:
        """No towns; :meth:`show_district` offers them."""
        super().__init__(parent)
        self._index = index
        self.setAccessibleName(_("我的镇街"))
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setGridSize(theme_cell(self))
        self.setMinimumWidth(self.gridSize().width() * 4 + 28)
        self.setFixedHeight(self.gridSize().height() * 4 + 8)
        self.itemChanged.connect(self._tell)

    def show_district(self, district: str, towns: list[str]) -> None:
        """Offer the towns of a district (its name), these ones ticked; without telling."""
        with QSignalBlocker(self):
            self.clear()
            uid = self._index.resolve(district).uid if district else None
            for town in self._index.children(uid) if uid else ():
                if self._index.level(town) == "town":
                    item = QListWidgetItem(self._index.name(town))
                    item.setData(Qt.ItemDataRole.UserRole, town)
                    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
                    item.setCheckState(Qt.CheckState.Checked if town in towns else Qt.CheckState.Unchecked)
                    self.addItem(item)
        self.setEnabled(self.count() > 0)

    def towns(self) -> list[str]:
        """The uids of the towns that are ticked."""
        items = [self.item(row) for row in range(self.count())]
        return [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _tell(self) -> None:
        self.ticked.emit()


def theme_cell(view: QWidget) -> "QSize":
    """Room for a town's name with its tick."""
    return QSize(view.fontMetrics().horizontalAdvance("国") * 9, theme.ROW_HEIGHT)
