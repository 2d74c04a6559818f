"""Who works with the register, and where: the district, and the towns that are looked after. Asked once, changed any time."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QLineEdit, QListWidget, QListWidgetItem

from models.journal.settings import change_settings
from models.journal.writer import Author
from models.language import _
from models.records.setting import setting
from models.register.laptop import read_laptop, write_laptop
from models.values.region_index import RegionIndex
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.entry_lists import entry, ticked_of
from ui.kit.lines import ALL_AROUND, REST, across, down, titled
from ui.kit.plain import Label
from ui.kit.region_box import region_choices
from ui.kit.search_combo import SearchCombo
from ui.kit.written import Written

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
    """Remember the home district (name) and the towns (uids) in the register, as one batch."""
    change_settings({"home_district": home, "my_towns": towns}, author)


class TownList(QListWidget):
    """The towns of a district, to be ticked. ``ticked()`` when a person ticked one or took a tick away."""

    ticked = Signal()

    def __init__(self, index: RegionIndex) -> None:
        """No towns; :meth:`show_district` offers them."""
        super().__init__()
        self._index, self._district = index, "-"
        self.setAccessibleName(_("我的镇街"))
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.setGridSize(QSize(self.fontMetrics().horizontalAdvance("国") * 9, theme.ROW_HEIGHT))
        self.setMinimumWidth(self.gridSize().width() * 4 + 28)
        self.setFixedHeight(self.gridSize().height() * 4 + 8)
        self.itemChanged.connect(self._tell)
        self._pressed: Qt.CheckState | None = None
        self.itemPressed.connect(self._press)
        self.itemClicked.connect(self._click)

    def show_district(self, district: str, towns: list[str]) -> None:
        """Offer the towns of a district (its name), these ones ticked; without telling."""
        if district == self._district and set(towns) == set(self.towns()):
            return  # the place that a person scrolled to stays
        self._district = district
        with QSignalBlocker(self):
            self.clear()
            uid = self._index.resolve(district).uid if district else None
            for town in self._index.children(uid) if uid else ():
                if self._index.level(town) == "town":
                    item = entry(self._index.name(town), town, ticked=town in towns)
                    item.setSizeHint(self.gridSize())
                    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
                    self.addItem(item)
            self.setEnabled(self.count() > 0)
            if self.count() == 0:
                hint = QListWidgetItem(_("先选所在区县"))
                hint.setSizeHint(self.gridSize())
                self.addItem(hint)

    def towns(self) -> list[str]:
        """The uids of the towns that are ticked."""
        return ticked_of(self)

    def _tell(self) -> None:
        self.ticked.emit()

    def _press(self, item: QListWidgetItem) -> None:
        self._pressed = item.checkState()

    def _click(self, item: QListWidgetItem) -> None:
        """A click on the name ticks the town too; one on the box has done so by itself."""
        if item.flags() & Qt.ItemFlag.ItemIsUserCheckable and item.checkState() == self._pressed:
            ticked = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)


class WhoPane(QFrame):
    """Asks once who works here. ``leads(str)`` names the page to go on to once it was answered or put off."""

    leads = Signal(str)

    def __init__(self, context: Context) -> None:
        """What is known already stands in the fields."""
        super().__init__()
        self._context = context
        self._written = Written(context, self)
        self.person = QLineEdit(str(read_laptop().get("person") or ""))
        self.person.setPlaceholderText(context.author.person)
        self.person.setMinimumWidth(240)
        self.home = SearchCombo(_("所在区县"), _("不指定"))
        self.person.returnPressed.connect(self.home.setFocus)  # the name alone is not the whole answer
        self.home.offer(districts(context.index))
        self.home.choose(str(setting("home_district")))
        self.towns = TownList(context.index)
        self.towns.show_district(self.home.uid, setting("my_towns"))
        self.home.chosen.connect(self._show_towns)
        self.keep = push_button(_("记下"), self._keep, primary=True)
        self.later = push_button(_("以后再说"), self._leave)
        self._lay_out()

    def _lay_out(self) -> None:
        title = Label(_("你是谁，管哪里？只问这一次，以后可以在“设置”里改。"))
        title.setFont(theme.font(1.0, bold=True))
        form = titled((_("姓名"), self.person), (_("所在区县"), self.home), (_("我的镇街"), self.towns))
        form.setHorizontalSpacing(theme.WIDE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        down(title, form, across(self.keep, self.later, REST), REST, on=self, gap=theme.WIDE, margins=ALL_AROUND)

    def _show_towns(self, district: str) -> None:
        self.towns.show_district(district, [])

    def _keep(self) -> None:
        person = self.person.text().strip()
        if person:
            write_laptop(read_laptop() | {"person": person})
            self._context.name_person(person)
        args = (self.home.uid, self.towns.towns(), self._context.author)
        self._written.write(_("已记下。"), keep_own, *args)
        self._leave()

    def _leave(self) -> None:
        note_asked(self._context.register.folder)
        self.leads.emit("home")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.person.setFocus()
