"""What it costs that an office's server holds each user to their rows: the same questions by each role, over one server.

    python benchmarks/rights.py [--people 200000] [--towns 20]

The owner of the tables is held by nothing and stands for an office without users. The server waits for no disk (fsync off); times
are wall seconds of one run, the least of several where a question is repeated.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measured import begin
from models.engine import database
from models.engine.belonging import OfficeRole
from models.figures.figures import figures
from models.journal.writer import Author, batch
from models.lists import search, selection
from models.lists.listings import Selection
from models.opening import office_users
from models.opening.office import prepare
from models.opening.opening import open_office
from models.records.employer import Employer
from models.records.membership import MembershipEvent
from models.records.region import Region, load_index
from models.records.union import Union
from models.records.worker import Worker
from models.register import office
from models.register.register import close_register
from models.uid import new_uid
from tests.aids.engines import PostgresServer
from tests.aids.speaking import TODAY

_FIRST, _REST = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华"
#: How often a question is asked; the quickest counts.
_TIMES = 5
#: Unions of a town.
_UNIONS = 25
_PASSWORD = "长亭外古道边芳草天"  # noqa: S105  # of users that are gone with the server


def people(count: int, unions: list[tuple[str, str]], author: Author) -> None:
    """Enter so many people, evenly into the unions, given with the employers that they are of."""
    chance = random.Random(29)  # the same people each time
    with batch("import", author) as writer:
        for place in range(count):
            union, employer = unions[place % len(unions)]
            uid = new_uid()
            name = chance.choice(_FIRST) + "".join(chance.choices(_REST, k=2))
            values = {"uid": uid, "name": name, "phone": f"139{place:08}", "union": union, "employer": employer, "sex": "女"}
            event = {"uid": new_uid(), "worker": uid, "union": union, "type": "入会", "date": f"20{10 + place % 15}-05-06"}
            writer.create(Worker, values, [(MembershipEvent, event)])


def units(towns: list[str], author: Author) -> list[tuple[str, str]]:
    """Unions with their employers in these towns."""
    made = []
    with batch("import", author) as writer:
        for town in towns:
            for number in range(_UNIONS):
                union, employer = new_uid(), new_uid()
                writer.create(Employer, {"uid": employer, "name": f"第{number}公司", "region": town})
                writer.create(Union, {"uid": union, "name": f"第{number}公司工会", "region": town})
                made.append((union, employer))
    return made


def least(done: Callable[[], Any]) -> float:
    """The seconds of the quickest of several times."""
    found = []
    for _time in range(_TIMES):
        begun = time.perf_counter()
        done()
        found.append(time.perf_counter() - begun)
    return min(found)


def asked(author: Author) -> dict[str, float]:
    """Seconds of each question and write, by the user who has the register open."""
    index = load_index(TODAY)
    page = Selection("workers", limit=50)
    held: Any = Worker.select(Worker.uid, Worker.note).limit(_TIMES).offset(100).tuples()
    some: list[tuple[Any, Any]] = list(held)
    of: Any = Union.select(Union.uid).order_by(Union.id.desc()).limit(10).tuples()
    unions = [uid for (uid,) in of]
    waiting, numbers = iter(some), [f"139{place:08}" for place in range(900)]

    def edit() -> None:
        uid, note = next(waiting)
        with batch("edit", author) as writer:
            writer.update(Worker, uid, {"note": (note, f"{author.person}改")})

    def enter() -> None:
        with batch("import", author) as writer:
            for place in range(5_000):
                writer.create(Worker, {"uid": new_uid(), "name": f"新{place}", "union": unions[place % len(unions)]})

    found = {
        "count": least(lambda: Worker.select().count()),
        "members": least(lambda: Worker.select().where(Worker.membership_state == "在册").count()),
        "page": least(lambda: selection.rows(page, index)),
        "search": least(lambda: search.find("王伟", index)),
        "by number": least(lambda: list(database.fetch_in(Worker, "phone", numbers, ("uid",)))),
        "figures": least(lambda: figures(2026, TODAY)),
        "edit": least(edit),
    }
    begun = time.perf_counter()
    enter()
    found["5,000 people"] = time.perf_counter() - begun
    return found


def main() -> int:
    """Make the office, ask, print."""
    begin()
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--towns", type=int, default=20)
    options = parser.parse_args()
    server = PostgresServer()
    try:
        _measure(server, options)
    finally:
        server.remove()
    return 0


def _measure(server: PostgresServer, options: argparse.Namespace) -> None:
    folder = Path(tempfile.mkdtemp())
    server.say('CREATE DATABASE "office"')
    office.note_address(folder, server.address("office"))
    prepare(folder, "")
    open_office(folder, "")
    boss, begun = Author("0" * 16, "主管"), time.perf_counter()
    index = load_index(TODAY)
    district = Region.get(Region.code == "500106").uid
    towns = [uid for uid in index.children(district) if index.level(uid) == "town"][: options.towns]
    people(options.people, units(towns, boss), boss)
    entered = time.perf_counter() - begun
    search.catch_up()
    server.say("ANALYZE", "office")
    told = {"without users": asked(boss) | {"all of them": entered}}
    begun = time.perf_counter()
    office_users.add(folder, "qu", OfficeRole.DISTRICT, "", [], _PASSWORD)
    told["without users"]["rights"] = time.perf_counter() - begun
    office_users.add(folder, "li", OfficeRole.ORGANIZER, "", [index.entries[towns[0]].code], _PASSWORD)
    close_register()
    server.say("ANALYZE", "office")
    for login in ("qu", "li"):
        of = folder / login
        of.mkdir()
        office.note_address(of, server.address("office", login))
        open_office(of, "")
        search.catch_up()
        told[login] = asked(Author(login * 8, login))
        close_register()
    for name in dict.fromkeys(name for each in told.values() for name in each):
        print(name, *(f"{login} {1000 * each[name]:.1f} ms" for login, each in told.items() if name in each), sep="\t")


if __name__ == "__main__":
    sys.exit(main())
