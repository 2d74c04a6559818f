"""The work ledger as item models: its entries by their declarations, its kinds; what the entries add up to in words."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from models.language import _
from models.ledger.entries import WorkTotal
from models.ledger.kinds import SEPARATOR, WorkKind, seed_rows
from models.records.ledger import LedgerEntry
from models.values.columns import Column, columns_of
from models.values.kinds import PersonName
from models.values.money import Money
from ui.kit.list_model import ListModel, ShownColumn, text_column
from ui.kit.tables import shown_width, wide_enough

#: The fields that come first in the list; all others follow as they are declared.
_LEADING = ("date", "ledger_kind", "title", "quantity", "done", "people", "amount")
#: The fields in which names stand already, see ``models.ledger.entries.entries`` and ``models.sites.sites.sites``.
_NAMED = frozenset({"union", "region", "worker"})


def entry_columns(columns: Iterable[Column], kind: str, kinds: Sequence[str]) -> list[ShownColumn]:
    """The columns of entries, from their declarations; ``kind`` is the field of their kind, as wide as the longest ``kinds``."""

    def shown(column: Column) -> ShownColumn:
        def text(row: dict[str, Any]) -> str:
            value = row[column.name]
            if column.name == kind:
                return _(value or "")
            return str(value or "") if column.name in _NAMED else column.kind.show(value)

        width = wide_enough(column.width, kinds) if column.name == kind else shown_width(column)
        return ShownColumn(column.name, column.title, width, column.kind.align, text, lambda row: row[column.name],
                           isinstance(column.kind, PersonName))  # fmt: skip

    return [shown(column) for column in columns]


def entries_model(parent: QWidget) -> ListModel:
    """The entries, from the dicts of ``models.ledger.entries.entries``."""
    held = {column.name: column for column in columns_of(LedgerEntry)}
    names = [*_LEADING, *(name for name in held if name not in _LEADING)]
    kinds = [str(row["name"]) for row in seed_rows()]
    return ListModel(entry_columns([held[name] for name in names], "ledger_kind", kinds), parent)


def kinds_model(parent: QWidget, title: str, counts: bool) -> ListModel:
    """Kinds, from ``Kind`` objects; ``counts``: of work, with measures and fields of their own."""

    def in_use(kind: WorkKind) -> str:
        return _("是") if kind.active else _("停用", "state")

    own = [
        text_column("measures", _("另外计量"), 9, lambda kind: _("、").join(kind.measure_titles)),
        text_column("fields", _("自己的栏目"), 12, lambda kind: _("、").join(kind.field_titles)),
    ]
    return ListModel(
        [
            text_column("name", title, 10, lambda kind: _(kind.name)),
            text_column("unit", _("单位", "measure"), 4, lambda kind: _(kind.unit)),
            *(own if counts else ()),
            ShownColumn("entries", _("条数"), 4, "right", lambda kind: f"{kind.entries:,}", lambda kind: kind.entries),
            text_column("active", _("在用"), 4, in_use),
            text_column("aliases", _("其他叫法"), 16, lambda kind: SEPARATOR.join(kind.aliases)),
        ],
        parent,
    )


def totals_line(totals: Sequence[WorkTotal]) -> str:
    """What the listed entries add up to: how many, then each kind with its quantity and whatever else was counted."""
    entries = sum(each.entries for each in totals)
    return "　".join([_("共 {count:,} 条").format(count=entries), *map(_of_kind, totals)])


def _of_kind(each: WorkTotal) -> str:
    parts = [
        (each.done, _("办结 {done:,}").format(done=each.done)),
        (each.people, _("{people:,} 人次").format(people=each.people)),
        (each.amount, _("{amount} 元").format(amount=Money().show(each.amount))),
    ]
    said = _("，").join(text for number, text in parts if number)
    return f"{_(each.name)} {each.quantity:,} {_(each.unit)}" + (_("（{parts}）").format(parts=said) if said else "")
