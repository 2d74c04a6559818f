"""Things that stand as an item model, by their declarations; how many there are in words."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from models.language import _
from models.records.site import Site
from models.sites.kinds import seed_rows
from models.sites.sites import SiteTotal
from models.values.columns import columns_of
from ui.kit.list_model import ListModel
from ui.ledger.tables import entry_columns


def sites_model(parent: QWidget) -> ListModel:
    """The things, from the dicts of ``models.sites.sites.sites``."""
    return ListModel(entry_columns(columns_of(Site), "site_kind", [str(row["name"]) for row in seed_rows()]), parent)


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
