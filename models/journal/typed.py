"""What a person typed into the fields of a record, read by the kinds that the fields are declared with."""

import datetime as dt
from collections.abc import Mapping

from models.engine.record import Record
from models.errors import UnreadField, UserError
from models.language import _
from models.records.catalogue import stored_names
from models.values.columns import Plain, Stored, column_of


def typed(record: type[Record], given: Mapping[str, Plain], allowed: tuple[str, ...] = ()) -> dict[str, Stored]:
    """The stored values of typed ones, by declared field name. Stored values may be given too; they stay what they are.

    Regions and other records are not looked up. UserError names the field that the record does not have (or that is not
    among ``allowed``, where that is given), or whose value cannot be read.
    """
    names = allowed or tuple(stored_names(record))
    found: dict[str, Stored] = {}
    for name, plain in given.items():
        if name not in names:
            sentence = _("没有“{name}”这一项。可以写的有：{names}。")
            raise UserError(sentence.format(name=name, names=_("、").join(names)))
        column = column_of(record, name)
        parsed = column.kind.parse(plain)
        told = parsed.problem
        if told is not None and (told.level == "error" or parsed.unread):
            sentence = _("没有写入。“{title}”：{problem}。").format(title=column.title, problem=told.text.rstrip("。."))
            raise UnreadField(name, sentence)
        found[name] = parsed.value
    return found


def past_day(record: type[Record], name: str, plain: Plain, today: dt.date) -> str:
    """The typed day of something that has happened (ISO, as precise as it was typed), for a declared field.

    UserError when it is missing, cannot be read, or lies after today as far as it is known.
    """
    day = typed(record, {name: plain})[name]
    if day is None:
        raise UserError(_("请写明{title}。").format(title=column_of(record, name).title))
    happened(record, name, day, today)
    return str(day)


def happened(record: type[Record], name: str, day: Stored, today: dt.date) -> None:
    """UserError when the stored day of something that has happened lies after today as far as it is known."""
    if isinstance(day, str) and day > today.isoformat():
        sentence = _("{title} {day} 在今天之后，请核对。")
        raise UserError(sentence.format(title=column_of(record, name).title, day=day))
