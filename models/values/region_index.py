"""Finding a place by what people write: names, codes, old names, bare town names, addresses. Pure, in memory, no SQL.

The names that a place ever had always resolve; which district a town belongs to is read in the tree of one day.
"""

import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from models.patterns import pattern

#: Between several names in one text: how a region's aliases are stored.
SEPARATOR = "、"
#: The levels that report to the city: a district or county, or a development zone with a union federation of its own.
DISTRICT_LEVELS = frozenset({"district", "zone"})

#: One region (uid), or several taken together.
Area = str | tuple[str, ...]

_TOWN_TYPES = ("街道", "镇", "乡")
_TOWN_TYPE = pattern(r"(?:(?:土家族|苗族|仡佬族)*乡|街道|镇)$")
_TYPE_SIGN = pattern("|".join(_TOWN_TYPES))
_OFFICE = pattern(r"(?:办事处|人民政府|政府|管理委员会|管委会|总工会)$")
_STREET_SHORT = pattern(r"(?:街办|街道办|街)$")
_WRITTEN_OUT = ("市", "区", "县", *_TOWN_TYPES)
#: What makes a road's name of the place name before it: 小龙坎新街 need not lie in 小龙坎街道, nor 万州大道 in 万州区.
_ROAD = pattern(
    r"[东南西北中上下前后正新老]?[一二三四五六七八九十]*支?(?:路|大道|大街|街(?!道)|巷|立交|大桥|隧道|高速)"
)
_REMEMBERED = 50_000


class Resolved(NamedTuple):
    """The place that a text names, or the places that it may name (in the order of their codes)."""

    uid: str | None
    candidates: tuple[str, ...] = ()


class RegionEntry(NamedTuple):
    """What the index knows of one region."""

    name: str
    level: str
    code: str


def normal(text: str) -> str:
    """The text as places are compared: full width to half width, no spaces, signs or punctuation."""
    folded = unicodedata.normalize("NFKC", text).strip().removesuffix(".0")
    return folded if folded.isalnum() else "".join(sign for sign in folded if sign.isalnum())


