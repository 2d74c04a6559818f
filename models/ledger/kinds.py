"""The kinds of work of the ledger: what a register begins with, and how a district changes its own list.

The first list holds all that the plan of 2024 and its half-year report count and the register cannot derive.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from peewee import fn

from models.engine import database
from models.errors import UserError
from models.journal.named import named_uid
from models.journal.writer import Author, batch
from models.language import _
from models.records.ledger import OWN_FIELDS, LedgerEntry, LedgerKind
from models.values.codes import CodeList, fold
from models.values.columns import column_of

#: The same seed gives the same uids on every laptop, so that targets and entries of two registers speak of the same kinds.
_NAMESPACE = uuid.UUID("c51d0a7e-6b94-5f23-8e70-13ad9b4c82f6")
#: Between several wordings, or several measures, in one text.
SEPARATOR = "、"
#: What an entry can be measured by besides its quantity.
MEASURES = ("done", "people", "amount")
_LIST = "台账类别"
#: How alike (0–100) a wording and a kind must be to be proposed, and how many are.
_ALIKE, _PROPOSED = 50, 3
#: The fields that the first kinds have besides those of every entry.
_PEOPLE, _AID = ("worker", "recipient"), ("worker", "recipient", "goods", "signed")
_FIRST_FIELDS: dict[str, tuple[str, ...]] = {
    "劳动争议调解": ("parties", "matter", "due", "closed_on", "outcome"),
    "12351热线": ("matter", "due", "closed_on", "satisfied"),
    "送温暖送清凉": _AID,
    "四季帮扶": _AID,
    "求学圆梦": (*_PEOPLE, "education"),
    "新八级": (*_PEOPLE, "level_before", "level_after"),
    "学历技能提升": (*_PEOPLE, "education", "level_before", "level_after"),
    "大国工匠": _PEOPLE,
    "工匠选送培训": _PEOPLE,
}
#: name → unit, measures, other wordings
_SEED: dict[str, tuple[str, str, str]] = {
    "劳动争议调解": ("件", "done", "劳动争议、争议调解、调解、劳动纠纷调解、劳动争议调处、调解案件"),
    "工会驿站": ("个", "people", "服务站点、驿站、工会服务站点、户外劳动者服务站点、户外劳动者驿站、渝工港湾"),
    "送温暖送清凉": ("次", "people、amount", "送温暖、送清凉、两节送温暖、夏送清凉、冬送温暖、慰问、走访慰问"),
    "劳模“三进”宣讲": ("场", "people", "劳模三进、三进宣讲、劳模宣讲、劳模工匠宣讲、劳模三进活动"),
    "创新成果申报": ("项", "", "创新成果、职工创新成果、申报创新成果"),
    "工匠选送培训": ("人", "", "工匠培训、选送工匠、选送工匠培训"),
    "国家级座谈": ("次", "people", "参加国家级座谈、全国座谈、国家级座谈会"),
    "国家级承办": ("项", "people", "承办国家级活动、承办全国活动、国家级活动承办"),
    "国家级表扬": ("次", "", "国家级书面表扬、书面表扬、全国总工会表扬"),
    "国家级表彰": ("项", "", "全国表彰、全国总工会表彰"),
    "劳动保护帮扶企业": ("家", "", "劳动保护帮扶、劳动保护、劳动安全帮扶"),
    "安康杯参与企业": ("家", "people", "安康杯、安全文化参与企业、安全文化、安康杯竞赛、安全文化活动"),
    "职工关爱单位": ("家", "", "关爱职工单位、关爱单位、职工关爱"),
    "心理服务样本": ("个", "people", "心理服务、心理健康服务、心理健康服务样本、心理关爱"),
    "“五小”项目": ("项", "", "五小、五小活动、五小创新、五小创新项目"),
    "劳模工匠工作室": ("个", "", "工作室、劳模工作室、工匠工作室、劳模创新工作室、劳模和工匠人才创新工作室"),
    "市级活动": ("场", "people", "市级职工活动、市级文体活动"),
    "学历技能提升": ("人", "", "学历提升、技能提升、学历能力提升、技能等级提升、职工素质提升、学历技能"),
    "劳动竞赛": ("场", "people", "竞赛、技能竞赛、劳动技能竞赛、劳动和技能竞赛"),
    "12351热线": ("件", "done", "热线、职工热线、12351职工热线、12351、热线办件、热线来电"),
    "走访": ("次", "people", "走访企业、入企走访、走访职工、下基层走访、调研走访"),
    "蹲点": ("次", "people", "蹲点工作、蹲点服务、蹲点活动、基层蹲点"),
    "三服务": ("次", "people", "三服务活动、开展三服务"),
    "关爱职工优秀单位": ("家", "", "关爱职工优秀企业、关爱职工先进单位、优秀关爱单位"),
    "求学圆梦": ("人", "amount", "求学圆梦行动、圆梦计划、圆梦行动、农民工求学圆梦"),
    "新八级": ("人", "", "新八级工、新八级工评定、新八级技能等级、职业技能等级新八级、八级工"),
    "大国工匠": ("人", "", "大国工匠培育、大国工匠培养、大国工匠培育对象、大国工匠人才培育"),
    "批示": ("条", "", "领导批示、肯定性批示、批示件"),
    "文体活动": ("场", "people、amount", "职工文体活动、文体活动场次、群众性文体活动、职工文化活动、职工体育活动"),
    "助企行": ("次", "people", "助企行动、工会助企行、助企服务、惠企助企"),
    "联席会议": ("次", "people", "政府工会联席会议、联席会、工会联席会议"),
    "四季帮扶": ("次", "people、amount", "四季帮扶行动、四季送、金秋助学、困难职工帮扶"),
    "爱心托育": ("个", "people", "爱心托管、爱心托育托管、托育、托育服务、职工子女托管、爱心托管班、暑期托管班"),
    "一件事一次办": ("件", "done", "一件事、一件事办理、渝快办一件事"),
    "十件实事": ("件", "done、amount", "实事、十件实事项目、为职工办实事、民生实事"),
    "五大行动": ("次", "people", "五大行动活动、工会五大行动"),
}


#: Those that registers of schema 7 and before were not made with.
_LATER = frozenset(
    {
        "关爱职工优秀单位", "求学圆梦", "新八级", "大国工匠", "批示", "文体活动", "助企行", "联席会议", "四季帮扶", "爱心托育",
        "一件事一次办", "十件实事", "五大行动",
    }
)  # fmt: skip


def seed_rows() -> list[dict[str, Any]]:
    """The kinds that a register begins with, uids included."""
    return [
        {"uid": seed_uid(name), "name": name, "unit": unit, "measures": measures or None, "aliases": aliases}
        | {"place": place, "active": 1, "fields": SEPARATOR.join(_FIRST_FIELDS.get(name, ()))}
        for place, (name, (unit, measures, aliases)) in enumerate(_SEED.items(), start=1)
    ]


def later_rows() -> list[dict[str, Any]]:
    """Those of the first kinds that came later, for the open register that an older program made.

    A kind of its own that is called the same already stands for the one of the list; its other wordings stay its own.
    """
    known = load_kinds()
    lacking: list[dict[str, Any]] = []
    for row in seed_rows():
        if row["name"] not in _LATER or row["uid"] in known.by_uid or known.find(row["name"]) is not None:
            continue
        free = [each for each in split(row["aliases"]) if known.find(each) is None]
        lacking.append(row | {"aliases": SEPARATOR.join(free) or None, "place": len(known.kinds) + len(lacking) + 1})
    return lacking


def seed_uid(name: str) -> str:
    """The fixed uid of one of the first kinds, by the name that it has in a new register."""
    return str(uuid.uuid5(_NAMESPACE, name))


def offered() -> CodeList:
    """The names of the kinds in use, as a list to choose from: those of the open register, else those of a new one."""
    if database.is_open():
        rows = LedgerKind.select(LedgerKind.name, LedgerKind.active).order_by(LedgerKind.place, LedgerKind.id)
        return CodeList(_LIST, tuple(row.name for row in rows if row.active != 0), {})
    return CodeList(_LIST, tuple(_SEED), {})


def seeded_wordings() -> list[str]:
    """Every wording of the first kinds, as titles of sheets may use them."""
    return [each for name, (_unit, _measures, aliases) in _SEED.items() for each in (name, *split(aliases))]


_FIELDS_OF_FIRST = {seed_uid(name): fields for name, fields in _FIRST_FIELDS.items()}


def split(text: str | None) -> list[str]:
    """The single wordings, or measures, of a joined text."""
    return [each for each in (text or "").split(SEPARATOR) if each]


@dataclass(frozen=True)
class WorkKind:
    """A kind of work as it is shown and chosen; ``entries`` counts those of it, ``fields`` are its own (of OWN_FIELDS)."""

    uid: str
    name: str
    unit: str
    measures: tuple[str, ...]
    aliases: tuple[str, ...]
    active: bool
    entries: int = 0
    fields: tuple[str, ...] = ()

    @property
    def measure_titles(self) -> tuple[str, ...]:
        """The measures by the labels of their fields."""
        return tuple(column_of(LedgerEntry, name).title for name in self.measures)

    @property
    def field_titles(self) -> tuple[str, ...]:
        """Its own fields by their labels."""
        return tuple(column_of(LedgerEntry, name).title for name in self.fields)


@dataclass(frozen=True)
class Kinds:
    """All kinds, in their order, found by any wording."""

    kinds: tuple[WorkKind, ...]

    @cached_property
    def by_uid(self) -> dict[str, WorkKind]:
        """The kinds by their uids."""
        return {each.uid: each for each in self.kinds}

    @cached_property
    def _by_wording(self) -> dict[str, WorkKind]:
        found: dict[str, WorkKind] = {}
        for each in self.kinds:
            found.setdefault(fold(each.name), each)
        for each in self.kinds:
            for alias in each.aliases:
                found.setdefault(fold(alias), each)
        return found

    def find(self, text: str) -> WorkKind | None:
        """The kind that a whole wording means; capital letters, spaces, quotes and brackets make no difference."""
        return self._by_wording.get(fold(text))

    def within(self, title: str) -> WorkKind | None:
        """The kind that a title names: the longest wording of two characters or more that it contains."""
        text = fold(title)
        inside = [word for word in self._by_wording if len(word) > 1 and word in text]
        return self._by_wording[max(inside, key=len)] if inside else None

    def near(self, text: str) -> list[WorkKind]:
        """The kinds that an unknown wording may mean, the likeliest first."""
        from rapidfuzz import fuzz, process  # only a wording that nobody knows waits for it

        found = process.extract(fold(text), list(self._by_wording), scorer=fuzz.WRatio, score_cutoff=_ALIKE, limit=None)
        alike = dict.fromkeys(self._by_wording[word].uid for word, _score, _place in found)
        return [self.by_uid[uid] for uid in alike][:_PROPOSED]


def load_kinds() -> Kinds:
    """The kinds of the open register, those no longer in use too, with the number of entries of each."""
    entries = LedgerEntry.select(LedgerEntry.ledger_kind, fn.COUNT(LedgerEntry.id)).group_by(LedgerEntry.ledger_kind)
    counted: dict[str, int] = dict(entries.tuples())  # type: ignore[arg-type]  # the stubs keep the model's type
    return Kinds(
        tuple(
            WorkKind(
                row.uid, row.name, row.unit or "", tuple(split(row.measures)), tuple(split(row.aliases)),
                row.active != 0, counted.get(row.uid, 0), _fields_of(row),
            )
            for row in LedgerKind.select().order_by(LedgerKind.place, LedgerKind.id)
        )
    )  # fmt: skip


def first_kinds() -> Kinds:
    """The kinds that a register begins with, for who has none open."""
    return Kinds(
        tuple(
            WorkKind(
                row["uid"], row["name"], row["unit"], tuple(split(row["measures"])), tuple(split(row["aliases"])), True,
                fields=tuple(split(row["fields"])),
            )
            for row in seed_rows()
        )
    )  # fmt: skip


def _fields_of(row: Any) -> tuple[str, ...]:
    """A kind of the first list that an older program made says nothing of its own fields: it has those of the list."""
    if row.fields is None:
        return _FIELDS_OF_FIRST.get(row.uid, ())
    named = split(row.fields)
    return tuple(each for each in OWN_FIELDS if each in named)


def find_kind(text: str, kinds: Kinds | None = None) -> WorkKind:
    """The kind that a person's wording means. UserError that proposes near ones when there is none."""
    known = kinds or load_kinds()
    found = known.find(text)
    if found is not None:
        return found
    near = _("、").join(_(each.name) for each in known.near(text))
    if near:
        raise UserError(_("没有台账类别“{name}”，是不是：{near}？都不是的，先新增这个类别。").format(name=text, near=near))
    raise UserError(_("没有台账类别“{name}”，先新增这个类别。").format(name=text))


