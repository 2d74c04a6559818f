"""Laptops that meet in any order: all get the same register, nothing is lost, and conflicts are where two wrote.

Hypothesis walks over real registers: a few short walks, always the same; with ``JIANHUI_FULL=1`` more and longer ones, and by
hand ``JIANHUI_WALKS=500`` as many, drawn anew.
"""

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from models.duplicates.merge import merge
from models.editing import groups, moving, own_fields, regions
from models.engine import database
from models.errors import UserError
from models.exchange.conflicts import decide, open_conflicts
from models.journal import bundles, learning
from models.journal.heads import heads_of
from models.journal.log import WHOLE, Batch
from models.journal.undo import undo
from models.journal.writer import Author, batch
from models.own_names import OWN
from models.records.catalogue import RECORDS
from models.records.employer import Employer
from models.records.region import load_index
from models.records.worker import Worker
from models.register.register import Register
from models.rules.rules import set_aside
from models.uid import new_uid
from tests.aids import case_world
from tests.aids.logged import logged
from tests.aids.speaking import LI, TODAY, WANG
from tests.aids.state_model import Contents, contents, differences
from tests.exchange.laptops import Laptop

WALKS = int(os.environ.get("JIANHUI_WALKS", "0"))
LONG = bool(WALKS or os.environ.get("JIANHUI_FULL"))

NAMES = ("王砚舟", "李芷汐")
COMPANIES = ("重庆霁蓝虚构印务有限公司", "重庆松石虚构餐饮有限公司")
UNIONS = ("某虚构市场联合工会", "重庆霁蓝虚构印务有限公司工会")
TOWN = "沙坪坝区小龙坎街道"
#: What is edited: kind, field, value; "→kind" stands for a record of that kind.
EDITS: tuple[tuple[str, str, Any], ...] = (
    *(("worker", "phone", value) for value in (None, "19900000001", "19900000002", "19900000003")),
    ("worker", "education", "本科"), ("worker", "education", "硕士"),
    ("worker", "employer", "→employer"), ("worker", "employer", None),
    ("employer", "legal_representative", "钱示例"), ("employer", "legal_representative", "孙示例"), ("employer", "name", COMPANIES[0]),
    ("union", "chair", "孙示例"), ("union", "chair", "周示例"), ("union", "parent", "→union"),
    ("membership_event", "date", "2023-02-03"), ("membership_event", "date", "2024-05"), ("head_count", "staff_count", 55),
    ("head_count", "staff_count", 60),
)  # fmt: skip


_WHO = st.integers(0, 5)


