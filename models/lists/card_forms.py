"""Layouts of cards and labels (版式) as data: the sheet, how large each is and how many stand on it, what stands where.

Those that come with the program are in ``data/cards.json``; a register's own ones are read by the same function and kept among
its saved filters, so that they are journaled, can be undone, and come along with a copy.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from models.errors import UnreadField, UserError
from models.journal.saved_filters import remove_filter, save_filter, saved_filters
from models.journal.writer import Author
from models.language import N_, _
from models.lists.print_forms import Sheet
from models.lists.selection import listed_columns
from models.values.codes import fold

Use = Literal["cards", "labels"]
Of = Literal["workers", "unions", "employers"]
Side = Literal["left", "center", "right"]
#: What a text can name besides the fields of whom it is about: whose register it is, the day, its year, the running number.
BESIDES = ("organization", "day", "year", "number")
_BESIDE_TITLES = (N_("本单位"), N_("日期"), N_("年份"), N_("序号"))
_PAGE = "cards:{}"
_PLACE = re.compile(r"\{(\w+)\}")
#: A place as a person may write it, whatever stands in it.
_WRITTEN = re.compile(r"[{｛]([^{}｛｝]*)[}｝]")
#: The sides of the sheets in millimetres; a part is no larger, a sheet has no more cards.
_SIDES: dict[str, tuple[float, float]] = {"A4": (210, 297), "A3": (297, 420)}
_MOST_PARTS, _MOST_CARDS, _MOST_LINES = 40, 400, 10
_SIZES = (4.0, 200.0)
_NAMES = (
    N_("会员证卡片"), N_("桌签"), N_("桌签（带单位）"), N_("地址标签"), N_("档案盒脊"), N_("档案袋标签"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CardPart:
    """What stands at a place of a card, in millimetres from its upper left corner: a text, a QR code or a rule.

    ``text`` and ``qr`` may name fields: ``{name}``. A text is ``size`` points high, or as much less as it takes to stand whole in
    so many ``lines``; ``turned``: on its head, ``upright``: its characters one below the other.
    """

    x: float
    y: float
    width: float
    height: float
    text: str = ""
    qr: str = ""
    rule: bool = False
    size: float = 10.5
    bold: bool = False
    align: Side = "left"
    lines: int = 1
    turned: bool = False
    upright: bool = False

    @property
    def names(self) -> list[str]:
        """The fields that it names."""
        return _PLACE.findall(self.text + self.qr)


@dataclass(frozen=True)
class CardForm:
    """A layout of cards (``use``) of people, unions or employers (``of``); lengths in millimetres.

    ``across`` by ``down`` of them stand on a sheet, the first one ``left`` and ``top`` from its corner. ``frame``: a thin line
    around each, to cut along. ``uid``: of one of the register's own, "" for ours.
    """

    name: str
    use: Use
    of: Of
    width: float
    height: float
    parts: tuple[CardPart, ...]
    across: int = 1
    down: int = 1
    left: float = 0
    top: float = 0
    gap_x: float = 0
    gap_y: float = 0
    paper: Sheet = "A4"
    landscape: bool = False
    frame: bool = False
    uid: str = ""

    @property
    def shown(self) -> str:
        """What it is called on the screen."""
        return self.name if self.uid else _(self.name)

    @property
    def key(self) -> str:
        """What it is chosen by: 桌签 of people and of unions are two."""
        return f"{self.of}/{self.name}"

    @property
    def a_sheet(self) -> int:
        """How many stand on a sheet."""
        return self.across * self.down

    @property
    def names(self) -> set[str]:
        """The fields that its parts name."""
        return {name for part in self.parts for name in part.names}


@cache
def _given() -> Any:
    return json.loads((resources.files("models.lists") / "data" / "cards.json").read_text("utf-8"))


def ready_cards(use: str) -> list[CardForm]:
    """The layouts that come with the program, of cards or labels."""
    return [read_card(each["name"], each) for each in _given() if each["use"] == use]


def card_forms(use: str, of: str = "") -> list[CardForm]:
    """The layouts of cards or labels, ours, then those that the register keeps; ``of``: only of people, unions or employers."""
    own = [read_card(each.name, json.loads(str(each.parts["form"])), each.uid) for each in saved_filters(_PAGE.format(use))]
    return [each for each in (*ready_cards(use), *own) if of in ("", each.of)]


def find_card(use: str, text: str, of: str = "") -> CardForm:
    """The layout of a name or a key, of people where several kinds have one of that name. UserError that names them all."""
    held = card_forms(use, of)
    found = [each for each in held if text == each.key]
    found = found or [each for each in held if fold(text) in (fold(each.name), fold(each.shown))]
    if not found:
        names = _("、").join(dict.fromkeys(each.shown for each in held))
        raise UserError(_("没有版式“{name}”，可以用：{names}。").format(name=text, names=names))
    return found[-1] if found[-1].uid else found[0]


def keep_card(name: str, given: Any, author: Author) -> int | None:
    """Keep an own layout (as JSON gives it) under a name; one of the same name is replaced. Returns the batch's number.

    UserError for what is no layout, without a name, and for the name of one of ours.
    """
    name = " ".join(name.split())
    if not name:
        raise UnreadField("name", _("请给这个版式起个名字。"))
    form = read_card(name, given)
    if any(fold(each.name) == fold(name) for each in ready_cards(form.use)):
        raise UnreadField("name", _("“{name}”是程序自带的版式，请换一个名字。").format(name=name))
    return save_filter(_PAGE.format(form.use), name, {"form": json.dumps(plain(form), ensure_ascii=False)}, author)


def forget_card(form: CardForm, author: Author) -> int | None:
    """Forget an own layout; returns the batch's number. UserError for one of ours."""
    if not form.uid:
        raise UserError(_("“{name}”是程序自带的版式，不能删除。").format(name=form.shown))
    return remove_filter(form.uid, author)


