"""The rules of the law that can be checked (体检): what each says, on what it rests, what to do, and what is found.

Thresholds whose text in force was not found are settings (``models/records/setting.py``). How each rule looks is in
``models/rules/checks.py``, what it looks at in ``models/rules/facts.py``.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from models.errors import UserError
from models.journal.settings import change_setting
from models.journal.writer import Author
from models.language import N_, _
from models.records.setting import setting
from models.rules.checks import EMPLOYER_CHECKS, UNION_CHECKS, CheckResult, RuleLimits, limits
from models.rules.facts import HeldMembership, RuleFacts, RuleScope, rule_facts
from models.standing.standing import Standing
from models.values.name_order import place_of
from models.values.region_index import Area, RegionIndex

Severity = Literal["error", "warning", "note"]
Subject = Literal["union", "employer", "worker"]
#: The weights of a finding, the heaviest first, with the words for them.
SEVERITIES: dict[Severity, str] = {"error": N_("必须改正"), "warning": N_("需要处理"), "note": N_("提示")}
#: What a rule speaks of.
SUBJECTS: dict[Subject, str] = {"union": N_("工会"), "employer": N_("单位"), "worker": N_("会员")}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its weight, the article it rests on (in words), what a person can do, and of what kind of record it speaks."""

    id: str
    title: str
    severity: Severity
    basis: str
    advice: str
    subject: Subject


