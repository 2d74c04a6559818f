"""What rows tell of counts: kept by day and source, completed or corrected, a union's members with the union."""

from collections.abc import Mapping

from importers.plan import coverage as plan_coverage
from importers.plan import matching
from importers.plan.blanks import Changes
from importers.plan.choosing import chosen
from importers.plan.context import SheetContext
from importers.plan.steps import SAME, Create, Step, Update
from importers.plan.world import World
from importers.rows.rows import Row
from models.engine.record import Values
from models.records.headcount import COUNTS, MEMBER_COUNTS, UPPER, HeadCount, exactness
from models.standing.counts import believed
from models.uid import new_uid

#: The count whose upper end a field keeps.
_OF_UPPER = {upper: name for name, upper in UPPER.items()}


def without_members(
    made: Step, employer: str, counts: Values, source: str, context: SheetContext, world: World
) -> Values:
    """Give the members that a unit's row counts to the union that it names; returns the counts that are the unit's."""
    name, code = plan_coverage.union_written(made.row.values)
    union = matching.find_union(name, code, world)[0] if name is not None or code is not None else None
    covering = world.covering.get(employer)
    members = {each: counts[each] for each in MEMBER_COUNTS if each in counts}
    if not members or union is None or covering is None or covering["union"] != union:
        return counts
    count(made, union, "工会", members, source, context, world)
    return {each: value for each, value in counts.items() if each not in members}


def count(
    made: Step, subject: str, kind: str, counts: Values, source: str, context: SheetContext, world: World,
    written: Mapping[str, str] | None = None,
) -> bool:  # fmt: skip
    """Keep a count unless the register already has it; one of the same day and source is completed or corrected.

    One whose day nobody wrote stays without: it is no count of today. It is the same as the last one of its source where
    both agree, and no news where each number is the newest that the register has: then False. ``written``: see
    ``models.records.headcount.exactness``.
    """
    day = day_of(made.row, context)
    if (day is None or context.ours) and _is_held(subject, counts, world, day, ours=context.ours):
        return False
    history = [each for each in world.counts[subject] if each["source"] == source]
    same_day = [each for each in history if each["as_of"] == day]
    if day is None and history and _agrees(history[-1], counts):
        same_day = history
    exact = exactness(made.problems, counts, written)
    approximate = exact.pop("approximate")
    if same_day:
        known = same_day[-1]
        wanted = counts | exact
        if approximate or all(name in counts for name in COUNTS if known.get(name) is not None):
            wanted["approximate"] = approximate
        changes = {name: (known.get(name), value) for name, value in wanted.items() if known.get(name) != value}
        _correct(made, known, changes, context, written or SAME)
        return True
    values: Values = {
        "uid": new_uid(),
        "subject": subject,
        "subject_kind": kind,
        "as_of": day,
        "source": source,
        "approximate": approximate,
    } | counts | {name: upper for name, upper in exact.items() if upper is not None}
    made.writes.append(Create(HeadCount, values))
    world.counts[subject].append(dict(values))
    return True


def day_of(row: Row, context: SheetContext) -> str | None:
    """The day of a row's counts: its own, else the sheet's; None where neither says it."""
    return str(row.value("as_of") or context.day) or None


def newest_of(subject: str, name: str, world: World) -> Values | None:
    """Of the counts of a subject (uid) the one that counts for a number: dated before undated, the newest first."""
    known = [each for each in world.counts.get(subject, ()) if each.get(name) is not None]
    return max(known, key=lambda each: believed(each, world.ranks), default=None)


def _is_held(subject: str, counts: Values, world: World, day: str | None = None, *, ours: bool = False) -> bool:
    """True when each of the numbers is the newest that is known of a subject, to the one: ranges are never news the same way.

    ``ours``: a sheet of ours says ranges again, and counts of the ``day`` that are not the newest.
    """
    for name, value in counts.items():
        newest = newest_of(subject, name, world)
        known = [newest] if newest is not None else []
        if ours:
            known += [each for each in world.counts.get(subject, ()) if each["as_of"] == day]
        if not any(each.get(name) == value and (ours or each.get(UPPER[name]) is None) for each in known):
            return False
    return True


def are_sums(union: str, counts: Values, world: World) -> bool:
    """True when each of the numbers is the sum over the employers that a union (uid) covers: a sheet of ours says it so."""
    for name, value in counts.items():
        parts = [newest_of(employer, name, world) for employer in world.covered.get(union, ())]
        known = [each[name] for each in parts if each is not None]
        if not known or sum(known) != value:
            return False
    return True


def recount(made: Step, known: Values, counts: Values, context: SheetContext) -> None:
    """Correct the very count that the row was exported from: its numbers, its day, its source."""
    values = made.row.values
    wanted = counts | {name: values[name] for name in ("as_of", "source") if values.get(name) is not None}
    exact = exactness(made.problems, counts)
    if exact.pop("approximate"):
        wanted["approximate"] = 1
    # a number that is as it was keeps its range: some programs show one end of it alone
    wanted |= {name: upper for name, upper in exact.items() if upper is not None or known.get(_OF_UPPER[name]) != counts[
        _OF_UPPER[name]]}
    changes = {name: (known.get(name), value) for name, value in wanted.items() if known.get(name) != value}
    _correct(made, known, changes, context)


def _correct(
    made: Step, known: Values, changes: Changes, context: SheetContext, written: Mapping[str, str] = SAME
) -> None:
    """Change a count that is held, as far as nobody chose that it stays."""
    changes = chosen(made, HeadCount, known["uid"], changes, context, written)
    if changes:
        made.writes.append(Update(HeadCount, known["uid"], changes, written))
        known.update({name: after for name, (_before, after) in changes.items()})


def _agrees(known: Values, counts: Values) -> bool:
    return all(known.get(name) in (None, value) for name, value in counts.items())
