"""The check of each rule: looks at one union or employer and says what is found, or None. Pure; no SQL.

Unknown is not no. Where the law asks for something of a union and nobody wrote down whether it is there, the finding is
marked unknown: it asks for the missing entry and weighs as a note. Where it is not known whether the law asks at all (no
head count, no founding date), or the rule is a mere note, nothing is said.
"""

import datetime as dt
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from models.language import _
from models.law.committee_sizes import CommitteeTable, committee_table
from models.rules.facts import EmployerFacts, StaffCount, UnionFacts
from models.standing.officers import AUDIT, WOMEN
from models.standing.standing import Standing
from models.standing.terms import elects, end_of_term, later_election, months_later
from models.values.days import first_day

#: 工会法 11: so many members elect a committee.
COMMITTEE_MEMBERS = 25
#: 工会法 16: a term has so many years.
TERM_YEARS = (3, 5)
_ORGANIZER_FORMS = ("组织员", "小组")


@dataclass(frozen=True, slots=True)
class RuleLimits:
    """The day and the lines that the checks measure by; the lines are settings of the register."""

    today: dt.date
    threshold: int
    founding_months: int
    full_time_staff: int
    women_members: int
    term_days: int
    chair_vacant_months: int
    congress_members: int
    committee: CommitteeTable


def limits(today: dt.date, standing: Standing | None = None) -> RuleLimits:
    """The lines as they are set in the open register. UserError when the committee table is set to what is none."""
    names = (
        "threshold", "founding_months", "full_time_staff", "women_members", "term_days", "chair_vacant_months",
        "congress_members",
    )  # fmt: skip
    held = (standing or Standing(today)).setting
    lines: dict[str, Any] = {name: held(name) for name in names}
    return RuleLimits(today=today, committee=committee_table(held("committee_sizes")), **lines)


class CheckResult(NamedTuple):
    """What a check found. ``unknown``: an entry is missing; ``light``: it weighs as a note whatever the rule does."""

    text: str
    unknown: bool = False
    light: bool = False


def _missing(sentence: str) -> CheckResult:
    return CheckResult(sentence, unknown=True, light=True)


def _known(by_officers: bool | None, written: int | None) -> bool | int | None:
    """What the officers tell, or what is written in the union's own column where they tell nothing."""
    return written if by_officers is None else by_officers


def small_form(facts: UnionFacts, lines: RuleLimits) -> CheckResult | None:
    """R01: an organizer or a group leads as many members as elect a committee."""
    form = facts.union.org_form if facts.union.org_form in _ORGANIZER_FORMS else ""
    if not form and facts.union.union_type == "工会小组":
        form = "工会小组"
    if not form or facts.members < COMMITTEE_MEMBERS:
        return None
    return CheckResult(_("{members}，组织形式还是“{form}”").format(members=_members(facts), form=_(form)))


def unorganized(facts: EmployerFacts, lines: RuleLimits) -> CheckResult | None:
    """R02: a non-public employer above the drive's line has no union."""
    if facts.covered or facts.left_out or facts.staff is None or facts.staff.value < lines.threshold:
        return None
    text = _("{staff}，还没有工会").format(staff=_staff(facts.staff))
    if facts.unsure:
        text += _("（是否非公、是否在营待核实）")
    return CheckResult(text)


def founding_overdue(facts: EmployerFacts, lines: RuleLimits) -> CheckResult | None:
    """R03: an employer older than a year has no union."""
    since = facts.founding_date
    if facts.covered or facts.gone or not since:
        return None
    if months_later(first_day(since), lines.founding_months) >= lines.today:
        return None
    return CheckResult(_("{day} 成立，已超过 {months} 个月，还没有工会").format(day=since, months=lines.founding_months))


def no_full_time_staff(facts: UnionFacts, lines: RuleLimits) -> CheckResult | None:
    """R04: as many staff as ask for full-time union staff, and there are none."""
    if facts.union.full_time_staff:
        return None
    large = [facts.staff] if not facts.joint else [each.staff for each in facts.employers]
    counts = [count for count in large if count is not None and count.value >= lines.full_time_staff]
    if not counts:
        return None
    staff = _staff(max(counts, key=lambda count: count.value))
    if facts.joint:
        staff = _("覆盖的单位里有 {count} 家达到 {line} 人，最多的一家{staff}").format(
            count=len(counts), line=lines.full_time_staff, staff=staff
        )
    if facts.union.full_time_staff is None:
        return _missing(_("{staff}，未填有没有专职工会工作人员").format(staff=staff))
    return CheckResult(_("{staff}，没有专职工会工作人员").format(staff=staff))


