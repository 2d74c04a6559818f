"""A register with as many invented people as wished, put straight into the tables: for measuring how looks grow.

Every 200 people have an employer; four of five employers are covered by a union, one in eight of those by a joint one. People
carry sex, birth, group, residence and a membership that began, moved, was kept or ended; those of the other employers are in
no union. Employers and unions have head counts, the drive its cases and contacts, the year its targets and ledger, the log an
entry for every record.
"""

import datetime as dt
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.drive import cases
from models.engine import database
from models.engine.record import Record
from models.figures.targets import set_target
from models.journal.bundling import bundle_old
from models.journal.log import Batch, to_json
from models.journal.writer import Author
from models.ledger.kinds import load_kinds
from models.records.drive_case import Contact, DriveCase
from models.records.employer import Coverage, Employer
from models.records.headcount import HeadCount
from models.records.ledger import LedgerEntry
from models.records.membership import MembershipEvent
from models.records.region import load_index
from models.records.union import Union
from models.records.worker import Worker
from models.register import register
from models.standing import past_counts
from models.uid import new_uid
from models.values import codes
from models.values.region_index import RegionIndex

PASSPHRASE = "只用于测量的口令"  # noqa: S105  opens nothing but a register that is thrown away
AUTHOR = Author("measure", "测量者")
#: People of one employer; rows that are held at once while they are written.
_PER_EMPLOYER, _CHUNK = 200, 20_000
_NAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗",
    "一丁七万三上下世中丰临为义之乐九书云五亚亦京亭人仁介仕仙代令以仪任伟",
)
_GOALS = {"new_unions": 5, "new_members": 70, "congress": 80, "coverage_employers": 90, "new_new_form_members": 20}

Row = tuple[Any, ...]
_WORKER = (
    "uid", "name", "sex", "birth_date", "id_number", "phone", "education", "migrant_worker", "residence_region", "employer",
    "occupation_group", "union", "membership_state", "join_date", "change_type", "change_date",
)  # fmt: skip
_EVENT = ("uid", "worker", "union", "type", "date", "effective", "ended")


