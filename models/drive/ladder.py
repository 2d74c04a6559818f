"""The ladder for an employer that does not found a union: what may be done next, on what legal basis, and what not to say.

No law fines an employer for merely having no union; only obstruction is pursued. The texts say so, and nothing here
computes a debt.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from models.language import N_, _
from models.records.setting import setting
from models.standing.terms import months_later
from models.values.days import first_day

State = Literal["taken", "next", "open", "not_yet"]

#: What every rung's text rests on.
NO_FINE = N_(
    "法律没有规定对单纯没有建会的单位罚款，谈话和文书里都不要这样说；只有阻挠职工入会、阻挠上级工会帮助建会的行为才会被追究。"
)


@dataclass(frozen=True, slots=True)
class FundReading:
    """One of the two readings of when 筹备金 begins: what it says, and where it stands."""

    text: str
    basis: str


#: Both are in print; which one holds is for the district's union to say.
READINGS = (
    FundReading(
        N_(
            "单位成立满一年，经上级工会帮助指导仍未建会的，从下个月起向上级工会缴纳工资总额百分之二的建会筹备金，建会后按规定返还。"
        ),
        N_("重庆市工会条例第三十六条"),
    ),
    FundReading(
        N_("从批准筹建、筹建工作开始的下个月起缴纳，不能提前收；筹建单位的名单逐月报送。"),
        N_("重庆市总工会 2016 年关于建会筹备金的通知（引总工办发〔2004〕29 号）"),
    ),
)


@dataclass(frozen=True, slots=True)
class LadderFacts:
    """What of a case decides about the ladder; days are stored days, ``months`` the setting founding_months."""

    today: dt.date
    attitude: str | None
    founding_date: str | None
    preparation_start: str | None
    covered: bool
    months: int

    @property
    def year_over(self) -> bool | None:
        """Whether the time within which a new unit founds its union is over; None when its founding is not known."""
        if self.founding_date is None:
            return None
        return months_later(first_day(self.founding_date), self.months) <= self.today


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: what it is called, what is done, on what basis, which words in a contact's paper say it was taken.

    ``waits`` says why it cannot be taken yet, "" when it can. ``judged``: a person must find first that its case is given;
    it is never proposed by itself.
    """

    key: str
    name: str
    task: str
    basis: str
    words: tuple[str, ...]
    waits: Callable[[LadderFacts], str]
    judged: bool = False


def _at_once(facts: LadderFacts) -> str:
    return ""


def _after_a_year(facts: LadderFacts) -> str:
    if facts.year_over is None:
        return _("不知道单位的成立日期，请先查明")
    return "" if facts.year_over else _("单位成立未满 {months} 个月").format(months=facts.months)


def _when_due(facts: LadderFacts) -> str:
    """By either reading: preparation has begun, or the year is over."""
    return "" if facts.preparation_start else _after_a_year(facts)


RUNGS: tuple[Rung, ...] = (
    Rung(
        "letter", N_("建会宣传函、建会建议书"),
        N_("送达或寄送，讲清职工的权利和建会的步骤，约定再次联系的日期，留下回执。"),
        N_("工会法第三条、第十一条、第十二条"), ("宣传函", "建议书", "告知书"), _at_once,
    ),
    Rung(
        "opinion", N_("《建立工会意见书》"),
        N_("单位成立满一年仍未建会的，由上级工会发出意见书，写明期限，留下文号和回执。"),
        N_("重庆市工会条例第七条"), ("意见书",), _after_a_year,
    ),
    Rung(
        "joint_visit", N_("联合走访"),
        N_("请镇街、园区、行业主管部门一起上门，当面说明，了解真正的顾虑。"),
        N_("工会法第十二条：上级工会可以派员帮助和指导"), ("联合走访", "联合上门", "走访通知"), _at_once,
    ),
    Rung(
        "labour_authority", N_("提请劳动行政部门责令改正"),
        N_("只用于有证据的阻挠：阻挠职工入会，或者阻挠上级工会帮助、指导建会；拒不改正的，提请县级以上人民政府处理。单单没有建会不在此列。"),
        N_("工会法第五十条、第五十一条"), ("责令改正", "劳动监察", "提请函"), _at_once, judged=True,
    ),
    Rung(
        "preparation_fund", N_("建会筹备金"),
        N_("把两种起算办法都告诉单位和区县总工会，由区县总工会决定按哪一种办；这里不计算金额。"),
        N_("重庆市工会条例第三十六条；2016 年通知"), ("筹备金",), _when_due,
    ),
    Rung(
        "payment_order", N_("滞纳金、支付令"),
        N_("只用于已经确定应缴而逾期不缴的经费或筹备金，由有权的工会向基层人民法院申请支付令。"),
        N_("工会法第四十四条；重庆市工会条例第四十五条"), ("支付令", "滞纳金", "催缴"), _when_due, judged=True,
    ),
    Rung(
        "from_below", N_("先吸收职工入会"),
        N_("职工可以先加入社区、村、行业或区域工会，人多起来再单独建会。"),
        N_("工会法第三条；总工办发〔2022〕19 号关于“兜底建”的意见"), ("兜底", "先行入会"), _at_once,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RungState:
    """A rung as it stands in a case: when it was taken, with which paper; or why it waits."""

    rung: Rung
    state: State
    why: str = ""
    taken_on: str | None = None
    paper: str | None = None
    paper_number: str | None = None
    receipt: bool | None = None


@dataclass(frozen=True)
class Ladder:
    """The rungs in order, and the one that is proposed next (None when nothing needs to be)."""

    rungs: list[RungState]
    readings: tuple[FundReading, ...] = READINGS
    warning: str = NO_FINE

    @property
    def next_rung(self) -> Rung | None:
        """The rung that is proposed."""
        return next((each.rung for each in self.rungs if each.state == "next"), None)


#: Attitudes with which there is nothing to climb: the employer agrees, or is no longer there.
_RESTING = frozenset({"同意", "注销", "搬迁", "不足25人"})


def ladder(facts: LadderFacts, contacts: Iterable[Mapping[str, Any]]) -> Ladder:
    """Where a case stands on the ladder: rungs taken by the papers of its contacts, the next one, and those that wait."""
    papers = sorted((each for each in contacts if each.get("paper")), key=lambda each: each["date"] or "")
    taken = {rung.key: _paper_of(rung, papers) for rung in RUNGS}
    highest = max((place for place, rung in enumerate(RUNGS) if taken[rung.key]), default=-1)
    climbing = not facts.covered and facts.attitude not in _RESTING
    states: list[RungState] = []
    for place, rung in enumerate(RUNGS):
        paper, why = taken[rung.key], rung.waits(facts)
        if paper is not None:
            receipt = None if paper["receipt"] is None else bool(paper["receipt"])
            states.append(RungState(rung, "taken", "", paper["date"], paper["paper"], paper["paper_number"], receipt))
            continue
        proposed = climbing and place > highest and not why and not rung.judged
        if proposed and not any(each.state == "next" for each in states):
            states.append(RungState(rung, "next"))
        else:
            states.append(RungState(rung, "not_yet" if why else "open", why))
    return Ladder(states)


def _paper_of(rung: Rung, papers: list[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The newest paper that a rung's words name."""
    return next((each for each in reversed(papers) if any(word in each["paper"] for word in rung.words)), None)


def facts_of(case: Mapping[str, Any], founding_date: str | None, covered: bool, today: dt.date) -> LadderFacts:
    """The ladder's facts of a case (its stored values) and its employer."""
    months = int(setting("founding_months"))
    return LadderFacts(today, case["attitude"], founding_date, case["preparation_start"], covered, months)
