"""What an engine could take otherwise, asked of both with the same rows: case in groups, the order of own values."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from peewee import fn

from models.engine import database, sql
from models.engine.own_values import field_of
from models.journal.writer import Author, batch
from models.lists.listings import Selection, numbers
from models.moving import moving_in
from models.opening.office import prepare
from models.opening.opening import open_office
from models.own_names import OWN
from models.records.catalogue import RECORDS
from models.records.employer import Employer
from models.records.worker import Worker
from models.register.register import Register, close_register
from models.uid import new_uid
from tests.aids.engines import ON_SERVER, PostgresServer, copied, folder_of, opened, programs
from tests.aids.speaking import PASSPHRASE

pytestmark = [
    pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed: apt install postgresql"),
    pytest.mark.skipif(ON_SERVER, reason="it asks both engines by itself"),
]

AUTHOR = Author("a" * 16, "李四")
FIELD = OWN + new_uid()
NAMES = ("甲公司ABC", "甲公司abc", "乙公司", "甲公司Abc", "乙公司", None)
#: Numbers and texts; of the latter some that a language orders otherwise than their letters stand.
OWN_VALUES = ("b", "A", "a", "B", "一", "丁", "安", 10, 9, -1, None, "啊")


@pytest.fixture
def both(server: PostgresServer, empty_register: Register, tmp_path: Path) -> Iterator[Callable[[Callable[[], Any]], list[Any]]]:
    """Asks a file, and an office in a database whose language orders letters as a dictionary does."""
    held = opened(copied(empty_register, tmp_path / "file"))
    with database.transaction():
        database.insert_rows(Employer, [{"uid": new_uid(), "name": name} for name in NAMES])
        workers = [
            {"uid": new_uid(), "name": f"人{place}", "id_number": f"{'xX'[place % 2]}{place // 3}", FIELD: value}
            for place, value in enumerate(OWN_VALUES)
        ]
        database.insert_rows(Worker, workers)
    close_register()
    server.say("CREATE DATABASE zh TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh' LOCALE 'C'")
    folder = folder_of(server.address("zh"), tmp_path / "office")
    moving_in.move_in(folder, "", held.folder, PASSPHRASE)

    def ask(question: Callable[[], Any]) -> list[Any]:
        answers = []
        for place in (held, folder):
            if isinstance(place, Path):
                open_office(place, "")
            else:
                opened(place)
            answers.append(question())
            close_register()
        return answers

    yield ask
    server.say("DROP DATABASE zh WITH (FORCE)")


def _groups() -> Any:
    count = fn.COUNT(Employer.id)
    query: Any = Employer.select(Employer.name, count).group_by(Employer.name).order_by(count.desc())
    return sorted((str(name).lower(), found) for name, found in query.tuples())


def _several() -> Any:
    numbers = Worker.select(Worker.id_number).group_by(Worker.id_number).having(fn.COUNT(Worker.id) > 1)
    asked: Any = Worker.select(Worker.name).where(Worker.id_number.in_(numbers)).order_by(Worker.id)
    return [name for (name,) in asked.tuples()]


def _distinct() -> Any:
    kept = Employer.alias()
    queries: list[Any] = [Employer.select(Employer.name).distinct(), kept.select(kept.name.alias("said")).distinct()]
    return [sorted(str(name).lower() for (name,) in query.tuples()) for query in queries]


def _own(direction: str) -> Any:
    field = field_of(Worker, FIELD)
    return [row.name for row in Worker.select().order_by(getattr(field, direction)(), Worker.id)]


@pytest.mark.parametrize(
    "question",
    [_groups, _several, _distinct],
    ids=["groups", "having", "distinct"],
)
def test_groups_regard_no_case(both: Callable[[Callable[[], Any]], list[Any]], question: Callable[[], Any]) -> None:
    file, office = both(question)
    assert office == file
    assert file


def test_own_values_are_in_the_same_order_whatever_the_language(both: Callable[[Callable[[], Any]], list[Any]]) -> None:
    texts = {f"人{place}" for place, value in enumerate(OWN_VALUES) if isinstance(value, str)}
    for direction in ("asc", "desc"):
        file, office = both(partial(_own, direction))
        assert [name for name in office if name in texts] == [name for name in file if name in texts]
        assert [name for name in office if name not in texts] == [name for name in file if name not in texts]


def test_every_index_of_what_regards_no_case_is_of_small_letters(server: PostgresServer, tmp_path: Path) -> None:
    server.say("CREATE DATABASE indexes")
    folder = folder_of(server.address("indexes"), tmp_path / "office")
    prepare(folder, "")
    open_office(folder, "")
    query = "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND indexdef LIKE '%lower(%'"
    held = {name for (name,) in database.db.execute_sql(query).fetchall()}
    close_register()
    fields = [(kind, each) for kind, record in RECORDS.items() for each in record._meta.sorted_fields]
    wanted = {f"{kind}_{each.name}" for kind, each in fields if each.collation and each.index}
    assert wanted <= held


def test_all_people_by_name_and_their_equal_numbers_are_read_off_an_index(server: PostgresServer, tmp_path: Path) -> None:
    server.say("CREATE DATABASE looked_up")
    folder = folder_of(server.address("looked_up"), tmp_path / "office")
    prepare(folder, "")
    open_office(folder, "")
    with batch("import", AUTHOR) as writer:
        for place in range(3_000):
            writer.create(Worker, {"uid": new_uid(), "name": f"王{place}", "id_number": str(place)})
    numbered: Any = Worker.select(fn.MIN(Worker.id_number)).where(Worker.id_number.is_null(False))
    asked = (
        numbers(Selection("workers", order="name")), numbered.group_by(Worker.id_number).having(fn.COUNT(Worker.id) > 1),
    )  # fmt: skip
    database.db.execute_sql("VACUUM ANALYZE worker")
    database.db.execute_sql("SET enable_seqscan = off")  # of few people a table is walked sooner
    plans = [database.db.execute_sql("EXPLAIN " + text, values).fetchall() for text, values in (each.sql() for each in asked)]
    close_register()
    for plan, index in zip(plans, ("worker_name_order", "worker_id_number"), strict=True):
        assert any(f"Index Only Scan using {index} on worker" in line for (line,) in plan), plan


@pytest.mark.parametrize("text", ["公司a", "公司A", "甲公司", "公_", "%", "乙"])
def test_what_stands_in_a_field_is_found_without_regard_to_case(
    both: Callable[[Callable[[], Any]], list[Any]], text: str
) -> None:
    query: Any = Employer.select(Employer.id).where(sql.stands_in(text, Employer.name)).order_by(Employer.id)
    file, office = both(lambda: list(query.tuples()))
    assert file == office
