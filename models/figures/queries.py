"""What the register's own indicators count of members and unions. Each function gives the facts of a period.

A member belongs where the union's region is. Facts about a person or a union that carry no date, such as the occupation
group, are taken as they stand in the register.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from peewee import JOIN, Case, Value, fn

from models.engine import sql
from models.figures.facts import Fact, IndicatorFacts, Period
from models.records.headcount import HeadCount
from models.records.membership import JOINING, MembershipEvent
from models.records.union import Union
from models.records.worker import TRAITS, Worker
from models.standing import as_of
from models.standing.counts import first_day, newest
from models.standing.covered_counts import members_of_employers
from models.standing.held_counts import held_on
from models.standing.joined_counts import joined_between, joining
from models.standing.new_form import NewForms, state_column
from models.standing.union_class import class_column, is_basic
from models.uid import last_of
from models.values import codes
from models.values.union_kinds import BASIC, UnionClass

#: Makes the state of a membership (see ``Fact.state``) from the alias of the query of events.
State = Callable[[Any], Any]


def selected(uid: Any, name: Any, region: Any, union: Any, **others: Any) -> list[Any]:
    """The selected columns of a query of facts, in the order of :class:`Fact`."""
    given = {"uid": uid, "name": name, "region": region, "union": union} | others
    values: list[Any] = [given.get(name, Fact._field_defaults.get(name)) for name in Fact._fields]
    return [
        (value if hasattr(value, "alias") else Value(value)).alias(name)
        for name, value in zip(Fact._fields, values, strict=True)
    ]


def is_migrant(events: Any) -> Any:
    """1 for a migrant worker (农民工), 0 for another, NULL for one of whom it is not known."""
    return events.c.migrant_worker


def is_new_form(events: Any) -> Any:
    """1 for a worker in a new form of employment, 0 for another, NULL for one whose group is not known."""
    return in_groups(events, codes.new_form_groups())


def in_groups(events: Any, groups: Iterable[str]) -> Any:
    """1 for a worker of one of these occupation groups, 0 for one of another, NULL for one of none."""
    group = events.c.occupation_group
    return Case(None, ((group.is_null(), None), (group.in_(sorted(groups)), 1)), 0)


def at_new_form_union(events: Any) -> Any:
    """1 for a membership at a union of new employment forms, 0 at another, NULL where that is open."""
    return events.c.new_form_union


def members(period: Period, types: tuple[str, ...] = as_of.MEMBER_EVENTS, state: State | None = None) -> IndicatorFacts:
    """Everyone on the books of a union on the last day; ``types`` are the events that leave a person there."""
    query = _events(state).where(as_of.holding(period.end, types))
    return IndicatorFacts(
        "worker", query, state=state, shared=_shared("members " + types[0], state), lean=partial(_held, period.end, types),
        looks_at=_looks_at(state),
    )  # fmt: skip


def joined(period: Period, state: State | None = None) -> IndicatorFacts:
    """Everyone who joined (入会) a union in the period; whoever joined twice counts once, whose joining has no date never."""
    query = _events(state).where(joining(period.start, period.end))
    # of two joinings in the period the first began and was over within it; a date is never before the day from which it counts
    until = MembershipEvent.ended.between(period.start.isoformat(), period.end.isoformat())
    since = MembershipEvent.date.is_null() | (first_day(MembershipEvent.date) >= period.start.isoformat())
    several = MembershipEvent.select(MembershipEvent.worker).where(until, MembershipEvent.type == JOINING, since)
    return IndicatorFacts(
        "worker", query, repeated=True, several=several, state=state, shared=_shared("joined", state),
        lean=partial(_joining, period), looks_at=_looks_at(state), flow=True, counted=partial(_joined, period),
    )  # fmt: skip


def _looks_at(state: State | None) -> frozenset[str]:
    """Which records a state is made from, besides the event."""
    if state is None:
        return frozenset()
    return frozenset({"union", "new_form"} if state is at_new_form_union else {"worker"})


def _shared(query: str, state: State | None) -> str:
    """What is asked together. What a union's members say of it is asked for by those alone who look at it: it has to be found."""
    return query + " at new form unions" if state is at_new_form_union else query


