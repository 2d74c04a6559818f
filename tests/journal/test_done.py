"""What a write did is told by the writer: for every act of the program, and whoever else writes meanwhile."""

import json
from pathlib import Path
from threading import Thread

import pytest

from models.editing.entry import create_unverified
from models.editing.groups import add_group
from models.engine import database
from models.errors import UserError
from models.journal import entries
from models.journal.done import collected, did
from models.journal.log import WHOLE, Batch
from models.journal.settings import change_setting
from models.journal.writer import Author
from tests.aids.same_numbers import unnoted
from tests.aids.speaking import last_batch
from tests.house.test_architecture import Module
from tests.journal.acts import EXAMPLES, World, found_in_the_source, opening_a_batch


def kinds_logged(number: int) -> set[str]:
    """The kinds of record in a batch's part of the log, the facts with them."""
    found: set[str] = set()
    names = ("kind", "field", "before", "after")
    for kind, field, before, after in entries.of_batch(Batch.get_by_id(number).uid, names):
        found.add(kind)
        if field == WHOLE:
            found |= {each for each, _values in json.loads(after or before or "")}
    return found


def test_every_act_has_an_example() -> None:
    assert found_in_the_source() == set(EXAMPLES)


def test_a_new_act_is_noticed() -> None:
    text = "def act(author):\n    if author:\n        with batch('edit', author) as writer:\n            pass\n"
    assert list(opening_a_batch(Module("models/a.py", text))) == ["models/a.py act"]
    assert list(opening_a_batch(Module("models/a.py", "def look():\n    with open(batch) as file: pass"))) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_told_of_an_act_is_what_was_logged(register: object, author: Author, tmp_path: Path, name: str) -> None:
    done = EXAMPLES[name](World(author, tmp_path))
    assert done.batch == last_batch()
    assert unnoted() == set()
    if name.startswith("models/people/erasing.py"):  # what it empties leaves the log as well
        assert done.kinds > kinds_logged(done.batch) != set()
    elif name.startswith("models/exchange/taking.py"):  # what it brought stands in the batches that came with it
        assert done.kinds == {"worker"} == kinds_logged(done.batch - 1)
    else:
        assert done.kinds == kinds_logged(done.batch) != set()


def test_an_act_that_changes_nothing_tells_so(register: object, author: Author) -> None:
    done = did(change_setting, "threshold", 25, author)
    assert (done.batch, done.kinds, done.result) == (None, frozenset(), None)


def test_several_batches_are_told_as_one_and_the_newest_is_named(register: object, author: Author) -> None:
    def both() -> str:
        create_unverified("union", "某虚构工会", author)
        return add_group("陪诊师", author)

    done = did(both)
    assert (done.batch, done.kinds) == (last_batch(), frozenset({"union", "occupation_group"}))
    assert len(done.result) == 36


def test_what_was_written_before_an_error_is_told(register: object, author: Author) -> None:
    with collected() as found:
        add_group("陪诊师", author)
        with pytest.raises(UserError):
            add_group("陪诊师", author)
    assert [(each.batch, set(each.kinds)) for each in found] == [(last_batch(), {"occupation_group"})]


def test_what_another_program_writes_meanwhile_is_not_taken_for_ones_own(register: object, author: Author) -> None:
    def elsewhere() -> None:
        with database.connection():
            change_setting("threshold", 30, Author("laptop-two", "乙"))

    def act() -> None:
        add_group("陪诊师", author)
        other = Thread(target=elsewhere)
        other.start()
        other.join()

    done = did(act)
    assert (done.batch, done.kinds) == (last_batch() - 1, frozenset({"occupation_group"}))
