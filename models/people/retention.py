"""How long people's data is kept (保存期限): for each membership state a number of years, and whose turn it is to be reviewed.

The law names no number: data is kept for the shortest time that its purpose needs (个人信息保护法 19) and erased when the
purpose is reached (47). Until a district says otherwise, three years after somebody has left are proposed, the time for
which the law keeps the records of handling (56). Whoever is a member, or about to become one, has no end of the time.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.engine import database
from models.errors import UserError
from models.journal.settings import change_setting
from models.journal.writer import Author
from models.language import N_, _
from models.records.erasure import not_sealed
from models.records.membership import MembershipEvent
from models.records.setting import setting
from models.records.union import Union
from models.records.worker import Worker
from models.uid import day_of, last_of
from models.values import codes
from models.values.days import last_day
from models.values.name_order import place_of

#: The setting that holds the years of each state, 0 for no end.
KEY = "retention_years"
BASIS = N_("个人信息保护法第十九条（最短必要时间）、第四十七条（目的已实现应当删除）；年数法律没有规定，默认三年参照第五十六条，按本地档案规定改")
#: States without an event: there the time runs from the day on which the register learned of the person.
_WITHOUT_EVENT = "未入会"
_MOST_YEARS = 99


@dataclass(frozen=True, slots=True)
class DueReview:
    """Somebody whose data is due for review.

    ``since``: when the state began, as far as known, "" unknown; ``due_on``: ISO text, "" where nothing can be said.
    ``union``: the one that they were at last, by name.
    """

    uid: str
    name: str
    state: str
    since: str
    due_on: str
    union: str


@dataclass(frozen=True, slots=True)
class Review:
    """Whose data is due, the longest overdue first; and those in such a state since nobody knows when, never due."""

    due: list[DueReview]
    undated: list[DueReview]


def years_kept() -> dict[str, int]:
    """Membership state → years for which data is kept after it began; 0 where there is no end. Every state of the list."""
    kept = setting(KEY)
    return {state: int(kept.get(state, 0)) for state in codes.MEMBERSHIP_STATE.labels}


def change_years(years: Mapping[str, int], author: Author) -> None:
    """Keep other numbers of years, 0 for no end, journaled. UserError for an unknown state, or a number beyond reason."""
    for state, count in years.items():
        if state not in years_kept():
            states = _("、").join(_(each) for each in codes.MEMBERSHIP_STATE.labels)
            raise UserError(_("没有会籍状态“{state}”。可以写的有：{states}。").format(state=state, states=states))
        if not 0 <= count <= _MOST_YEARS:
            raise UserError(_("保存年数要在 0 到 {most} 之间，0 是不设期限。").format(most=_MOST_YEARS))
    wanted = {state: count for state, count in (years_kept() | dict(years)).items() if count}
    change_setting(KEY, wanted, author)


def read_years(text: str) -> tuple[str, int]:
    """A state with its years as a person writes it: 退会=3. UserError when it is not."""
    state, _sign, number = text.partition("=")
    if not (number.isascii() and number.isdigit() and len(number) <= len(str(_MOST_YEARS))):
        raise UserError(_("“{text}”要写成 会籍状态=年数，例如 退会=3。").format(text=text))
    return codes.MEMBERSHIP_STATE.find(state) or state.strip(), int(number)


def due(day: dt.date) -> Review:
    """Whose data is due for review on ``day``, by the states that people are in now."""
    dated: list[DueReview] = []
    undated: list[DueReview] = []
    for state, count in years_kept().items():
        for uid, name, date in _in_state(state, _later(day, -count)) if count else ():
            since = date or (day_of(uid) if state == _WITHOUT_EVENT else "")
            end = _later(last_day(since), count) if since else None
            if end is None:
                undated.append(DueReview(uid, name or "", state, "", "", ""))
            elif end <= day:
                dated.append(DueReview(uid, name or "", state, since, end.isoformat(), ""))
    return Review(
        _with_unions(sorted(dated, key=lambda each: (each.due_on, place_of(each.name, person=True), each.uid))),
        _with_unions(sorted(undated, key=lambda each: (each.state, place_of(each.name, person=True), each.uid))),
    )


def _in_state(state: str, until: dt.date) -> Any:
    """People (uid, name, date of change) in a state since about ``until`` or longer, or since nobody knows when."""
    query = Worker.select(Worker.uid, Worker.name, Worker.change_date).where(Worker.membership_state == state)
    if state == _WITHOUT_EVENT:
        query = query.where(Worker.uid <= last_of(until))
    else:
        query = query.where(Worker.change_date.is_null() | (Worker.change_date <= until.isoformat()))
    shown = not_sealed(Worker)
    return (query if shown is None else query.where(shown)).tuples()


def _later(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return dt.date(day.year + years, 3, 1)


def _with_unions(found: list[DueReview]) -> list[DueReview]:
    """The same people with the union that each was at last."""
    rows = database.fetch_in(MembershipEvent, "worker", [each.uid for each in found], ("uid", "worker", "union"))
    at = {worker: union for _uid, worker, union in sorted(row for row in rows if row[2])}
    names = dict(database.fetch_in(Union, "uid", set(at.values()), ("uid", "name")))
    return [
        DueReview(each.uid, each.name, each.state, each.since, each.due_on, names.get(at.get(each.uid, "")) or "")
        for each in found
    ]
