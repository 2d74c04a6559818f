"""Imports, edits, merges, the year's work and undoes in any order: whatever happens, the register and its log agree.

Hypothesis walks over a real register: some short walks, always the same. By hand, ``JIANHUI_WALKS=2000 pytest
tests/journal/test_state_machine.py`` takes as many longer ones, drawn anew each time, and shows the first failure unshortened.
"""

import datetime as dt
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test

from importers import apply
from importers.plan import making as plan
from importers.plan.steps import Plan
from importers.rows.decisions import LEAVING, Decisions
from importers.rows.understanding import view
from importers.workbook.sheet import Sheet, SheetHead, SheetRow
from models.duplicates import merge as merging
from models.duplicates.find import mark_distinct
from models.engine import database
from models.errors import UserError
from models.journal import bundles
from models.journal.log import Batch
from models.journal.undo import undo
from models.journal.writer import Author, batch
from models.records.catalogue import RECORDS
from models.records.forms import SheetKind
from models.records.membership import DERIVED
from models.register import register as register_room
from models.register import traces
from models.register.register import Register
from models.standing import past_counts
from models.uid import new_uid
from models.values import ids
from tests.aids.held import TYPES, counted, kept
from tests.aids.logged import logged
from tests.aids.same_numbers import unnoted
from tests.aids.sizes import every
from tests.aids.speaking import TODAY, imported, workbook
from tests.aids.state_model import (
    CHOOSABLE,
    STAGES,
    Contents,
    contents,
    differences,
    merged,
    misplaced,
    standing_of,
    stray_parents,
    told_again,
)
from tests.journal.work_rules import AUTHORS, Remembered, Work

WALKS = int(os.environ.get("JIANHUI_WALKS", "0"))

COMPANIES = ("重庆霁蓝虚构印务有限公司", "重庆松石虚构餐饮有限公司", "重庆云杉虚构物流有限公司")
UNIONS = ("重庆霁蓝虚构印务有限公司工会", "重庆松石虚构餐饮有限公司工会委员会", "某虚构市场联合工会")
#: Before, between and after the dates that memberships get, an end of a year among them.
PAST = (dt.date(2023, 2, 2), dt.date(2024, 5, 5), dt.date(2024, 12, 31), TODAY, dt.date(2030, 1, 1))
NAMES = ("王砚舟", "李芷汐", "赵嘉树")
_FIRST17 = ("50010619850307901", "50010319900228902", "51020219781111903")
NUMBERS = tuple(first + ids.check_digit(first) for first in _FIRST17)
CODES = tuple(first + ids.code_check_character(first) for first in ("91500106MA0AAAA11", "91500106MA0BBBB22"))

_PHONE = st.sampled_from([None, "19900000001", "19900000002"])
_DAY = st.sampled_from([None, "2024-05", "2024-05-06", "2025-01-02", "2025"])
_COMPANY = st.sampled_from([None, *COMPANIES])
_UNION = st.sampled_from([None, *UNIONS])
_COUNT = st.sampled_from([None, 30, 41, "约40"])
_CHANGE = st.sampled_from([None, None, None, "入会", "转入", "保留", "转出", "退会"])
_EDUCATION = st.sampled_from([None, "大专", "本科"])
_PERSON = st.integers(0, 2).flatmap(
    lambda who: st.sampled_from([(NAMES[who], NUMBERS[who])] * 3 + [(NAMES[who], None)])
)


def _table(head: list[str], *cells: st.SearchStrategy[Any]) -> st.SearchStrategy[list[list[Any]]]:
    """A sheet: the header and one to four rows."""
    return st.lists(st.tuples(*cells).map(list), min_size=1, max_size=4).map(lambda rows: [head, *rows])


