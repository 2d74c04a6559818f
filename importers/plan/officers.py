"""What a row of a list of officers does: one row, one post of one person in one body of a union.

The union stands in the row, in the title or in the 填报单位 line, the body in the row or in the title. A person is one of the
register by the number, else where the union's own list has exactly one of the name: that is told. The same post from a later day
is a new term, the earlier one ends on that day; nothing is ended because somebody is missing from a list.
"""

from typing import Any

from importers.plan import answers, matching
from importers.plan.blanks import apply_policies
from importers.plan.choosing import chosen
from importers.plan.context import SheetContext
from importers.plan.steps import Create, Step, Update
from importers.plan.world import World
from importers.rows.rows import Row
from models.engine.record import Values
from models.records.catalogue import stored_names
from models.records.checks import check_officer
from models.records.officer import Officer
from models.uid import new_uid
from models.values.cleaning import normal_name
from models.values.codes import OFFICER_BODY, fold
from models.values.names import is_union_name
from models.values.problems import problem

_STORED = frozenset(stored_names(Officer))
#: What makes two rows the same post, and what a blank cell never clears.
_KEPT = frozenset({"union", "worker", "name", "body", "post", "since"})


def step(row: Row, world: World, context: SheetContext) -> Step:
    """Plan one row of a list of officers."""
    made = Step(row, "refused", str(row.value("name") or ""), problems=list(row.problems))
    if row.refused:
        return made
    union = _union(made, world, context)
    if matching.asked(made.problems):
        made.action = "conflict"
        return made
    if union is None:
        made.problems.append(problem("officer-union-missing", "union"))
        return made
    wanted = {name: value for name, value in row.values.items() if name in _STORED and value is not None}
    wanted |= _of_title(made, wanted, context) | {"union": union}
    if worker := _person(made, union, wanted, world):
        wanted["worker"] = worker
    if wanted.get("body") is None and wanted.get("post") is None:
        made.problems.append(problem("officer-post-missing", "post"))
    _keep(made, wanted, world, context)
    return made


def _union(made: Step, world: World, context: SheetContext) -> str | None:
    written = made.row.values.get("union")
    if written is None and context.union:
        return context.union
    name = written if written is not None else context.organization or None
    if name is None:
        return None
    if is_union_name(str(name)):
        return matching.union(name, None, world, made.problems)
    employer, candidates = world.employers.find(str(name), None)
    if employer is None and candidates:
        made.problems.append(matching.which(world.employers, name, None, candidates, "union"))
    return matching.only_union(employer, world)


def _of_title(made: Step, wanted: Values, context: SheetContext) -> Values:
    """The body that the sheet is called by, where the row says none, and the post that follows from it."""
    if wanted.get("body") is not None or wanted.get("post") in ("主席", "副主席", "代表"):
        return {}
    body = next((found for text in context.called if (found := _body_within(text))), None)
    if body is None:
        return {}
    values: dict[str, Any] = {"body": body, "post": wanted.get("post")}
    made.problems = check_officer(values, {}, made.problems, context.today)
    return {name: value for name, value in values.items() if value is not None}


def _body_within(title: str) -> str | None:
    """The body that a title names by its longest wording; a bare 工会 or 委员会 is no more than a part of a name."""
    text = fold(title)
    known = {fold(word): label for word, label in (*OFFICER_BODY.synonyms.items(), *((each, each)
        for each in OFFICER_BODY.labels))}
    inside = [word for word in known if len(word) > 2 and word in text and known[word] != "工会委员会"]
    if inside:
        return known[max(inside, key=len)]
    return "工会委员会" if fold("工会委员") in text or fold("委员会委员") in text else None


def _person(made: Step, union: str, wanted: Values, world: World) -> str | None:
    """The person of the register whom the row names; None where it does not say, or several are meant."""
    number = made.row.value("id_number")
    if number is not None and str(number) in world.by_id:
        return world.by_id[str(number)]
    if number is not None:
        return None
    own = [uid for uid in world.namesakes.named(str(wanted["name"])) if world.worker(uid).get("union") == union]
    if len(own) == 1:
        made.problems.append(problem("officer-linked", "name", name=wanted["name"]))
        return own[0]
    if own:
        made.problems.append(problem("officer-several", "name", count=len(own)))
    return None


def _keep(made: Step, wanted: Values, world: World, context: SheetContext) -> None:
    """Find the post again, or keep it; the same person in the same post from a later day begins a new term."""
    alike = [each for each in world.officers.of_union(wanted["union"]) if _same(each, wanted)]
    named = answers.named(answers.of_key(made.row))
    held = next((each for each in alike if each["uid"] == named), None) or _newest(alike)
    if held is None:
        _create(made, wanted, world)
        return
    made.action, made.target = "same", held["uid"]
    before, since = held.get("since"), wanted.get("since")
    if made.row.key or not before or not since or since == before or str(since).startswith(before) or before.startswith(str(
        since)):
        if held.get("until") and not wanted.get("until") and since is None:
            made.problems.append(problem("officer-gone", "since", held=held["until"]))
            return
        _change(made, held, wanted, context)
    elif since < before:
        made.problems.append(problem("officer-earlier", "since", held=before, written=since))
    else:
        if not held.get("until"):
            made.writes.append(Update(Officer, held["uid"], {"until": (None, since), "until_because": (held.get(
                "until_because"), "换届连任")}))
            held |= {"until": since, "until_because": "换届连任"}
            made.problems.append(problem("officer-reelected", "since", held=before, written=since))
        _create(made, wanted, world)


def _same(held: Values, wanted: Values) -> bool:
    """True for the same person in the same post: by the register's person where both know one, else by the name."""
    if held.get("worker") and wanted.get("worker"):
        person = held["worker"] == wanted["worker"]
    else:
        person = normal_name(str(held.get("name") or "")) == normal_name(str(wanted["name"]))
    return person and all(held.get(name) == wanted.get(name) or wanted.get(name) is None for name in ("body", "post"))


def _newest(alike: list[Values]) -> Values | None:
    return max(alike, key=lambda each: (each.get("until") is None, each.get("since") or "", each["uid"]), default=None)


def _create(made: Step, wanted: Values, world: World) -> None:
    values: Values = {"uid": new_uid()} | {name: wanted.get(name) for name in stored_names(Officer)}
    made.action, made.target = "new", values["uid"]
    made.writes.append(Create(Officer, dict(values)))
    world.officers.take(values)


def _change(made: Step, held: Values, wanted: Values, context: SheetContext) -> None:
    changes = {
        name: (held.get(name), value)
        for name, value in wanted.items()
        if held.get(name) != value and not (name == "since" and str(held.get(name) or "").startswith(f"{value}-"))
    }
    if context.blanks:
        changes = apply_policies(changes, held, made.row, _STORED - _KEPT, context)
    changes = chosen(made, Officer, held["uid"], changes, context)
    if changes:
        made.action = "updated"
        made.writes.append(Update(Officer, held["uid"], changes))
        held.update({name: after for name, (_before, after) in changes.items()})
