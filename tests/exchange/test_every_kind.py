"""Every kind of record that there is travels: made, changed field by field, told where two wrote, removed; own fields too.

A kind that is added to ``models/records/catalogue.py`` is tried here without a word more; one that is not in it is told.
"""

from collections.abc import Iterator

from models.engine.own_values import COLUMN
from models.engine.record import Record
from models.exchange.conflicts import open_conflicts
from models.journal import learning
from models.journal.writer import batch
from models.own_names import own_name
from models.records.catalogue import RECORDS, stored_names
from models.records.worker import Worker
from tests.exchange.any_record import change_each, everything, make_each, remove_each
from tests.exchange.laptops import Laptop
from tests.exchange.told_by_log import differing


def _kinds(base: type[Record]) -> Iterator[type[Record]]:
    for each in base.__subclasses__():
        yield each
        yield from _kinds(each)


def same(two: tuple[Laptop, Laptop]) -> None:
    """Both hold the same in every kind, and each holds what its log tells of it."""
    held = []
    for laptop in two:
        with laptop.open():
            learning.learn()
            held.append(everything())
            assert list(differing()) == []
            learning.forget()
    for kind in RECORDS:
        assert held[0][kind] == held[1][kind], kind


def test_there_is_no_kind_that_the_journal_does_not_know() -> None:
    declared = {each for each in _kinds(Record) if each.__subclasses__() == [] and each.__module__.startswith("models.")}
    assert declared == set(RECORDS.values())


def test_every_kind_is_made_changed_and_removed_elsewhere_too(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    with one.open() as author:
        held = make_each(author)
    taken = other.take(one.give())
    assert set(taken.kinds) == set(RECORDS)
    same(two)
    with one.open() as author:
        changed = change_each(held, author)
        assert {uid for uid, _name in changed} | {held["due_union"]} == set(held.values())  # it says nothing but what it is of
    assert other.take(one.give(everything=False)).changed >= len(RECORDS) - 1
    same(two)
    with other.open() as author:
        remove_each(held, author)
    assert one.take(other.give()).gone == len(RECORDS)
    same(two)


def test_what_two_wrote_is_told_of_every_field_of_every_kind_and_the_same_is_shown(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    with one.open() as author:
        held = make_each(author)
    other.take(one.give())
    with other.open() as author:
        theirs = change_each(held, author)
    with one.open() as author:
        change_each(held, author)
        mine = change_each(held, author, 0)  # what stood there before: still a word of one's own
    one.take(other.give())
    other.take(one.give())
    one.take(other.give())
    same(two)
    told = []
    for laptop in two:
        with laptop.open() as author:
            told.append({(each.uid, each.field) for each in open_conflicts(author.device)})
    places = {(uid, "place") for kind, uid in held.items() if kind != "case_paper"}  # of a list: nobody chose it
    assert told[0] == told[1] == (mine & theirs) - places


def test_an_own_field_travels_with_what_stands_in_it(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    with one.open() as author:
        held = make_each(author)
        learning.learn()
        assert own_name(held["own_field"]) in stored_names(Worker)
        name = own_name(held["own_field"])
        before = everything()["worker"][held["worker"]][COLUMN][name]
        with batch("edit", author) as writer:
            writer.update(Worker, held["worker"], {name: (before, "甲")})
        learning.forget()
    other.take(one.give())
    same(two)
    with other.open():
        assert everything()["worker"][held["worker"]][COLUMN] == {own_name(held["own_field"]): "甲"}
