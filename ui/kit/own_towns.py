"""The towns of whoever works here as what everything counts by default, and the switch between them and everything."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from models.language import _
from models.records.setting import setting
from models.values.region_index import SEPARATOR, Area, RegionIndex
from ui.kit.lines import across
from ui.kit.plain import tip


class OwnTowns(QObject):
    """Which towns whoever works here looks after, and whether only they are looked at now; kept until the window closes.

    ``switched()`` when either changed. Without towns everything is looked at.
    """

    switched = Signal()

    def __init__(self, index: RegionIndex) -> None:
        """As the register's settings say: only the towns, where there are any."""
        super().__init__()
        self._index = index
        self.towns = self._read()
        self.only = bool(self.towns)

    def _read(self) -> tuple[str, ...]:
        return tuple(uid for uid in setting("my_towns") if uid in self._index.entries)

    @property
    def mine(self) -> Area:
        """The towns as what figures are asked for, "" without any."""
        return self.towns[0] if len(self.towns) == 1 else self.towns or ""

    @property
    def area(self) -> Area:
        """What is looked at now: the towns, "" for everything."""
        return self.mine if self.only else ""

    @property
    def names(self) -> str:
        """The towns by name."""
        return SEPARATOR.join(self._index.name(uid) for uid in self.towns)

    def switch(self, only: bool) -> None:
        """Look at the towns only, or at everything."""
        only = only and bool(self.towns)
        if only != self.only:
            self.only = only
            self.switched.emit()

    def read_anew(self, kinds: set[str]) -> None:
        """Follow the register's settings; towns that were just named are looked at."""
        towns = self._read() if "setting" in kinds else self.towns
        if towns != self.towns:
            self.only = bool(towns) and (self.only or not self.towns)
            self.towns = towns
            self.switched.emit()


class OwnSwitch(QWidget):
    """我的镇街 | 全部. ``pressed(bool)`` when a person pressed either: true for the towns. Hidden without towns."""

    pressed = Signal(bool)

    def __init__(self, own: OwnTowns) -> None:
        """The switch of a window."""
        super().__init__()
        self._own = own
        self.mine, self.everything = QPushButton(_("我的镇街")), QPushButton(_("全部"))
        self._group = QButtonGroup(self)
        row = across(on=self, gap=0)
        for button in (self.mine, self.everything):
            button.setCheckable(True)
            button.setProperty("legend", True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button)
            row.addWidget(button)
        self.everything.setToolTip(_("看登记册里的全部区划"))
        self._wanted = False  # until it lies in the window: shown before, it would be a window of its own
        self._group.buttonClicked.connect(self._press)
        own.switched.connect(self.show_state)
        self.show_state()

    def show_for(self, wanted: bool) -> None:
        """Show the switch on a page that looks at places, and only there."""
        self._wanted = wanted
        self.show_state()

    def show_state(self) -> None:
        """Show what is looked at."""
        (self.mine if self._own.only else self.everything).setChecked(True)
        self.mine.setToolTip(tip(_("只看我的镇街：{names}").format(names=self._own.names)))
        self.setVisible(self._wanted and bool(self._own.towns))

    def _press(self) -> None:
        self._own.switch(self.mine.isChecked())
        self.pressed.emit(self.mine.isChecked())
