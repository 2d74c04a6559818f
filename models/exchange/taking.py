"""Taking a package: looked at first, then one batch in one transaction, which can be undone."""

import datetime as dt
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from models import roles
from models.backups.making import back_up_before
from models.backups.reasons import Reason
from models.duplicates.find import duplicates, duplicates_of
from models.duplicates.same_key import same_keys
from models.engine import database
from models.exchange import arriving, noted, package
from models.exchange.arriving import Arrived
from models.exchange.brought import Brought, brought
from models.exchange.conflicts import Conflict, open_conflicts, settled
from models.exchange.package import PackageContents, PackageManifest
from models.exchange.sealed import Opener
from models.exchange.telling import told
from models.exchange.things import MANY, together
from models.exchange.uniting import United, unite
from models.journal import crossing, entries
from models.journal.heads import heads_of
from models.journal.history import BatchNote
from models.journal.writer import Author, Writer, batch, number_of
from models.language import _
from models.lists import search
from models.people import erasing
from models.progress import OnProgress, part_of, untold
from models.records.erasure import Erasure
from models.records.region import load_index
from models.records.setting import Setting
from models.register.register import Register
from models.trail import entry as trail
from models.trail.entry import Act, now

#: The kind of the batch that takes.
EXCHANGE = "exchange"
#: Up to so many new records each is compared by itself; of more all are compared at once.
_EACH = 100
#: How far, in per cent, a taking is once the package was read, and once the tables follow it.
_READ, _UNITED = 50, 95
#: The same of a taking with its backup, once that is made.
_BACKED_UP = 30


@dataclass(frozen=True)
class PerhapsSame:
    """Two records (uids) of a kind that may be one: what came at the left, what it may be at the right, and why."""

    kind: str
    left: str
    right: str
    code: str


@dataclass(frozen=True)
class NotDone:
    """Something that was said elsewhere and is not so here: a record that was removed there and stays, and why."""

    kind: str
    uid: str
    why: str


@dataclass(frozen=True)
class TakenPackage:
    """What a package brought, or would bring. ``batch``: the number, None for a preview and where nothing was new.

    ``new``, ``changed``, ``gone``, ``same`` count records, facts among them; ``kinds``: of the new and changed ones how many of
    each kind; ``entries``: of the log, how many were not here; ``moved``: references that followed a merge; ``joined``: what went
    into another one for the same, made elsewhere. ``ahead``: the giver's clock, or the own one, is wrong by more than a day.
    ``own``: it is a package of this very laptop. ``rows``: the same in words, record by record.
    """

    manifest: PackageManifest
    contents: PackageContents
    batch: int | None = None
    entries: int = 0
    new: int = 0
    changed: int = 0
    gone: int = 0
    same: int = 0
    moved: int = 0
    joined: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    perhaps_same: list[PerhapsSame] = field(default_factory=list)
    refused: list[NotDone] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)
    ahead: bool = False
    own: bool = False
    rows: Brought = field(default_factory=Brought)


class _Enough(Exception):
    """Ends a preview: what was tried is not kept."""

    def __init__(self, found: TakenPackage) -> None:
        super().__init__()
        self.found = found


def check(path: Path, opener: Opener) -> bool:
    """Whether there is anything new in a package, by its manifest. UserError where it is not whole, or has a gap."""
    manifest = package.first_look(path, opener)
    own = crossing.vector()
    arriving.check(manifest, own)
    return any(number > own.get(device, 0) for device, number in manifest.until.items())


def take_backed_up(
    register: Register, path: Path, opener: Opener, author: Author, today: dt.date, progress: OnProgress = untold
) -> TakenPackage:
    """As :func:`take`, after a backup where the package brings anything new. UserError also where that cannot be made."""
    roles.need_write()
    roles.need_admin()
    if check(path, opener):
        back_up_before(register, Reason.EXCHANGE, part_of(progress, 0, _BACKED_UP))
    return take(path, opener, author, today, register.folder, part_of(progress, _BACKED_UP, 100))


def look(
    path: Path, opener: Opener, author: Author, today: dt.date, folder: Path, progress: OnProgress = untold
) -> TakenPackage:
    """What :func:`take` would do: it is done, and not kept. UserError says why a package cannot be taken."""
    try:
        return take(path, opener, author, today, folder, progress, only_look=True)
    except _Enough as enough:
        return enough.found


def take(
    path: Path, opener: Opener, author: Author, today: dt.date, folder: Path, progress: OnProgress = untold,
    *, only_look: bool = False,
) -> TakenPackage:  # fmt: skip
    """Take a package, whole or not at all; ``folder``: where the register lies. UserError says why it cannot be taken.

    ``progress``: per cent; what it raises ends the taking, and nothing is kept. The caller makes the backup before. Whoever was
    erased on another laptop is erased here too.
    """
    roles.need_write()
    roles.need_admin()
    source: dict[str, Any] = {"file": path.name}
    with batch(EXCHANGE, author, source) as writer:
        before = crossing.vector()
        taken, emptied = _taken(path, opener, author, today, writer, progress)
        if only_look:
            raise _Enough(taken)
        manifest = taken.manifest
        source |= {"package": manifest.package, "device": manifest.device, "person": manifest.person}
        source |= {"known": before, "until": crossing.vector()}
        told = {"new": taken.new, "changed": taken.changed, "gone": taken.gone, "conflicts": len(taken.conflicts)}
        kept = writer.uid if taken.entries else None
        noted.note("take", manifest.package, (manifest.device, manifest.person), path.name, manifest.until, told, kept)
        trail.write(Act("take", rows=taken.entries, full=True, file=path.name), author)
    if emptied:
        erasing.sweep(folder, emptied)
    return replace(taken, batch=number_of(writer))


