"""What a package brings, record by record, in words: for a person who looks at it before, or after, it is taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.engine import database
from models.engine.record import Values
from models.exchange.telling import ToldConflict, as_text
from models.exchange.uniting import LISTED, United
from models.language import _
from models.lists.called import called, described
from models.records.catalogue import RECORDS, stored_names, title_of
from models.values.region_index import RegionIndex

#: Fields that are named of a changed record.
_FIELDS = 4
#: The kinds that are listed before all others.
_FIRST = ("worker", "employer", "union", "site", "ledger_entry", "drive_case", "contact", "officer", "head_count")
#: Records that have a page of their own; of all others whom they speak of is opened.
OPENED = frozenset({"worker", "employer", "union", "site", "ledger_entry"})


@dataclass(frozen=True, slots=True)
class BroughtRecord:
    """A record (uid) that is new, changed or gone: its name, "" where it has none, and what there is to say of it.

    ``of``: kind and uid of what is opened for it: itself, or whom it speaks of; empty where there is nothing to open.
    """

    kind: str
    uid: str
    name: str
    said: str = ""
    of: tuple[str, str] | tuple[()] = ()


@dataclass(frozen=True)
class Brought:
    """The first :data:`models.exchange.uniting.LISTED` records of each kind of news, numbers covered.

    ``refused``: what was removed elsewhere and stays, with why; ``conflicts``: in words, in the order of the conflicts;
    ``alike``: one line about each record (uid) that may be another one.
    """

    new: list[BroughtRecord] = field(default_factory=list)
    changed: list[BroughtRecord] = field(default_factory=list)
    gone: list[BroughtRecord] = field(default_factory=list)
    refused: list[BroughtRecord] = field(default_factory=list)
    conflicts: list[ToldConflict] = field(default_factory=list)
    alike: dict[str, str] = field(default_factory=dict)


def brought(
    done: United, refused: Mapping[str, str], conflicts: list[ToldConflict], alike: Mapping[str, str], index: RegionIndex
) -> Brought:
    """What a taking did, while it is in the register. ``refused``: uid → why; ``alike``: uid → kind of what may be one."""
    new = dict(sorted(done.new.items(), key=lambda each: _rank(each[1]))[:LISTED])
    changed = {uid: kind for uid, kind in done.changed.items() if uid in done.turned}
    gone = {uid: kind for uid, kind in done.gone.items() if uid in done.turned}
    names = _names({**new, **changed, **done.kept})
    lines = described(new, index)
    of = _opened({**new, **changed, **done.kept})
    return Brought(
        [BroughtRecord(kind, uid, names.get(uid, ""), lines.get(uid, ""), of.get(uid, ())) for uid, kind in new.items()],
        [
            BroughtRecord(kind, uid, names.get(uid, ""), _differences(kind, uid, done, index), of.get(uid, ()))
            for uid, kind in changed.items()
        ],
        [BroughtRecord(kind, uid, _former_name(done.turned[uid][0])) for uid, kind in gone.items()],
        [BroughtRecord(done.kept[uid], uid, names.get(uid, ""), why, of.get(uid, ())) for uid, why in refused.items()],
        conflicts, _names(alike) | described(alike, index),
    )  # fmt: skip


def _rank(kind: str) -> int:
    return _FIRST.index(kind) if kind in _FIRST else len(_FIRST)


def _names(kinds: Mapping[str, str]) -> dict[str, str]:
    by_kind: dict[str, list[str]] = {}
    for uid, kind in kinds.items():
        by_kind.setdefault(kind, []).append(uid)
    return called(by_kind)


def _opened(kinds: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """What a person may look at for each record, given as uid → kind: kind and uid."""
    found = {uid: (kind, uid) for uid, kind in kinds.items() if kind in OPENED}
    for kind in set(kinds.values()) - OPENED:
        record = RECORDS[kind]
        for name in ("worker", "employer", "subject", "union"):
            if name in stored_names(record):
                uids = [uid for uid, each in kinds.items() if each == kind]
                spoken_of = dict(database.fetch_in(record, "uid", uids, ("uid", name)))
                whose = {
                    uid: each for each in ("worker", "employer", "union")
                    for (uid,) in database.fetch_in(RECORDS[each], "uid", set(spoken_of.values()), ("uid",))
                }  # fmt: skip
                found |= {uid: (whose[other], other) for uid, other in spoken_of.items() if other in whose}
                break
    return found


def _differences(kind: str, uid: str, done: United, index: RegionIndex) -> str:
    """移动电话 199****0008 → 199****0009；学历 — → 本科: the first fields that changed."""
    was, now = done.turned[uid]
    record = RECORDS[kind]
    names = [name for name, value in (now or {}).items() if name != "uid" and was.get(name) != value]
    parts = [
        _("{field} {was} → {now}").format(
            field=title_of(record, name), was=_text(kind, name, was.get(name), index),
            now=_text(kind, name, (now or {}).get(name), index),
        )
        for name in names[:_FIELDS]
    ]  # fmt: skip
    more = _(" 等 {count} 项").format(count=len(names)) if len(names) > _FIELDS else ""
    return _("；").join(parts) + more


def _text(kind: str, name: str, value: Any, index: RegionIndex) -> str:
    text = as_text(kind, name, value, index)
    return "—" if text is None else str(text)


def _former_name(was: Values) -> str:
    """What is gone has its name in its own values, or is called after whom it spoke of."""
    if was.get("name"):
        return str(was["name"])
    spoken_of = [str(was[name]) for name in ("worker", "employer", "subject", "union") if was.get(name)]
    names = called(dict.fromkeys(("worker", "employer", "union"), spoken_of))
    return next((names[uid] for uid in spoken_of if uid in names), "")
