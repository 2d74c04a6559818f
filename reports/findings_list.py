"""What the rules found (体检) and whose term ends (换届), as plain sheets."""

from collections.abc import Iterable
from pathlib import Path

from models.language import _
from models.rules import SEVERITIES, SUBJECTS, Finding, rule
from models.terms import TERM_STATES, Term
from reports import xlsx


def write_findings(path: Path, found: Iterable[Finding]) -> Path:
    """Write findings as .xlsx, each with its rule's basis and advice, and return the path."""
    titles = [
        _("规则"), _("内容"), _("轻重"), _("对象"), _("名称"), _("区划"), _("情况"), _("依据"), _("怎么办"), _("未填"), _("搁置原因"),
    ]  # fmt: skip
    rows = []
    for each in found:
        of = rule(each.rule)
        rows.append([
            of.id, _(of.title), _(SEVERITIES[each.severity]), _(SUBJECTS[each.kind]), each.name, each.region, each.text,
            _(of.basis),
            _(of.advice), _("是") if each.unknown else "", each.aside,
        ])  # fmt: skip
    xlsx.write_table(path, titles, rows, sheet_name=_("体检"), overwrite=True)
    return path


def write_terms(path: Path, found: Iterable[Term]) -> Path:
    """Write terms as .xlsx, the days left as numbers (negative after the end), and return the path."""
    titles = [
        _("工会"), _("区划"), _("本届选举日期"), _("任期年数"), _("届满日期"), _("剩余天数"), _("任期"), _("延期"),
    ]  # fmt: skip
    rows = [
        [
            each.name, each.region, each.start, each.years, each.end, each.days_left, _(TERM_STATES[each.state]),
            _("已批准") if each.approved_extension else "",
        ]
        for each in found
    ]  # fmt: skip
    xlsx.write_table(path, titles, rows, sheet_name=_("换届"), overwrite=True)
    return path
