"""What a person typed into the fields of a record, read by the kinds that the fields are declared with."""

from collections.abc import Mapping

from models.columns import Plain, Stored, column_of
from models.errors import UserError
from models.language import _
from models.record import Record
from models.records import stored_names


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
        if told is not None and (told.level == "error" or parsed.value is None):
            raise UserError(_("没有写入。“{title}”：{problem}。").format(title=column.title, problem=told.text.rstrip("。.")))
        found[name] = parsed.value
    return found
