"""Many entries of the log in little room: the columns of records that were made, or removed, one after the other.

What a bundle holds is JSON in UTF-8, compressed by zlib, so that every engine and every program can read it::

    {"form": "jianhui-bundle-1", "salt": "…", "numbers": […], "replaces": […], "shape": […],
     "shapes": [[["worker", {"uid": "=", "name": ["王", …]}], ["membership_event", {"uid": […], "worker": "=", …}]], …]}

Records that came with facts of the same kinds have one shape: for each of these kinds, the main record's first, its columns by
field, one value for each record in their order. ``=`` stands for a column that is the main records' uids, which are kept apart;
a value ``[]`` for a field of which a record says nothing. ``shape`` tells each entry's shape where there are several, ``numbers``
its running number where these are not without gaps, ``replaces`` the entries that it replaces where there are any. The salt is
a random text: without it a hash of the rest would tell whoever knows the rest.
"""

import json
import secrets
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from models.patterns import pattern

#: Kinds and values of a record and of what was created with it.
Plain = Sequence[tuple[str, Mapping[str, Any]]]
#: (device, number) of each entry that an entry replaces.
Parents = list[list[Any]]
#: Of each kind, that of the main records first, its columns by field: a value for each record, ``NOTHING`` where it says nothing.
Kinds = Sequence[tuple[str, Mapping[str, Sequence[Any]]]]

FORM = "jianhui-bundle-1"
#: A column of the main records' uids.
_SAME: str = "="
#: What stands for a field of which a record says nothing.
NOTHING: list[Any] = []
#: Uids as ours are written, with a comma behind each.
_OURS = pattern("(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12},)*")
#: Bytes of a uid.
_UID = 16
#: How hard zlib tries: more takes twice the time for a twentieth of the room.
_LEVEL = 3
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def pack_uids(uids: Sequence[str]) -> bytes | None:
    """Sixteen bytes for each uid; None where one of them is not written as ours are."""
    text = "".join([uid + "," for uid in uids])
    return bytes.fromhex(text.replace("-", "").replace(",", "")) if _OURS.fullmatch(text) else None


def unpack_uids(packed: bytes) -> list[str]:
    """The uids, in their order."""
    every = packed.hex()
    bare = [every[start : start + 2 * _UID] for start in range(0, len(every), 2 * _UID)]
    return [f"{each[:8]}-{each[8:12]}-{each[12:16]}-{each[16:20]}-{each[20:]}" for each in bare]


def place_of(packed: bytes, uid: str) -> int:
    """Where a uid stands among packed ones; -1 where it does not."""
    try:
        wanted = bytes.fromhex(uid.replace("-", ""))
    except ValueError:
        return -1
    at = packed.find(wanted) if len(wanted) == _UID else -1
    while at % _UID and at >= 0:
        at = packed.find(wanted, at + 1)
    return at // _UID


@dataclass(frozen=True, slots=True)
class PackedSome:
    """Several entries of one shape: their main records' uids, and the columns of each of their kinds."""

    uids: Sequence[str]
    columns: Kinds


def pack(
    wholes: Sequence[Plain | PackedSome], replaces: Sequence[Parents] | None = None, numbers: Sequence[int] | None = None
) -> str:
    """The JSON of entries, with a salt of its own; the uids of their main records are to be kept apart.

    ``replaces``: what each entry replaces, None where none does; ``numbers``: unless they have no gaps.
    """
    held: dict[tuple[str, ...], list[Plain | PackedSome]] = {}
    order: list[tuple[tuple[str, ...], int]] = []
    for whole in wholes:
        parts, count = (whole.columns, len(whole.uids)) if isinstance(whole, PackedSome) else (whole, 1)
        kinds = tuple([kind for kind, _values in parts])
        held.setdefault(kinds, []).append(whole)
        order.append((kinds, count))
    told: dict[str, Any] = {"form": FORM, "salt": secrets.token_hex(16)}
    told |= {"numbers": numbers} if numbers is not None else {}
    told |= {"replaces": replaces} if replaces is not None else {}
    if len(held) > 1:
        place = {kinds: number for number, kinds in enumerate(held)}
        told["shape"] = [place[kinds] for kinds, count in order for _each in range(count)]
    shapes = ",".join([_shape(_columns(kinds, of_shape)) for kinds, of_shape in held.items()])
    return f'{_encode(told)[:-1]},"shapes":[{shapes}]}}'


def _shape(kinds: Kinds) -> str:
    return f"[{','.join([f'[{_encode(kind)},{_columns_of(columns)}]' for kind, columns in kinds])}]"


def _columns_of(columns: Mapping[str, Sequence[Any]]) -> str:
    return f"{{{','.join([f'{_encode(name)}:{_written(column)}' for name, column in columns.items()])}}}"


def _written(column: Sequence[Any]) -> str:
    """A column's JSON. Texts in which nothing is escaped are written at once, in a fifth of the time."""
    if column is not _SAME:
        with suppress(TypeError):  # not all of them are texts
            text = '","'.join(column)
            if text.count('"') == 2 * len(column) - 2 and "\\" not in text and text.isprintable():
                return f'["{text}"]'
    return _encode(column)


