"""Records that may be one and the same: candidates with the reason, the surest first. Nothing is merged by itself.

Candidates are found block by block, within a shared key, so the work grows with the register and not with its square.
A pair that a person marked as distinct is never proposed again.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

from peewee import fn
from rapidfuzz import fuzz

from models.duplicates.merge import MERGEABLE, same_place
from models.engine import database, sql
from models.engine.record import Record, Values
from models.errors import UserError
from models.journal.writer import Author, batch, number_of
from models.language import _
from models.records.catalogue import RECORDS, kind_of
from models.records.distinct import DistinctPair
from models.records.employer import Employer
from models.records.union import Union
from models.records.worker import Worker
from models.uid import new_uid
from models.values.cleaning import normal_name
from models.values.names import employer_of_union
from models.values.region_index import RegionIndex

#: The reasons, the surest first.
REASONS = (
    "id-number",
    "credit-code",
    "same-name",
    "former-name",
    "name-phone",
    "id-likely",
    "near-name",
    "name-birth-employer",
)
#: Core names this near (0–100) may be the same; with fewer than six characters one wrong character is another name.
NEAR_NAME = 83
_SHORTEST_CORE = 3
#: What a spreadsheet leaves of a citizen number that it takes for a number.
_KEPT_DIGITS = 15
_WHOLE_DIGITS, _WHOLE_DAY = 18, 10
#: Of very many records with one key, how many earlier ones each is compared with.
_LOOK_BACK = 50
#: Of the units in whose names a text stands, so many are looked at for one of them.
_LOOKED_AT, _SHORTEST_PIECE = 3_000, 2
#: By which fields a person sees whether two records are the same.
_TELLING = {
    "worker": ("name", "id_number", "phone", "birth_date", "employer"),
    "employer": ("name", "credit_code", "region", "contact"),
    "union": ("name", "credit_code", "region", "chair"),
}
#: What two units of one owner are told apart by: 一分店 and 二分店 are never near.
_MARKS = re.compile(r"[0-9a-z一二三四五六七八九十东南西北甲乙丙丁]")
#: What a company's name has around its core.
_AROUND = re.compile(r"^(?:重庆市?)?(?:[\u4e00-\u9fff]{2,3}[区县])?|(?:股份|集团)?有限公司$|公司$")


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two records (uids) of one kind that may be the same. ``code`` is the reason; of several the surest."""

    kind: str
    left: str
    right: str
    code: str

    @property
    def reason(self) -> str:
        """The reason as a sentence for a person."""
        return reason_text(self.code)


def _always(left: str, right: str) -> bool:
    return True


_MayBe = Callable[[str, str], bool]
_Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Block:
    """Records that share a key; ``may_be(left, right)`` says whether two of them can be the same at all."""

    code: str
    uids: list[str]
    may_be: _MayBe = _always


def reason_text(code: str) -> str:
    """The sentence of one of :data:`REASONS`; KeyError for any other code."""
    return {
        "id-number": _("证件号码相同"),
        "credit-code": _("统一社会信用代码相同"),
        "same-name": _("名称相同（不计括号、空格，有限公司与有限责任公司算同一个）"),
        "former-name": _("一个的曾用名称是另一个的名称"),
        "name-phone": _("姓名和电话都相同"),
        "id-likely": _("姓名相同，证件号码前 15 位相同"),
        "near-name": _("名称相近，区划不矛盾"),
        "name-birth-employer": _("姓名、出生日期、单位都相同"),
    }[code]


def duplicates(kind: str, index: RegionIndex) -> list[Likeness]:
    """Pairs of one kind ("worker", "employer", "union") that may be the same, the surest reason first.

    Of several records alike each is paired with the earliest one that it may be; merging one pair after the other makes
    all of them one. ``index`` tells which regions contradict each other.
    """
    found = _of_workers() if kind == "worker" else _of_units({"employer": Employer, "union": Union}[kind], index)
    distinct = _distinct()
    told: set[tuple[str, str]] = set()
    result: list[Likeness] = []
    for block in sorted(found, key=lambda each: REASONS.index(each.code)):
        for left, right in _pairs(block, distinct):
            if (left, right) not in told:
                told.add((left, right))
                result.append(Likeness(kind, left, right, block.code))
    return result


def duplicates_of(kind: str, uid: str, index: RegionIndex) -> list[Likeness]:
    """The records that one record (uid) may be the same as, the surest reason first, itself at the left.

    Only records that share something with it are looked at, so that it can be asked whenever a record is opened.
    """
    record: type[Record] = {"worker": Worker, "employer": Employer, "union": Union}[kind]
    found = _of_worker(uid) if record is Worker else _of_units(record, index, _alike_units(record, uid))
    distinct, told = _distinct(), {uid}
    result: list[Likeness] = []
    for block in sorted(found, key=lambda each: REASONS.index(each.code)):
        for other in sorted(set(block.uids) - told) if uid in block.uids else ():
            left, right = sorted((uid, other))
            if (left, right) not in distinct and block.may_be(left, right):
                told.add(other)
                result.append(Likeness(kind, uid, other, block.code))
    return result


