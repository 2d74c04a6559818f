"""What a row of a worker roster does: to the person, to the membership, and to the employer and union it names.

A member is a person with an open event 入会 or 转入 at a union. A person has one membership: somebody whom another union
holds is a question to a person (会籍管理办法 2016, article 3), never moved by an import alone.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from importers.plan import answers, leaving, matching
from importers.plan.blanks import apply_policies
from importers.plan.choosing import chosen
from importers.plan.context import SheetContext
from importers.plan.naming import is_covered
from importers.plan.ours import without_derived
from importers.plan.poorer import poorer
from importers.plan.steps import Create, Facts, Step, Update
from importers.plan.world import World
from importers.rows.rows import Row
from models.engine.record import Values
from models.own_names import is_own
from models.records.catalogue import stored_names
from models.records.membership import DERIVED, HOLDING, Event, MembershipEvent, standing
from models.records.worker import Worker
from models.uid import new_uid, new_uids
from models.values.columns import Stored, column_of
from models.values.id_kinds import phones
from models.values.names import is_union_name
from models.values.problems import Problem, problem

#: What a written membership state says happened, where no change type is written.
EVENTS_OF_STATE = {
    "在册": ("入会",), "保留": ("入会", "保留"), "转出": ("入会", "转出"), "退会": ("入会", "退会"), "除名": ("入会", "除名"),
    "去世": ("入会", "退会"), "待落会籍": ("入会",), "申请中": ("申请",),
}  # fmt: skip
#: States of somebody who is no member: they take no membership away.
OUTSIDE = ("未入会", "申请中")
OPENING = ("入会", "转入")
_NAME = column_of(Worker, "name")
_BEGINNING = ("申请", *OPENING)
#: What a row says of its person's work and membership beside days: the same words mean the same in all rows of a sheet.
SHARED = ("employer", "employer_credit_code", "union", "residence_region", "change_type", "change_reason", "membership_state")
#: Fields that a blank cell may not clear: what a person is known by, and what is no field of the person's own.
_LASTING = frozenset({"name", "id_number"})
#: Fields that hold what a cell says: not those whose cells name another record, and that hold its uid.
_SAID = frozenset(stored_names(Worker)) - {"employer", "residence_region"}

#: Fields of a membership event under other names in a roster; its day stands in one of two.
_CELLS = {"reason": "change_reason"}

#: Of each event the union, the type, the field of its day, and the reason.
Told = tuple[tuple[str | None, str, str | None, str | None], ...]


class RowFrame(NamedTuple):
    """What rows have in common that say the same of work and membership, whoever they speak of.

    Uids of employer and region; what is told of membership; what is to be noted of each row.
    """

    employer: str | None
    residence: str | None
    events: Told
    notes: tuple[Problem, ...]


def days_said(joined: Stored, changed: Stored) -> int:
    """Which of a row's two days it has, and whether they are one."""
    return (joined is not None) + 2 * (changed is not None) + 4 * (joined == changed)


def step(row: Row, world: World, context: SheetContext) -> Step:
    """Plan one row of a roster, as a person answered for it."""
    answer = context.answers.get(row.number, "")
    row = answers.accepted(row, answer)
    values = row.values
    problems = [each.as_level("question") if _names_nobody(each, values) else each for each in row.problems]
    made = Step(row, "refused", str(values.get("name") or ""), problems=problems)
    made.suggestion = answers.likely(row, world)
    if made.suggestion is not None:
        problems.append(problem("id-likely", "id_number"))
    if row.refused and answers.named(answer) not in world.workers:
        return made
    employer = _employer(values, world, context, problems)
    match = _who(row, values, answer, employer, world)
    if match.question is not None and (answer != answers.UPDATE or match.uid is None):
        made.suggestion = made.suggestion or match.uid
        return _asked(made, match.question)
    held = world.worker(match.uid) if match.uid is not None else {}
    if poorer(_NAME, held.get("name"), values.get("name")):
        # who is meant is known, by a number: what stands for the name is told as what it is
        problems[:] = [each for each in problems if each.code != "name-unsure"]
    told = _told_of_membership(values, employer, held, answer, world, context, problems)
    if told is None:
        made.action = "conflict"
        return made
    union, residence, events = told
    if not events and not held:
        # a union that nobody is put into is not registered either
        problems[:] = [each for each in problems if each.code != "union-created"]
    wanted = wanted_of(values, None if _own_union_said(values, held, union) else employer, residence)
    if match.uid is None:
        return _new(made, wanted, events, world)
    named = union if values.get("union") is not None else None
    return _known(made, match.uid, wanted, events, named, world, context)