def add_kind(
    name: str, unit: str, author: Author, measures: Sequence[str] = (), aliases: Sequence[str] = (), fields: Sequence[str] = ()
) -> str:
    """Add a kind of work; returns its uid. ``measures``: of MEASURES, ``fields``: of OWN_FIELDS.

    UserError when a wording means another kind already.
    """
    values = kind_values(name, unit, measures, aliases, fields)
    with batch("edit", author, {"ledger_kind": name}) as writer:
        writer.create(LedgerKind, values)
    return str(values["uid"])


def kind_values(
    name: str, unit: str = "", measures: Sequence[str] = (), aliases: Sequence[str] = (), fields: Sequence[str] = ()
) -> dict[str, Any]:
    """The values of a new kind, checked as :func:`add_kind` says, and placed after the others."""
    known = load_kinds()
    _check_measures(measures)
    _check_fields(fields)
    _check_wordings([name, *aliases], known, "")
    return {
        "uid": named_uid("ledger_kind", _clean(name)), "name": _clean(name), "unit": unit.strip() or None,
        "measures": SEPARATOR.join(measures) or None,
        "aliases": SEPARATOR.join(map(_clean, aliases)) or None, "place": len(known.kinds) + 1, "active": 1,
        "fields": SEPARATOR.join(fields),
    }  # fmt: skip


