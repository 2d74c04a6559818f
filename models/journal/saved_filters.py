"""Filters of the lists under names of their own: kept in the register, so that a copy of it brings them along."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from models.engine import database
from models.errors import UserError
from models.journal.log import to_json
from models.journal.writer import Author, batch, number_of
from models.language import _
from models.records.saved_filter import SavedFilter
from models.uid import new_uid
from models.values.name_order import in_order

#: What a filter consists of: names and values that the list's page understands.
Parts = Mapping[str, str | bool]


@dataclass(frozen=True)
class Saved:
    """A saved filter: its uid, its name, and its parts."""

    uid: str
    name: str
    parts: Parts


def saved_filters(page: str) -> list[Saved]:
    """The filters of a list ("workers", "unions" …), by name."""
    rows = SavedFilter.select().where(SavedFilter.page == page).order_by(SavedFilter.id)
    return in_order((Saved(row.uid, row.name, json.loads(row.choice)) for row in rows), lambda each: each.name)


def save_filter(page: str, name: str, parts: Parts, author: Author) -> int | None:
    """Keep a filter under a name; one of the same name is replaced. Returns the batch's number, None for no change.

    UserError for an empty name.
    """
    name = " ".join(name.split())
    if not name:
        raise UserError(_("请给这个筛选起个名字。"))
    text = to_json(dict(sorted(parts.items())))
    old = SavedFilter.get_or_none(SavedFilter.page == page, SavedFilter.name == name)
    with batch("edit", author, {"filter": name}) as writer:
        if old is None:
            writer.create(SavedFilter, {"uid": new_uid(), "page": page, "name": name, "choice": text})
        elif old.choice != text:
            writer.update(SavedFilter, old.uid, {"choice": (old.choice, text)})
    return number_of(writer)


def rename_filter(uid: str, name: str, author: Author) -> int | None:
    """Give a saved filter (uid) another name; returns the batch's number, None for no change or one that is gone.

    UserError for an empty name, or one that another filter of the same list has.
    """
    name = " ".join(name.split())
    if not name:
        raise UserError(_("请给这个筛选起个名字。"))
    row = SavedFilter.get_or_none(SavedFilter.uid == uid)
    if row is None:
        return None
    if SavedFilter.get_or_none(SavedFilter.page == row.page, SavedFilter.name == name, SavedFilter.uid != uid):
        raise UserError(_("已经有一个筛选叫“{name}”了，请换一个名字。").format(name=name))
    with batch("edit", author, {"filter": name}) as writer:
        if name != row.name:
            writer.update(SavedFilter, uid, {"name": (row.name, name)})
    return number_of(writer)


def remove_filter(uid: str, author: Author) -> int | None:
    """Forget a saved filter (uid); returns the batch's number, None when it is gone already."""
    names = ("uid", "page", "name", "choice")
    with batch("edit", author, {"filter": uid}) as writer:
        for row in list(database.fetch_in(SavedFilter, "uid", [uid], names)):
            writer.remove([(SavedFilter, dict(zip(names, row, strict=True)))])
    return number_of(writer)