def frame_of(values: Values, world: World, context: SheetContext) -> RowFrame | None:
    """What a row says beside the person, where somebody new would be taken in without a question or a warning; else None.

    Rows that agree in ``SHARED`` and in ``days_said`` have it in common. A unit that nobody knows is noted to be founded.
    """
    problems: list[Problem] = []
    employer = _employer(values, world, context, problems)
    told = _told_of_membership(values, employer, {}, "", world, context, problems)
    if told is None or any(each.level != "note" for each in problems):
        return None
    _union, residence, events = told
    if _unplaced(events):
        problems.append(problem("union-unknown"))
    days = {values.get(name): name for name in ("change_date", "join_date")}
    kept = tuple((each["union"], each["type"], days[each["date"]] if each["date"] else None, each["reason"]) for each in events)
    return RowFrame(employer, residence, kept, tuple(problems))


def _told_of_membership(
    values: Values, employer: str | None, held: Values, answer: str, world: World, context: SheetContext, problems: list[Problem]
) -> tuple[str | None, str | None, list[Values]] | None:
    """The union, the place and the events that a row tells of; None, with the question among the problems, where it is asked."""
    union = _union(values, employer, world, context, problems)
    if matching.asked(problems):
        return None
    residence = matching.place(values.get("residence_region"), world, problems, "residence_region")
    events = _events(values, union, context)
    question = None if answer in leaving.ANSWERS else leaving.contrary(values, events, held, problems, context)
    if question is not None:
        problems.append(question)
        return None
    events = leaving.answered(answer, values, events, union or held.get("union"))
    problems += filter(None, (leaving.unused_union(values, events, held, union), leaving.unsaid_change(values)))
    return union, residence, events


def _names_nobody(each: Problem, values: Values) -> bool:
    """True for what is no name of a person; 王某 is one that is covered, and only told."""
    return each.code == "name-unsure" and not is_covered(str(values.get("name")))


def is_said(name: str) -> bool:
    """True for a field that holds what a row's cell says of the person."""
    return name in _SAID or is_own(name)


def _said(values: Values) -> Values:
    """What the row says of the person's own fields."""
    return {name: value for name, value in values.items() if value is not None and is_said(name)}


def wanted_of(values: Values, employer: str | None, residence: str | None) -> Values:
    """What a person's record is to hold after a row."""
    wanted = _said(values)
    wanted |= {"employer": employer} if employer else {}
    return wanted | ({"residence_region": residence} if residence else {})


def _who(row: Row, values: Values, answer: str, employer: str | None, world: World) -> matching.RecordMatch:
    """Whom the row means: whom a person named, nobody yet if they said so, else who is found."""
    named = answers.named(answer) or (row.key if answer != "new" else "")
    if named and world.knows(named):
        return matching.RecordMatch(named)
    if answer == "new":
        return matching.RecordMatch()
    match = matching.person(values, world)
    if match.uid is None and match.question is None:
        twin = _says_nothing_new(values, employer, world)
        match = matching.RecordMatch(twin) if twin else matching.namesake(values, employer, world)
    return match


def _asked(made: Step, question: Problem) -> Step:
    made.action = "conflict"
    made.problems.append(question)
    return made


def _employer(values: Values, world: World, context: SheetContext, problems: list[Problem]) -> str | None:
    name = values.get("employer")
    if name is None and context.organization and not is_union_name(context.organization):
        name = context.organization
    if name is not None and is_union_name(str(name)):
        return matching.employer_by_union_name(name, world)
    return matching.employer(name, values.get("employer_credit_code"), world, problems)


def _own_union_said(values: Values, held: Values, union: str | None) -> bool:
    """True where the union that a person is at stands in the place of the employer, which nobody knows: no news of it."""
    unknown = bool(held) and held.get("employer") is None
    return unknown and union is not None and held.get("union") == union and is_union_name(str(values.get("employer") or ""))


def _union(
    values: Values, employer: str | None, world: World, context: SheetContext, problems: list[Problem]
) -> str | None:
    name = values.get("union")
    written_as_employer = values.get("employer")
    if name is None and written_as_employer is not None and is_union_name(str(written_as_employer)):
        name = written_as_employer
    if name is None and context.union:
        return context.union
    if name is None and context.organization and is_union_name(context.organization):
        name = context.organization
    if name is not None:
        return matching.union(name, None, world, problems)
    return matching.only_union(employer, world)


