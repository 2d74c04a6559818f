"""What a row of an employer list, a union list or a head-count table does.

Employers and unions are found by credit code, else by normalised full name with compatible code and region; an unverified
one is filled in. Counts of different sources are all kept.
"""

import re
from typing import Any

from importers.plan import answers, matching
from importers.plan import coverage as plan_coverage
from importers.plan.blanks import apply_policies
from importers.plan.choosing import chosen
from importers.plan.context import SheetContext
from importers.plan.counting import are_sums, count, day_of, recount, without_members
from importers.plan.endings import end_told
from importers.plan.key_lists import stand_on_list
from importers.plan.ours import without_derived
from importers.plan.steps import Create, Step, Update
from importers.plan.world import Units, World
from importers.rows.rows import Row
from models.editing.dissolving import is_ended
from models.engine.record import Record, Values
from models.records.catalogue import stored_names
from models.records.drive_case import DriveCase
from models.records.employer import Employer
from models.records.forms import CASE_FIELDS
from models.records.headcount import COUNTS, MEMBER_COUNTS
from models.records.union import Union
from models.uid import new_uid
from models.values.cleaning import normal_name
from models.values.codes import is_joint
from models.values.names import is_union_name
from models.values.problems import Problem, problem

#: What a list of closed firms or dissolved unions is called.
_CLOSED = re.compile("(?<![拟未非不])(?:已)?(?:注销|吊销|倒闭|破产|关停|撤销|解散)(?=.{0,2}(?:企业|单位|公司|工会|纳税人|市场主体|个体|名单|名册|清单|一览|汇总))")
_SEVERAL = re.compile(r"[、；;\n]+")


def employer_step(row: Row, world: World, context: SheetContext) -> Step:
    """Plan one row of an employer list: the employer, its counts, its stage in the drive, and the union it names."""
    values, problems = row.values, list(row.problems)
    made = Step(row, "refused", str(values.get("name") or ""), problems=problems)
    if row.refused:
        return made
    known = context.answers.get(row.number) == "new" or world.employers.find(made.label, None)[0] is not None
    if is_union_name(made.label) and not known:
        made.action = "conflict"
        problems.append(problem("employer-name-of-union", "name", name=made.label))
        return made
    if values.get("operating") is None and (word := _ended(context)):
        made.action = "conflict"
        problems.append(problem("list-of-closed", "operating", written=word))
        return made
    made.action = "same"
    wanted = _own(Employer, values) | _region(values, world, problems)
    name, code = plan_coverage.union_written(values)
    named, candidates = matching.find_union(name, code, world)
    if candidates:
        made.action = "conflict"
        problems.append(matching.which(world.unions, name, code, candidates, "union"))
        return made
    uid = _unit(made, world.employers, wanted, world, context)
    if uid is None:
        return made
    plan_coverage.name_union(made, uid, named, context, world)
    if values.get("registered_staff_count") is not None:
        registered = {"staff_count": values["registered_staff_count"]}
        count(made, uid, "单位", registered, "工会登记", context, world, {"staff_count": "registered_staff_count"})
    counts = {name: values[name] for name in COUNTS if values.get(name) is not None}
    counts = without_members(made, uid, counts, context.source, context, world)
    if counts:
        count(made, uid, "单位", counts, context.source, context, world)
    _case(made, uid, {name: values[name] for name in CASE_FIELDS if values.get(name) is not None}, world, context)
    stand_on_list(made, uid, world, context)
    return _closed(made)


