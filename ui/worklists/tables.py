"""The table of a working list: who is on it, its boxes, its days, its notes."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from models.records.worker import Worker
from models.values.columns import Column, column_of
from models.values.masking import showers
from models.worklists.lists import WorklistHead
from ui.kit.list_model import ListModel, ShownColumn

#: Of each kind of entry the columns that stand before the boxes; a short name has room for a long one.
_NAME = 7
_BEFORE = {
    "workers": ("name", "phone", "employer"), "unions": ("name", "region", "chair", "phone"),
    "employers": ("name", "region", "contact", "phone"),
}  # fmt: skip


def entries_model(head: WorklistHead | None, columns: Sequence[Column], parent: QWidget) -> ListModel:
    """The table of a list, from the rows of ``models.worklists.entries``; phones are covered."""
    if head is None:
        return ListModel([_shown(column_of(Worker, "name"))], parent)
    by_name = {column.name: column for column in columns}
    own = [column.name for column in head.columns]
    return ListModel([_shown(by_name[name]) for name in (*_BEFORE[head.rows], *own) if name in by_name], parent)


def _shown(column: Column) -> ShownColumn:
    (show,) = showers([column], masked=True)
    name = column.name
    boxed = name.startswith("ticked")

    def text(row: dict[str, Any]) -> str:
        return show(row.get(name))

    def key(row: dict[str, Any]) -> Any:
        return (row.get(name) or 0) if boxed else text(row)

    width = max(column.width, _NAME) if name == "name" else column.width
    return ShownColumn(name, column.title, width, column.kind.align, text, key)