_ROSTER = ["姓名", "身份证号", "手机号", "学历", "工作单位", "所属工会", "入会日期", "会籍变化类型", "会籍变化日期"]
_REST = (_PHONE, _EDUCATION, _COMPANY, _UNION, _DAY, _CHANGE, _DAY)
ROSTERS = st.tuples(
    st.just("workers"),
    _table(_ROSTER, st.sampled_from(NAMES), st.sampled_from([None, *NUMBERS]), *_REST)
    | _table(_ROSTER, _PERSON, *_REST).map(lambda rows: [rows[0], *([*who, *rest] for who, *rest in rows[1:])]),
)
LISTS = st.one_of(
    st.tuples(
        st.just("employers"),
        _table(
            ["单位名称", "统一社会信用代码", "法定代表人", "职工人数", "所属工会", "建会阶段"],
            st.sampled_from(COMPANIES), st.sampled_from([None, *CODES]), st.sampled_from([None, *NAMES]), _COUNT, _UNION,
            st.sampled_from([None, *STAGES]),
        ),
    ),
    st.tuples(
        st.just("unions"),
        _table(
            ["工会名称", "单位名称", "上级工会", "工会主席", "建会日期", "会员人数"],
            st.sampled_from(UNIONS), _COMPANY, _UNION, st.sampled_from([None, *NAMES]), _DAY, _COUNT,
        ),
    ),
    st.tuples(
        st.just("headcounts"),
        _table(
            ["单位名称", "统计月份", "职工人数", "女职工人数"],
            st.sampled_from(COMPANIES), st.sampled_from(["2024-06", "2024-07"]), _COUNT, _COUNT,
        ),
    ),
)  # fmt: skip
_ANSWER = st.sampled_from(["", "", "transfer", "transfer", "keep", "skip", "new", "update"])
ANSWERS = st.lists(_ANSWER, min_size=4, max_size=4)
BLANKS = st.sampled_from(["ignore", "ignore", "fill", "clear"])
MERGES = st.one_of(*(st.tuples(st.just(kind), st.sets(st.sampled_from(names))) for kind, names in CHOOSABLE.items()))
#: What an edit may do: kind of record, field, and the value or the kind of record that it then refers to.
EDITS: tuple[tuple[str, str, Any], ...] = (
    *(("worker", "phone", value) for value in (None, "19900000003", "19900000001")),
    *(("worker", "name", value) for value in NAMES),
    *(("employer", "name", value) for value in COMPANIES),
    ("worker", "education", "硕士"), ("worker", "employer", "→employer"), ("worker", "employer", None),
    ("employer", "legal_representative", "钱示例"), ("union", "chair", "孙示例"), ("union", "parent", "→union"),
    ("membership_event", "date", "2023-02-03"), ("membership_event", "date", None), ("membership_event", "union", "→union"),
    ("coverage", "until", "2025-06-30"), ("coverage", "until", None), ("coverage", "union", "→union"),
    ("head_count", "staff_count", 55),
)  # fmt: skip


