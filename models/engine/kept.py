"""What is asked of the register often and seldom changes: kept until something was written."""

from collections.abc import Callable
from typing import TypeVar

from models.engine import sql
from models.engine.database import db

_Read = TypeVar("_Read")


def kept(read: Callable[[], _Read]) -> _Read:
    """What ``read`` gives, asked anew only when something was written to the register since, by whatever program.

    Nobody may change what is given. Within a transaction it is always read: what is written there could still be taken back.
    """
    held = db.connection()
    if held.in_transaction:
        return read()
    state = (held.execute(sql.OTHERS_WROTE).fetchone()[0], held.total_changes)
    if held.state != state:
        held.state = state
        held.kept.clear()
    if read not in held.kept:
        held.kept[read] = read()
    found: _Read = held.kept[read]
    return found