def no_women_committee(facts: UnionFacts, lines: RuleLimits) -> CheckResult | None:
    """R05: as many women members as ask for a women's committee, and there is none."""
    committee = _known(facts.officers.has(WOMEN), facts.union.women_committee)
    if not elects(facts.union) or committee or facts.women < lines.women_members:
        return None
    if committee is None:
        return _missing(_("{women}，未填有没有女职工委员会").format(women=_women(facts)))
    return CheckResult(_("{women}，没有女职工委员会").format(women=_women(facts)))


def no_women_commissioner(facts: UnionFacts, lines: RuleLimits) -> CheckResult | None:
    """R06: some women members, and no commissioner for them. What is not filled in is passed over: the rule is a note."""
    union, officers = facts.union, facts.officers
    there = officers.has_any(WOMEN)
    if not elects(union) or there or _known(there, union.women_committee) or _known(there, union.women_commissioner) != 0:
        return None
    if not 0 < facts.women < lines.women_members:
        return None
    return CheckResult(_("{women}，没有女职工委员").format(women=_women(facts)))


def no_audit(facts: UnionFacts, lines: RuleLimits) -> CheckResult | None:
    """R07: nobody audits the union's money. A "no" to the committee counts where the commissioner is not filled in."""
    union, there = facts.union, facts.officers.has_any(AUDIT)
    if not elects(union) or there or (there is None and (union.audit_committee or union.audit_commissioner)):
        return None
    if there is None and union.audit_committee is None:
        return _missing(_("未填有没有经费审查委员会或经审委员"))
    return CheckResult(_("没有经费审查委员会，也没有经审委员"))


def wrong_term(facts: UnionFacts, lines: RuleLimits) -> CheckResult | None:
    """R08: a term of neither three nor five years."""
    if not elects(facts.union) or facts.union.term_years in TERM_YEARS:
        return None
    if facts.union.term_years is None:
        return _missing(_("未填任期年数"))
    return CheckResult(_("任期写的是 {years} 年").format(years=facts.union.term_years))


def term_over(facts: UnionFacts, lines: RuleLimits) -> CheckResult | None:
    """R09: the term is over or ends soon. An approved extension makes an overdue one light."""
    union = facts.union
    if not elects(union):
        return None
    start = later_election(union.term_start, facts.officers.elected)
    if not start:
        return _missing(_("未填本届选举日期，不知道何时换届（建会日期不能代替）"))
    end = end_of_term(start, union.term_years)
    if end is None or (left := (end - lines.today).days) > lines.term_days:
        return None
    if left >= 0:
        return CheckResult(_("任期 {end} 届满，还有 {days} 天").format(end=end, days=left))
    text = _("任期 {end} 届满，已超过 {days:,} 天").format(end=end, days=-left)
    if union.extension_number:
        return CheckResult(text + _("，已批准延期（{number}）").format(number=union.extension_number), light=True)
    return CheckResult(text)


def chair_vacant(facts: UnionFacts, lines: RuleLimits) -> CheckResult | None:
    """R10: the chair is vacant for longer than it may be.

    Where chairs are among the officers, they tell; else a known day of vacancy counts, whoever is still written as chair.
    """
    union, chairs = facts.union, facts.officers.chairs
    if not elects(union) or chairs:
        return None
    since = facts.officers.vacant_since if chairs is not None else union.chair_vacant_since
    if not since:
        return None if union.chair else _missing(_("未填工会主席，也未填主席空缺日期"))
    if months_later(first_day(since), lines.chair_vacant_months) >= lines.today:
        return None
    text = _("主席从 {day} 起空缺，已超过 {months} 个月").format(day=since, months=lines.chair_vacant_months)
    if chairs is not None:
        return CheckResult(text + _("（登记的主席都已离任；已补选的，请在“委员”里登记新主席）"))
    return CheckResult(text + (_("（已补选的，请清除主席空缺日期）") if union.chair else ""))


