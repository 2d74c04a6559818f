"""Rescue: a new register from what is still readable of a damaged one, and a report of what is missing."""

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.engine import database, open_file, sql
from models.engine.following import following
from models.engine.record import Record
from models.engine.single import EngineError, single
from models.engine.ways import OpeningWay
from models.errors import DamagedRegister, UserError
from models.exchange.noted import Crossing
from models.exchange.office import OfficeKey
from models.files.failures import told
from models.files.private import private_folder
from models.journal import bundles, entries
from models.journal.forks import Fork
from models.journal.log import Batch, Bundle, Change, to_json
from models.journal.writer import Author
from models.language import N_, _
from models.own_names import is_own
from models.progress import OnProgress
from models.records import membership
from models.records.catalogue import RECORDS, kind_of
from models.register import creating, key_file, keys, register, traces, tries
from models.register.laptop import person_name
from models.register.traces import FILE, FolderState
from models.rescue.leaves import FilePages, Row, log_rows
from models.rescue.replay import Replayed, replay
from models.rescue.tables import Source, doubtful, identities, numbered, rows, zeroed
from models.trail import entry as trail
from models.trail.entry import FIELDS, Act, TrailEntry
from models.uid import new_uid

#: Names of lost records that a report holds of each kind.
_NAMED = 50


@dataclass
class RescuedKind:
    """What became of one kind of record: ``rescued`` as it stood, ``from_log`` made again from the log, ``lost``.

    ``names``: what lost ones were called, as far as anything still says it, at most fifty.
    """

    rescued: int = 0
    from_log: int = 0
    lost: int = 0
    names: list[str] = field(default_factory=list)


@dataclass
class RescueReport:
    """``kinds``: every kind of record; ``log``: entries of the log; ``batches``; ``lost_log``: entries known to be missing.

    ``trail`` and ``lost_trail``: the same of the trail, whose check names the first one that is missing.
    """

    folder: Path
    kinds: dict[str, RescuedKind] = field(default_factory=dict)
    log: int = 0
    lost_log: int = 0
    batches: int = 0
    trail: int = 0
    lost_trail: int = 0
    sound: bool = True

    @property
    def whole(self) -> bool:
        """True when nothing is known to be missing."""
        return self.sound and not (self.lost_log or self.lost_trail) and not any(each.lost for each in self.kinds.values())


def rescue(folder: Path, secret: str, out: Path, progress: OnProgress | None = None) -> RescueReport:
    """Write what can still be read of the register in ``folder`` into a new one in ``out``, with the same passphrase and code.

    The damaged one stays as it is, to the last byte. ``progress`` may raise Stopped: then nothing is left in ``out``. Raises
    WrongPassphrase, DamagedRegister when nothing at all can be read, UserError when ``out`` cannot take a register.
    """
    file = folder / FILE
    side_file = key_file.sound_text(folder)
    with tries.counted(folder, N_("抢救登记册")):
        key = keys.unwrap(side_file, secret)
    tell = progress or (lambda _done, _total: None)
    try:
        _check_places(file, out)
        private_folder(out)
        with _still(file, key.hex(), out) as still:
            report = RescueReport(out)
            creating.make(out, key.hex(), side_file, lambda: _fill(report, still, key, tell))
    except OSError as error:
        raise told(error, _("没有抢救完")) from error
    database.connect(out / FILE, key.hex())
    try:
        report.sound = not database.damage()
    finally:
        database.close()
    return report


def can_try(folder: Path) -> bool:
    """True when there is something to rescue in ``folder``: a file that is not empty, and a key file that is whole."""
    try:
        key_file.sound_text(folder)
        return (folder / FILE).stat().st_size > 0
    except (OSError, UserError):
        return False


def _check_places(file: Path, out: Path) -> None:
    if not file.exists() or file.stat().st_size == 0:
        raise DamagedRegister(traces.remains(file.parent) or traces.none_here(file.parent))
    if traces.standing(out) not in (FolderState.NOTHING, FolderState.UNFINISHED):
        raise UserError(_("“{folder}”里已经有登记册或它留下的文件，请换一个空文件夹。").format(folder=out))
    if shutil.disk_usage(next(each for each in (out, *out.parents) if each.exists())).free < 2 * file.stat().st_size:
        raise UserError(_("“{folder}”所在磁盘的空间不够，请换一个磁盘。").format(folder=out))


