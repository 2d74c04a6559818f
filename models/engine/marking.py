"""Whose tables are open, and which schema they have: numbers in a file's header, a table of its own on a server."""

from pathlib import Path

from models.engine import database, placing, rights, sql
from models.engine.running import server

#: "JHT1" as a number: marks a file as ours before anything else in it is believed.
APPLICATION_ID = 0x4A485431


def tables() -> list[str]:
    """The names of the tables that are there."""
    return [name for (name,) in database.db.execute_sql(sql.TABLES).fetchall()]


def begin(migrations: Path) -> int:
    """Make in one go what the first migrations make of a file, where a server has nothing yet; the last of them, 0 for none."""
    engine = server()
    if engine is None or engine.schema():
        return 0
    file = max((migrations / "server").glob("[0-9][0-9][0-9][0-9].sql"))
    engine.run_script(file.read_text("utf-8"))
    return int(file.stem)


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
