"""The tables of exchange: what is to be decided, the other laptops, packages, and what one of them brings."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from models.exchange.conflicts import KEEP, REMOVE
from models.language import _
from models.lists.step_names import batch_word
from ui.history.model import kind_word
from ui.kit.list_model import ListModel, ShownColumn, text_column
from ui.kit.tables import UNKNOWN


def _number(name: str, title: str, width: int, get: Callable[[Any], int | None]) -> ShownColumn:
    return ShownColumn(name, title, width, "right", lambda each: UNKNOWN if get(each) is None else f"{get(each):,}", get)


def moment(at: str) -> str:
    """A point of time as people read it, to the minute."""
    return at[:16].replace("T", " ")


def side_text(value: Any) -> str:
    """What one side says: a value, a dash where it is empty, that a record is gone or stays."""
    words = {"removed": _("去掉了"), "kept": _("留着")}
    return UNKNOWN if value is None or value == "" else words.get(str(value), str(value))


def conflicts_model(parent: QWidget) -> ListModel:
    """What is to be decided, from ``OpenConflict`` objects."""
    columns = [
        text_column("name", _("名称"), 6, lambda each: each.words.name or UNKNOWN),
        text_column("field", _("字段"), 5, lambda each: each.words.title),
        text_column("mine", _("一边写的"), 8, lambda each: side_text(each.words.mine)),
        text_column("theirs", _("另一边写的"), 8, lambda each: _("；").join(map(side_text, each.words.theirs))),
        text_column("kind", _("类别"), 5, lambda each: kind_word(each.conflict.kind)),
    ]
    return ListModel(columns, parent)


def laptops_model(parent: QWidget) -> ListModel:
    """The other laptops, from ``MetLaptop`` objects."""
    columns = [
        text_column("person", _("交来过的人"), 8, lambda each: each.person),
        text_column("device", _("设备"), 12, lambda each: each.device),
        text_column("at", _("最近一次收下"), 10, lambda each: moment(each.at)),
        _number("lacks", _("对方还没有的条数"), 9, lambda each: each.lacks),
    ]
    return ListModel(columns, parent)


def packages_model(parent: QWidget) -> ListModel:
    """Packages that were given and taken, from ``PastPackage`` objects."""
    words = {"give": _("交出"), "take": _("收下")}
    columns = [
        text_column("way", _("交换"), 3, lambda each: words[each.crossing.way]),
        text_column("at", _("时间"), 9, lambda each: moment(each.crossing.at)),
        text_column("person", _("谁交的"), 6, lambda each: each.crossing.person),
        text_column("file", _("文件"), 12, lambda each: each.crossing.file),
        text_column("what", _("里面有"), 14, lambda each: contents_told(each.crossing.way, each.crossing.told)),
        _number("batch", _("批次"), 4, lambda each: each.batch),
    ]
    return ListModel(columns, parent)


def contents_told(way: str, told: dict[str, Any]) -> str:
    """What was given, or what came, in one line."""
    if way == "give":
        said = _("{batches:,} 个批次，{entries:,} 条").format(batches=told.get("batches", 0), entries=told.get("entries", 0))
        return said + (_("，交给 {name}").format(name=told["to"]) if told.get("to") else "")
    counts = {name: int(told.get(name, 0)) for name in ("new", "changed", "gone", "conflicts")}
    if not any(counts.values()):
        return _("没有新内容")
    return _("新的 {new:,}、改了 {changed:,}、去掉 {gone:,}、写得不一样 {conflicts:,}").format(**counts)


def batches_model(parent: QWidget) -> ListModel:
    """What a package would hold, from ``PastBatchLine`` objects."""
    columns = [
        text_column("at", _("时间"), 9, lambda each: moment(each.at)), text_column("person", _("谁做的"), 6, lambda each: each.person),
        text_column("what", _("做了什么"), 18, lambda each: each.what or batch_word("")),
    ]  # fmt: skip
    return ListModel(columns, parent)


def records_model(parent: QWidget, said: str) -> ListModel:
    """Records that a package brings, from ``BroughtRecord`` objects; ``said``: the title of what is said of each."""
    columns = [
        text_column("kind", _("类别"), 6, lambda each: kind_word(each.kind)),
        text_column("name", _("名称"), 16, lambda each: each.name or UNKNOWN),
        text_column("said", said, 24, lambda each: each.said),
    ]  # fmt: skip
    return ListModel(columns, parent)


def alike_model(parent: QWidget) -> ListModel:
    """Records that may be one, from (PerhapsSame, what came, what it may be, why) tuples."""
    columns = [
        text_column("kind", _("类别"), 6, lambda each: kind_word(each[0].kind)),
        text_column("left", _("对方交来的"), 16, lambda each: each[1]), text_column("right", _("可能和它是同一个"), 16, lambda each: each[2]),
        text_column("why", _("为什么"), 10, lambda each: each[3]),
    ]  # fmt: skip
    return ListModel(columns, parent)


def whole_choices() -> tuple[tuple[str, str], ...]:
    """What a person can say of a record that was removed on one laptop and changed on another: word and answer."""
    return (_("留下这条记录"), KEEP), (_("去掉这条记录"), REMOVE)