class Walk(Remembered):
    """One register, opened anew from a copy of the empty one."""

    def __init__(self, empty: Register, folder: Path) -> None:
        self.folder = folder / new_uid()
        shutil.copytree(empty.folder, self.folder)
        database.connect(self.folder / traces.FILE, empty.key_hex)
        super().__init__()
        self.files = 0

    def teardown(self) -> None:
        """Undo everything, newest first: each step ends where its batch began."""
        try:
            for number in sorted(self.before, reverse=True):
                if contents() == self.before[number]:
                    continue  # a field was changed and changed back in one batch: an undo has nothing to do, and says so
                undone = undo(number, AUTHORS[0])
                assert (number, undone.kept, differences(contents(), self.before[number])) == (number, [], [])
        finally:
            register_room.close_register()
            shutil.rmtree(self.folder)

    @rule(given=ROSTERS | LISTS | ROSTERS, answers=ANSWERS, members=st.booleans(), blanks=BLANKS,
          leaving=st.sampled_from([None, None, *LEAVING]), again=st.booleans(), author=st.sampled_from(AUTHORS))  # fmt: skip
    def import_rows(
        self, given: tuple[SheetKind, list[list[Any]]], answers: list[str], members: bool, blanks: Any, leaving: str | None,
        again: bool, author: Author,
    ) -> None:  # fmt: skip
        """Import a sheet with a person's answers; the same again changes nothing, unless something was left to ask."""
        kind, rows = given
        key = ("会员名册.xlsx" if members else "花名册.xlsx", "Sheet1")
        decisions = Decisions()
        for number, answer in enumerate(answers, 2):
            decisions = decisions.with_rows(key, (number,), answer)
        if kind == "workers":
            decisions = decisions.with_blank(key, "phone", blanks)
            if leaving is not None:
                missing = self._plan(kind, key, rows, decisions.with_full(key, {})).sheets[0].missing
                decisions = decisions.with_full(key, {each.uid: leaving for each in missing})
        first = self._plan(kind, key, rows, decisions)
        held = contents()
        written = apply.apply(first, author, "test")
        self.written(written, held, f"import {kind}")
        _left_alone(first, held)
        if again and "new" not in answers and not first.counts()["conflict"]:
            assert apply.apply(self._plan(kind, key, rows, decisions), author, "test") is None

    def _plan(self, kind: SheetKind, key: tuple[str, str], rows: list[list[Any]], decisions: Decisions) -> Plan:
        head = SheetHead(*key, 0, False, "xlsx")
        sheet = Sheet(head, [SheetRow(number, list(row)) for number, row in enumerate(rows, 1)])
        return plan.make([view(sheet, decisions, kind, TODAY)], self.index, None, TODAY, decisions=decisions)

    @precondition(lambda self: not self.files and len(self.before) > 3)
    @rule(given=ROSTERS | LISTS)
    def import_file(self, given: tuple[SheetKind, list[list[Any]]]) -> None:
        """Import through a real file, as the command line does."""
        self.files += 1
        kind, rows = given
        held = contents()
        done = imported(AUTHORS[0], workbook(self.folder / "导入" / "表.xlsx", {"Sheet1": rows}), kind=kind)
        self.written(done.outcome.batch, held, "import a file")

    @precondition(lambda self: self.before)
    @rule(
        edits=st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 3)), min_size=1, max_size=3),
        author=st.sampled_from(AUTHORS),
    )
    def edit(self, edits: list[tuple[tuple[str, str, Any], int]], author: Author) -> None:
        """Change fields as the forms do, one or several in one batch; a field perhaps twice."""
        held, now = contents(), contents()
        with batch("edit", author) as writer:
            for (kind, name, value), which in edits:
                records, target = list(now[kind].values()), value
                if not records:
                    continue
                record = records[which % len(records)]
                if isinstance(value, str) and value.startswith("→"):
                    target = next(iter(now[value[1:]]), None)
                if record[name] != target:
                    writer.update(RECORDS[kind], record["uid"], {name: (record[name], target)})
                    record[name] = target
        self.written(max((row.id for row in Batch.select(Batch.id) if row.id not in self.before), default=None), held, "edit")

    @precondition(lambda self: self.before)
    @rule(
        given=MERGES, which=st.permutations(range(4)), author=st.sampled_from(AUTHORS),
    )  # fmt: skip
    def merge(self, given: tuple[str, set[str]], which: list[int], author: Author) -> None:
        """Merge two records of one kind; some fields come from the one that goes."""
        held, (kind, chosen) = contents(), given
        uids = list(held[kind])
        pair = [uids[place] for place in which if place < len(uids)]
        if len(pair) >= 2:
            keep, drop = pair[:2]
            choices = dict.fromkeys(sorted(chosen), "drop")
            number = merging.merge(keep, drop, choices, author, self.index, TODAY)
            assert differences(contents(), merged(held, kind, keep, drop, choices, TODAY.isoformat())) == []
            self.written(number, held, f"merge {kind}")

    @precondition(lambda self: self.before)
    @rule(which=st.permutations(range(4)), author=st.sampled_from(AUTHORS))
    def mark(self, which: list[int], author: Author) -> None:
        """Say of two people that they are not the same."""
        held = contents()
        pair = [list(held["worker"])[place] for place in which if place < len(held["worker"])][:2]
        if len(pair) == 2:
            self.written(mark_distinct(pair[0], pair[1], author), held, "mark")

    @precondition(lambda self: self.before)
    @rule(back=st.integers(0, 5), forth=st.integers(0, 2), author=st.sampled_from(AUTHORS))
    def undo(self, back: int, forth: int, author: Author) -> None:
        """Undo any batch, undoes too; then perhaps the undo, and the undo of that."""
        number = sorted(self.before)[-1 - back % len(self.before)]
        states = [contents()]
        for _turn in range(1 + forth):
            try:
                number = undo(number, author).batch
            except UserError:
                assert (contents(), len(states)) == (states[0], 1)  # whatever an undo did can be undone
                return
            self.written(number, states[-1], "undo")
            states.append(contents())
        for now, then in zip(states[2:], states, strict=False):
            assert differences(now, then) == []

    @invariant()
    def the_file_is_sound(self) -> None:
        assert database.damage() == []

    @invariant()
    def the_log_alone_tells_the_register(self) -> None:
        assert differences(told_again(), contents()) == []

    @invariant()
    def those_who_share_a_number_are_known(self) -> None:
        assert unnoted() == set()

    @invariant()
    def names_stand_in_their_places(self) -> None:
        assert misplaced() == []

    @invariant()
    def a_standing_follows_from_the_events(self) -> None:
        held = contents()
        for uid, worker in held["worker"].items():
            assert {name: worker[name] for name in DERIVED} == standing_of(uid, held)

    @invariant()
    def past_days_follow_from_the_events(self) -> None:
        for _time in range(2):
            for day in PAST:
                assert kept(day, TYPES[-1]) == counted(day, TYPES[-1])
            past_counts.catch_up(TODAY)
            assert list(past_counts.faults()) == []

    @invariant()
    def the_log_has_no_gaps_and_names_its_parents(self) -> None:
        for author in AUTHORS:
            numbers = [row.number for row in logged() if row.device == author.device]
            assert numbers == list(range(1, len(numbers) + 1))
        assert list(stray_parents()) == []
        assert list(bundles.faults()) == []
        assert set(self.before) == {row.id for row in Batch.select(Batch.id)}


