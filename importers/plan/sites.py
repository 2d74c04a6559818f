"""What a row of a list of things that stand does: one row, one thing, or many of which there is only a number.

The same thing is one of the same kind and name, in the same region as far as both are known. Of several that fit a person is
asked which is meant. A row without a name is the number of one place.
"""

from importers.plan import answers, matching
from importers.plan.blanks import apply_policies
from importers.plan.context import SheetContext
from importers.plan.sites_world import key_of
from importers.plan.steps import Create, Step, Update
from importers.plan.world import World
from importers.rows.rows import Row
from models.engine.record import Values
from models.ledger.kinds import WorkKind
from models.records.catalogue import stored_names
from models.records.site import Site, SiteKind
from models.sites.kinds import kind_values
from models.uid import new_uid
from models.values.problems import problem

#: Fields without which a thing is none, and which a blank cell never clears.
_KEPT = frozenset({"site_kind", "name"})


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
    kinds = world.sites.kinds
    answer = context.answers.get(made.number, "")
    meant = answers.named(answer)
    if meant in kinds.by_uid:
        return kinds.by_uid[str(meant)]
    told = next((found for text in context.called if (found := kinds.within(text))), None)
    written = made.row.values.get("site_kind")
    if written is None:
        if told is None and made.row.key in world.sites.held:
            return kinds.by_uid.get(str(world.sites.held[made.row.key].get("site_kind")))
        if told is None:
            made.problems.append(problem("site-kind-missing", "site_kind"))
        return told
    found = kinds.find(str(written))
    if found is not None:
        return found
    if answer == "new":
        return _new_kind(str(written), world)
    near = dict.fromkeys([*([told.uid] if told else []), *(each.uid for each in kinds.near(str(written)))])
    made.action = "conflict"
    made.problems.append(problem("site-kind-unknown", "site_kind", name=written).among(near))
    return None


def _new_kind(name: str, world: World) -> WorkKind:
    """A kind that a person wants to be new: created when the row is applied, and known to all later rows."""
    values = kind_values(name)
    world.founders[values["uid"]] = Create(SiteKind, values)
    kind = WorkKind(values["uid"], values["name"], "", (), (), True)
    world.sites.add_kind(kind)
    return kind


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
        fitting = [uid for uid in sites.by_key.get(key_of(wanted), ()) if _compatible(wanted, sites.held[uid], world)]
        fitting = [uid for uid in fitting if uid not in world.spoken] or fitting
        if len(fitting) > 1 and answer != "new":
            made.action = "conflict"
            made.problems.append(problem("several-sites", "name", count=len(fitting)).among(fitting))
            return
        found = fitting[0] if fitting and answer != "new" else None
    if found is None:
        site: Values = {"uid": new_uid()} | {name: wanted.get(name) for name in stored_names(Site)}
        made.action, made.target = "new", site["uid"]
        made.writes.append(Create(Site, dict(site)))
        sites.take(site)
    else:
        _change(made, found, wanted, world, context)
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


def _change(made: Step, uid: str, wanted: Values, world: World, context: SheetContext) -> None:
    held = world.sites.held[uid]
    made.action, made.target = "same", uid
    changes = {name: (held.get(name), value) for name, value in wanted.items() if held.get(name) != value}
    if context.blanks:
        changes = apply_policies(changes, held, made.row, set(stored_names(Site)) - _KEPT, context)
    if changes:
        made.action = "updated"
        made.writes.append(Update(Site, uid, changes))
        held.update({name: after for name, (_before, after) in changes.items()})
