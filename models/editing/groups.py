"""Changing the table of occupation groups: add, rename, other wordings, take out of use. Nothing is ever deleted.

After each batch the code list follows the table by itself, see ``models/records/group.py``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import fn

from models.engine import sql
from models.errors import UserError
from models.journal.named import named_uid
from models.journal.writer import Author, Writer, batch
from models.language import _
from models.records.group import SEPARATOR, OccupationGroup, wordings
from models.records.union import Union
from models.records.worker import Worker
from models.values.codes import fold

#: Who named a group, when nobody says.
LOCAL = "本地群体"


@dataclass(frozen=True)
class GroupLine:
    """An occupation group as it is shown. ``workers`` counts the people in it, ``members`` those of them on a union's books."""

    uid: str
    name: str
    parent: str
    aliases: tuple[str, ...]
    new_form: bool
    active: bool
    workers: int = 0
    members: int = 0


def groups() -> list[GroupLine]:
    """All groups in their order, those no longer in use too, with their people."""
    people = _count()
    members = _count(Worker.membership_state == "在册")
    return [
        GroupLine(
            row.uid, row.name, row.parent or "", tuple(wordings(row.aliases)), bool(row.new_form), row.active != 0,
            people.get(row.name, 0), members.get(row.name, 0),
        )
        for row in OccupationGroup.select().order_by(OccupationGroup.place, OccupationGroup.id)
    ]  # fmt: skip


def _count(*conditions: Any) -> dict[str, int]:
    rows = Worker.select(Worker.occupation_group, fn.COUNT(Worker.id)).group_by(Worker.occupation_group)
    if conditions:
        rows = rows.where(*conditions)
    return dict(rows.tuples())  # type: ignore[arg-type]  # the stubs keep the model's type


def find_group(text: str) -> GroupLine:
    """The group that a wording means. UserError when there is none."""
    for each in groups():
        if fold(text) in map(fold, (each.name, *each.aliases)):
            return each
    raise UserError(_("没有群体“{name}”。可以用 groups 查看所有群体。").format(name=text))


def add_group(
    name: str, author: Author, parent: str = LOCAL, aliases: Sequence[str] = (), new_form: bool = True
) -> str:
    """Add a group; returns its uid. UserError when one of its wordings means another group already."""
    _check([name, *aliases], "")
    values = {
        "uid": named_uid("occupation_group", _clean(name)), "name": _clean(name), "parent": parent.strip() or None,
        "aliases": SEPARATOR.join(map(_clean, aliases)) or None, "new_form": int(new_form), "active": 1,
        "place": OccupationGroup.select().count() + 1,
    }  # fmt: skip
    with batch("edit", author, {"occupation_group": values["name"]}) as writer:
        writer.create(OccupationGroup, values)
    return str(values["uid"])


def change_group(uid: str, author: Author, **changes: Any) -> None:
    """Change a group: ``name``, ``parent``, ``aliases``, ``new_form``, ``active`` (False takes it out of use).

    A new name goes to everybody in the group and to the unions for it in the same batch, and the old name stays as another
    wording. UserError when a wording means another group already, or when the group is not there any more.
    """
    row = OccupationGroup.get_or_none(OccupationGroup.uid == uid)
    if row is None:
        raise UserError(_("这个群体已经不在了，请刷新后再试。"))
    name = _clean(changes.get("name", row.name))
    aliases = [_clean(each) for each in changes.get("aliases", wordings(row.aliases))]
    if name != row.name:
        aliases.append(row.name)
    aliases = [each for each in dict.fromkeys(aliases) if fold(each) != fold(name)]
    _check([name, *aliases], uid)
    wanted = {
        "name": name, "parent": changes.get("parent", row.parent) or None, "aliases": SEPARATOR.join(aliases) or None,
        "new_form": int(changes.get("new_form", row.new_form or 0)), "active": int(changes.get("active", row.active != 0)),
    }  # fmt: skip
    found = {key: (getattr(row, key), value) for key, value in wanted.items() if getattr(row, key) != value}
    with batch("edit", author, {"occupation_group": name}) as writer:
        if found:
            writer.update(OccupationGroup, uid, found)
        if name != row.name:
            _rename_held(row.name, name, writer)


def _rename_held(old: str, new: str, writer: Writer) -> None:
    for worker in Worker.select(Worker.uid).where(Worker.occupation_group == old):
        writer.update(Worker, worker.uid, {"occupation_group": (old, new)})
    for union in Union.select(Union.uid, Union.new_form_groups).where(sql.stands_in(old, Union.new_form_groups)):
        names = wordings(union.new_form_groups)
        if old in names:
            after = SEPARATOR.join(new if each == old else each for each in names)
            writer.update(Union, union.uid, {"new_form_groups": (union.new_form_groups, after)})


def _clean(text: str) -> str:
    return "".join(text.split())


def _check(names: Sequence[str], own: str) -> None:
    """Refuse a wording that is empty, holds the separator, or means another group."""
    for each in names:
        if not fold(each) or SEPARATOR in each:
            raise UserError(_("群体的名称不能是空的，也不能有顿号：“{name}”。").format(name=each))
        for other in OccupationGroup.select():
            if other.uid != own and fold(each) in map(fold, (other.name, *wordings(other.aliases))):
                raise UserError(
                    _("“{name}”已经是“{other}”的叫法，一个叫法只能指一个群体。").format(name=each, other=other.name)
                )
