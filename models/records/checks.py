"""Checks across the fields of one row or form: what one value says about another.

Each check gets the values by field name, may put them right where the law of the number is stronger than the written
text, and returns what must be told.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from models.records.membership import DECEASED
from models.values import ids
from models.values.codes import MEMBERSHIP_STATE, non_public_by_nature
from models.values.columns import Plain, Stored
from models.values.id_kinds import id_for_type
from models.values.marks import unmarked_organization
from models.values.problems import Problem, problem
from models.values.terms import read_term
from models.values.union_kinds import class_of, guessed_type

StoredValues = dict[str, Stored]
Written = dict[str, Plain]
Check = Callable[[StoredValues, Written, list[Problem], dt.date], list[Problem]]

CITIZEN_CARD = "居民身份证"
#: Years of age, by the years of birth and of today, outside which a birth is doubted.
YOUNGEST, OLDEST = 16, 75
#: Codes of the problems that an identity number by itself can have.
ID_PROBLEMS = frozenset({"id-check-digit", "id-shape", "id-date", "id-truncated", "id-masked"})
#: Days of things that have happened; a term or a next action may well begin tomorrow.
PAST = ("birth_date", "join_date", "change_date", "founding_date", "as_of", "closed_on", "dissolved_on")


def check_worker(values: StoredValues, written: Written, problems: list[Problem], today: dt.date) -> list[Problem]:
    """A person: the ID number against its type, the birth date and the sex, which it also supplies when they are blank."""
    _death(values, written)
    found = _other_document(values, written, problems)
    if found:
        found = _truncated(values, found)
    number = values.get("id_number")
    if isinstance(number, str) and not (found and any(each.code in ID_PROBLEMS for each in found)):
        known = ids.birth_and_sex(number)
        if known is not None:
            found += _against_number(values, *known)
    return found + _age(values, today) + _retired(values) + _future(values, today)


def _death(values: StoredValues, written: Written) -> None:
    """A death written as a type or a state of membership is a leaving for that reason: see ``models/records/membership.py``."""
    change = values.get("change_type")
    said = MEMBERSHIP_STATE.find(str(written.get("change_type") or "")) if change == "退会" else None
    if said == DECEASED or (values.get("membership_state") == DECEASED and change in (None, "退会")):
        values["change_reason"] = DECEASED


def _other_document(values: StoredValues, written: Written, problems: list[Problem]) -> list[Problem]:
    """A passport or permit is not held to the rules of the citizen's card."""
    id_type, number = values.get("id_type"), written.get("id_number")
    if not isinstance(id_type, str) or id_type == CITIZEN_CARD or number is None:
        return problems
    parsed = id_for_type(number, id_type)
    values["id_number"] = parsed.value
    kept = [each for each in problems if each.code not in ID_PROBLEMS]
    return kept if parsed.problem is None else [*kept, parsed.problem.at("id_number")]


def _truncated(values: StoredValues, problems: list[Problem]) -> list[Problem]:
    """A lost ID number (truncated by Excel, or starred) refuses the row when nothing else in it can identify the person."""
    identified = values.get("phone") or (values.get("birth_date") and values.get("employer"))
    if identified:
        return problems
    lost = {"id-truncated": "id-truncated-alone", "id-masked": "id-masked-alone"}
    return [problem(lost[each.code], "id_number") if each.code in lost else each for each in problems]


def _against_number(values: StoredValues, birth: str, sex: str) -> list[Problem]:
    found = []
    written = values.get("birth_date")
    if written != birth:  # the written one is kept where it is the same: many rows share its text
        if isinstance(written, str) and not birth.startswith(written):
            found.append(problem("birth-contradicts-id", "birth_date"))
        values["birth_date"] = birth
    if values.get("sex") and values["sex"] != sex:
        found.append(problem("sex-contradicts-id", "sex"))
    values["sex"] = sex
    return found


def _age(values: StoredValues, today: dt.date) -> list[Problem]:
    birth = values.get("birth_date")
    if not isinstance(birth, str):
        return []
    age = today.year - int(birth[:4])
    return [problem("age-unusual", "birth_date", age=age)] if not YOUNGEST <= age <= OLDEST else []


def _retired(values: StoredValues) -> list[Problem]:
    """Whoever has retired keeps a membership (保留) but hardly begins one."""
    joining = values.get("change_type") in ("入会", "转入")
    retired = values.get("employment_state") in ("退休", "离休")
    return [problem("retired-joining", "employment_state")] if joining and retired else []


def _future(values: StoredValues, today: dt.date) -> list[Problem]:
    """Days after today, as far as they are known: this month is not the future, next month is."""
    now = today.isoformat()
    return [problem("day-future", name) for name in PAST if isinstance(day := values.get(name), str) and day > now]


def check_employer(values: StoredValues, written: Written, problems: list[Problem], today: dt.date) -> list[Problem]:
    """A unit: whether it is non-public follows from its nature unless it is written (domain practice, editable)."""
    nature = values.get("nature")
    if values.get("non_public") is None and isinstance(nature, str):
        derived = non_public_by_nature(nature)
        if derived is not None:
            values["non_public"] = int(derived)
    marked = any(each.code == "organization-marks" for each in problems)
    if marked and values.get("operating") is None and unmarked_organization(str(written.get("name") or "")).left:
        values["operating"] = 0  # 重庆某某有限公司（已注销）: told with the name
    return problems + _members(values) + _parts(values) + _future(values, today)