def _events(values: Values, union: str | None, context: SheetContext) -> list[Values]:
    """The events that the row tells of, oldest first; empty when it speaks of no membership."""
    joined, changed = values.get("join_date"), values.get("change_date")
    change, state = values.get("change_type"), values.get("membership_state")
    kinds: tuple[str, ...]
    if change == "申请":
        kinds = ("申请",)
    elif change is not None:
        transferred = change == "转入" and changed is not None and changed != joined
        alone = joined is None or (change in OPENING and not transferred)
        kinds = (str(change),) if alone else ("入会", str(change))
    elif state is not None:
        kinds = EVENTS_OF_STATE.get(str(state), ())
    else:
        kinds = ("入会",) if joined or context.members or (changed and values.get("union") is not None) else ()
        changed = None  # of some change that the row does not name
    events: list[Values] = []
    for kind in kinds:
        date = changed if kind == change and changed else joined or changed
        reason = values.get("change_reason") if kind == kinds[-1] else None
        events.append({"union": union, "type": kind, "date": date if kind in _BEGINNING else changed, "reason": reason})
    if kinds == ("入会", "转入"):
        # whoever was taken over from elsewhere joined at a union that the row does not name
        events[0]["union"] = None
    return events


def _outside(row: Row) -> str | None:
    """The field in which a row says that the person is no member, or not yet; None when it does not."""
    change = row.value("change_type")
    if change is not None:
        return "change_type" if change == "申请" else None
    return "membership_state" if row.value("membership_state") in OUTSIDE else None


def _says_nothing_new(values: Values, employer: str | None, world: World) -> str | None:
    """A row without a number that agrees in everything with a person of the name: that person, so nothing changes.

    Two such rows of one sheet are two people: nothing but the name says that they are one.
    """
    if values.get("id_number") is not None:
        return None
    said = _said(values)
    said |= {"employer": employer} if employer else {}
    free = world.namesakes.unspoken(str(values["name"]), said, world.spoken)
    return next((uid for uid in free if said.items() <= world.worker(uid).items()), None)


def _new(made: Step, wanted: Values, events: list[Values], world: World) -> Step:
    newcomer = created(new_uids(1 + len(events)), wanted, events)
    made.action, made.target = "new", newcomer.values["uid"]
    made.writes = [newcomer]
    if _unplaced(events):
        made.problems.append(problem("union-unknown"))
    world.welcome(newcomer.values, newcomer)
    world.spoken.add(made.target)
    return made


def created(uids: Sequence[str], wanted: Values, events: Sequence[Values]) -> Create:
    """A person to create with their events; ``uids``: the person's first, then each event's."""
    facts: Facts = [
        (MembershipEvent, {"uid": uid, "worker": uids[0]} | event) for uid, event in zip(uids[1:], events, strict=True)
    ]
    return Create.packed(Worker, {"uid": uids[0]} | wanted, facts)


def _unplaced(events: Sequence[Values]) -> bool:
    """True when somebody becomes a member of a union that nobody names."""
    return bool(events) and events[-1]["union"] is None and events[-1]["type"] != "申请"


def _known(
    made: Step, uid: str, wanted: Values, events: list[Values], named: str | None, world: World, context: SheetContext
) -> Step:
    held = world.worker(uid)
    made.target = uid
    if context.ours:
        wanted = without_derived("workers", wanted, held, made.row)
        if held.get("membership_state") and made.row.value("membership_state") in (None, held["membership_state"]):
            events = [each for each in events if each["date"] is not None]  # a state that is held tells of no more than that
    if held.get("membership_state") in HOLDING and (column := _outside(made.row)):
        told = problem("state-contradicts", column, written=made.row.value(column), state=held["membership_state"])
        made.problems.append(told)
        events, named = [], None
    union = events[-1]["union"] if events else named
    if union and held.get("union") not in (None, union) and held.get("membership_state") in HOLDING:
        answer, name = context.answers.get(made.number, ""), str(world.unions.held[held["union"]]["name"])
        moved = answers.transfer(made, held, events, world) if answer == "transfer" and events else None
        if moved is not None:
            events = moved
        elif answer == "keep":
            events = []
        else:
            code = "transfer-too-early" if answer == "transfer" and events else "held-by-other-union"
            return _asked(made, problem(code, "union", union=name))
    changes = chosen(made, Worker, uid, _changes(held, wanted, made.row, context), context, index=world.index)
    if changes:
        made.writes.append(Update(Worker, uid, changes))
        if "id_number" in changes:
            world.by_id.pop(str(held.get("id_number")), None)
        held.update({name: after for name, (_before, after) in changes.items()})
        world.add_worker(held)
    world.spoken.add(uid)
    told_of: list[Values] = []
    for event in events:
        told_of.append(_told(made, uid, event, told_of, events, world, context))
    made.action = "updated" if made.writes else "same"
    if any(write.record is MembershipEvent for write in made.writes):
        events_of = [Event(each["union"], each["type"], each["date"], each["reason"]) for each in world.events[uid]]
        held.update(zip(DERIVED, standing(events_of).values(), strict=True))
    return made


