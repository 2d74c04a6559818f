"""Who held which post in a union on a day, and what follows: which bodies there are, whether the chair is vacant, since when.

Where the register knows officers of a union, they say more than the union's own columns; a body of which it knows none is left
to those columns. A post without a date counts from the day on which the register learned of it.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from models.engine import database
from models.records.officer import Officer
from models.uid import day_of
from models.values.cleaning import normal_name
from models.values.days import first_day

COMMITTEE, AUDIT, WOMEN, DELEGATES = "工会委员会", "经费审查委员会", "女职工委员会", "会员代表大会"
CHAIR = "主席"
#: A post of one person where there is no whole body: 经审委员, 女职工委员.
_ALONE = {"经审委员": AUDIT, "女职工委员": WOMEN}
#: A by-election fills a seat and begins no term.
_BY_ELECTION = "补选"
#: So many elected on one day, and more than half, are a committee's election.
_FEWEST = 3
_FIELDS = ("uid", "union", "worker", "name", "body", "post", "since", "until", "elected_by")


class Post(NamedTuple):
    """One post of one person, as stored; ``since`` and ``until`` are ISO text cut to what is known."""

    uid: str
    union: str
    worker: str | None
    name: str | None
    body: str | None
    post: str | None
    since: str | None
    until: str | None
    elected_by: str | None

    def held_on(self, day: dt.date) -> bool:
        """True when the person was in the post on ``day``."""
        begun = first_day(self.since).isoformat() if self.since else day_of(self.uid)
        return begun <= day.isoformat() and (self.until is None or first_day(self.until) > day)

    @property
    def of_body(self) -> str | None:
        """The body that the post belongs to, by itself where it says so."""
        return self.body or _ALONE.get(self.post or "")


@dataclass(frozen=True)
class UnionOfficers:
    """The officers of one union on a day: ``held`` are in office. None stands for what the register knows nobody of.

    ``vacant_since``: the day on which the last chair left, where the chair is vacant and that is known. ``elected``: the day on
    which the committee in office was elected, where most of it shares one.
    """

    held: tuple[Post, ...] = ()
    chairs: tuple[str, ...] | None = None
    vacant_since: str | None = None
    bodies: dict[str, int] = field(default_factory=dict)
    elected: str | None = None

    def has(self, body: str) -> bool | None:
        """Whether a body is there: a committee has several people, or somebody who leads it.

        None when the register knows nobody of it, or one person alone who may be all of it or a part.
        """
        people = self.bodies.get(body)
        led = any(each.of_body == body and (each.post or "").endswith("主任") for each in self.held)
        return None if people is None or (people == 1 and not led) else people > 0

    def has_any(self, body: str) -> bool | None:
        """Whether anybody is in office of a body, a commissioner alone too."""
        return None if body not in self.bodies else self.bodies[body] > 0

    def counted(self, body: str) -> int:
        """How many people are in office of a body, each once whatever the posts."""
        return self.bodies.get(body, 0)


def is_leading(post: str | None) -> bool:
    """True for whoever leads a body or stands in for who does."""
    return (post or "").endswith(("主席", "主任"))


def officers_on(day: dt.date, unions: Iterable[str] | None = None) -> dict[str, UnionOfficers]:
    """The officers of each union (or only of these, uids) of which the register knows any."""
    of_union: defaultdict[str, list[Post]] = defaultdict(list)
    for post in _posts(unions):
        if first_seen(post) <= day.isoformat():
            of_union[post.union].append(post)
    return {union: _of_union(posts, day) for union, posts in of_union.items()}


def first_seen(post: Post) -> str:
    """From which day (ISO) the register has something to say of a post."""
    return first_day(post.since).isoformat() if post.since else day_of(post.uid)


def _posts(unions: Iterable[str] | None) -> list[Post]:
    if unions is not None:
        return [Post(*row) for row in database.fetch_in(Officer, "union", list(unions), _FIELDS)]
    query: Any = Officer.select(*(getattr(Officer, name) for name in _FIELDS)).where(Officer.union.is_null(False))
    return [Post(*row) for row in query.tuples()]


def _of_union(posts: list[Post], day: dt.date) -> UnionOfficers:
    held = tuple(sorted((each for each in posts if each.held_on(day)), key=lambda each: each.uid))
    known = {each.of_body for each in posts if each.of_body}
    bodies = {body: len({_person(each) for each in held if each.of_body == body}) for body in known}
    chairs = [each for each in posts if each.post == CHAIR and each.of_body in (COMMITTEE, None)]
    sitting = tuple(dict.fromkeys(each.name or "" for each in chairs if each.held_on(day)))
    left = sorted(each.until for each in chairs if each.until and first_day(each.until) <= day)
    return UnionOfficers(
        held, sitting if chairs else None, left[-1] if chairs and not sitting and left else None, bodies,
        _elected([each for each in held if each.of_body == COMMITTEE]),
    )  # fmt: skip


def _person(post: Post) -> str:
    """Who holds a post, known by the register or by name alone."""
    return post.worker or normal_name(post.name or post.uid)


def _elected(committee: list[Post]) -> str | None:
    """The day on which most of a committee was elected: what only some of them share is no election of the committee."""
    people = {_person(each) for each in committee}
    days = Counter(
        since
        for since in {_person(each): each.since for each in committee if each.elected_by != _BY_ELECTION}.values()
        if since
    )
    if not days:
        return None
    day, count = max(days.items(), key=lambda each: (each[1], each[0]))
    return day if count >= _FEWEST and 2 * count > len(people) else None