def plain(form: CardForm) -> dict[str, Any]:
    """A layout as JSON holds it: the same that :func:`read_card` reads."""
    told = _said(form, ("name", "uid", "parts"))
    return told | {"parts": [_said(part, ()) for part in form.parts]}


def _said(held: Any, left_out: tuple[str, ...]) -> dict[str, Any]:
    pairs = ((each.name, getattr(held, each.name), each.default) for each in fields(held))
    return {name: value for name, value, usual in pairs if name not in left_out and value != usual}


def read_card(name: str, given: Any, uid: str = "") -> CardForm:
    """A layout from JSON. UserError that says what is wrong: no size, more than the sheet holds, a field that there is not.

    Where that is one value it is an UnreadField of its name, of a part's of ``parts.2.x`` (from 0).
    """
    if not isinstance(given, Mapping) or given.get("use") not in get_args(Use) or given.get("of") not in get_args(Of):
        told = _("卡片版式要写明 use（{uses}）和 of（{of}）。")
        raise UserError(told.format(uses=_("、").join(get_args(Use)), of=_("、").join(get_args(Of))))
    parts = given.get("parts")
    if not isinstance(parts, list) or not 0 < len(parts) <= _MOST_PARTS:
        raise UserError(_("卡片版式要有 parts（什么印在哪里），最多 {most} 项。").format(most=_MOST_PARTS))
    paper, landscape = given.get("paper", "A4"), bool(given.get("landscape"))
    form = CardForm(
        name, given["use"], given["of"], _number(given, "width"), _number(given, "height"),
        _parts(given["of"], parts), int(_number(given, "across", 1)), int(_number(given, "down", 1)),
        _number(given, "left", 0), _number(given, "top", 0), _number(given, "gap_x", 0), _number(given, "gap_y", 0),
        paper if paper in get_args(Sheet) else "A4", landscape, bool(given.get("frame")), uid,
    )  # fmt: skip
    _check_sheet(form)
    return form