def odd_committee(facts: UnionFacts, lines: RuleLimits) -> CheckResult | None:
    """R11: a committee of a size that the table does not have."""
    size, row = facts.union.committee_size, lines.committee.of(facts.members)
    if not elects(facts.union) or size is None or row is None:
        return None
    if not row.least <= size <= row.most:
        text = _("{members}，委员 {size} 人，按“{table}”应为 {least}–{most} 人")
    elif lines.committee.odd and size % 2 == 0:
        text = _("{members}，委员 {size} 人是双数，按“{table}”应为 {least}–{most} 人的单数")
    else:
        return None
    return CheckResult(
        text.format(members=_members(facts), size=size, table=lines.committee.name, least=row.least, most=row.most)
    )


def needless_delegates(facts: UnionFacts, lines: RuleLimits) -> CheckResult | None:
    """R12: delegates meet where all members could."""
    if facts.union.meeting_form != "会员代表大会" or not 0 < facts.members <= lines.congress_members:
        return None
    return CheckResult(_("{members}，开的是会员代表大会").format(members=_members(facts)))


def chair_of_the_employer(facts: UnionFacts, lines: RuleLimits) -> CheckResult | None:
    """R13: the chair leads the employer, or is close to who does, or leads its personnel department."""
    chairs = facts.officers.chairs if facts.officers.chairs is not None else (facts.union.chair,)
    if facts.union.chair_conflict:
        return CheckResult(_("主席是行政主要负责人的近亲属或人事负责人"))
    for each in facts.employers:
        leader = each.legal_representative
        if leader and _person(leader) in {_person(chair) for chair in chairs if chair}:
            return CheckResult(_("主席与“{employer}”的法定代表人同名，请核实是不是同一人").format(employer=each.name))
    return None


def no_approval(facts: UnionFacts, lines: RuleLimits) -> CheckResult | None:
    """R14: a union in being without the number of the letter that approved it."""
    if not elects(facts.union) or facts.union.approval_number:
        return None
    return CheckResult(_("已建会，没有批复文号"))


def more_members_than_staff(facts: UnionFacts, lines: RuleLimits) -> CheckResult | None:
    """R17: a single employer's union has more members than the employer has staff."""
    if facts.staff is None or facts.members <= facts.staff.value:
        return None
    return CheckResult(_("{members}，比{staff}还多").format(members=_members(facts), staff=_staff(facts.staff)))


def declared_otherwise(facts: UnionFacts, lines: RuleLimits) -> CheckResult | None:
    """R18: as many members as declared are not those listed by name; without any list nothing can be compared."""
    if facts.declared is None or facts.declared == facts.listed:
        return None
    if facts.listed == 0:
        return _missing(_("申报 {declared:,} 人，还没有收到名单").format(declared=facts.declared))
    return CheckResult(_members(facts))


def _members(facts: UnionFacts) -> str:
    return _two(_("会员"), facts.listed, facts.declared)


def _women(facts: UnionFacts) -> str:
    return _two(_("女会员"), facts.listed_women, facts.declared_women)


def _two(what: str, listed: int, declared: int | None) -> str:
    """Both numbers where they differ, so that nobody wonders which was meant."""
    if declared is None:
        return _("{what}名单上 {listed:,} 人").format(what=what, listed=listed)
    if listed == declared:
        return _("{what} {listed:,} 人").format(what=what, listed=listed)
    return _("{what}申报 {declared:,} 人、名单上 {listed:,} 人").format(what=what, declared=declared, listed=listed)


def _staff(count: StaffCount) -> str:
    origin = _("，").join(part for part in (_(count.source or ""), count.as_of) if part)
    return _("职工 {count:,} 人").format(count=count.value) + (_("（{origin}）").format(origin=origin) if origin else "")


def _person(name: str) -> str:
    """A person's name as it is compared: without spaces and signs, in one width."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", name).casefold() if sign.isalnum())


#: The check of each rule about unions, by the rule's id.
UNION_CHECKS: Mapping[str, Callable[[UnionFacts, RuleLimits], CheckResult | None]] = {
    "R01": small_form, "R04": no_full_time_staff, "R05": no_women_committee, "R06": no_women_commissioner, "R07": no_audit,
    "R08": wrong_term, "R09": term_over, "R10": chair_vacant, "R11": odd_committee, "R12": needless_delegates,
    "R13": chair_of_the_employer, "R14": no_approval, "R17": more_members_than_staff, "R18": declared_otherwise,
}  # fmt: skip
#: The check of each rule about employers.
EMPLOYER_CHECKS: Mapping[str, Callable[[EmployerFacts, RuleLimits], CheckResult | None]] = {
    "R02": unorganized, "R03": founding_overdue,
}  # fmt: skip
