"""A large invented register for the numbers: employers, unions, people who join, move, stay away, leave and come back.

Everything is written straight into the tables, with dates of every precision and some that are missing; then a few batches
of the ordinary kind correct, remove and bring back, so that what follows from the events is computed by the program.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

from models.engine import database
from models.engine.record import Record
from models.journal.log import Batch
from models.journal.undo import undo
from models.journal.writer import Author, batch
from models.ledger.kinds import load_kinds
from models.records.catalogue import stored_names
from models.records.drive_case import CaseStep, DriveCase
from models.records.employer import Coverage, Employer
from models.records.headcount import HeadCount
from models.records.ledger import LedgerEntry
from models.records.membership import MembershipEvent, with_derived
from models.records.region import Region, RegionParent, load_index
from models.records.union import Union
from models.records.worker import Worker
from models.values import codes
from tests.aids.sizes import every

#: From this day on the invented register learned of things; the last day is before the regions changed anew.
FIRST, LAST = dt.date(2019, 1, 1), dt.date(2026, 6, 30)
#: The whole size, and what the suite makes of it unless JIANHUI_FULL is set.
WHOLE = {"employers": 5_000, "unions": 2_000, "workers": 200_000}
PART = every(10)

Values = dict[str, Any]


@dataclass
class Maker:
    """Makes the rows of one register; the same seed makes the same ones."""

    random: Random
    part: int = PART
    made: int = 0

    @cached_property
    def towns(self) -> list[str]:
        """Towns of some districts, those that changed their district in 2025 among them."""
        index = load_index(dt.date(2024, 1, 1))
        names = ("沙坪坝区", "渝北区", "江北区", "北碚区", "巴南区", "忠县")
        districts = [index.resolve(name).uid for name in names]
        return sorted(
            uid for uid in index.entries if index.level(uid) == "town" and index.district_of(uid) in districts
        )

    def uid(self, day: dt.date | None = None) -> str:
        """An identity that was made on a day, a random one unless it is given; no two are the same."""
        self.made += 1
        day = day or self.day()
        stamp = int(dt.datetime.combine(day, dt.time(12)).timestamp() * 1000)
        text = f"{stamp:012x}7000{0x8000_0000_0000_0000 | self.made:016x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

    def day(self, first: dt.date = FIRST) -> dt.date:
        """Any day of the register's time, from ``first`` on; never a first day, so that a month cut short ties with none."""
        day = first + dt.timedelta(days=self.random.randrange((LAST - first).days + 1))
        return day.replace(day=2) if day.day == 1 else day

    def written(self, day: dt.date, missing: float = 0.03) -> str | None:
        """A day as sheets write it: mostly whole, some cut to the month or the year, some not at all."""
        chance = self.random.random()
        if chance < missing:
            return None
        text = day.isoformat()
        if chance > 0.97:
            return text[:4]
        return text[:7] if chance > 0.9 and day.month > 1 else text

    def any_of(self, *values: Any) -> Any:
        """One of the values; one that stands there twice is twice as likely."""
        return self.random.choice(values)

    def size(self, name: str) -> int:
        """How many of a kind are made."""
        return WHOLE[name] // self.part


def fill(author: Author, seed: int = 7, part: int = PART) -> None:
    """Fill the open register, which is empty."""
    maker = Maker(Random(seed), part)
    with database.transaction():
        places = _places(maker)
        unions = [_union(maker, places) for _number in range(maker.size("unions"))]
        employers = [_employer(maker, places) for _number in range(maker.size("employers"))]
        _write(Union, unions)
        _write(Employer, employers)
        _write(HeadCount, _counts(maker, employers, unions))
        _write(Coverage, _coverages(maker, employers, unions))
        _cases(maker, employers)
        _write(LedgerEntry, [_entry(maker, unions, places) for _number in range(maker.size("unions"))])
        _people(maker, [each["uid"] for each in unions], [each["uid"] for each in employers])
    _correct(author, maker)


def _write(record: type[Record], rows: list[Values]) -> None:
    indexes = database.drop_indexes(record)
    database.insert_rows(record, rows)
    database.create_indexes(indexes)


