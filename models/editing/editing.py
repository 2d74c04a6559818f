"""Records entered and changed by hand: what was typed is read by the fields' kinds, checked, and written as one batch.

The forms of the window and the commands of the terminal speak of three kinds of record: worker, employer, union. What a
person writes comes by field name, as text; another record is named by its uid or its name, a region by uid or name.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from peewee import fn

from models.editing.coverages import end_open
from models.editing.dissolving import ends, write_ending
from models.editing.held_staff import beside_held
from models.engine import database, sql
from models.engine.record import Record, Values
from models.errors import Overtaken, UserError
from models.journal.log import Whole
from models.journal.seen import having_seen
from models.journal.writer import Author, batch, number_of
from models.language import _
from models.records.catalogue import RECORDS, stored_names
from models.records.checks import CHECKS, ID_PROBLEMS
from models.records.employer import Coverage, Employer
from models.records.erasure import sealed_among
from models.records.headcount import HeadCount, exactness
from models.records.membership import MembershipEvent
from models.records.setting import setting
from models.records.union import Union
from models.records.worker import Worker
from models.uid import new_uid
from models.values.cleaning import normal_name
from models.values.columns import Column, Plain, Stored, column_of, columns_of
from models.values.kinds import Place, Reference
from models.values.problems import Problem, problem
from models.values.region_index import RegionIndex

Kind = Literal["worker", "employer", "union"]
CLASSES: dict[Kind, type[Record]] = {"worker": Worker, "employer": Employer, "union": Union}
#: The form whose checks each kind of record must pass.
FORM_OF: dict[Kind, str] = {"worker": "workers", "employer": "employers", "union": "unions"}
#: Fields that no person types: they are said in another way.
_UNTYPED = {"id_doubtful"}
#: What a new record is asked for besides its own fields: facts of other records that come with it.
_BESIDE: dict[Kind, tuple[tuple[str, Column], ...]] = {
    "worker": (("union", column_of(Worker, "union")), ("join_date", column_of(Worker, "join_date"))),
    "employer": (("staff_count", column_of(HeadCount, "staff_count")), ("union", column_of(Coverage, "union"))),
    "union": (("employer", column_of(Coverage, "employer")), ("member_count", column_of(HeadCount, "member_count"))),
}
#: A count that somebody enters by hand was asked for on the spot.
_HAND_SOURCE = "走访核实"


@dataclass(frozen=True)
class Understood:
    """What typed fields mean: values as they would be stored, by field name, and what must be told.

    ``refused``: the fields in which something stands that is no value; they keep what is held.
    """

    values: Values
    problems: list[Problem] = field(default_factory=list)
    refused: frozenset[str] = frozenset()

    @property
    def errors(self) -> list[Problem]:
        """The problems that forbid saving."""
        return [each for each in self.problems if each.level == "error"]


def typed_columns(kind: Kind) -> list[Column]:
    """The fields of a kind that a person may type, in declared order."""
    return [each for each in columns_of(CLASSES[kind]) if not (each.derived or each.retired or each.name in _UNTYPED)]


def columns_beside(kind: Kind) -> list[Column]:
    """What a new record of a kind is asked for besides its own fields, under the names of the forms."""
    return [Column(**{**column.__dict__, "name": name, "required": False}) for name, column in _BESIDE[kind]]


def held(kind: Kind, uid: str) -> Values:
    """A record as the register holds it, with its ``uid`` and derived fields. UserError when it is not there."""
    names = ("uid", *(column.name for column in columns_of(CLASSES[kind])))
    row = next(iter(database.fetch_in(CLASSES[kind], "uid", [uid], names)), None)
    if row is None:
        raise UserError(_("登记册里没有这条记录（可能已经撤销或合并）。请刷新后重新选择。"))
    if sealed_among([uid]):
        raise UserError(_("这个人的个人信息已经依申请删除，登记册里只剩下不记名的计数。"))
    return dict(zip(names, row, strict=True))


def names_of(values: Mapping[str, Any], columns: Iterable[Column], index: RegionIndex) -> dict[str, str]:
    """The names of the other records and regions that a record refers to, by field name."""
    found: dict[str, str] = {}
    for column in columns:
        uid = values.get(column.name)
        if not uid:
            continue
        if isinstance(column.kind, Place):
            found[column.name] = index.path(uid) if uid in index.entries else ""
        elif isinstance(column.kind, Reference):
            found[column.name] = _name(column.kind.record, uid) or ""
    return found


def _name(record: str, uid: str) -> str | None:
    return next((name for (name,) in database.fetch_in(RECORDS[record], "uid", [uid], ["name"])), None)


def named(record: str, text: str, limit: int = 20) -> list[tuple[str, str]]:
    """Employers or unions in whose name, present or former, ``text`` stands, as (uid, name), the shortest names first."""
    cls: Any = RECORDS[record]
    text = text.strip()
    called = sql.stands_in(text, cls.name) | sql.stands_in(text, cls.former_names)
    rows = cls.select(cls.uid, cls.name).where(called).order_by(fn.LENGTH(cls.name), cls.name_order)
    return [(row.uid, row.name) for row in rows.limit(limit)]


def understand(
    kind: Kind, written: Mapping[str, Plain], known: Mapping[str, Any], today: dt.date, index: RegionIndex
) -> Understood:
    """Read what was typed: ``written`` by field name; ``known`` the record as it is held, empty for a new one.

    Fields that were not typed keep what is held; the checks look at all of them together. What cannot be read never empties
    a field: where an import would leave the cell out and go on, a person is there to put it right, so it is an error.
    KeyError for an unknown field.
    """
    columns = {column.name: column for column in (*typed_columns(kind), *columns_beside(kind))}
    values: Values = {name: known.get(name) for name in columns if name in known}
    problems: list[Problem] = []
    lost: set[str] = set()
    for name, plain in written.items():
        value, told = _read(columns[name], plain, index)
        values[name] = value
        if told is not None:
            problems.append(told.at(name))
            if value is None:  # even where the checks know a value from another field, what was typed is not passed over
                lost.add(name)
    missing = [column for column in columns.values() if column.required and not values.get(column.name)]
    problems += [_missing(kind, column) for column in missing]
    problems += _circular(kind, values, known)
    checked = _to_check(values, written, known)
    problems = CHECKS[FORM_OF[kind]](checked, dict(known) | dict(written), problems, today)
    values |= _following(checked, written, known)
    problems = problems + beside_held(str(values.get("employer") or ""), values) if kind == "union" and not known else problems
    unread = {each.column for each in problems if each.level != "note" and each.column in written}
    refused = frozenset(name for name in unread if name in lost or values.get(name) is None)
    problems = [each.as_level("error") if each.column in refused else each for each in problems]
    return Understood(values | {name: known.get(name) for name in refused}, problems, refused)


def _to_check(values: Values, written: Mapping[str, Plain], known: Mapping[str, Any]) -> Values:
    """A doubtful number that nobody touched says nothing about the other fields."""
    untouched = known.get("id_doubtful") and "id_number" not in written
    return {name: value for name, value in values.items() if not (untouched and name == "id_number")}


def _following(checked: Values, written: Mapping[str, Plain], known: Mapping[str, Any]) -> Values:
    """What the checks supplied or put right; what is held already changes only when its own reason was typed."""
    typed_reason = "id_number" in written
    return {
        name: value for name, value in checked.items() if name in written or typed_reason or known.get(name) is None
    }


def _missing(kind: Kind, column: Column) -> Problem:
    code = {"worker": "name-missing", "employer": "employer-name-missing", "union": "union-name-missing"}[kind]
    return problem(code, column.name)


def _read(column: Column, plain: Plain, index: RegionIndex) -> tuple[Stored, Problem | None]:
    text = plain.strip() if isinstance(plain, str) else plain
    if isinstance(column.kind, Place):
        return _place(text, index)
    if isinstance(column.kind, Reference):
        return _reference(column.kind.record, text)
    parsed = column.kind.parse(text)
    return parsed.value, parsed.problem


def _place(text: Plain, index: RegionIndex) -> tuple[Stored, Problem | None]:
    if not text or text in index.entries:
        return (str(text) if text else None), None
    found = index.resolve(str(text), str(setting("home_district") or "") or None)
    if found.uid is None:
        return None, problem("region-ambiguous" if found.candidates else "region-unknown", written=text)
    return found.uid, None


def _reference(record: str, text: Plain) -> tuple[Stored, Problem | None]:
    if not text:
        return None, None
    if _name(record, str(text)) is not None:
        return str(text), None
    wanted = normal_name(str(text))
    found = [uid for uid, name in named(record, str(text)) if normal_name(name) == wanted]
    if len(found) == 1:
        return found[0], None
    return None, problem("record-ambiguous" if found else "record-unknown", written=text)


def _circular(kind: Kind, values: Values, known: Mapping[str, Any]) -> list[Problem]:
    """A union is not its own parent, nor that of one above it."""
    if known and kind == "union" and known["uid"] in lineage(values.get("parent")):
        values["parent"] = known.get("parent")
        return [problem("parent-circular", "parent").as_level("error")]
    return []


def lineage(union: Stored) -> list[str]:
    """A union (uid) and those above it, the nearest first; a circle is walked once."""
    found: list[str] = []
    while union and union not in found:
        found.append(str(union))
        union = next((above for (above,) in database.fetch_in(Union, "uid", [union], ["parent"])), None)
    return found


def doubtful(understood: Understood) -> bool:
    """True when all that forbids saving is an identity number that a person may keep as doubtful."""
    return (
        bool(understood.errors)
        and "id_number" not in understood.refused  # there is none to keep
        and all(each.code in ID_PROBLEMS for each in understood.errors)
    )


def save(
    kind: Kind, known: Mapping[str, Any], understood: Understood, author: Author, accept: bool = False, reason: str = ""
) -> int | None:
    """Write the fields that differ from ``known`` (see :func:`held`); returns the batch's number, None for no change.

    ``accept``: keep an identity number that does not add up, marked as doubtful. An employer or a union that is renamed
    keeps its old name. ``reason``: why it is put right, as the person asked for it (个人信息保护法 46); kept with the batch.
    UserError when something forbids saving, when a field was changed elsewhere meanwhile, or when a union ends that has
    members: where their membership goes is asked elsewhere.
    """
    values, uid = accepted(kind, known, understood, accept), str(known["uid"])
    now = held(kind, uid)
    changes = differing(kind, known, values, now)
    source = {"kind": kind, "record": uid} | ({"reason": reason.strip()} if reason.strip() else {})
    # what was known is compared field by field, and a person asked: nobody need be told twice
    with having_seen(None), batch("edit", author, source) as writer:
        if changes:
            writer.update(CLASSES[kind], uid, changes)
        if kind == "union" and ends(now, now | {name: after for name, (_before, after) in changes.items()}):
            day = changes.get("dissolved_on", (None, now["dissolved_on"]))[1]
            write_ending(writer, uid, day, None, dt.date.today().isoformat())
    return number_of(writer)


def differing(kind: Kind, known: Mapping[str, Any], values: Values, now: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The stored fields in which ``values`` differ from ``known``: name → (before, after). A renamed one keeps its old name.

    Overtaken when one of them was changed since: the record is ``now`` another.
    """
    names = set(stored_names(CLASSES[kind]))
    changes = {name: (known[name], value) for name, value in values.items() if name in names and known[name] != value}
    refuse_stale(CLASSES[kind], str(known["uid"]), changes, now)
    if "name" in changes and "former_names" in names:
        before, after = now["former_names"], values.get("former_names", now["former_names"])
        changes["former_names"] = (before, _with_former(after, known["name"]))
    return changes