class Meeting(RuleBasedStateMachine):
    """Three laptops, one of which is the office; their clocks are a year off."""

    #: What happened in all walks.
    seen: ClassVar[Counter[str]] = Counter()
    laptops: list[Laptop]

    def __init__(self, empty: Register, folder: Path, count: int = 3) -> None:
        super().__init__()
        self.folder = folder / new_uid()
        days = (0, 365, -365, 3, -2, 100, -40)
        self.laptops = [
            Laptop(empty, self.folder, f"{number:x}" * 16, f"组织员{number}", days[number]) for number in range(count)
        ]
        self.packages: list[Path] = []
        self.acted = 0

    def _at(self, who: int) -> AbstractContextManager[Author]:
        self.acted = who % len(self.laptops)
        return self.laptops[self.acted].open()

    def teardown(self) -> None:
        """All meet until nobody has anything new: then all are the same."""
        try:
            self._all_meet()
        finally:
            shutil.rmtree(self.folder)

    def _all_meet(self) -> None:
        for _round in range(8):
            news = 0
            office = self.laptops[0]
            for each in self.laptops[1:]:
                news += office.take(each.give()).entries
            package = office.give()
            for each in self.laptops[1:]:
                news += each.take(package).entries
            if not news:
                break
        else:
            raise AssertionError("they never come to an end")
        for number in range(len(self.laptops)):
            self.acted = number
            self.the_log_alone_tells_each_register()
        with self.laptops[0].open():
            assert list(_lost()) == []
        first, *others = [each.contents() for each in self.laptops]
        for other in others:
            assert differences(first, other) == []
        told, *rest = [_open(each) for each in self.laptops]
        assert all(each == told for each in rest)

    @initialize()
    def begin(self) -> None:
        """What all of them have from the beginning."""
        for what, which in (("employer", 0), ("worker", 0), ("union", 0), ("head_count", 0), ("member", 0), ("worker", 1)):
            self._make(0, what, which)
        package = self.laptops[0].give()
        for each in self.laptops[1:]:
            each.take(package)

    @rule(who=_WHO, other=_WHO, both=st.booleans(), everything=st.booleans())
    def meet(self, who: int, other: int, both: bool, everything: bool) -> None:
        """One gives to another, and perhaps takes as well; what only the others have seen can lack a piece."""
        whom = who + 1 + other % (len(self.laptops) - 1)
        for giver, taker in ((who, whom), (whom, who)) if both else ((who, whom),):
            self.give(giver, everything)
            self.take(taker, len(self.packages) - 1, twice=False)

    @rule(
        who=_WHO, what=st.sampled_from(["worker", "employer", "union", "head_count", "member"]),
        which=st.integers(0, 1),
    )  # fmt: skip
    def make(self, who: int, what: str, which: int) -> None:
        """Enter a record by hand: often one that another laptop enters too."""
        self._make(who, what, which)

    def _make(self, who: int, what: str, which: int) -> None:
        with self._at(who) as author:
            held = contents()
            if what == "worker":
                case_world.made(author, Worker, name=NAMES[which], id_number=(WANG, LI)[which])
            elif what == "employer":
                case_world.made(author, Employer, name=COMPANIES[which])
            elif what == "union":
                case_world.union(author, UNIONS[which])
            elif what == "head_count" and held["employer"]:
                case_world.count(author, _one(held, "employer", which), 30 + which)
            elif what == "member" and held["worker"] and held["union"]:
                worker = _one(held, "worker", which)
                try:
                    moving.enter("入会", [worker], "2024-05-06", author, union=_one(held, "union", which))
                except UserError:
                    return

    @rule(who=_WHO, edits=st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 3)), min_size=1, max_size=3))
    def edit(self, who: int, edits: list[tuple[tuple[str, str, Any], int]]) -> None:
        """Change fields as the forms do."""
        with self._at(who) as author:
            held = contents()
            with batch("edit", author) as writer:
                for (kind, name, value), which in edits:
                    if not held[kind]:
                        continue
                    uid, target = _one(held, kind, which), value
                    if isinstance(value, str) and value.startswith("→"):
                        target = _one(held, value[1:], which + 1) if held[value[1:]] else None
                    if held[kind][uid][name] != target and target != uid:
                        writer.update(RECORDS[kind], uid, {name: (held[kind][uid][name], target)})
                        held[kind][uid][name] = target

    @rule(who=_WHO, kind=st.sampled_from(["worker", "employer", "union"]), which=st.integers(0, 3))
    def merge(self, who: int, kind: str, which: int) -> None:
        """Merge two records of one kind."""
        with self._at(who) as author:
            uids = sorted(contents()[kind])
            if len(uids) > 1:
                keep, drop = uids[which % len(uids)], uids[(which + 1) % len(uids)]
                merge(keep, drop, {}, author, load_index(TODAY), TODAY)

    @rule(who=_WHO, back=st.integers(0, 5))
    def undo(self, who: int, back: int) -> None:
        """Undo any batch, of whatever laptop; what was taken too."""
        with self._at(who) as author:
            numbers = sorted(row.id for row in Batch.select(Batch.id))
            if not numbers:
                return
            number = numbers[-1 - back % len(numbers)]
            try:
                undo(number, author)
                self.seen["undone " + str(Batch.get_by_id(number).kind)] += 1
            except UserError:
                return

    @rule(who=_WHO, what=st.sampled_from(["aside", "group", "region", "own", "fill"]), which=st.integers(0, 1))
    def arrange(self, who: int, what: str, which: int) -> None:
        """Settings, groups, regions and own fields of the register."""
        with self._at(who) as author:
            learning.learn()
            held = contents()
            try:
                if what == "aside" and held["worker"]:
                    set_aside("R01", _one(held, "worker", which), f"原因{which}", author)
                elif what == "group":
                    groups.add_group(("宠物美容师", "陪诊员")[which], author)
                elif what == "region":
                    index = load_index(TODAY)
                    regions.add_region(("虚构社区", "示例社区")[which], "community", str(index.resolve(TOWN).uid), author, index)
                elif what == "own":
                    own_fields.add_own_fields([own_fields.NewField("worker", ("血型", "特长")[which], "text")], author)
                elif what == "fill" and held["worker"] and held["own_field"]:
                    uid, name = _one(held, "worker", which), OWN + _one(held, "own_field", which)
                    with batch("edit", author) as writer:
                        writer.update(Worker, uid, {name: (None, f"值{which}{who}")})
            except UserError:
                return
            finally:
                learning.forget()

    @rule(who=_WHO, everything=st.booleans())
    def give(self, who: int, everything: bool) -> None:
        """Write a package, which may lie about for long."""
        self.acted = who % len(self.laptops)
        self.packages.append(self.laptops[self.acted].give(everything))

    @precondition(lambda self: self.packages)
    @rule(who=_WHO, which=st.integers(0, 6), twice=st.booleans())
    def take(self, who: int, which: int, twice: bool) -> None:
        """Take any package, old ones and own ones too; what lacks a piece is refused and changes nothing."""
        path = self.packages[which % len(self.packages)]
        self.acted = who % len(self.laptops)
        laptop = self.laptops[self.acted]
        before = laptop.contents()
        try:
            seen = laptop.look(path)
        except UserError:
            self.seen["refused"] += 1
            assert laptop.contents() == before
            return
        assert laptop.contents() == before
        taken = laptop.take(path)
        assert (taken.new, taken.changed, taken.gone, taken.conflicts) == (seen.new, seen.changed, seen.gone, seen.conflicts)
        self.seen.update(
            taken=taken.entries > 0, conflict=len(taken.conflicts), kept=len(taken.refused), moved=taken.moved,
            perhaps=len(taken.perhaps_same), nothing=taken.entries == 0,
        )  # fmt: skip
        if twice:
            again = laptop.take(path)
            assert (again.entries, again.batch, again.new, again.changed) == (0, None, 0, 0)

    @rule(who=_WHO, which=st.integers(0, 3), choice=st.sampled_from(["mine", 1, "keep", "remove"]))
    def decide(self, who: int, which: int, choice: str | int) -> None:
        """Decide a conflict."""
        with self._at(who) as author:
            found = open_conflicts(author.device)
            if found:
                each = found[which % len(found)]
                whole = each.field == WHOLE
                if whole != (choice in ("keep", "remove")):
                    choice = "keep" if whole else "mine"
                try:
                    decide(each.uid, each.field, choice, author)
                    self.seen["decided " + str(choice)] += 1
                except UserError:
                    return

    @invariant()
    def the_log_alone_tells_each_register(self) -> None:
        with self.laptops[self.acted].open():
            assert database.damage() == []
            assert differences(_rebuilt(), contents()) == []
            assert list(bundles.faults()) == []


