"""Choosing a district or a town: a list that can be typed into; what whoever works here looks after comes first."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from models.language import _
from models.values.region_index import Area, RegionIndex
from ui.kit.catching_up import CatchingUp
from ui.kit.own_towns import OwnTowns
from ui.kit.search_combo import SearchCombo

_INDENT = "　"
#: In place of a uid: all the towns of whoever works here.
MINE = "mine"


def region_choices(index: RegionIndex, regions: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """(uid, name) of districts, each followed by its towns, indented; None offers all, else these and their districts."""
    towns = index.towns()
    asked = None if regions is None else {each for uid in regions for each in (index.district_of(uid), index.town_of(uid))}
    choices = []
    for district in towns if asked is None else [each for each in towns if each in asked]:
        choices.append((district, index.name(district)))
        choices += [(town, _INDENT + index.name(town)) for town in towns[district] if asked is None or town in asked]
    return choices


class RegionBox(SearchCombo):
    """Districts with their towns. ``chosen(str)`` brings the region's uid, MINE, or "" for all of them.

    Where it is given the towns that whoever works here looks after, they come first as one choice. It then begins with what
    the window looks at, follows the window's switch (when it is seen again, if it is not seen), and turns the switch when a
    person chooses the towns or everything here: wherever it is chosen, it holds for all pages.
    """

    def __init__(self, index: RegionIndex, own: OwnTowns | None = None, parent: QWidget | None = None) -> None:
        """Every district and town of the register."""
        super().__init__(_("区划"), _("全部区划"), parent)
        self._index, self._own = index, own
        self._told: Area = ""
        self._catching_up = CatchingUp(self, self.settle, behind=False)
        self.setToolTip(_("按区县或镇街筛选，可以输入名称查找"))
        self.offer_anew()
        if own is not None:
            self.choose_usual()
            self.chosen.connect(self._switch)
            own.switched.connect(self._follow)

    def offer_anew(self) -> None:
        """Offer what the register's regions are now."""
        count = len(self._own.towns) if self._own else 0
        own = [(MINE, _("我的镇街（{count}）").format(count=count))] if count else []
        self.offer([*own, *region_choices(self._index)])

    @property
    def area(self) -> Area:
        """What is chosen, as what figures are asked for; "" for everything."""
        return self._own.mine if self._own and self.uid == MINE else self.uid

    def below(self) -> frozenset[str]:
        """The uids of what is chosen and all that lies in it; empty when everything is."""
        return self._index.below(self.area) if self.area else frozenset()

    def choose(self, uid: str) -> None:
        """Choose an entry by its uid, the first one when there is none such, without telling; here alone."""
        super().choose(uid)
        self._told, self._catching_up.behind = self.area, False

    def choose_usual(self) -> None:
        """Choose what the window looks at, without telling."""
        self.choose(MINE if self._own and self._own.only else "")

    def settle(self) -> None:
        """Choose what the window looks at, and tell if that is something else than before."""
        before = self._told
        self.choose_usual()
        if self.area != before:
            self._tell()

    def _tell(self) -> None:
        self._told = self.area
        super()._tell()

    def _switch(self, uid: str) -> None:
        if self._own is not None and uid in ("", MINE):
            self._own.switch(uid == MINE)

    def _follow(self) -> None:
        self.offer_anew()
        self._catching_up.fall_behind()
