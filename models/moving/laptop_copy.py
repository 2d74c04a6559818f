"""A register for a laptop out of an office's: an encrypted folder that opens as any other, the whole or some towns' share.

It begins where the office is: the same log with the same numbers, so that the two exchange afterwards only what is new. The trail
stays in the office, and so does its private key.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models import roles
from models.engine import whole_tables
from models.engine.whole_tables import Row, TableSource
from models.errors import UserError
from models.exchange import noted
from models.exchange.noted import Crossing
from models.exchange.office import OfficeKey
from models.files.failures import told as failure_told
from models.journal import crossing
from models.journal.crossing import OF_ENTRY
from models.journal.log import to_json
from models.journal.shares import SHARE
from models.journal.writer import Author
from models.language import _
from models.moving import share as town_share
from models.moving.carried import CARRIED, TableSum, names_of, put_in, read
from models.moving.moving_in import check_filled
from models.moving.share import TownShare
from models.opening.opening import open_office
from models.progress import OnProgress, untold
from models.records.catalogue import RECORDS
from models.records.region import load_index
from models.register import creating, keys, laptop, office, strength, traces
from models.register.register import close_register, make_tables
from models.register.traces import FolderState
from models.trail import entry as trail
from models.trail.entry import Act, TrailEntry, now
from models.trail.keeping import keep
from models.uid import new_uid

#: The log: of a share no more than what tells of it.
_LOGGED = frozenset({"batch", "change", "bundle"})
#: What an office keeps for itself.
_KEPT = frozenset(each._meta.table_name for each in (TrailEntry, OfficeKey, Crossing))


@dataclass(frozen=True)
class LaptopCopy:
    """A register that was made for a laptop: its folder, its recovery code, which is shown once, and what is in it by table."""

    folder: Path
    code: str
    tables: dict[str, TableSum]
    towns: tuple[str, ...] = ()


def export(
    folder: Path, password: str, out: Path, passphrase: str, towns: Sequence[str] = (), recipient: str = "",
    tell: OnProgress = untold,
) -> LaptopCopy:  # fmt: skip
    """Make a register in the folder ``out``, with a passphrase and a recovery code of its own, of what the office holds.

    ``towns``: places as they are written, of whose records, with all that these refer to, it is then a share; the whole where
    none are given.
    It is there whole or not at all; the trail of both says so. Raises what ``open_office`` raises, and UserError where ``out``
    holds anything of a register, has no room, or not every row may be seen.
    """
    if traces.standing(out) not in (FolderState.NOTHING, FolderState.UNFINISHED):
        raise UserError(_("“{folder}”里已经有登记册或它留下的文件，请换一个空文件夹。").format(folder=out))
    strength.check(passphrase, out)
    address = office.address_in(folder)
    assert address is not None
    open_office(folder, password)
    try:
        roles.need_unmask()
        author, known = laptop.author(folder), crossing.vector()
        index = load_index(dt.date.today())
        chosen, regions = town_share.towns_of(towns, index)
        called = tuple(index.path(uid) for uid in chosen)
    finally:
        close_register()
    key, code = keys.new_key(), keys.new_recovery_code()
    made: dict[str, TableSum] = {}
    act = Act("share", _("、").join(called), full=True, recipient=recipient, file=out.name)
    try:
        with whole_tables.of_server(address, password or None) as source:
            part = town_share.share_of(source, chosen, regions, known) if chosen else None
            leaving = _Leaving(source, author, known, part)
            creating.make(out, key.hex(), keys.wrap(key, passphrase, code), lambda: made.update(_fill(leaving, act, tell)))
    except OSError as error:
        raise failure_told(error, _("“{folder}”写不进去").format(folder=out)) from error
    finally:
        close_register()
    open_office(folder, password)
    try:
        keep(replace(act, rows=made["worker"].rows), author)
    finally:
        close_register()
    return LaptopCopy(out, code, made, called)


@dataclass(frozen=True)
class _Leaving:
    """What goes to a laptop: from where, given by whom, how far the log knows each device, and of which share; None for all."""

    source: TableSource
    author: Author
    known: dict[str, int]
    part: TownShare | None


def _fill(leaving: _Leaving, act: Act, tell: OnProgress) -> dict[str, TableSum]:
    """Put what goes into the open, new file; the office is known there as one that gave all of it."""
    make_tables()
    source, author = leaving.source, leaving.author
    came, names = dict[str, TableSum](), dict[str, Sequence[str]]()
    tables = [table for table in CARRIED if table not in _KEPT]
    with whole_tables.loosened(CARRIED[table] for table in tables):
        for done, table in enumerate(tables):
            tell(done, len(tables))
            if leaving.part is None or table not in _LOGGED:
                came[table], names[table] = put_in(table, _rows(source, table, leaving.part)), ()
        if leaving.part is not None:
            names |= {"change": ("id", *OF_ENTRY), "batch": ()}
            came |= _put_log(leaving, leaving.part, names["change"])
    given = {"bundle": source.last_given("bundle")} if leaving.part is None else {}
    check_filled(given, came, names)
    noted.note("take", new_uid(), (author.device, author.person), "", leaving.known, {"office": True})
    trail.write(act, author)
    return came


def _rows(source: TableSource, table: str, part: TownShare | None) -> Iterable[Row]:
    rows = read(source, table)
    if part is None:
        return rows
    if table in RECORDS:
        return part.rows(table, rows)
    place = names_of(table).index("uid")
    return (row for row in rows if row[place] in part.uids)


def _put_log(leaving: _Leaving, part: TownShare, names: Sequence[str]) -> dict[str, TableSum]:
    """The entries that tell of the share, each a row of its own, and their batches; one more says that it is a share."""
    batches = set[str]()
    entries = put_in("change", ((place, *row) for place, row in enumerate(part.log(leaving.source, batches), 1)), names)
    rows = [row for row in read(leaving.source, "batch") if row[1] in batches]
    number, who = max((row[0] for row in rows), default=0) + 1, leaving.author
    rows.append((number, new_uid(), who.device, who.person, SHARE, now(), to_json(part.of.told()), None))
    return {"change": entries, "batch": put_in("batch", rows)}
