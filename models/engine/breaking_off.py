"""A query that is no longer wanted is broken off, in the middle of what it reads."""

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from peewee import OperationalError
from sqlcipher3 import dbapi2

from models.engine.database import db
from models.engine.running import server
from models.errors import Stopped

#: Steps of the engine between two looks at whether a query is still wanted: some milliseconds.
_LOOK_EVERY = 20_000
#: The engine's code for a query that was broken off.
_INTERRUPTED = 9


@contextmanager
def breaking_off(wish: Callable[[], bool]) -> Iterator[None]:
    """Inside, a query is broken off with Stopped as soon as ``wish()`` is true, unless it is part of a transaction.

    For a thread that does one thing after another: its connection is opened if need be and stays open, for what it has read
    before is read faster again; :func:`models.engine.database.leave` closes it.
    """
    db.connect(reuse_if_open=True)
    engine = server()
    if engine is not None:
        with engine.breaking_off(wish):
            yield
        return
    held = db.connection()
    held.set_progress_handler(lambda: wish() and not held.in_transaction, _LOOK_EVERY)
    try:
        yield
    except Exception as error:
        _let_go(error)
        # what is fetched late is not wrapped by peewee
        if isinstance(error, OperationalError | dbapi2.OperationalError) and any(map(_broken_off, _chain(error))):
            raise Stopped from error
        raise
    finally:
        held.set_progress_handler(None, 0)
        # a query of which not all was fetched would hold what comes next to the register as it was
        if not held.in_transaction:
            held.execute("BEGIN")
        held.rollback()


def _broken_off(error: BaseException) -> bool:
    return getattr(error, "sqlite_errorcode", None) == _INTERRUPTED


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _let_go(error: BaseException) -> None:
    """Free what the frames that an error went through still hold: the cursors among it, here and now.

    The engine's binding keeps a failed cursor tied to its statement, which the next query with the same text uses again: freed
    later, perhaps in another thread, the cursor takes the rows away from under that query.
    """
    for each in _chain(error):
        traceback.clear_frames(each.__traceback__)
