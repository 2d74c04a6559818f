"""An office's register in which nothing was written yet, held in one transaction while a whole register is put into it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from peewee import Model

from models.engine import database, marking, whole_tables
from models.engine.districts import make_district
from models.errors import UserError
from models.journal.heads import SEEDED
from models.language import _
from models.moving.carried import CARRIED
from models.opening import office as opening_office
from models.register import office
from models.register.register import close_register, make_tables, schema_number
from models.trail.entry import TrailEntry

#: Tables that may hold rows though nobody has entered anything: what every register begins with, and who has looked.
_BESIDES = SEEDED | {TrailEntry._meta.table_name}


@contextmanager
def empty_office(folder: Path, password: str, schema: int | None = None) -> Iterator[None]:
    """The office's register of ``folder``, open and quite empty, in a transaction that ends with the block: all or nothing.

    Its tables are made where there are none, of an older ``schema`` if that is what comes, and are brought up to date at the
    end. References and indexes are looked at all at once then. Nobody else writes meanwhile. UserError where it is not
    empty, or has another schema; besides what ``models.opening.office.prepare`` raises.
    """
    address = office.address_in(folder)
    assert address is not None
    database.connect_server(address, folder, password or None)
    wanted = schema or schema_number()
    try:
        make_district()
        with database.transaction():
            held = opening_office.need_own()
            if held and held != wanted:
                raise UserError(
                    _("办公室的登记册是第 {held} 版，要放进去的是第 {wanted} 版。请管理员另外建一个空的数据库，什么都没有改动。").format(
                        held=held, wanted=wanted
                    )
                )
            if not held:
                make_tables(wanted)
            here = {table: record for table, record in CARRIED.items() if table in set(marking.tables())}
            _need_nothing(here)
            with whole_tables.loosened(here.values()):
                whole_tables.emptied(here[table] for table in reversed(here) if table in _BESIDES)
                yield
            make_tables()
    finally:
        close_register()


def _need_nothing(here: Mapping[str, type[Model]]) -> None:
    for table, record in here.items():
        if table not in _BESIDES and record.select().limit(1).count():
            raise UserError(
                _("办公室的登记册里已经有内容，不能再放进一本。请管理员另外建一个空的数据库，什么都没有改动。")
            )
