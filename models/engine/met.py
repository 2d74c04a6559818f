"""Whether what was to be changed or removed was met: a row that is gone, or that a server hides, is left out in silence."""

from collections.abc import Sequence
from typing import NoReturn

from peewee import Model

from models.engine.running import server
from models.errors import NotYours, Overtaken, UserError
from models.language import _


def see_changed(record: type[Model], uids: Sequence[str], there: set[str], met: int) -> None:
    """After an update by uid that met so many rows: see that it met each. ``there``: those of the uids that are to be seen now.

    Raises NotYours where the server keeps a row from the connected user, Overtaken where it is gone.
    """
    if met == len(uids):
        return
    gone = next((uid for uid in uids if uid not in there), "")
    if not gone:
        raise NotYours
    raise_gone(record, gone)


def raise_gone(record: type[Model], uid: str) -> NoReturn:
    """Say why a row is not to be seen: NotYours where it is hidden, else Overtaken, for somebody removed it."""
    if _exists(record, uid):
        raise NotYours
    raise Overtaken(uid)


def see_removed(record: type[Model], uids: Sequence[str], met: int) -> None:
    """After a removal by uid that met so many rows: the same."""
    if met == len(uids):
        return
    if any(_exists(record, uid) for uid in uids):
        raise NotYours
    if len(uids) == 1:
        raise Overtaken(uids[0])
    told = _("要删去的 {count:,} 条里有 {gone:,} 条已经不在了，什么都没有改动。请刷新后再试。")
    raise UserError(told.format(count=len(uids), gone=len(uids) - met))


def _exists(record: type[Model], uid: str) -> bool:
    """True for a row that is there, seen or not: of a file all are seen."""
    engine = server()
    return engine is not None and engine.asked("SELECT office_town_of(?, ?)", record._meta.table_name, uid) is not None
