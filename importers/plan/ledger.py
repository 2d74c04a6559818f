"""What a row of a work ledger does: one row, one entry.

The same entry is one of the same kind and day about the same matter, for the same union, region and organization, whose
numbers agree. Of several such rows in one sheet each is an entry of its own; the same sheet again finds each of them again.
Where only the numbers differ a person is asked, for it may be a correction or another piece of work.
"""

from importers.plan import answers, matching
from importers.plan.context import SheetContext
from importers.plan.kinds import KindField, change, create, kind_of_row
from importers.plan.steps import Step
from importers.plan.world import World
from importers.rows.rows import Row
from models.engine.record import Values
from models.ledger.kinds import WorkKind, kind_values
from models.records.ledger import LedgerKind
from models.values.problems import Problem, problem

#: What makes two rows about the same matter different entries, or one the correction of the other.
_NUMBERS = ("quantity", "done", "people", "amount")
#: Fields without which an entry is none, and which a blank cell never clears.
_KEPT = frozenset({"ledger_kind", "date"})
_KIND = KindField("ledger_kind", LedgerKind, "ledger-kind-missing", "ledger-kind-unknown", kind_values)


def step(row: Row, world: World, context: SheetContext) -> Step:
    """Plan one row of a ledger. Its kind comes from its column or from the title, its day from its column or the sheet."""
    made = Step(row, "refused", _label(row.values), problems=list(row.problems))
    if row.refused:
        return made
    kind = _kind(made, world, context)
    if kind is None:
        return made
    made.label = made.label or kind.name
    wanted = _wanted(made, kind, world, context)
    if matching.asked(made.problems):
        made.action = "conflict"
    elif wanted.get("date") is None:
        if not any(each.column == "date" for each in made.problems):
            made.problems.append(problem("ledger-date-missing", "date"))
    else:
        _enter(made, wanted, world, context)
    return made


def _label(values: Values) -> str:
    return str(values.get("title") or values.get("organization") or values.get("ledger_kind") or "")


def _kind(made: Step, world: World, context: SheetContext) -> WorkKind | None:
    """The kind of work that a row is about; None when that is a question, or nobody says."""
    named = answers.named(context.answers.get(made.number, "")) or ""
    meant = world.ledger.held.get(named, {}).get("ledger_kind") or named
    return kind_of_row(made, world.ledger, _KIND, str(meant), world, context)


def _wanted(made: Step, kind: WorkKind, world: World, context: SheetContext) -> Values:
    """The entry that the row describes, as stored; what is blank is left out. Problems are told at the step."""
    values, problems = made.row.values, made.problems
    wanted = {name: value for name, value in values.items() if value is not None}
    wanted["ledger_kind"] = kind.uid
    if "date" in made.row.written and "date" not in wanted:
        # the day of the sheet is not the one that stands here
        made.problems = problems = [each.as_level("error") if each.column == "date" else each for each in problems]
    elif "date" not in wanted and context.day:
        wanted["date"] = context.day
        problems.append(problem("ledger-date-of-sheet", "date", day=context.day))
    _name_person(wanted, world, problems)
    region = matching.place(wanted.pop("region", None), world, problems)
    union = matching.union(wanted.pop("union", None), None, world, problems) or context.union
    if not region and not union and values.get("union") is None and values.get("region") is None:
        return wanted | _of_sheet(context.organization, world)
    return wanted | ({"region": region} if region else {}) | ({"union": union} if union else {})


def _name_person(wanted: Values, world: World, problems: list[Problem]) -> None:
    """Put the person of the register whom a number means in the place of name and number; without one the name stays."""
    number, name = wanted.pop("id_number", None), wanted.get("recipient")
    uid = world.by_id.get(str(number)) if number is not None else None
    if number is None:
        return
    if uid is None:
        problems.append(problem("recipient-not-held", "id_number"))
    elif name is not None and not set(str(world.worker(uid).get("name"))) & set(str(name)):
        problems.append(problem("recipient-other-name", "id_number"))
    else:
        wanted.pop("recipient", None)
        wanted["worker"] = uid


def _of_sheet(organization: str, world: World) -> Values:
    """The region, or the union, that the sheet's 填报单位 line names: for rows that name neither."""
    if not organization:
        return {}
    union, _candidates = matching.find_union(organization, None, world)
    if union is not None:
        return {"union": union}
    region = world.index.resolve(organization, world.home).uid
    return {"region": region} if region is not None else {}


def _enter(made: Step, wanted: Values, world: World, context: SheetContext) -> None:
    """Find the entry again, or create it; a question where only the numbers differ."""
    ledger = world.ledger
    answer = context.answers.get(made.number, "") or answers.of_key(made.row)
    alike = [uid for uid in ledger.by_key.get(ledger.key_of(wanted), ()) if uid not in world.spoken]
    found = answers.named(answer)
    if found not in ledger.held:
        found = next((uid for uid in alike if _agrees(wanted, ledger.held[uid], blank=False)), None)
        found = found or next((uid for uid in alike if _agrees(wanted, ledger.held[uid], blank=True)), None)
    if found is None and alike and answer == answers.UPDATE:
        found = alike[0]
    if found is None and alike and answer != "new":
        made.action = "conflict"
        made.problems.append(problem("ledger-entry-differs", "quantity").among(alike))
        return
    if found is None:
        create(made, wanted, ledger)
    else:
        if ledger.held[found].get("worker") and not wanted.get("worker"):
            wanted = {name: value for name, value in wanted.items() if name != "recipient"}  # our own list names the person
        change(made, found, wanted, ledger, _KEPT, context)
    world.spoken.add(made.target)


def _agrees(wanted: Values, held: Values, blank: bool) -> bool:
    """True when the numbers of a row are those of an entry. ``blank``: what one of them does not say agrees with anything."""
    for name in _NUMBERS:
        new, old = wanted.get(name), held.get(name)
        if new != old and not (blank and (new is None or old is None)):
            return False
    return True
