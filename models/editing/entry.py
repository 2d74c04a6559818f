"""What entering somebody by hand begins with: fields that are known beforehand, and a unit or union made on the way."""

from collections.abc import Mapping
from typing import Any

from models.editing.editing import CLASSES, Kind, columns_beside, typed_columns
from models.errors import UserError
from models.journal.writer import Author, batch, number_of
from models.language import _
from models.records.setting import setting
from models.uid import new_uid
from models.values.kinds import OrganizationName
from models.values.region_index import RegionIndex

#: What stays the same when the next one is entered after somebody: where people work and how they join, where units lie.
_CARRIED: dict[Kind, frozenset[str]] = {
    "worker": frozenset(
        ("employer", "union", "union_group", "occupation_group", "platform", "employment_relation", "residence_region",
         "join_date", "join_way", "join_basis", "join_model", "application_basis", "application_date")
    ),
    "employer": frozenset(("region", "nature", "economy", "industry")),
    "union": frozenset(("region", "parent", "union_type", "org_form", "term_years")),
}  # fmt: skip
_PLACES = {"worker": "residence_region", "employer": "region", "union": "region"}


def first_values(kind: Kind, index: RegionIndex, narrowed: Mapping[str, Any] | None = None) -> dict[str, str]:
    """What a new record begins with, by field name, regions and others by uid.

    The place is the only town that whoever works here looks after, else their district. ``narrowed``: what the list shows
    ("region", "union"), which says more: whoever enters a person into the list of one union means that union.
    """
    towns = [uid for uid in setting("my_towns") if uid in index.entries]
    home = str(setting("home_district") or "")
    given = dict(narrowed or {})
    place = str(given.get("region") or "") or (towns[0] if len(towns) == 1 else home)
    found = {_PLACES[kind]: place if place in index.entries else ""}
    union = str(given.get("union") or "")
    if union and kind != "employer":
        found["parent" if kind == "union" else "union"] = union
    return {name: value for name, value in found.items() if value}


def carried(kind: Kind, values: Mapping[str, Any]) -> dict[str, str]:
    """Of what was just entered, by field name as stored, what the next one of its kind begins with."""
    columns = {column.name: column for column in (*typed_columns(kind), *columns_beside(kind))}
    found = {name: values.get(name) for name in columns if name in _CARRIED[kind]}
    return {name: str(columns[name].kind.export(value)) for name, value in found.items() if value is not None}


def create_unverified(kind: Kind, name: str, author: Author) -> tuple[int, str]:
    """An employer or a union of which nothing but its name is known yet: (batch number, uid). UserError without a name.

    It is listed as unverified until somebody fills it in, as one that a roster names is.
    """
    parsed = OrganizationName().parse(name)
    if not parsed.value or kind == "worker":
        raise UserError(_("请写出单位或工会的完整名称。"))
    uid = new_uid()
    with batch("edit", author, {"kind": kind, "record": uid, "new": True}) as writer:
        writer.create(CLASSES[kind], {"uid": uid, "name": parsed.value, "verified": 0})
    number = number_of(writer)
    assert number is not None  # it was created
    return number, uid
