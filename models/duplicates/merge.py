"""Two records that are one: merged field by field, with all that refers to the one moved to the other.

A merge is one batch, and unmerging is its undo (``models/journal/undo.py``). Nothing is lost: the log holds both records, and
what moved. :func:`merge_preview` works out the same plan that :func:`merge` writes.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from models.engine import database
from models.engine.record import Record, Values
from models.errors import UserError
from models.journal.mentions import mentions, put_aside, speak_of
from models.journal.writer import Author, Writer, batch, number_of
from models.language import _
from models.records.catalogue import RECORDS, kind_of, references, referred_kinds, stored_names
from models.records.distinct import DistinctPair
from models.records.drive_case import CasePaper, CaseStep, DriveCase
from models.records.employer import Coverage, Employer
from models.records.erasure import sealed_among
from models.records.headcount import HeadCount
from models.records.key_employer import KeyEmployer
from models.records.officer import Officer
from models.records.setting import Setting
from models.records.target import Target
from models.records.union import Union
from models.records.worker import Worker
from models.records.worklist import WorklistEntry
from models.values import codes
from models.values.cleaning import normal_name
from models.values.columns import Stored, column_of, columns_of
from models.values.region_index import RegionIndex

Side = Literal["keep", "drop", "both"]
Choices = Mapping[str, str]

#: What a person may merge.
MERGEABLE: tuple[type[Record], ...] = (Worker, Employer, Union)
#: Of these there is one for the same values of the fields; two that a merge brings together become one.
ONE_FOR: dict[type[Record], tuple[str, ...]] = {
    Coverage: ("union", "employer", "until"),
    DriveCase: ("employer",),
    CaseStep: ("drive_case", "stage"),
    KeyEmployer: ("employer", "year", "source"),
    Target: ("year", "indicator", "region", "union", "period", "person"),
    DistinctPair: ("left", "right"),
    WorklistEntry: ("worklist", "worker", "union", "employer"),
    # what was counted or kept in both, word for word, was written down twice
    HeadCount: tuple(stored_names(HeadCount)),
    CasePaper: tuple(stored_names(CasePaper)),
    Officer: tuple(stored_names(Officer)),
}
#: The way of a case; one that was put off may have come as far as none.
_WAY = ("待筹建", "暂缓", *(label for label in codes.STAGE.labels if label not in ("待筹建", "暂缓")))
#: What says how a record ended is not taken over from the other one.
_ENDING = frozenset({"closed_on", "closed_because"})


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One field of the two records and what the merged one holds; ``side`` says whose value that is.

    ``union`` of employers stands for the union that covers them: the other coverage ends.
    """

    name: str
    title: str
    keep: Stored
    drop: Stored
    side: Side
    value: Stored

    @property
    def differs(self) -> bool:
        """True when both say something, and not the same."""
        return None not in (self.keep, self.drop) and self.keep != self.drop


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do: the fields that either record knows; by kind how many records move, and become one.

    Of settings it is the findings put aside that are counted.

    ``names`` has the names of the records that fields refer to, by uid.
    """

    kind: str
    keep: str
    drop: str
    fields: list[FieldChoice]
    moved: dict[str, int]
    joined: dict[str, int]
    names: dict[str, str]


@dataclass
class _Plan:
    """Records as they are and as they will be, by class and uid; what goes is in ``gone`` and keeps its old values.

    ``by_uid``: of several that become one the one with the least uid stays, whatever else is known of them: on every laptop it
    is the same one.
    """

    held: dict[type[Record], dict[str, Values]] = field(default_factory=dict)
    now: dict[type[Record], dict[str, Values]] = field(default_factory=dict)
    gone: dict[type[Record], list[str]] = field(default_factory=dict)
    choices: list[FieldChoice] = field(default_factory=list)
    by_uid: bool = False

    def load(self, record: type[Record], name: str, value: Any) -> list[Values]:
        """The records whose field will hold ``value`` as far as it is planned, to be changed in place."""
        held, now = self.held.setdefault(record, {}), self.now.setdefault(record, {})
        names = ("uid", *stored_names(record))
        for row in database.fetch_in(record, name, [value], names):
            if row[0] not in held:
                held[row[0]] = dict(zip(names, row, strict=True))
                now[row[0]] = dict(held[row[0]])
        gone = set(self.gone.get(record, ()))
        return [values for uid, values in now.items() if values[name] == value and uid not in gone]

    def changes(self, record: type[Record]) -> dict[str, dict[str, tuple[Any, Any]]]:
        """Of the records that stay: uid → field → (before, after), where the two differ."""
        staying = self.now[record].keys() - set(self.gone.get(record, ()))
        found: dict[str, dict[str, tuple[Any, Any]]] = {}
        for uid in (each for each in self.now[record] if each in staying):
            was, will = self.held[record][uid], self.now[record][uid]
            if was != will:
                found[uid] = {name: (was[name], will[name]) for name in will if was[name] != will[name]}
        return found


def merge_preview(keep: str, drop: str, index: RegionIndex, today: dt.date, choices: Choices | None = None) -> MergePreview:
    """Work out what merging ``drop`` into ``keep`` (uids) would do; raises as :func:`merge`. Writes nothing."""
    record, plan = _planned(keep, drop, choices or {}, index, today)
    moved = Counter({kind_of(each): len(plan.changes(each)) for each in plan.now})
    moved[kind_of(record)] -= keep in plan.changes(record)
    if Setting in plan.now:
        moved[kind_of(Setting)] = sum(put_aside(*each["value"]) for each in plan.changes(Setting).values())
    joined = Counter({kind_of(each): len(uids) for each, uids in plan.gone.items()})
    joined[kind_of(record)] -= 1
    known = [each for each in plan.choices if {each.keep, each.drop, each.value} != {None}]
    return MergePreview(kind_of(record), keep, drop, known, dict(+moved), dict(+joined), _names(record, known, index))


def merge(keep: str, drop: str, choices: Choices, author: Author, index: RegionIndex, today: dt.date) -> int:
    """Merge the record ``drop`` (uid) into ``keep`` and return the batch's number.

    ``choices`` says of fields whose value stays: field name → "keep" or "drop"; otherwise that of ``keep``, and where it
    has none that of ``drop``. ``today`` ends a coverage where two unions cover the two employers. UserError for two
    records of different kinds or regions, a record that is not there, and a field that cannot be chosen.
    """
    record, plan = _planned(keep, drop, choices, index, today)
    source = {"kind": kind_of(record), "keep": keep, "drop": drop}
    with batch("merge", author, source) as writer:
        _write(plan, writer)
    number = number_of(writer)
    assert number is not None  # the dropped record is always removed
    return number


def join(record: type[Record], one: str, other: str, writer: Writer) -> set[str]:
    """Make one of two records (uids) of :data:`ONE_FOR` that two laptops made for the same, as a merge does.

    Returns what is gone then, facts of the one that went among it. Nothing is joined where the two say different things; but of
    an employer there is one case, which has come as far as the one that has come further. Part of the writer's batch.
    """
    plan = _Plan(by_uid=True)
    rows = [row for uid in (one, other) for row in plan.load(record, "uid", uid)]
    if len(rows) < 2 or not (record is DriveCase or _agree(*rows)):
        return set()
    _join(plan, record, rows)
    _write(plan, writer)
    writer.flush()
    return {uid for uids in plan.gone.values() for uid in uids}


def _agree(one: Values, other: Values) -> bool:
    return all(None in (one[name], other[name]) or one[name] == other[name] for name in one if name != "uid")


def _write(plan: _Plan, writer: Writer) -> None:
    for each in plan.now:
        for uid, changes in plan.changes(each).items():
            writer.update(each, uid, changes)
    for each, uids in plan.gone.items():
        for uid in uids:
            writer.remove([(each, plan.held[each][uid])])


def _planned(keep: str, drop: str, choices: Choices, index: RegionIndex, today: dt.date) -> tuple[type[Record], _Plan]:
    plan = _Plan()
    record = _both(plan, keep, drop)
    kept, dropped = plan.now[record][keep], plan.now[record][drop]
    _check_regions(kept, dropped, index)
    plan.choices = _chosen(record, kept, dropped, choices)
    _absorb(plan, record, keep, drop, {each.name: each.value for each in plan.choices})
    if record is Employer:
        _one_union(plan, keep, drop, choices.get("union", "keep"), today)
    for other, uid in mentions(drop):
        for values in plan.load(other, "uid", uid):
            speak_of(other, values, drop, keep, str(kept["name"]))
    return record, plan


def _both(plan: _Plan, keep: str, drop: str) -> type[Record]:
    found = [[record for record in MERGEABLE if plan.load(record, "uid", uid)] for uid in (keep, drop)]
    if keep == drop:
        raise UserError(_("要合并的是同一条记录，请选两条不同的记录。"))
    if not all(found):
        raise UserError(_("登记册里没有要合并的记录（可能已经合并或撤销）。请刷新列表后重新选择。"))
    if sealed_among((keep, drop)):
        raise UserError(_("其中一条已经依申请删除了个人信息，不能合并。"))
    if found[0] != found[1]:
        raise UserError(_("职工、用人单位、工会只能各自合并，请选两条同类的记录。"))
    return found[0][0]


def _check_regions(keep: Values, drop: Values, index: RegionIndex) -> None:
    if not same_place(keep.get("region"), drop.get("region"), index):
        sentence = _("两条记录的区划不同（{one}、{other}），不能合并。如果确实是同一个，请先改正其中一条的区划。")
        raise UserError(sentence.format(one=index.path(keep["region"]), other=index.path(drop["region"])))


def same_place(one: str | None, other: str | None, index: RegionIndex) -> bool:
    """True when two regions (uids) can be the same place: one is unknown, or lies in the other."""
    return one is None or other is None or one in index.line(other) or other in index.line(one)


def _chosen(record: type[Record], keep: Values, drop: Values, choices: Choices) -> list[FieldChoice]:
    names = [name for name in stored_names(record) if name != "former_names"]
    allowed = {*names, "union"} if record is Employer else set(names)
    wrong = [name for name, side in choices.items() if name not in allowed or side not in ("keep", "drop")]
    if wrong:
        raise UserError(_("“{field}”不能这样选择。请写字段名，取 keep 或 drop。").format(field=_("、").join(wrong)))
    sides = {name: _side(name, keep, drop, choices) for name in names}
    if "id_doubtful" in sides and "id_doubtful" not in choices:
        sides["id_doubtful"] = sides["id_number"]  # it is said of the number
    values = {name: (keep if side == "keep" else drop)[name] for name, side in sides.items()}
    if record is Union:
        values["parent"] = _parent(keep, drop, values["parent"])
        sides["parent"] = "keep" if values["parent"] == keep["parent"] else "drop"
    if "former_names" in keep:
        sides["former_names"] = "both"
        values["former_names"] = _former_names(keep, drop, values["name"])
    titles = {column.name: column.title for column in columns_of(record)}
    return [FieldChoice(each, titles[each], keep[each], drop[each], sides[each], values[each]) for each in sides]


def _side(name: str, keep: Values, drop: Values, choices: Choices) -> Side:
    if name in choices:
        return "drop" if choices[name] == "drop" else "keep"
    if name == "verified":  # a unit is unverified only as long as nobody has listed it
        return "drop" if keep[name] == 0 else "keep"
    return "drop" if keep[name] is None and drop[name] is not None else "keep"


def _former_names(keep: Values, drop: Values, name: Any) -> str | None:
    """All former names of both and the name that was not chosen, each once, by the form in which names are compared."""
    every = [keep["former_names"], drop["former_names"], keep["name"], drop["name"]]
    written = (part for each in every if each for part in each.split("、"))
    found: dict[str, str] = {}
    for each in written:
        found.setdefault(normal_name(each), each)
    found.pop(normal_name(name or ""), None)
    return "、".join(found.values()) or None


def _parent(keep: Values, drop: Values, chosen: Any) -> Any:
    """The chosen parent, else the other one's; none that is, or lies below, the merged union itself."""
    ours = {keep["uid"], drop["uid"]}
    for start in (chosen, keep["parent"], drop["parent"]):
        passed: set[str] = set()
        above = start
        while above is not None and above not in passed | ours:
            passed.add(above)
            above = next(iter(database.fetch_in(Union, "uid", [above], ("parent",))), (None,))[0]
        if above not in ours:
            return start
    return None


