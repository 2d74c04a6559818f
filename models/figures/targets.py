"""The targets of a year (任务指标): set, changed, removed and listed; every change goes through the journal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.errors import UserError
from models.figures.counts import check_scope
from models.figures.facts import Scope
from models.figures.indicator import Indicator
from models.figures.indicators import find_indicator, indicators
from models.journal.typed import typed
from models.journal.writer import Author, batch
from models.language import _
from models.records.catalogue import stored_names
from models.records.target import Target
from models.uid import new_uid
from models.values.masking import quote
from models.values.region_index import DISTRICT_LEVELS, RegionIndex

#: Years that a target can be of; outside of them a number is a slip of the pen.
YEARS = range(2000, 2100)
#: The highest target: more than any count of people, and ten thousand million yuan.
LARGEST = 10**10
_DIGITS = len(str(LARGEST)) + 1


def set_target(
    year: int,
    indicator: str,
    value: int,
    author: Author,
    index: RegionIndex,
    scope: Scope | None = None,
    source: str = "",
) -> str:
    """Set what a year is to bring in a scope, or change it; returns the target's uid. Nothing is written twice.

    ``indicator`` is a key or a whole name; a rate's ``value`` is whole percent, money whole yuan. ``source`` says where
    it is written; left empty, the one that is known stays. UserError when the indicator is unknown or cannot be asked for
    the scope, or when the value cannot be, or when several regions are to have one together.
    """
    scope = scope or Scope()
    if isinstance(scope.region, tuple):
        raise UserError(_("几个镇街合在一起的目标是各镇街目标的和。请先在上面选一个镇街，再填它的目标。"))
    found = find_indicator(indicator)
    check_scope(found, scope, index)
    _check(year, value, found)
    held = _held(year, found.key, scope)
    if held is None:
        values = {"uid": new_uid(), "year": year, "indicator": found.key, "region": scope.region, "union": scope.union}
        with batch("target", author, {"year": year, "indicator": found.key}) as writer:
            writer.create(Target, values | {"value": value, "source": source or None})
        return str(values["uid"])
    wanted = {"value": value} | ({"source": source} if source else {})
    changes = {name: (getattr(held, name), new) for name, new in wanted.items() if getattr(held, name) != new}
    with batch("target", author, {"year": year, "indicator": found.key}) as writer:
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


def _check(year: int, value: int, indicator: Indicator) -> None:
    if year not in YEARS:
        raise UserError(_("年度“{year}”不对，请写 {first} 到 {last} 的年份。").format(year=year, first=YEARS[0], last=YEARS[-1]))
    _check_value(value, indicator)


def _check_value(value: int, indicator: Indicator) -> None:
    most = 100 if indicator.kind == "rate" else LARGEST
    if not 0 <= value <= most:
        sentence = _("“{name}”的目标不能是 {value}{unit}，可以是 0 到 {most}。")
        raise UserError(sentence.format(name=indicator.name, most=most, value=quote(value), unit=indicator.unit))


def _held(year: int, key: str, scope: Scope) -> Target | None:
    found: Target | None = Target.get_or_none(
        Target.year == year,
        Target.indicator == key,
        Target.region.is_null() if scope.region is None else Target.region == scope.region,
        Target.union.is_null() if scope.union is None else Target.union == scope.union,
    )
    return found


def set_source(uid: str, source: str, author: Author) -> None:
    """Write down where a target (uid) is written, the document and its date; "" empties it. UserError when it is gone."""
    held = Target.get_or_none(Target.uid == uid)
    if held is None:
        raise UserError(_("这个目标已经不在了。请刷新后再看。"))
    wanted = typed(Target, {"source": source})["source"]
    with batch("target", author, {"year": held.year, "indicator": held.indicator}) as writer:
        if wanted != held.source:
            writer.update(Target, uid, {"source": (held.source, wanted)})


def remove_target(uid: str, author: Author) -> None:
    """Remove a target; nothing happens when it is not there any more."""
    held = Target.get_or_none(Target.uid == uid)
    if held is None:
        return
    with batch("target", author, {"year": held.year, "indicator": held.indicator}) as writer:
        writer.remove([(Target, {"uid": uid} | {name: getattr(held, name) for name in stored_names(Target)})])


def targets(year: int, scope: Scope | None = None) -> list[Target]:
    """The targets of a year in the order of the indicators; ``scope``: only its own. Those of unknown indicators come last.

    Several regions together are to bring what each of them is to bring: a sum that no record holds (its uid is empty).
    It is there for what is counted, not for rates, and only when every one of the regions has a target of its own.
    """
    query = Target.select().where(Target.year == year)
    known = indicators()
    places = {key: place for place, key in enumerate(known)}
    if scope is not None and isinstance(scope.region, tuple):
        held = _summed([each for each in query if each.union is None], scope.region, known)
    else:
        held = [each for each in query if scope is None or Scope(each.region, each.union) == scope]
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
    """A target of the whole register beside the sum of its districts' own, where the two differ; ``count`` of districts."""

    indicator: str
    name: str
    whole: int
    parts: int
    count: int

    @property
    def text(self) -> str:
        """What a person is told."""
        sentence = _("“{name}”全区的目标是 {whole:,}，下面 {count} 个区县的目标合计 {parts:,}，相差 {gap:,}。")
        gap = abs(self.whole - self.parts)
        return sentence.format(name=self.name, whole=self.whole, count=self.count, parts=self.parts, gap=gap)


def sums_beside(year: int, index: RegionIndex) -> list[SumBeside]:
    """Where the whole register's target of a year is not what its districts' targets come to; rates have no sum."""
    known = indicators()
    whole: dict[str, int] = {}
    parts: dict[str, list[int]] = {}
    for each in targets(year):
        if each.indicator not in known or known[each.indicator].kind == "rate" or each.union is not None:
            continue
        if each.region is None:
            whole[each.indicator] = each.value
        elif index.level(each.region) in DISTRICT_LEVELS:
            parts.setdefault(each.indicator, []).append(each.value)
    return [
        SumBeside(key, known[key].name, value, sum(parts[key]), len(parts[key]))
        for key, value in whole.items()
        if key in parts and sum(parts[key]) != value
    ]
