"""The regions in the settings: communities, parks and buildings below a town, new names, and where many people work."""

from functools import partial

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from models.editing import regions
from models.editing.regions import LOCAL_LEVELS, Spot, level_title
from models.language import _
from models.records.setting import setting
from models.values.region_index import SEPARATOR
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.context import Context
from ui.kit.lines import down, line
from ui.kit.list_model import ListModel, ShownColumn, text_column
from ui.kit.plain import Label
from ui.kit.region_box import RegionBox
from ui.kit.row_and_form import RowAndForm
from ui.kit.written import Written
from ui.settings.names_editor import short_list
from ui.settings.sections import told

_SHOWS = {"region", "region_parent"}
_ROWS_SHOWN = 7
_INDENT = "　"


class RegionsSettings(QWidget):
    """Choose a district or a town, see what lies in it, change the one that is chosen, or add one below it."""

    def __init__(self, context: Context) -> None:
        """The home district is chosen, if there is one."""
        super().__init__()
        self._context = context
        self._written = Written(context, self)
        self.box = RegionBox(context.index)
        self.box.setToolTip(_("先选一个区县或镇街"))
        self.box.chosen.connect(self._choose_box)
        self.model = _model(self)
        self.table = short_list(_("区划"), self.model, _ROWS_SHOWN)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.rows = RowAndForm(
            context, self.table, self.model, lambda spot: spot.uid, self._show, lambda: self.dirty, self._named,
        )  # fmt: skip
        self.name, self.added = QLineEdit(), QLineEdit()
        self.dense = QCheckBox(_("就业密集"))
        self.dense.setToolTip(_("许多人在这里上班：这一级应当有工会"))
        self.save = push_button(_("保存区划"), self._save)
        self.add = push_button(_("增加", "button"), self._add)
        self.level = choice_box(_("级别"), [(level_title(level), level) for level in LOCAL_LEVELS])
        self.under = Label(role="secondary")
        self.added.returnPressed.connect(self._add)
        self._lay_out()
        home = str(setting("home_district"))
        self.box.choose((context.index.resolve(home).uid or "") if home else "")
        self._shown, self._within = self._state(), ""
        self._choose_box(self.box.uid)
        context.changes.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        for field, title in ((self.name, _("区划名称")), (self.added, _("新的区划名称"))):
            field.setMinimumWidth(240)
            field.setAccessibleName(title)
        changing = line(self.name, self.dense, self.save)
        adding = line(self.under, self.level, self.added, self.add)
        down(line(self.box, told(_("先选一个区县或镇街，下面列出它里面的镇街、社区、园区、楼宇。"))), self.table, changing, adding, on=self)

    def _choose_box(self, uid: str) -> None:
        """Show what lies in a region (uid, "" for none): of another one only after a question about what is typed."""
        if uid != self._within and self.rows.asks_first(partial(self._go_to, uid)):
            self.box.choose(self._within)
            return
        self._go_to(uid)

    def _go_to(self, uid: str) -> None:
        self.box.choose(uid)
        self._within = uid
        self.model.show_items(regions.spots(uid, self._context.index) if uid else [])
        self.rows.put(self.model.items[0].uid if self.model.items else "")

    @property
    def dirty(self) -> bool:
        """True when a name was typed that is not saved, of the region that is chosen or of one to be added."""
        return self._state() != self._shown

    def _named(self) -> str:
        return self.name.text().strip() or self.added.text().strip()

    def _state(self) -> tuple[str, bool, str]:
        """What stands in the fields."""
        return (self.name.text(), self.dense.isChecked(), self.added.text())

    def _chosen(self) -> Spot | None:
        return next((each for each in self.model.items if self.rows.uid and each.uid == self.rows.uid), None)

    def _show(self, spot: Spot | None) -> None:
        for widget in (self.name, self.dense, self.save):
            widget.setEnabled(spot is not None)
        within = spot is not None and self._context.index.town_of(spot.uid) is not None
        for below in (self.level, self.added, self.add):
            below.setEnabled(within)
        self.name.setText(spot.name if spot else "")
        self.dense.setChecked(spot is not None and spot.dense)
        under = _("在“{name}”下面增加").format(name=spot.name) if spot and within else _("选一个镇街，就可以在它下面增加")
        self.under.setText(under)
        self.added.clear()
        self._shown = self._state()

    def _kept(self) -> None:
        """The name that stands in the field is written."""
        self._shown = (self.name.text(), self.dense.isChecked(), self._shown[2])

    def _was_added(self) -> None:
        """The new name is written; what is typed of the region above it stays."""
        self.added.clear()

    def _save(self) -> None:
        spot = self._chosen()
        if spot is not None:
            said = _("已改好区划“{name}”。").format(name=self.name.text().strip())
            args = (spot.uid, self._context.author, self._context.index)
            dense = self.dense.isChecked()
            self._written.write(said, regions.change_region, *args, then=self._kept, name=self.name.text(), dense=dense)

    def _add(self) -> None:
        spot = self._chosen()
        if spot is not None:
            name = self.added.text().strip()
            args = (name, self.level.currentData(), spot.uid, self._context.author, self._context.index)
            said = _("已增加区划“{name}”。").format(name=name)
            self._written.write(said, regions.add_region, *args, then=self._was_added)

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & _SHOWS:
            self.box.offer_anew()
            self.model.show_items(regions.spots(self._within, self._context.index) if self._within else [])
            self.rows.follow()


def _model(parent: QWidget) -> ListModel:
    def place(spot: Spot) -> str:
        return _INDENT * spot.depth + spot.name

    def aliases(spot: Spot) -> str:
        return SEPARATOR.join(spot.aliases)

    return ListModel(
        [
            ShownColumn("name", _("区划名称"), 14, "left", place, lambda spot: spot.name),
            ShownColumn("level", _("级别"), 6, "left", lambda spot: level_title(spot.level), lambda spot: spot.level),
            ShownColumn(
                "dense",
                _("就业密集"),
                5,
                "center",
                lambda spot: _("是") if spot.dense else "",
                lambda spot: not spot.dense,
            ),
            text_column("aliases", _("其他名称"), 16, aliases),
        ],
        parent,
    )
