"""Choosing a district or a town: a list that can be typed into."""

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QWidget

from models.language import _
from models.region import RegionIndex
from ui.search_combo import SearchCombo

_INDENT = "　"
#: In place of a uid: all the towns of whoever works here.
MINE = "mine"


def region_choices(index: RegionIndex, regions: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """(uid, name) of districts, each followed by its towns, indented; None offers all, else these and their districts."""
    towns: dict[str, set[str]] = {}
    for uid in index.entries if regions is None else regions:
        district, town = index.district_of(uid), index.town_of(uid)
        if district:
            towns.setdefault(district, set()).update({town} if town else ())
    order = {uid: place for place, uid in enumerate(index.entries)}
    choices = []
    for district in sorted(towns, key=order.__getitem__):
        choices.append((district, index.name(district)))
        choices += [(town, _INDENT + index.name(town)) for town in sorted(towns[district], key=order.__getitem__)]
    return choices


class RegionBox(SearchCombo):
    """Districts with their towns. ``chosen(str)`` brings the region's uid, "" for all of them.

    Where it is given the towns that whoever works here looks after, they come first as one choice.
    """

    def __init__(self, index: RegionIndex, parent: QWidget | None = None) -> None:
        """Every district and town of the register."""
        super().__init__(_("区划"), _("全部区划"), parent)
        self._index = index
        self._mine: list[str] = []
        self.setToolTip(_("按区县或镇街筛选，可以输入名称查找"))
        self.offer_anew()

    def offer_anew(self, mine: Sequence[str] | None = None) -> None:
        """Offer what the register's regions are now; ``mine`` are the towns (uids) of whoever works here."""
        if mine is not None:
            self._mine = [uid for uid in mine if uid in self._index.entries]
        own = [(MINE, _("我的镇街（{count}）").format(count=len(self._mine)))] if self._mine else []
        self.offer([*own, *region_choices(self._index)])

    def below(self) -> frozenset[str]:
        """The uids of what is chosen and all that lies in it; empty when everything is."""
        chosen = self._mine if self.uid == MINE else [self.uid] if self.uid else []
        return frozenset().union(*(self._index.below(uid) for uid in chosen))