def _places(maker: Maker) -> list[str]:
    """Communities and parks below the towns; every place where units can be."""
    communities, parents = [], []
    for number, town in enumerate(maker.towns):
        for level in ("community", "park", "building")[: number % 4]:
            uid = maker.uid(FIRST)
            communities.append(
                {"uid": uid, "name": f"示例{level}{number}", "level": level, "dense": maker.any_of(1, 1, 0, None)}
            )
            parents.append({"uid": maker.uid(FIRST), "region": uid, "parent": town})
    database.insert_rows(Region, communities)
    database.insert_rows(RegionParent, parents)
    dense = [[maker.any_of(1, 0, None), town] for town in maker.towns]
    database.update_rows(Region, ("dense",), dense)
    return [*maker.towns, *(each["uid"] for each in communities)]


def _union(maker: Maker, places: list[str]) -> Values:
    founded = maker.day()
    state = maker.any_of(*["正常"] * 12, None, None, "撤销", "撤销", "筹备", "待核实")
    gone = maker.written(maker.day(founded), missing=0.3) if state == "撤销" else None
    uid = maker.uid()
    return {
        "uid": uid, "name": f"示例工会{uid[-6:]}", "region": maker.any_of(*places) if maker.random.random() > 0.01 else None,
        "union_type": maker.any_of("单独基层工会", "单独基层工会", "联合基层工会", *codes.UNION_TYPE.labels, None),
        "founding_date": maker.written(founded), "state": state, "dissolved_on": gone,
        "verified": maker.any_of(*[1] * 20, None, 0), "congress": maker.any_of(1, 1, 1, 0, None),
        "open_affairs": maker.any_of(1, 1, 0, None), "new_form": maker.any_of(1, *[0] * 8, None),
        "new_form_groups": maker.any_of("快递员", "", *[None] * 10), "term_start": maker.written(founded, missing=0.1),
        "term_years": maker.any_of(3, 5, 5, None), "org_form": maker.any_of("工会委员会", None, "组织员"),
    }  # fmt: skip


def _employer(maker: Maker, places: list[str]) -> Values:
    operating = maker.any_of(*[1] * 12, None, 0)
    uid = maker.uid()
    return {
        "uid": uid, "name": f"示例单位{uid[-6:]}", "region": maker.any_of(*places) if maker.random.random() > 0.01 else None,
        "nature": maker.any_of("私营企业", "私营企业", "其他有限责任公司", "机关", "国有企业", None),
        "non_public": maker.any_of(*[1] * 8, None, None, 0), "operating": operating,
        "closed_on": maker.written(maker.day(), missing=0.4) if operating == 0 else None,
        "above_scale": maker.any_of(1, 0, 0, None), "founding_date": maker.written(maker.day(), missing=0.5),
    }  # fmt: skip


def _counts(maker: Maker, employers: list[Values], unions: list[Values]) -> list[Values]:
    found = []
    for each in employers:
        size = maker.any_of(3, 12, 24, 25, 26, 60, 180, 400)
        for _number in range(maker.any_of(0, 1, 1, 2, 3)):
            staff = max(0, size + maker.random.randrange(-3, 4))
            found.append(_count(maker, each["uid"], "单位", staff_count=staff))
    for each in unions:
        times = range(maker.any_of(0, 1, 1, 2))
        found += [_count(maker, each["uid"], "工会", member_count=maker.random.randrange(300)) for _time in times]
    return found


def _count(maker: Maker, subject: str, kind: str, **values: int) -> Values:
    source = maker.any_of("税务", "社保", "单位申报")
    known = {"uid": maker.uid(), "subject": subject, "subject_kind": kind, "source": source}
    return known | {"as_of": maker.written(maker.day()), **values}


def _coverages(maker: Maker, employers: list[Values], unions: list[Values]) -> list[Values]:
    found = []
    for each in employers:
        if maker.random.random() < 0.5:
            continue
        since = maker.day()
        first: Values = {"uid": maker.uid(), "employer": each["uid"], "union": maker.any_of(*unions)["uid"]}
        found.append(first | {"since": maker.written(since), "until": None})
        if maker.random.random() < 0.2:
            until = maker.day(since)
            found[-1] |= {"since": since.isoformat(), "until": until.isoformat()}
            if maker.random.random() < 0.5:
                found.append(
                    first | {"uid": maker.uid(), "union": maker.any_of(*unions)["uid"], "since": until.isoformat()}
                )
    return found


