"""One employer, one file (一企一档): everything that the drive knows of an employer, for a page or a sheet of paper."""

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass
from typing import Any, Literal

from models.drive import list as drive
from models.drive.contacts import contacts_of
from models.drive.ladder import Ladder, facts_of, ladder
from models.drive.moves import steps_of
from models.engine import database
from models.engine.record import Values
from models.errors import UserError
from models.journal.stored import stored
from models.language import _
from models.law import stages
from models.records.catalogue import stored_names
from models.records.drive_case import CasePaper, DriveCase
from models.records.employer import Employer
from models.records.headcount import COUNTS, UPPER, HeadCount
from models.records.setting import setting
from models.records.union import Union
from models.standing.counts import believed, ranks
from models.standing.drive_facts import facts
from models.uid import day_of
from models.values.cleaning import normal_name
from models.values.days import first_day
from models.values.name_order import in_order
from models.values.region_index import RegionIndex

#: Names of employers or unions that a sentence mentions.
_MENTIONED = 5
StepState = Literal["done", "skipped", "present", "ahead"]


@dataclass(frozen=True, slots=True)
class LineStage:
    """A stage as it stands in the case; ``date`` is when it was reached or passed over, if anybody wrote it."""

    stage: stages.Stage
    state: StepState
    date: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper of a stage: ``uid`` is None for one that the stage asks for and that is not there.

    Of such a one the number may be known all the same: then it is not missing.
    """

    stage: str
    name: str
    issuer: str
    uid: str | None = None
    number: str | None = None
    date: str | None = None
    place: str | None = None

    @property
    def missing(self) -> bool:
        """True when the stage asks for it, and neither it nor its number is there."""
        return self.uid is None and not self.number


@dataclass(frozen=True)
class CaseFile:
    """Everything about one employer: ``employer`` and ``case`` are stored values by field name, ``case`` None without one.

    ``counts`` are all head counts, the best believed first, ``by_source`` the newest of each source. ``group`` is the
    place in the
    drive's funnel or why it is left out; ``reason`` says so in words. ``stages`` are the way, and after it where the case
    rests beside it; ``papers`` are those of the stages up to the present one and whatever else is kept.
    """

    employer: Values
    region: str
    group: str
    reason: str
    case: Values | None
    counts: list[Values]
    by_source: dict[str, Values]
    stages: list[LineStage]
    papers: list[PaperLine]
    contacts: list[Values]
    ladder: Ladder | None
    candidates: list[drive.NearUnion]
    union: str | None
    union_name: str | None
    covered_since: str | None

    @property
    def missing_papers(self) -> list[PaperLine]:
        """The papers that are asked for by now and not there."""
        return [each for each in self.papers if each.missing]


def case_file(employer_uid: str, today: dt.date, index: RegionIndex, as_of: dt.date | None = None) -> CaseFile:
    """The file of one employer; with ``as_of`` as it stood on that day, by the facts' own dates.

    What was planned next on a past day is only in the log: then it is blank. UserError when the employer is not there, or
    was not yet known on that day.
    """
    employer = stored(Employer, employer_uid, _("登记册里没有这个单位（可能已经合并或撤销）。请刷新后重新选择。"))
    known = next(iter(facts(as_of, employer=employer_uid)), None)
    if known is None:
        raise UserError(_("到那一天为止，还不知道有这个单位。请换一个日期。"))
    case = _case(employer_uid)
    if as_of is not None and case is not None:
        case = case | {"stage": known["stage"], "next_action": None, "next_action_date": None}
        case = case if _until([case], "opened_on", as_of) else None
    contacts = _until(contacts_of(case["uid"]), "date", as_of) if case else []
    steps = _until(steps_of([case["uid"]]).get(case["uid"], []), "date", as_of) if case else []
    counts = _until(_counts(employer_uid), "as_of", as_of)
    threshold = int(setting("threshold"))
    group = known["left_out"] or drive.group_of(known, threshold)
    climbing = facts_of(case, employer["founding_date"], bool(known["active"]), as_of or today) if case else None
    return CaseFile(
        employer=employer,
        region=index.path(employer["region"]) if employer["region"] else "",
        group=group,
        reason=_reason(group, known, threshold),
        case=case,
        counts=counts,
        by_source=_by_source(counts),
        stages=_line(case, steps) if case else [],
        papers=_papers(case, steps, as_of, known["union_uid"]) if case else [],
        contacts=contacts,
        ladder=ladder(climbing, contacts) if climbing else None,
        candidates=drive.unmatched_unions().near(employer_uid, employer["name"]) if group == "on_list" else [],
        union=known["union_uid"],
        union_name=known["union"],
        covered_since=known["covered_since"],
    )


def _until(found: list[Values], field: str, as_of: dt.date | None) -> list[Values]:
    """Those facts that held by ``as_of``; an undated one from the day on which the register learned of it."""
    if as_of is None:
        return found
    day = as_of.isoformat()
    return [each for each in found if (_day(each[field]) or day_of(each["uid"])) <= day]


def _case(employer_uid: str) -> Values | None:
    names = ("uid", *stored_names(DriveCase))
    row = next(iter(database.fetch_in(DriveCase, "employer", [employer_uid], names)), None)
    return None if row is None else dict(zip(names, row, strict=True))


def _counts(employer_uid: str) -> list[Values]:
    names, order = ("uid", "as_of", "source", *COUNTS, "approximate", *UPPER.values()), ranks()
    found = [
        dict(zip(names, row, strict=True)) for row in database.fetch_in(HeadCount, "subject", [employer_uid], names)
    ]
    return sorted(found, key=lambda each: believed(each, order), reverse=True)


def _day(day: str | None) -> str:
    return first_day(day).isoformat() if day else ""


def _by_source(counts: list[Values]) -> dict[str, Values]:
    found: dict[str, Values] = {}
    for each in counts:
        if each["staff_count"] is not None:
            found.setdefault(each["source"] or "", each)
    return found


def _reason(group: str, known: dict[str, Any], threshold: int) -> str:
    words = {
        "own_union": _("已单独建会"), "joint_union": _("已由联合工会覆盖"), "unknown": _("还不知道人数"),
        "public": _("不是非公单位，不列入"), "gone": _("已注销或停业，不列入"), "taken_off": _("已结案，不再列入"),
    }  # fmt: skip
    if group in words:
        return words[group]
    told = _("{source}{day}：{people}，不足 {threshold} 人") if group == "below" else drive.maybe() if group == "possible" else ""
    return drive.told(known, threshold, told)


def _line(case: Values, steps: list[Values]) -> list[LineStage]:
    """The way with what is known of each stage; a stage beside the way comes last, where the case rests in it."""
    last = {step["stage"]: step for step in steps}
    been = [step["stage"] for step in steps if not step["skipped"] and step["stage"] in stages.WAY]
    come = case["stage"] if case["stage"] in stages.WAY else been[-1] if been else None
    at = stages.WAY.index(come) if come else -1
    found = []
    for place, label in enumerate(stages.WAY):
        step = last.get(label) if place <= at else None
        state: StepState = "ahead" if place > at else "skipped" if step and step["skipped"] else "done"
        if label == case["stage"]:
            state = "present"
        found.append(_line_stage(label, state, step))
    if case["stage"] in stages.ASIDE:
        found.append(_line_stage(case["stage"], "present", last.get(case["stage"])))
    return found


def _line_stage(label: str, state: StepState, step: Values | None) -> LineStage:
    return LineStage(stages.stage_of(label), state, step["date"] if step else None, step["note"] if step else None)


def _papers(case: Values, steps: list[Values], as_of: dt.date | None, union: str | None) -> list[PaperLine]:
    names = ("uid", *stored_names(CasePaper))
    rows = database.fetch_in(CasePaper, "drive_case", [case["uid"]], names)
    kept = _until([dict(zip(names, row, strict=True)) for row in rows], "date", as_of)
    asked = {
        (line.stage.label, paper.name): paper.issuer
        for line in _line(case, steps)
        if line.state in ("done", "present")
        for paper in line.stage.papers
    }
    found = [_kept(each, asked.get((each["stage"], each["name"]), "")) for each in kept]
    there = {(each["stage"], each["name"]) for each in kept}
    numbers = _numbers_given(case, union)
    found += [
        PaperLine(stage, name, issuer, number=numbers.get(name))
        for (stage, name), issuer in asked.items()
        if (stage, name) not in there
    ]
    order = {stage.label: place for place, stage in enumerate(stages.STAGES)}
    wanted = {key: place for place, key in enumerate(asked)}
    return sorted(
        found, key=lambda each: (order.get(each.stage, 99), wanted.get((each.stage, each.name), 99), each.name)
    )


def _numbers_given(case: Values, union: str | None) -> dict[str, str | None]:
    """The numbers of papers that were written elsewhere: at the case, and at the union that covers the employer."""
    held = database.fetch_in(Union, "uid", [union] if union else [], ("approval_number",))
    return {"同意筹建的批复": case["preparation_number"], "成立工会的批复": next((number for (number,) in held), None)}


def _kept(paper: Values, issuer: str) -> PaperLine:
    return PaperLine(
        paper["stage"] or "", paper["name"], issuer, paper["uid"], paper["number"], paper["date"], paper["place"]
    )


def find_employer(text: str, regions: Container[str] | None = None) -> str:
    """The employer (uid) that a person means by a uid, a credit code or a name, whole or in part; UserError otherwise.

    ``regions``: only one in these regions (uids) is meant by its name.
    """
    return _find(Employer, text, _("单位"), regions)


def find_union(text: str) -> str:
    """The union (uid) that a person means by a uid, a credit code or a name, whole or in part; UserError otherwise."""
    return _find(Union, text, _("工会"))


def _find(
    record: type[Employer] | type[Union], text: str, what: str, regions: Container[str] | None = None
) -> str:
    for name in ("uid", "credit_code", "name"):
        exact = [row[0] for row in database.fetch_in(record, name, [text], ("uid",))]
        if len(exact) == 1:
            return str(exact[0])
    wanted = normal_name(text)
    near = [
        (row.name, row.uid)
        for row in record.select(record.uid, record.name, record.region)
        if wanted and wanted in normal_name(row.name) and (regions is None or row.region in regions)
    ]
    found = [each for each in near if normal_name(each[0]) == wanted] or near
    if len(found) == 1:
        return str(found[0][1])
    if not found:
        raise UserError(_("登记册里没有{what}“{text}”。").format(what=what, text=text))
    names = _("、").join(name for name, _uid in in_order(found, lambda each: each[0])[:_MENTIONED])
    sentence = _("有几个{what}符合“{text}”：{names}。请写全称或记录标识。")
    raise UserError(sentence.format(what=what, text=text, names=names))