def _taken(
    path: Path, opener: Opener, author: Author, today: dt.date, writer: Writer, progress: OnProgress
) -> tuple[TakenPackage, set[str]]:
    """Take within the open batch; also returns who was erased elsewhere and is erased here now.

    The package is read once: what is wrong with its end undoes with the batch all that came of it before.
    """
    own, before = crossing.vector(), writer.place
    with closing(package.read(path, opener)) as lines:
        _what, manifest = next(lines)
        arriving.check(manifest, own)
        arrived = arriving.put_in(lines, own, writer.place, manifest.held, part_of(progress, 0, _READ))
    seen = TakenPackage(manifest, arrived.contents, ahead=_ahead(manifest.at), own=manifest.device == author.device)
    if not arrived.entries:
        return replace(seen, same=len(arrived.again)), set()
    writer.took(arrived.entries, arrived.place, entries.last_number_of(author.device))
    done = unite(arrived, writer, part_of(progress, _READ, _UNITED))
    _put_together(done, writer)
    search.index_again({uid: kind for uid, kind in done.new.items() if uid in arrived.edited})  # an edit kept them
    emptied = _empty(arrived, done, before, writer)
    kinds: dict[str, int] = {}
    for kind in (*done.new.values(), *done.changed.values()):
        kinds[kind] = kinds.get(kind, 0) + 1
    itself = {writer.uid: BatchNote(0, EXCHANGE, author.device, author.person, now())}
    conflicts, alike = open_conflicts(author.device, done.forked, itself), _perhaps_same(done, today)
    refused = [NotDone(kind, uid, _("别的记录用到它，没有去掉")) for uid, kind in done.kept.items()]
    index = load_index(today)
    rows = brought(
        done, {each.uid: each.why for each in refused}, told(conflicts, index),
        {uid: each.kind for each in alike for uid in (each.left, each.right)}, index,
    )  # fmt: skip
    return replace(
        seen, entries=arrived.entries, new=len(done.new), changed=len(done.changed), gone=len(done.gone),
        same=len(done.same) + len(arrived.again - arrived.touched.keys()), moved=done.moved, joined=len(done.joined), kinds=kinds,
        conflicts=conflicts, perhaps_same=alike, refused=refused, rows=rows,
    ), emptied  # fmt: skip


def _ahead(at: str) -> bool:
    """True for a package of a day that has not come yet."""
    return at[:10] > (dt.date.today() + dt.timedelta(days=1)).isoformat()


def _put_together(done: United, writer: Writer) -> None:
    """Settings that are many things in one text, put together thing by thing."""
    many = {uid: kind for uid, kind in done.forked.items() if uid in MANY}
    for uid, of in heads_of(many).items():
        text = together(of) if "value" in of.conflicts() else None
        if text is not None:
            writer.decide(Setting, uid, "value", of.value("value"), text)
    if many:
        writer.flush()
        settled(many)


def _empty(arrived: Arrived, done: United, before: int, writer: Writer) -> set[str]:
    """Empty here too what is held of people who were erased on another laptop, or what came of those who are erased here.

    ``before``: the place in the log behind which the new entries stand.
    """
    edited: dict[str, list[str]] = {}
    for uid in arrived.edited:
        edited.setdefault(arrived.touched[uid][0], []).append(uid)
    tombs = {uid for uid, kind in done.new.items() if kind == "erasure"}
    told = {person for (person,) in database.fetch_in(Erasure, "uid", tombs, ("person",))}
    people = told | erasing.concerned((before, arrived.place), edited)
    if people:
        graves = list(database.fetch_in(Erasure, "person", people, ("uid",)))
        batches = [uid for (uid,) in entries.of_records([uid for (uid,) in graves], ("batch",))]
        gone = erasing.empty(people, batches[0], writer)
        writer.flush()
        settled(gone)
        for kinds in (done.new, done.changed, done.kept, done.forked):
            for uid in gone & kinds.keys():
                del kinds[uid]
    return people


def _perhaps_same(done: United, today: dt.date) -> list[PerhapsSame]:
    index = load_index(today)
    found: list[PerhapsSame] = []
    for kind in ("worker", "employer", "union"):
        new = [uid for uid, each in done.new.items() if each == kind]
        pairs = (
            [pair for uid in new for pair in duplicates_of(kind, uid, index)] if len(new) <= _EACH
            else [pair for pair in duplicates(kind, index) if pair.left in done.new or pair.right in done.new]
        )  # fmt: skip
        told: set[frozenset[str]] = set()
        for pair in pairs:
            if frozenset((pair.left, pair.right)) not in told:
                told.add(frozenset((pair.left, pair.right)))
                left, right = (pair.left, pair.right) if pair.left in done.new else (pair.right, pair.left)
                found.append(PerhapsSame(kind, left, right, pair.code))
    return found + [PerhapsSame(*each) for each in same_keys({**done.new, **done.changed})]
