"""Own fields (自有字段): what a register keeps of workers, employers and unions besides the declared fields.

Each is declared once, by a row of this table; ``models/journal/learning.py`` puts the declarations beside those of the record
classes, so that whatever iterates ``columns_of`` has them too. Their values stand in one JSON column of each record, by the
declaration's uid (``models/engine/own_values.py``), and in the log like those of any field.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from models.engine.record import Record
from models.language import N_
from models.own_names import OWN, own_name
from models.values.codes import CodeList, wordings
from models.values.columns import Column, Kind, declare
from models.values.kinds import Choice, Count, Day, Text, YesNo
from models.values.own_kinds import OwnNumber, OwnText
from models.values.taught import taught

#: Between several options in one text.
SEPARATOR = "、"
#: The kinds that an own field can have, and what they are called.
KINDS: dict[str, str] = {
    "text": N_("文字"), "number": N_("数字"), "day": N_("日期"), "yes-no": N_("是否"), "choice": N_("选项"),
}  # fmt: skip
#: The records that can have own fields, by table.
BEARERS = ("worker", "employer", "union")
_WIDEST = 12


class OwnField(Record):
    """The declaration of an own field. ``record``: the table it belongs to; ``kind``: a key of :data:`KINDS`.

    ``options`` are the labels of a choice, joined by 、; ``old_options`` those that are read and shown, but no longer offered.
    """

    record = declare(Text(), "属于")
    name = declare(Text(), "字段名称", required=True)
    kind = declare(Text(), "内容")
    options = declare(Text(), "选项")
    old_options = declare(Text(), "不再使用的选项")
    place = declare(Count(), "次序")
    retired = declare(YesNo(), "已停用")


def parts(text: str | None) -> list[str]:
    """The single options of a text."""
    return [each for each in (text or "").split(SEPARATOR) if each]


def kind_called(kind: str, name: str, options: Sequence[str] = (), old: Sequence[str] = ()) -> Kind:
    """The kind of value of an own field. KeyError for a kind that there is not."""
    if kind == "choice":
        codes = CodeList(OWN + name, (), {})
        codes.given = wordings(dict.fromkeys((*options, *old), ()), set(old))
        return Choice(codes)
    kinds: dict[str, type[Kind]] = {"text": OwnText, "number": OwnNumber, "day": Day, "yes-no": YesNo}
    return kinds[kind]()


def column(row: Any) -> Column:
    """The declaration that a row of the table (or whatever has its fields) stands for."""
    kind = kind_called(row.kind, row.name, parts(row.options), parts(row.old_options))
    width = min(max(len(row.name), 7 if row.kind == "day" else 5), _WIDEST)
    return Column(row.name, kind, width=width, name=own_name(row.uid), retired=bool(row.retired))


def rows() -> list[Any]:
    """The own fields of the open register in their order, those no longer offered too."""
    return list(OwnField.select().order_by(OwnField.place, OwnField.id))


def told(besides: Sequence[Any] = ()) -> tuple[tuple[tuple[Any, ...], ...], Mapping[str, tuple[Column, ...]]]:
    """The own fields of the open register: the rows that declare them, and table → columns.

    ``besides``: such as are not in the register yet. What was taught already is not built anew after each batch.
    """
    held = [*rows(), *besides]
    names = ("record", "uid", "name", "kind", "options", "old_options", "retired")
    said = tuple(tuple(getattr(row, name) for name in names) for row in held)
    if said == taught().own_told:
        return said, taught().own
    found: dict[str, list[Column]] = {}
    for row in held:
        if row.record in BEARERS and row.kind in KINDS:
            found.setdefault(row.record, []).append(column(row))
    return said, {record: tuple(columns) for record, columns in found.items()}
