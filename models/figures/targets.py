"""The targets of a period (任务指标): set, changed, removed and listed; every change goes through the journal.

A period is given as a value, or as the number of a year; it may span several years (三年行动).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from models.errors import UserError
from models.figures.counts import check_scope
from models.figures.facts import Level, Period, Scope, level_of
from models.figures.indicator import Indicator
from models.figures.indicators import find_indicator, indicators
from models.figures.periods import key_of, length_of, whole
from models.journal.typed import typed
from models.journal.writer import Author, batch
from models.language import _
from models.records.catalogue import stored_names
from models.records.target import Target
from models.uid import new_uid
from models.values.masking import quote
from models.values.region_index import RegionIndex

#: Years that a target can be of; outside of them a number is a slip of the pen.
YEARS = range(2000, 2100)
#: The highest target: more than any count of people, and ten thousand million yuan.
LARGEST = 10**10
_DIGITS = len(str(LARGEST)) + 1


def set_target(
    of: int | Period,
    indicator: str,
    value: int,
    author: Author,
    index: RegionIndex,
    scope: Scope | None = None,
    source: str = "",
) -> str:
    """Set what a period is to bring in a scope, or change it; returns the target's uid. Nothing is written twice.

    ``indicator`` is a key or a whole name; a rate's ``value`` is whole percent, money whole yuan. ``source`` says where
    it is written; left empty, the one that is known stays. UserError when the indicator is unknown or cannot be asked for
    the scope, or when the value cannot be, or when several regions are to have one together.
    """
    scope = scope or Scope()
    if isinstance(scope.region, tuple):
        raise UserError(_("几个镇街合在一起的目标是各镇街目标的和。请先在上面选一个镇街，再填它的目标。"))
    found = find_indicator(indicator)
    check_scope(found, scope, index)
    period = whole(of)
    _check(period, value, found)
    said = typed(Target, {"person": scope.person or ""})["person"]
    person = str(said) if said else None
    scope = replace(scope, person=person)
    held = _held(period, found.key, scope)
    if held is None:
        values = {"uid": new_uid(), "indicator": found.key, "region": scope.region, "union": scope.union, "person": person}
        with batch("target", author, {"indicator": found.key, **_kept(period)}) as writer:
            writer.create(Target, values | _kept(period) | {"value": value, "source": source or None})
        return str(values["uid"])
    wanted = {"value": value} | ({"source": source} if source else {})
    changes = {name: (getattr(held, name), new) for name, new in wanted.items() if getattr(held, name) != new}
    with batch("target", author, {"indicator": found.key, **_kept(period)}) as writer:
        if changes:
            writer.update(Target, held.uid, changes)
    return str(held.uid)


def read_target(text: str, indicator: Indicator) -> int:
    """The number that a person typed as a target of an indicator. UserError when it is none, or cannot be its target."""
    digits = text.replace(",", "").replace("，", "").strip().removesuffix("%").strip()
    if not digits.isascii() or not digits.isdigit():
        said = _("“{text}”不是数值。“{name}”的目标请写整数，例如 500。")
        raise UserError(said.format(text=quote(text), name=indicator.name))
    value = int(digits[:_DIGITS])  # one digit more than the highest has is enough to see that it is too high
    _check_value(value, indicator)
    return value


def _kept(period: Period) -> dict[str, int | str | None]:
    """How a period is kept: the year in which it begins, and its key where it is not that year."""
    return {"year": period.start.year, "period": None if length_of(period) == "year" else key_of(period)}


def _check(period: Period, value: int, indicator: Indicator) -> None:
    for year in (period.start.year, period.end.year):
        if year not in YEARS:
            said = _("年度“{year}”不对，请写 {first} 到 {last} 的年份。")
            raise UserError(said.format(year=year, first=YEARS[0], last=YEARS[-1]))
    _check_value(value, indicator)


def _check_value(value: int, indicator: Indicator) -> None:
    most = 100 if indicator.kind == "rate" else LARGEST
    if not 0 <= value <= most:
        sentence = _("“{name}”的目标不能是 {value}{unit}，可以是 0 到 {most}。")
        raise UserError(sentence.format(name=indicator.name, most=most, value=quote(value), unit=indicator.unit))


def _held(period: Period, key: str, scope: Scope) -> Target | None:
    return next((each for each in _of_period(period) if each.indicator == key and _scope(each) == scope), None)


def _of_period(period: Period) -> list[Target]:
    kept = _kept(period)
    held = Target.select().where(Target.year == kept["year"])
    return [each for each in held.order_by(Target.id) if (each.period or None) == kept["period"]]


def _scope(target: Target) -> Scope:
    return Scope(target.region, target.union, target.person)


def set_source(uid: str, source: str, author: Author) -> None:
    """Write down where a target (uid) is written, the document and its date; "" empties it. UserError when it is gone."""
    held = Target.get_or_none(Target.uid == uid)
    if held is None:
        raise UserError(_("这个目标已经不在了。请刷新后再看。"))
    wanted = typed(Target, {"source": source})["source"]
    with batch("target", author, _source_of(held)) as writer:
        if wanted != held.source:
            writer.update(Target, uid, {"source": (held.source, wanted)})


def remove_target(uid: str, author: Author) -> None:
    """Remove a target; nothing happens when it is not there any more."""
    held = Target.get_or_none(Target.uid == uid)
    if held is None:
        return
    with batch("target", author, _source_of(held)) as writer:
        writer.remove([(Target, {"uid": uid} | {name: getattr(held, name) for name in stored_names(Target)})])


def _source_of(held: Target) -> dict[str, int | str | None]:
    return {"year": held.year, "indicator": held.indicator, "period": held.period}


def targets(
    of: int | Period, scope: Scope | None = None, known: Mapping[str, Indicator] | None = None
) -> list[Target]:
    """The targets of a period in the order of the indicators; ``scope``: only its own. Those of unknown indicators come last.

    Several regions together are to bring what each of them is to bring: a sum that no record holds (its uid is empty).
    It is there for what is counted, not for rates, and only when every one of the regions has a target of its own.
    ``known``: the indicators, if they are at hand.
    """
    query = _of_period(whole(of))
    known = indicators() if known is None else known
    places = {key: place for place, key in enumerate(known)}
    if scope is not None and isinstance(scope.region, tuple):
        held = _summed([each for each in query if each.union is None and not each.person], scope.region, known)
    else:
        held = [each for each in query if scope is None or _scope(each) == scope]
    return sorted(held, key=lambda each: (places.get(each.indicator, len(places)), each.region or "", each.uid))


def _summed(held: Iterable[Target], regions: tuple[str, ...], known: Mapping[str, Indicator]) -> list[Target]:
    """One target for each counted indicator of which every one of the regions has a target."""
    values: dict[str, dict[str, int]] = {}
    for each in held:
        if each.region in regions and each.indicator in known and known[each.indicator].kind != "rate":
            values.setdefault(each.indicator, {})[each.region] = each.value
    whole = {key: parts for key, parts in values.items() if len(parts) == len(set(regions))}
    return [Target(uid="", indicator=key, value=sum(parts.values())) for key, parts in whole.items()]


@dataclass(frozen=True, slots=True)
class SumBeside:
    """A target beside the sum of those that it is broken down into, where the two differ; ``count`` of these.

    ``level``: into what, ``place``: the region whose target it is (its path), "" for the whole register.
    """

    indicator: str
    name: str
    whole: int
    parts: int
    count: int
    level: Level = "district"
    place: str = ""

    @property
    def text(self) -> str:
        """What a person is told."""
        words = {
            "district": _("个区县"), "town": _("个镇街"), "community": _("个村社区"), "union": _("个工会"),
            "person": _("个负责人"),
        }  # fmt: skip
        sentence = _("“{name}”{place}的目标是 {whole:,}，下面 {count} {parts_called}的目标合计 {parts:,}，相差 {gap:,}。")
        return sentence.format(
            name=self.name, place=self.place or _("全区"), whole=self.whole, count=self.count,
            parts_called=words[self.level], parts=self.parts, gap=abs(self.whole - self.parts),
        )  # fmt: skip


def sums_beside(of: int | Period, index: RegionIndex) -> list[SumBeside]:
    """Where a target is not what the targets come to into which it is broken down; rates have no sum.

    Districts, unions and persons are parts of the whole register; towns of their district where it has a target, else of
    the register; communities of their town.
    """
    known = indicators()
    wholes: dict[tuple[str, str], int] = {}
    held: list[tuple[str, Level, str, int]] = []
    for each in targets(of, known=known):
        if each.indicator not in known or known[each.indicator].kind == "rate":
            continue
        if each.region is not None and each.region in index.entries and index.level(each.region) != "city":
            wholes[each.indicator, each.region] = each.value
            held.append((each.indicator, level_of(each.region, index), each.region, each.value))
        elif each.union is not None or each.person:
            held.append((each.indicator, "union" if each.union else "person", "", each.value))
        else:
            wholes[each.indicator, ""] = each.value
    parts: dict[tuple[str, str, Level], list[int]] = {}
    for key, level, region, value in held:
        over = next((each for each in index.line(region)[1:] if (key, each) in wholes), "") if region else ""
        if (key, over) in wholes:
            parts.setdefault((key, over, level), []).append(value)
    order = {key: place for place, key in enumerate(known)}
    return [
        SumBeside(key, known[key].name, wholes[key, over], sum(values), len(values), level, index.path(over) if over else "")
        for (key, over, level), values in sorted(parts.items(), key=lambda each: order[each[0][0]])
        if sum(values) != wholes[key, over]
    ]
