"""What another laptop wrote about somebody who was erased here meanwhile: nothing of it may stay when it comes."""

from collections.abc import Callable

import pytest

from models.engine import database
from models.journal import bundles, entries
from models.journal.undo import undo
from models.journal.writer import Author, batch, newest_batch
from models.people.erasing import erase
from models.records.distinct import DistinctPair
from models.records.membership import MembershipEvent
from models.records.officer import Officer
from models.records.worklist import WorklistEntry
from models.rules.rules import set_aside
from models.worklists.lists import make_worklist, write_entries
from tests.aids import case_world
from tests.aids.speaking import made
from tests.aids.state_model import differences
from tests.exchange.laptops import Laptop, both_take
from tests.exchange.test_meeting import member

SECRET = "家中有人住院"


def _tick(worker: str, author: Author) -> None:
    lines = [uid for (uid,) in database.fetch_in(WorklistEntry, "worker", [worker], ("uid",))]
    write_entries(lines[-1:], {"list_note": SECRET}, author)


def _list(worker: str, author: Author) -> None:
    make_worklist("春节慰问", "慰问", "workers", author, [worker])
    _tick(worker, author)


def _move(worker: str, author: Author) -> None:
    made(author, MembershipEvent, worker=worker, type="退会", date="2026-05-06", reason=SECRET)


def _event(worker: str, author: Author) -> None:
    ((event, before),) = database.fetch_in(MembershipEvent, "worker", [worker], ("uid", "reason"))
    with batch("edit", author) as writer:
        writer.update(MembershipEvent, event, {"reason": (before, SECRET)})


def _post(worker: str, author: Author) -> None:
    made(author, Officer, worker=worker, union=case_world.union(author, "某虚构市场联合工会"), name="王五", note=SECRET)


def _noted_post(worker: str, author: Author) -> None:
    ((post,),) = database.fetch_in(Officer, "worker", [worker], ("uid",))
    with batch("edit", author) as writer:
        writer.update(Officer, post, {"note": (None, SECRET)})


def _aside(worker: str, author: Author) -> None:
    set_aside("R01", worker, SECRET, author)


def _undone(what: Callable[[str, Author], None]) -> Callable[[str, Author], None]:
    """Written, and taken back: then it stands in the log alone."""

    def done(worker: str, author: Author) -> None:
        what(worker, author)
        undo(newest_batch(), author)

    return done


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(what, id=each.__name__[1:] + how)
        for each in (_aside, _tick, _list, _move, _event, _post, _noted_post)
        for what, how in ((each, ""), (_undone(each), " undone"))
    ],
)  # fmt: skip
def test_nothing_of_what_was_written_elsewhere_about_who_is_erased_here_stays(
    two: tuple[Laptop, Laptop], write: Callable[[str, Author], None]
) -> None:
    one, other = two
    worker, union = member(one)
    with one.open() as author:
        make_worklist("端午慰问", "慰问", "workers", author, [worker])
        made(author, Officer, worker=worker, union=union, name="王五")
    other.take(one.give())
    with other.open() as author:
        write(worker, author)
    with one.open() as author:
        erase([worker], "本人书面申请", author, one.folder)
    one.take(other.give())
    both_take(one, other)
    for laptop in two:
        with laptop.open():
            assert list(entries.holding([SECRET], ("record", "field"))) == []
            assert list(bundles.faults()) == []
        assert SECRET not in str(laptop.contents())
    assert differences(one.contents(), other.contents()) == []


def test_a_pair_told_apart_elsewhere_from_who_is_erased_here_goes(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    worker, _union = member(one)
    other.take(one.give())
    with other.open() as author:
        made(author, DistinctPair, kind="worker", left=worker, right="x" * 36, reason="name")
    with one.open() as author:
        erase([worker], "本人书面申请", author, one.folder)
    both_take(one, other)
    assert one.contents()["distinct_pair"] == {}
