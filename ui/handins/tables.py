"""The tables of what is handed up: its rows, what would be refused, what was handed up."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from models.language import _
from ui.kit.list_model import ListModel, ShownColumn, text_column
from ui.kit.tables import UNKNOWN


def _number(name: str, title: str, width: int, get: Callable[[Any], int]) -> ShownColumn:
    return ShownColumn(name, title, width, "right", lambda each: f"{get(each):,}", get)


def rows_model(parent: QWidget, *, answered: bool = False) -> ListModel:
    """What would be handed up, from (row, state) pairs; ``answered``: what was, with their answers, from ``PastRow``."""
    if answered:
        columns = [
            text_column("called", _("记录"), 10, lambda each: each.called or UNKNOWN),
            text_column("result", _("是否成功"), 5, lambda each: _(each.result)),
            text_column("reason", _("错误原因"), 14, lambda each: each.reason),
        ]
        return ListModel(columns, parent)
    columns = [
        text_column("called", _("记录"), 24, lambda each: each[0].called), text_column("state", _("和上次比"), 8, lambda each: each[1]),
    ]  # fmt: skip
    return ListModel(columns, parent)


def refused_model(parent: QWidget) -> ListModel:
    """What would be refused, from ``Refused`` objects."""
    columns = [
        text_column("called", _("记录"), 14, lambda each: each.called), text_column("column", _("栏目"), 12, lambda each: each.title),
        text_column("why", _("怎么改"), 20, lambda each: each.why),
    ]  # fmt: skip
    return ListModel(columns, parent)


def past_model(parent: QWidget) -> ListModel:
    """What was handed up, from ``PastSubmission`` objects."""
    columns = [
        text_column("date", _("上报日期"), 7, lambda each: each.date),
        text_column("scope", _("范围"), 8, lambda each: each.scope or _("全部")),
        _number("rows", _("行数"), 4, lambda each: each.rows), _number("taken", _("成功"), 4, lambda each: each.taken),
        _number("failed", _("失败"), 4, lambda each: each.failed), text_column("file", _("文件"), 12, lambda each: each.file),
    ]  # fmt: skip
    return ListModel(columns, parent)
