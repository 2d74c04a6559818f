"""What is due from whom and how often: the rules as a person edits them, and what they say in words."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.engine.record import Values
from models.errors import UnreadField, UserError
from models.figures.facts import Period
from models.figures.periods import Length, beside, of_length
from models.journal.typed import typed
from models.journal.writer import Author, Writer, batch
from models.language import _
from models.ledger.entries import find_region, find_union
from models.ledger.kinds import find_kind, load_kinds
from models.records.catalogue import stored_names
from models.records.chasing import DueRule, DueUnion, HandIn
from models.records.union import Union
from models.uid import new_uid
from models.values.codes import fold
from models.values.columns import Plain, column_of, columns_of
from models.values.drive_codes import UNION_CLASS
from models.values.name_order import place_of
from models.values.region_index import RegionIndex
from models.values.union_kinds import BASIC, UnionClass

#: What is typed for the unions that a rule names; they are records of their own.
UNIONS = "unions"
#: The kinds of union as they are chosen, each with its class.
CLASSES: Mapping[str, UnionClass] = dict(
    zip(UNION_CLASS.labels, ("single", "joint", "trade", "regional", "basic", "unit", "leading"), strict=True)
)
#: How often, and the length of such a period.
LENGTHS: Mapping[str, Length] = {"每月": "month", "每季度": "quarter", "每半年": "half", "每年": "year"}
#: A sheet is asked for within a year of its period's end.
MOST_DAYS = 366
_BETWEEN = re.compile(r"[、，,;；\n]+")


@dataclass(frozen=True, slots=True)
class SheetRule:
    """A rule as the register holds it; ``classes`` are asked, and ``unions`` (uids) whatever their class.

    ``region`` (uid) and ``ledger_kind`` (uid) narrow it. ``since``: ISO, as precise as it was written.
    """

    uid: str
    name: str
    sheet: str
    length: Length
    days: int
    classes: tuple[UnionClass, ...]
    unions: frozenset[str]
    region: str | None
    ledger_kind: str | None
    since: str
    active: bool
    note: str

    def due_on(self, period: Period) -> dt.date:
        """The last day on which the sheet of a period is in time."""
        return period.end + dt.timedelta(days=self.days)


def load_rules(active: bool = False) -> list[SheetRule]:
    """The rules in the order in which they were made; ``active``: without those that are out of use."""
    rows: Any = list(DueRule.select().order_by(DueRule.id))
    named: dict[str, set[str]] = defaultdict(set)
    pairs: Any = DueUnion.select(DueUnion.due_rule, DueUnion.union).tuples() if rows else ()
    for rule, union in pairs:
        named[rule].add(union)
    return [_rule(row, frozenset(named[row.uid])) for row in rows if not active or row.active != 0]


def _rule(row: Any, unions: frozenset[str]) -> SheetRule:
    chosen = tuple(CLASSES[label] for label in (row.classes or "").split("、") if label in CLASSES)
    return SheetRule(
        row.uid, row.name or "", row.sheet, LENGTHS[row.every], row.days or 0, chosen or (() if unions else BASIC), unions,
        row.region, row.ledger_kind, row.since or "", row.active != 0, row.note or "",
    )  # fmt: skip


def find_rule(text: str) -> SheetRule:
    """The rule of a name or uid. UserError when there is none."""
    rules = load_rules()
    found = next((each for each in rules if text == each.uid or fold(text) == fold(each.name)), None)
    if found is None:
        known = _("、").join(each.name for each in rules) or _("无")
        raise UserError(_("没有催报“{name}”。已有的：{names}。").format(name=text, names=known))
    return found


def rule_texts(index: RegionIndex) -> list[dict[str, Any]]:
    """The rules as they are typed, with ``uid`` and ``hand_ins``: region, kind of work and unions by name."""
    called: Any = Union.select(Union.uid, Union.name).join(DueUnion, on=(DueUnion.union == Union.uid)).tuples()
    names: dict[str, str | None] = dict(called)
    told: Any = HandIn.select(HandIn.due_rule).distinct().tuples()
    held = {rule for (rule,) in told}
    kinds = {uid: each.name for uid, each in load_kinds().by_uid.items()}
    found = []
    unions = {each.uid: each.unions for each in load_rules()}
    for row in DueRule.select().order_by(DueRule.id):
        values: dict[str, Any] = {name: getattr(row, name) for name in ("uid", *stored_names(DueRule))}
        values["region"] = index.path(row.region) if row.region else None
        values["ledger_kind"] = kinds.get(row.ledger_kind)
        values[UNIONS] = "、".join(sorted((str(names[uid]) for uid in unions[row.uid] if uid in names), key=place_of)) or None
        found.append(values | {"hand_ins": row.uid in held})
    return found


def read(texts: Mapping[str, Plain], index: RegionIndex, home: str | None = None) -> Values:
    """The values of a rule from what a person wrote, blank ones as None; ``unions`` (names, 、 between) become their uids.

    ``home``: the region in which bare town names are meant. UserError that says which field cannot be read and why.
    """
    values: Values = dict(typed(DueRule, {name: text for name, text in texts.items() if name != UNIONS}))
    try:
        if values.get("region"):
            values["region"] = find_region(str(values["region"]), index, home)
    except UserError as error:
        raise UnreadField("region", str(error)) from error
    try:
        if values.get("ledger_kind"):
            values["ledger_kind"] = find_kind(str(values["ledger_kind"])).uid
    except UserError as error:
        raise UnreadField("ledger_kind", str(error)) from error
    if UNIONS in texts:
        names = [name.strip() for name in _BETWEEN.split(str(texts[UNIONS] or "")) if name.strip()]
        try:
            values[UNIONS] = sorted({find_union(name) for name in names})
        except UserError as error:
            raise UnreadField(UNIONS, str(error)) from error
    return values


def add_rule(values: Values, author: Author, today: dt.date) -> str:
    """Make a rule; returns its uid. ``values`` as :func:`read` gives them.

    Without a name it is called after its sheet; without a day it begins with the first period that is not overdue yet.
    UserError when something lacks or is contradictory, or when another rule is called so.
    """
    values = dict(values)
    if values.get("name") is None and values.get("sheet") and values.get("every"):
        values["name"] = f"{values['every']}{values['sheet']}"
    if values.get("since") is None and values.get("every") and values.get("days") is not None:
        values["since"] = _first_open(LENGTHS[str(values["every"])], int(str(values["days"])), today)
    _check(values, "")
    uid = new_uid()
    with batch("edit", author, {"due_rule": values["name"]}) as writer:
        made: Values = {"uid": uid} | {name: values.get(name) for name in stored_names(DueRule)}
        writer.create(DueRule, made | {"active": 1})
        _name_unions(writer, uid, frozenset(values.get(UNIONS) or ()), frozenset())
    return uid


def _first_open(length: Length, days: int, today: dt.date) -> str:
    """The first day of the earliest period whose sheet is not overdue on ``today``."""
    period = of_length(length, today)
    while beside(period, -1).end + dt.timedelta(days=days) >= today:
        period = beside(period, -1)
    return period.start.isoformat()


def change_rule(uid: str, values: Values, author: Author) -> None:
    """Change the fields of ``values``, the unions too where they are given; others stay. UserError as :func:`add_rule`."""
    row = DueRule.get_or_none(DueRule.uid == uid)
    if row is None:
        raise UserError(_("这项催报已经不在了，请刷新后再试。"))
    held: Values = {name: getattr(row, name) for name in stored_names(DueRule)}
    _check(held | values, uid)
    found = {name: (held[name], value) for name, value in values.items() if name != UNIONS and held[name] != value}
    with batch("edit", author, {"due_rule": str(held["name"])}) as writer:
        if found:
            writer.update(DueRule, uid, found)
        if UNIONS in values:
            now = frozenset(each.union for each in DueUnion.select(DueUnion.union).where(DueUnion.due_rule == uid))
            _name_unions(writer, uid, frozenset(values[UNIONS] or ()), now)


def _name_unions(writer: Writer, rule: str, wanted: frozenset[str], held: frozenset[str]) -> None:
    for union in sorted(wanted - held):
        writer.create(DueUnion, {"uid": new_uid(), "due_rule": rule, "union": union})
    gone: Any = DueUnion.select().where(DueUnion.due_rule == rule, DueUnion.union.in_(sorted(held - wanted)))
    for row in gone:
        writer.remove([(DueUnion, {"uid": row.uid, "due_rule": rule, "union": row.union})])


def remove_rule(uid: str, author: Author) -> None:
    """Remove a rule of which nothing was handed in. UserError otherwise: then it can only be taken out of use."""
    row = DueRule.get_or_none(DueRule.uid == uid)
    if row is None:
        return
    if HandIn.select().where(HandIn.due_rule == uid).exists():
        raise UserError(_("“{name}”已经有交表的记录，不能删除，可以停用它。").format(name=row.name))
    with batch("edit", author, {"due_rule": row.name}) as writer:
        unions: Any = DueUnion.select().where(DueUnion.due_rule == uid)
        for each in unions:
            writer.remove([(DueUnion, {"uid": each.uid, "due_rule": uid, "union": each.union})])
        writer.remove([(DueRule, {name: getattr(row, name) for name in ("uid", *stored_names(DueRule))})])


def _check(values: Values, own: str) -> None:
    for column in sorted(columns_of(DueRule), key=lambda each: each.name == "name"):  # a name follows from the others
        if column.required and values.get(column.name) is None:
            raise UnreadField(column.name, _("请填写“{field}”。").format(field=column.title))
    if int(str(values["days"])) > MOST_DAYS:
        said = _("“{field}”请写 0 到 {most}。")
        raise UnreadField("days", said.format(field=column_of(DueRule, "days").title, most=MOST_DAYS))
    if values.get("ledger_kind") and values["sheet"] != "工作台账":
        raise UnreadField("ledger_kind", _("只有要交工作台账时才写台账类别。"))
    name = fold(str(values["name"]))
    if any(fold(each.name) == name and each.uid != own for each in load_rules()):
        raise UnreadField("name", _("已经有一项催报叫“{name}”。").format(name=values["name"]))


def rule_told(rule: SheetRule, index: RegionIndex) -> str:
    """A rule in words: what, how often and by when, from whom."""
    when = {
        "month": _("每月，期满后 {days} 天内"), "quarter": _("每季度，期满后 {days} 天内"),
        "half": _("每半年，期满后 {days} 天内"), "year": _("每年，期满后 {days} 天内"),
    }  # fmt: skip
    labels = {each: label for label, each in CLASSES.items()}
    whom = _("全部基层工会") if rule.classes == BASIC else _("、").join(_(labels[each]) for each in rule.classes)
    named = _("点名的 {count} 个工会").format(count=len(rule.unions)) if rule.unions else ""
    parts = [_(rule.sheet), when[rule.length].format(days=rule.days), _("、").join(filter(None, (whom, named)))]
    if rule.region and rule.region in index.entries:
        parts.append(index.path(rule.region))
    return _("；").join(parts)
