"""A case's way through the stages: moved on, stages passed over, a step taken back, papers kept. Each is one batch."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from models.engine import database
from models.engine.record import Values
from models.errors import UserError
from models.journal.stored import stored
from models.journal.typed import happened, past_day, typed
from models.journal.writer import Author, Writer, batch
from models.language import _
from models.law import stages
from models.records.catalogue import stored_names
from models.records.drive_case import CasePaper, CaseStep, DriveCase
from models.records.employer import Coverage, Employer
from models.uid import new_uid
from models.values.columns import Plain

#: What a person writes about a paper.
PAPER_FIELDS = ("stage", "name", "number", "date", "place")


def case_values(case_uid: str) -> Values:
    """A case as the register holds it, with its ``uid``. UserError when it is not there."""
    return stored(DriveCase, case_uid, _("登记册里没有这个建会台账（可能已经撤销或合并）。请刷新后重新选择。"))


def steps_of(case_uids: Iterable[str]) -> dict[str, list[Values]]:
    """The steps of each case in the order in which they were made, passed-over stages among them."""
    names = ("uid", *stored_names(CaseStep))
    found: dict[str, list[Values]] = {}
    for row in sorted(database.fetch_in(CaseStep, "drive_case", case_uids, names)):
        step = dict(zip(names, row, strict=True))
        found.setdefault(step["drive_case"], []).append(step)
    return found


def move(
    case_uid: str,
    stage: str,
    date: Plain,
    author: Author,
    *,
    note: str = "",
    skip: Iterable[str] = (),
    number: str = "",
) -> None:
    """Move a case to ``stage``, reached on ``date`` (a day, a month or a year).

    ``skip`` names the stages between that were passed over; ``number`` is the approval's, for 筹建中. UserError for a
    stage that cannot follow, a stage between that is not named, a date before the last step's or after today, and a case
    that is closed.
    """
    case = case_values(case_uid)
    steps = steps_of([case_uid]).get(case_uid, [])
    wanted = typed(CaseStep, {"stage": stage, "date": date, "note": note or None})
    label = str(wanted["stage"])
    _check_move(case, label, steps)
    _check_date(wanted["date"], steps)
    passed = _passed(label, reached(case, steps), set(skip))
    with batch("case", author, {"case": case_uid, "stage": label}) as writer:
        write_move(writer, case, steps, label, wanted["date"], passed, wanted["note"])
        if label == stages.PREPARING:
            start = {"preparation_start": case["preparation_start"] or wanted["date"]}
            change(writer, case, start | ({"preparation_number": number} if number else {}))


def passed_by(case_uid: str, stage: str) -> tuple[str, ...]:
    """The stages that moving a case to ``stage`` would pass over; a person is asked about them first."""
    come = reached(case_values(case_uid), steps_of([case_uid]).get(case_uid, []))
    return stages.between(come or stages.FIRST, stage)


def write_move(
    writer: Writer,
    case: Values,
    steps: list[Values],
    stage: str,
    date: Any,
    passed: Iterable[str] = (),
    note: Any = None,
) -> None:
    """Write the steps of a move and the case's stage, within a batch; ``case`` then holds the stage."""
    if not steps and case["stage"] and case["stage"] != stage:
        _step(writer, case, case["stage"], None)  # came with a list: nobody wrote when that stage was reached
    for each in passed:
        _step(writer, case, each, date, skipped=1)
    _step(writer, case, stage, date, note=note)
    change(writer, case, {"stage": stage})


def change(writer: Writer, case: Values, wanted: Mapping[str, Any]) -> None:
    """Change fields of a case within a batch, those that differ; ``case`` then holds them."""
    changes = {name: (case[name], value) for name, value in wanted.items() if case[name] != value}
    if changes:
        writer.update(DriveCase, case["uid"], changes)
        case.update({name: after for name, (_before, after) in changes.items()})


def _step(writer: Writer, case: Values, stage: str, date: Any, skipped: int | None = None, note: Any = None) -> None:
    values = {
        "uid": new_uid(),
        "drive_case": case["uid"],
        "stage": stage,
        "date": date,
        "skipped": skipped,
        "note": note,
    }
    writer.create(CaseStep, values)


def reached(case: Values, steps: list[Values]) -> str | None:
    """The furthest stage of the way that a case has come to; what is beside the way leads back to it."""
    if case["stage"] in stages.WAY:
        return str(case["stage"])
    been = [step["stage"] for step in steps if step["stage"] in stages.WAY and not step["skipped"]]
    return been[-1] if been else None


