"""Which union covers an employer, as rows tell it: a new coverage ends the old one, which stays visible."""

from typing import Any

from importers.plan import matching
from importers.plan.context import SheetContext
from importers.plan.naming import names_union, says_none
from importers.plan.steps import Create, Step, Update, Write
from importers.plan.world import Move, World
from models.engine.record import Values
from models.records.employer import Coverage
from models.uid import new_uid
from models.values.cleaning import normal_name
from models.values.masking import quote
from models.values.problems import problem


def union_written(values: Values) -> tuple[Any, Any]:
    """The union that an employer's row names: (name, code). What is no union's name says only that there is one, or none."""
    name = values.get("union")
    return (name if name is not None and names_union(str(name)) else None), values.get("union_credit_code")


def name_union(made: Step, employer: str, named: str | None, context: SheetContext, world: World) -> None:
    """Join the employer with the union that its row names (``named`` if it is known), or that is named after it.

    A known coverage gives way to another known union only: a name that nobody knows is told, and changes nothing.
    """
    name, code = union_written(made.row.values)
    written = made.row.value("union")
    if name is None and written is not None:
        told = problem("no-union-name", "union", written=quote(written))
        made.problems.append(told.as_level("note") if says_none(str(written)) else told)
    open_one = world.covering.get(employer)
    union = named
    if open_one is None and union is None:
        union = matching.union(name, code, world, made.problems)
        if union is None and not (context.ours or made.row.key):
            union = _named_after(made, world)
    if open_one is not None and union != open_one["union"]:
        if name is None and union is None:
            return
        if union is None or world.unions.held[union].get("verified") == 0:
            covering = world.unions.held[open_one["union"]]["name"]
            told = problem("covered-by-other-union", "union", name=made.label, union=covering)
            made.problems.append(told.as_level("warning"))
            return
    if union is not None:
        founded = world.unions.held[union].get("founding_date")
        cover(made, union, employer, founded, context, world)


def _named_after(made: Step, world: World) -> str | None:
    """The one union that is named after the row's employer and covers nobody yet."""
    named = world.unclaimed.get(normal_name(str(made.row.value("name"))), [])
    free = [each for each in named if not world.covered.get(each)]
    return free[0] if len(free) == 1 else None


def cover(made: Step, union: str, employer: str, since: Any, context: SheetContext, world: World) -> None:
    """Make the union cover the employer; an older coverage by another union ends on that day.

    Where the rows of one import claim an employer for several unions and the last of them has it already, nothing moves.
    """
    open_one = world.covering.get(employer)
    if open_one is not None and open_one["union"] == union:
        return
    if any(move.before["union"] == union for move in world.moves[employer]):
        _turn_back(union, employer, world)
        return
    coverage = {"uid": new_uid(), "union": union, "employer": employer, "since": since, "until": None, "reason": None}
    writes: list[Write] = [Create(Coverage, coverage)]
    if open_one is not None:
        coverage["since"] = until = _next_day(open_one, since, context)
        writes.insert(0, Update(Coverage, open_one["uid"], {"until": (None, until)}))
        made.problems.append(problem("coverage-moved", union=world.unions.held[open_one["union"]]["name"]))
        world.covered[open_one["union"]].discard(employer)
        world.moves[employer].append(Move(open_one, made, writes))
    made.writes += writes
    world.cover(coverage)


def _next_day(coverage: Values, since: Any, context: SheetContext) -> str:
    """The day on which a coverage gives way to the next: when that one began, or today where that cannot be."""
    return str(since) if since and since > (coverage.get("since") or "") else context.today.isoformat()


def _turn_back(union: str, employer: str, world: World) -> None:
    """Take back the moves of this import since the union had the employer; the rows' warnings stay."""
    moves = world.moves[employer]
    world.covered[world.covering[employer]["union"]].discard(employer)
    while moves:
        before, step, writes = moves.pop()
        step.writes = [each for each in step.writes if not any(each is write for write in writes)]
        if step.action == "updated" and not step.writes:
            step.action = "same"
        if before["union"] == union:
            world.cover(before)
            return
