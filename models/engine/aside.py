"""Very many rows written beside others who write: they wait in tables of the connection's own, and come in at once.

On a server a long writing would keep all others waiting. Whatever takes long is done before the office is held: rows are made and
sent, and stand aside. Then the office is held, they are moved to where they belong by one statement for each table, and the
transaction ends. A file has one writer at a time: there all of it is as ever.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from peewee import Model

from models.engine import belonging, database
from models.engine.running import server
from models.errors import OVERTAKEN_PLAN, RegisterBusy, StalePlan
from models.language import _


@contextmanager
def beside_others(device: str) -> Iterator[None]:
    """A transaction in which what is inserted stands aside until :func:`settle`; until then others may write.

    One of a ``device`` at a time: its entries have numbers already. Nothing but insertions may be written before.
    """
    engine = server()
    if engine is None or engine.in_transaction():
        with database.transaction():
            yield
        return
    with database.transaction(hold=False):
        engine.put_aside(device)
        try:
            yield
        finally:
            engine.end_aside()


def others_may_write() -> bool:
    """True where several may write into the open register at once: what was read may be another before it is written."""
    return server() is not None


def is_aside() -> bool:
    """True while what is inserted stands aside."""
    engine = server()
    return engine is not None and engine.is_aside()


def move_ahead(besides: Iterable[type[Model]]) -> None:
    """Put what stands aside where it belongs, but for the tables ``besides``: nobody sees it yet, and nobody waits for it.

    StalePlan where a row refers to what others have removed meanwhile.
    """
    engine = server()
    if engine is None or not engine.is_aside():
        return
    if not engine.move_ahead([record._meta.table_name for record in besides]):
        raise StalePlan(_(OVERTAKEN_PLAN))


def settle(numbered: Iterable[type[Model]], shift: int) -> None:
    """Move all that is still aside to where it belongs; of the tables ``numbered`` the row numbers become greater by ``shift``.

    The office is held already, see :func:`hold`.
    """
    engine = server()
    if engine is not None and engine.is_aside():
        engine.settle([record._meta.table_name for record in numbered], shift)


def hold() -> None:
    """From now on until the transaction ends nobody else writes: what is read now stays so."""
    engine = server()
    if engine is not None and engine.is_aside():
        engine.hold()


def need_alone(device: str) -> None:
    """RegisterBusy while another program of this ``device`` is writing beside others: their numbers would be given twice."""
    engine = server()
    if engine is not None and not engine.is_alone(device):
        raise RegisterBusy(_("这台电脑上的建会通正在往办公室里导入，请等它写完再试。"))


def places(table: str, field: str) -> bool:
    """True where this field says where a record belongs: what refers to the record belongs there too."""
    each = belonging.placed().get(table)
    return server() is not None and each is not None and any(field == name for name, _of in each.parts)


def holds_any(record: type[Model], names: Sequence[str], values: Sequence[str]) -> bool:
    """True when one of these values stands in one of the fields ``names`` of a row that is aside."""
    engine = server()
    return engine is not None and engine.is_aside() and engine.aside_holds(record._meta.table_name, names, values)