#: All rules, in the order in which they are shown.
RULES: tuple[Rule, ...] = (
    Rule(
        "R01", N_("会员 25 人以上，应当选举工会委员会"), "warning", N_("《工会法》第十一条"),
        N_("按程序选举基层工会委员会，把组织形式改为“工会委员会”。"), "union",
    ),
    Rule(
        "R02", N_("职工达到攻坚人数线，还没有工会"), "note", N_("年度建会任务（25 人以上非公组织）；不是处罚依据"),
        N_("列入建会台账，安排走访；可以单独建会，也可以加入联合工会。"), "employer",
    ),
    Rule(
        "R03", N_("单位成立满一年，还没有工会"), "warning", N_("《重庆市工会条例》第七条"),
        N_("宣传、帮助在前；仍不建会的，由上一级工会发出《建立工会意见书》。"), "employer",
    ),
    Rule(
        "R04", N_("职工 200 人以上，应当有专职工会工作人员"), "warning", N_("《重庆市工会条例》第十三条；《工会法》第十四条规定可以设专职主席"),
        N_("与单位协商配备专职工会工作人员，登记专职人数。"), "union",
    ),
    Rule(
        "R05", N_("女会员达到人数，应当有女职工委员会"), "warning", N_("《重庆市工会条例》第九条"),
        N_("在选举或换届时同时建立女职工委员会。"), "union",
    ),
    Rule(
        "R06", N_("有女会员，应当有女职工委员"), "note", N_("《重庆市工会条例》第九条"),
        N_("在委员会里设女职工委员。"), "union",
    ),
    Rule(
        "R07", N_("应当有经费审查委员会或经审委员"), "warning", N_("《工会法》第四十五条"),
        N_("由同一次大会选举经费审查委员会；会员少的选经审委员。"), "union",
    ),
    Rule(
        "R08", N_("任期只能是三年或五年"), "error", N_("《工会法》第十六条"),
        N_("核对选举结果的批复，把任期改为 3 或 5。"), "union",
    ),
    Rule(
        "R09", N_("任期已满或快满，应当按时换届"), "warning", N_("《工会法》第十六条；《重庆市工会条例》第十条"),
        N_("准备换届请示；需要延期的，先报上一级工会批准，并登记延期批准文号。"), "union",
    ),
    Rule(
        "R10", N_("主席空缺过久，应当补选"), "warning", N_("《重庆市工会条例》第十条"),
        N_("一般在三个月内补选；补选后登记主席，清除空缺日期。"), "union",
    ),
    Rule(
        "R11", N_("委员会人数与会员人数不相称"), "note", N_("基层工会选举工作规定的委员人数表（在设置里选用）"),
        N_("下次选举时按人数表确定委员人数，一般为单数。"), "union",
    ),
    Rule(
        "R12", N_("会员不多，应当开会员大会"), "note", N_("《中国工会章程》第二十六条"),
        N_("会员 100 人以下的召开会员大会，不选代表。"), "union",
    ),
    Rule(
        "R13", N_("主席与行政主要负责人应当分开"), "warning",
        N_("《工会法》第十条：主要负责人的近亲属不得担任委员；法定代表人、人事负责人兼任，有的地方审查时也不接受"),
        N_("核实是否同一人；换届或补选时另提人选。"), "union",
    ),
    Rule(
        "R14", N_("建会应当有上一级工会的批复"), "warning", N_("《工会法》第十二条"),
        N_("找到批复，登记批复文号；没有批复的，报上一级工会补办。"), "union",
    ),
    Rule(
        "R15", N_("一个人只能有一个会籍"), "error", N_("《工会会员会籍管理办法》第三条"),
        N_("核对证件号；是同一人的，在原工会办理转出，在现工会转入。"), "worker",
    ),
    Rule(
        "R16", N_("保留会籍的人没有选举权和被选举权，不能是会员代表"), "error", N_("《工会基层组织选举工作条例》第四条"),
        N_("从代表和选民名单中去掉；已经恢复会籍的，先登记转入。"), "worker",
    ),
    Rule(
        "R17", N_("会员比职工还多"), "warning", N_("数据核对"),
        N_("核对两个人数的日期和来源；已离开的会员办理转出。"), "union",
    ),
    Rule(
        "R18", N_("申报的会员人数与名单不一致"), "note", N_("数据核对"),
        N_("补收名单，或更正申报的人数；两个数都保留。"), "union",
    ),
    Rule(
        "R19", N_("工会已经撤销，会员的会籍还没有去处"), "error", N_("《工会法》第十三条；《工会会员会籍管理办法》第三条"),
        N_("把会员的会籍保留到上级工会，或者办理转出、转会。"), "union",
    ),
)  # fmt: skip
_BY_ID = {rule.id: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class Finding:
    """That a rule (its id) speaks of one record (``kind`` and ``uid``), with the facts in ``text``. No personal numbers.

    ``severity`` is the rule's or lighter; ``unknown``: nothing is wrong yet, an entry is missing; ``aside``: the reason
    for which a person put it aside, "" otherwise.
    """

    rule: str
    severity: Severity
    kind: Subject
    uid: str
    name: str
    region: str
    text: str
    unknown: bool
    aside: str


class Tallied(NamedTuple):
    """What findings are counted by; ``aside``: whether a person put it aside."""

    rule: str
    severity: Severity
    unknown: bool
    aside: bool


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule speaks: plain findings, those for a missing entry, and those that a person put aside."""

    rule: Rule
    count: int
    unknown: int
    aside: int


def rule(rule_id: str) -> Rule:
    """The rule of an id such as "R04". UserError for one that no rule has."""
    found = _BY_ID.get(rule_id.strip().upper())
    if found is None:
        sentence = _("没有规则“{rule}”，可以是 {first} 到 {last}。")
        raise UserError(sentence.format(rule=rule_id, first=RULES[0].id, last=RULES[-1].id))
    return found


def findings(
    today: dt.date,
    index: RegionIndex,
    *,
    region: Area | None = None,
    unions: Iterable[str] | None = None,
    employers: Iterable[str] | None = None,
    rules: Iterable[str] | None = None,
    standing: Standing | None = None,
) -> list[Finding]:
    """All findings as of ``today``, by rule, region and name; of the whole register, or below a region (uid) or several.

    ``unions`` and ``employers`` (uids) look at these records only, and at the workers of these unions; ``rules``: ids.
    ``standing``: what stands today, if it is at hand. Raises UserError for an unknown rule and for settings that cannot be read.
    """
    standing = standing or Standing(today, index)
    if unions is None and employers is None:
        return _found(standing, RuleScope(), region, rules)
    return _found(standing, RuleScope(frozenset(unions or ()), frozenset(employers or ())), region, rules)


def tally(standing: Standing, region: Area | None = None) -> Counter[Tallied]:
    """How many findings there are of each rule and standing, those of :func:`findings`: for whoever shows none of them."""
    index, aside = standing.index, standing.setting("set_aside")
    below = index.below(region) if region else None
    told = _told(rule_facts(standing.day, RuleScope(), standing), RuleScope(), limits(standing.day, standing))
    return Counter(
        Tallied(about.rule, _weight(about, said), said.unknown, bool(aside.get(f"{about.rule} {about.uid}")))
        for about, said in told
        if below is None or about.region in below
    )


def findings_of(kind: Subject, uid: str, today: dt.date, index: RegionIndex) -> list[Finding]:
    """The findings of one record, for its page; a union's are followed by those of its members."""
    wanted = RuleScope(**{f"{kind}s": frozenset({uid})})
    return _found(Standing(today, index), wanted, None, None)


def _found(
    standing: Standing, wanted: RuleScope, region: Area | None, rules: Iterable[str] | None
) -> list[Finding]:
    index = standing.index
    chosen = {rule(each).id for each in rules} if rules is not None else set(_BY_ID)
    below = index.below(region) if region else None
    aside: dict[str, str] = standing.setting("set_aside")
    found = [
        _finding(about, told, index, aside)
        for about, told in _told(rule_facts(standing.day, wanted, standing), wanted, limits(standing.day, standing))
        if about.rule in chosen and (below is None or about.region in below)
    ]
    return sorted(found, key=lambda each: (each.rule, place_of(each.region), place_of(each.name), each.uid))


@dataclass(frozen=True, slots=True)
class _About:
    """What a finding is about; ``region`` is a uid here."""

    rule: str
    uid: str
    name: str
    region: str | None


def _told(facts: RuleFacts, wanted: RuleScope, lines: RuleLimits) -> Iterator[tuple[_About, CheckResult]]:
    """What every check says of every wanted record."""
    for each in facts.unions:
        for rule_id, check in UNION_CHECKS.items():
            if told := check(each, lines):
                yield _About(rule_id, each.union.uid, each.union.name, each.union.region), told
    for gone in facts.gone:
        text = _("工会已经撤销，还有 {count:,} 名会员的会籍在这里").format(count=gone.members)
        yield _About("R19", gone.uid, gone.name, gone.region), CheckResult(text)
    for one in facts.employers:
        for rule_id, look in EMPLOYER_CHECKS.items():
            if told := look(one, lines):
                yield _About(rule_id, one.uid, one.name, one.region), told
    for group in facts.doubles:
        for held in filter(wanted.has, group):
            yield _About("R15", held.worker, held.name, held.region), _double(held, group)
    for held in facts.retained_delegates:
        told = CheckResult(_("会籍保留在“{union}”，仍登记为会员代表").format(union=held.union_name))
        yield _About("R16", held.worker, held.name, held.region), told


def _double(held: HeldMembership, group: Iterable[HeldMembership]) -> CheckResult:
    others = _("、").join(
        _("“{union}”（{state}）").format(union=each.union_name, state=_(each.state))
        for each in group
        if each.union != held.union
    )
    text = _("会籍在“{union}”（{state}），同一证件号还在 {others}")
    return CheckResult(text.format(union=held.union_name, state=_(held.state), others=others))


def _weight(about: _About, told: CheckResult) -> Severity:
    return "note" if told.light else _BY_ID[about.rule].severity


def _finding(about: _About, told: CheckResult, index: RegionIndex, aside: dict[str, str]) -> Finding:
    of = _BY_ID[about.rule]
    return Finding(
        about.rule, _weight(about, told), of.subject, about.uid, about.name,
        index.path(about.region) if about.region else "", told.text, told.unknown, aside.get(f"{about.rule} {about.uid}", ""),
    )  # fmt: skip


def summary(found: Iterable[Finding]) -> list[RuleCount]:
    """How often each rule speaks, in the order of RULES, those that are silent too."""
    counted = Counter((each.rule, "aside" if each.aside else "unknown" if each.unknown else "") for each in found)
    return [RuleCount(each, *(counted[each.id, state] for state in ("", "unknown", "aside"))) for each in RULES]


def set_aside(rule_id: str, uid: str, reason: str, author: Author) -> None:
    """Put the finding of a rule about a record aside: it stays on the list, with the reason, and is counted apart.

    Journaled, so that it can be undone. UserError without a reason, or for an unknown rule.
    """
    if not reason.strip():
        raise UserError(_("请写明搁置的原因，例如“已约定 3 月换届”。"))
    change_setting("set_aside", setting("set_aside") | {f"{rule(rule_id).id} {uid}": reason.strip()}, author)


def take_up(rule_id: str, uid: str, author: Author) -> None:
    """Take up a finding again that was put aside; one that was not changes nothing."""
    kept = dict(setting("set_aside"))
    kept.pop(f"{rule(rule_id).id} {uid}", None)
    change_setting("set_aside", kept, author)