def _distinct() -> set[tuple[str, str]]:
    return set(cast(_Pairs, DistinctPair.select(DistinctPair.left, DistinctPair.right).tuples()))


def mark_distinct(one: str, other: str, author: Author, code: str = "") -> int | None:
    """Say once for ever that two records (uids) of one kind are not the same; the batch's number, None if it is known.

    ``code``: the reason for which they were proposed. UserError for records that are not there or of different kinds.
    """
    left, right = sorted((one, other))
    kinds = [[kind_of(each) for each in MERGEABLE if each.get_or_none(each.uid == uid)] for uid in (left, right)]
    if left == right or not kinds[0] or kinds[0] != kinds[1]:
        raise UserError(_("请选两条不同的、同类的记录（职工、用人单位或工会）。"))
    if DistinctPair.select().where(DistinctPair.left == left, DistinctPair.right == right).exists():
        return None
    values = {"uid": new_uid(), "kind": kinds[0][0], "left": left, "right": right, "reason": code or None}
    with batch("distinct", author) as writer:
        writer.create(DistinctPair, values)
    return number_of(writer)


def identities(kind: str, uids: Iterable[str], index: RegionIndex) -> dict[str, Values]:
    """By uid what tells records of one kind apart, for a person: units and regions that they refer to by name."""
    names = ("uid", *_TELLING[kind])
    rows = [dict(zip(names, row, strict=True)) for row in database.fetch_in(RECORDS[kind], "uid", uids, names)]
    employers = {row["employer"] for row in rows if row.get("employer")}
    called = dict(database.fetch_in(Employer, "uid", employers, ("uid", "name")))
    for row in rows:
        if row.get("employer"):
            row["employer"] = called[row["employer"]]
        if row.get("region"):
            row["region"] = index.path(row["region"])
    return {row["uid"]: row for row in rows}


