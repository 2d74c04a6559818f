"""What was read is kept until something is written: for what is asked for often and seldom changes."""

from collections.abc import Callable
from typing import TypeVar

from models.engine import database, sql
from models.engine.running import server

_Read = TypeVar("_Read")


def kept(read: Callable[[], _Read]) -> _Read:
    """What ``read`` gives, asked anew only when something was written to the register since, by whatever program.

    For what is asked for often and seldom changes. Nobody may change what is given. Within a transaction it is always read:
    that could still be taken back; and so it is of a server, which does not say at once whether others wrote.
    """
    held = database.db.connection()
    if server() is not None or held.in_transaction:
        return read()
    state = (held.execute(sql.OTHERS_WROTE).fetchone()[0], held.total_changes)
    if held.state != state:
        held.state = state
        held.kept.clear()
    if read not in held.kept:
        held.kept[read] = read()
    found: _Read = held.kept[read]
    return found
