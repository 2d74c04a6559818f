"""A laptop's register moved into an office: every row, the whole log and the trail, in one transaction, compared at its end."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models import roles
from models.engine import database, whole_tables
from models.engine.whole_tables import TableSource
from models.errors import UserError
from models.language import _
from models.lists import search
from models.moving.carried import CARRIED, NUMBERED, TableSum, need_same, put_in, read, sums_of
from models.moving.empty_office import empty_office
from models.opening import check_up
from models.opening.opening import open_office, open_register
from models.progress import OnProgress, part_of, untold
from models.register import laptop, lock, office
from models.register.register import close_register, forget
from models.standing import past_counts
from models.trail import entry as trail
from models.trail import verifying
from models.trail.entry import Act

#: How far, in per cent, a moving is when all rows are in, when they were compared, when the log was checked.
_IN, _COMPARED, _CHECKED = 50, 70, 80


@dataclass(frozen=True)
class RegisterMoved:
    """What was put into an office: by table how many rows, and the sum of what was read and, as was compared, is there."""

    tables: dict[str, TableSum]

    @property
    def people(self) -> int:
        """How many people there are."""
        return self.tables["worker"].rows


def move_in(folder: Path, password: str, source: Path, secret: str, tell: OnProgress = untold) -> RegisterMoved:
    """Move the register in the folder ``source`` into the empty office of ``folder``; ``secret``: of the one that moves.

    An older one is brought up to date first, after a backup. It stays where it is, as it is. Whatever breaks off, the office
    holds all of it or nothing. Raises what opening either raises, and UserError for one that is damaged, for one that holds
    what no server keeps, and for an office that is not empty.
    """
    if office.address_in(source) is not None:
        raise UserError(_("“{folder}”是办公室的登记册，不是这台电脑上的文件夹。").format(folder=source))
    with lock.writing(source, _("搬进办公室")):
        held = open_register(source, secret)
        try:
            roles.need_write()
            if database.refused():
                raise UserError(database.refused())
        finally:
            close_register()
        try:
            with whole_tables.of_file(held.file, held.key_hex) as tables, empty_office(folder, password):
                moved = fill(tables, tell)
                author = laptop.author(folder)
                trail.write(Act("move-in", rows=moved.people, full=True, file=source.name), author)
        finally:
            forget(held)
    follow(folder, password, part_of(tell, _CHECKED, 100))
    return moved


def fill(source: TableSource, tell: OnProgress = untold) -> RegisterMoved:
    """Put all tables of a source into the open, empty register, compare what is there then, and check its log and its trail."""
    came = dict[str, TableSum]()
    for done, table in enumerate(CARRIED):
        part_of(tell, 0, _IN)(done, len(CARRIED))
        came[table] = put_in(table, read(source, table))
    check_filled({table: source.last_given(table) for table in NUMBERED}, came, dict.fromkeys(came, ()), tell)
    return RegisterMoved(came)


def check_filled(
    given: Mapping[str, int], came: Mapping[str, TableSum], names: Mapping[str, Sequence[str]], tell: OnProgress = untold
) -> None:
    """Once all rows are in: let numbers go on behind them, compare, and check the chains. UserError where anything is amiss.

    ``given``: the last number of each table that gives none twice; ``names``: the fields that came, all where there are none.
    """
    whole_tables.go_on_behind((CARRIED[table] for table in came), given)
    need_same(came, sums_of(whole_tables.of_open(), names, part_of(tell, _IN, _COMPARED)))
    faults = check_up.log_faults()
    verdict = verifying.verify()
    if verdict.wrong is not None:
        faults.append(verdict.text)
    if faults:
        said = _("日志或操作留痕没有通过核对，什么都没有搬：{why}")
        raise UserError(said.format(why=_("；").join(faults[:3])))


def follow(folder: Path, password: str, tell: OnProgress = untold) -> None:
    """Let what follows from the records follow: the index of words and the counts of days past. It is in the office already."""
    open_office(folder, password)
    try:
        search.catch_up(part_of(tell, 0, 90))
        past_counts.catch_up(dt.date.today())
        with database.damage_told():
            whole_tables.counted()
    finally:
        close_register()