@dataclass
class RegionIndex:
    """All regions of the register, with the tree of one day. Made by :func:`build_index`, anew when regions change.

    ``above`` holds each region's parent on that day. ``strong`` leads from a whole name, an alias or a code to uids,
    ``weak`` from what a town is also called: without its type, or by the type it had before. Methods that take a uid
    raise KeyError for one that is no region.
    """

    entries: dict[str, RegionEntry]
    above: dict[str, str]
    below_now: dict[str, list[str]]
    ever_above: dict[str, frozenset[str]]
    strong: dict[str, list[str]]
    weak: dict[str, list[str]]
    holders: frozenset[str]
    longest: int
    _resolved: dict[tuple[str, str | None], Resolved] = field(default_factory=dict, repr=False)
    _below: dict[Area, frozenset[str]] = field(default_factory=dict, repr=False)
    _towns: dict[str, list[str]] = field(default_factory=dict, repr=False)

    def name(self, uid: str) -> str:
        """The region's own name: 小龙坎街道."""
        return self.entries[uid].name

    def level(self, uid: str) -> str:
        """city, district, zone, town, community, park or building."""
        return self.entries[uid].level

    def line(self, uid: str) -> list[str]:
        """The region and everything above it, from itself to the city, in the tree of the day."""
        found = [uid]
        while (uid := self.above.get(uid, "")) and uid not in found:  # two merged registers could close a circle
            found.append(uid)
        return found

    def path(self, uid: str) -> str:
        """The name with everything above it but the city: 沙坪坝区小龙坎街道."""
        named = [self.name(each) for each in reversed(self.line(uid)) if self.level(each) != "city"]
        return "".join(named) or self.name(uid)

    def district_of(self, uid: str) -> str | None:
        """The district, county or zone that the region is or lies in; None for the city."""
        return next((each for each in self.line(uid) if self.level(each) in DISTRICT_LEVELS), None)

    def town_of(self, uid: str) -> str | None:
        """The town or street office that the region is or lies in; None for a district or the city."""
        return next((each for each in self.line(uid) if self.level(each) == "town"), None)

    def towns(self) -> Mapping[str, Sequence[str]]:
        """Every district, county or zone with the towns in it, all in the order of the regions."""
        if not self._towns:
            self._towns.update({uid: [] for uid in self.entries if self.level(uid) in DISTRICT_LEVELS})
            for uid in self.entries:
                if self.level(uid) == "town" and (district := self.district_of(uid)):
                    self._towns[district].append(uid)
        return self._towns

    def children(self, uid: str) -> tuple[str, ...]:
        """The regions directly below, in the order of their codes."""
        return tuple(self.below_now.get(uid, ()))

    def below(self, area: Area) -> frozenset[str]:
        """The region itself, or several, and everything below, in the tree of the day."""
        if area not in self._below:
            parts = [area] if isinstance(area, str) else area
            self._below[area] = frozenset().union(*(_reach(uid, self.below_now) for uid in parts))
        return self._below[area]

    def called(self, area: Area) -> str:
        """The path of a region; of several their names one after the other."""
        return self.path(area) if isinstance(area, str) else SEPARATOR.join(self.name(uid) for uid in area)

    def resolve(self, text: str, home: str | None = None) -> Resolved:
        """The region that the whole text names: a code, or a name with or without what is above it, or an old name.

        ``home`` is the uid of the home district: a name that stands in several districts is looked for there first.
        Nothing found gives ``Resolved(None)``; several places give them as candidates.
        """
        key = (text, home)
        found = self._resolved.get(key)
        if found is None:
            if len(self._resolved) >= _REMEMBERED:
                self._resolved.clear()
            found = self._resolved[key] = _one(self._read(normal(text), home))
        return found

    def in_address(self, text: str, home: str | None = None) -> Resolved:
        """The finest region that an address surely lies in, read from its beginning: city, district, town and below.

        An address that begins elsewhere (浙江省宁波市江北区…) or with nothing but the city gives ``Resolved(None)``.
        Where the next step could be several places, they are the candidates beside the sure one above them.
        """
        written, place, at = normal(text).removeprefix("中国"), None, 0
        while at < len(written):
            pool, at = self._step(written, at, place, home)
            if len(pool) != 1:
                return Resolved(self._telling(place), tuple(pool))
            place = pool[0]
        return Resolved(self._telling(place))

    def _telling(self, place: str | None) -> str | None:
        return None if place is None or self.level(place) == "city" else place

    def _read(self, written: str, home: str | None) -> list[str]:
        if written.isdigit():
            return self._by_code(written)
        spellings = (written, _OFFICE.sub("", written), _STREET_SHORT.sub("街道", written))
        for spelling in dict.fromkeys(spellings):
            if spelling and (found := self._match(spelling, None, home)):
                return found
        return []

    def _by_code(self, digits: str) -> list[str]:
        """By 6, 9 or 12 digits; a village's code (12) names its town as long as the village is not registered."""
        if digits in self.strong:
            return self.strong[digits]
        if len(digits) == 12:
            return self._by_code(digits[:9])
        return self._by_code(digits[:6]) if len(digits) == 9 and digits.endswith("000") else []

    def _match(self, written: str, within: str | None, home: str | None) -> list[str]:
        """All of ``written`` as a name below ``within``, or as the name of a place followed by one below it."""
        pool = self._called(written, within, home)
        if pool:
            return pool
        for cut in range(min(len(written) - 1, self.longest), 0, -1):
            head = written[:cut]
            if head not in self.strong and head not in self.weak:
                continue
            found: list[str] = []
            for holder in self._called(head, within, None):
                if scope := self._scope(holder):
                    found += self._match(written[cut:], scope, home)
            if found:
                return list(dict.fromkeys(found))
        return []

    def _called(self, form: str, within: str | None, home: str | None) -> list[str]:
        """The places called so, below ``within`` if given; whole names before short ones, home before elsewhere."""
        strong, weak = self.strong.get(form, []), self.weak.get(form, [])
        if within is not None:
            strong = [uid for uid in self._inside(strong, within) if uid != within]
            weak = [uid for uid in self._inside(weak, within) if uid != within]
        pool = strong or weak
        if home is None or not pool:
            return pool
        # 复兴镇 stands in 忠县 alone, but in a list from 北碚 it may be what is now 复兴街道: both are candidates
        return self._inside(pool, home) or strong + self._inside(weak, home) or pool

    def _inside(self, pool: Sequence[str], scope: str) -> list[str]:
        """Those of the pool that lie in ``scope`` or are it: on the index's day, or else at any time."""
        now = [uid for uid in pool if scope in self.line(uid)]
        return now or [uid for uid in pool if scope in self.ever_above[uid]]

    def _scope(self, uid: str) -> str | None:
        """Where to look for what follows a place: below it, or below the city after a zone of unknown towns."""
        if uid in self.holders:
            return uid
        return self.above.get(uid) if self.level(uid) == "zone" else None

    def _step(self, written: str, at: int, place: str | None, home: str | None) -> tuple[list[str], int]:
        """The next place named in an address from ``at`` on, the longest name first, and where the text goes on."""
        scope = None if place is None else self._scope(place)
        if place is not None and scope is None:
            return [place], len(written)
        for end in range(min(len(written), at + self.longest), at + 1, -1):
            form = written[at:end]
            if not form.endswith(_WRITTEN_OUT) and _ROAD.match(written, end):
                continue
            if scope is None and form not in self.strong:  # 太平…, 朝阳… begin addresses everywhere in the country
                pool = self._inside(self.weak.get(form, []), home) if home else []
            else:
                pool = self._called(form, scope, home)
            if pool:
                return pool, end
        found = self._later(written, at, scope) if scope is not None else None
        return found or ([place] if place is not None else [], len(written))

    def _later(self, written: str, at: int, scope: str) -> tuple[list[str], int] | None:
        """A town written out with its type further on, after a road or a building: …大学城虎溪街道."""
        for sign in _TYPE_SIGN.finditer(written, at):
            for begin in range(max(at, sign.end() - self.longest), sign.start()):
                pool = self._inside(self.strong.get(written[begin : sign.end()], []), scope)
                if len(pool) == 1:
                    return pool, sign.end()
        return None