def union_step(row: Row, world: World, context: SheetContext) -> Step:
    """Plan one row of a union list: the union, the employers it covers, and the counts of both."""
    values, problems = row.values, list(row.problems)
    made = Step(row, "refused", str(values.get("name") or ""), problems=problems)
    if row.refused:
        return made
    if values.get("state") is None and values.get("dissolved_on") is None and (word := _ended(context)):
        made.action = "conflict"
        problems.append(problem("list-of-closed", "state", written=word))
        return made
    made.action = "same"
    wanted = _own(Union, values) | _region(values, world, problems)
    parent = matching.parent(values, wanted.get("region"), world, problems)
    wanted |= {"parent": parent} if parent else {}
    employers = _employers(values, world, problems, by_name=not (context.ours or row.key))
    if matching.asked(problems):
        made.action = "conflict"
        return made
    end = end_told(made, wanted, world, context)
    uid = None if end is None else _unit(made, world.unions, wanted, world, context)
    if end is None or uid is None:
        return made
    problems += _unlike(made)
    made.writes += end
    employers = [] if is_ended(wanted) else employers  # it covers nobody any more
    if len(employers) == 1 and values.get("employer") is not None:
        _describe_employer(made, employers[0], wanted.get("region"), world, confirmed=not (context.ours or row.key))
    for employer in employers:
        plan_coverage.cover(made, uid, employer, values.get("founding_date"), context, world)
    counts = {name: values[name] for name in COUNTS if values.get(name) is not None}
    joint = is_joint(str(world.unions.held[uid].get("union_type"))) or len(world.covered[uid]) > 1
    if joint and (row.key or (counts and are_sums(uid, counts, world))):
        counts = {}  # our own list has the sums over its employers there
    if counts and _of_employer(row, uid, employers, context, world):
        count(made, employers[0], "单位", counts, "工会登记", context, world)
    elif counts:
        news = count(made, uid, "工会", counts, "工会登记", context, world)
        if news and len(employers) == 1 and "staff_count" in counts:
            count(made, employers[0], "单位", {"staff_count": counts["staff_count"]}, "工会登记", context, world)
    return _closed(made)


def _ended(context: SheetContext) -> str:
    """The word by which a list is called one of units that are no more; "" for any other."""
    return next((found[0] for text in context.called[:2] if (found := _CLOSED.search(text))), "")


def _unlike(made: Step) -> list[Problem]:
    """That a union which the row creates is called as no union is."""
    unlike = made.action == "new" and not is_union_name(made.label)
    return [problem("union-name-unlike", "name", name=made.label)] if unlike else []


def _of_employer(row: Row, union: str, employers: list[str], context: SheetContext, world: World) -> bool:
    """True when a row's numbers are its employer's alone: its union covers others as well, each in a row of its own.

    They stay its employer's when they were taken so before and a later row, perhaps of that very sheet, has given the others to
    another union.
    """
    if len(employers) != 1 or row.value("employer") is None:
        return False
    joint = is_joint(str(row.value("union_type"))) or normal_name(str(row.value("name"))) in context.shared
    before = _has_members(employers[0], row, context, world) and not _has_members(union, row, context, world)
    return joint or before or bool(world.covered[union] - set(employers))


def _has_members(subject: str, row: Row, context: SheetContext, world: World) -> bool:
    """True when a list of unions of the same day has given members to a subject (uid)."""
    told = [each for each in world.counts[subject] if (each["source"], each["as_of"]) == ("工会登记", day_of(row, context))]
    return any(each.get(name) is not None for each in told for name in MEMBER_COUNTS)


def headcount_step(row: Row, world: World, context: SheetContext) -> Step:
    """Plan one row of a head-count table: the count, and its subject when the register does not know it yet."""
    values, problems = row.values, list(row.problems)
    made = Step(row, "refused", str(values.get("subject") or ""), problems=problems)
    if row.refused:
        return made
    made.action = "same"
    name, code = values.get("subject"), values.get("subject_credit_code")
    of_union = values.get("subject_kind") == "工会" or str(code or "").startswith("81")
    of_union = of_union or (values.get("subject_kind") is None and is_union_name(str(name)))
    find = matching.union if of_union else matching.employer
    subject = find(name, code, world, problems)
    if subject is None:
        made.action = "conflict"
        return made
    made.target = subject
    region = _region(values, world, problems)
    founder = world.founders.get(subject)
    if founder is not None and region and founder.values.get("region") is None:
        founder.values.update(region)
    counts = {each: values[each] for each in COUNTS if values.get(each) is not None}
    known = world.counted.get(made.row.key)
    if known is not None and known["subject"] == subject:
        recount(made, known, counts, context)
        return _closed(made)
    source = str(values.get("source") or context.source)
    if not of_union and values.get("union") is not None:
        if not _joined(made, subject, world, context):
            return made
        counts = without_members(made, subject, counts, source, context, world)
    if counts:
        count(made, subject, "工会" if of_union else "单位", counts, source, context, world)
    if any(isinstance(write, Create) for write in made.writes):
        made.action = "new"
    return _closed(made)


