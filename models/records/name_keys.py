"""The kept places of names in their order, made anew: for a register of a program that kept none, or made them otherwise."""

from models.engine import database
from models.engine.following import following
from models.records.catalogue import RECORDS

#: The schema since which they are kept as ``models/values/name_order.py`` makes them now. Whoever changes what the order is made
#: of adds a migration, which need do nothing, and names it here.
KEPT_SINCE = 27


def keep_places(schema: int) -> None:
    """Fill the columns that follow from others in a register that had this schema, if they were not or otherwise filled."""
    if schema >= KEPT_SINCE:
        return
    for record in RECORDS.values():
        for field in following(record):
            named = list(database.db.execute_sql(f'SELECT "{field.of}", uid FROM "{record._meta.table_name}" ORDER BY id'))
            keys = field.made([name for name, _uid in named])
            indexes = database.drop_indexes(record) if len(named) > database.CHUNK else []
            database.update_rows(record, (field.name,), ((key, uid) for key, (_name, uid) in zip(keys, named, strict=True)))
            database.create_indexes(indexes)