def check_union(values: StoredValues, written: Written, problems: list[Problem], today: dt.date) -> list[Problem]:
    """A union: no more members than staff, no more women than people; a name that says more of its type than is written."""
    term = read_term(written.get("term_years"))
    if term is not None and values.get("term_years") == term.years and values.get("term_start") is None:
        values["term_start"] = term.start
    return problems + _type(values) + _members(values) + _parts(values) + _future(values, today)


def _type(values: StoredValues) -> list[Problem]:
    """The type that the name suggests where none is written: asked, never filled in."""
    name = values.get("name")
    guessed = guessed_type(name) if isinstance(name, str) and not values.get("union_type") else None
    if guessed is None:
        return []
    code = "union-type-likely" if class_of(None, str(name)) else "union-type-guessed"
    return [problem(code, "union_type", label=guessed)]


def check_headcount(values: StoredValues, written: Written, problems: list[Problem], today: dt.date) -> list[Problem]:
    """A count: something must be counted, and the parts must not exceed the whole."""
    counted = any(value is not None for name, value in values.items() if name.endswith("_count"))
    missing = [] if counted else [problem("counts-missing")]
    return problems + missing + _members(values) + _parts(values) + _future(values, today)


def check_ledger_entry(values: StoredValues, written: Written, problems: list[Problem], today: dt.date) -> list[Problem]:
    """An entry of the work ledger: not before it happened, no more done than came in, not closed before it came."""
    day = values.get("date")
    future = [problem("day-future", "date")] if isinstance(day, str) and day > today.isoformat() else []
    closed = values.get("closed_on")
    if isinstance(closed, str) and closed > today.isoformat():
        future.append(problem("day-future", "closed_on"))
    # a wrong number only fails to tell who was served, and is kept nowhere
    problems = [each.as_level("warning") if each.column == "id_number" else each for each in problems]
    above = [problem("done-above-quantity", "done")] if _exceeds(values, "done", "quantity") else []
    early = isinstance(closed, str) and isinstance(day, str) and closed < day[: len(closed)]
    return problems + future + above + ([problem("closed-before-received", "closed_on")] if early else [])


def check_site(values: StoredValues, written: Written, problems: list[Problem], today: dt.date) -> list[Problem]:
    """A thing that stands: named or counted, not from tomorrow on, not ended before it began."""
    told = [] if values.get("name") or values.get("quantity") is not None else [problem("site-name-missing", "name")]
    days = {name: day for name in ("since", "until") if isinstance(day := values.get(name), str)}
    told += [problem("day-future", name) for name, day in days.items() if day > today.isoformat()]
    if len(days) > 1 and days["until"] < days["since"][: len(days["until"])]:
        told.append(problem("site-ended-before", "until"))
    return problems + told


def check_place(values: StoredValues, written: Written, problems: list[Problem], today: dt.date) -> list[Problem]:
    """A place: nothing beyond its fields; where it lies and whether it is there is the plan's matter."""
    return problems


#: The word by which a post says of which body it is.
_OF_BODY = {"经审": "经费审查委员会", "女职工": "女职工委员会"}
#: Posts that every body has: what they are called in the two that say so.
_SHARED_POSTS = ("主任", "副主任", "委员")


def check_officer(values: StoredValues, written: Written, problems: list[Problem], today: dt.date) -> list[Problem]:
    """A post: the body and the post say each other where one is missing.

    Nobody left before coming, or holds one from tomorrow.
    """
    body, post = values.get("body"), values.get("post")
    if body is None and isinstance(post, str):
        word = next((word for word in _OF_BODY if post.startswith(word)), "")
        values["body"] = _OF_BODY.get(word) or {"代表": "会员代表大会", "主席": "工会委员会", "副主席": "工会委员会"}.get(post)
    word = next((word for word, named in _OF_BODY.items() if named == body), "")
    if word and post in _SHARED_POSTS:
        values["post"] = f"{word}{post}"
    if body == "会员代表大会" and post is None:
        values["post"] = "代表"
    now, since, until = today.isoformat(), values.get("since"), values.get("until")
    future = [problem("day-future", name) for name in ("since", "until") if isinstance(day := values.get(name), str)
        and day > now]
    ordered = isinstance(since, str) and isinstance(until, str)
    turned = [problem("officer-left-before", "until")] if ordered and str(until)[: len(str(since))] < str(since)[: len(str(
        until))] else []
    return problems + future + turned


def _number(values: StoredValues, name: str) -> int | None:
    value: Any = values.get(name)
    return value if isinstance(value, int) else None


def _exceeds(values: StoredValues, part: str, whole: str) -> bool:
    some, total = _number(values, part), _number(values, whole)
    return some is not None and total is not None and some > total


#: A part that is greater than its whole: what is told, the part, the whole.
_PARTS = (
    ("women-above-all", "women_staff_count", "staff_count"),
    ("women-above-all", "women_member_count", "member_count"),
    ("migrants-above-all", "migrant_member_count", "member_count"),
    ("new-form-above-all", "new_form_member_count", "member_count"),
)


def _members(values: StoredValues) -> list[Problem]:
    above = _exceeds(values, "member_count", "staff_count")
    return [problem("members-above-staff", "member_count")] if above else []


def _parts(values: StoredValues) -> list[Problem]:
    return [problem(code, part) for code, part, whole in _PARTS if _exceeds(values, part, whole)]


CHECKS: dict[str, Check] = {
    "workers": check_worker,
    "employers": check_employer,
    "unions": check_union,
    "headcounts": check_headcount,
    "officers": check_officer,
    "ledger": check_ledger_entry,
    "sites": check_site,
    "regions": check_place,
}
