"""``case``: one employer, one file; and what is done with it: moved, contacted, founded, closed."""

import argparse
import dataclasses
import re
from collections.abc import Sequence
from typing import Any

from cli.opening import Opened, opened
from cli.output import UNKNOWN, exported, print_json, print_table
from models.drive import cases, contacts, founding
from models.drive import moves as case_moves
from models.drive.case_file import CaseFile, case_file, find_employer, find_union
from models.drive.case_list import assign
from models.engine import database
from models.engine.record import Values
from models.errors import UserError
from models.language import _
from models.law import stages
from models.records.drive_case import Contact, DriveCase
from models.records.employer import Employer
from models.records.headcount import counted_text
from models.records.region import home_district, load_index
from models.values.columns import Column, columns_of
from models.values.masking import showers

#: Between two fields of one option: way=电话,person_met=周示例
_BETWEEN = re.compile(r"[,，](?=\s*[a-z_]+=)")
#: Facts of an employer that head its file at a terminal.
_HEAD = (
    "credit_code", "nature", "industry", "address", "legal_representative", "contact", "phone", "founding_date", "operating",
)  # fmt: skip


def run_case(arguments: argparse.Namespace) -> int:
    """Show the file of an employer; with one of the options for it, do something with its case first."""
    doing = _doing(arguments)
    with opened(arguments, _("建会台账") if doing else "") as here:
        region = home_district(here.index, arguments.region) if arguments.region else None
        employer = find_employer(arguments.name, here.index.below(region) if region else None)
        told: dict[str, Any] = {}
        if doing:
            with database.transaction():  # the case is not opened either when it cannot be done
                told = _done(arguments, _case(employer, here), here)
        index = load_index(arguments.as_of) if arguments.as_of else here.index
        found = case_file(employer, here.today, index, arguments.as_of)
    if arguments.json:
        print_json(_object(found) | told | here.afterwards)
    else:
        _print_file(found)
        for sentence in (*told.get("warnings", ()), *(each["text"] for each in told.get("suggestions", ()))):
            print(_("提示：{sentence}").format(sentence=sentence))
    return 0


def _doing(arguments: argparse.Namespace) -> bool:
    names = ("move", "take_back", "contact", "paper", "close", "reopen", "found", "join", "organizer")
    return any(getattr(arguments, name) for name in names)


def _case(employer: str, here: Opened) -> str:
    """The employer's case (uid); opened first when it is due. UserError when the employer has none."""
    cases.reconcile(here.today, here.author, here.index)
    case = case_file(employer, here.today, here.index).case
    if case is None:
        raise UserError(_("这个单位不在应建未建名单上，没有建会台账。"))
    return str(case["uid"])


def _done(arguments: argparse.Namespace, case: str, here: Opened) -> dict[str, Any]:
    """Do the one thing that the options ask for; returns what there is to tell besides the file."""
    date = arguments.date or here.today.isoformat()
    if arguments.move:
        skip = stages.WAY if arguments.skip else ()
        note, number = arguments.note or "", arguments.number or ""
        case_moves.move(case, arguments.move, date, here.author, note=note, skip=skip, number=number)
    elif arguments.take_back:
        case_moves.take_back(case, here.author)
    elif arguments.contact:
        following = _fields(arguments.next) | ({"organizer": arguments.organizer} if arguments.organizer else {})
        done = contacts.add_contact(case, {"date": date, **_fields(arguments.contact)}, here.author, following)
        return {"contact": done.uid, "suggestions": [dataclasses.asdict(each) for each in done.suggestions]}
    elif arguments.paper:
        case_moves.add_paper(case, _fields(arguments.paper), here.author)
    elif arguments.close:
        case_moves.close(case, arguments.close, date, here.author, here.today, note=arguments.note or "")
    elif arguments.reopen:
        case_moves.reopen(case, date, here.author)
    elif arguments.found or arguments.join:
        return _founded(arguments, case, date, here)
    else:
        assign([case], arguments.organizer, here.author)
    return {}


def _founded(arguments: argparse.Namespace, case: str, date: str, here: Opened) -> dict[str, Any]:
    if arguments.join:
        done = founding.join_existing(case, find_union(arguments.join), date, here.author, here.today)
    else:
        others = [_case(find_employer(name), here) for name in arguments.together or ()]
        values = founding.proposed([case, *others], here.index) | {"name": arguments.found, "founding_date": date}
        given = _fields(arguments.set)
        if given.get("parent"):
            given["parent"] = find_union(given["parent"])
        if given.get("region"):
            given["region"] = _region(given["region"], here)
        values |= given
        if others:
            done = founding.found_joint([case, *others], values, here.author, here.today)
        else:
            done = founding.found_union(case, values, here.author, here.today)
    return {"union_uid": done.union, "batch": done.batch, "warnings": done.warnings}


def _region(name: str, here: Opened) -> str:
    found = here.index.resolve(name).uid
    if found is None:
        raise UserError(_("找不到区划“{name}”，请写全称，例如“沙坪坝区小龙坎街道”。").format(name=name))
    return found


