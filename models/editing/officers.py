"""Officers of a union entered, corrected, ended and taken back by hand, at the union's page; each one batch."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from models.engine import database
from models.engine.record import Values
from models.errors import UserError
from models.journal.stored import stored
from models.journal.typed import past_day, typed
from models.journal.writer import Author, batch, number_of
from models.language import _
from models.records.catalogue import stored_names
from models.records.checks import CHECKS
from models.records.erasure import sealed_among
from models.records.membership import HOLDING
from models.records.officer import Officer
from models.records.worker import Worker
from models.standing.officers import Post
from models.uid import new_uid
from models.values.columns import Plain
from models.values.days import first_day

#: What is typed of a post, in the order of the form.
TYPED = ("name", "body", "post", "term", "since", "elected_by", "number", "phone", "until", "until_because", "note")
#: The order of the bodies and of the posts in them.
_BODIES = ("工会委员会", "经费审查委员会", "女职工委员会", "会员代表大会")
_FIRST = ("主席", "副主席", "经审主任", "女职工主任", "主任", "常委")


@dataclass(frozen=True, slots=True)
class PostLine:
    """One post as a union's page shows it: its values by field name; ``in_office`` on the day that was asked."""

    uid: str
    values: Values
    in_office: bool


def officers_of(union: str, day: dt.date) -> list[PostLine]:
    """The officers of a union (uid): who is in office first, by body and post; then those who have left, the last first."""
    names = ("uid", *stored_names(Officer))
    rows = [dict(zip(names, row, strict=True)) for row in database.fetch_in(Officer, "union", [union], names)]
    found = [PostLine(row["uid"], row, Post(**{name: row[name] for name in Post._fields}).held_on(day)) for row in rows]
    sitting = sorted((each for each in found if each.in_office), key=_place)
    gone = sorted((each for each in found if not each.in_office), key=lambda each: each.values["until"] or "", reverse=True)
    return [*sitting, *gone]


def _place(held: PostLine) -> tuple[int, int, str]:
    body, post = held.values["body"], held.values["post"]
    return (
        _BODIES.index(body) if body in _BODIES else len(_BODIES), _FIRST.index(post) if post in _FIRST else len(_FIRST), held.uid
    )  # fmt: skip


def people_called(union: str, name: str) -> list[tuple[str, str]]:
    """The people on a union's books of this name: (uid, what tells one from the other: group in the union, day of joining)."""
    names = ("uid", "union", "membership_state", "union_group", "join_date")
    rows = database.fetch_in(Worker, "name", [name.strip()] if name.strip() else [], names)
    told = [
        (uid, _("，").join(part for part in (group, _("{day} 入会").format(day=joined) if joined else "") if part))
        for uid, held, state, group, joined in rows
        if held == union and state in HOLDING
    ]
    return sorted(told)


def understand_officer(written: Mapping[str, Plain], today: dt.date) -> Values:
    """What was typed of a post by field name, read and checked. UserError for what cannot be read or cannot be."""
    values = typed(Officer, written, TYPED)
    if not values.get("name"):
        raise UserError(_("请写明姓名。"))
    found = CHECKS["officers"](values, dict(written), [], today)
    wrong = next((each for each in found if each.level == "error"), None)
    if wrong is not None:
        raise UserError(_("没有写入。{problem}。").format(problem=wrong.text.rstrip("。.")))
    if values.get("body") is None and values.get("post") is None:
        raise UserError(_("请写明任职机构或者职务。"))
    return values


def enter_officer(union: str, written: Mapping[str, Plain], author: Author, today: dt.date, worker: str = "") -> int:
    """Keep a post of a union (uid); ``worker``: the person of the register (uid), "" for one known by name. Returns the batch.

    UserError for what cannot be read, for somebody whose data was erased, and where the person is in this post already.
    """
    values = understand_officer(written, today)
    _check_person(worker)
    for each in officers_of(union, today):
        if each.in_office and _same(each.values, values, worker):
            raise UserError(_("“{name}”已经在任这个职务，要改的请选中那一行改正。").format(name=values["name"]))
    given = {name: value for name, value in values.items() if value is not None}
    with batch("edit", author, {"officer": union}) as writer:
        writer.create(Officer, {"uid": new_uid(), "union": union, "worker": worker or None} | given)
    return _number(number_of(writer))


def _same(held: Values, values: Values, worker: str) -> bool:
    person = held["worker"] == worker if held["worker"] and worker else held["name"] == values.get("name")
    return person and (held["body"], held["post"]) == (values.get("body"), values.get("post"))


def _check_person(worker: str) -> None:
    if worker and sealed_among([worker]):
        raise UserError(_("这个人的个人信息已经依申请删除，登记册里只剩下不记名的计数。"))


def correct_officer(
    uid: str, written: Mapping[str, Plain], author: Author, today: dt.date, worker: str | None = None
) -> int | None:
    """Put a post (uid) right; ``worker``: the person that it is, "" for none, None to leave it.

    Returns the batch, None for no change.

    UserError as :func:`enter_officer`, or when it is gone.
    """
    held, values = _held(uid), understand_officer(written, today)
    if worker is not None:
        _check_person(worker)
        values["worker"] = worker or None
    changes = {name: (held[name], value) for name, value in values.items() if held[name] != value}
    with batch("edit", author, {"officer": held["union"]}) as writer:
        if changes:
            writer.update(Officer, uid, changes)
    return number_of(writer)


def end_officer(uid: str, until: Plain, author: Author, today: dt.date, because: str = "") -> int:
    """End a post (uid) on a day, the first on which it is no longer held; returns the batch's number.

    UserError when it is gone or has ended, and for a day after today or before the person came.
    """
    held = _held(uid)
    if held["until"]:
        raise UserError(_("“{name}”已经在 {day} 离任。").format(name=held["name"] or "", day=held["until"]))
    day = past_day(Officer, "until", until, today)
    if held["since"] and first_day(day) < first_day(held["since"]):
        raise UserError(_("离任日期 {day} 早于任职日期 {since}，请核对。").format(day=day, since=held["since"]))
    changes = {"until": (None, day)} | ({"until_because": (held["until_because"], because)} if because else {})
    with batch("edit", author, {"officer": held["union"], "ended": True}) as writer:
        writer.update(Officer, uid, changes)
    return _number(number_of(writer))


def remove_officer(uid: str, author: Author) -> int:
    """Take back a post (uid) that was entered by mistake; returns the batch's number. UserError when it is gone already."""
    held = _held(uid)
    with batch("edit", author, {"officer": held["union"], "removed": True}) as writer:
        writer.remove([(Officer, held)])
    return _number(number_of(writer))


def _held(uid: str) -> Values:
    return stored(Officer, uid, _("这条任职已经不在了。请刷新后再看。"))


def _number(number: int | None) -> int:
    assert number is not None  # something was written
    return number
