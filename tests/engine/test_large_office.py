"""What an office's server does with very many rows: nothing looks at all rows of a table for each row of another."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.engine import database, word_index
from models.moving import office_check
from models.opening.office import prepare
from models.opening.opening import open_office
from models.register.register import close_register
from tests.aids.engines import PostgresServer, folder_of, programs

pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed: apt install postgresql")

#: Many for the memory that a question is allowed here, as half a million are for that of a server as it comes.
_PEOPLE = 5_000
_FILLED = (
    "INSERT INTO worker (uid, name) SELECT 'person ' || each, 'name' FROM generate_series(1, {people}) AS each;"
    " INSERT INTO worker_search (id, words) SELECT id, 'a:1' FROM worker; DELETE FROM worker WHERE id <= 10; ANALYZE"
)


@pytest.fixture
def large(server: PostgresServer, tmp_path: Path) -> Iterator[None]:
    """An open register whose people fit into no table of hashes of one question; ten of them are gone, their words are not."""
    server.say('CREATE DATABASE "large"')
    folder = folder_of(server.address("large"), tmp_path / "office")
    prepare(folder, "")
    server.say(_FILLED.format(people=_PEOPLE), "large")
    server.say("ALTER DATABASE large SET work_mem = '64kB'")
    server.say("ALTER DATABASE large SET hash_mem_multiplier = 1")
    open_office(folder, "")
    yield
    close_register()


def test_rows_without_another_are_found_in_one_go_however_many_there_are(large: None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "peewee")
    word_index.sweep("worker")
    office_check.check()
    said = [record.msg for record in caplog.records if record.name == "peewee" and isinstance(record.msg, tuple)]
    asked = {str(text): values for text, values in said if str(text).lstrip("( ").startswith(("SELECT", "DELETE", "WITH"))}
    assert any("worker_search" in text for text in asked)
    plans = {
        text: " ".join(line for (line,) in database.db.execute_sql(f"EXPLAIN {text}", values).fetchall())
        for text, values in asked.items()
    }
    assert [text for text, plan in plans.items() if "NOT (SubPlan" in plan] == []
    assert database.db.execute_sql("SELECT count(*) FROM worker_search").fetchone()[0] == _PEOPLE - 10
