"""Who or what a row speaks of: persons by number, phone or birth; employers, unions and regions by name and code."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from importers.plan.naming import names_employer, names_several, names_union
from importers.plan.poorer import names_nobody_else
from importers.plan.world import Units, World
from models.engine.record import Values
from models.records.employer import Employer
from models.records.union import Union
from models.values.cleaning import normal_name
from models.values.id_kinds import phones
from models.values.masking import quote
from models.values.names import employer_of_union, is_union_name
from models.values.problems import APPLIED, Problem, problem


@dataclass(frozen=True, slots=True)
class RecordMatch:
    """The record a row means (``uid``), or none of them; or a question that keeps the row out."""

    uid: str | None = None
    question: Problem | None = None


def person(values: Values, world: World) -> RecordMatch:
    """Find the person of a row: by ID number; without one by name and phone; name and birth and employer is only a question.

    Never by name alone, except to see that a row says nothing new (see ``plan_workers``).
    """
    name, number = values.get("name"), values.get("id_number")
    if number is not None and str(number) in world.by_id:
        uid = world.by_id[str(number)]
        held = world.worker(uid)
        return RecordMatch(uid, _other_name(held.get("name"), str(name)))
    phone = values.get("phone")
    if phone is not None:
        alike = [uid for each in phones(phone) for uid in world.by_phone.get((str(name), each), ())]
        found = [uid for uid in dict.fromkeys(alike) if not _other_number(world.worker(uid), number)]
        if len(found) == 1:
            return RecordMatch(found[0])
        if found:
            return RecordMatch(None, problem("several-persons", count=len(found)).among(found))
    return RecordMatch()


def _other_number(held: dict[str, Any], number: Any) -> bool:
    return number is not None and held.get("id_number") not in (None, number)


def _other_name(held: str | None, name: str) -> Problem | None:
    """The same number under a name that shares no character is probably a number typed into the wrong row."""
    if held is None or set(held) & set(name) or names_nobody_else(held, name):
        return None
    return problem("name-contradicts-id", "name", held=held)


def namesake(values: Values, employer: str | None, world: World) -> RecordMatch:
    """A question when somebody of the same name, birth and employer is held, and one of the two has no number."""
    number, birth = values.get("id_number"), values.get("birth_date")
    if birth is None or employer is None:
        return RecordMatch()
    for uid in world.namesakes.born(str(values.get("name")), employer, str(birth)):
        held = world.worker(uid)
        if number is not None and held.get("id_number") is not None:
            continue
        if held.get("employer") == employer and _same_day(held.get("birth_date"), str(birth)):
            return RecordMatch(uid, problem("same-person"))
    return RecordMatch()


def _same_day(held: str | None, written: str) -> bool:
    """True when two days can be the same, one of them perhaps known less precisely."""
    return held is not None and (held.startswith(written) or written.startswith(held))


def employer(name: Any, code: Any, world: World, problems: list[Problem]) -> str | None:
    """The employer that a row names, created as unverified when nobody knows it. None when the row names none."""
    if name is None and code is None:
        return None
    uid, candidates = chosen(*world.employers.find(name, code), world)
    if uid is not None:
        return uid
    if name is None:
        return None
    if candidates:
        problems.append(which(world.employers, name, code, candidates, "employer"))
        return None
    if names_several(str(name)):
        problems.append(problem("name-of-several", "employer", written=quote(name)))
        return None
    if not names_employer(str(name)):
        problems.append(problem("no-employer-name", "employer", written=quote(name)))
        return None
    problems.append(problem("employer-created", "employer", name=name))
    return world.found(Employer, {"name": name, "credit_code": code})


def union(name: Any, code: Any, world: World, problems: list[Problem], column: str = "union") -> str | None:
    """The union that a row names, created as unverified when nobody knows it. None when the row names none."""
    if name is None and code is None:
        return None
    uid, candidates = find_union(name, code, world)
    if uid is not None:
        return uid
    if name is None:
        return None
    if candidates:
        problems.append(which(world.unions, name, code, candidates, column))
        return None
    if not names_union(str(name)):
        problems.append(problem("no-union-name", column, written=quote(name)))
        return None
    problems.append(problem("union-created", column, name=name))
    return world.found(Union, {"name": name, "credit_code": code})


def parent(values: dict[str, Any], region: str | None, world: World, problems: list[Problem]) -> str | None:
    """The union above the one of a row; none, and a warning, where that would be itself or one below it."""
    name, above = values.get("name"), values.get("parent")
    if above is None:
        return None
    if normal_name(str(above)) != normal_name(str(name)):
        found = union(above, None, world, problems, "parent")
        own, _candidates = world.unions.find(name, values.get("credit_code"), region)
        if found is None or own is None or own not in _line_above(found, world):
            return found
    problems.append(problem("parent-circular", "parent"))
    return None


def _line_above(uid: str, world: World) -> set[str]:
    """A union and all those above it."""
    line: set[str] = set()
    while uid in world.unions.held and uid not in line:
        line.add(uid)
        uid = str(world.unions.held[uid].get("parent") or "")
    return line


def which(units: Units, name: Any, code: Any, candidates: list[str], column: str) -> Problem:
    """The question which of several units is meant, or whether the one of the same name with another code is."""
    if code and all(units.held[each].get("credit_code") not in (None, code) for each in candidates):
        return problem("same-name-other-code", column, name=name).among(candidates)
    return problem("several-units", column, count=len(candidates)).among(candidates)


def chosen(uid: str | None, candidates: list[str], world: World) -> tuple[str | None, list[str]]:
    """What was found, (uid, candidates), or the one of the candidates that a person's answer to the row names."""
    if world.meant not in candidates:
        return uid, candidates
    uid, world.meant = world.meant, ""
    return uid, []