def _check_sheet(form: CardForm) -> None:
    short, long = _SIDES[form.paper]
    wide, high = (long, short) if form.landscape else (short, long)
    across, down = (max(1, count) for count in (form.across, form.down))
    used = (
        form.left + across * form.width + (across - 1) * form.gap_x, form.top + down * form.height + (down - 1) * form.gap_y,
    )  # fmt: skip
    if min(form.width, form.height) < 5 or form.a_sheet > _MOST_CARDS or min(form.across, form.down) < 1:
        wrong = next((name for name in ("width", "height") if getattr(form, name) < 5), "across" if form.across < 1 else "down")
        told = _("卡片的大小或个数不对：每张至少 5 毫米，一页最多 {most} 张。")
        raise UnreadField(wrong, told.format(most=_MOST_CARDS))
    if used[0] > wide + 0.1 or used[1] > high + 0.1:
        told = _("一页放不下：{across} 列 {down} 行共要 {w:g}×{h:g} 毫米，纸是 {wide:g}×{high:g} 毫米。")
        told = told.format(across=across, down=down, w=used[0], h=used[1], wide=wide, high=high)
        raise UnreadField("across" if used[0] > wide + 0.1 else "down", told)
    for place, part in enumerate(form.parts):
        beyond = [name for name, end in (("x", part.x + part.width - form.width), ("y", part.y + part.height - form.height))
            if end > 0.1]  # fmt: skip
        if beyond:
            told = _("“{part}”印到卡片外面去了，请改它的位置或大小。")
            what = with_titles(form.of, part.text or part.qr) or "—"
            raise UnreadField(f"parts.{place}.{beyond[0]}", told.format(part=what))


def titles_of(of: str) -> dict[str, str]:
    """What texts of a layout can name, by the names: the titles of the fields, and what stands besides."""
    found: dict[str, str] = {}
    for name, title in (*((each.name, each.title) for each in listed_columns(of)),
                        *((name, _(title)) for name, title in zip(BESIDES, _BESIDE_TITLES, strict=True))):  # fmt: skip
        found[name] = name if title in found.values() else title
    return found


def with_titles(of: str, text: str) -> str:
    """A text as a person reads it: {姓名} where it says {name}."""
    titles = titles_of(of)
    return _PLACE.sub(lambda found: "{" + titles.get(found[1], found[1]) + "}", text)


def with_names(of: str, text: str) -> str:
    """A text as it is kept: {name} where a person wrote {姓名}. UserError for a field that there is not."""
    titles = titles_of(of)
    names = {fold(title): name for name, title in titles.items()} | {name: name for name in titles}

    def name_of(found: re.Match[str]) -> str:
        name = names.get(fold(found[1]))
        if name is None:
            raise _unknown(found[1], list(titles.values()))
        return "{" + name + "}"

    return _WRITTEN.sub(name_of, text)


def _unknown(name: str, known: Sequence[str]) -> UserError:
    told = _("卡片版式里没有“{name}”，可以用：{names}。")
    return UserError(told.format(name=name, names=_("、").join(known)))


def _number(given: Mapping[str, Any], name: str, usual: float | None = None) -> float:
    value = given.get(name, usual)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1_000:
        raise UnreadField(name, _("卡片版式里的 {name} 要写成毫米数。").format(name=name))
    return float(value)


def _parts(of: str, given: Sequence[Any]) -> tuple[CardPart, ...]:
    found = []
    for place, each in enumerate(given):
        try:
            found.append(_part(of, each))
        except UnreadField as error:
            raise UnreadField(f"parts.{place}.{error.field}", str(error)) from error
    return tuple(found)


def _part(of: str, given: Any) -> CardPart:
    if not isinstance(given, Mapping) or not (given.get("text") or given.get("qr") or given.get("rule")):
        raise UnreadField("text", _("卡片版式的每一项要有 text（文字）、qr（二维码）或 rule（线）。"))
    part = CardPart(
        _number(given, "x"), _number(given, "y"), _number(given, "width"), _number(given, "height"),
        text=str(given.get("text", "")), qr=str(given.get("qr", "")), rule=bool(given.get("rule")),
        size=min(max(_number(given, "size", 10.5), _SIZES[0]), _SIZES[1]), bold=bool(given.get("bold")),
        align=given["align"] if given.get("align") in get_args(Side) else "left",
        lines=min(max(int(_number(given, "lines", 1)), 1), _MOST_LINES), turned=bool(given.get("turned")),
        upright=bool(given.get("upright")),
    )  # fmt: skip
    known = {column.name for column in listed_columns(of)} | set(BESIDES)
    for name in part.names:
        if name not in known:
            raise UnreadField("text", str(_unknown(name, sorted(known))))
    return part


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with what its fields say; "" where it begins with one of which nothing is known: 收 alone is nobody's address.

    What begins with words (会员号) keeps them, to be filled in by hand.
    """
    names = _PLACE.findall(text)
    if names and text.startswith("{") and not any(values.get(name, "").strip() for name in names):
        return ""
    return _PLACE.sub(lambda found: values.get(found[1], ""), text)
