"""One employer, one file (一企一档) on paper: facts, counts by source, the way, the contacts, the papers, what comes next."""

from collections.abc import Mapping
from typing import Any

from models.drive.case_file import CaseFile, case_file
from models.drive.ladder import Rung
from models.engine.record import Record
from models.language import _
from models.records.drive_case import Contact, DriveCase
from models.records.employer import Employer
from models.records.headcount import UPPER, HeadCount, counted_text
from models.records.setting import setting
from models.values.columns import column_of
from models.values.region_index import RegionIndex
from reports.choices import TO_FILL_IN, ReportChoices
from reports.report import Report, ReportColumn, Section

#: The facts, two beside each other; of the employer, then of its case.
_EMPLOYER = (
    "name", "credit_code", "region", "address", "nature", "industry", "legal_representative", "contact", "phone", "founding_date",
    "non_public", "operating",
)  # fmt: skip
_CASE = (
    "stage", "attitude", "organizer", "model", "opened_on", "opened_with", "next_action", "next_action_date",
)  # fmt: skip
_CLOSED = ("closed_on", "closed_because")
_COUNTS = ("source", "as_of", "staff_count", "women_staff_count", "member_count", "women_member_count")
_CONTACTS = ("date", "way", "person_met", "attitude", "outcome", "promise_date", "paper")
#: Lines of a cell: what was said is printed whole.
_LINES = 12


def compose(index: RegionIndex, choices: ReportChoices) -> Report:
    """The file of an employer as it stands, or as it stood on a day that is over. UserError when it is not there."""
    held = choices.index_of(index)
    file = case_file(choices.employer, choices.today, held, choices.past)
    return Report(
        title=_("一企一档"),
        organization=str(setting("organization")) or TO_FILL_IN,
        day=choices.day.isoformat(),
        scope=str(file.employer["name"]),
        columns=[],
        sections=[_facts(file, choices.masked), _by_source(file), *_of_case(file)],
        signatures=(_("走访人（签字）"), _("负责人（签字）"), _("上级工会（盖章）")),
        mark=choices.mark,
        landscape=False,
        one_page=True,
    )


def _shown(record: type[Record], values: Mapping[str, Any], name: str, masked: bool = True) -> tuple[str, str]:
    column = column_of(record, name)
    return column.title, column.kind.show(values[name], masked)


def _facts(file: CaseFile, masked: bool) -> Section:
    """Names and values, two beside each other; the address and the reason have long texts and take what they need."""
    told = [_shown(Employer, {**file.employer, "region": file.region}, name, masked) for name in _EMPLOYER]
    told.append((_("建会情况"), file.reason))
    told.append((_("覆盖的工会"), " ".join(part for part in (file.union_name, file.covered_since) if part)))
    if file.case is not None:
        names = _CASE + (_CLOSED if file.case["closed_on"] else ())
        told += [_shown(DriveCase, file.case, name) for name in names]
    pairs = [(*told[place], *told[place + 1]) for place in range(0, len(told), 2)]
    columns = [
        ReportColumn("", 7, label=True), ReportColumn("", 20, most=_LINES), ReportColumn("", 7, label=True),
        ReportColumn("", 20, most=_LINES),
    ]  # fmt: skip
    return Section("", pairs, columns=columns)


def _by_source(file: CaseFile) -> Section:
    columns = [
        ReportColumn(title, 7, "right" if name in _COUNTS[2:] else "center")
        for name in _COUNTS
        for title in [column_of(HeadCount, name).title]
    ]
    rows = [[_count_shown(each, name) for name in _COUNTS] for each in file.by_source.values()]
    return Section(_("人数（每个来源最新的一次）"), rows, _nothing(rows), columns)


def _count_shown(count: Mapping[str, Any], name: str) -> str:
    if name in UPPER:
        return counted_text(count[name], count[UPPER[name]], count["approximate"])
    return _shown(HeadCount, count, name)[1]


def _nothing(rows: list[list[str]]) -> str:
    return "" if rows else _("没有记录")


def _of_case(file: CaseFile) -> list[Section]:
    """What there is only with a case: the way with its dates, the contacts, the papers, the advice of the ladder."""
    if file.case is None:
        return []
    states = {"done": _("已完成"), "skipped": _("跳过"), "present": _("现在"), "ahead": ""}
    way = [[_(each.stage.label), states[each.state], each.date or "", each.note or ""] for each in file.stages]
    seen = [[_shown(Contact, each, name)[1] for name in _CONTACTS] for each in file.contacts]
    kept = [
        [
            _(each.name), _(each.stage) if each.stage else "",
            _("缺（{issuer}）").format(issuer=each.issuer) if each.missing else each.number or "", each.date or "",
            each.place or "",
        ]
        for each in file.papers
    ]  # fmt: skip
    found = [
        Section(_("建会阶段"), way, columns=[
            ReportColumn(_("阶段"), 7), ReportColumn(_("状态"), 5, "center"), ReportColumn(_("日期"), 7, "center"),
            ReportColumn(_("备注"), 30, most=_LINES),
        ]),
        Section(_("走访联系"), seen, _nothing(seen), [
            ReportColumn(column_of(Contact, name).title, width, most=_LINES)
            for name, width in zip(_CONTACTS, (7, 5, 5, 4, 20, 7, 8), strict=True)
        ]),
        Section(_("材料"), kept, _nothing(kept), [
            ReportColumn(_("材料名称"), 14), ReportColumn(_("阶段"), 6, "center"), ReportColumn(_("文号"), 14),
            ReportColumn(_("日期"), 7, "center"), ReportColumn(_("存放处"), 12),
        ]),
    ]  # fmt: skip
    rung = file.ladder.next_rung if file.ladder else None
    if rung is not None:
        found.append(_advice(rung))
    return found


def _advice(rung: Rung) -> Section:
    columns = [ReportColumn("", 12, label=True, most=_LINES), ReportColumn("", 42, most=_LINES)]
    return Section(_("可以接着做的"), [[_(rung.name), f"{_(rung.task)}\n{_(rung.basis)}"]], columns=columns)