def _check_move(case: Values, stage: str, steps: list[Values]) -> None:
    if case["stage"] == stage:
        raise UserError(_("已经在“{stage}”这个阶段了。").format(stage=_(stage)))
    if case["closed_on"] and not (case["closed_because"] == stages.BUILT and stage == stages.ORDERLY):
        raise UserError(_("这个台账已经结案（{reason}），请先重新打开。").format(reason=_(case["closed_because"] or "")))
    if stage == stages.ORDERLY and case["stage"] != stages.BUILT:
        raise UserError(_("还没有建会，不能转到“规范运行”。"))
    if stage == stages.BUILT and not _covered(case["employer"]):
        raise UserError(_("还没有工会覆盖这个单位。请用“成立工会”或“加入已有工会”，阶段会一起改。"))
    come = reached(case, steps)
    if come and stage in stages.WAY and stages.WAY.index(stage) < stages.WAY.index(come):
        raise UserError(_("“{stage}”在“{reached}”之前。要退回，请用“退回上一步”。").format(stage=_(stage), reached=_(come)))


def _covered(employer: str) -> bool:
    return Coverage.select().where(Coverage.employer == employer, Coverage.until.is_null()).exists()


def _check_date(date: Any, steps: list[Values]) -> None:
    if date is None:
        raise UserError(_("请写明到这个阶段的日期。"))
    happened(CaseStep, "date", date, dt.date.today())
    before = [step["date"] for step in steps if step["date"]]
    if before and surely_before(date, before[-1]):
        raise UserError(_("日期 {date} 早于上一步的日期 {before}，请核对。").format(date=date, before=before[-1]))


def surely_before(day: str, other: str) -> bool:
    """True when a stored day lies before another, whatever is unknown of either: 2024-05 is not surely before 2024-05-10."""
    known = min(len(day), len(other))
    return day[:known] < other[:known]


def turned_on(case: Values, steps: Iterable[Values], fact: str | None, today: str) -> str:
    """The day on which a case ends or opens again: that of the ``fact`` that makes it so, as it is known.

    It is ``today`` where no fact has a day, or where the case was opened or moved after it: the register
    learned of the fact only then.
    """
    passed = [case["opened_on"], *(step["date"] for step in steps)]
    if fact is None or fact > today or any(day and surely_before(fact, day) for day in passed):
        return today
    return fact


def _passed(stage: str, start: str | None, skip: set[str]) -> tuple[str, ...]:
    """The stages that are passed over; UserError names those between that the person did not."""
    open_ones = stages.between(start or stages.FIRST, stage)
    left = [each for each in open_ones if each not in skip]
    if left:
        sentence = _("中间还有“{stages}”。请逐步办理，或者注明跳过这些阶段。")
        raise UserError(sentence.format(stages=_("、").join(_(each) for each in left)))
    return open_ones


def take_back(case_uid: str, author: Author) -> str:
    """Take the last step back, with the stages that it passed over; returns the stage that the case is in again.

    UserError when there is no step before, or when the case was closed by the union's founding.
    """
    case = case_values(case_uid)
    steps = steps_of([case_uid]).get(case_uid, [])
    real = [place for place, step in enumerate(steps) if not step["skipped"]]
    if case["closed_on"]:
        raise UserError(_("这个台账已经结案，不能退回一步。建会登记错了，请撤销那个批次。"))
    if len(real) < 2:
        raise UserError(_("前面没有可以退回的步骤。"))
    before, last = steps[real[-2]], steps[real[-1]]
    with batch("case", author, {"case": case_uid, "taken_back": last["stage"]}) as writer:
        for step in steps[real[-2] + 1 :]:
            writer.remove([(CaseStep, step)])
        back: Values = {"stage": before["stage"]}
        if last["stage"] == stages.PREPARING and case["preparation_start"] == last["date"]:
            back |= {"preparation_start": None, "preparation_number": None}
        change(writer, case, back)
    return str(before["stage"])


