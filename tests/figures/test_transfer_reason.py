"""A transfer (转会) keeps its reason at both of its events, whoever enters it."""

from pathlib import Path

import pytest

from importers.rows.decisions import Decisions
from models.editing.moving import enter, events_of
from models.journal.writer import Author
from models.records.worker import Worker
from tests.aids.case_world import union
from tests.aids.speaking import WANG, imported_rows

REASON = "劳动（工作）关系发生变化"
HEAD = ["姓名", "身份证号", "所属工会", "会籍变化类型", "会籍变化日期", "会籍变化原因"]


@pytest.fixture
def who(author: Author, tmp_path: Path) -> str:
    """A member of one union; there is another."""
    union(author, "甲公司工会")
    imported_rows(author, tmp_path, [HEAD, ["王砚舟", WANG, "甲公司工会", "入会", "2020-01-02", None]])
    return str(Worker.get().uid)


def told(who: str) -> list[tuple[str, str | None, str | None]]:
    return sorted((each.type, each.date, each.reason) for each in events_of(who))


WANTED = [("入会", "2020-01-02", None), ("转入", "2026-05-01", REASON), ("转出", "2026-05-01", REASON)]


@pytest.mark.parametrize("type_", ["转入", "入会"])
def test_an_imported_transfer_keeps_its_reason(who: str, author: Author, tmp_path: Path, type_: str) -> None:
    union(author, "乙公司工会")
    rows = [HEAD, ["王砚舟", WANG, "乙公司工会", type_, "2026-05-01", REASON]]
    decided = Decisions(rows={("转会.xlsx", "Sheet1"): {2: "transfer"}})
    assert imported_rows(author, tmp_path, rows, "转会", decisions=decided).counts == {"updated": 1}
    assert told(who) == WANTED


def test_a_transfer_by_hand_keeps_it_too(who: str, author: Author) -> None:
    enter("转入", [who], "2026-05-01", author, union(author, "乙公司工会"), REASON)
    assert told(who) == WANTED