def _events(state: State | None = None) -> Any:
    """Membership events as facts, with what :func:`is_migrant` and the others look at."""
    event = MembershipEvent
    at_new_form = _at_new_form_union() if state is at_new_form_union else Value(None).alias("new_form_union")
    chosen = selected(
        event.worker, Worker.name, Union.region, event.union,
        date=event.effective, marked=sql.as_number(event.date.is_null()), why=event.type,
    )  # fmt: skip
    traits = (
        event.ended,
        Worker.migrant_worker,
        Worker.occupation_group,
        at_new_form,
    )
    return (
        event.select(*chosen, *traits)
        .join(Union, JOIN.LEFT_OUTER, on=(event.union == Union.uid))
        .switch(event)
        .join(Worker, JOIN.LEFT_OUTER, on=(event.worker == Worker.uid))
    )


def _held(day: dt.date, types: tuple[str, ...], looked_at: frozenset[str]) -> Any:
    """What :func:`members` asks of every event, already counted by union and by what people are."""
    return _counted(held_on(day, types, traits="worker" in looked_at, women=False), looked_at)


def _joined(period: Period, looked_at: frozenset[str], but: Sequence[str]) -> Any:
    """What :func:`joined` asks of every event, already counted by union and by what people are."""
    return _counted(joined_between(period.start, period.end, "worker" in looked_at, but), looked_at)


def _counted(query: Any, looked_at: frozenset[str]) -> Any:
    """Counts of people by union and by what they are as lean facts."""
    held = query.alias("held")
    people = held.c.people
    facts = held.select_from(
        *_of_union(looked_at), held.c.union, Value(1).alias("state"), people.alias("weight"), people.alias("times"),
        held.c.undated.alias("marked"), held.c.migrant_worker, held.c.occupation_group,
    )  # fmt: skip
    return facts.join(Union, JOIN.LEFT_OUTER, on=(held.c.union == Union.uid)) if "union" in looked_at else facts


def _joining(period: Period, looked_at: frozenset[str]) -> Any:
    """What :func:`joined` asks; people are looked up in the order in which they lie in the register."""
    picked = _picked(joining(period.start, period.end))
    return _placed(
        sql.in_order_first(picked.order_by(MembershipEvent.worker)) if "worker" in looked_at else picked, looked_at
    )


def _picked(condition: Any) -> Any:
    event = MembershipEvent
    return event.select(event.worker, event.union, event.effective, sql.as_number(event.date.is_null()).alias(
        "marked")).where(condition)


def _placed(picked: Any, looked_at: frozenset[str]) -> Any:
    """Picked events with what is looked at, and no other record: these lie all over the register."""
    events, once = picked.alias("events"), Value(1)
    worker = sql.looked_up_in(Worker, TRAITS)
    traits = (worker.migrant_worker, worker.occupation_group) if "worker" in looked_at else ()
    query = events.select_from(
        events.c.worker.alias("uid"), *_of_union(looked_at), events.c.union, once.alias("state"), once.alias("weight"),
        once.alias("times"), events.c.marked, events.c.effective.alias("date"), *traits,
    )  # fmt: skip
    if "union" in looked_at:
        query = query.join(Union, JOIN.LEFT_OUTER, on=(events.c.union == Union.uid))
    return query.join(worker, JOIN.LEFT_OUTER, on=(events.c.worker == worker.uid)) if traits else query


def _of_union(looked_at: frozenset[str]) -> tuple[Any, ...]:
    if "new_form" in looked_at:
        return Union.region, _at_new_form_union()
    return (Union.region,) if "union" in looked_at else ()


def _at_new_form_union() -> Any:
    return state_column(Union.uid).alias("new_form_union")


