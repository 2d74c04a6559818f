"""Entries of the trail as a list: in the settings all of them, in the print log what left the register."""

from PySide6.QtWidgets import QWidget

from models.language import _
from models.trail.reading import PastEntry
from models.trail.words import word
from ui.kit.list_model import ListModel, ShownColumn, text_column


def entries_model(parent: QWidget, *, handed_out: bool = False) -> ListModel:
    """A list of :class:`PastEntry`; ``handed_out``: to whom and what for stand apart."""

    def number(each: PastEntry) -> str:
        return str(each.number) if each.number else _("以前的记录")

    def rows(each: PastEntry) -> str:
        return "" if each.rows is None else f"{each.rows:,}"

    def act(each: PastEntry) -> str:
        return word(each.act)

    given = [text_column("given", _("交给谁、做什么用"), 10, lambda each: each.given)]
    if handed_out:
        given = [
            text_column("recipient", _("交给谁"), 8, lambda each: each.recipient),
            text_column("purpose", _("做什么用"), 9, lambda each: each.purpose),
        ]  # fmt: skip
    return ListModel(
        [
            ShownColumn("number", _("编号"), 5, "right", number, lambda each: each.number),
            ShownColumn("at", _("时间"), 10, "center", lambda each: each.when, lambda each: each.at),
            text_column("person", _("谁"), 6, lambda each: each.person),
            text_column("act", _("做了什么"), 7, act),
            text_column("about", _("内容"), 11, lambda each: each.about),
            ShownColumn("rows", _("行数"), 4, "right", rows, lambda each: each.rows),
            text_column("numbers", _("号码"), 4, lambda each: each.numbers),
            *given,
            text_column("file", _("文件"), 14, lambda each: each.file),
        ],
        parent,
    )