def change_kind(uid: str, author: Author, **changes: Any) -> None:
    """Change a kind: any of ``name``, ``unit``, ``measures``, ``aliases``, ``active``, ``fields``.

    The name that it had stays as another wording. UserError when a wording means another kind already,
        or when the kind is not there any more.
    """
    known = load_kinds()
    held = known.by_uid.get(uid)
    if held is None:
        raise UserError(_("这个台账类别已经不在了，请刷新后再试。"))
    name, aliases = _clean(changes.get("name", held.name)), list(changes.get("aliases", held.aliases))
    aliases = [each for each in map(_clean, aliases) if fold(each) != fold(name)]
    if fold(name) != fold(held.name) and held.name not in aliases:
        aliases.append(held.name)
    measures, fields = list(changes.get("measures", held.measures)), list(changes.get("fields", held.fields))
    _check_measures(measures)
    _check_fields(fields)
    _check_wordings([name, *aliases], known, uid)
    wanted = {
        "name": name, "unit": changes.get("unit", held.unit) or None, "measures": SEPARATOR.join(measures) or None,
        "aliases": SEPARATOR.join(dict.fromkeys(aliases)) or None, "active": int(changes.get("active", held.active)),
    }  # fmt: skip
    row = LedgerKind.get(LedgerKind.uid == uid)
    if tuple(fields) != held.fields:
        wanted["fields"] = SEPARATOR.join(each for each in OWN_FIELDS if each in fields)
    found = {key: (getattr(row, key), value) for key, value in wanted.items() if getattr(row, key) != value}
    with batch("edit", author, {"ledger_kind": name}) as writer:
        if found:
            writer.update(LedgerKind, uid, found)