def _joined(made: Step, employer: str, world: World, context: SheetContext) -> bool:
    """Join the counted unit with the union that the row names beside it; False where that is a question."""
    name, code = plan_coverage.union_written(made.row.values)
    named, candidates = matching.find_union(name, code, world)
    if candidates:
        made.action = "conflict"
        made.problems.append(matching.which(world.unions, name, code, candidates, "union"))
        return False
    plan_coverage.name_union(made, employer, named, context, world)
    return True


def _closed(made: Step) -> Step:
    if made.action == "same" and made.writes:
        made.action = "updated"
    return made


def _own(record: type[Record], values: Values) -> Values:
    names = set(stored_names(record)) - {"region", "parent"}
    return {name: value for name, value in values.items() if name in names and value is not None}


def _region(values: Values, world: World, problems: list[Problem]) -> Values:
    uid = matching.place(values.get("region"), world, problems)
    if uid is None and values.get("region") is None and values.get("address"):
        uid = world.index.in_address(str(values["address"]), world.home).uid
    return {} if uid is None else {"region": uid}


def _unit(made: Step, units: Units, wanted: Values, world: World, context: SheetContext) -> str | None:
    """Find or create the main record of a row, as a person answered for it; None when it is a question."""
    answer = context.answers.get(made.number, "")
    if answers.named(answer) and not world.meant:
        answer = ""  # it named another record, of which the row speaks besides
    answer = answer or answers.of_key(made.row)
    code, name = wanted.get("credit_code"), wanted.get("name")
    if units.record is Union:
        uid, candidates = matching.find_union(name, code, world, wanted.get("region"))
    else:
        uid, candidates = units.find(name, code, wanted.get("region"))
    uid, candidates = _answered(answer, units, uid, candidates)
    if candidates:
        made.action = "conflict"
        made.problems.append(matching.which(units, name, code, candidates, "name"))
        return None
    if uid is None:
        return _create_unit(made, units, wanted, world)
    made.target = uid
    held = units.held[uid]
    wanted = wanted | {"verified": 1}
    if context.ours:
        wanted = without_derived("unions" if units.record is Union else "employers", wanted, held, made.row)
    if normal_name(str(held.get("name"))) != normal_name(str(name)) and not _former(held, str(name)):
        former = "、".join(filter(None, (held.get("former_names"), held.get("name"))))
        wanted["former_names"] = former
    elif held.get("name") is not None and held.get("verified") != 0:
        wanted.pop("name")
    changes = {each: (held.get(each), value) for each, value in wanted.items() if held.get(each) != value}
    if context.blanks:
        changes = apply_policies(
            changes, held, made.row, set(stored_names(units.record)) - {"name", "credit_code"}, context
        )
    changes = chosen(made, units.record, uid, changes, context, index=world.index)
    if set(changes) == {"verified"} and (held.get("verified") is None or made.row.key or context.ours):
        # an export of our own confirms nothing that nobody touched
        changes = {}
    if changes:
        _change_unit(made, units, uid, changes, world)
    return uid


def _answered(answer: str, units: Units, uid: str | None, candidates: list[str]) -> tuple[str | None, list[str]]:
    """Which unit a person said the row means: the named one, a new one, or whatever was found."""
    named = answers.named(answer)
    if named in units.held:
        return named, []
    return (None, []) if answer == "new" else (uid, candidates)