@contextmanager
def _still(file: Path, key_hex: str, out: Path) -> Iterator[Path]:
    """A file that says all there is: the damaged one itself or, where a log lies beside it, a copy that the log is in."""
    wal = Path(f"{file}-wal")
    if not wal.exists() or wal.stat().st_size == 0:
        yield file
        return
    place = Path(tempfile.mkdtemp(prefix="jianhui-rescue-", dir=out))
    try:
        copy = place / FILE
        shutil.copyfile(file, copy)
        alone = _newest(copy, key_hex, OpeningWay.STILL)
        shutil.copyfile(wal, f"{copy}-wal")
        if _newest(copy, key_hex, OpeningWay.READING) >= alone:
            with suppress(EngineError), single(copy, key_hex, OpeningWay.WRITING) as held:
                held.execute(sql.FOLD_LOG).fetchall()
        Path(f"{copy}-wal").unlink(missing_ok=True)
        yield copy
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _newest(path: Path, key_hex: str, way: OpeningWay) -> int:
    """The newest entry of the log that can be read; -1 when the file cannot be opened so."""
    try:
        with single(path, key_hex, way) as held:
            return entries.newest_by(held.execute)
    except EngineError:
        return -1


def _fill(report: RescueReport, still: Path, key: bytes, tell: OnProgress) -> None:
    """Make the tables and put in what is found: the log, the rows as they stood, what the log knows besides."""
    database.db.execute_sql(sql.REFERENCES_LATER)
    register.make_tables()
    source = Source(still, key.hex())
    bad = source.has_bad_pages()
    _log(report, source, still, key, bad, tell)
    _trail(report, source)
    _exchanged(source)
    known: dict[str, set[str]] = {}
    there: dict[str, set[str]] = {}
    doubts: dict[str, tuple[str, dict[str, Any]]] = {}
    broken: set[str] = set()
    for done, (kind, record) in enumerate(RECORDS.items()):
        tell(done, len(RECORDS))
        there[kind], known[kind], kept = _rows_of(source, kind, record, bad)
        doubts.update((each["uid"], (kind, each)) for each in kept)
        if source.broken_once or not there[kind]:
            broken.add(kind)
        report.kinds[kind] = RescuedKind(rescued=len(there[kind]))
    if not (report.log or report.batches or any(there.values())):
        raise DamagedRegister(_("什么都读不出来：文件损坏得太厉害，或者不是配套的密钥。请用“恢复备份”恢复最近的备份。"))
    replayed = _replayed(broken, there)
    for uid, (kind, values) in doubts.items():
        if uid not in replayed.records and not zeroed(tuple(values.values())):
            database.insert_rows(RECORDS[kind], [values])
            there[kind].add(uid)
            report.kinds[kind].rescued += 1
    for uid, (kind, values) in replayed.records.items():
        report.kinds[kind].from_log += 1
        there[kind].add(uid)
        names = {each.name for each in RECORDS[kind]._meta.sorted_fields} - {"id"}
        database.insert_rows(RECORDS[kind], [{name: value for name, value in values.items() if name in names or is_own(name)}])
    _count_lost(report, known, there, replayed)
    _stand_in(report, replayed)
    membership.refresh_all()
    _note(report)


def _log(report: RescueReport, source: Source, still: Path, key: bytes, bad: bool, tell: OnProgress) -> None:
    """Put in the log and the batches: read as tables and, where pages are ``bad``, gathered from the single pages too."""
    models: dict[str, Any] = {"change": Change, "bundle": Bundle, "batch": Batch}
    found: dict[str, dict[int, Row]] = {name: {} for name in models}
    names = {name: [each.name for each in model._meta.sorted_fields] for name, model in models.items()}

    def whole(name: str, row: Row) -> bool:
        """A bundle goes on over many pages, and its hash tells whether all of them are what was written."""
        return name != "bundle" or bundles.holds(dict(zip(names[name], row, strict=True)))

    for name in [each for each in models if each in source.tables()]:
        asked_for = ", ".join(["id", *(f'"{each}"' for each in names[name] if each != "id")])
        for row in source.ask(f'SELECT {asked_for} FROM "{name}" NOT INDEXED ORDER BY id'):
            if not bad or (whole(name, row) if name == "bundle" else not doubtful(row)):
                found[name][row[0]] = row
    if bad:
        pages = FilePages(still, key)
        try:
            for name, row in log_rows(pages, tell):
                if row[0] not in found[name] and whole(name, row):
                    found[name][row[0]] = row
        finally:
            pages.close()
    for name, model in models.items():
        database.insert_tuples(model, names[name], (found[name][row] for row in sorted(found[name])))
    report.log, report.batches = sum(count for _device, count, _last in entries.numbered()), len(found["batch"])


def _trail(report: RescueReport, source: Source) -> None:
    """Put in the trail as it was kept, to the number: what was changed or is missing is found by its own check."""
    names = ["id", *FIELDS, "hash"]
    if not set(names) <= set(source.columns(TrailEntry._meta.table_name)):
        return  # of a program that kept none, or not to be read
    last, read = numbered(source, TrailEntry._meta.table_name, names[1:])
    found = {row[0]: row for row in read}
    database.insert_tuples(TrailEntry, names, (found[number] for number in sorted(found)))
    last = max([last, *found])
    open_file.count_as_given(TrailEntry, last)
    report.trail, report.lost_trail = len(found), last - len(found)


