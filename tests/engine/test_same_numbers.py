"""Who has a number that somebody else has is known at once, however people come in, change and go."""

import random
from typing import Any

import pytest

from models.engine import database
from models.engine.again import forgotten, numbers_of_several
from models.journal import writer as journal
from models.journal.undo import undo
from models.journal.writer import Author, batch
from models.opening.check_up import count_faults
from models.people.erasing import erase
from models.records.worker import Worker
from models.register.register import Register
from models.uid import new_uid
from tests.aids.same_numbers import unnoted
from tests.aids.speaking import LI, WANG, ZHAO, last_batch

pytestmark = pytest.mark.usefixtures("register")


def come_in(author: Author, *numbers: str | None) -> list[str]:
    uids = [new_uid() for _number in numbers]
    with batch("import", author) as writer:
        for uid, number in zip(uids, numbers, strict=True):
            writer.create(Worker, {"uid": uid, "name": "王示例", "id_number": number})
    return uids


def give(author: Author, uid: str, number: str | None) -> None:
    was = Worker.get(Worker.uid == uid).id_number
    with batch("edit", author) as writer:
        writer.update(Worker, uid, {"id_number": (was, number)})


def named() -> set[str]:
    query: Any = numbers_of_several(Worker).tuples()
    return {number for (number,) in query}


def triggers() -> list[tuple[str, str]]:
    return list(database.db.execute_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"))


def test_a_number_that_comes_twice_is_known_and_one_that_comes_once_is_not(author: Author) -> None:
    come_in(author, WANG, None, LI, None)
    assert named() == set()
    come_in(author, WANG, ZHAO)
    assert named() == {WANG}
    assert unnoted() == set()


def test_letters_are_the_same_large_and_small(author: Author) -> None:
    come_in(author, "50010319900228902X")
    come_in(author, "50010319900228902x")
    assert {number.upper() for number in named()} == {"50010319900228902X"}


def test_whoever_is_given_a_number_that_somebody_has_is_known(author: Author) -> None:
    _wang, other = come_in(author, WANG, None)
    give(author, other, WANG)
    assert WANG in named()
    give(author, other, None)
    give(author, other, LI)
    assert unnoted() == set()


def test_of_three_two_are_left_when_any_of_them_goes(author: Author) -> None:
    for place in range(3):
        uids = come_in(author, LI, LI, LI)
        give(author, uids[place], None)
        assert LI in named()
        for uid in uids[:place] + uids[place + 1 :]:
            give(author, uid, None)


def test_an_undo_and_its_undo_are_followed(author: Author) -> None:
    come_in(author, WANG)
    come_in(author, WANG, LI, LI)
    undo(last_batch(), author)
    assert named() == set()
    undo(last_batch(), author)
    assert named() == {WANG, LI}


def test_very_many_are_looked_at_once_all_are_there(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    before = triggers()
    monkeypatch.setattr(journal, "MANY", 3)
    uids = [new_uid() for _number in range(8)]
    with batch("import", author) as writer:
        writer.expect({Worker: len(uids)})
        assert triggers() != before
        for uid, number in zip(uids, (WANG, LI, None, WANG, ZHAO, None, LI, LI), strict=True):
            writer.create(Worker, {"uid": uid, "name": "王示例", "id_number": number})
    assert named() == {WANG, LI}
    assert triggers() == before
    undo(last_batch(), author)
    assert (named(), triggers()) == (set(), before)


def test_nothing_of_the_number_stays_of_whoever_is_erased(register: Register, author: Author) -> None:
    come_in(author, WANG)
    (uid,) = come_in(author, WANG)
    erase([uid], "本人申请", author, register.folder)
    assert unnoted() == set()
    assert database.db.execute_sql('SELECT * FROM "same_number"').fetchall() == [(uid,)]


def test_whatever_is_done_those_who_share_a_number_are_known(author: Author) -> None:
    chance = random.Random(20261201)
    people: list[str] = []
    for _turn in range(60):
        number = chance.choice((WANG, LI, ZHAO, None))
        act = chance.randrange(4)
        if act == 0 or not people:
            people += come_in(author, number, chance.choice((WANG, None)))
        elif act == 3:
            undo(last_batch(), author)
            people = [row.uid for row in Worker.select(Worker.uid)]
        else:
            give(author, chance.choice(people), number)
        assert unnoted() == set()
    assert forgotten(Worker) == []


def test_one_that_was_forgotten_is_told_by_the_check_up(author: Author) -> None:
    come_in(author, WANG, WANG)
    assert count_faults() == []
    database.db.execute_sql('DELETE FROM "same_number"')
    assert count_faults() == ["2 人与别人同一个证件号码，体检看不到"]
