"""What is dated after today does not hold today, anywhere: forms refuse it, imports hand it back, lists name it as future."""

import datetime as dt
from pathlib import Path

import pytest

from models.drive.contacts import add_contact
from models.drive.list import drive
from models.drive.moves import add_paper, close, move, reopen
from models.editing import editing
from models.editing.moving import enter
from models.errors import UserError
from models.figures.counts import count
from models.figures.facts import Period, Scope
from models.journal.writer import Author
from models.ledger.entries import add
from models.lists.filters import read_where
from models.lists.listings import Selection
from models.lists.selection import count as listed_count
from models.records.employer import Employer
from models.records.ledger import LedgerKind
from models.records.region import load_index
from tests.aids.case_world import case, cover, edit, employer, union
from tests.aids.case_world import count as head_count
from tests.aids.speaking import TODAY, imported_rows, listed
from tests.figures.test_indicators import person

TOMORROW = (TODAY + dt.timedelta(days=1)).isoformat()


def on_list(as_of: dt.date | None = None) -> list[str]:
    return [row.name for row in drive(25, load_index(TODAY), as_of=as_of).on_list]


def test_the_drive_of_now_and_as_of_today_are_one(register: object, author: Author) -> None:
    covered, grown, closing, gone = (employer(author, name, 30) for name in ("甲", "乙", "丙", "丁"))
    cover(author, union(author), covered, since="2030-01-01")
    head_count(author, grown, 3, TOMORROW)
    edit(author, Employer, closing, closed_on="2030-01-01")
    cover(author, union(author, "将来的工会", founding_date="2030"), gone)
    assert sorted(on_list()) == sorted(on_list(TODAY)) == ["丁", "丙", "乙", "甲"]
    number = count("on_list", Scope(), Period(TODAY, TODAY)).value
    assert number == 4
    assert dict(listed("employers", "name", "staff_count"))["乙"] == 30


def test_a_leaving_of_the_future_is_refused_as_a_founding_is(register: object, author: Author) -> None:
    own = union(author, "甲公司工会")
    who = person(author, ("入会", own, "2021-01-01"))
    for type_ in ("退会", "保留", "转出"):
        with pytest.raises(UserError, match="在今天之后"):
            enter(type_, [who], "2030-01-01", author)
    known = editing.held("union", own)
    said = editing.understand("union", {"founding_date": "2030-01-01"}, known, TODAY, load_index(TODAY))
    with pytest.raises(UserError, match="在今天之后"):
        editing.save("union", known, said, author)
    assert count("members", Scope(), Period(TODAY, TODAY)).value == 1


def test_work_and_contacts_of_the_future_are_refused(register: object, author: Author) -> None:
    with pytest.raises(UserError, match="在今天之后"):
        add({"ledger_kind": LedgerKind.get().uid, "date": TOMORROW}, author)
    opened = case(author, employer(author, "甲", 30))
    with pytest.raises(UserError, match="在今天之后"):
        add_contact(opened, {"date": TOMORROW, "way": "电话"}, author)


def test_a_stage_a_reopening_and_a_paper_of_the_future_are_refused(register: object, author: Author) -> None:
    opened = case(author, employer(author, "甲", 30))
    with pytest.raises(UserError, match="在今天之后"):
        move(opened, "已接触", TOMORROW, author)
    with pytest.raises(UserError, match="在今天之后"):
        add_paper(opened, {"name": "建会请示", "date": TOMORROW}, author)
    close(opened, "不足人数", TODAY.isoformat(), author, TODAY)
    with pytest.raises(UserError, match="在今天之后"):
        reopen(opened, TOMORROW, author)
    reopen(opened, f"{TODAY:%Y-%m}", author)
    move(opened, "已接触", TODAY.isoformat(), author)


def test_a_row_of_the_future_is_handed_back(author: Author, tmp_path: Path) -> None:
    rows = [["工会名称", "建会日期"], ["甲工会", "2030-01-01"], ["乙工会", "2020-01-01"]]
    done = imported_rows(author, tmp_path, rows, kind="unions")
    assert (done.counts, done.codes) == ({"new": 1, "refused": 1}, [(2, "day-future")])


def test_what_an_older_register_holds_of_the_future_is_listed(register: object, author: Author) -> None:
    union(author, "甲工会", founding_date="2030-01-01")
    union(author, "乙工会", founding_date="2020-01-01")
    where = read_where("unions", [("future", "是")])
    assert listed_count(Selection("unions", where=where, today=TODAY)) == 1
