"""A backup of an office's register: all that is carried, in one encrypted file (.jhoffice), and put back into an empty office.

Lines of JSON, sealed as exchange packages are (``models/exchange/sealed.py``): what it is, then each table with its fields, its
rows, how many there were and their sum, and an end with the sum of all lines before. Nothing of it is ever plain on a disk.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from models.engine import whole_tables
from models.engine.whole_tables import Row, TableSource
from models.errors import UserError
from models.exchange.sealed import Lock, Opener, SealedKind, SealingStream, UnreadPackage, lines
from models.files.failures import told as failure_told
from models.files.given import open_file
from models.files.private import private_folder
from models.files.replacing import replacing_as_it_comes
from models.language import N_, _
from models.moving.carried import CARRIED, NUMBERED, RowsPassing, TableSum, blobs_of, names_of, put_in, read
from models.moving.empty_office import empty_office
from models.moving.moving_in import RegisterMoved, check_filled, follow
from models.opening.opening import open_office
from models.people import erasing
from models.progress import OnProgress, part_of, untold
from models.register import erased_list, laptop, office, strength
from models.register.register import close_register, schema_number
from models.trail import entry as trail
from models.trail.entry import Act, now
from models.trail.keeping import keep

#: How the name of such a backup ends.
SUFFIX = ".jhoffice"
#: The form of the lines, and the schema of the first program that wrote such backups.
FORM, FIRST_SCHEMA = 1, 29
#: Rows that are written on one line.
_AT_ONCE = 500
#: How far, in per cent, a restore is when all rows are in, and when they were compared and checked.
_IN, _CHECKED = 50, 80
BACKUP = SealedKind(
    b"jianhui-office-backup-1\n", b"jianhui-office-backup-",
    newer=N_("这个备份是更新版本的建会通做的，请升级程序后再恢复。"),
    other=N_("这不是办公室登记册的备份（.jhoffice），什么都没有改动。"),
    wrong=N_("备份的口令不对，或者备份已损坏。什么都没有改动。"),
    cut_off=N_("这个备份不完整（没有写完，或者没有拷完），什么都没有改动。"),
    damaged=N_("这个备份已损坏，什么都没有改动。"),
)  # fmt: skip


@dataclass(frozen=True)
class OfficeBackup:
    """A backup that was written: where, how many bytes, and what is in it by table."""

    path: Path
    size: int
    tables: dict[str, TableSum]


@dataclass(frozen=True)
class BackupHead:
    """What a backup says of itself: of which schema, made when and by whom."""

    schema: int
    at: str
    person: str


def back_up(folder: Path, password: str, path: Path, passphrase: str, tell: OnProgress = untold) -> OfficeBackup:
    """Write a backup of the office of ``folder`` to a file, whole or not at all: one state of it, whoever writes meanwhile.

    It is read back from the disk before it gets its name, and stands in the trail. Raises what ``open_office`` raises, and
    UserError where the passphrase is easily guessed, the file cannot be written, or not every row may be seen.
    """
    path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
    address = office.address_in(folder)
    assert address is not None
    strength.check(passphrase, folder)
    open_office(folder, password)
    try:
        author = laptop.author(folder)
        try:
            private_folder(path.parent)
            with whole_tables.of_server(address, password or None) as source, replacing_as_it_comes(path) as stream:
                sums = _write(stream, Lock(passphrase), source, author.person, tell)
        except OSError as error:
            raise failure_told(error, _("备份“{name}”没有写成").format(name=path.name)) from error
        keep(Act("backup", rows=sums["worker"].rows, full=True, file=path.name), author)
    finally:
        close_register()
    return OfficeBackup(path, path.stat().st_size, sums)


def _write(stream: BinaryIO, lock: Lock, source: TableSource, person: str, tell: OnProgress) -> dict[str, TableSum]:
    sealing, digest, sums = SealingStream(stream, lock, BACKUP), hashlib.sha256(), dict[str, TableSum]()

    def put(told: Mapping[str, Any]) -> None:
        line = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        digest.update(line)
        sealing.write(line)

    put({"office": {"form": FORM, "schema": schema_number(), "at": now(), "person": person}})
    for done, table in enumerate(CARRIED):
        tell(done, len(CARRIED))
        names, blobs, passing = names_of(table), blobs_of(table), RowsPassing(table)
        put({"table": table, "fields": names})
        rows = passing.through(read(source, table))
        while part := list(islice(rows, _AT_ONCE)):
            put({"rows": [_plain(row, names, blobs) for row in part]})
        sums[table] = passing.sum
        put({"sum": list(passing.sum)})
    given = {table: source.last_given(table) for table in NUMBERED}
    sealing.write(json.dumps({"end": {"given": given, "sha256": digest.hexdigest()}}).encode() + b"\n")
    sealing.close()
    return sums


def _plain(row: Row, names: Sequence[str], blobs: frozenset[str]) -> list[Any]:
    if not blobs:
        return list(row)
    return [
        base64.b64encode(value).decode() if name in blobs and value is not None else value
        for name, value in zip(names, row, strict=True)
    ]


def restore(folder: Path, password: str, path: Path, passphrase: str, tell: OnProgress = untold) -> RegisterMoved:
    """Put a backup into the empty office of ``folder``, all of it or nothing; one of an older program is brought up to date.

    Whoever was erased since, as far as this laptop knows, is erased again. Raises UserError that says why it cannot be put
    back, and what ``empty_office`` raises.
    """
    opener = Opener(passphrase)
    head = _head(path, opener)
    try:
        with open_file(path) as stream, empty_office(folder, password, head.schema):
            came = _fill(_BackupLines(stream, opener), tell)
            author = laptop.author(folder)
            trail.write(Act("restore", rows=came["worker"].rows, file=path.name), author)
    except OSError as error:
        raise failure_told(error, _("读不了备份“{name}”").format(name=path.name)) from error
    follow(folder, password, part_of(tell, _CHECKED, 100))
    if erased_list.read(folder).people:
        open_office(folder, password)
        try:
            erasing.reapply(folder, lambda: author)
        finally:
            close_register()
    return RegisterMoved(came)


def _head(path: Path, opener: Opener) -> BackupHead:
    try:
        with open_file(path) as stream:
            return _BackupLines(stream, opener).head
    except FileNotFoundError as error:
        raise UserError(_("找不到备份文件“{name}”。").format(name=path.name)) from error
    except OSError as error:
        raise failure_told(error, _("读不了备份“{name}”").format(name=path.name)) from error


def _fill(read_lines: "_BackupLines", tell: OnProgress) -> dict[str, TableSum]:
    """Put all tables into the open office, as they come, and check them once the end was read."""
    came, names = dict[str, TableSum](), dict[str, Sequence[str]]()
    for done, (table, fields, rows) in enumerate(read_lines.tables()):
        part_of(tell, 0, _IN)(done, len(CARRIED))
        came[table], names[table] = put_in(table, rows, fields), fields
        read_lines.need_sum(came[table])
    check_filled(read_lines.given, came, names, part_of(tell, _IN, _CHECKED))
    return came


class _BackupLines:
    """The lines of a backup as they are read; UnreadPackage for whatever is not as it was written."""

    def __init__(self, stream: BinaryIO, opener: Opener) -> None:
        """Read what it says of itself."""
        self._lines = lines(stream, opener, BACKUP)
        self._sum = hashlib.sha256()
        self._next: tuple[str, Any] = self._read()
        self.given: dict[str, int] = {}
        told = self._take("office")
        if not isinstance(told, dict) or not isinstance(told.get("form"), int) or not isinstance(told.get("schema"), int):
            raise UnreadPackage(_(BACKUP.damaged))
        if told["form"] > FORM or told["schema"] > schema_number():
            raise UnreadPackage(_(BACKUP.newer))
        if told["schema"] < FIRST_SCHEMA:
            raise UnreadPackage(_(BACKUP.damaged))
        self.head = BackupHead(told["schema"], str(told.get("at")), str(told.get("person")))

    def tables(self) -> Iterator[tuple[str, list[str], Iterator[Row]]]:
        """Each table with its fields and its rows, which are to be read before the next one; at last the end is checked."""
        known = set[str]()
        while self._next[0] == "table":
            table = self._take("table")
            fields = self._take("fields")
            if table not in CARRIED or table in known or not _are_names(fields, table):
                raise UnreadPackage(_(BACKUP.damaged))
            known.add(table)
            yield table, fields, self._rows(table, fields)
        before = self._sum.hexdigest()
        told = self._take("end")
        given = told.get("given") if isinstance(told, dict) else None
        if not isinstance(given, dict) or told.get("sha256") != before or self._next[0] or set(given) != set(NUMBERED):
            raise UnreadPackage(_(BACKUP.damaged))
        if "worker" not in known or not all(isinstance(number, int) for number in given.values()):
            raise UnreadPackage(_(BACKUP.damaged))
        self.given = given

    def need_sum(self, came: TableSum) -> None:
        """See that a table's rows were those that its own sum speaks of."""
        if self._take("sum") != list(came):
            raise UnreadPackage(_(BACKUP.damaged))

    def _rows(self, table: str, fields: Sequence[str]) -> Iterator[Row]:
        blobs = [place for place, name in enumerate(fields) if name in blobs_of(table)]
        while self._next[0] == "rows":
            for row in self._take("rows"):
                if not isinstance(row, list) or len(row) != len(fields):
                    raise UnreadPackage(_(BACKUP.damaged))
                yield tuple(_with_blobs(row, blobs))

    def _take(self, wanted: str) -> Any:
        """The next thing told, which must be this; a table's fields stand on its own line."""
        what, value = self._next
        if what != wanted:
            raise UnreadPackage(_(BACKUP.damaged))
        if what == "table" and isinstance(value, tuple):
            self._next = ("fields", value[1])
            return value[0]
        self._next = self._read()
        return value

    def _read(self) -> tuple[str, Any]:
        line = next(self._lines, None)
        if line is None:
            return "", None
        try:
            told = json.loads(line)
            what = next(iter(told))
            if what != "end":
                self._sum.update(line + b"\n")
            return what, (told["table"], told["fields"]) if what == "table" else told[what]
        except (ValueError, KeyError, TypeError, StopIteration) as error:
            raise UnreadPackage(_(BACKUP.damaged)) from error


def _are_names(fields: Any, table: str) -> bool:
    if not isinstance(fields, list) or not all(isinstance(each, str) for each in fields):
        return False
    return len(set(fields)) == len(fields) and {"id"} <= set(fields) <= set(names_of(table))


def _with_blobs(row: list[Any], blobs: Iterable[int]) -> list[Any]:
    for place in blobs:
        if row[place] is not None:
            try:
                row[place] = base64.b64decode(row[place], validate=True)
            except (ValueError, TypeError) as error:
                raise UnreadPackage(_(BACKUP.damaged)) from error
    return row
