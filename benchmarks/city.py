"""A city on one server: ``python benchmarks/city.py [--districts 38] [--people 20000]``.

With a server of its own from the system's PostgreSQL. A generated roster comes into the first district by the program; the others
get its rows by the server itself, with identity numbers of their own but for one person in a thousand, who is the same in all.
Then the city is looked at as ``office city`` does it: every district's figures, and who stands in several. Beside it the same
figures of one district alone, a search, and one more import. Processor seconds count the program's and the server's.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.import_roster import AUTHOR, TODAY, plan_of
from benchmarks.made_rosters import write_roster
from benchmarks.measured import Seconds, begin
from benchmarks.office import timed
from importers import session
from models.engine import database
from models.figures.city import folder_of_district, look_at_city
from models.opening.office import prepare
from models.opening.opening import open_office
from models.records.region import seed_rows
from models.register import office
from models.register.register import close_register
from tests.aids.engines import PostgresServer

#: Identity numbers of a district's own, but for one in a thousand.
_OWN = (
    "UPDATE d{code}.worker SET id_number = '{code}' || substr(id_number, 7)"
    " WHERE substr(md5(uid), 1, 2) <> '00' OR substr(md5(uid), 3, 1) > '3'"
)


def districts(count: int) -> list[str]:
    """The codes of so many districts."""
    return [str(row["code"]) for row in seed_rows()[0] if row["level"] == "district"][:count]


def fill_first(folder: Path, people: int, told: Seconds, server: PostgresServer) -> None:
    """Make the first district's register and import a roster into it."""
    prepare(folder, "")
    open_office(folder, "")
    roster = folder / "roster.xlsx"
    write_roster(roster, people)
    files, plan = plan_of(roster, {})
    with timed(told, "import, first district", server):
        session.apply(plan, files, AUTHOR, folder)
    close_register()


def fill_others(server: PostgresServer, codes: list[str]) -> None:
    """Give the other districts the rows of the first; the server does it."""
    first = f"d{codes[0]}"
    found = server.say("SELECT schemaname, tablename FROM pg_tables ORDER BY 2", "city")
    tables = [str(name) for schema, name in found if schema == first and name != "schema_migration"]
    for code in codes[1:]:
        said = ["SET session_replication_role = replica"]
        for table in tables:
            there = f'"d{code}"."{table}"'
            said += [f"DELETE FROM {there}", f'INSERT INTO {there} SELECT * FROM "{first}"."{table}"']  # noqa: S608
        said += [_OWN.format(code=code), "SET session_replication_role = DEFAULT"]
        server.say("; ".join(said), "city")


def main() -> None:
    """Fill the city and look at it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--districts", type=int, default=38)
    parser.add_argument("--people", type=int, default=20_000, help="in each district")
    given = parser.parse_args()
    begin()
    told: Seconds = {}
    codes = districts(given.districts)
    server = PostgresServer("shared_buffers=1GB", "max_locks_per_transaction=1024")
    try:
        with tempfile.TemporaryDirectory() as place:
            os.environ["JIANHUI_LAPTOP"] = str(Path(place) / "laptop.json")
            server.say("CREATE DATABASE city")
            folder = office.folder_of_office(str(server.address("city")))
            folders = [folder_of_district(folder, code) for code in codes]
            fill_first(folders[0], given.people, told, server)
            for each in folders[1:]:
                prepare(each, "")
            fill_others(server, codes)
            server.say("ANALYZE", "city")
            with timed(told, "one district", server):
                open_office(folders[-1], "")
                close_register()
            with timed(told, "city", server):
                city = look_at_city(folder, "", TODAY)
    finally:
        server.remove()
    members = city.numbers["members"].value
    print(f"{len(city.districts)} districts, {members:,} members, {city.several:,} identity numbers in several")
    print("problems:", [each.problem for each in city.districts if each.problem])
    for name, seconds in told.items():
        print(f"  {name:<32} {seconds:8.2f} s")
    database.forget_key()


if __name__ == "__main__":
    main()
