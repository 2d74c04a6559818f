"""The numbers that the yearly survey of unions (工会统计年报) asks for, each with where it comes from.

Names as the survey's published tables have them. What the register has no place for is told as such and is never a zero.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from peewee import JOIN, fn

from models.engine import sql
from models.language import N_, _
from models.records.employer import Coverage
from models.records.headcount import HeadCount
from models.records.membership import MembershipEvent
from models.records.union import Union
from models.records.worker import Worker
from models.standing.as_of import begun, covering, dissolved, holding, in_being
from models.standing.counts import newest
from models.standing.officers import AUDIT, WOMEN, UnionOfficers, officers_on
from models.standing.union_class import is_basic
from models.values.codes import is_joint
from models.values.region_index import Area, RegionIndex

_FIELDS = ("uid", "name", "union_type", "full_time_staff", "audit_committee", "women_committee", "congress", "open_affairs")


@dataclass(frozen=True, slots=True)
class AnnualLine:
    """One number: ``value`` of the basic unions in being, None where the register has no place for it.

    ``unknown``: how many of them do not say it (``source`` tells where it is another unit); ``elsewhere``: what the same
    comes to at all other unions, which the survey does not ask for and ``value`` leaves out.
    """

    group: str
    name: str
    unit: str
    value: int | None
    unknown: int
    source: str
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class _Side:
    """What the lines are counted from, of one half of the unions: their members (all, women, of unknown sex), their employers.

    ``staff``: of each employer that they cover its newest count until the day, None where there is none.
    """

    unions: list[dict[str, Any]]
    members: dict[str, tuple[int, int, int]]
    employers: dict[str, set[str]]
    staff: dict[str, int | None]
    officers: dict[str, UnionOfficers]

    @property
    def joint(self) -> list[str]:
        """The joint ones of the unions."""
        return [each["uid"] for each in self.unions if is_joint(each["union_type"])]

    def people(self, place: int, unions: Iterable[str] | None = None) -> int:
        """How many members there are, by the place in ``members``, of all unions or of these."""
        chosen = self.members.values() if unions is None else (self.members.get(uid, _NOBODY) for uid in unions)
        return sum(each[place] for each in chosen)

    def covered(self, unions: Iterable[str] | None = None) -> set[str]:
        """The employers of all unions or of these, each once."""
        return set().union(*(self.employers.get(uid, ()) for uid in (self.employers if unions is None else unions)))


_NOBODY = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class _Held:
    """The basic unions in being; all others: leading ones, units, those to be verified or of which the class is not known.

    Of the others members are those of dissolved unions too: they still stand on their books. ``unclear``: how many unions in
    being may be basic, for want of a type.
    """

    basic: _Side
    others: _Side
    unclear: int


def annual(day: dt.date, index: RegionIndex, region: Area | None = None) -> list[AnnualLine]:
    """The lines as of a day, of a region (uid) and what is below it, or of the whole register."""
    held = _held(day, index.below(region) if region else None)
    return [*_of_unions(held), *_of_people(held), *_of_order(held)]


def _of_unions(held: _Held) -> Iterator[AnnualLine]:
    group, basic, others = _("组织建设"), held.basic, held.others
    yield AnnualLine(
        group, _("基层工会"), _("个"), len(basic.unions), held.unclear, _("当日存在的基层工会；类型没写、名称像领导机关或分工会的在“没填的”里"),
        len(others.unions) - held.unclear,
    )  # fmt: skip
    yield AnnualLine(
        group, _("联合基层工会"), _("个"), len(basic.joint), _none(basic.unions, "union_type"), _("基层工会的“工会类型”"), len(others.joint)
    )
    covered = basic.covered(basic.joint)
    yield AnnualLine(
        group, _("联合工会涵盖单位"), _("家"), len(covered), 0, _("联合基层工会当日覆盖的单位，一家只算一次"),
        len(others.covered(others.joint) - covered),
    )  # fmt: skip
    yield AnnualLine(
        group, _("专职工会工作人员"), _("人"), _full_time(basic), _none(basic.unions, "full_time_staff"),
        _("基层工会的“专职工会干部数”之和"), _full_time(others),
    )  # fmt: skip


def _full_time(side: _Side) -> int:
    return sum(each["full_time_staff"] or 0 for each in side.unions)


def _of_people(held: _Held) -> Iterator[AnnualLine]:
    group, basic, others = _("会员和职工"), held.basic, held.others
    yield AnnualLine(group, _("工会会员（在册）"), _("人"), basic.people(0), 0, _("基层工会当日在册的人"), others.people(0))
    yield AnnualLine(
        group, _("其中女会员"), _("人"), basic.people(1), basic.people(2), _("基层工会当日在册会员的性别，没填的是人"), others.people(1)
    )
    typeless = [each["uid"] for each in basic.unions if each["union_type"] is None]
    yield AnnualLine(
        group, _("联合工会会员"), _("人"), basic.people(0, basic.joint), basic.people(0, typeless),
        _("联合基层工会当日在册的人，没填的是没写类型的工会的会员"), others.people(0, others.joint),
    )  # fmt: skip
    covered = basic.covered()
    alone = sum(1 for each in basic.unions if not basic.employers.get(each["uid"]))
    yield AnnualLine(
        group, _("职工"), _("人"), sum(basic.staff[each] or 0 for each in covered),
        alone + sum(1 for each in covered if basic.staff[each] is None),
        _("基层工会所覆盖单位当日算数的职工人数之和，一家只算一次；没填的是没有人数的单位和没有覆盖单位的工会"),
        sum(others.staff[each] or 0 for each in others.covered() - covered),
    )  # fmt: skip


def _of_order(held: _Held) -> Iterator[AnnualLine]:
    group = _("民主管理和各项组织")
    bodies = ((_("经费审查组织"), "audit_committee", AUDIT), (_("女职工组织"), "women_committee", WOMEN))
    for name, field, body in bodies:
        yield _yes(group, name, held, partial(_body, field=field, body=body), _("基层工会在任的委员，没有登记的看工会资料"))
    yield _yes(group, _("建立职代会制度的"), held, lambda _side, each: each["congress"], _("基层工会的“职代会”"))
    yield _yes(group, _("实行厂务公开的"), held, lambda _side, each: each["open_affairs"], _("基层工会的“厂务公开”"))
    for name, unit in _NOT_HELD:
        yield AnnualLine(group, _(name), _(unit), None, 0, _("登记册里没有这一项，请另行统计"))


#: What the survey asks for besides and nothing of the register says.
_NOT_HELD = (
    (N_("职代会职工代表"), N_("人")), (N_("其中女代表"), N_("人")), (N_("建立董事会的单位"), N_("家")), (N_("职工董事"), N_("人")),
    (N_("劳动保护监督检查委员会"), N_("个")), (N_("劳动法律监督组织"), N_("个")), (N_("劳动争议调解委员会"), N_("个")),
)  # fmt: skip


def _held(day: dt.date, regions: frozenset[str] | None) -> _Held:
    columns: list[Any] = [getattr(Union, name) for name in _FIELDS]
    columns += [is_basic().alias("basic"), in_being(day).alias("being"), dissolved(day).alias("gone")]
    query: Any = Union.select(*columns, begun(Union, Union.founding_date, day).alias("begun"))
    if regions is not None:
        query = query.where(Union.region.in_(sql.given(sorted(regions))))
    unions = list(query.dicts())
    basic = [each for each in unions if each["being"] and each["basic"]]
    others = [each for each in unions if not (each["being"] and each["basic"])]
    unclear = sum(1 for each in others if each["being"] and each["basic"] is None)
    there = [each for each in others if each["begun"] and not each["gone"]]
    return _Held(_side(day, basic, basic), _side(day, there, others), unclear)


def _side(day: dt.date, unions: list[dict[str, Any]], with_books: list[dict[str, Any]]) -> _Side:
    """What is counted of these unions; ``with_books``: those whose members are."""
    uids = [str(each["uid"]) for each in unions]
    counts = newest(HeadCount.staff_count, day.isoformat()).alias("counts")
    query: Any = Coverage.select(Coverage.union, Coverage.employer, counts.c.value)
    query = query.join(counts, JOIN.LEFT_OUTER, on=(counts.c.subject == Coverage.employer))
    employers: dict[str, set[str]] = {}
    staff: dict[str, int | None] = {}
    for union, employer, count in query.where(covering(day), Coverage.union.in_(sql.given(uids))).tuples():
        employers.setdefault(union, set()).add(employer)
        staff[employer] = count
    return _Side(unions, _members(day, [each["uid"] for each in with_books]), employers, staff, officers_on(day, uids))


def _members(day: dt.date, uids: Sequence[str]) -> dict[str, tuple[int, int, int]]:
    """Of each union the members on a day, the women among them, and those whose sex is not written."""
    query: Any = (
        MembershipEvent.select(MembershipEvent.union, Worker.sex, fn.COUNT(MembershipEvent.id))
        .join(Worker, JOIN.INNER, on=(MembershipEvent.worker == Worker.uid))
        .where(holding(day), MembershipEvent.union.in_(sql.given(list(uids))))
        .group_by(MembershipEvent.union, Worker.sex)
    )
    found: dict[str, tuple[int, int, int]] = {}
    for union, sex, count in query.tuples():
        all_, women, unknown = found.get(union, (0, 0, 0))
        found[union] = all_ + count, women + count * (sex == "女"), unknown + count * (sex is None)
    return found


def _body(side: _Side, union: dict[str, Any], field: str, body: str) -> bool | None:
    """Whether a body is there: what the officers say, else the union's own answer."""
    officers = side.officers.get(union["uid"])
    known = officers.has_any(body) if officers else None
    answer = union[field] if known is None else known
    return None if answer is None else bool(answer)


def _yes(group: str, name: str, held: _Held, says: Callable[[_Side, dict[str, Any]], Any], source: str) -> AnnualLine:
    answers = [says(held.basic, each) for each in held.basic.unions]
    elsewhere = sum(1 for each in held.others.unions if says(held.others, each))
    return AnnualLine(group, name, _("个"), sum(1 for each in answers if each), answers.count(None), source, elsewhere)


def _none(unions: Iterable[dict[str, Any]], field: str) -> int:
    return sum(1 for each in unions if each[field] is None)
