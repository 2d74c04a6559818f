"""Pages of a large office under load: ``python benchmarks/office_pages.py [--people 1000000] [--files FOLDER] [--towns 20]``.

With a server of its own, on the disk and waiting for it. A register of so many people is moved into it, users are let in; then
each page is asked for again and again by the owner of the tables (whom no row is hidden from), by a user of the district and by
an organizer of some towns, while others write at a rate. Told are the milliseconds that half and that nineteen of twenty of the
pages took at most, by the clock, and the processor's, the program's and the server's together; the server's are those of the
writers as well.
"""

import argparse
import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.made_people import PASSPHRASE, kept_people
from benchmarks.measured import begin
from benchmarks.office import Writers, server_seconds
from models.editing import editing
from models.editing.record_history import history_of
from models.engine.addresses import Address, read_address
from models.engine.belonging import OfficeRole
from models.lists import search, selection
from models.lists.listings import Selection
from models.moving import moving_in
from models.opening import office_users
from models.opening.office import prepare
from models.opening.opening import open_office
from models.records.region import Region, load_index
from models.register import office
from models.register.register import close_register
from models.standing.standing import Standing
from models.values.region_index import RegionIndex
from tests.aids.engines import PostgresServer
from ui.home.facts import Asked, home_faults, home_state, home_targets

_PAGE, _TIMES = 200, 15
_PASSWORD = "长亭外古道边芳草天"  # noqa: S105  # of users that are gone with the server
_LASTING = ("fsync=on", "synchronous_commit=on", "full_page_writes=on", "autovacuum=on", "shared_buffers=1GB")


def pages(index: RegionIndex, today: dt.date, place: str) -> dict[str, Callable[[], Any]]:
    """What is asked for when a page is shown. ``place``: the region that a list is narrowed to."""
    everybody = Selection("workers", today=today)
    numbers = selection.ids(everybody)
    middle = numbers[len(numbers) // 2 :][:_PAGE]
    uid = selection.uids_of("workers", middle[:1])[0]
    held = Standing(today, index)
    return {
        "first screen": lambda: selection.rows_of("workers", selection.ids(replace(everybody, limit=_PAGE)), index),
        "scroll": lambda: selection.rows_of("workers", middle, index),
        "all row numbers": lambda: selection.ids(everybody),
        "by name": lambda: selection.ids(replace(everybody, order="name")),
        "one town": lambda: selection.ids(replace(everybody, regions=frozenset({place}))),
        "search wy": lambda: search.find("wy", index),
        "search wangyi": lambda: search.find("wangyi", index),
        "search 王一丁": lambda: search.find("王一丁", index),
        "filter 王一": lambda: selection.ids(replace(everybody, search="王一")),
        "a person": lambda: (editing.held("worker", uid), history_of("worker", uid, index)),
        "first page": lambda: home_state(Asked(Standing(today, index), "", "甲")),
        "targets": lambda: home_targets(Asked(Standing(today, index), "", "甲")),
        "health": lambda: home_faults(Asked(held, "", "甲")),
    }


def asked(server: PostgresServer, place: str) -> dict[str, tuple[float, float, float]]:
    """Of each page: the clock's milliseconds of half and of nineteen of twenty, the processor's of one."""
    today = dt.date.today()
    index = load_index(today)
    found = {}
    for name, ask in pages(index, today, place).items():
        took, own, theirs = list[float](), time.process_time(), server_seconds(server)
        for _time in range(_TIMES):
            begun = time.perf_counter()
            ask()
            took.append(1000 * (time.perf_counter() - begun))
        spent = 1000 * (time.process_time() - own + server_seconds(server) - theirs) / _TIMES
        found[name] = (statistics.median(took), sorted(took)[round(0.95 * (_TIMES - 1))], spent)
    return found


def entered(folder: Path, address: Address) -> None:
    """Open the office at an address, with a folder of the laptop's own."""
    folder.mkdir(exist_ok=True)
    office.note_address(folder, address)
    open_office(folder, "")


@contextmanager
def writing(folder: Path, address: Address, writers: int, rate: float) -> Iterator[None]:
    """Inside, so many people write from a process of their own, as one user."""
    given = [str(folder), str(address), f"--writers={writers}", f"--rate={rate}"]
    with subprocess.Popen([sys.executable, __file__, "--write", *given], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as others:
        assert others.stdout is not None
        others.stdout.readline()
        try:
            yield
        finally:
            told, _none = others.communicate()
            print(told.decode().strip())


def write(folder: Path, address: Address, writers: int, rate: float) -> None:
    """The writers' side: until nobody wants it any more."""
    entered(folder, address)
    every = Writers(writers, rate)
    every.start()
    print("begun", flush=True)
    sys.stdin.read()
    every.end()
    took = sorted(1000 * each for _at, each in every.took)
    half, most = (took[round(part * (len(took) - 1))] for part in (0.5, 0.95))
    print(f"{len(took):,} writes, p50/p95 {half:.0f} / {most:.0f} ms, lost {every.lost()}")
    close_register()


def make(server: PostgresServer, folder: Path, source: Path, towns: int) -> str:
    """Move the register into an office with a user of the district and an organizer of so many towns; one of the towns."""
    server.say('CREATE DATABASE "office"')
    folder.mkdir()
    office.note_address(folder, server.address("office"))
    prepare(folder, "")
    moving_in.move_in(folder, "", source, PASSPHRASE)
    open_office(folder, "")
    index = load_index(dt.date.today())
    district = Region.get(Region.code == "500106").uid
    own = [uid for uid in index.children(district) if index.level(uid) == "town"][:towns]
    office_users.add(folder, "qu", OfficeRole.DISTRICT, "", [], _PASSWORD)
    office_users.add(folder, "li", OfficeRole.ORGANIZER, "", [str(index.entries[uid].code) for uid in own], _PASSWORD)
    close_register()
    server.say("VACUUM ANALYZE", "office")
    return own[0]


def measured(server: PostgresServer, folder: Path, place: str, writers: int, rate: float) -> None:
    """Ask as each of them, and print."""
    told = {}
    for login in ("jianhui", "qu", "li"):
        with writing(folder / "writers", server.address("office", "qu"), writers, rate):
            entered(folder / login, server.address("office", login))
            told[login] = asked(server, place)
            close_register()
    print("p50 / p95 (processor) ms", *told, f"load {os.getloadavg()[0]:.1f}", sep="\t")
    for name in told["qu"]:
        print(name, *("{:.0f} / {:.0f} ({:.0f})".format(*each[name]) for each in told.values()), sep="\t")


def main() -> None:
    """Make the office, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--files", type=Path, help="a folder on the disk, where the register is kept for the next time")
    parser.add_argument("--towns", type=int, default=20)
    parser.add_argument("--writers", type=int, default=50)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--write", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        folder, address = options.write
        write(Path(folder), read_address(address), options.writers, options.rate)
        return
    begin()
    with tempfile.TemporaryDirectory(dir=options.files) as name:
        folder = Path(name)
        folder.chmod(0o755)  # the server is another user's
        source = kept_people(options.files or folder, options.people)
        server = PostgresServer(*_LASTING, folder=folder / "server")
        try:
            place = make(server, folder / "office", source, options.towns)
            measured(server, folder / "office", place, options.writers, options.rate)
        finally:
            server.remove()


if __name__ == "__main__":
    main()