def _former(held: Values, name: str) -> bool:
    """True when the row uses a name that the unit had before: then it is not renamed back."""
    return normal_name(name) in {normal_name(each) for each in (held.get("former_names") or "").split("、") if each}


def _create_unit(made: Step, units: Units, wanted: Values, world: World) -> str:
    uid = new_uid()
    values = {"uid": uid} | wanted | {"verified": 1}
    made.action, made.target = "new", uid
    made.writes.append(Create(units.record, values))
    if units.record is Union:
        world.add_union(dict(values))
    else:
        units.add(dict(values))
    return uid


def _change_unit(made: Step, units: Units, uid: str, changes: dict[str, tuple[Any, Any]], world: World) -> None:
    founder = world.founders.get(uid)
    held = units.held[uid]
    if founder is not None:
        # named by an earlier row of this import, described by this one: it is created here, whole
        del world.founders[uid]
        founder.values.update({name: after for name, (_before, after) in changes.items()})
        # from here on the picture goes its own way: what later rows change is not told by the creation
        made.writes.append(Create(founder.record, dict(founder.values), founder.facts))
        made.action = "new"
    else:
        made.writes.append(Update(units.record, uid, changes))
    held.update({name: after for name, (_before, after) in changes.items()})
    units.add(held)


def _employers(values: Values, world: World, problems: list[Problem], *, by_name: bool) -> list[str]:
    """The employers that a union's row names; a joint union's cell may hold several. Unknown ones are created.

    ``by_name``: where it names none, the one that the union is called after.
    """
    written, code = values.get("employer"), values.get("employer_credit_code")
    joint = is_joint(str(values.get("union_type"))) if values.get("union_type") else False
    parts = [each.strip() for each in _SEVERAL.split(str(written)) if each.strip()] if written is not None else []
    # our own lists name all of a union's employers in one cell, whatever its type
    several = joint or (len(parts) > 1 and all(world.employers.find(each, None, None)[0] for each in parts))
    names: list[Any] = parts if parts and several else [written]
    found = []
    for name in names:
        uid = matching.employer(name, code if len(names) == 1 else None, world, problems)
        if uid is None and written is None and by_name:
            uid = matching.employer_by_union_name(values.get("name"), world)
        if uid is not None:
            found.append(uid)
    return found


def _describe_employer(made: Step, uid: str, region: Any, world: World, *, confirmed: bool) -> None:
    """A union's row also describes its employer, and confirms that there is one: fill in what is blank, never overwrite."""
    values, held = made.row.values, world.employers.held[uid]
    told = {
        "credit_code": values.get("employer_credit_code"), "nature": values.get("employer_nature"),
        "economy": values.get("employer_economy"), "industry": values.get("employer_industry"),
        "address": values.get("employer_address"), "legal_representative": values.get("legal_representative"),
        "region": region, "verified": 1 if confirmed else None,
    }  # fmt: skip
    changes = {
        name: (held.get(name), value) for name, value in told.items() if value is not None and not held.get(name)
    }
    if not changes:
        return
    founder = world.founders.get(uid)
    if founder is not None:
        founder.values.update({name: after for name, (_before, after) in changes.items()})
    else:
        made.writes.append(Update(Employer, uid, changes))
    held.update({name: after for name, (_before, after) in changes.items()})
    world.employers.add(held)


def _case(made: Step, employer: str, said: Values, world: World, context: SheetContext) -> None:
    case = world.cases.get(employer)
    if case is None and said:
        case = {"uid": new_uid(), "employer": employer, **dict.fromkeys(CASE_FIELDS), **said}
        made.writes.append(Create(DriveCase, dict(case)))
        world.cases[employer] = case
    elif case is not None:
        changes = {name: (case[name], value) for name, value in said.items() if case[name] != value}
        changes = chosen(made, DriveCase, case["uid"], changes, context)
        if changes:
            made.writes.append(Update(DriveCase, case["uid"], changes))
            case.update({name: after for name, (_before, after) in changes.items()})
