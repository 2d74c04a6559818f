"""Whose tables are open, and which schema they have: numbers in a file's header, a table of its own on a server."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from models.engine import database, placing, rights, sql
from models.engine.running import server

#: "JHT1" as a number: marks a file as ours before anything else in it is believed.
APPLICATION_ID = 0x4A485431


def tables() -> list[str]:
    """The names of the tables that are there."""
    return [name for (name,) in database.db.execute_sql(sql.TABLES).fetchall()]


def begin(migrations: Path, until: int | None = None) -> int:
    """Make in one go what the first migrations make of a file, where a server has nothing yet; the last of them, 0 for none.

    ``until``: none behind that one.
    """
    engine = server()
    if engine is None or engine.schema():
        return 0
    made = [each for each in (migrations / "server").glob("[0-9][0-9][0-9][0-9].sql") if until is None or int(each.stem) <= until]
    file = max(made)
    engine.run_script(file.read_text("utf-8"))
    return int(file.stem)


def fold_indexes(fields: Mapping[str, Iterable[str]]) -> None:
    """Let a server's indexes of fields that are found without regard to case be of their small letters. ``fields``: by table.

    A migration that is written for a file makes them of the letters as they are, which no question there would use.
    """
    if server() is None:
        return
    for table, names in fields.items():
        for name in names:
            index = f"{table}_{name}"
            asked = "SELECT 1 FROM pg_indexes WHERE schemaname = current_schema() AND indexname = ? AND indexdef NOT LIKE ?"
            if database.db.execute_sql(asked, [index, "%lower(%"]).fetchone():
                database.db.execute_sql(f'DROP INDEX "{index}"')
                database.db.execute_sql(f'CREATE INDEX "{index}" ON "{table}" (lower("{name}"))')


def set_mark(schema: int) -> None:
    """Mark the open file as a register of ours with schema number ``schema``.

    A server has what was made in a table; there the places of the rows are made, and where it has users what they may.
    """
    engine = server()
    if engine is not None:
        placing.make(engine)
        if rights.made(engine):
            rights.make(engine)
        return
    database.db.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    database.db.execute_sql(f"PRAGMA user_version = {schema}")


def mark() -> tuple[int, int]:
    """The open file's (application id, schema number)."""
    engine = server()
    if engine is not None:
        schema = engine.schema()
        return (APPLICATION_ID if schema else 0), schema
    application = database.db.execute_sql("PRAGMA application_id").fetchone()[0]
    return int(application), int(database.db.execute_sql("PRAGMA user_version").fetchone()[0])
