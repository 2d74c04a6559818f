"""Indexes that a server has otherwise than a file: all that a question about very many people asks for stands in them.

A file's index holds the number of the row by itself, and a field's value as it is written. A server's does so only where that is
said; else each of a million rows is fetched from its table.
"""

from models.engine.running import Server

#: (table, field, index, what it holds, as the server tells it)
_WHOLE = (
    ("worker", "name_order", "worker_name_order", "(name_order, id)"),
    ("worker", "id_number", "worker_id_number", "(lower(id_number)) INCLUDE (id_number, id)"),
)


def parts(engine: Server) -> list[str]:
    """What makes those that are not so yet, in the place of what the migrations made; of fields that are there already."""
    made = []
    for table, field, index, held in _WHOLE:
        asked = "SELECT 1 FROM pg_indexes WHERE schemaname = current_schema() AND indexname = ? AND indexdef LIKE ?"
        if field in engine.columns(table) and engine.asked(asked, index, f"%{held}") is None:
            made += [f'DROP INDEX IF EXISTS "{index}"', f'CREATE INDEX "{index}" ON "{table}" {held}']
    return made
