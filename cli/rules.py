"""``rules``, ``terms``: what the law asks of unions and employers and is not there, and whose term ends."""

import argparse
import dataclasses
from collections.abc import Sequence
from typing import Any

from cli.opening import opened, say
from cli.output import answer, out_path, print_json, print_table
from cli.verb import given_to
from models.errors import UserError
from models.language import N_, _
from models.records.region import home_district, load_index
from models.rules import rules as checking
from models.rules.rules import SEVERITIES, Finding
from models.rules.weights import STANDINGS, heaviest_first, rules_by_weight, standing
from models.standing import terms as electing
from models.trail.entry import Act
from reports.findings_list import write_findings
from reports.handing_over import hand_over

#: States of a term that are printed; the others only where they are asked for.
_PRESSING = ("overdue", "due30", "due90", "due180")


def run_rules(arguments: argparse.Namespace) -> int:
    """Check every rule: how often each speaks, and of whom; or put one finding aside, or take it up again."""
    if arguments.set_aside or arguments.take_up:
        return _put_aside(arguments)
    out = out_path(arguments, "xlsx")
    with opened(arguments) as here:
        day = arguments.as_of or here.today
        index = load_index(day)
        region = home_district(index, arguments.region) if arguments.region else None
        chosen = [checking.rule(arguments.rule).id] if arguments.rule else None
        found = checking.findings(day, index, region=region, rules=chosen)
        if out:
            act = given_to(arguments, Act("export", N_("体检"), len(found)))
            say(hand_over(here.author, act, write_findings, out, found).note)
    if arguments.json:
        counts = [_counted(each) for each in checking.summary(found) if chosen is None or each.rule.id in chosen]
        listed = [dataclasses.asdict(each) for each in found]
        print_json({"as_of": day.isoformat(), "rules": counts, "findings": listed} | ({"out": str(out)} if out else {}))
    elif out:
        print(_("已写入 {path}，共 {count} 行。").format(path=out, count=len(found)))
    else:
        _print_counts(found)
        _print_findings(found if arguments.all else [each for each in found if not (each.unknown or each.aside)])
    return 0


def _put_aside(arguments: argparse.Namespace) -> int:
    uid = arguments.set_aside or arguments.take_up
    if not arguments.rule:
        raise UserError(_("请用 --rule 写明是哪一条规则的发现，例如 --rule R04。"))
    rule = checking.rule(arguments.rule)
    with opened(arguments, _("搁置体检的发现")) as here:
        found = checking.findings_of(rule.subject, uid, here.today, here.index)
        about = next((each for each in found if (each.rule, each.uid) == (rule.id, uid)), None)
        if about is None:
            raise UserError(_("规则 {rule} 没有这条发现，请用 rules --json 查看记录标识。").format(rule=rule.id))
        if arguments.set_aside:
            checking.set_aside(rule.id, uid, arguments.reason or "", here.author)
        else:
            checking.take_up(rule.id, uid, here.author)
    told = _("{rule} “{name}”：已搁置。") if arguments.set_aside else _("{rule} “{name}”：不再搁置。")
    value = {"rule": rule.id, "uid": uid, "aside": arguments.reason if arguments.set_aside else ""}
    answer(arguments.json, value | here.afterwards, told.format(rule=rule.id, name=about.name))
    return 0


def _counted(each: checking.RuleCount) -> dict[str, Any]:
    return dataclasses.asdict(each.rule) | {"count": each.count, "unknown": each.unknown, "aside": each.aside}


def _print_counts(found: Sequence[Finding]) -> None:
    rows = [
        [each.rule.id, _(SEVERITIES[each.rule.severity]), each.count, each.unknown, each.aside, _(each.rule.title)]
        for each in rules_by_weight(checking.summary(found))
        if each.count or each.unknown or each.aside
    ]
    if not rows:
        print(_("没有发现问题。"))
        return
    print_table([_("规则"), _("轻重"), _("发现"), _("未填"), _("搁置"), _("内容")], rows)


def _print_findings(listed: Sequence[Finding]) -> None:
    if not listed:
        return
    print()
    rows = [
        [each.rule, _(STANDINGS[standing(each)]), each.name, each.region or None, _remark(each)]
        for each in heaviest_first(listed)
    ]
    print_table([_("规则"), _("轻重"), _("名称"), _("区划"), _("情况")], rows)


def _remark(each: Finding) -> str:
    return each.text + (_("（已搁置：{reason}）").format(reason=each.aside) if each.aside else "")


def run_terms(arguments: argparse.Namespace) -> int:
    """The terms of the unions, the most pressing first."""
    with opened(arguments) as here:
        day = arguments.as_of or here.today
        index = load_index(day)
        region = home_district(index, arguments.region) if arguments.region else None
        found = electing.terms(day, index, region)
    counts = electing.term_counts(found)
    if arguments.json:
        print_json({"as_of": day.isoformat(), "counts": counts, "terms": [dataclasses.asdict(each) for each in found]})
        return 0
    print_table([_("任期"), _("工会")], [[_(words), counts[state]] for state, words in electing.TERM_STATES.items()])
    listed = [each for each in found if arguments.all or each.state in _PRESSING]
    if listed:
        print()
        _print_terms(listed)
    return 0


def _print_terms(listed: Sequence[electing.PresentTerm]) -> None:
    titles = [_("工会"), _("区划"), _("选举日期"), _("年"), _("届满"), _("剩余天数"), _("任期"), _("延期")]
    rows = [
        [
            each.name, each.region or None, each.start, each.years, each.end, each.days_left,
            _(electing.TERM_STATES[each.state]), _("已批准") if each.approved_extension else None,
        ]
        for each in listed
    ]  # fmt: skip
    print_table(titles, rows)
