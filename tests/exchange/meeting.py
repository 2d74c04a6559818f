"""Laptops that meet, as a machine that walks: whatever it does, all must end with one register (``test_meeting_machine.py``)."""

import datetime as dt
import os
import shutil
import signal
import sys
from collections import Counter
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from peewee import SqliteDatabase

from models import uid
from models.drive.contacts import add_contact
from models.duplicates.merge import merge
from models.editing import groups, moving, own_fields, regions
from models.editing.own_labels import add_label
from models.engine import database
from models.errors import UserError
from models.exchange.conflicts import decide, open_conflicts
from models.journal import bundles, crossing, entries, learning
from models.journal.log import WHOLE, Batch
from models.journal.settings import change_settings
from models.journal.undo import undo
from models.journal.writer import Author, batch
from models.own_names import OWN
from models.people.erasing import erase
from models.records.catalogue import RECORDS, references, referred_kinds
from models.records.employer import Employer
from models.records.region import load_index
from models.records.worker import Worker
from models.register.register import Register
from models.rules.rules import set_aside
from models.uid import new_uid
from tests.aids import case_world
from tests.aids.speaking import LI, TODAY, WANG, ZHAO, imported_rows
from tests.aids.state_model import Contents, contents, differences
from tests.exchange.any_record import everything, remove, values_of
from tests.exchange.laptops import Laptop
from tests.exchange.told_by_log import differing, lost, none, not_followed, rebuilt, wrong_conflicts

NAMES = ("王砚舟", "李芷汐")
PEOPLE = (("王砚舟", WANG), ("李芷汐", LI), ("赵云帆", ZHAO), ("王砚舟", None))
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


