"""What the page of exchange runs on the worker thread."""

import datetime as dt
from pathlib import Path
from typing import Any, NamedTuple

from models.exchange import giving, noted, office, taking
from models.exchange.conflicts import Conflict, open_conflicts
from models.exchange.giving import GivenPackage
from models.exchange.noted import PastCrossing
from models.exchange.package import asks_passphrase
from models.exchange.sealed import Lock, Opener, fingerprint
from models.exchange.taking import TakenPackage
from models.exchange.telling import ToldConflict, told
from models.journal import crossing
from models.journal.history import BatchNote, batch_notes
from models.journal.writer import Author
from models.progress import OnProgress
from models.register import strength
from models.register.register import Register
from models.values.region_index import RegionIndex


class OpenConflict(NamedTuple):
    """What two laptops wrote differently, with its words."""

    conflict: Conflict
    words: ToldConflict


class MetLaptop(NamedTuple):
    """Another laptop that gave: its device, who works there, when it last gave, how much it did not have then."""

    device: str
    person: str
    at: str
    lacks: int


class PastPackage(NamedTuple):
    """A package that was given or taken, with the number of the batch that took it."""

    crossing: PastCrossing
    batch: int | None


class FoundExchange(NamedTuple):
    """What the page shows."""

    conflicts: list[OpenConflict]
    laptops: list[MetLaptop]
    packages: list[PastPackage]


class ChosenLock(NamedTuple):
    """What a package is to be sealed with: a new passphrase, or the file of an office's public key."""

    passphrase: str = ""
    office: Path | None = None


def look_up(author: Author, index: RegionIndex, masked: bool) -> FoundExchange:
    """Ask what is open, who gave what and when, and what others do not have."""
    conflicts, own = open_conflicts(author.device), crossing.vector()
    past = noted.crossings()
    notes: dict[str, BatchNote] = batch_notes({each.batch for each in past if each.batch})
    return FoundExchange(
        [OpenConflict(*both) for both in zip(conflicts, told(conflicts, index, masked), strict=True)],
        [MetLaptop(each.device, each.person, each.at, each.lacks(own)) for each in noted.peers(author.device)],
        [PastPackage(each, notes[each.batch].number if each.batch in notes else None) for each in past],
    )


def give(
    path: Path, author: Author, lock: ChosenLock, everything: bool, to: str, folder: Path, progress: OnProgress
) -> GivenPackage:
    """Write a package. UserError for a passphrase that is easily guessed, and as ``giving.give``; ``folder``: the register's."""
    if lock.office is not None:
        made = Lock(office=office.read_public(lock.office))
    else:
        made = Lock(strength.check(lock.passphrase, folder))
    return giving.give(path, author, made, everything, to, progress=progress)


class PublicKey(NamedTuple):
    """The file of an office's public key, and by what people compare it."""

    path: Path
    mark: str


def read_key(path: Path) -> PublicKey:
    """An office's public key. UserError where the file is none."""
    return PublicKey(path, fingerprint(office.read_public(path)))


def hand_out_key(path: Path) -> PublicKey:
    """Write this register's own public key to a file. UserError where that cannot be done."""
    return PublicKey(path, office.hand_out(path))


class LockedPackage(NamedTuple):
    """A package that was chosen: True when its passphrase has to be asked for."""

    path: Path
    asks: bool


class OpenedPackage(NamedTuple):
    """A package that was looked into: what opens it, and what it would bring."""

    opener: Opener
    seen: TakenPackage


def choose(path: Path) -> LockedPackage:
    """Look at what locks a package. UserError where the file cannot be read."""
    return LockedPackage(path, asks_passphrase(path))


def look(
    path: Path, passphrase: str, author: Author, today: dt.date, folder: Path, progress: OnProgress
) -> OpenedPackage:
    """Look into a package: it is taken, and not kept. UserError says why it cannot be taken."""
    opener = Opener(passphrase, office.private_key())
    return OpenedPackage(opener, taking.look(path, opener, author, today, folder, progress))


def take(register: Register, path: Path, opener: Opener, author: Author, today: dt.date, progress: OnProgress) -> Any:
    """Take a package, after a backup."""
    return taking.take_backed_up(register, path, opener, author, today, progress)
