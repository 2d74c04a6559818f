"""``drive``, ``due``, ``sources``: who should found a union and why, whom to see, which lists agree."""

import argparse
import dataclasses
import datetime as dt
from typing import Any

from cli.opening import Opened, opened, say
from cli.output import answer, ending_of, out_path, print_json, print_table
from cli.verb import given_to
from models.drive import case_list, cases, sources
from models.drive import list as driving
from models.errors import UserError
from models.language import _
from models.records.headcount import counted_text
from models.records.region import home_district, load_index
from models.records.setting import setting
from models.trail.entry import Act
from models.values.codes import COUNT_SOURCE
from models.values.numbers import OPEN_ENDED
from reports import drive_list, handout
from reports.handing_over import hand_over
from reports.report import Report


def run_drive(arguments: argparse.Namespace) -> int:
    """The funnel by district and town, and the employers that should found a union."""
    out = out_path(arguments, *handout.FORMATS)
    with opened(arguments, _("更新建会台账") if arguments.reconcile else "") as here:
        told = cases.reconcile(here.today, here.author, here.index).text if arguments.reconcile else ""
        index = load_index(arguments.as_of) if arguments.as_of else here.index
        region = home_district(index, arguments.region) if arguments.region else None
        state = driving.drive(setting("threshold"), index, region, arguments.as_of)
        month = set(cases.opened_in_month(arguments.as_of or here.today)) & {row.drive_case for row in state.rows}
        if out:
            report = _report(state, region, here, arguments.as_of or here.today)
            act = given_to(arguments, Act("export", report.title, len(state.on_list)))
            say(hand_over(here.author, act, handout.write, report, out, ending_of(out)).note)
    if told and not arguments.json:
        print(told)
    if arguments.json:
        day = (arguments.as_of or here.today).isoformat()
        print_json(
            {"as_of": day, "opened_this_month": len(month)} | _object(state) | here.afterwards
            | ({"out": str(out)} if out else {})
        )
    elif out:
        print(_("已写入 {path}，共 {count} 家。").format(path=out, count=len(state.on_list)))
    else:
        _print_funnel(state)
        print()
        if month:
            print(_("本月新增 {count} 家").format(count=len(month)))
        _print_employers(state)
    return 0


def _report(state: driving.Drive, region: str | None, here: Opened, day: dt.date) -> Report:
    where = here.index.path(region) if region else str(setting("organization"))
    return drive_list.drive_report(state, here.index, where, day.isoformat())


def _object(state: driving.Drive) -> dict[str, Any]:
    return {
        "threshold": state.threshold, "summary": state.summary, "regions": state.by_region,
        "employers": [_employer(row, state.threshold) for row in state.on_list],
        "possible": [_employer(row, state.threshold) for row in state.possible],
    }  # fmt: skip


def _employer(row: driving.DriveRow, threshold: int) -> dict[str, Any]:
    told = dataclasses.asdict(row) | {"why": driving.why(row, threshold)}
    del told["region_uid"], told["group"]
    if row.staff_upper is not None and row.staff_upper >= OPEN_ENDED:
        told["staff_upper"] = None
    return told


def _print_funnel(state: driving.Drive) -> None:
    groups = ("employers", *driving.GROUPS)
    rows: list[list[Any]] = []
    for each in state.by_region:
        whole = _("（小计）") if each["district"] else ""
        rows.append([each["district"] or _("未填区划"), each["town"] or whole, *(each[group] for group in groups)])
    rows.append([_("合计"), "", *(state.summary[group] for group in groups)])
    print_table([_("区县"), _("镇街"), *(_(drive_list.GROUP_LABELS[group]) for group in groups)], rows)


def _print_employers(state: driving.Drive) -> None:
    sentence = _("应建未建（{threshold} 人以上，未建会）：{count} 家")
    print(sentence.format(threshold=state.threshold, count=len(state.on_list)))
    _print_rows(state.on_list)
    if state.possible:
        sentence = _("可能达到 {threshold} 人、待核实的：{count} 家")
        print(sentence.format(threshold=state.threshold, count=len(state.possible)))
        _print_rows(state.possible)


def _print_rows(listed: list[driving.DriveRow]) -> None:
    if not listed:
        return
    titles = [_("单位"), _("区划"), _("人数"), _("来源"), _("日期"), _("阶段"), _("态度"), _("提示")]
    rows = [
        [
            row.name, row.region or None, _count(row), _(row.source or "") or None, row.as_of,
            _(row.stage or "") or None, _(row.attitude or "") or None,
            drive_list.remarks(row),
        ]
        for row in listed
    ]  # fmt: skip
    print_table(titles, rows)


