"""What a package brings put behind the own log, and what cannot be: gaps, and logs that went apart under one device."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from models.errors import UserError
from models.exchange.package import PackageContents, PackageManifest
from models.journal import crossing, shares
from models.journal.bundles import HEADER, holds
from models.journal.log import WHOLE
from models.journal.packing import Unpacked, restored, unpack_uids
from models.journal.shares import share_from
from models.language import _
from models.progress import OnProgress, untold
from models.records.catalogue import RECORDS
from models.register.register import schema_number

#: The first schema that a package can have.
FIRST_SCHEMA = 19
#: Entries that are written at once.
_AT_ONCE = 2_000

_DEVICE, _NUMBER, _BATCH = (crossing.OF_ENTRY.index(name) for name in ("device", "number", "batch"))
_KIND, _RECORD, _FIELD, _BEFORE, _AFTER = (
    crossing.OF_ENTRY.index(name) for name in ("kind", "record", "field", "before", "after")
)
_COUNT = crossing.OF_BUNDLE.index("count")


@dataclass
class Arrived:
    """What came: of each record its kind and the record it came with; how many entries are new, how many were here.

    ``again``: the records of entries that were here already. ``place``: of the last entry in the own log. ``contents``: what
    the package held. ``edited``: the records of which single fields were changed.
    """

    place: int
    contents: PackageContents = field(default_factory=PackageContents)
    touched: dict[str, tuple[str, str]] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)
    edited: set[str] = field(default_factory=set)
    entries: int = 0


def check(manifest: PackageManifest, own: dict[str, int]) -> None:
    """UserError for a package of a schema that is not this program's, with a gap, or from a log that went apart from this one."""
    if manifest.schema > schema_number():
        raise UserError(_("这个交换包是更新版本的建会通交出的，请先升级程序，什么都没有收下。"))
    if manifest.schema < FIRST_SCHEMA:
        raise UserError(_("这个交换包是不会交换的旧版本交出的，请对方升级程序后重新交一个，什么都没有收下。"))
    own_share, theirs = shares.share(), share_from(manifest.share)
    if own_share is not None:
        if theirs is None or not theirs.towns <= own_share.towns:
            raise UserError(_("本登记册只有一部分镇街，收不下整本的，也收不下别的镇街的。请办公室用 exchange give --town 交出。什么都没有收下。"))
        return
    parts = theirs.known if theirs is not None else {}
    missing = [
        _("设备 {device} 的第 {first:,}–{last:,} 条").format(device=device, first=own.get(device, 0) + 1, last=after)
        for device, after in sorted({**manifest.after, **parts}.items())
        if own.get(device, 0) < after
    ]
    if missing:
        said = _("中间缺了：{missing}。请先收下之前的交换包，或者请对方重新交一个完整的（--all）。什么都没有收下。")
        raise UserError(said.format(missing=_("、").join(missing)))
    here = crossing.batches_at(manifest.after.items())
    for device, batch in manifest.before.items():
        _same(here.get((device, manifest.after[device])), batch, device)


def _same(ours: str | None, theirs: str, device: str) -> None:
    if ours is not None and ours != theirs:
        said = _(
            "设备 {device} 的日志在两边不一样：多半是同一个登记册文件夹被拷到了两台电脑上，或者程序之外恢复过。两边不能合并，什么都没有收下。"
        )
        raise UserError(said.format(device=device))


def put_in(
    lines: Iterable[tuple[str, Any]], own: dict[str, int], place: int, total: int, tell: OnProgress = untold
) -> Arrived:
    """Put the batches, entries and bundles that are not here behind ``place`` of the log. Part of the open transaction.

    ``lines``: of a package, behind its manifest, to its end, for only there all of it was found whole. ``own``: how far the
    own log knows each device; a share may lack some of that. ``total``: entries that are to come, as ``tell`` is told. UserError
    as :func:`check`, and for what cannot stand in a log.
    """
    made, waiting = Arrived(place), list[tuple[int, crossing.Row]]()
    own = _PartlyKnown(own) if shares.share() is not None else own
    batches: list[crossing.Row] = []
    read = 0
    for what, value in lines:
        tell(read, total)
        if what == "batch":
            batches.append(value)
        elif what == "entry":
            read += 1
            _entry(made, waiting, value, own)
        elif what == "bundle":
            _flush(waiting)
            read += value[_COUNT]
            _bundle(made, value, own)
        elif what == "end":
            made.contents = value
        if len(waiting) >= _AT_ONCE:
            _flush(waiting)
    _flush(waiting)
    if made.entries:
        crossing.batches_in(batches)
    return made


def _flush(waiting: list[tuple[int, crossing.Row]]) -> None:
    crossing.entry_in(waiting)
    waiting.clear()


def _entry(made: Arrived, waiting: list[tuple[int, crossing.Row]], row: crossing.Row, own: dict[str, int]) -> None:
    kind, record, name = row[_KIND], row[_RECORD], row[_FIELD]
    if not _new(row[_DEVICE], row[_NUMBER], row[_BATCH], own):
        made.again.add(record)
        return
    made.place += 1
    made.entries += 1
    waiting.append((made.place, row))
    if name != WHOLE:
        made.touched.setdefault(record, (_known(kind), record))
        made.edited.add(record)
        return
    for each, values in json.loads(row[_AFTER] or row[_BEFORE] or "[]"):
        made.touched[values["uid"]] = (_known(each), record)


def _bundle(made: Arrived, row: crossing.Row, own: dict[str, int]) -> None:
    values = dict(zip((*HEADER[1:], *crossing.BLOBS), row, strict=True))
    uids = unpack_uids(values["records"])
    if not _new(values["device"], values["number"], values["batch"], own):
        made.again.update(uids)
        return
    if not holds(values):
        raise UserError(_("这个交换包的内容与它自己写的不符，请对方重新交一个。什么都没有收下。"))
    made.place += values["count"]
    made.entries += values["count"]
    crossing.bundle_in(made.place, row)
    held = Unpacked(restored(values["content"]), uids)
    for place, main in enumerate(uids):
        for kind, uid in held.uids_at(place):
            made.touched[uid] = (_known(kind), main)


class _PartlyKnown(dict[str, int]):
    """How far a share knows each device, with the entries that are there: of those before that not all are."""

    def __init__(self, own: dict[str, int]) -> None:
        super().__init__(own)
        self.here = crossing.numbers()


def _new(device: str, number: int, batch: str, own: dict[str, int]) -> bool:
    """True for what is not here; what is must be the same."""
    if isinstance(own, _PartlyKnown) and (device, number) not in own.here:
        return True
    if number <= own.get(device, 0):
        _same(crossing.batches_at([(device, number)]).get((device, number)), batch, device)
        return False
    return True


def _known(kind: str) -> str:
    if kind not in RECORDS:
        raise UserError(_("这个交换包是更新版本的建会通交出的，请先升级程序，什么都没有收下。"))
    return kind