def _one(pool: list[str]) -> Resolved:
    return Resolved(pool[0]) if len(pool) == 1 else Resolved(None, tuple(pool))


def build_index(rows: Iterable[Mapping[str, Any]], parents: Iterable[Mapping[str, Any]], day: dt.date) -> RegionIndex:
    """The index of plain rows with the fields of ``Region`` and ``RegionParent``, and the tree as it stood on ``day``.

    A parent counts from ``since`` on and from ``until`` no more; of several on one day the latest ``since`` counts.
    """
    ordered = sorted(rows, key=lambda row: (row["code"] or "9", row["name"]))
    entries = {row["uid"]: RegionEntry(row["name"], row["level"], row["code"] or "") for row in ordered}
    above: dict[str, str] = {}
    ever: defaultdict[str, set[str]] = defaultdict(set)
    for link in sorted(parents, key=lambda link: link["since"] or ""):
        ever[link["region"]].add(link["parent"])
        if (link["since"] or "") <= day.isoformat() < (link["until"] or "9999"):
            above[link["region"]] = link["parent"]
    below: defaultdict[str, list[str]] = defaultdict(list)
    for uid in entries:
        if uid in above:
            below[above[uid]].append(uid)
    strong, weak = _forms(ordered)
    return RegionIndex(
        entries, above, dict(below), {uid: _reach(uid, ever) for uid in entries}, strong, weak,
        holders=frozenset(parent for held in ever.values() for parent in held),
        longest=max(map(len, strong), default=0),
    )  # fmt: skip


def _reach(start: str, steps: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """``start`` and everything that the steps lead to from it; a circle does no harm."""
    found, open_ = {start}, [start]
    while open_:
        fresh = set(steps.get(open_.pop(), ())) - found
        found |= fresh
        open_ += fresh
    return frozenset(found)


def _forms(rows: Iterable[Mapping[str, Any]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """What each region is called: by its whole name, alias or code, and by a town's short or former name."""
    strong: defaultdict[str, list[str]] = defaultdict(list)
    weak: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        name = normal(row["name"])
        whole = {name, normal(row["code"] or ""), *map(normal, (row["aliases"] or "").split(SEPARATOR))} - {""}
        for form in whole:
            strong[form].append(row["uid"])
        stem = _TOWN_TYPE.sub("", name)
        if row["level"] == "town" and len(stem) > 1:
            for form in {stem, *(stem + type_ for type_ in _TOWN_TYPES)} - whole:
                weak[form].append(row["uid"])
    return dict(strong), dict(weak)
