"""A laptop that met another one: both wrote of the same person, a package of the other one waits, a list was ticked on paper."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from models.editing import editing
from models.engine import database
from models.exchange import giving, taking
from models.exchange.conflicts import decide
from models.exchange.sealed import Lock, Opener
from models.journal.undo import undo
from models.journal.writer import Author, newest_batch
from models.opening import opening
from models.records.region import load_index
from models.records.worklist import WorklistEntry
from models.register import register
from models.worklists.lists import find_worklist, make_worklist, write_entries
from reports.listing.worklists import write_worklist
from samples.invented import Crowd
from tests.aids.speaking import PASSPHRASE, TODAY, imported, listed
from tests.faults.looking import quick_keys
from tests.faults.place import Place
from tests.faults.world import laptop, roster, world

#: The passphrase of packages.
SECRET = "两江碰头-2026-再来"  # of packages that are thrown away
#: The working list, and the sheet of it that comes back ticked.
LIST, TICKED = "春节慰问", "慰问名单.xlsx"
#: The package that waits, and the fields that both wrote: the first is decided, the second open.
PACKAGE, DECIDED, OPEN = "来.jhx", "education", "note"
_HERE, _THERE = Author("0123456789abcdef", "测试"), Author("f" * 16, "李乙")
_LISTED, _COMING = 40, 200


@dataclass(frozen=True)
class Met:
    """The laptop, and the number of the batch that decided, which can be undone."""

    place: Place
    decided: int


@functools.cache
def met() -> Met:
    """The laptop that the harms of meeting begin with a copy of; made once, out of the one of all other harms."""
    there, person = laptop(), world().person
    place = world().place.copy(laptop().root)
    with quick_keys():
        with _open(place):
            people = [uid for (uid,) in listed("workers", "uid")][:_LISTED]
            make_worklist(LIST, "慰问", "workers", _HERE, people)
            giving.give(there.received / "先.jhx", _HERE, Lock(SECRET), everything=True)
        register.create(there.data, PASSPHRASE)
        register.close_register()
        with _open(there):
            taking.take(there.received / "先.jhx", Opener(SECRET), _THERE, TODAY, there.data)
            _write(person, _THERE, "别人写的", "本科")
            giving.give(place.received / "再.jhx", _THERE, Lock(SECRET))
            imported(_THERE, roster(there.received / "来.xlsx", Crowd(seed=43).many(_COMING)))
            _tick("在外地", _THERE)
            giving.give(place.received / PACKAGE, _THERE, Lock(SECRET))
        with _open(place):
            _write(person, _HERE, "本机写的", "大专")
            taking.take(place.received / "再.jhx", Opener(SECRET), _HERE, TODAY, place.data)
            decided = decide(person, DECIDED, "theirs", _HERE)
            index = load_index(TODAY)
            _tick("已打过电话", _HERE)
            write_worklist(find_worklist(LIST), True, index, place.received / TICKED)
            undo(newest_batch(), _HERE)  # what the sheet brings back is not in the register any more
    return Met(place, decided)


@contextmanager
def _open(place: Place) -> Iterator[None]:
    opening.open_register(place.data, PASSPHRASE)
    try:
        yield
    finally:
        register.close_register()


def _write(person: str, author: Author, note: str, education: str) -> None:
    known = editing.held("worker", person)
    given = {OPEN: note, DECIDED: education}
    editing.save("worker", known, editing.understand("worker", given, known, TODAY, load_index(TODAY)), author)


def _tick(note: str, author: Author) -> None:
    head = find_worklist(LIST)
    lines = [uid for (uid,) in database.fetch_in(WorklistEntry, "worklist", [head.uid], ("uid",))]
    write_entries(sorted(lines)[: _LISTED // 2], {"list_note": note, "ticked_1": "是"}, author)

