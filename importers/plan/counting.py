"""What rows tell of counts: kept by day and source, completed or corrected, a union's members with the union."""

from importers.plan import coverage as plan_coverage
from importers.plan import matching
from importers.plan.context import SheetContext
from importers.plan.steps import Create, Step, Update, Values
from importers.plan.world import World
from models.records.headcount import COUNTS, MEMBER_COUNTS, HeadCount
from models.uid import new_uid


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
    made: Step, subject: str, kind: str, counts: Values, source: str, context: SheetContext, world: World
) -> None:
    """Keep a count unless the register already has it; one of the same day and source is completed or corrected."""
    day = str(made.row.value("as_of") or context.day)
    history = [each for each in world.counts[subject] if each["source"] == source]
    same_day = [each for each in history if each["as_of"] == day] if day else history
    approximate = (
        1 if any(each.code == "count-approximate" and each.column in counts for each in made.problems) else None
    )
    if not day and not (same_day and _agrees(same_day[-1], counts)):
        day = context.today.isoformat()
        same_day = [each for each in history if each["as_of"] == day]
    if same_day:
        known = same_day[-1]
        wanted = dict(counts)
        if approximate or all(name in counts for name in COUNTS if known.get(name) is not None):
            wanted["approximate"] = approximate
        changes = {name: (known.get(name), value) for name, value in wanted.items() if known.get(name) != value}
        if changes:
            made.writes.append(Update(HeadCount, known["uid"], changes))
            known.update(wanted)
        return
    values: Values = {
        "uid": new_uid(),
        "subject": subject,
        "subject_kind": kind,
        "as_of": day,
        "source": source,
    } | counts
    values["approximate"] = approximate
    made.writes.append(Create(HeadCount, values))
    world.counts[subject].append(dict(values))


def recount(made: Step, known: Values, counts: Values) -> None:
    """Correct the very count that the row was exported from: its numbers, its day, its source."""
    values = made.row.values
    wanted = counts | {name: values[name] for name in ("as_of", "source") if values.get(name) is not None}
    if any(each.code == "count-approximate" and each.column in counts for each in made.problems):
        wanted["approximate"] = 1
    changes = {name: (known.get(name), value) for name, value in wanted.items() if known.get(name) != value}
    if changes:
        made.writes.append(Update(HeadCount, known["uid"], changes))
        known.update(wanted)


def _agrees(known: Values, counts: Values) -> bool:
    return all(known.get(name) in (None, value) for name, value in counts.items())
