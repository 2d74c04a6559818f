"""Which unions are unions of new employment forms (新就业形态工会), and on what that rests.

What a person said of a union decides. Else it follows from the groups that it is for, from its type, from its members, and
last from its name. The members that the register lists say more than a name: where it is known of so many of them what they
do that they cannot reach the share (the setting ``new_form_share``), the union is none whatever it is called. None of this
carries a date: it is taken as it stands in the register.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peewee import Case, fn

from models.engine import database, sql
from models.language import N_, _
from models.records.setting import setting
from models.records.union import Union
from models.standing.held_counts import HeldCount
from models.values import codes
from models.values.cleaning import normal_name

#: What a union's name or type is called by, besides the groups themselves.
_WORDS = ("新就业形态", "新业态", "货车司机", "卡车司机", "货运司机", "网约车", "快递", "外卖", "骑手", "配送员", "送餐员", "网络主播", "代驾")
#: The state of membership of who is on a union's books.
_HELD = "在册"
#: On what it rests, the first that tells deciding.
BASES = {
    "said": N_("由人填写"), "groups": N_("写了涵盖群体：{groups}"), "type": N_("工会类型里有“{word}”"),
    "members": N_("会员名单里 {people:,} 人，新就业形态 {count:,} 人，比例线 {share} %"),
    "open": N_("会员名单里 {people:,} 人，新就业形态 {count:,} 人，{unknown:,} 人没写职业类别，够不够 {share} % 还不知道"),
    "name": N_("名称里有“{word}”"), "nothing": N_("没有依据"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewForm:
    """``state``: 1 for a union of new forms, 0 for another, None where that is open.

    ``basis`` of BASES; ``why`` in a sentence.
    """

    state: int | None
    basis: str
    why: str


#: What unions are, by their uids.
NewForms = Mapping[str, NewForm]


@dataclass(frozen=True, slots=True)
class _Members:
    """The members of a union by name: all, those in new forms, those of whom the group is not known."""

    people: int = 0
    count: int = 0
    unknown: int = 0


def new_form_unions(uids: Iterable[str] | None = None) -> dict[str, NewForm]:
    """What each union (or only these) is, by its uid."""
    wanted = None if uids is None else list(uids)
    names = ("uid", "name", "union_type", "new_form", "new_form_groups")
    query: Any = Union.select(*(getattr(Union, name) for name in names))
    rows = query.tuples() if wanted is None else database.fetch_in(Union, "uid", wanted, names)
    members, share, words = _members(wanted), int(setting("new_form_share")), _words()
    return {
        uid: _judged((name, type_), said, groups, members.get(uid, _Members()), share, words)
        for uid, name, type_, said, groups in rows
    }


def state_column(uid: Any, known: NewForms | None = None) -> Any:
    """The state of a union as a part of queries: 1, 0, or NULL where it is open. ``uid``: of the union, as a field.

    ``known``: what all unions are, if that is at hand.
    """
    found = new_form_unions() if known is None else known
    by_state = {state: [each for each, held in found.items() if held.state == state] for state in (1, None)}
    return Case(None, ((_among(uid, by_state[1]), 1), (_among(uid, by_state[None]), None)), 0)


def _among(uid: Any, uids: list[str]) -> Any:
    return uid.in_(sql.given(uids))


def _words() -> tuple[str, ...]:
    return (*_WORDS, *sorted(codes.new_form_groups()))


def _members(uids: list[str] | None) -> dict[str, _Members]:
    """The members on the books of each union as the register has them, counted by what they do."""
    in_new_form = HeldCount.occupation_group.in_(sorted(codes.new_form_groups()))
    query: Any = HeldCount.select(
        HeldCount.union, fn.SUM(HeldCount.people), fn.SUM(Case(None, ((in_new_form, HeldCount.people),), 0)),
        fn.SUM(Case(None, ((HeldCount.occupation_group == "", HeldCount.people),), 0)),
    ).where(HeldCount.state == _HELD)  # fmt: skip
    if uids is not None:
        query = query.where(_among(HeldCount.union, uids))
    return {union: _Members(*counts) for union, *counts in query.group_by(HeldCount.union).tuples()}


def _judged(
    called: tuple[str | None, str | None], said: int | None, groups: str | None, members: _Members, share: int,
    words: tuple[str, ...],
) -> NewForm:  # fmt: skip
    """What a union is, ``called`` by its name and its type."""
    name, type_ = called
    if said is not None:
        return _found(int(bool(said)), "said")
    if groups:
        return _found(1, "groups", groups=groups)
    if word := _named(type_, words):
        return _found(1, "type", word=word)
    told = {"people": members.people, "count": members.count, "unknown": members.unknown, "share": share}
    line = share * members.people
    if members.people and 100 * members.count >= line:
        return _found(1, "members", **told)
    word = _named(name, words)
    if members.people and 100 * (members.count + members.unknown) < line:
        return _found(0, "members", **told)
    if word:
        return _found(1, "name", word=word)
    return _found(None, "open", **told) if members.count else _found(0, "nothing")


def _found(state: int | None, basis: str, **told: object) -> NewForm:
    return NewForm(state, basis, _(BASES[basis]).format(**told))


def _named(text: str | None, words: tuple[str, ...]) -> str:
    """The first of the words that stands in a name or a type, "" for none."""
    plain = normal_name(text) if text else ""
    return next((word for word in words if word in plain), "")