def unions(
    period: Period, new_form: NewForms | None = None, founded: bool = False, classes: tuple[UnionClass, ...] = BASIC
) -> IndicatorFacts:
    """Unions of some classes in being on the last day, basic ones unless others are asked for.

    Those whose dissolution carries no date are unknown as soon as they had begun; those of whom the class is not known,
    for want of a type, are unknown if they may be of these.

    ``new_form``: only unions of new employment forms, given what each is; where that is open they are unknown.
    ``founded``: only those founded in the period, and also those that
    were founded in it and dissolved in it; those whose founding carries no date are told apart.
    """
    ended = (Union.state == "撤销") & Union.dissolved_on.is_null()
    confirmed = Union.verified.is_null() | (Union.verified != 0)
    begun = as_of.begun(Union, Union.founding_date, period.end)
    held = as_of.in_being(period.end) | (begun & confirmed & ended)
    if founded:
        gone = (Union.state == "撤销") & Union.dissolved_on.is_null(False)
        held = (held | (begun & confirmed & gone)) & begun_since(Union, Union.founding_date, period)
    held_class = class_column()
    unknown = ended | held_class.is_null()
    if new_form is not None:
        formed = state_column(Union.uid, new_form)
        unknown |= formed.is_null()
        held &= formed.is_null() | (formed == 1)
    query = Union.select(*_union_columns(Case(None, ((unknown, None),), 1))).where(held)
    return IndicatorFacts("union", query.where(held_class.is_null() | held_class.in_(classes)), flow=founded)


def begun_since(record: Any, field: Any, period: Period) -> Any:
    """That what is dated by ``field`` did not begin before the period; what carries no date: was not entered before it."""
    day = period.start.isoformat()
    before = last_of(period.start.fromordinal(period.start.toordinal() - 1))
    return (field.is_null() & (record.uid > before)) | (first_day(field) >= day)


def _union_columns(state: Any, **others: Any) -> list[Any]:
    dated = {"date": Union.founding_date, "marked": sql.as_number(Union.founding_date.is_null())}
    return selected(Union.uid, Union.name, Union.region, Union.uid, state=state, **(dated | others))


def with_yes(period: Period, field: Any) -> IndicatorFacts:
    """Basic unions in being on the last day, with the answer of a yes-or-no field; no answer is unknown."""
    state = Case(None, ((is_basic().is_null(), None),), field)
    return IndicatorFacts("union", Union.select(*_union_columns(state)).where(as_of.in_being(period.end), _maybe_basic()))


def _maybe_basic() -> Any:
    basic = is_basic()
    return basic.is_null() | (basic == 1)


def declared(period: Period, listed: bool = False) -> IndicatorFacts:
    """The newest declared member count until the last day of each basic union in being; unions without one are unknown.

    What leads declares the sum of those below it, which are counted already. Of a joint union that declares nothing itself,
    what the employers that it covers on the day declare is added up.

    ``listed``: how many more are declared than stand on the books by name.
    """
    day = period.end.isoformat()
    counts = newest(HeadCount.member_count, day).alias("counts")
    below = members_of_employers(period.end).alias("below")
    known = fn.COALESCE(counts.c.value, below.c.members)
    weight: Any = fn.COALESCE(known, 0)
    query = Union.select().join(below, JOIN.LEFT_OUTER, on=(below.c.union == Union.uid)).switch(Union)
    if listed:
        held = held_on(period.end, traits=False, women=False).alias("held")
        books = held.select_from(held.c.union, fn.SUM(held.c.people).alias("members"))
        books = books.group_by(held.c.union).alias("books")
        weight = weight - fn.COALESCE(books.c.members, 0)
        query = query.join(books, JOIN.LEFT_OUTER, on=(books.c.union == Union.uid)).switch(Union)
    state = Case(None, ((known.is_null() | is_basic().is_null(), None),), 1)
    chosen = _union_columns(state, date=counts.c.as_of, marked=0, weight=weight, why=counts.c.source)
    query = query.join(counts, JOIN.LEFT_OUTER, on=(counts.c.subject == Union.uid)).where(
        as_of.in_being(period.end), _maybe_basic()
    )
    return IndicatorFacts("union", query.select(*chosen))


def new_form_groups() -> list[str]:
    """The groups of new employment forms that the register keeps, in their order."""
    held = codes.new_form_groups()
    return [label for label in codes.OCCUPATION_GROUP.labels if label in held] + sorted(
        held - set(codes.OCCUPATION_GROUP.labels)
    )
