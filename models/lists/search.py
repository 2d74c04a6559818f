"""The one search box: people, employers, unions, things that stand: by name, pinyin, initials, last digits, own fields.

A full-text index beside the records follows the log: :func:`catch_up` reads what was changed since and indexes those
records anew. It holds no text of its own that the register does not have, and can be made anew at any time.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from models import roles
from models.engine import database, word_index
from models.engine.record import Record
from models.engine.word_index import Way
from models.journal import entries, followers
from models.journal.followers import Follower, When
from models.journal.log import WHOLE
from models.language import _
from models.patterns import pattern
from models.progress import OnProgress
from models.records.employer import Employer
from models.records.officer import Officer
from models.records.site import Site, SiteKind
from models.records.union import Union
from models.records.worker import Worker
from models.values.columns import column_of, own_columns
from models.values.kinds import Choice, Text
from models.values.name_order import place_of
from models.values.pinyin import initials, is_han, organization_readings, person_readings, segmentations
from models.values.region_index import RegionIndex

Kind = Literal["worker", "employer", "union"]
#: What a hit leads to.
Opened = Literal["worker", "employer", "union", "site"]
#: What is indexed besides: whoever holds a post, who need not be one of the register's people. Found, it leads to the union.
Indexed = Literal["worker", "employer", "union", "officer", "site"]
KINDS: dict[Indexed, type[Record]] = {"worker": Worker, "employer": Employer, "union": Union, "officer": Officer, "site": Site}
#: The fields that a record is found by; the first is its name, the second of units and places a name too, the others numbers.
_FIELDS: dict[Indexed, tuple[str, ...]] = {
    "worker": ("name", "id_number", "phone"),
    "employer": ("name", "former_names", "credit_code", "phone"),
    "union": ("name", "former_names", "credit_code", "phone"),
    "officer": ("name", "phone"),
    "site": ("name", "address"),  # who looks after it is found among people
}
_CHUNK = 5_000
#: Hits of a kind that are put in order before the best are shown.
_LOOKED_AT = 60
_WORD = pattern(r"[^\W_]+")
_NUMBER = pattern(r"\d{3,}x?")


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found: what it is called, and a line that tells it from its namesakes (numbers masked).

    Of an officer ``kind`` and ``uid`` are those of the union.
    """

    kind: Opened
    uid: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The best hits of one kind; ``more``: there are others."""

    kind: Indexed
    hits: tuple[Hit, ...]
    more: bool


def behind() -> bool:
    """True when records were changed since the index was last brought up to date, and it can be."""
    return not database.refused() and roles.indexes() and _done() < entries.newest()


def catch_up(progress: OnProgress | None = None, most: int | None = None) -> int:
    """Index what was changed since the last time; returns how many records were. ``progress(done, total)``.

    ``most``: of the log's entries only the next so many, for whoever has other things to do in between.
    """
    done, newest = _done(), entries.newest()
    if most is not None:
        newest = min(newest, done + most)
    if done >= newest or database.refused() or not roles.indexes():  # what cannot be written is searched as it was indexed
        return 0
    tell = progress or (lambda _done, _total: None)
    with database.transaction(again=True):
        touched = {kind: _touched(kind, done, newest) for kind in KINDS}
        total = sum(map(len, touched.values()))
        indexed = 0
        for kind, uids in touched.items():
            there = 0
            for start in range(0, len(uids), _CHUNK):
                tell(indexed, total)
                part = uids[start : start + _CHUNK]
                there += _index(kind, part)
                indexed += len(part)
            if there < len(uids):  # the words of all that are gone at once
                word_index.sweep(kind)
        word_index.note_done(newest, roles.sees_all())
    tell(total, total)
    return total


# nobody else has to: whoever searches catches up first
followers.add(Follower("search", frozenset(KINDS), catch_up, When.IDLE))


def index_again(kinds: Mapping[str, str]) -> None:
    """Index records, given as uid → kind, that are there again, though no entry of the log since the last time says so.

    Part of the transaction that is open. Kinds that are not searched are left out.
    """
    for kind in KINDS:
        again = [uid for uid, each in kinds.items() if each == kind]
        if again:
            _index(kind, again)


def forget(kind: Indexed, uids: Iterable[str]) -> None:
    """Take records, still there or not, out of the index for good: the segments that held them are written anew."""
    rows = database.fetch_in(KINDS[kind], "uid", uids, ("id",))
    word_index.take_out(kind, (number for (number,) in rows))
    word_index.sweep(kind)
    word_index.write_anew(kind)


def _done() -> int:
    return word_index.done()


def _touched(kind: Indexed, done: int, newest: int) -> list[str]:
    """The uids of the records of a kind whose searched fields were changed after the log's entry ``done``."""
    fields = [WHOLE, *_FIELDS[kind], *_own_texts(kind)]
    return entries.records_since(done, newest, kind, fields)