#: The kinds of record that no other rule makes.
OTHERS = tuple(
    kind for kind in RECORDS
    if kind not in {
        "worker", "employer", "union", "membership_event", "head_count", "coverage", "drive_case", "case_step", "contact",
        "region", "region_parent", "occupation_group", "own_field", "setting", "erasure",
    }
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
            self.all_meet()
        finally:
            shutil.rmtree(self.folder)

    def all_meet(self) -> None:
        """Let all meet until nobody has anything new, and look at what they have then."""
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
        with self.laptops[0].open() as author:
            none(lost())
            told = {(each.uid, each.field) for each in open_conflicts(author.device)}
            none(wrong_conflicts({each.author.device: each.knew for each in self.laptops}, told))
            self.seen.update({"walks": 1, "entries": sum(crossing.vector().values()), "conflicts at the end": len(told)})
        first, *others = [each.contents() for each in self.laptops]
        for other in others:
            none(differences(first, other))
        listed, *rest = [_open(each) for each in self.laptops]
        none((listed, each) for each in rest if each != listed)

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
                with suppress(UserError):  # somebody who was erased
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

    @rule(who=_WHO, what=st.sampled_from(["cover", "case", "visit", "erase"]), which=st.integers(0, 1))
    def work(self, who: int, what: str, which: int) -> None:
        """What the program and people do about a unit; a person's data erased."""
        with self._at(who) as author:
            held = contents()
            try:
                if what == "cover" and held["union"] and held["employer"]:
                    case_world.cover(author, _one(held, "union", which), _one(held, "employer", which))
                elif what == "case":
                    case_world.reconciled(author)
                elif what == "visit" and held["drive_case"]:
                    day = {"date": "2025-07-02", "way": "实地走访", "outcome": f"见了{which}{who}"}
                    add_contact(_one(held, "drive_case", which), day, author)
                elif what == "erase" and len(held["worker"]) > 2:
                    erase([_one(held, "worker", which)], "本人书面申请", author, self.laptops[self.acted].folder)
                    self.seen["erased"] += 1
            except UserError:
                return

    @rule(who=_WHO, rows=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4), st.integers(0, 2)), min_size=1, max_size=3))
    def import_sheet(self, who: int, rows: list[tuple[int, int, int]]) -> None:
        """Import a sheet of people: some are there, some are not, some differ."""
        sheet = [["姓名", "证件号码", "移动电话", "学历"]]
        sheet += [[*PEOPLE[person], f"1990000000{phone}", ("", "本科", "大专")[school]] for person, phone, school in rows]
        with self._at(who) as author:
            learning.learn()
            try:
                done = imported_rows(author, self.laptops[self.acted].folder, sheet)
                self.seen["imported"] += done.outcome.batch is not None
            finally:
                learning.forget()

    @rule(who=_WHO, days=st.sampled_from([-365, -1, 0, 1, 365]))
    def set_clock(self, who: int, days: int) -> None:
        """Somebody sets the clock of a laptop."""
        laptop = self.laptops[who % len(self.laptops)]
        laptop.clock = dt.datetime.combine(TODAY + dt.timedelta(days=days), laptop.clock.time(), tzinfo=dt.UTC)

    @rule(
        who=_WHO, what=st.sampled_from(["aside", "group", "region", "own", "fill", "label", "setting"]), which=st.integers(0, 1)
    )  # fmt: skip
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
                elif what == "label":
                    add_label("学历", ("扫盲班", "电大")[which], [], author)
                elif what == "setting":
                    change_settings({"threshold": 30 + which + who}, author)
                elif what == "fill" and held["worker"] and held["own_field"]:
                    uid, name = _one(held, "worker", which), OWN + _one(held, "own_field", which)
                    ((before,),) = database.fetch_in(Worker, "uid", [uid], (name,))
                    with batch("edit", author) as writer:  # whoever fills it in sees what stands there, as in the form
                        writer.update(Worker, uid, {name: (before, f"值{which}{who}")})
            except UserError:
                return
            finally:
                learning.forget()

    @rule(
        who=_WHO, kind=st.sampled_from(OTHERS), act=st.sampled_from(["make", "change", "change", "remove"]),
        which=st.integers(0, 7),
    )  # fmt: skip
    def keep(self, who: int, kind: str, act: str, which: int) -> None:
        """Make, change or remove a record of any of the other kinds that there are, as the forms of that kind do."""
        record = RECORDS[kind]
        with self._at(who) as author:
            held = everything()
            known = {each: sorted(rows)[which % len(rows)] for each, rows in held.items() if rows}
            wanted = values_of(record, known, which % 2)
            own = sorted({uid for (uid,) in entries.of_records(held[kind], ("record",))})  # not what a register begins with
            if act == "make":
                case_world.made(author, record, **wanted)
            elif own and act == "change":
                uid, name = own[which % len(own)], sorted(wanted)[which % len(wanted)]
                if held[kind][uid][name] != wanted[name]:
                    with batch("edit", author) as writer:
                        writer.update(record, uid, {name: (held[kind][uid][name], wanted[name])})
            elif own and not _referred(kind, own[which % len(own)]):
                remove(record, own[which % len(own)], author)
            else:
                return
            self.seen["kept " + act] += 1

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
        assert (taken.new, taken.changed, taken.gone) == (seen.new, seen.changed, seen.gone)
        # when the taking itself writes a side, it does so a moment later than the look
        where = [[(each.kind, each.uid, each.field, each.shown) for each in found.conflicts] for found in (taken, seen)]
        assert where[0] == where[1]
        self.seen.update(
            taken=taken.entries > 0, conflict=len(taken.conflicts), kept=len(taken.refused), moved=taken.moved,
            perhaps=len(taken.perhaps_same), nothing=taken.entries == 0,
        )  # fmt: skip
        if twice:
            again = laptop.take(path)
            assert (again.entries, again.batch, again.new, again.changed) == (0, None, 0, 0)

    @precondition(lambda self: self.packages and hasattr(os, "fork"))
    @rule(
        who=_WHO, which=st.integers(0, 6), after=st.integers(0, 40),
        what=st.sampled_from(["take", "take", "give", "decide", "undo"]),
    )  # fmt: skip
    def die(self, who: int, which: int, after: int, what: str) -> None:
        """The program is killed in the middle of something: all of it is there, or nothing, and it can be done again."""
        self.acted = who % len(self.laptops)
        laptop = self.laptops[self.acted]
        before, files = laptop.contents(), set(laptop.folder.glob("*.jhx"))
        child = os.fork()
        if not child:  # pragma: no cover  # is killed, or ends here
            with suppress(BaseException):
                uid._chance.seed()  # or what it makes has the names of what this process makes next
                if what == "take":
                    laptop.take(self.packages[which % len(self.packages)], progress=_Killer(after).tell)
                else:
                    self._killed(what, which, _Killer(after))
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        now = laptop.contents()  # what the child wrote is noted as known, where it came to its end
        if os.WIFSIGNALED(status):
            self.seen["killed " + what] += 1
            assert now == before
            assert set(laptop.folder.glob("*.jhx")) <= files

    def _killed(self, what: str, which: int, killer: "_Killer") -> None:  # pragma: no cover  # in a process that ends here
        """Give, decide or undo, and be killed at one of the moments at which a file or the database is written to."""
        asked: Any = SqliteDatabase.execute_sql

        def execute_sql(database: SqliteDatabase, sql: str, *arguments: Any, **options: Any) -> Any:
            if not sql.startswith("SELECT"):
                killer.tell(0, 0)
            return asked(database, sql, *arguments, **options)

        setattr(SqliteDatabase, "execute_sql", execute_sql)  # noqa: B010  # this process ends here
        sys.addaudithook(lambda event, _told: killer.tell(0, 0) if event in ("open", "os.rename", "os.remove") else None)
        if what == "give":
            self.give(self.acted, everything=True)
        elif what == "decide":
            self.decide(self.acted, which % 4, 1)
        else:
            self.undo(self.acted, which % 6)

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
            none(database.damage())
            none(differences(rebuilt(), contents()))
            none(differing())
            none(bundles.faults())
            none(not_followed())


class _Killer:
    """Kills this process when it was told of progress so often."""

    def __init__(self, left: int) -> None:
        self.left = left

    def tell(self, _done: int, _total: int) -> None:
        """Count, and perhaps die."""
        self.left -= 1
        if self.left < 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _referred(kind: str, uid: str) -> bool:
    """True when any record refers to this one."""
    return any(
        next(iter(database.fetch_in(record, name, [uid], ("uid",))), None)
        for record, name in references() if kind in referred_kinds(record, name)
    )  # fmt: skip


def _one(held: Contents, kind: str, which: int) -> str:
    return sorted(held[kind])[which % len(held[kind])]


def _open(laptop: Laptop) -> list[tuple[str, str, str, list[str]]]:
    with laptop.open() as author:
        return sorted(
            (each.kind, each.uid, each.field, sorted(repr((side.gone, side.value)) for side in (each.mine, *each.theirs)))
            for each in open_conflicts(author.device)
        )