def _count(row: driving.DriveRow) -> int | str | None:
    if row.staff_upper is None:
        return row.staff_count
    return counted_text(row.staff_count, row.staff_upper, row.approximate)


def run_due(arguments: argparse.Namespace) -> int:
    """Whom to see within the next days, what is overdue first."""
    with opened(arguments) as here:
        day = arguments.as_of or here.today
        index = load_index(day)
        region = home_district(index, arguments.region) if arguments.region else None
        found = case_list.due(day, index, arguments.days, arguments.organizer, region)
    if arguments.json:
        listed = [dataclasses.asdict(each) for each in found]
        print_json({"as_of": day.isoformat(), "days": arguments.days, "due": listed})
        return 0
    if found:
        titles = [_("日期"), _("逾期（天）"), _("单位"), _("区划"), _("阶段"), _("态度"), _("做什么"), _("负责人")]
        rows = [
            [
                each.date,
                each.overdue,
                each.name,
                each.region or None,
                _(each.stage or "") or None,
                _(each.attitude or "") or None,
                each.task,
                each.organizer,
            ]
            for each in found
        ]
        print_table(titles, rows)
    print(_("{days} 天之内要联系的：{count} 家").format(days=arguments.days, count=len(found)))
    return 0


def run_sources(arguments: argparse.Namespace) -> int:
    """Which source names how many employers, which pairs may be one; confirm or reject a pair."""
    chosen = arguments.confirm or arguments.reject
    with opened(arguments, _("摸排比对") if chosen else "") as here:
        region = home_district(here.index, arguments.region) if arguments.region else None
        found = sources.matches(here.index, region)
        if chosen:
            match = _match(found, *chosen)
            number = None
            if arguments.confirm:
                number = sources.confirm(match, here.author, here.today, here.index)
            else:
                sources.reject(match, here.author)
        else:
            rows = sources.named(here.index, region)
            present, absent = (COUNT_SOURCE.find(each) or each for each in (arguments.present, arguments.absent))
            left_out = sources.missing(rows, present, absent)
    if chosen:
        told = {"left": match.left, "right": match.right, "confirmed": bool(arguments.confirm), "batch": number}
        done = (
            _("已确认：{left}、{right}") if arguments.confirm else _("已标为不是同一个，以后不再提示：{left}、{right}")
        )
        answer(arguments.json, told | here.afterwards, done.format(left=match.left_name, right=match.right_name))
    elif arguments.json:
        print_json(_sources_object(arguments, rows, left_out, found))
    else:
        _print_sources(arguments, sources.source_counts(rows), left_out, found)
    return 0


def _match(found: list[sources.SourceMatch], left: str, right: str) -> sources.SourceMatch:
    match = next((each for each in found if {each.left, each.right} == {left, right}), None)
    if match is None:
        raise UserError(_("没有这样一对待比对的记录，请用 sources 查看标识。"))
    return match


def _sources_object(
    arguments: argparse.Namespace, rows: list[sources.Named], left_out: list[sources.Named], found: list[sources.SourceMatch]
) -> dict[str, Any]:
    return {
        "sources": sources.source_counts(rows),
        "missing": {
            "present": arguments.present, "absent": arguments.absent,
            "employers": [dataclasses.asdict(each) for each in left_out],
        },
        "matches": [dataclasses.asdict(each) for each in found],
    }  # fmt: skip


def _print_sources(
    arguments: argparse.Namespace, counts: dict[str, int], left_out: list[sources.Named], found: list[sources.SourceMatch]
) -> None:
    if counts:
        print_table([_("来源"), _("单位数")], [[_(source) or _("没有来源"), count] for source, count in counts.items()])
    sentence = _("“{present}”里有、“{absent}”里没有的：{count} 家")
    print(sentence.format(present=arguments.present, absent=arguments.absent, count=len(left_out)))
    print(_("待比对的：{count} 对").format(count=len(found)))
    if found:
        titles = [_("单位"), _("可能是"), _("为什么"), _("相近度"), _("标识"), _("标识")]
        rows = [[each.left_name, each.right_name, each.text, each.score, each.left, each.right] for each in found]
        print_table(titles, rows)