def _absorb(plan: _Plan, record: type[Record], keep: str, drop: str, values: Values) -> None:
    """Give ``keep`` its new values, let ``drop`` go, and move what refers to it; what is then there twice becomes one."""
    plan.now[record][keep].update(values)
    plan.gone.setdefault(record, []).append(drop)
    pointing: dict[type[Record], list[str]] = {DistinctPair: ["left", "right"]}
    for other, name in references():
        if kind_of(record) in referred_kinds(other, name):
            pointing.setdefault(other, []).append(name)
    for other, names in pointing.items():
        touched = []
        for name in names:
            touched += plan.load(other, name, drop)
            for row in touched:
                row[name] = keep if row[name] == drop else row[name]
        if other in ONE_FOR and touched:
            _join(plan, other, [each for name in names for each in plan.load(other, name, keep)])


def _join(plan: _Plan, record: type[Record], rows: list[Values]) -> None:
    groups: dict[tuple[Any, ...], list[Values]] = {}
    for row in {each["uid"]: each for each in rows}.values():
        if record is DistinctPair and " " not in row["kind"]:  # of two kinds, each stays on its side
            row["left"], row["right"] = sorted((row["left"], row["right"]))
        groups.setdefault(tuple(row[name] for name in ONE_FOR[record]), []).append(row)
    for key, twins in groups.items():
        if record is DistinctPair and key[0] == key[1]:
            plan.gone.setdefault(record, []).extend(row["uid"] for row in twins)
            continue
        first, *others = sorted(twins, key=lambda row: _rank(plan, record, row))
        for other in others:
            filled = {name: value for name, value in other.items() if first[name] is None and name not in _ENDING}
            if record is DriveCase and _come(other) > _come(first):
                filled["stage"] = other["stage"]
            _absorb(plan, record, first["uid"], other["uid"], filled)