def _changes(held: Values, wanted: Values, row: Row, context: SheetContext) -> dict[str, tuple[Any, Any]]:
    """What the row changes of a person: blanks never erase unless the column is said to clear."""
    changes = {
        name: (held.get(name), value)
        for name, value in wanted.items()
        if held.get(name) != value
        and not _less_precise(held.get(name), value)
        and not (name == "phone" and not row.key and _one_of(held.get(name), value))
    }
    return apply_policies(changes, held, row, set(stored_names(Worker)) - _LASTING, context) if context.blanks else changes


def _less_precise(held: Any, written: Any) -> bool:
    """A month never replaces the day within it that is already known."""
    return (
        isinstance(held, str) and isinstance(written, str) and written[:4].isdigit() and held.startswith(written + "-")
    )


def _one_of(held: Any, written: Any) -> bool:
    """A list that gives one of several phones takes the others from nobody."""
    return held is not None and set(phones(written)) <= set(phones(held))


def _told(
    made: Step, uid: str, event: Values, others: list[Values], events: list[Values], world: World, context: SheetContext
) -> Values:
    """Fit one event of the row into the person's history and return it: known already, more exactly known, or new.

    ``others`` are those events of the history that the same row has told of before, ``events`` all that the row tells.
    """
    history = world.events[uid]
    free = [each for each in history if not any(each is other for other in others) and not _told_as(each, event, events)]
    known = _known_as(event, free, [*history, *(each for each in events if each is not event)])
    if known is None:
        fact = {"uid": new_uid(), "worker": uid} | event
        made.writes.append(Create(MembershipEvent, fact))
        history.append(fact)
        return fact
    changes = {
        name: (known.get(name), event[name])
        for name in ("union", "date", "reason")
        if event[name] is not None
        and known.get(name) != event[name]
        and not _less_precise(known.get(name), event[name])
    }
    cells = _CELLS | {"date": "join_date" if known["type"] in _BEGINNING else "change_date"}
    changes = chosen(made, MembershipEvent, known["uid"], changes, context, cells)
    if changes:
        made.writes.append(Update(MembershipEvent, known["uid"], changes, cells))
        known.update({name: after for name, (_before, after) in changes.items()})
    return known


def _told_as(known: Values, event: Values, events: list[Values]) -> bool:
    """True when another event of the row tells of the known one just as it is: then this one does not."""
    return known["date"] is not None and any(
        each is not event and each["type"] == known["type"] and each["date"] == known["date"]
        and each["union"] in (None, known["union"])
        for each in events
    )  # fmt: skip


def _known_as(event: Values, free: list[Values], history: list[Values]) -> Values | None:
    """The event of the history that is told again, if any: of the same day before one whose day is put right.

    Of several the last one of the same type at the same union, else the last: who joined in a month in which they also
    moved to another union has two events there, and neither is the other.
    """
    alike = [each for each in free if _alike(each, event) and not _turned(each, event, history)]
    same_day = [each for each in alike if str(each["date"] or "").startswith(str(event["date"] or "?"))]
    likely = same_day or alike
    same = [each for each in likely if (each["type"], each["union"]) == (event["type"], event["union"])]
    return next(reversed(same or likely), None)


def _alike(known: Values, event: Values) -> bool:
    """The same kind of change at the same union (or at none yet)."""
    opening = known["type"] in OPENING and event["type"] in OPENING
    same_kind = opening or known["type"] == event["type"]
    return same_kind and (known["union"] == event["union"] or known["union"] is None or event["union"] is None)


def _turned(known: Values, event: Values, history: list[Values]) -> bool:
    """True when a leaving lies between two joinings, or a joining between two leavings: then they are two events."""
    if event["date"] is None:
        return False
    latest, turns, begin = "", [], ""
    for each in history:
        latest = max(latest, each["date"] or "")
        if each is known:
            begin = each["date"] or latest
        elif each["type"] not in ("保留", "申请") and (each["type"] in OPENING) != (event["type"] in OPENING):
            turns.append(each["date"] or latest)
    if begin < event["date"]:
        return any(begin < turn <= event["date"] for turn in turns)
    return any(event["date"] <= turn < begin for turn in turns)
