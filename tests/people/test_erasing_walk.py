"""Imports, merges, undoes and erasures in any order: register and log agree, figures stay, and nobody erased comes back.

``JIANHUI_WALKS=500 pytest tests/people/test_erasing_walk.py`` takes as many longer walks, drawn anew each time.
"""

import datetime as dt
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from importers import apply
from importers.rows.decisions import LEAVING, Decisions
from models.errors import UserError
from models.journal import entries
from models.journal.undo import undo
from models.journal.writer import Author
from models.people import erasing
from models.records.erasure import Erasure, sealed
from models.records.forms import SheetKind
from models.records.membership import MembershipEvent
from models.records.worker import Worker
from models.register import register as register_room
from models.register.register import Register
from models.standing.held_counts import held_on
from tests.aids.merge_cases import merged
from tests.aids.speaking import TODAY
from tests.aids.state_model import contents, told_again
from tests.journal.test_state_machine import ANSWERS, LISTS, NUMBERS, ROSTERS, WALKS, Walk
from tests.journal.work_rules import AUTHORS

DAYS = [dt.date(2024, 5, 5), dt.date(2024, 5, 6), dt.date(2025, 1, 2), TODAY]


def books() -> list[Any]:
    """Who was held at which union, of which group and sex, on some days."""
    found = []
    for day in DAYS:
        held = held_on(day).alias("held")
        query = held.select_from(held.c.union, held.c.people, held.c.women, held.c.occupation_group)
        sums: dict[Any, list[int]] = {}
        for union, people, women, group in query.tuples():
            known = sums.setdefault((union, group), [0, 0])
            sums[union, group] = [known[0] + people, known[1] + women]
        found.append({key: both for key, both in sums.items() if both != [0, 0]})
    return found


class ErasingWalk(Walk):
    """As the other walks, with people erased on the way."""

    edit = None  # type: ignore[assignment]  # writes past all doors, into those who are sealed as well
    mark = None  # type: ignore[assignment]

    import_rows = None  # type: ignore[assignment]  # that a sheet imported again changes nothing is another walk's matter
    import_file = None  # type: ignore[assignment]

    @rule(
        given=ROSTERS | LISTS | ROSTERS, answers=ANSWERS, members=st.booleans(), leaving=st.sampled_from([None, *LEAVING]),
        author=st.sampled_from(AUTHORS),
    )  # fmt: skip
    def take_rows(
        self, given: tuple[SheetKind, list[list[Any]]], answers: list[str], members: bool, leaving: str | None, author: Author
    ) -> None:
        """Import a sheet with a person's answers, perhaps as a union's full roster."""
        (kind, rows), held = given, contents()
        key = ("会员名册.xlsx" if members else "花名册.xlsx", "Sheet1")
        decisions = Decisions()
        for number, answer in enumerate(answers, 2):
            decisions = decisions.with_rows(key, (number,), answer)
        if kind == "workers" and leaving is not None:
            missing = self._plan(kind, key, rows, decisions.with_full(key, {})).sheets[0].missing
            assert not {each.uid for each in missing} & sealed()
            decisions = decisions.with_full(key, {each.uid: leaving for each in missing})
        self.written(apply.apply(self._plan(kind, key, rows, decisions), author, "test"), held, "import")

    def teardown(self) -> None:
        """Undo what can be undone: whatever stays, the two agree."""
        try:
            for number in sorted(self.before, reverse=True):
                with suppress(UserError):
                    undo(number, AUTHORS[0])
            assert told_again() == contents()
            self.nobody_comes_back()
        finally:
            register_room.close_register()

    @precondition(lambda self: self.before)
    @rule(which=st.permutations(range(4)), author=st.sampled_from(AUTHORS))
    def merge(self, which: list[int], author: Author) -> None:
        """Merge two people who are not erased."""
        held = contents()
        uids = [uid for uid in held["worker"] if uid not in sealed()]
        pair = [uids[place] for place in which if place < len(uids)][:2]
        if len(pair) == 2:
            self.written(merged(author, *pair), held, "merge")

    @precondition(lambda self: self.before)
    @rule(which=st.integers(0, 3), gone=st.booleans(), author=st.sampled_from(AUTHORS))
    def erase(self, which: int, gone: bool, author: Author) -> None:
        """Erase somebody who is there, or who stands in the log alone."""
        closed, held, before = sealed(), contents(), books()
        there = list(held["worker"])
        logged = entries.records_ever("worker")
        people = [uid for uid in (logged if gone else there) if uid not in closed]
        if not people:
            return
        with suppress(UserError):  # the record that it was merged into is erased already
            number = erasing.erase([people[which % len(people)]], "申请", author, self.folder).batch
            self.before[number] = held
        assert books() == before

    @invariant()
    def nobody_comes_back(self) -> None:
        closed = sealed()
        names = [row.name for row in Worker.select().where(Worker.uid.in_(closed))]
        assert names == [None] * len(names)
        events = {row.uid for row in MembershipEvent.select().where(MembershipEvent.worker.in_(closed))}
        for texts in entries.of_records([*closed, *events], ("before", "after")):
            for text in (each or "" for each in texts):
                assert not [word for word in ("1990000000", "砚舟", "芷汐", "嘉树", *NUMBERS, "大专") if word in text]
        assert len(closed) == Erasure.select().count()


@pytest.mark.usefixtures("small_bundles")
def test_whatever_happens_an_erased_person_stays_erased(empty_register: Register, tmp_path: Path) -> None:
    chosen = settings(
        max_examples=WALKS or 5, stateful_step_count=25 if WALKS else 12, derandomize=not WALKS, database=None,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate,), deadline=None,
    )  # fmt: skip
    made: Any = lambda: ErasingWalk(empty_register, tmp_path)  # noqa: E731  # whatever makes one is taken
    run_state_machine_as_test(made, settings=chosen)
