"""What people call a record that only its uid names: by its own name, or by the one of whom it speaks."""

from collections.abc import Iterable, Mapping
from typing import Any

from models.engine import database
from models.engine.record import Record
from models.records.catalogue import RECORDS, stored_names
from models.records.employer import Employer
from models.records.ledger import LedgerEntry, LedgerKind
from models.records.site import Site, SiteKind
from models.records.union import Union
from models.records.worker import Worker
from models.values.columns import column_of
from models.values.region_index import RegionIndex

#: Fields that say of whom a record without a name of its own speaks.
_SPEAKS_OF = ("worker", "employer", "subject", "union")
_NAMED: tuple[type[Record], ...] = (Worker, Employer, Union)


def called(wanted: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Names by uid for records given as kind → uids; those that are not in the register, or have no name, are left out."""
    names: dict[str, str] = {}
    speaking: dict[str, str] = {}
    for kind, uids in wanted.items():
        record = RECORDS[kind]
        held = stored_names(record)
        field = next((each for each in ("name", *_SPEAKS_OF) if each in held), None)
        if field is not None:
            target = names if field == "name" else speaking
            target.update({uid: text for uid, text in database.fetch_in(record, "uid", uids, ("uid", field)) if text})
    spoken_of = set(speaking.values())
    known = {uid: name for record in _NAMED for uid, name in database.fetch_in(record, "uid", spoken_of, ("uid", "name"))}
    return names | {uid: known[other] for uid, other in speaking.items() if known.get(other)}


def described(uids: Iterable[str], index: RegionIndex) -> dict[str, str]:
    """One line about each person, employer, union and piece of work by uid, enough to tell namesakes apart; numbers are covered.

    Those that are not in the register are left out. ``index`` names the regions.
    """
    wanted = set(uids)
    lines: dict[str, str] = {}
    persons = list(_values(Worker, wanted, ("name", "id_number", "phone", "employer", "birth_date")))
    at_work = called({"employer": {person["employer"] for person in persons if person["employer"]}})
    for person in persons:
        numbers = [column_of(Worker, name).kind.show(person[name], beside_birth=True) for name in ("id_number", "phone")]
        parts = [person["name"], *numbers, person["birth_date"], at_work.get(person["employer"])]
        lines[person["uid"]] = " · ".join(str(part) for part in parts if part)
    for record in (Employer, Union):
        for unit in _values(record, wanted, ("name", "credit_code", "region")):
            region = unit["region"]
            parts = [unit["name"], unit["credit_code"], index.path(region) if region in index.entries else None]
            lines[unit["uid"]] = " · ".join(str(part) for part in parts if part)
    for place in _values(Site, wanted, ("name", "region", "address", "since", "quantity")):
        region = place["region"]
        where = index.path(region) if region in index.entries else None
        parts = [place["name"], where, place["address"], place["since"], place["quantity"]]
        lines[place["uid"]] = " · ".join(str(part) for part in parts if part is not None)
    for work, names in (
        (LedgerKind, ("name", "unit")), (SiteKind, ("name", "unit")),
        (LedgerEntry, ("date", "title", "organization", "quantity", "note")),
    ):  # fmt: skip
        for each in _values(work, wanted, names):
            lines[each["uid"]] = " · ".join(str(each[name]) for name in names if each[name] is not None)
    return lines


def _values(record: type[Record], uids: Iterable[str], names: tuple[str, ...]) -> list[dict[str, Any]]:
    found = database.fetch_in(record, "uid", uids, ("uid", *names))
    return [dict(zip(("uid", *names), row, strict=True)) for row in found]
