"""Records that somebody who is being entered may be: told while typing, before a second one of them is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.editing.editing import CLASSES, Kind, named
from models.engine import database, sql
from models.language import _
from models.records.catalogue import RECORDS
from models.records.employer import Employer
from models.values.cleaning import normal_name
from models.values.masking import mask_id, mask_phone


@dataclass(frozen=True, slots=True)
class Namesake:
    """A record that is perhaps the same: its uid, its name, what tells it (numbers masked), and why it may be."""

    uid: str
    name: str
    detail: str
    why: str


def namesakes(kind: Kind, values: Mapping[str, Any], own: str = "") -> list[Namesake]:
    """The records that ``values`` (stored values by field name) may already be; ``own`` uid is left out.

    People: the same identity number, else the same name and phone. Units and unions: the same code, else the same name.
    """
    found = _people(values) if kind == "worker" else _units(kind, values)
    first: dict[str, Namesake] = {}
    for each in found:
        if each.uid != own:
            first.setdefault(each.uid, each)
    return list(first.values())


def _people(values: Mapping[str, Any]) -> list[Namesake]:
    parts = ("uid", "name", "id_number", "phone", "employer")
    rows: list[tuple[Any, str]] = []
    if values.get("id_number"):
        rows += [
            (row, _("证件号码相同"))
            for row in database.fetch_in(CLASSES["worker"], "id_number", [values["id_number"]], parts)
        ]
    if values.get("name") and values.get("phone"):
        same = database.fetch_in(CLASSES["worker"], "phone", [values["phone"]], parts)
        rows += [(row, _("姓名和电话相同")) for row in same if row[1] == values["name"]]
    employers = dict(database.fetch_in(Employer, "uid", [row[4] for row, _why in rows if row[4]], ("uid", "name")))
    return [Namesake(row[0], str(row[1] or ""), _person(row, employers), why) for row, why in rows]


def _person(row: Any, employers: Mapping[str, Any]) -> str:
    number, phone = (mask_id(row[2], beside_birth=True) if row[2] else ""), (mask_phone(row[3]) if row[3] else "")
    return "　".join(part for part in (number, phone, employers.get(row[4]) or "") if part)


def _units(kind: Kind, values: Mapping[str, Any]) -> list[Namesake]:
    parts, code, name = ("uid", "name", "credit_code"), values.get("credit_code"), values.get("name")
    found: list[Namesake] = []
    if code:
        rows = database.fetch_in(CLASSES[kind], "credit_code", [code], parts)
        found += [Namesake(uid, str(held or ""), str(number or ""), _("信用代码相同")) for uid, held, number in rows]
    if name:
        same = [uid for uid, held in named(kind, str(name), 50) if normal_name(held) == normal_name(str(name))]
        rows = database.fetch_in(CLASSES[kind], "uid", same, parts)
        found += [Namesake(uid, str(held or ""), str(number or ""), _("名称相同")) for uid, held, number in rows]
    return found


def offered(record: str, text: str, limit: int = 20) -> list[tuple[str, str]]:
    """Records of a kind in whose name ``text`` stands, to choose one of them: (uid, what is shown of it, numbers masked)."""
    if record != "worker":
        return named(record, text, limit)
    cls: Any = CLASSES["worker"]
    rows = cls.select(cls.uid).where(sql.stands_in(text.strip(), cls.name)).order_by(cls.name_order, cls.id).limit(limit)
    return told_of(record, [uid for (uid,) in rows.tuples()])


def told_of(record: str, uids: Sequence[str]) -> list[tuple[str, str]]:
    """These records (uids) of a kind, in their order, as :func:`offered` gives them."""
    if record != "worker":
        names = dict(database.fetch_in(RECORDS[record], "uid", uids, ("uid", "name")))
        return [(uid, str(names[uid] or "")) for uid in uids if uid in names]
    parts = ("uid", "name", "id_number", "phone", "employer")
    people = {row[0]: row for row in database.fetch_in(CLASSES["worker"], "uid", uids, parts)}
    employers = dict(database.fetch_in(Employer, "uid", [row[4] for row in people.values() if row[4]], ("uid", "name")))
    found = [people[uid] for uid in uids if uid in people]
    return [(row[0], "　".join(part for part in (row[1], _person(row, employers)) if part)) for row in found]
