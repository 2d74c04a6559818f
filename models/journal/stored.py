"""One record as the register holds it, for whoever is about to change or show it."""

from models.engine import database
from models.engine.record import Record, Values
from models.errors import UserError
from models.records.catalogue import stored_names


def stored(record: type[Record], uid: str, gone: str) -> Values:
    """The stored values of a record by field name, with its ``uid``. UserError, which says ``gone``, when it is not there."""
    names = ("uid", *stored_names(record))
    row = next(iter(database.fetch_in(record, "uid", [uid], names)), None)
    if row is None:
        raise UserError(gone)
    return dict(zip(names, row, strict=True))
