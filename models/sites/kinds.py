"""The kinds of things that stand: what a register begins with, and how a district changes its own list."""

import uuid
from collections.abc import Sequence
from typing import Any

from peewee import fn

from models.engine import database
from models.errors import UserError
from models.journal.named import named_uid
from models.journal.writer import Author, batch
from models.language import _
from models.ledger.kinds import SEPARATOR, Kinds, WorkKind, split
from models.records.site import Site, SiteKind
from models.values.codes import CodeList, fold

#: The same seed gives the same uids on every laptop.
_NAMESPACE = uuid.UUID("0b6f6a52-94c1-5d0e-9a7b-2f1c83d5e470")
_LIST = "阵地类别"
#: name → unit, other wordings
_SEED: dict[str, tuple[str, str]] = {
    "工会驿站": ("个", "驿站、服务站点、工会服务站点、户外劳动者服务站点、户外劳动者驿站、渝工港湾"),
    "劳模工匠工作室": ("个", "劳模工作室、工匠工作室、劳模创新工作室、劳模和工匠人才创新工作室"),
    "心理服务样本": ("个", "心理健康服务样本、心理关爱室、心理服务站"),
    "关爱职工优秀单位": ("家", "关爱职工优秀企业、职工关爱单位、关爱职工单位"),
    "爱心托育": ("个", "爱心托育托管、爱心托管、托育点、托育机构、职工子女托管班、托育"),
    "职工书屋": ("个", "书屋、职工阅读空间"),
    "爱心妈咪小屋": ("个", "妈咪小屋、爱心母婴室、母婴室、女职工休息哺乳室"),
    "职工活动阵地": ("个", "职工之家、职工活动中心、工人文化宫、职工服务中心"),
    "矛盾调解室": ("个", "调解室、劳动争议调解室、五方联动调解室、调解工作站"),
}


def seed_rows() -> list[dict[str, Any]]:
    """The kinds that a register begins with, uids included."""
    return [
        {"uid": seed_uid(name), "name": name, "unit": unit, "aliases": aliases, "place": place, "active": 1}
        for place, (name, (unit, aliases)) in enumerate(_SEED.items(), start=1)
    ]


def seed_uid(name: str) -> str:
    """The fixed uid of one of the first kinds, by the name that it has in a new register."""
    return str(uuid.uuid5(_NAMESPACE, name))


def seeded_wordings() -> list[str]:
    """Every wording of the first kinds, as titles of sheets may use them."""
    return [each for name, (_unit, aliases) in _SEED.items() for each in (name, *split(aliases))]


def offered() -> CodeList:
    """The names of the kinds in use, as a list to choose from: those of the open register, else those of a new one."""
    if database.is_open():
        rows = SiteKind.select(SiteKind.name, SiteKind.active).order_by(SiteKind.place, SiteKind.id)
        return CodeList(_LIST, tuple(row.name for row in rows if row.active != 0), {})
    return CodeList(_LIST, tuple(_SEED), {})


def load_kinds() -> Kinds:
    """The kinds of the open register, those no longer in use too, with the number of rows of each."""
    rows = Site.select(Site.site_kind, fn.COUNT(Site.id)).group_by(Site.site_kind)
    counted: dict[str, int] = dict(rows.tuples())  # type: ignore[arg-type]  # the stubs keep the model's type
    return Kinds(
        tuple(
            WorkKind(
                row.uid, row.name, row.unit or "", (), tuple(split(row.aliases)), row.active != 0, counted.get(row.uid, 0)
            )
            for row in SiteKind.select().order_by(SiteKind.place, SiteKind.id)
        )
    )


def find_kind(text: str, kinds: Kinds | None = None) -> WorkKind:
    """The kind that a person's wording means. UserError that proposes near ones when there is none."""
    known = kinds or load_kinds()
    found = known.find(text)
    if found is not None:
        return found
    near = _("、").join(_(each.name) for each in known.near(text))
    if near:
        raise UserError(_("没有阵地类别“{name}”，是不是：{near}？都不是的，先新增这个类别。").format(name=text, near=near))
    raise UserError(_("没有阵地类别“{name}”，先新增这个类别。").format(name=text))


def add_kind(name: str, unit: str, author: Author, aliases: Sequence[str] = ()) -> str:
    """Add a kind; returns its uid. UserError when a wording means another kind already."""
    values = kind_values(name, unit, aliases)
    with batch("edit", author, {"site_kind": name}) as writer:
        writer.create(SiteKind, values)
    return str(values["uid"])


def kind_values(name: str, unit: str = "", aliases: Sequence[str] = ()) -> dict[str, Any]:
    """The values of a new kind, checked as :func:`add_kind` says, and placed after the others."""
    known = load_kinds()
    _check_wordings([name, *aliases], known, "")
    return {
        "uid": named_uid("site_kind", _clean(name)), "name": _clean(name), "unit": unit.strip() or None,
        "aliases": SEPARATOR.join(map(_clean, aliases)) or None, "place": len(known.kinds) + 1, "active": 1,
    }  # fmt: skip


def change_kind(uid: str, author: Author, **changes: Any) -> None:
    """Change a kind: ``name`` (the old one stays as another wording), ``unit``, ``aliases``, ``active``.

    UserError when a wording means another kind already, or when the kind is not there any more.
    """
    known = load_kinds()
    held = known.by_uid.get(uid)
    if held is None:
        raise UserError(_("这个阵地类别已经不在了，请刷新后再试。"))
    name = _clean(changes.get("name", held.name))
    aliases = [each for each in map(_clean, changes.get("aliases", held.aliases)) if fold(each) != fold(name)]
    if fold(name) != fold(held.name) and held.name not in aliases:
        aliases.append(held.name)
    _check_wordings([name, *aliases], known, uid)
    wanted = {
        "name": name, "unit": changes.get("unit", held.unit) or None,
        "aliases": SEPARATOR.join(dict.fromkeys(aliases)) or None, "active": int(changes.get("active", held.active)),
    }  # fmt: skip
    row = SiteKind.get(SiteKind.uid == uid)
    found = {key: (getattr(row, key), value) for key, value in wanted.items() if getattr(row, key) != value}
    with batch("edit", author, {"site_kind": name}) as writer:
        if found:
            writer.update(SiteKind, uid, found)


def remove_kind(uid: str, author: Author) -> None:
    """Remove a kind of which nothing is entered. UserError otherwise: then it can only be taken out of use."""
    row = SiteKind.get_or_none(SiteKind.uid == uid)
    if row is None:
        return
    if Site.select().where(Site.site_kind == uid).exists():
        raise UserError(_("“{name}”下面还有阵地，不能删除，可以停用它。").format(name=row.name))
    names = ("uid", "name", "unit", "aliases", "place", "active")
    with batch("edit", author, {"site_kind": row.name}) as writer:
        writer.remove([(SiteKind, {name: getattr(row, name) for name in names})])


def _clean(text: str) -> str:
    return "".join(text.split())


def _check_wordings(wordings: Sequence[str], known: Kinds, own: str) -> None:
    """Refuse a wording that is empty, holds the separator, or means another kind."""
    for each in wordings:
        if not fold(each) or SEPARATOR in each:
            raise UserError(_("阵地类别的名称不能是空的，也不能有顿号：“{name}”。").format(name=each))
        other = known.find(each)
        if other is not None and other.uid != own:
            raise UserError(
                _("“{name}”已经是“{other}”的叫法，一个叫法只能指一个类别。").format(name=each, other=other.name)
            )
