"""Whose list a sheet is, where no column says so: the 填报单位 line, else a known name in the title, else the sheet's name."""

import re

from importers.plan.world import Units, World
from importers.rows.understanding import SheetView
from models.language import _
from models.values.cleaning import normal_name

_HAN = re.compile(r"[\u4e00-\u9fff]")
#: Columns that say it for each row.
_SAID_BY = ("employer", "union")


def organization(view: SheetView, world: World, notes: list[str]) -> str:
    """The full name of the employer or union that all rows of a roster belong to, or who keeps a ledger, or "".

    A name taken from the title or from the sheet's name is told in ``notes``, for it was nobody's statement.
    """
    if view.header is None or view.mapping is None or view.kind not in ("workers", "officers", "ledger", "sites"):
        return ""
    if view.header.organization or view.kind in ("ledger", "sites"):
        return view.header.organization
    if any(view.mapping.of(name) is not None for name in _SAID_BY):
        return ""
    found = _named_in(view.header.title, world)
    if found:
        notes.append(_("按标题认定单位：{name}").format(name=found))
        return found
    found = _called(view.sheet, world.employers)
    if found:
        notes.append(_("按工作表名认定单位：{name}，请核对").format(name=found))
    return found


def _named_in(title: str, world: World) -> str:
    """The longest known name within a title; a union's name beats the employer's that it contains."""
    text = normal_name(title)
    if not text:
        return ""
    known = [name for units in (world.unions, world.employers) for name in units.by_name if name and name in text]
    if not known:
        return ""
    longest = max(known, key=len)
    for units in (world.unions, world.employers):
        if units.by_name.get(longest):
            return str(units.held[units.by_name[longest][0]]["name"])
    return ""


def _called(sheet: str, employers: Units) -> str:
    """The one employer whose name is, or contains, the sheet's name of two and more Chinese characters."""
    wanted = normal_name(sheet)
    if len(_HAN.findall(wanted)) < 2:
        return ""
    uids = employers.by_name.get(wanted) or [uid for name, each in employers.by_name.items() if wanted in name for uid in each]
    alike = dict.fromkeys(uids)
    return str(employers.held[next(iter(alike))]["name"]) if len(alike) == 1 else ""
