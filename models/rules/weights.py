"""The order in which findings and rules are listed, everywhere the same: what presses most first."""

from collections.abc import Iterable

from models.language import N_
from models.rules.rules import SEVERITIES, Finding, RuleCount

#: How a finding stands: its weight, or that an entry is missing, or that it was put aside; the most pressing first.
STANDINGS: dict[str, str] = {**dict(SEVERITIES.items()), "unknown": N_("未填"), "aside": N_("已搁置")}
_RANK = {name: place for place, name in enumerate(STANDINGS)}


def standing(found: Finding) -> str:
    """How a finding stands, a key of STANDINGS."""
    return "aside" if found.aside else "unknown" if found.unknown else found.severity


def rank(name: str) -> int:
    """The place of a standing by how much it presses, 0 first; -1 for none."""
    return _RANK.get(name, -1)


def pressing(found: Finding) -> int:
    """The place of a finding by how much it presses, 0 first."""
    return _RANK[standing(found)]


def heaviest_first(found: Iterable[Finding]) -> list[Finding]:
    """The findings by how much they press, then by rule, region and name."""
    return sorted(found, key=lambda each: (pressing(each), each.rule, each.region, each.name, each.uid))


def rules_by_weight(counted: Iterable[RuleCount]) -> list[RuleCount]:
    """Rules with their counts by their weight; those of one weight in the order of their numbers."""
    return sorted(counted, key=lambda each: (_RANK[each.rule.severity], each.rule.id))
