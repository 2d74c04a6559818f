"""Contacts of the drive are work of the ledger: counted once, told apart from entries, never beside an entry of the same
visit."""

import datetime as dt

import pytest

from models.drive.contacts import add_contact, remove_contact
from models.editing.own_labels import add_label
from models.figures.counts import count, rows
from models.figures.facts import Period, Scope
from models.figures.indicators import find_indicator
from models.journal.writer import Author
from models.ledger.contacts import contact_totals
from models.ledger.entries import EntryChoice, add
from models.ledger.kinds import add_kind, load_kinds, seed_uid
from tests.aids.case_world import case, employer
from tests.aids.speaking import TODAY
from tests.figures.test_indicators import place

pytestmark = pytest.mark.usefixtures("register")
YEAR = Period(dt.date(2026, 1, 1), TODAY)
TOWN = "沙坪坝区小龙坎街道"


def opened(author: Author, name: str = "甲公司", region: str | None = TOWN) -> str:
    """The case of an employer on the list."""
    return case(author, employer(author, name, region=region))


def told(chosen: EntryChoice | None = None) -> dict[str, tuple[int, int, int]]:
    return {each.name: (each.counted, each.repeated, each.doubtful) for each in contact_totals(chosen or EntryChoice())}


def number(kind: str, measure: str = "quantity", scope: Scope | None = None) -> int:
    return count(f"ledger:{seed_uid(kind)}:{measure}", scope or Scope(), YEAR).part


def visit(author: Author, case_uid: str, way: str = "实地走访", date: str = "2026-11-10") -> str:
    return add_contact(case_uid, {"way": way, "date": date}, author).uid


def entry(author: Author, kind: str = "走访", date: str = "2026-11-10", **values: object) -> str:
    return add({"ledger_kind": seed_uid(kind), "date": date, **values}, author)


def test_the_kinds_of_contact_are_there_from_the_start() -> None:
    assert {each.name for each in load_kinds().kinds} >= {"走访", "蹲点", "三服务"}


def test_a_contact_counts_without_being_entered_twice(author: Author) -> None:
    held = opened(author)
    for way in ("实地走访", "蹲点", "三服务", "电话"):
        visit(author, held, way)
    assert told() == {"走访": (1, 0, 0), "蹲点": (1, 0, 0), "三服务": (1, 0, 0)}
    assert [number(kind) for kind in ("走访", "蹲点", "三服务")] == [1, 1, 1]
    assert number("走访", "people") == 0
    entry(author, quantity=5, people=9, organization="乙公司")
    assert (number("走访"), number("走访", "people"), told()["走访"]) == (6, 9, (1, 0, 0))
    found = rows(f"ledger:{seed_uid('走访')}:quantity", Scope(), YEAR)
    assert {(row.kind, row.name, row.weight) for row in found} == {("case", "甲公司", 1), ("ledger_entry", "乙公司", 5)}


def test_a_visit_that_was_entered_too_is_not_counted_twice(author: Author) -> None:
    held = opened(author, "重庆甲有限公司")
    visit(author, held)
    entry(author, organization="重庆甲有限责任公司")
    assert (number("走访"), told()) == (1, {"走访": (0, 1, 0)})
    visit(author, held)
    assert (number("走访"), told()) == (2, {"走访": (1, 1, 0)})
    visit(author, held, date="2026-11-11")
    entry(author, date="2026-11-11", title="走访重庆甲有限公司，宣讲建会")
    assert (number("走访"), told()) == (3, {"走访": (1, 2, 0)})


def test_an_entry_that_names_nobody_is_asked_about(author: Author) -> None:
    visit(author, opened(author))
    entry(author, date="2026-11", quantity=12)
    assert (number("走访"), told()) == (13, {"走访": (1, 0, 1)})
    (total,) = contact_totals(EntryChoice())
    assert total.text == "走访：走访联系 1 次（其中 1 次同一天有没写单位的台账，请核对是否重复）"


def test_contacts_lie_where_their_employer_does_and_belong_to_no_union(author: Author) -> None:
    removed = visit(author, opened(author))
    visit(author, opened(author, "乙公司", "渝中区大坪街道"))
    assert number("走访", scope=Scope(region=place(TOWN))) == 1
    assert told(EntryChoice(regions=frozenset({place(TOWN)}))) == {"走访": (1, 0, 0)}
    assert told(EntryChoice(search="乙公")) == {"走访": (1, 0, 0)}
    assert told(EntryChoice(union="某工会")) == {}
    assert told(EntryChoice(since=dt.date(2026, 11, 11))) == {}
    remove_contact(removed, author)
    assert number("走访") == 1


def test_a_way_of_ones_own_counts_for_the_kind_of_its_name(author: Author) -> None:
    uid = add_kind("送法进企", "次", author)
    add_label("联系方式", "送法进企", [], author)
    visit(author, opened(author), "送法进企")
    assert told() == {"送法进企": (1, 0, 0)}
    assert count(f"ledger:{uid}:quantity", Scope(), YEAR).part == 1


def test_the_note_says_so() -> None:
    note = find_indicator(f"ledger:{seed_uid('走访')}:quantity").note
    assert "走访联系" in note
    assert "走访联系" not in find_indicator(f"ledger:{seed_uid('走访')}:people").note
    assert "走访联系" not in find_indicator(f"ledger:{seed_uid('劳动竞赛')}:quantity").note