def _one(held: Contents, kind: str, which: int) -> str:
    return sorted(held[kind])[which % len(held[kind])]


def _kinds() -> dict[str, str]:
    """Every record that the log tells of."""
    kinds: dict[str, str] = {}
    for entry in logged():
        if entry.field == WHOLE:
            kinds |= {values["uid"]: kind for kind, values in json.loads(entry.after or entry.before or "[]")}
        else:
            kinds.setdefault(entry.record, entry.kind)
    return kinds


def _rebuilt() -> Contents:
    """The register as the heads of its log tell it, the followers left as they are."""
    held = contents()
    made: Contents = {kind: {} for kind in held}
    for uid, of in heads_of(_kinds()).items():
        if of.kind in made and of.exists:
            known = held[of.kind].get(uid, {})
            told = {name: value for name, value in of.values().items() if name in known or name == "uid"}
            made[of.kind][uid] = dict.fromkeys(known) | {name: known[name] for name in known if name in _FOLLOWING} | told
    return made


def _lost() -> Iterator[tuple[str, str, Any]]:
    """Values that somebody wrote of a field and that are neither shown, nor in a conflict, nor replaced by whoever saw them.

    Whoever saw a value says that it was there before, is the laptop that wrote it, or has decided.
    """
    decided = {row.uid for row in Batch.select(Batch.uid).where(Batch.kind.in_(["decide", "exchange"]))}
    for uid, of in heads_of(_kinds()).items():
        conflicts = of.conflicts()
        for place, each in enumerate(of.line):
            if each.field == WHOLE or not of.exists:
                continue
            if any(head.key == each.key for head in of.of(each.field)):
                kept = each.held == of.value(each.field) or each.field in conflicts
            else:
                later = [by for by in of.line[place + 1 :] if by.field in (each.field, WHOLE)]
                kept = any(
                    by.device == each.device
                    or (each.key in by.replaces and (by.field == WHOLE or by.was == each.held or by.batch in decided))
                    for by in later
                )
            if not kept:
                yield uid, each.field, each.held


_FOLLOWING = {"union", "membership_state", "join_date", "change_type", "change_date", "change_reason"}


def _open(laptop: Laptop) -> list[tuple[str, str, str, list[str]]]:
    with laptop.open() as author:
        return sorted(
            (each.kind, each.uid, each.field, sorted(repr((side.gone, side.value)) for side in (each.mine, *each.theirs)))
            for each in open_conflicts(author.device)
        )


@pytest.mark.usefixtures("small_bundles")
def test_whoever_meets_whom_all_get_the_same_register(empty_register: Register, tmp_path: Path) -> None:
    chosen = settings(
        max_examples=WALKS or (40 if LONG else 8), stateful_step_count=30 if LONG else 16, derandomize=not WALKS, database=None,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate,), deadline=None,
    )  # fmt: skip
    made: Any = lambda: Meeting(empty_register, tmp_path)  # noqa: E731  # whatever makes one is taken
    run_state_machine_as_test(made, settings=chosen)
    wanted = {"taken", "conflict"} | ({"perhaps", "nothing", "undone exchange"} if LONG else set())
    assert {name for name in wanted if not Meeting.seen[name]} == set(), "the walks are long enough for each kind of act"


