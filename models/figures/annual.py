"""The numbers that the yearly survey of unions (工会统计年报) asks for, each with where it comes from.

Names as the survey's published tables have them. What the register has no place for is told as such and is never a zero.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, fn

from models.engine import sql
from models.language import N_, _
from models.records.membership import MembershipEvent
from models.records.union import Union
from models.records.worker import Worker
from models.standing.as_of import holding, in_being
from models.standing.covered_counts import covered_counts
from models.standing.officers import AUDIT, WOMEN, UnionOfficers, officers_on
from models.standing.union_class import is_basic
from models.values.codes import is_joint
from models.values.region_index import Area, RegionIndex

_FIELDS = ("uid", "name", "union_type", "full_time_staff", "audit_committee", "women_committee", "congress", "open_affairs")


@dataclass(frozen=True, slots=True)
class AnnualLine:
    """One number: ``value`` None where the register has no place for it; ``unknown`` unions do not say it."""

    group: str
    name: str
    unit: str
    value: int | None
    unknown: int
    source: str


@dataclass(frozen=True, slots=True)
class _Held:
    """What the lines are counted from: basic unions in being, their members (all, women), their employers and staff."""

    unions: list[dict[str, Any]]
    members: dict[str, tuple[int, int, int]]
    employers: dict[str, int]
    staff: dict[str, int | None]
    officers: dict[str, UnionOfficers]
    #: Members at unions that are not basic ones, or of which that, or that they are there, is not known
    elsewhere: int


def annual(day: dt.date, index: RegionIndex, region: Area | None = None) -> list[AnnualLine]:
    """The lines as of a day, of a region (uid) and what is below it, or of the whole register."""
    held = _held(day, index.below(region) if region else None)
    unions = held.unions
    joint = [each for each in unions if is_joint(each["union_type"])]
    org, people, order = _("组织建设"), _("会员和职工"), _("民主管理和各项组织")
    lines = [
        AnnualLine(org, _("基层工会"), _("个"), len(unions), 0, _("当日存在的基层工会，类型没写、名称像领导机关的不算")),
        AnnualLine(org, _("联合基层工会"), _("个"), len(joint), _none(unions, "union_type"), _("工会类型")),
        AnnualLine(org, _("联合工会涵盖单位"), _("家"), sum(held.employers.get(each["uid"], 0) for each in joint), 0, _("当日的覆盖")),
        AnnualLine(
            org, _("专职工会工作人员"), _("人"), sum(each["full_time_staff"] or 0 for each in unions), _none(unions, "full_time_staff"),
            _("工会的专职工会干部数之和"),
        ),
    ]  # fmt: skip
    total, women, sexless = (sum(each) for each in zip(*held.members.values(), strict=True)) if held.members else (0, 0, 0)
    staff = [held.staff.get(each["uid"]) for each in unions]
    lines += [
        AnnualLine(people, _("工会会员（在册）"), _("人"), total, held.elsewhere, _("基层工会当日在册的人；别的工会和待核实工会的会员在“没填的”里")),
        AnnualLine(people, _("其中女会员"), _("人"), women, sexless, _("在册会员的性别")),
        AnnualLine(
            people, _("联合工会会员"), _("人"), sum(held.members.get(each["uid"], (0, 0, 0))[0] for each in joint), 0,
            _("联合基层工会的在册会员"),
        ),
        AnnualLine(
            people, _("职工"), _("人"), sum(each or 0 for each in staff), staff.count(None), _("所覆盖单位算数的职工人数之和"),
        ),
    ]  # fmt: skip
    lines += [
        _yes(order, _("经费审查组织"), held, lambda each: _body(held, each, "audit_committee", AUDIT), _("在任的委员，没有登记的看工会资料")),
        _yes(order, _("女职工组织"), held, lambda each: _body(held, each, "women_committee", WOMEN), _("在任的委员，没有登记的看工会资料")),
        _yes(order, _("建立职代会制度的"), held, lambda each: each["congress"], _("工会的“职代会”")),
        _yes(order, _("实行厂务公开的"), held, lambda each: each["open_affairs"], _("工会的“厂务公开”")),
    ]  # fmt: skip
    return [*lines, *(AnnualLine(order, _(name), _(unit), None, 0, _("登记册里没有这一项，请另行统计")) for name, unit in _NOT_HELD)]


#: What the survey asks for besides and nothing of the register says.
_NOT_HELD = (
    (N_("职代会职工代表"), N_("人")), (N_("其中女代表"), N_("人")), (N_("建立董事会的单位"), N_("家")), (N_("职工董事"), N_("人")),
    (N_("劳动保护监督检查委员会"), N_("个")), (N_("劳动法律监督组织"), N_("个")), (N_("劳动争议调解委员会"), N_("个")),
)  # fmt: skip


def _held(day: dt.date, regions: frozenset[str] | None) -> _Held:
    query: Any = Union.select(*(getattr(Union, name) for name in _FIELDS)).where(in_being(day), is_basic() == 1)
    if regions is not None:
        query = query.where(Union.region.in_(sql.given(sorted(regions))))
    unions = list(query.dicts())
    uids = [str(each["uid"]) for each in unions]
    others: Any = Union.select(Union.uid).where(Union.uid.not_in(sql.given(uids)))
    if regions is not None:
        others = others.where(Union.region.in_(sql.given(sorted(regions))))
    elsewhere = sum(each[0] for each in _members(day, [uid for (uid,) in others.tuples()]).values())
    covered = covered_counts(uids, day)
    return _Held(
        unions, _members(day, uids), {uid: len(each.employers) for uid, each in covered.items()},
        {uid: each.sums.get("staff_count") for uid, each in covered.items()}, officers_on(day, uids),
        elsewhere,
    )  # fmt: skip


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


def _body(held: _Held, union: dict[str, Any], field: str, body: str) -> bool | None:
    """Whether a body is there: what the officers say, else the union's own answer."""
    officers = held.officers.get(union["uid"])
    known = officers.has_any(body) if officers else None
    answer = union[field] if known is None else known
    return None if answer is None else bool(answer)


def _yes(group: str, name: str, held: _Held, says: Callable[[dict[str, Any]], Any], source: str) -> AnnualLine:
    answers = [says(each) for each in held.unions]
    return AnnualLine(group, name, _("个"), sum(1 for each in answers if each), answers.count(None), source)


def _none(unions: Iterable[dict[str, Any]], field: str) -> int:
    return sum(1 for each in unions if each[field] is None)
