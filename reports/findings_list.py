"""What the rules found (体检), on paper and as a plain sheet; whose term ends (换届), as a plain sheet."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from models.language import _
from models.rules.rules import SEVERITIES, SUBJECTS, Finding, findings, rule
from models.rules.weights import heaviest_first
from models.standing.terms import TERM_STATES, PresentTerm
from models.values.name_order import place_of
from models.values.region_index import RegionIndex
from reports import xlsx
from reports.choices import ReportChoices
from reports.report import Report, ReportColumn, Section


def compose(index: RegionIndex, choices: ReportChoices) -> Report:
    """The findings by rule, the heaviest rules first; with ``everything`` also those for a missing entry, and those put aside."""
    found = findings(choices.day, choices.index_of(index), region=choices.region or None)
    listed = _heaviest_first(each for each in found if choices.everything or not (each.unknown or each.aside))
    sections, number = [], 0
    for rule_id, group in groupby(listed, key=lambda each: each.rule):
        of, rows = rule(rule_id), []
        for each in group:
            number += 1
            aside = _("已搁置：{reason}").format(reason=each.aside) if each.aside else ""
            rows.append([str(number), _(SEVERITIES[each.severity]), each.name, each.region, each.text, aside])
        told = _("{id} {title}\n依据：{basis}\n怎么办：{advice}")
        heading = told.format(id=of.id, title=_(of.title), basis=_(of.basis), advice=_(of.advice))
        sections.append(Section(heading, rows, _("{count} 条").format(count=len(rows))))
    return Report(
        title=_("工会体检清单"),
        organization=choices.whose(index),
        day=choices.day.isoformat(),
        columns=[
            ReportColumn(_("序号"), 3, "center"), ReportColumn(_("轻重"), 5, "center"), ReportColumn(_("名称"), 18),
            ReportColumn(_("区划"), 11), ReportColumn(_("情况"), 22, most=5), ReportColumn(_("处理情况"), 12, most=5, blank=True),
        ],
        sections=sections,
        totals=_("共 {count} 条").format(count=len(listed)),
        footnotes=(_("已搁置和未填的没有列出。"),) if len(listed) < len(found) else (),
    )  # fmt: skip


def _heaviest_first(found: Iterable[Finding]) -> list[Finding]:
    """The findings by rule: rules in the order of their heaviest finding, in each rule the heaviest first."""
    weights = {name: place for place, name in enumerate(SEVERITIES)}
    listed = sorted(found, key=lambda each: weights[each.severity])
    of_rule: dict[str, int] = {}
    for each in listed:
        of_rule.setdefault(each.rule, weights[each.severity])
    listed.sort(key=lambda each: (each.rule, weights[each.severity], place_of(each.region), place_of(each.name), each.uid))
    return sorted(listed, key=lambda each: of_rule[each.rule])


def write_findings(path: Path, found: Iterable[Finding]) -> Path:
    """Write findings as .xlsx, each with its rule's basis and advice, and return the path."""
    titles = [
        _("规则"), _("内容"), _("轻重"), _("对象"), _("名称"), _("区划"), _("情况"), _("依据"), _("怎么办"), _("未填"), _("搁置原因"),
    ]  # fmt: skip
    rows = []
    for each in heaviest_first(found):
        of = rule(each.rule)
        rows.append([
            of.id, _(of.title), _(SEVERITIES[each.severity]), _(SUBJECTS[each.kind]), each.name, each.region, each.text,
            _(of.basis),
            _(of.advice), _("是") if each.unknown else "", each.aside,
        ])  # fmt: skip
    xlsx.write_table(path, titles, rows, sheet_name=_("体检"), overwrite=True)
    return path


def write_terms(path: Path, found: Iterable[PresentTerm]) -> Path:
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
