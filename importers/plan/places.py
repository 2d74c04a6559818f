"""What a row of a list of places does: one community, park or building below its town; or a town that is marked as dense.

The same place is one of the same level and name (or a former name) in the same town. Towns and districts come with the
program and are never added.
"""

from importers.plan import matching
from importers.plan.blanks import apply_policies
from importers.plan.choosing import chosen
from importers.plan.context import SheetContext
from importers.plan.steps import Create, Step, Update
from importers.plan.world import World
from importers.rows.rows import Row
from models.engine.record import Values
from models.records.catalogue import stored_names
from models.records.region import LEVEL_OF, Region, RegionParent
from models.uid import new_uid
from models.values.problems import problem
from models.values.region_index import SEPARATOR, normal

#: What a sheet of one kind of place is called by.
_TITLES = {"社区": "社区（村）", "村": "社区（村）", "园区": "园区", "楼宇": "楼宇"}
#: How the names of each kind mostly end.
_ENDS = {
    "镇街": ("街道", "镇", "乡"), "社区（村）": ("社区", "村", "居委会", "村委会"),
    "园区": ("园区", "工业园", "产业园", "科技园", "物流园", "开发区", "商圈", "园"),
    "楼宇": ("大厦", "大楼", "楼宇", "写字楼", "中心", "广场", "楼", "座"),
}  # fmt: skip


def step(row: Row, world: World, context: SheetContext) -> Step:
    """Plan one row of a list of places. Its level comes from its column, from the title, or from how its name ends."""
    made = Step(row, "refused", str(row.value("name") or ""), problems=list(row.problems))
    if row.refused:
        return made
    values = row.values
    if row.key in world.places.held:
        _change(made, row.key, _said(values), world, context)
        return made
    level = LEVEL_OF.get(_level(row, context) or "")
    if level is None:
        made.problems.append(problem("place-level-missing", "level"))
        return made
    parent = matching.place(values.get("region"), world, made.problems)
    if parent is None and values.get("region") is None and context.organization:
        parent = world.index.resolve(context.organization, world.home).uid
    if matching.asked(made.problems):
        made.action = "conflict"
        return made
    if level == "town":
        _town(made, values, parent, world, context)
    elif parent is None or world.index.town_of(parent) is None:
        if not any(each.column == "region" for each in made.problems):
            made.problems.append(problem("place-town-missing", "region"))
    else:
        _enter(made, _said(values) | {"level": level}, parent, world, context)
    return made


def _level(row: Row, context: SheetContext) -> str | None:
    """What the row writes, else the one kind that the sheet is called by, else what the name looks like."""
    if row.value("level") is not None:
        return str(row.value("level"))
    for text in context.called:
        told = {label for word, label in _TITLES.items() if word in text}
        if len(told) == 1:
            return told.pop()
    name = str(row.value("name"))
    return next((level for level, ends in _ENDS.items() if name.endswith(ends)), None)


def _said(values: Values) -> Values:
    """What the row says of the place itself."""
    found = {name: values[name] for name in ("name", "dense", "aliases") if values.get(name) is not None}
    return found | {"name": "".join(str(values["name"]).split())}


def _town(made: Step, values: Values, parent: str | None, world: World, context: SheetContext) -> None:
    """A town is found by its name, in what the row says that it lies in; its name stays."""
    uid = world.index.resolve(str(values["name"]), parent or world.home).uid
    if uid is None or world.index.level(uid) != "town":
        made.problems.append(problem("place-no-town", "name"))
        return
    _change(made, uid, {"dense": values["dense"]} if values.get("dense") is not None else {}, world, context)


def _enter(made: Step, wanted: Values, parent: str, world: World, context: SheetContext) -> None:
    found = world.places.below(str(wanted["name"]), str(wanted["level"]), parent, world.index)
    if found is not None:
        if normal(str(world.places.held[found]["name"])) != normal(str(wanted["name"])):
            wanted = {name: value for name, value in wanted.items() if name != "name"}  # a former name is no new one
        _change(made, found, wanted, world, context)
        return
    place: Values = {"uid": new_uid()} | {name: wanted.get(name) for name in stored_names(Region)}
    made.action, made.target = "new", str(place["uid"])
    facts = [(RegionParent, {"uid": new_uid(), "region": place["uid"], "parent": parent})]
    made.writes.append(Create(Region, dict(place), facts))
    world.places.take(place, parent)


def _change(made: Step, uid: str, wanted: Values, world: World, context: SheetContext) -> None:
    held = world.places.held[uid]
    made.action, made.target = "same", uid
    if "name" in wanted and wanted["name"] != held["name"]:
        others = [each for each in (*str(held.get("aliases") or "").split(SEPARATOR), str(held["name"])) if each]
        others += [each for each in str(wanted.get("aliases") or "").split(SEPARATOR) if each]
        wanted = wanted | {"aliases": SEPARATOR.join(dict.fromkeys(others))}
    changes = {name: (held.get(name), value) for name, value in wanted.items() if held.get(name) != value}
    if context.blanks:
        changes = apply_policies(changes, held, made.row, {"dense", "aliases"}, context)
    changes = chosen(made, Region, uid, changes, context, index=world.index)
    if changes:
        made.action = "updated"
        made.writes.append(Update(Region, uid, changes))
        held.update({name: after for name, (_before, after) in changes.items()})