def asked(problems: Iterable[Problem]) -> bool:
    """True when a person must decide something before the row can be applied."""
    return any(each.level == "question" and each.code not in APPLIED for each in problems)


def find_union(name: Any, code: Any, world: World, region: str | None = None) -> tuple[str | None, list[str]]:
    """A union by code or name: (uid, []), or (None, candidates).

    "甲公司工会" and "甲公司工会委员会" are the same union when only one of them exists.
    """
    uid, candidates = chosen(*world.unions.find(name, code, region), world)
    if uid is not None or candidates or name is None or not is_union_name(name):
        return uid, candidates
    near = world.unclaimed.get(normal_name(employer_of_union(name)), [])
    fitting = [each for each in near if _same_kind(name, str(world.unions.held[each]["name"]))]
    fitting = [each for each in fitting if world.unions.compatible(each, code, region)]
    return (fitting[0], []) if len(fitting) == 1 else (None, [])


def _same_kind(name: str, other: str) -> bool:
    """A committee is its union; a federation (联合会) or a group (小组) is another body."""
    tails = [each.removeprefix(employer_of_union(each)) for each in (name, other)]
    return all(tail in ("工会", "工会委员会", "基层工会委员会", "基层工会") for tail in tails)


def employer_by_union_name(name: Any, world: World) -> str | None:
    """The employer that a union's own name speaks of, if the register knows exactly that one."""
    if not isinstance(name, str) or not is_union_name(name):
        return None
    uid, _candidates = world.employers.find(employer_of_union(name), None)
    return uid


def only_union(employer_uid: str | None, world: World) -> str | None:
    """The union that covers an employer."""
    coverage = world.covering.get(employer_uid or "")
    return None if coverage is None else str(coverage["union"])


def place(text: Any, world: World, problems: list[Problem], column: str = "region") -> str | None:
    """A region by what was written, inside the home district when the name is not unique. Problems are told."""
    if not isinstance(text, str):
        return None
    found = world.index.resolve(text, world.home)
    if found.uid is None and not found.candidates:
        found = world.index.in_address(text, world.home)
    if found.uid is None:
        code = "region-ambiguous" if found.candidates else "region-unknown"
        problems.append(problem(code, column, written=text[:30]))
    return found.uid