def close(case_uid: str, reason: str, date: Plain, author: Author, today: dt.date, *, note: str = "") -> None:
    """Close a case by hand: the employer is off the list until the case is opened again, or a newer count calls it back.

    With 注销 the employer is kept as no longer operating. UserError for an unknown reason, 已建会 (that is what founding a
    union does), a day after today, and a case that is closed already.
    """
    case = case_values(case_uid)
    wanted = typed(DriveCase, {"closed_because": reason, "closed_on": date})
    if case["closed_on"]:
        raise UserError(_("这个台账已经结案。"))
    if wanted["closed_on"] is None or wanted["closed_because"] is None:
        raise UserError(_("结案要写明日期和原因。"))
    past_day(DriveCase, "closed_on", wanted["closed_on"], today)
    if wanted["closed_because"] == stages.BUILT:
        raise UserError(_("建会的结案请用“成立工会”或“加入已有工会”。"))
    steps = steps_of([case_uid]).get(case_uid, [])
    with batch("case", author, {"case": case_uid, "closed": wanted["closed_because"]}) as writer:
        if case["stage"] != stages.OFF:
            write_move(writer, case, steps, stages.OFF, wanted["closed_on"], (), note or None)
        change(writer, case, wanted)
        if wanted["closed_because"] == "注销":
            _deregister(writer, case["employer"], wanted["closed_on"])


def _deregister(writer: Writer, employer: str, date: Any) -> None:
    ((operating, closed_on),) = database.fetch_in(Employer, "uid", [employer], ("operating", "closed_on"))
    wanted = {"operating": (operating, 0), "closed_on": (closed_on, closed_on or date)}
    changes = {name: (was, will) for name, (was, will) in wanted.items() if was != will}
    if changes:
        writer.update(Employer, employer, changes)


def reopen(case_uid: str, date: Plain, author: Author) -> None:
    """Open a closed case again, in the stage that it had reached.

    UserError when it is open, when its union is there, and for a day after today.
    """
    case = case_values(case_uid)
    day = typed(CaseStep, {"date": date})["date"]
    happened(CaseStep, "date", day, dt.date.today())
    if not case["closed_on"]:
        raise UserError(_("这个台账没有结案。"))
    if case["closed_because"] == stages.BUILT and _covered(case["employer"]):
        raise UserError(_("这个单位已有工会覆盖，不能重新打开。如果建会登记错了，请撤销那个批次。"))
    with batch("case", author, {"case": case_uid, "reopened": True}) as writer:
        write_reopening(writer, case, steps_of([case_uid]).get(case_uid, []), day)


def write_reopening(writer: Writer, case: Values, steps: list[Values], date: Any) -> None:
    """Open a closed case again within a batch; a stage that says built or off the list gives way to the one before."""
    if case["stage"] in (stages.BUILT, stages.ORDERLY, stages.OFF):
        been = [each["stage"] for each in steps if not each["skipped"] and each["stage"] in _OPEN]
        write_move(writer, case, steps, been[-1] if been else stages.FIRST, date, (), _("重新列入"))
    change(writer, case, {"closed_on": None, "closed_because": None})


#: Stages that an open case can be in.
_OPEN = frozenset(stages.WAY) - {stages.BUILT, stages.ORDERLY} | {"暂缓"}


def add_paper(case_uid: str, given: Mapping[str, Plain], author: Author) -> str:
    """Keep a paper of a case and return its uid.

    UserError without a name, with a value that cannot be read, and for a day after today.
    """
    case = case_values(case_uid)
    values = typed(CasePaper, given, PAPER_FIELDS)
    happened(CasePaper, "date", values.get("date"), dt.date.today())
    if not values.get("name"):
        raise UserError(_("请写明材料名称。"))
    values.setdefault("stage", case["stage"])
    uid = new_uid()
    with batch("case", author, {"case": case_uid}) as writer:
        writer.create(CasePaper, {"uid": uid, "drive_case": case_uid, **values})
    return uid


def change_paper(uid: str, given: Mapping[str, Plain], author: Author) -> None:
    """Change fields of a paper. UserError when it is not there, a value cannot be read, or its day is after today."""
    values = typed(CasePaper, given, PAPER_FIELDS)
    happened(CasePaper, "date", values.get("date"), dt.date.today())
    held = _paper(uid)
    changes = {name: (held[name], value) for name, value in values.items() if held[name] != value}
    if changes:
        with batch("case", author, {"case": held["drive_case"]}) as writer:
            writer.update(CasePaper, uid, changes)


def remove_paper(uid: str, author: Author) -> None:
    """Remove a paper. UserError when it is not there."""
    held = _paper(uid)
    with batch("case", author, {"case": held["drive_case"]}) as writer:
        writer.remove([(CasePaper, held)])


def _paper(uid: str) -> Values:
    return stored(CasePaper, uid, _("登记册里没有这份材料（可能已经移除）。请刷新后重新选择。"))
