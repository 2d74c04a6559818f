"""Who stands on a list as a member and is told to have left, or the other way round: never guessed, but asked.

What a person may answer to such a row: ``join`` (a member), ``leave`` (has left the union), ``keep`` (only the person's data).
"""

import re
from collections.abc import Iterable

from importers.plan.context import SheetContext
from models.engine.record import Values
from models.records.membership import HOLDING
from models.values.problems import Problem, problem

JOIN, LEAVE, KEEP = "join", "leave", "keep"
ANSWERS = (JOIN, LEAVE, KEEP)
_OPENING = ("入会", "转入")
#: What says in the place of a union that there is none for the person.
_OUTSIDE = re.compile("否|未(?:入会?|加入|建会?|参加).{0,4}|没有?(?:加入|入会|参加|工会)?|非会员|不是会员|无工会")
_MEMBERS = re.compile("(?<!非)会员")
#: Lists of those who are no members yet, or of other people than the members.
_NO_MEMBERS = re.compile(
    "非会员|未入会|未加入|[待拟应]入会|[待拟]发展|[待拟]吸收|发展对象|入会意[向愿]|意向会员|申请入会|入会申请|预备会员|潜在会员|会员(?:家属|子女|配偶|单位|活动|服务|之家|中心|权益|系统|平台)"
)


def speaks_of_members(called: Iterable[str]) -> bool:
    """True when what a sheet is called says that the people on it are members: 非会员, 拟发展会员, 会员家属 are none."""
    texts = tuple(called)
    return any(map(_MEMBERS.search, texts)) and not any(map(_NO_MEMBERS.search, texts))


def contrary(
    values: Values, events: list[Values], held: Values, problems: list[Problem], context: SheetContext
) -> Problem | None:
    """The question whether the person is a member, where the list and the row speak against each other; else None.

    ``held``: what the register holds of the person, empty for somebody new.
    """
    joins = bool(events) and events[-1]["type"] in _OPENING
    if values.get("membership_state") == "未入会" and values.get("join_date") and not events:
        return problem("state-or-date", "membership_state", written="未入会")
    holds = not events and held.get("membership_state") in HOLDING
    if not joins and not holds:
        return None
    said = next((each for each in problems if each.code == "says-left" or _unread(each)), None)
    if said is not None:
        return problem("left-or-member", said.column, written=dict(said.facts)["written"])
    if _OUTSIDE.fullmatch(str(values.get("union") or "")):
        return problem("left-or-member", "union", written=values["union"])
    explicit = values.get("change_type") is not None or values.get("membership_state") is not None
    if context.leaving and not (context.joining and explicit):
        return problem("list-of-leavers", "change_type", written=context.leaving)
    return None


def _unread(each: Problem) -> bool:
    """True when the row says a state or a change of membership that nobody can read: no joining is guessed past it."""
    return each.code == "choice-unknown" and each.column in ("membership_state", "change_type")


def answered(answer: str, values: Values, events: list[Values], union: str | None) -> list[Values]:
    """The events of a row as a person answered for it; as they were for any other answer."""
    if answer == KEEP:
        return []
    joined = [each for each in events if each["type"] in ("申请", *_OPENING)]
    date = values.get("change_date") or values.get("join_date")
    if answer == JOIN:
        return joined or [{"union": union, "type": "入会", "date": date, "reason": None}]
    if answer == LEAVE:
        last = {"union": union, "type": "退会", "date": values.get("change_date"), "reason": values.get("change_reason")}
        return [*(each for each in joined if values.get("join_date")), last]
    return events


def unused_union(values: Values, events: list[Values], held: Values, union: str | None) -> Problem | None:
    """That a row names a union and says nothing of a membership there: it makes nobody a member, and is told."""
    written = values.get("union")
    if written is None or events or (held.get("union") is not None and held.get("union") == union):
        return None
    if values.get("membership_state") is not None or values.get("change_type") is not None:
        return None
    return problem("union-not-used", "union", written=written)


def unsaid_change(values: Values) -> Problem | None:
    """That a row has a day of some change and does not say which: nothing is made of it, and it is told."""
    if values.get("change_date") is None or values.get("change_type") is not None:
        return None
    if values.get("membership_state") is not None or values.get("join_date") is not None:
        return None
    return problem("change-unsaid", "change_date")