class _Maker:
    """Chance that falls alike every time, and the places it falls on."""

    def __init__(self, people: int, index: RegionIndex, today: dt.date) -> None:
        self.chance, self.people, self.today = random.Random(people), people, today
        self.towns = sorted(uid for uid in index.entries if index.level(uid) == "town")
        new_form = sorted(codes.new_form_groups())
        # most of an employer's people do the same work
        work = [*new_form, *["非新就业形态"] * 3 * len(new_form)]
        self.groups = [self.chance.choice(work) for _unit in range(people // _PER_EMPLOYER + 1)]

    def day(self, first: dt.date = dt.date(2015, 1, 1)) -> dt.date:
        """A day between ``first`` and today."""
        return first + dt.timedelta(days=self.chance.randrange(max(1, (self.today - first).days)))

    def one(self, *values: Any) -> Any:
        """One of the values."""
        return self.chance.choice(values)

    def maybe(self, share: float) -> bool:
        """True so often."""
        return self.chance.random() < share


def kept_people(folder: Path, people: int) -> Path:
    """The folder of a register of so many people, made in ``folder`` unless it is there; it takes some minutes for a million."""
    path = folder / f"登记册{people}"
    if not path.exists():
        begun = path.with_suffix(".part")
        shutil.rmtree(begun, ignore_errors=True)
        today = dt.date.today()
        register.create(begun, PASSPHRASE)
        fill(people, load_index(today), today)
        register.close_register()
        begun.replace(path)
    return path


def fill(people: int, index: RegionIndex, today: dt.date) -> None:
    """Fill the open register, which is empty, with so many people and what belongs to them."""
    maker = _Maker(people, index, today)
    with database.transaction():
        employers = [_employer(maker, number) for number in range(people // _PER_EMPLOYER + 1)]
        unions, coverages = _unions(maker, employers)
        names = ("uid", "name", "region", "nature", "non_public", "operating", "founding_date", "credit_code", "phone")
        _put(Employer, names, employers)
        names = (
            "uid", "name", "region", "union_type", "founding_date", "approval_number", "state", "chair", "term_start",
            "term_years", "legal_person", "congress", "women_committee", "audit_committee", "new_form",
        )  # fmt: skip
        _put(Union, names, unions)
        _put(Coverage, ("uid", "union", "employer", "since"), coverages)
        names = ("uid", "subject", "subject_kind", "as_of", "source", "staff_count", "member_count")
        _put(HeadCount, names, _counts(maker, employers, unions))
        _people(maker, employers, {employer: union for _uid, union, employer, _since in coverages})
        _ledger(maker, unions)
        _log()
    for key, value in _GOALS.items():
        whole = value if key in ("congress", "coverage_employers") else max(1, people * value // 1_000)
        set_target(today.year, key, whole, AUTHOR, index, source="测量")
    cases.reconcile(today, AUTHOR, index)
    _contacts(maker)
    past_counts.catch_up(today)  # as it follows every write


def _put(record: type[Record], names: tuple[str, ...], rows: list[Row]) -> None:
    indexes = database.drop_indexes(record)
    database.insert_tuples(record, names, rows)
    database.create_indexes(indexes)


def _employer(maker: _Maker, number: int) -> Row:
    nature = maker.one("私营企业", "私营企业", "有限责任公司", "国有企业", None)
    public = {"国有企业": 0, None: None}.get(nature, 1)
    return (
        new_uid(), f"重庆第{number}示例有限公司", maker.one(*maker.towns), nature, public, maker.one(1, 1, 1, 1, None),
        maker.day(dt.date(1998, 1, 1)).isoformat(), f"91500000{number:010}", f"023{number:08}",
    )  # fmt: skip


def _unions(maker: _Maker, employers: list[Row]) -> tuple[list[Row], list[Row]]:
    """A union for most employers; one in eight covers the next employer too."""
    unions: list[Row] = []
    coverages: list[Row] = []
    joint = ""
    for uid, name, region, *_others in employers:
        since = maker.day(dt.date(2008, 1, 1)).isoformat()
        if joint:
            coverages.append((new_uid(), joint, uid, since))
            joint = ""
        elif maker.maybe(0.8):
            union = _union(maker, name, region, since)
            unions.append(union)
            coverages.append((new_uid(), union[0], uid, since))
            joint = union[0] if maker.maybe(0.12) else ""
    return unions, coverages


def _union(maker: _Maker, name: str, region: str, since: str) -> Row:
    chair = maker.one(*_NAMES[0]) + maker.one(*_NAMES[1])
    return (
        new_uid(), name + "工会", region, "企业工会", since, maker.one(f"示例工发〔{since[:4]}〕1 号", None),
        maker.one("正常", "正常", None), maker.one(chair, chair, None),
        maker.one(maker.day(dt.date(2019, 1, 1)).isoformat(), None), maker.one(3, 5, 5, None),
        maker.one(0, 1, None), maker.one(0, 1, 1, None), maker.one(0, 1, None), maker.one(0, 1, None), maker.one(1, 0, 0, None),
    )  # fmt: skip


def _counts(maker: _Maker, employers: list[Row], unions: list[Row]) -> list[Row]:
    """Up to three counts of an employer's people, one of a union's members."""
    found: list[Row] = []
    for uid, *_others in employers:
        for _time in range(maker.one(0, 1, 2, 3)):
            staff = maker.one(8, 18, 24, 25, 60, 200, 210, 400)
            day = maker.day(dt.date(2022, 1, 1)).isoformat()
            found.append((new_uid(), uid, "单位", day, maker.one("税务", "社保"), staff, None))
    for uid, *_others in unions:
        day = maker.day(dt.date(2022, 1, 1)).isoformat()
        found.append((new_uid(), uid, "工会", day, "工会登记", None, maker.one(190, 200, 210)))
    return found


def _people(maker: _Maker, employers: list[Row], unions: dict[str, str]) -> None:
    """Everybody, a chunk at a time; the indexes after them."""
    indexes = [*database.drop_indexes(Worker), *database.drop_indexes(MembershipEvent)]
    all_unions = sorted(unions.values())
    workers: list[Row] = []
    events: list[Row] = []
    for made in _each_person(maker, employers, unions, all_unions):
        workers.append(made[0])
        events += made[1]
        if len(workers) == _CHUNK:
            _write_people(workers, events)
    _write_people(workers, events)
    database.create_indexes(indexes)


def _write_people(workers: list[Row], events: list[Row]) -> None:
    database.insert_tuples(Worker, _WORKER, workers)
    database.insert_tuples(MembershipEvent, _EVENT, events)
    workers.clear()
    events.clear()


def _each_person(
    maker: _Maker, employers: list[Row], unions: dict[str, str], every: list[str]
) -> Iterator[tuple[Row, list[Row]]]:
    first, second = _NAMES
    one = maker.chance.choice
    for number in range(maker.people):
        unit = number // _PER_EMPLOYER
        uid, employer, work = new_uid(), employers[unit][0], maker.groups[unit]
        events = _way(maker, uid, unions.get(employer), every)
        last = events[-1] if events else None
        state = {"入会": "在册", "转入": "在册"}.get(last[3], last[3]) if last else "未入会"
        kept = last[2] if last and state in ("在册", "保留") else None
        # 000000 is no region: nobody has such a number
        yield (
            uid, one(first) + one(second) + one(second), one("男女"), f"{1955 + number % 50}-{number % 12 + 1:02}-11",
            f"000000{number:012}", f"199{number:08}", one(("大专", "本科", "高中", None)), one((0, 0, 1, None)),
            one(maker.towns) if number % 3 else None, employer,
            one((work, work, work, None)) if number % 3 else work, kept, state,
            events[0][4] if events else None, last[3] if last else None, last[4] if last else None,
        ), events  # fmt: skip


def _way(maker: _Maker, worker: str, union: str | None, every: list[str]) -> list[Row]:
    """What happened to a person: most joined and stayed; some moved, were kept on the books, or left."""
    if union is None:
        return []
    joined = maker.day()
    steps = [("入会", union, joined)]
    chance = maker.chance.random()
    if chance < 0.05:
        moved = maker.day(joined)
        steps += [("转出", union, moved), ("转入", maker.chance.choice(every), moved)]
    elif chance < 0.1:
        steps.append((maker.one("保留", "转出", "退会"), union, maker.day(joined)))
    ends = [*(day.isoformat() for _type, _union, day in steps[1:]), None]
    return [
        (new_uid(), worker, at, type_, day.isoformat(), day.isoformat(), end)
        for (type_, at, day), end in zip(steps, ends, strict=True)
    ]


def _ledger(maker: _Maker, unions: list[Row]) -> None:
    kinds = load_kinds().kinds
    names = ("uid", "ledger_kind", "date", "title", "quantity", "union", "region")
    rows = [
        (
            new_uid(), maker.one(*kinds).uid, maker.day(dt.date(2025, 1, 1)).isoformat(), "示例事项", maker.one(1, 2, None),
            row[0], row[2],
        )
        for row in unions[::2]
    ]  # fmt: skip
    _put(LedgerEntry, names, rows)


def _log() -> None:
    """Say in the log that all of it was created, in one batch of an import, as an import does."""
    uid = new_uid()
    Batch.insert(
        uid=uid, device=AUTHOR.device, person=AUTHOR.person, kind="import", at="2026-01-05T09:00:00+08:00",
        source=to_json({"sheets": [{"file": "花名册.xlsx", "sha256": "0" * 64, "sheet": "1", "kind": "workers", "new": 1}]}),
    ).execute()  # fmt: skip
    values = {"worker": "uid, name, id_number, phone, employer, birth_date, sex"}
    columns = "batch, device, number, kind, record, field, after, replaces"
    for kind in ("employer", "union", "worker"):
        told = ", ".join(f"'{name}', {name}" for name in values.get(kind, "uid, name, region").split(", "))
        after = f"json_array(json_array('{kind}', json_object({told})))"
        database.db.execute_sql(
            f"INSERT INTO change ({columns}) SELECT ?, ?, id, '{kind}', uid, '*', {after}, '[]' FROM \"{kind}\"",  # noqa: S608
            [uid, f"{AUTHOR.device} {kind}"],
        )
    bundle_old()


def _contacts(maker: _Maker) -> None:
    """A contact for every second case; every tenth has a next step within the week."""
    held = [row.uid for row in DriveCase.select(DriveCase.uid).order_by(DriveCase.id)]
    names = ("uid", "drive_case", "date", "way", "attitude", "outcome")
    since = maker.today - dt.timedelta(days=120)
    rows = [(new_uid(), uid, maker.day(since).isoformat(), "实地走访", "观望", "同意再谈") for uid in held[::2]]
    with database.transaction():
        database.insert_tuples(Contact, names, rows)
        soon = (maker.today + dt.timedelta(days=3)).isoformat()
        planned = (("再去一次", soon, "陈示例", uid) for uid in held[::10])
        database.update_rows(DriveCase, ("next_action", "next_action_date", "organizer"), planned)
