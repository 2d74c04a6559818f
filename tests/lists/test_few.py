"""What is said of a few people only: found by an index of these people, whatever is done with the table around it."""

from typing import Any

import pytest

from models.engine import database
from models.journal.writer import Author
from models.lists.listings import Selection, listing
from models.lists.selection import count
from models.records.worker import FEW, Worker, is_said
from models.rules import facts as rule_facts_room
from models.rules.facts import RuleScope, rule_facts
from tests.aids.speaking import LI, TODAY, WANG, imported_rows

ROWS = [
    ["姓名", "身份证号", "手机", "所属工会", "入会日期", "会籍变化类型", "会籍变化日期"],
    ["王五", WANG, "19900000001", "重庆甲示例有限公司工会", "2024-05-06", "保留", "2025-01-01"],
    ["李四", LI, "19900000002", "重庆甲示例有限公司工会", "2024-06", None, None],
]


@pytest.fixture(autouse=True)
def filled(author: Author, tmp_path: Any) -> None:
    imported_rows(author, tmp_path, ROWS, "会员")


def plan(query: Any) -> list[str]:
    sql, values = query.sql()
    return [row[3] for row in database.db.execute_sql(f"EXPLAIN QUERY PLAN {sql}", values)]


def test_nobody_else_is_looked_at() -> None:
    for field in FEW:
        assert plan(Worker.select(Worker.uid).where(is_said(field))) == [
            f"SEARCH t1 USING INDEX worker_{field.name} ({field.name}=?)"
        ]
    steps = plan(listing(Selection("workers", unverified=True)))
    # those who were erased are few themselves
    assert [step for step in steps if step.startswith("SCAN") and "erasure_person" not in step] == []


def test_the_index_stays_while_the_others_are_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    made_again = database.drop_indexes(Worker)
    assert not any("delegate" in sql or "doubtful" in sql for sql in made_again)
    Worker.update(delegate=1, id_doubtful=1).where(Worker.name == "王五").execute()
    database.create_indexes(made_again)
    assert count(Selection("workers", unverified=True)) == 1
    for few in (0, 1):  # however many delegates there are, they are the same
        monkeypatch.setattr(rule_facts_room, "_FEW", few)
        found = rule_facts(TODAY, RuleScope()).retained_delegates
        assert [held.name for held in found] == ["王五"]
    Worker.update(delegate=0, id_doubtful=None).execute()
    assert count(Selection("workers", unverified=True)) == 0
    assert rule_facts(TODAY, RuleScope()).retained_delegates == []