def refuse_stale(record: type[Record], uid: str, changes: Mapping[str, tuple[Any, Any]], now: Mapping[str, Any]) -> None:
    """Overtaken when one of the fields that would be changed, name → (before, after), is not ``now`` what it was before."""
    stale = [name for name, (before, _after) in changes.items() if now[name] != before]
    if stale:
        error = Overtaken(uid, stale[0], now[stale[0]])
        titles = _("、").join(column_of(record, name).title for name in stale)
        error.args = (_("“{fields}”刚在别处改过，没有保存。请刷新后再改。").format(fields=titles),)
        raise error


def as_typed(column: Column, value: Any, names: Mapping[str, str]) -> str:
    """A stored value as a person would type it; ``names``: of the records and regions referred to, see :func:`names_of`."""
    if isinstance(column.kind, Place | Reference):
        return names.get(column.name, "")
    exported = column.kind.export(value)
    return "" if exported is None else str(exported)


def accepted(kind: Kind, known: Mapping[str, Any], understood: Understood, accept: bool) -> Values:
    """What would be stored of what was typed; ``accept``: see :func:`save`. UserError when something forbids it."""
    kept = accept and kind == "worker" and doubtful(understood)
    if understood.errors and not kept:
        raise UserError(_("还不能保存：{problem}。").format(problem=understood.errors[0].text.rstrip("。.")))
    if kind == "worker" and understood.values.get("id_number") != known.get("id_number"):
        return understood.values | {"id_doubtful": 1 if kept else None}
    return understood.values