def _own_texts(kind: Indexed) -> list[str]:
    """The own fields that a record is found by besides: texts and choices."""
    return [each.name for each in own_columns(KINDS[kind]) if isinstance(each.kind, Text | Choice) and not each.retired]


def _index(kind: Indexed, uids: list[str]) -> int:
    """Index these records; returns how many there still are."""
    found = list(database.fetch_in(KINDS[kind], "uid", uids, ("id", *_FIELDS[kind], *_own_texts(kind))))
    word_index.put(kind, ((row[0], _texts(kind, row[1:])) for row in found))
    return len(found)


def _texts(kind: Indexed, values: tuple[Any, ...]) -> tuple[str, str, str, str, str]:
    name, besides = values[0] or "", [str(each) for each in values[len(_FIELDS[kind]) :] if each]
    values = values[: len(_FIELDS[kind])]
    if kind in ("worker", "officer"):
        readings, names, numbers = person_readings(name), [name], values[1:]
    else:
        names = [name, *(values[1] or "").split("、")]
        readings = [reading for each in names for reading in organization_readings(each)]
        numbers = values[2:]
    first, *others = readings or [[]]
    # each beginning within the name: 伟强 of 张伟强 is also typed as wq
    ends = {initials(reading[place:]) for reading in readings for place in range(len(reading))}
    return (
        " ".join(token for each in (*names, *besides) for token in _tokens(each)),
        " ".join(first),
        " | ".join(" ".join(each) for each in others),
        " ".join(sorted(ends)),
        " ".join(_folded(str(number))[::-1] for number in (*numbers, *besides) if number),
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _tokens(text: str) -> list[str]:
    """Chinese characters one by one, other letters and digits in runs."""
    found: list[str] = []
    run = ""
    for character in _folded(text) + " ":
        if character.isalnum() and not is_han(character):
            run += character
            continue
        found += [run] if run else []
        found += [character] if is_han(character) else []
        run = ""
    return found


def find(text: str, index: RegionIndex, limit: int = 8) -> list[HitGroup]:
    """Search every kind; groups without a hit are left out. "" and a lone letter find nothing."""
    asked = _question(text)
    if not asked:
        return []
    groups = (_group(kind, text, asked, index, limit) for kind in KINDS)
    return [group for group in groups if group.hits]


def found(kind: Kind, text: str, limit: int = 1_000) -> frozenset[str]:
    """The uids of the records of a kind that ``text`` finds, at most ``limit``."""
    asked = _question(text)
    if not asked:
        return frozenset()
    return word_index.found_uids(kind, asked, limit)


def _question(text: str) -> word_index.Question:
    """The full-text question for what was typed; empty when it asks nothing."""
    words = [_ways(word) for word in _folded(text).split()]
    return [ways for ways in words if ways]


def _ways(word: str) -> list[Way]:
    tokens = _tokens(word)
    if not tokens or (len(word) == 1 and not is_han(word)):
        return []
    ways = [Way(("name",), tuple(tokens))]
    if _NUMBER.fullmatch(word):
        ways.append(Way(("digits",), (word[::-1],)))
    if word.isascii() and word.isalpha():
        ways.append(Way(("initials",), (word,)))
        # long letters have many readings, of which the first are the likely ones
        ways += [Way(("pinyin", "other"), tuple(each)) for each in islice(segmentations(word), 8)]
    return ways


def _group(kind: Indexed, text: str, asked: word_index.Question, index: RegionIndex, limit: int) -> HitGroup:
    found = list(_details(kind, word_index.found(kind, asked, _LOOKED_AT), index))
    wanted = _folded(text).replace(" ", "")
    person = kind == "worker"
    found.sort(
        key=lambda hit: (hit.title != wanted, not hit.title.startswith(wanted), len(hit.title), place_of(hit.title, person))
    )
    # posts have no list of their own to go on to, and that of things that stand knows no pinyin
    listed = kind != "officer" and not (kind == "site" and text.isascii())
    return HitGroup(kind, tuple(found[:limit]), len(found) > limit and listed)


def _details(kind: Indexed, ids: list[int], index: RegionIndex) -> Iterator[Hit]:
    if kind == "officer":
        yield from _posts(ids)
        return
    if kind == "worker":
        union, employer = Union.alias(), Employer.alias()
        people = (
            Worker.select(
                Worker.uid, Worker.name, Worker.id_number, Worker.phone, Worker.membership_state,
                union.name.alias("union"), employer.name.alias("employer"),
            )
            .left_outer_join(union, on=(Worker.union == union.uid))
            .switch(Worker)
            .left_outer_join(employer, on=(Worker.employer == employer.uid))
            .where(Worker.id.in_(ids))
        )  # fmt: skip
        persons: list[dict[str, Any]] = list(people.dicts())  # type: ignore[arg-type]  # the stubs keep the model's type
        for row in persons:
            yield Hit("worker", row["uid"], row["name"] or "", _of_person(row))
        return
    if kind == "site":
        yield from _things(ids, index)
        return
    record: Any = KINDS[kind]
    fields = (record.uid, record.name, record.region, record.former_names)
    for row in record.select(*fields).where(record.id.in_(ids)).dicts():
        where = index.path(row["region"]) if row["region"] else ""
        former = _("曾用名 {names}").format(names=row["former_names"]) if row["former_names"] else ""
        yield Hit(kind, row["uid"], row["name"] or "", " · ".join(part for part in (where, former) if part))


def _things(ids: list[int], index: RegionIndex) -> Iterator[Hit]:
    """The things that stand with these row numbers: of which kind, where, and whether they are no more."""
    query: Any = Site.select(Site.uid, Site.name, SiteKind.name, Site.region, Site.address, Site.until)
    for uid, name, kind, region, address, until in query.join(SiteKind, on=(Site.site_kind == SiteKind.uid)).where(
        Site.id.in_(ids)
    ).tuples():
        where = index.path(region) if region in index.entries else ""
        where = "" if (address or "").startswith(where) else where
        gone = _("{day} 停用").format(day=until) if until else ""
        yield Hit("site", uid, name or "", " · ".join(part for part in (_(kind or ""), where, address, gone) if part))


def _posts(ids: list[int]) -> Iterator[Hit]:
    """The posts with these row numbers, as hits that lead to their unions."""
    query: Any = Officer.select(Officer.name, Officer.body, Officer.post, Officer.until, Union.uid, Union.name)
    query = query.join(Union, on=(Officer.union == Union.uid)).where(Officer.id.in_(ids), Officer.name.is_null(False))
    for name, body, post, until, union, union_name in query.tuples():
        left = _("{day} 离任").format(day=until) if until else ""
        told = (union_name or "", _(post or body or ""), left)
        yield Hit("union", union, name, " · ".join(part for part in told if part))


def _of_person(row: dict[str, Any]) -> str:
    # whoever is opened from here shows the date of birth: what is seen of a number must not complete it
    numbers = (column_of(Worker, name).kind.show(row[name], beside_birth=True) for name in ("id_number", "phone"))
    return " · ".join(part for part in (row["union"] or row["employer"], _(row["membership_state"] or ""), *numbers) if part)
