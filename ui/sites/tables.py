"""Things that stand as an item model, by their declarations; how many there are in words."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from models.language import _
from models.records.site import Site
from models.sites.kinds import seed_rows
from models.sites.sites import SiteTotal
from models.values.columns import Column, columns_of
from ui.kit.list_model import ListModel, ShownColumn
from ui.kit.tables import shown_width, wide_enough

#: The fields in which names stand already, see ``models.sites.sites.sites``.
_NAMED = frozenset({"site_kind", "union", "region"})
_FIRST_KINDS = tuple(str(row["name"]) for row in seed_rows())


def _declared(column: Column) -> ShownColumn:
    def text(row: dict[str, Any]) -> str:
        value = row[column.name]
        if column.name == "site_kind":
            return _(value or "")
        return str(value or "") if column.name in _NAMED else column.kind.show(value)

    width = wide_enough(column.width, _FIRST_KINDS) if column.name == "site_kind" else shown_width(column)
    return ShownColumn(column.name, column.title, width, column.kind.align, text, lambda row: row[column.name])


def sites_model(parent: QWidget) -> ListModel:
    """The things, from the dicts of ``models.sites.sites.sites``."""
    return ListModel([_declared(column) for column in columns_of(Site)], parent)


def totals_line(totals: Sequence[SiteTotal]) -> str:
    """How many of each kind stand, and of how many a day is not known."""
    return "　".join(_of_kind(each) for each in totals if each.quantity or each.unknown)


def _of_kind(each: SiteTotal) -> str:
    parts = [
        (each.undated, _("启用日期不明 {count:,}").format(count=each.undated)),
        (each.unknown, _("停用日期不明 {count:,} 条").format(count=each.unknown)),
    ]
    said = _("，").join(text for number, text in parts if number)
    return f"{_(each.name)} {each.quantity:,} {_(each.unit)}" + (_("（{parts}）").format(parts=said) if said else "")
