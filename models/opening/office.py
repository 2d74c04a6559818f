"""An office's register on its server: made there, and brought up to date, by its administrator."""

from pathlib import Path
from typing import NamedTuple

from models.engine import database, marking
from models.engine.districts import make_district
from models.errors import UserError
from models.language import _
from models.records.name_keys import keep_places
from models.register import creating, office
from models.register.register import close_register, make_tables, schema_number


class Prepared(NamedTuple):
    """What was made: the number of the schema that was there, 0 for none, and of the one that is there now."""

    before: int
    after: int


def prepare(folder: Path, password: str) -> Prepared:
    """Make the office's register, empty but for what every register begins with, or bring an older one up to date.

    All of it or nothing, but for a district's schema, which may stay without tables; whoever does the same at the same time is
    waited for. Raises what ``opening.open_office`` raises, and
    UserError for a newer one and for a database that holds tables of others.
    """
    address = office.address_in(folder)
    assert address is not None
    database.connect_server(address, folder, password or None)
    try:
        make_district()
        with database.transaction():
            before = need_own()
            if before < schema_number():
                make_tables()
            else:
                marking.set_mark(before)
            if before:
                keep_places(before)
            else:
                creating.seed(*creating.seeds())
        return Prepared(before, marking.mark()[1])
    finally:
        close_register()


def need_own() -> int:
    """The number of the schema that the open office has, 0 where nothing was made yet.

    UserError for a newer one, and for a database that holds tables of others.
    """
    before = marking.mark()[1]
    if before > schema_number():
        raise UserError(_("这个登记册是更新版本的建会通建立的，请升级程序后再打开，什么都没有改动。"))
    if not before and marking.tables():
        raise UserError(_("这个数据库里已经有别的表。请管理员为登记册另外建一个空的数据库，什么都没有改动。"))
    return before
