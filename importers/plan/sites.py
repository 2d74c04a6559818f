"""What a row of a list of things that stand does: one row, one thing, or many of which there is only a number.

The same thing is one of the same kind and name, in the same region as far as both are known. Of several that fit a person is
asked which is meant. A row without a name is the number of one place.
"""

from importers.plan import answers, matching
from importers.plan.context import SheetContext
from importers.plan.kinds import KindField, change, create, kind_of_row, told_kind
from importers.plan.steps import Step
from importers.plan.world import World
from importers.rows.rows import Row
from models.engine.record import Values
from models.ledger.kinds import WorkKind
from models.records.site import SiteKind
from models.sites.kinds import kind_values
from models.values.problems import problem

#: Fields without which a thing is none, and which a blank cell never clears.
_KEPT = frozenset({"site_kind", "name"})
_KIND = KindField("site_kind", SiteKind, "site-kind-missing", "site-kind-unknown", kind_values)


def step(row: Row, world: World, context: SheetContext) -> Step:
    """Plan one row of a list of things that stand. Its kind comes from its column, or from the title."""
    values = row.values
    made = Step(row, "refused", str(values.get("name") or values.get("region") or ""), problems=list(row.problems))
    if row.refused:
        return made
    kind = _kind(made, world, context)
    if kind is None:
        return made
    wanted = _wanted(made, kind, world, context)
    if matching.asked(made.problems):
        made.action = "conflict"
        return made
    _enter(made, wanted, world, context)
    return made


def _kind(made: Step, world: World, context: SheetContext) -> WorkKind | None:
    """The kind of thing that a row is about; None when that is a question, or nobody says."""
    meant = answers.named(context.answers.get(made.number, ""))
    sites, held = world.sites, world.sites.held.get(made.row.key, {})
    if meant not in sites.kinds.by_uid and made.row.values.get("site_kind") is None and not told_kind(sites, context):
        meant = str(held.get("site_kind") or "")  # the row of an exported thing is of that thing's kind
    return kind_of_row(made, sites, _KIND, meant, world, context)


def _wanted(made: Step, kind: WorkKind, world: World, context: SheetContext) -> Values:
    """The thing that the row describes, as stored; what is blank is left out. Problems are told at the step."""
    wanted = {name: value for name, value in made.row.values.items() if value is not None} | {"site_kind": kind.uid}
    region = matching.place(wanted.pop("region", None), world, made.problems)
    union = matching.union(wanted.pop("union", None), None, world, made.problems) or context.union
    if not region and not union and made.row.value("region") is None and context.organization:
        region = world.index.resolve(context.organization, world.home).uid
    if not wanted.get("name"):
        wanted["name"] = kind.name  # what is only counted is called like its kind
        wanted.setdefault("note", "只有数量，没有逐个列名")
    return wanted | ({"region": region} if region else {}) | ({"union": union} if union else {})


def _enter(made: Step, wanted: Values, world: World, context: SheetContext) -> None:
    """Find the thing again, or create it; a question where several fit."""
    sites, answer = world.sites, context.answers.get(made.number, "") or answers.of_key(made.row)
    found = answers.named(answer)
    if found not in sites.held:
        fitting = [uid for uid in sites.by_key.get(sites.key_of(wanted), ()) if _compatible(wanted, sites.held[uid], world)]
        fitting = [uid for uid in fitting if uid not in world.spoken] or fitting
        if len(fitting) > 1 and answer != "new":
            made.action = "conflict"
            made.problems.append(problem("several-sites", "name", count=len(fitting)).among(fitting))
            return
        found = fitting[0] if fitting and answer != "new" else None
    if found is None:
        create(made, wanted, sites)
    else:
        change(made, found, wanted, sites, _KEPT, context)
    world.spoken.add(made.target)


def _compatible(wanted: Values, held: Values, world: World) -> bool:
    """True for a thing whose region and, of a mere number, whose day and source are those of the row or not known."""
    one, other = wanted.get("region"), held.get("region")
    below = world.index.below
    if one and other and one not in below(other) and other not in below(one):
        return False
    if wanted.get("quantity") in (None, 1) and held.get("quantity") in (None, 1):
        return True
    return all(wanted.get(each) == held.get(each) for each in ("region", "union", "since", "source"))