def _fields(written: Sequence[str] | None) -> dict[str, str]:
    """The fields of options such as ``way=电话,person_met=周示例``. UserError for a part without a name."""
    found: dict[str, str] = {}
    for part in (each for text in written or () for each in _BETWEEN.split(text)):
        name, equals, value = part.partition("=")
        if not equals:
            raise UserError(_("“{part}”要写成 字段=内容，例如 way=电话。").format(part=part))
        found[name.strip()] = value.strip()
    return found


def _exported(columns: Sequence[Column], values: Values) -> dict[str, Any]:
    return exported(columns, values, masked=True)


def _object(found: CaseFile) -> dict[str, Any]:
    """The file as JSON: stored fields under their names, numbers masked."""
    employer = _exported(columns_of(Employer), found.employer) | {"region": found.region}
    case = None
    if found.case is not None:
        case = _exported(columns_of(DriveCase), found.case) | {"employer": found.employer["name"]}
    ladder = found.ladder
    return {
        "employer": employer, "group": found.group, "why": found.reason, "case": case,
        "union": found.union_name, "covered_since": found.covered_since,
        "stages": [
            {"stage": each.stage.label, "state": each.state, "date": each.date, "note": each.note} for each in found.stages
        ],
        "papers": [dataclasses.asdict(each) | {"missing": each.missing} for each in found.papers],
        "contacts": [_exported(columns_of(Contact), each) for each in found.contacts],
        "counts": found.counts,
        "ladder": None if ladder is None else {
            "next": ladder.next_rung.key if ladder.next_rung else None, "warning": ladder.warning,
            "readings": [dataclasses.asdict(each) for each in ladder.readings],
            "rungs": [
                {
                    "key": each.rung.key, "name": each.rung.name, "task": each.rung.task, "basis": each.rung.basis,
                    "state": each.state, "why": each.why, "taken_on": each.taken_on, "paper_number": each.paper_number,
                }
                for each in ladder.rungs
            ],
        },
        "candidates": [dataclasses.asdict(each) for each in found.candidates],
    }  # fmt: skip


def _print_file(found: CaseFile) -> None:
    print(found.employer["name"] + (_("（{region}）").format(region=found.region) if found.region else ""))
    print(found.reason)
    columns = [
        column for column in columns_of(Employer) if column.name in _HEAD and found.employer[column.name] is not None
    ]
    for column, show in zip(columns, showers(columns), strict=True):
        print("  " + _("{what}：{said}").format(what=column.title, said=show(found.employer[column.name])))
    if found.union_name:
        print(_("  工会：{union}（{since} 起）").format(union=found.union_name, since=found.covered_since or UNKNOWN))
    for each in found.candidates:
        print(_("  名称相近的工会：{name}").format(name=each.name))
    for source, count in found.by_source.items():
        print(_("  人数：{count}（{source} {day}）").format(
            count=counted_text(count["staff_count"], count["staff_count_upper"], count["approximate"]), source=_(source
            or "") or UNKNOWN, day=count["as_of"] or UNKNOWN))  # fmt: skip
    if found.case is not None:
        _print_case(found, found.case)


def _print_case(found: CaseFile, case: Values) -> None:
    names = (
        "stage", "attitude", "organizer", "opened_on", "opened_with", "preparation_start", "preparation_number", "next_action",
        "next_action_date", "closed_on", "closed_because",
    )  # fmt: skip
    columns = [column for column in columns_of(DriveCase) if column.name in names and case[column.name] is not None]
    for column, show in zip(columns, showers(columns), strict=True):
        print("  " + _("{what}：{said}").format(what=column.title, said=show(case[column.name])))
    words = {"done": _("完成"), "skipped": _("跳过"), "present": _("现在"), "ahead": ""}
    print_table(
        [_("阶段"), _("日期"), _("情况"), _("要做的事")],
        [[_(each.stage.label), each.date, words[each.state] or None, _(each.stage.task)] for each in found.stages],
    )
    missing = found.missing_papers
    if missing:
        named = (_("{name}（{stage}）").format(name=_(each.name), stage=_(each.stage)) for each in missing)
        print(_("还缺的材料：{names}").format(names=_("、").join(named)))
    if found.contacts:
        shown = [
            column
            for column in columns_of(Contact)
            if column.name in ("date", "way", "person_met", "attitude", "outcome")
        ]
        texts = showers(shown)
        rows = [
            [text(each[column.name]) or None for column, text in zip(shown, texts, strict=True)]
            for each in found.contacts
        ]
        print_table([column.title for column in shown], rows)
    if found.ladder is not None and found.ladder.next_rung is not None:
        rung = found.ladder.next_rung
        print(_("建议下一步：{name}。{task}（{basis}）").format(name=_(rung.name), task=_(rung.task), basis=_(rung.basis)))
        print(_(found.ladder.warning))