def _cases(maker: Maker, employers: list[Values]) -> None:
    cases, steps = [], []
    for each in employers[::4]:
        day, learned = maker.day(), maker.day()
        case: Values = {"uid": maker.uid(learned), "employer": each["uid"], "stage": "待筹建"}
        for stage in codes.STAGE.labels[: maker.random.randrange(6)]:
            case["stage"] = stage
            day, learned = maker.day(day), maker.day(learned)
            step: Values = {
                "uid": maker.uid(learned),
                "drive_case": case["uid"],
                "stage": stage,
                "date": day.isoformat(),
            }
            steps.append(step | {"skipped": maker.any_of(None, 0)})
        cases.append(case)
    _write(DriveCase, cases)
    _write(CaseStep, steps)


def _entry(maker: Maker, unions: list[Values], places: list[str]) -> Values:
    kind = maker.any_of(*load_kinds().kinds[:4])
    return {
        "uid": maker.uid(), "ledger_kind": kind.uid, "date": maker.written(maker.day(), missing=0.01),
        "title": "示例事项", "quantity": maker.any_of(1, 2, 5, None), "done": maker.any_of(0, 1, None),
        "people": maker.any_of(10, 30, None), "amount": maker.any_of(12_345, 100_000, None),
        "union": maker.any_of(None, maker.any_of(*unions)["uid"]), "region": maker.any_of(None, maker.any_of(*places)),
    }  # fmt: skip


def _people(maker: Maker, unions: list[str], employers: list[str]) -> None:
    groups = [*codes.OCCUPATION_GROUP.labels, *["非新就业形态"] * 12, *[None] * 6]
    workers, happened = [], []
    for number in range(maker.size("workers")):
        uid = maker.uid()
        known = {"uid": uid, "name": f"某{number}", "migrant_worker": maker.any_of(1, 0, 0, None)}
        known |= {"occupation_group": maker.any_of(*groups), "employer": maker.any_of(*employers)}
        events = [(MembershipEvent, each) for each in _way(maker, uid, unions)]
        values, facts = with_derived(known, events)
        workers.append(values)
        happened += [each for _record, each in facts]
    _write(Worker, workers)
    _write(MembershipEvent, happened)


def _way(maker: Maker, worker: str, unions: list[str]) -> list[Values]:
    """What happens to one person, in the order in which the register learned it, mostly that of time."""
    if maker.random.random() < 0.05:
        return []
    union, day = maker.random.choice(unions), maker.day()
    steps: list[tuple[str, str | None]] = [("入会", None if maker.random.random() < 0.01 else union)]
    chance = maker.random.random()
    if chance < 0.15:
        steps += [("转出", union), ("转入", maker.random.choice(unions))]
    elif chance < 0.22:
        steps += [("保留", union), *([("转入", union)] if chance < 0.18 else [])]
    elif chance < 0.28:
        steps += [("退会", union), *([("入会", maker.random.choice(unions))] if chance < 0.25 else [])]
    elif chance < 0.285:
        steps += [("除名", union)]
    found, learned = [], maker.day()
    for type_, at in steps:
        values = {"uid": maker.uid(learned), "worker": worker, "union": at, "type": type_, "date": maker.written(day)}
        found.append(values)
        day, learned = maker.day(day), maker.day(learned)
    return found


def _correct(author: Author, maker: Maker) -> None:
    """Corrections as people make them: other dates, events taken away, and one such batch undone."""
    events = list(MembershipEvent.select().where(MembershipEvent.type == "入会").order_by(MembershipEvent.id).limit(60))
    with batch("edit", author) as writer:
        for event in events[:40]:
            writer.update(MembershipEvent, event.uid, {"date": (event.date, maker.written(maker.day()))})
    names = stored_names(MembershipEvent)
    with batch("edit", author) as writer:
        for event in events[40:]:
            writer.remove([(MembershipEvent, {"uid": event.uid} | {name: getattr(event, name) for name in names})])
    with batch("edit", author) as writer:
        for event in events[:10]:
            writer.update(MembershipEvent, event.uid, {"union": (event.union, events[20].union)})
    newest = Batch.select().order_by(Batch.id.desc()).get()
    undo(int(newest.id), author)
