"""An office's register with users of each role, over a server of the tests' own: two towns, and what is in each."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from models.engine import database
from models.engine.addresses import Address
from models.engine.belonging import OfficeRole, placed
from models.journal.writer import Author
from models.lists import search
from models.opening import office_users
from models.opening.office import prepare
from models.opening.opening import open_office
from models.records.catalogue import RECORDS
from models.records.chasing import DueRule
from models.records.employer import Employer
from models.records.ledger import LedgerKind
from models.records.region import Region
from models.records.site import SiteKind
from models.records.union import Union
from models.records.worker import Worker
from models.register import office
from models.register.register import close_register
from models.uid import new_uid
from models.values.columns import columns_of
from models.values.kinds import Place, Reference, Text
from tests.aids.engines import PostgresServer
from tests.aids.speaking import made

#: Two towns of one district, by their codes.
HERE, THERE = "500106001", "500106002"
PASSWORD = "长亭外古道边芳草天"  # of users that are gone with the test
USERS = (
    ("guan", OfficeRole.ADMIN, ""), ("qu", OfficeRole.DISTRICT, ""), ("li", OfficeRole.ORGANIZER, HERE),
    ("wang", OfficeRole.ORGANIZER, THERE), ("kan", OfficeRole.VIEWER, ""),
)  # fmt: skip
_MONTHLY = {"sheet": "人数", "every": "每月", "days": 10, "since": "2026-08-01", "active": 1}
NUMBERS = {HERE: "11010519491231002X", THERE: "440524188001010014"}
PHONES = {HERE: "13800005678", THERE: "13900004321"}


class Office(NamedTuple):
    """The office: its server and database, the folder of each user's laptop, and the uids of what is in each town."""

    server: PostgresServer
    name: str
    folder: Path
    uids: dict[str, dict[str, str]]

    def address(self, login: str) -> Address:
        """Where a user finds it."""
        return self.server.address(self.name, login)

    @contextmanager
    def opened(self, login: str) -> Iterator[Author]:
        """The register as a user has it open; by whom they write."""
        folder = self.folder / login
        if not folder.exists():
            folder.mkdir(parents=True)
            office.note_address(folder, self.address(login))
        open_office(folder, "")
        try:
            yield Author((login * 16)[:16], login)
        finally:
            close_register()

    def asked(self, login: str, text: str) -> list[tuple[Any, ...]]:
        """The rows that a user gets past the program."""
        from models.engine.postgres import PostgresEngine

        with closing(PostgresEngine(self.address(login), None).handle) as held:
            cursor = held.execute_sql(text)
            return list(cursor.fetchall()) if cursor.description else []


def _fill(town: str, uids: dict[str, str]) -> None:
    """A row of each other kind of record in a town, its texts telling which."""
    uids |= {"region": region(town), "subject": uids["employer"], "ledger_kind": str(LedgerKind.select().first().uid)}
    uids["site_kind"] = str(SiteKind.select().first().uid)
    uids["due_rule"] = new_uid()
    database.insert_rows(DueRule, [{"uid": uids["due_rule"], "name": "月报"} | _MONTHLY])
    by_kind = {"record": uids["worker"], "left": uids["worker"], "right": uids["worker"], "kind": "worker"}
    for kind, record in RECORDS.items():
        if kind in uids or kind not in placed() or kind == "region_parent":
            continue
        uids[kind] = new_uid()
        values = {"uid": uids[kind]}
        for column in columns_of(record):
            if isinstance(column.kind, Reference | Place):
                values[column.name] = uids["region" if isinstance(column.kind, Place) else column.kind.record]
            elif type(column.kind) is Text:
                values[column.name] = by_kind.get(column.name, f"秘密{town}")
        database.insert_rows(record, [values])


def region(code: str) -> str:
    """The uid of a region by its code."""
    return str(Region.get(Region.code == code).uid)


def make_office(server: PostgresServer, name: str, folder: Path) -> Office:
    """A new office with its users, and in each of two towns a firm, a union and a person."""
    server.say(f'CREATE DATABASE "{name}"')
    found = Office(server, name, folder, {HERE: {}, THERE: {}})
    owner = folder / "owner"
    owner.mkdir(parents=True)
    office.note_address(owner, server.address(name))
    prepare(owner, "")
    open_office(owner, "")
    for login, role, town in USERS:
        office_users.add(owner, login, role, login.title(), [town] if town else [], PASSWORD)
    for town, uids in found.uids.items():
        boss = Author("0" * 16, "主管")
        place = region(town)
        uids["employer"] = made(boss, Employer, name=f"{town}有限公司", region=place, non_public=1, operating=1)
        uids["union"] = made(boss, Union, name=f"{town}工会", region=place)
        person: dict[str, Any] = {"name": f"赵{town}", "id_number": NUMBERS[town], "phone": PHONES[town]}
        uids["worker"] = made(boss, Worker, union=uids["union"], employer=uids["employer"], note="", **person)
        _fill(town, uids)
    search.catch_up()
    close_register()
    return found


def copied(of: Office, name: str, folder: Path) -> Office:
    """A copy of an office, with the same users and rights but for what each sets of the database."""
    of.server.say(f'CREATE DATABASE "{name}" TEMPLATE "{of.name}"')
    return of._replace(name=name, folder=folder)
