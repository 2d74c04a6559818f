"""Columns that become own fields (自有字段): what a decision about an import says, made a field of the register.

A plan writes nothing: with ``--plan`` the fields are only known while it lasts. Otherwise they are made first, as a batch of
their own; the columns then go to them as to any other field.
"""

from collections.abc import Sequence
from dataclasses import replace

from importers.columns.own_kind import likely
from importers.rows.decisions import Decisions
from importers.rows.understanding import SheetView
from models.editing.own_fields import NewField, checked, own_fields
from models.errors import UserError
from models.language import _
from models.records.catalogue import kind_of
from models.records.forms import FORMS
from models.values.codes import fold


def wished(view: SheetView, index: int, name: str, kind: str = "", options: Sequence[str] = ()) -> NewField:
    """The own field that a column of a sheet becomes; what is not said follows from what is written in it.

    UserError for a list whose records have no own fields, and as ``models.editing.own_fields.checked``.
    """
    record = kind_of(FORMS[view.kind].main) if view.kind else ""
    found = likely(view.written(index))
    kind = kind or found.kind
    labels = tuple(options) or found.options
    if kind == "choice" and not labels:
        labels = tuple(dict.fromkeys(" ".join(str(cell).split()) for cell in view.written(index)))
    return checked(NewField(record, name, kind, labels))


def settled(views: Sequence[SheetView], decisions: Decisions) -> tuple[Decisions, list[NewField]]:
    """The decisions with these columns sent to their fields, and the fields that are to be made for it.

    A field of the name that is there already takes the column. UserError for a sheet or a column that is not there.
    """
    held = {(each.record, fold(each.name)): each.field for each in own_fields() if each.active}
    by_key = {view.key: view for view in views}
    new: list[NewField] = []
    for key, columns in decisions.own.items():
        view = by_key.get(key)
        if view is None or view.kind is None:
            raise UserError(_("没有导入工作表“{sheet}”，它的列不能成为自有字段。").format(sheet=key[1]))
        record = kind_of(FORMS[view.kind].main)
        for index, wish in columns.items():
            name = held.get((record, fold(wish["name"])))
            if name is None:
                new.append(wished(view, index, wish["name"], wish.get("kind", ""), wish.get("options", ())))
                name = held[record, fold(wish["name"])] = new[-1].field
            decisions = decisions.with_mapping(key, index, name)
    return replace(decisions, own={}), new
