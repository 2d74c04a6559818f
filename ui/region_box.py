"""Choosing a district or a town: a list that can be typed into."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from models.language import _
from models.region import RegionIndex
from ui.search_combo import SearchCombo

_INDENT = "　"


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
    """Districts with their towns. ``chosen(str)`` brings the region's uid, "" for all of them."""

    def __init__(self, index: RegionIndex, parent: QWidget | None = None) -> None:
        """Every district and town of the register."""
        super().__init__(_("区划"), _("全部区划"), parent)
        self.setToolTip(_("按区县或镇街筛选，可以输入名称查找"))
        self.offer(region_choices(index))