def _with_former(former: str | None, name: str) -> str:
    names = [each for each in (former or "").split("、") if each]
    return "、".join(dict.fromkeys([*names, name]))


def create(kind: Kind, understood: Understood, author: Author, today: dt.date, accept: bool = False) -> tuple[int, str]:
    """Create a record and what was entered beside it; returns the batch's number and the new uid. UserError as in save."""
    values = accepted(kind, {}, understood, accept)
    uid = new_uid()
    own = {name: values.get(name) for name in stored_names(CLASSES[kind]) if values.get(name) is not None}
    with batch("edit", author, {"kind": kind, "record": uid, "new": True}) as writer:
        if kind == "union" and values.get("employer"):
            end_open(writer, [values["employer"]], today.isoformat())
        writer.create(CLASSES[kind], {"uid": uid} | own, _facts(kind, uid, values, understood.problems, today))
    number = number_of(writer)
    assert number is not None  # something was created
    return number, uid


def _facts(kind: Kind, uid: str, values: Values, told: Iterable[Problem], today: dt.date) -> Whole:
    """The membership, the coverage and the head count that come with a new record."""
    facts: list[tuple[type[Record], Values]] = []
    if kind == "worker" and values.get("union"):
        event = {"worker": uid, "union": values["union"], "type": "入会", "date": values.get("join_date")}
        facts.append((MembershipEvent, event))
    if kind == "employer" and values.get("union"):
        facts.append((Coverage, {"union": values["union"], "employer": uid, "since": today.isoformat()}))
    if kind == "union" and values.get("employer"):
        facts.append((Coverage, {"union": uid, "employer": values["employer"], "since": values.get("founding_date")}))
    name = "member_count" if kind == "union" else "staff_count"
    if kind != "worker" and values.get(name) is not None:
        label = "工会" if kind == "union" else "单位"
        counted = {"subject": uid, "subject_kind": label, "as_of": today.isoformat(), "source": _HAND_SOURCE}
        facts.append((HeadCount, counted | {name: values[name]} | exactness(told, [name])))
    return [(record, {"uid": new_uid()} | given) for record, given in facts]
