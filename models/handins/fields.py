"""The fields that a column of an export template can hold: those of its records, and of what these refer to.

``name`` is a field of the form's records, ``employer.name``, ``union.parent`` and ``case.organizer`` one of the employer that
a person works at or a union is alone for, of a member's union, of an employer's case.
"""

from models.engine.record import Record
from models.errors import UserError
from models.language import _
from models.records.drive_case import DriveCase
from models.records.employer import Employer
from models.records.forms import FORMS
from models.records.union import Union
from models.values.columns import Column, column_of

#: Beside which rows another record may be asked.
BESIDE: dict[str, dict[str, type[Record]]] = {
    "workers": {"employer": Employer, "union": Union},
    "unions": {"employer": Employer},
    "employers": {"case": DriveCase},
}


def column_at(rows: str, field: str) -> Column:
    """The declaration of a field, by its name or as ``record.name``. UserError when there is none."""
    try:
        if "." in field:
            record, name = field.split(".", 1)
            return column_of(BESIDE[rows][record], name)
        return FORMS[rows].by_name[field].column
    except KeyError:
        known = [*FORMS[rows].by_name, *(f"{each}.…" for each in BESIDE[rows])]
        raise UserError(_("没有“{name}”这一项。可以写的有：{names}。").format(name=field, names=_("、").join(known))) from None


def split_field(field: str) -> tuple[str, str]:
    """The record beside ("" for the row's own) and the name of a field."""
    record, dot, name = field.rpartition(".")
    return (record, name) if dot else ("", field)
