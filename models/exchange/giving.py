"""Giving: what others have not seen yet, written into a package."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from models import roles
from models.engine import database
from models.engine.one_state import one_state
from models.errors import UserError
from models.exchange import noted, package
from models.exchange.noted import Peer
from models.exchange.package import FORM, SUFFIX, PackageContents, PackageManifest
from models.exchange.sealed import Lock, SealingStream
from models.files.failures import told as failure_told
from models.files.private import private_folder
from models.files.replacing import replacing_as_it_comes
from models.journal import crossing
from models.journal.history import batch_notes
from models.journal.writer import Author
from models.language import _
from models.lists.step_names import step_names
from models.progress import OnProgress, untold
from models.register.register import schema_number
from models.trail import entry as trail
from models.trail.entry import Act, now
from models.uid import new_uid

#: Batches that are listed one by one.
LISTED = 200


@dataclass(frozen=True)
class GivenPackage:
    """A package that was written: where, its uid, how much is in it, and by device from which number to which."""

    path: Path
    package: str
    contents: PackageContents
    ranges: dict[str, tuple[int, int]]


def unseen_after(author: Author, everything: bool = False, to: str = "") -> dict[str, int]:
    """How far every other laptop that ever gave is known to know each device: a package need not go back behind that.

    Nothing where no other one is known, or ``everything`` is to be given. ``to``: one of them alone, by its device or the
    person there. UserError where that is none, or several.
    """
    known = noted.peers(author.device)
    if to:
        known = [_one(known, to)]
    if everything or not known:
        return {}
    devices = set.intersection(*(set(peer.known) for peer in known))
    return {device: min(peer.known[device] for peer in known) for device in sorted(devices)}


class PastBatchLine(NamedTuple):
    """A batch that a package would hold: when, by whom, and what it did, in words."""

    at: str
    person: str
    what: str


@dataclass(frozen=True)
class PackageToGive:
    """What a package would hold: how many entries of how many batches, and the newest :data:`LISTED` of these batches."""

    entries: int
    batches: int
    listed: list[PastBatchLine]


def what_to_give(author: Author, everything: bool = False, to: str = "") -> PackageToGive:
    """What :func:`give` would write now. UserError as there."""
    after, until = unseen_after(author, everything, to), crossing.vector()
    held = sum(max(0, last - after.get(device, 0)) for device, last in until.items())
    uids = [row[0] for row in crossing.batches_out(after)]
    newest = list(batch_notes(uids[-LISTED:]).values())
    names = step_names([each.number for each in newest])
    lines = [PastBatchLine(each.at, each.person, names.get(each.number, "")) for each in newest]
    return PackageToGive(held, len(uids), sorted(lines, key=lambda each: each.at, reverse=True))


def _one(peers: Sequence[Peer], to: str) -> Peer:
    found = [each for each in peers if to in (each.device, each.person)]
    if len(found) != 1:
        names = _("、").join(_("{person}（{device}）").format(person=each.person, device=each.device) for each in peers) or _("还没有")
        said = _("不知道交给谁：“{name}”。交来过的有：{names}。同名的写设备编号；第一次交给对方用 --all。")
        raise UserError(said.format(name=to, names=names))
    return found[0]


def give(
    path: Path, author: Author, lock: Lock, everything: bool = False, to: str = "", purpose: str = "",
    progress: OnProgress = untold,
) -> GivenPackage:  # fmt: skip
    """Write a package with all that others have not seen, see :func:`unseen_after`, to a file, whole or not at all.

    It is read back from the disk before it gets its name, is noted, and stands in the trail with its ``purpose``: it holds
    people's data in full. ``progress``: entries, of all there are to write. UserError when nothing can be written, and for a
    passphrase that is too short.
    """
    roles.need_write()
    roles.need_all()
    path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
    after = unseen_after(author, everything, to)
    with one_state():
        until = crossing.vector()
        after = {device: min(number, until[device]) for device, number in after.items() if device in until}
        before = {device: uid for (device, _number), uid in crossing.batches_at(after.items()).items()}
        uid = new_uid()
        manifest = PackageManifest(
            FORM, uid, author.device, author.person, now(), schema_number(), to, after, until, before
        )  # fmt: skip
        try:
            private_folder(path.parent)
            with replacing_as_it_comes(path) as stream:
                contents = package.write(SealingStream(stream, lock), manifest, after, progress)
        except OSError as error:
            raise failure_told(error, _("交换包“{name}”没有写成").format(name=path.name)) from error
    ranges = {device: (after.get(device, 0) + 1, last) for device, last in until.items() if last > after.get(device, 0)}
    with database.transaction():
        told = {"batches": contents.batches, "entries": contents.entries, "to": to}
        noted.note("give", uid, (author.device, author.person), path.name, until, told)
        trail.write(Act("give", rows=contents.entries, full=True, recipient=to, purpose=purpose, file=path.name), author)
    return GivenPackage(path, uid, contents, ranges)
