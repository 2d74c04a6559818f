"""A made-up city of 38 districts of unequal sizes on a server whose folder stays: what ``city.py`` looks at.

The largest district grows by imports of the program. Whenever it is as large as others shall be, the server gives these its rows:
the same people, log and counts, so that each is what an import of so many people leaves. Identity numbers become a district's
own (other first two digits, the check digit anew, the same in the index of words) but for one in 1,900, which stays: so some
people of the largest district stand in one other too. What the copies' logs hold are the numbers as they were imported.
"""

import datetime as dt
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.import_roster import AUTHOR, TODAY, plan_of
from benchmarks.made_rosters import write_roster
from benchmarks.measured import Seconds
from benchmarks.office import timed
from importers import session
from models.engine.postgres import PostgresEngine
from models.engine.postgres_tables import go_on_behind, loosened
from models.figures.city import folder_of_district
from models.lists import search
from models.opening.office import prepare
from models.opening.opening import open_office
from models.records.region import seed_rows
from models.register import office
from models.register.register import close_register
from models.standing import past_counts
from tests.aids.engines import PostgresServer

#: The database of the city.
CITY = "city"
#: How many districts have so many of 7,000 parts of the people each.
_PARTS = {600: 1, 450: 2, 350: 4, 250: 5, 175: 7, 125: 8, 75: 7, 25: 4}
_WHOLE = sum(part * many for part, many in _PARTS.items())
#: The first two digits of identity numbers in the second district; the next one has the next.
_FIRST_PLACE = 52
#: One number in so many stays as it is in a district, each in one district at most.
_STAYS = 1_900
#: The digit that an identity number ends with: by the remainder of the weighted sum of the others.
_CHECKS = "10X98765432"
_NUMBER = (
    "CREATE OR REPLACE FUNCTION public.own_number(place text, held text) RETURNS text LANGUAGE sql IMMUTABLE AS $$"
    " SELECT place || substr(held, 3, 15) || substr('{checks}', 1 + ({sum}) % 11, 1) $$"
)


def sizes(people: int) -> dict[str, int]:
    """How many people each district has, by its code: the largest first."""
    codes = [str(row["code"]) for row in seed_rows()[0] if row["level"] == "district" and row["code"]]
    parts = [part for part, many in _PARTS.items() for _one in range(many)]
    return {code: people * part // _WHOLE for code, part in zip(codes, parts, strict=True)}


def make_city(server: PostgresServer, people: int, told: Seconds) -> None:
    """Make the city on an empty server; ``told`` gets the seconds of the imports and of the copies."""
    server.say(f"CREATE DATABASE {CITY}")
    weights = " + ".join(
        f"{2 ** (17 - place) % 11} * substr(place || substr(held, 3, 15), {place + 1}, 1)::int" for place in range(17)
    )
    server.say(_NUMBER.format(checks=_CHECKS, sum=weights), CITY)
    wanted = sizes(people)
    whole = office.folder_of_office(str(server.address(CITY)))
    first, *others = wanted
    folder = folder_of_district(whole, first)
    prepare(folder, "")
    held = 0
    for size in sorted(set(wanted.values())):
        _import_more(folder, held, size - held, server, told)
        held = size
        _say(f"{first}: {held:,}")
        for code in others:
            if wanted[code] == size:
                prepare(folder_of_district(whole, code), "")
                with timed(told, f"copy of {size:,}, {code}", server):
                    _copy(server, first, code, others.index(code) + 1)
                _say(f"{code}: {size:,}, {told[f'copy of {size:,}, {code}']:.0f} s")
    with timed(told, "VACUUM ANALYZE", server):
        server.say("VACUUM ANALYZE", CITY)


def _say(text: str) -> None:
    print(f"{dt.datetime.now():%H:%M:%S} {text} (load {os.getloadavg()[0]:.1f})", file=sys.stderr, flush=True)


def _import_more(folder: Path, held: int, more: int, server: PostgresServer, told: Seconds) -> None:
    """Import so many people more into the district of ``folder``, and let the counts and the index of words follow."""
    roster = server.folder / f"roster {held}.xlsx"
    write_roster(roster, more, first=held)
    open_office(folder, "")
    with timed(told, f"import of {more:,} into {held:,}", server):
        files, plan = plan_of(roster, {})
        session.apply(plan, files, AUTHOR, folder)
    with timed(told, f"words and counts of {more:,}", server):
        search.catch_up()
        past_counts.catch_up(TODAY)
    close_register()
    roster.unlink()
    server.say("ANALYZE", CITY)


def _copy(server: PostgresServer, first: str, code: str, place: int) -> None:
    """Give a district the rows of the first one, in the place of those that every register begins with."""
    engine = PostgresEngine(replace(server.address(CITY), district=f"d{code}"), None)
    with closing(engine.handle):
        engine.handle.connect()
        tables = sorted(engine.tables() - {"schema_migration"})
        held = engine.handle.connection()
        held.execute("SET session_replication_role = replica")
        with held.transaction(), loosened(held):
            for table in tables:
                _copy_table(held, table, engine.columns(table), f"d{first}", place)
            numbered = "SELECT table_name FROM information_schema.columns WHERE table_schema = %s AND is_identity = 'YES'"
            go_on_behind(held, [str(name) for (name,) in held.execute(numbered, [f"d{code}"]).fetchall()])


def _copy_table(held: Any, table: str, columns: Sequence[str], first: str, place: int) -> None:
    held.execute(f'DELETE FROM "{table}"')  # noqa: S608  # the tables are ours
    values, of = {name: f'held."{name}"' for name in columns}, f'"{first}"."{table}" AS held'
    person = {"worker": "held", "worker_search": "person"}.get(table)
    if person:
        stays = f"abs(hashtext({person}.uid) % {_STAYS}) = {place}"
        changed = f"public.own_number('{_FIRST_PLACE + place - 1}', {person}.id_number)"
        own = f"CASE WHEN {stays} THEN {person}.id_number ELSE {changed} END"
        if table == "worker":
            values["id_number"] = own
        else:
            of += f' JOIN "{first}".worker AS person ON person.id = held.id'
            others = "ts_delete(held.words, reverse(lower(person.id_number)))"
            values["words"] = f"{others} || format('%L:1D', reverse(lower({own})))::tsvector"
    names, texts = ", ".join(f'"{name}"' for name in columns), ", ".join(values[name] for name in columns)
    held.execute(f'INSERT INTO "{table}" ({names}) SELECT {texts} FROM {of}')  # noqa: S608