def _pairs(block: _Block, distinct: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each record of a block with the earliest one that it may be; of very many alike only the last ones are looked at."""
    uids = sorted(block.uids)
    for place, right in enumerate(uids):
        for left in uids[max(0, place - _LOOK_BACK) : place]:
            if (left, right) not in distinct and block.may_be(left, right):
                yield left, right
                break


def _of_workers() -> Iterator[_Block]:
    birth = Worker.birth_date
    for people in _twice("id_number"):
        yield _Block("id-number", [uid for uid, _name in people])
    for code, groups in (("name-phone", _twice("phone")), ("id-likely", _twice("id_number", _KEPT_DIGITS))):
        for people in groups:
            yield from _blocks(code, ((uid, normal_name(name)) for uid, name in people))
    keys = Worker.name, birth, Worker.employer
    known = (fn.LENGTH(birth) == _WHOLE_DAY) & Worker.employer.is_null(False)
    alike = Worker.select(sql.joined(Worker.uid)).where(known).group_by(*keys).having(fn.COUNT(Worker.id) > 1)
    for (uids,) in cast(Iterable[tuple[str]], alike.tuples()):
        yield _Block("name-birth-employer", uids.split(","))


def _of_worker(uid: str) -> Iterator[_Block]:
    """The blocks of :func:`_of_workers` in which one person stands."""
    own = Worker.get_or_none(Worker.uid == uid)
    if own is None:
        return
    number, name = own.id_number or "", normal_name(own.name or "")
    if number:
        yield _Block("id-number", [same for (same,) in database.fetch_in(Worker, "id_number", [number], ["uid"])])
    phones = database.fetch_in(Worker, "phone", [own.phone] if own.phone else [], ("uid", "name"))
    yield _Block("name-phone", [same for same, called in phones if normal_name(called or "") == name])
    if len(number) == _WHOLE_DIGITS:
        first = number[:_KEPT_DIGITS]
        near = Worker.select(Worker.uid, Worker.name).where(Worker.id_number >= first, Worker.id_number < first + "~")
        rows = cast(Iterable[tuple[str, str]], near.tuples())
        yield _Block("id-likely", [same for same, called in rows if normal_name(called or "") == name])
    if own.employer and len(own.birth_date or "") == _WHOLE_DAY:
        keys = (Worker.name == own.name) & (Worker.birth_date == own.birth_date) & (Worker.employer == own.employer)
        yield _Block("name-birth-employer", [row.uid for row in Worker.select(Worker.uid).where(keys)])


def _twice(field: str, length: int = 0) -> Iterable[list[tuple[str, str]]]:
    """People (uid, name) with the same value of a field, or the same first ``length`` characters of a citizen number.

    The engine finds the values in the field's index alone, so that nobody else's row is read.
    """
    column = getattr(Worker, field)
    key = fn.SUBSTR(column, 1, length) if length else column
    meant = fn.LENGTH(column) == _WHOLE_DIGITS if length else column.is_null(False)
    keys = Worker.select(key).where(meant).group_by(key).having(fn.COUNT(Worker.id) > 1)
    values = [
        value for (value,) in cast(Iterable[tuple[str]], Worker.select(column).where(meant, key.in_(keys)).tuples())
    ]
    found: dict[str, list[tuple[str, str]]] = {}
    for uid, name, value in database.fetch_in(Worker, field, values, ("uid", "name", field)):
        found.setdefault((value[:length] if length else value).casefold(), []).append((uid, name or ""))
    return found.values()


def _alike_units(record: Any, uid: str) -> set[str]:
    """The units that share a code, a name or a piece of a name's core with one of them, itself among them."""
    own = record.get_or_none(record.uid == uid)
    if own is None:
        return set()
    names = [own.name or "", *(own.former_names or "").split("、")]
    texts = {text for name in names for text in (name, *_pieces(_core(name, record))) if len(text) >= _SHORTEST_PIECE}
    found = {uid, *(same for (same,) in database.fetch_in(record, "credit_code", {own.credit_code} - {None}, ["uid"]))}
    for text in texts:
        rows = record.select(record.uid).where(sql.stands_in(text, record.name) | sql.stands_in(text, record.former_names))
        found |= {row.uid for row in rows.limit(_LOOKED_AT)}
    return found


def _pieces(core: str) -> list[str]:
    """Parts of a core of which a near name still has one.

    A wrong, missing or added character spoils one half; two that changed places spoil at most two thirds.
    """
    parts = 3 if len(core) >= 3 * _SHORTEST_PIECE else 2
    ends = [len(core) * place // parts for place in range(parts + 1)]
    return [core[start:end] for start, end in pairwise(ends)]


def _of_units(record: type[Record], index: RegionIndex, among: Iterable[str] | None = None) -> Iterator[_Block]:
    """Blocks of employers or unions: of all of them, or only of these (uids)."""
    names = ("uid", "name", "credit_code", "region", "former_names")
    query = record.select(*(getattr(record, name) for name in names))
    rows = query.tuples() if among is None else database.fetch_in(record, "uid", among, names)
    units = {row[0]: dict(zip(names, row, strict=True)) for row in cast(Iterable[tuple[Any, ...]], rows)}
    called = {uid: normal_name(unit["name"] or "") for uid, unit in units.items()}
    cores = {uid: _core(unit["name"] or "", record) for uid, unit in units.items()}

    def agree(left: str, right: str) -> bool:
        one, other = units[left], units[right]
        codes = {one["credit_code"], other["credit_code"]} - {None}
        return len(codes) < 2 and same_place(one["region"], other["region"], index)

    def near(left: str, right: str) -> bool:
        one, other = cores[left], cores[right]
        alike = _MARKS.findall(one) == _MARKS.findall(other) and fuzz.ratio(one, other) >= NEAR_NAME
        return alike and agree(left, right)

    yield from _blocks("credit-code", ((uid, unit["credit_code"]) for uid, unit in units.items()))
    yield from _blocks("same-name", called.items(), agree)
    by_name: dict[str, list[str]] = {}
    for uid, name in called.items():
        by_name.setdefault(name, []).append(uid)
    for uid, unit in units.items():
        for former in filter(None, map(normal_name, (unit["former_names"] or "").split("、"))):
            yield from (_Block("former-name", [uid, other], agree) for other in by_name.get(former, ()) if other != uid)
    yield from _blocks("near-name", ((uid, key) for uid, core in cores.items() for key in _nearby(core)), near)


def _blocks(code: str, keyed: Iterable[tuple[str, str | None]], may_be: _MayBe = _always) -> Iterator[_Block]:
    found: dict[str, list[str]] = {}
    for uid, key in keyed:
        if key:
            found.setdefault(key, []).append(uid)
    return (_Block(code, uids, may_be) for uids in found.values() if len(uids) > 1)


def _core(name: str, record: type[Record]) -> str:
    """What is the unit's own in its name: without the city and district before it and the legal form behind it."""
    return _AROUND.sub("", normal_name(employer_of_union(name) if record is Union else name))


def _nearby(core: str) -> set[str]:
    """Keys of which two cores share one when a single character is wrong, missing, too much, or changed places."""
    if len(core) < _SHORTEST_CORE:
        return set()
    return {core, *(core[:place] + core[place + 1 :] for place in range(len(core)))}