def _exchanged(source: Source) -> None:
    """Put in what is kept of other laptops: records written in two places, what was given and taken, the office's key."""
    for model in (Fork, Crossing, OfficeKey):
        table, names = model._meta.table_name, [name for name in model._meta.sorted_field_names if name != "id"]
        if set(names) <= set(source.columns(table)):
            database.insert_tuples(model, ["id", *names], list(rows(source, table, names)))


def _rows_of(
    source: Source, kind: str, record: type[Record], bad: bool
) -> tuple[set[str], set[str], list[dict[str, Any]]]:  # fmt: skip
    """Put in all rows of a kind that can be read: their uids, those that the index knows, and the rows that are in doubt."""
    names = set(source.columns(kind))
    names -= {"id", *(each.name for each in following(record))}  # these are made anew
    wanted = [each.name for each in record._meta.sorted_fields if each.name in names]
    if "uid" not in wanted:
        return set(), set(), []
    place, there = wanted.index("uid") + 1, set()
    waiting: list[Row] = []
    doubts = []
    source.broken_once = False
    for row in rows(source, kind, wanted):
        if bad and doubtful(row):
            doubts.append(dict(zip(["id", *wanted], row, strict=True)))
        elif isinstance(row[place], str) and row[place] not in there:
            there.add(row[place])
            waiting.append(row)
        if len(waiting) >= database.CHUNK:
            database.insert_tuples(record, ["id", *wanted], waiting)
            waiting = []
    database.insert_tuples(record, ["id", *wanted], waiting)
    return there, set(identities(source, kind).values()), doubts


def _replayed(broken: set[str], there: dict[str, set[str]]) -> Replayed:
    """What the log says of records whose rows cannot be read; those that a register begins with are not in the log.

    ``broken``: the kinds of which not all rows could be read.
    """
    begin = {}
    for record, rows_ in creating.seeds().items():
        kind = kind_of(record)
        for each in rows_:
            if kind in broken and each["uid"] not in there[kind]:
                begin[each["uid"]] = (kind, each)
    said = entries.between(0, entries.newest(), ("kind", "record", "field", "before", "after"))
    return replay(said, frozenset().union(*there.values()), begin)


def _count_lost(report: RescueReport, known: dict[str, set[str]], there: dict[str, set[str]], replayed: Replayed) -> None:
    """Count what is known to have been there and is not: by the index, by the log, by the records that refer to it."""
    lost = {kind: uids - there[kind] - replayed.removed for kind, uids in known.items()}
    for uid, kind in replayed.halves.items():
        lost[kind] |= {uid} - there[kind]
    for kind in RECORDS:
        for column, table in _references(kind):
            lost[table] |= _dangling(kind, column, table)
    for kind, uids in lost.items():
        report.kinds[kind].lost = len(uids)
        report.kinds[kind].names = [replayed.names[uid] for uid in sorted(uids) if replayed.names.get(uid)][:_NAMED]


def _stand_in(report: RescueReport, replayed: Replayed) -> None:
    """Put an empty record in the place of each lost one that others refer to: who belongs together stays so."""
    for _round in RECORDS:
        links = [(kind, column, table) for kind in RECORDS for column, table in _references(kind)]
        missing = {(table, uid) for kind, column, table in links for uid in _dangling(kind, column, table)}
        if not missing:
            return
        for table, uid in sorted(missing):
            named = "name" in {each.name for each in RECORDS[table]._meta.sorted_fields}
            name = {"name": replayed.names.get(uid) or _("（记录已损坏）")} if named else {}
            database.insert_rows(RECORDS[table], [{"uid": uid, **name}])


def _dangling(kind: str, column: str, table: str) -> set[str]:
    query = f'SELECT DISTINCT "{column}" FROM "{kind}" WHERE "{column}" NOT IN (SELECT uid FROM "{table}")'
    return {uid for (uid,) in database.db.execute_sql(query).fetchall()}


def _references(kind: str) -> list[tuple[str, str]]:
    """Which fields of a kind hold the uid of which other kind, as the tables declare it."""
    return [(row[3], row[2]) for row in database.db.execute_sql(sql.references_of(kind)).fetchall()]


def _note(report: RescueReport) -> None:
    """Keep in the new register that it was rescued, and which entries its log lacks since: no later check is to wonder."""
    missing = {device: last - count for device, count, last in entries.numbered() if last != count}
    report.lost_log = sum(missing.values())
    at = dt.datetime.now(dt.UTC).astimezone().isoformat(timespec="seconds")
    kinds = {kind: [each.rescued, each.from_log, each.lost] for kind, each in report.kinds.items()}
    source = to_json({"missing": missing, "kinds": kinds, "torn": bundles.torn()})
    Batch.insert(uid=new_uid(), device="", person=person_name(), kind="rescue", at=at, source=source).execute()
    rows = sum(each.rescued + each.from_log for each in report.kinds.values())
    trail.write(Act("rescue", rows=rows), Author("", person_name()))