def _columns(kinds: tuple[str, ...], wholes: Sequence[Plain | PackedSome]) -> list[tuple[str, dict[str, Sequence[Any]]]]:
    parts = [_joined(part, wholes) for part in range(len(kinds))]
    uids = parts[0]["uid"]
    return [
        (kind, {name: _SAME if column == uids else column for name, column in columns.items()})
        for kind, columns in zip(kinds, parts, strict=True)
    ]


def _joined(part: int, wholes: Sequence[Plain | PackedSome]) -> dict[str, list[Any]]:
    """The columns of one kind: of entries that are columns already, and of those that stand alone."""
    joined: dict[str, list[Any]] = {}
    done = 0
    for columns, count in _pieces(part, wholes):
        for name, column in columns.items():
            joined.setdefault(name, [NOTHING] * done).extend(column)
        done += count
        for name in joined.keys() - columns.keys():
            joined[name].extend([NOTHING] * count)
    return joined


def _pieces(part: int, wholes: Sequence[Plain | PackedSome]) -> Iterator[tuple[Mapping[str, Sequence[Any]], int]]:
    alone: list[Mapping[str, Any]] = []
    for whole in wholes:
        if not isinstance(whole, PackedSome):
            alone.append(whole[part][1])
            continue
        if alone:
            yield _of_rows(alone), len(alone)
            alone = []
        yield whole.columns[part][1], len(whole.uids)
    if alone:
        yield _of_rows(alone), len(alone)


def _of_rows(rows: Sequence[Mapping[str, Any]]) -> dict[str, Sequence[Any]]:
    shapes = dict.fromkeys(map(tuple, rows))
    names = tuple(dict.fromkeys(name for each in shapes for name in each))
    # most often all say something of the same fields
    alike = len(shapes) == 1
    cells = [list(row.values()) if alike else [row.get(name, NOTHING) for name in names] for row in rows]
    return dict(zip(names, zip(*cells, strict=True), strict=True))


def compressed(text: str) -> bytes:
    """A content's JSON as it is kept."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def restored(kept: bytes) -> str:
    """The JSON of what is kept. ValueError where it is damaged."""
    try:
        return zlib.decompress(kept).decode("utf-8", "surrogatepass")
    except zlib.error as error:
        raise ValueError(str(error)) from error


class Unpacked:
    """What is in a bundle: each entry's record with its facts, made when it is asked for, its parents and its number."""

    def __init__(self, text: str, uids: Sequence[str]) -> None:
        """Take the JSON, and the uids of the main records. ValueError for a form that this program does not know."""
        told = json.loads(text)
        if told.get("form") != FORM:
            raise ValueError(told.get("form"))
        #: The uids of the main records, in the order of the entries.
        self.uids = uids
        #: What each entry replaces; None where none does.
        self.replaces: list[Parents] | None = told.get("replaces")
        #: The running number of each entry; None where they have no gaps.
        self.numbers: list[int] | None = told.get("numbers")
        self._shape: list[int] = told.get("shape") or [0] * len(uids)
        counts = [0] * len(told["shapes"])
        self._within: list[int] = []
        mains: list[list[str]] = [[] for _shape in counts]
        for uid, shape in zip(uids, self._shape, strict=True):
            self._within.append(counts[shape])
            counts[shape] += 1
            mains[shape].append(uid)
        self._columns = [
            [(kind, [(name, main if held == _SAME else held) for name, held in columns.items()]) for kind, columns in each]
            for each, main in zip(told["shapes"], mains, strict=True)
        ]
        self._uid_columns = [[(kind, dict(columns)["uid"]) for kind, columns in each] for each in self._columns]

    def shapes(self) -> Iterator[tuple[list[int], Kinds]]:
        """The entries by their shape: their places in the order of the entries, and the columns of each of their kinds."""
        for shape, columns in enumerate(self._columns):
            many = len(self._columns) > 1
            places = [place for place, each in enumerate(self._shape) if each == shape] if many else list(range(len(self.uids)))
            yield places, [(kind, dict(each)) for kind, each in columns]

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int, Kinds]]:
        """Entries from one place to before another, parted where their shape changes: from, to before, columns of each kind."""
        for shape, run in groupby(range(start, end), key=self._shape.__getitem__):
            places = list(run)
            first, last = self._within[places[0]], self._within[places[-1]] + 1
            columns = [(kind, {name: column[first:last] for name, column in each}) for kind, each in self._columns[shape]]
            yield places[0], places[-1] + 1, columns

    def whole(self, place: int) -> list[tuple[str, dict[str, Any]]]:
        """The kinds and values of the record at a place, and of its facts."""
        at = self._within[place]
        return [
            (kind, {name: value for name, column in columns if (value := column[at]) != NOTHING})
            for kind, columns in self._columns[self._shape[place]]
        ]

    def uids_at(self, place: int) -> list[tuple[str, str]]:
        """The kinds and uids of the record at a place, and of its facts."""
        at = self._within[place]
        return [(kind, column[at]) for kind, column in self._uid_columns[self._shape[place]]]