def remove_kind(uid: str, author: Author) -> None:
    """Remove a kind of which there is no entry. UserError otherwise: then it can only be taken out of use."""
    row = LedgerKind.get_or_none(LedgerKind.uid == uid)
    if row is None:
        return
    if LedgerEntry.select().where(LedgerEntry.ledger_kind == uid).exists():
        raise UserError(_("“{name}”下面还有台账，不能删除，可以停用它。").format(name=row.name))
    names = ("uid", "name", "unit", "measures", "aliases", "place", "active", "fields")
    with batch("edit", author, {"ledger_kind": row.name}) as writer:
        writer.remove([(LedgerKind, {name: getattr(row, name) for name in names})])


def _clean(text: str) -> str:
    return "".join(text.split())


def _check_measures(measures: Iterable[str]) -> None:
    unknown = [each for each in measures if each not in MEASURES]
    if unknown:
        raise UserError(_("没有计量“{name}”，可以用：{known}。").format(name=unknown[0], known="、".join(MEASURES)))


def _check_fields(fields: Iterable[str]) -> None:
    unknown = [each for each in fields if each not in OWN_FIELDS]
    if unknown:
        raise UserError(_("没有栏目“{name}”，可以用：{known}。").format(name=unknown[0], known="、".join(OWN_FIELDS)))


def _check_wordings(wordings: Sequence[str], known: Kinds, own: str) -> None:
    """Refuse a wording that is empty, holds the separator, or means another kind."""
    for each in wordings:
        if not fold(each) or SEPARATOR in each:
            raise UserError(_("台账类别的名称不能是空的，也不能有顿号：“{name}”。").format(name=each))
        other = known.find(each)
        if other is not None and other.uid != own:
            raise UserError(
                _("“{name}”已经是“{other}”的叫法，一个叫法只能指一个类别。").format(name=each, other=other.name)
            )