class Year(Walk, Work):
    """The year's work among edits, merges and undoes, in a register that begins with some employers and their union."""

    import_rows = None  # type: ignore[assignment]  # what imports do among each other is the other walk's matter
    import_file = None  # type: ignore[assignment]
    mark = None  # type: ignore[assignment]

    @initialize()
    def begin(self) -> None:
        """Three employers, two of them large enough for a union of their own, one covered already."""
        key, columns = ("单位.xlsx", "Sheet1"), ["单位名称", "职工人数", "所属工会"]
        rows: list[list[Any]] = [columns, [COMPANIES[0], 30, None], [COMPANIES[1], 41, None], [COMPANIES[2], 60, UNIONS[2]]]
        held = contents()
        self.written(apply.apply(self._plan("employers", key, rows, Decisions()), AUTHORS[0], "test"), held, "import")
        self.reconcile(AUTHORS[0])


def _left_alone(made: Plan, held: Contents) -> None:
    """What rows asked about, and no other row wrote, is as it was."""
    steps = [step for sheet in made.sheets for step in sheet.steps]
    asked = {step.target for step in steps if step.action in ("conflict", "refused", "skipped")}
    now = contents()
    for uid in asked - {step.target for step in steps if step.applies}:
        assert [now[kind].get(uid) for kind in now] == [held[kind].get(uid) for kind in now]
    if not any(step.applies for step in steps):
        assert now == held


@pytest.mark.usefixtures("small_bundles")
def test_whatever_happens_the_register_and_its_log_agree(empty_register: Register, tmp_path: Path) -> None:
    chosen = settings(
        max_examples=WALKS or 20 // every(4), stateful_step_count=25 if WALKS else 12, derandomize=not WALKS, database=None,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate,), deadline=None,
    )  # fmt: skip
    made: Any = lambda: Walk(empty_register, tmp_path)  # noqa: E731  # whatever makes one is taken
    run_state_machine_as_test(made, settings=chosen)


#: What writes something in some walk or other.
WRITING = {
    "edit", "undo", "reconcile", "contact", "remove a contact", "found", "enter", "correct an entry", "remove an entry", "aim",
    "remove a target", "change a setting",
}  # fmt: skip


@pytest.mark.usefixtures("small_bundles")
def test_whatever_is_done_in_a_year_can_be_told_and_undone(empty_register: Register, tmp_path: Path) -> None:
    chosen = settings(
        max_examples=WALKS or 8 // every(2), stateful_step_count=25 if WALKS else 16, derandomize=not WALKS, database=None,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate,), deadline=None,
    )  # fmt: skip
    made: Any = lambda: Year(empty_register, tmp_path)  # noqa: E731  # whatever makes one is taken
    run_state_machine_as_test(made, settings=chosen)
    assert WRITING - Year.acts.keys() == set(), "the walks are long enough for each kind of act"