def _rank(plan: _Plan, record: type[Record], row: Values) -> tuple[int, bool, str]:
    """The case that has come further stays; otherwise what was the kept record's own."""
    if plan.by_uid:
        return 0, False, row["uid"]
    moved = row != plan.held[record][row["uid"]]
    return -_come(row) if record is DriveCase else 0, moved, ""


def _come(case: Values) -> int:
    """How far a case has come; -1 where that is not known."""
    return _WAY.index(case["stage"]) if case["stage"] in _WAY else -1


def _one_union(plan: _Plan, keep: str, drop: str, side: str, today: dt.date) -> None:
    """Leave one coverage open where both employers had one: that of the chosen side; the others end today."""
    open_ones = [row for row in plan.load(Coverage, "employer", keep) if row["until"] is None]
    owner = {row["uid"]: plan.held[Coverage][row["uid"]]["employer"] for row in open_ones}
    if len(set(owner.values())) < 2:
        return
    chosen = drop if side == "drop" else keep
    first, *others = sorted(open_ones, key=lambda row: owner[row["uid"]] != chosen)
    for row in others:
        row["until"] = today.isoformat()
    union = {employer: plan.held[Coverage][uid]["union"] for uid, employer in reversed(owner.items())}
    title = column_of(Coverage, "union").title
    which: Side = "drop" if owner[first["uid"]] == drop else "keep"
    plan.choices.append(FieldChoice("union", title, union[keep], union[drop], which, first["union"]))


def _names(record: type[Record], fields: list[FieldChoice], index: RegionIndex) -> dict[str, str]:
    kinds = {name: kinds for other, name in references() if other is record for kinds in [referred_kinds(other, name)]}
    kinds["union"] = ("union",)
    found: dict[str, str] = {}
    for each in fields:
        for uid in (str(value) for value in (each.keep, each.drop) if value is not None and each.name in kinds):
            for kind in kinds[each.name]:
                if kind == "region":
                    found[uid] = index.path(uid)
                else:
                    found |= dict(database.fetch_in(RECORDS[kind], "uid", [uid], ("uid", "name")))
    return found
