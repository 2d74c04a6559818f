"""Whether a value says less than the one that is held: a title for a name, a covered or a shorter one, a phone cut short.

Only what two values say is compared, never what they mean: 王工 after 王砚舟 is poorer, 李砚舟 is another.
"""

from models.patterns import pattern
from models.values.columns import Column, Stored
from models.values.id_kinds import Phone, phones
from models.values.kinds import OrganizationName, PersonName, Place, Reference, Text
from models.values.marks import FAMILY_NAMES, is_unsure
from models.values.region_index import RegionIndex

#: Why a held value is proposed to stay: the codes of the problems that tell it.
WHY = frozenset({"kept-title", "kept-covered", "kept-shorter", "kept-digits", "kept-fewer", "kept-wider"})
#: Family names with a title that is never a given name beside a full one: 王总, 李工.
_TITLED = pattern("(?P<family>.)(?:总|工|董|姐|哥|叔|姨|伯|嫂|科|处|局|校长|院长|书记|主席|会计|出纳)")
_COVER = pattern("[某*＊×○〇●]|(?<=.)[xX]+$")
#: How the name of a firm or a union ends that is written in full.
_FULL = pattern("(?:公司|合伙企业|中心|合作社|委员会|联合会|总工会)$")
_FIRM = pattern("(?:有限(?:责任)?公司|股份公司|合伙企业|合作社|委员会|联合会|总工会)$")


def poorer(column: Column, held: Stored, new: Stored, index: RegionIndex | None = None, exact: bool = False) -> str:
    """The code of the problem that tells why ``new`` says less than ``held``, which is no blank; "" where it does not.

    ``index`` tells which places lie in which. ``exact``: the row was exported from this very record and edited, so what
    is shorter was shortened by a person.
    """
    kind = column.kind
    if not isinstance(held, str) or not isinstance(new, str):
        return ""
    if isinstance(kind, Phone):
        return _poorer_phone(held, new, exact)
    if isinstance(kind, PersonName):
        return _poorer_person(held, new, exact)
    if isinstance(kind, Place):
        return "kept-wider" if index is not None and not exact and held != new and held in index.below(new) else ""
    if isinstance(kind, Reference):
        return ""
    if not isinstance(kind, Text):
        return ""
    if _COVER.search(new) and "*" in new and "*" not in held:
        return "kept-covered"
    if exact or len(new) >= len(held):
        return ""
    if isinstance(kind, OrganizationName):
        return "kept-shorter" if not _FIRM.search(new) and _FULL.search(held) and _is_within(new, held) else ""
    return "kept-shorter" if new in held else ""


def _poorer_phone(held: str, new: str, exact: bool) -> str:
    known, told = phones(held), phones(new)
    if max(map(_digits, told)) < max(map(_digits, known)):
        return "kept-digits"
    return "kept-fewer" if not exact and set(told) < set(known) else ""


def _digits(number: str) -> int:
    """How many digits a number has, its extension left out."""
    bare = number.split("-")
    return sum(len(part) for part in (bare[:2] if bare[0].startswith("0") else bare[:1]))


def _poorer_person(held: str, new: str, exact: bool) -> str:
    if _COVER.search(new):
        return "" if _COVER.search(held) else "kept-covered"
    if is_title(new) and not is_title(held):
        return "kept-title"
    return "kept-shorter" if not exact and len(new) < len(held) and new in held else ""


def is_title(name: str) -> bool:
    """True for what a person is called by who is not named: 王师傅, 小李, 某总, 张总."""
    found = _TITLED.fullmatch(name)
    return is_unsure(name) or (found is not None and found["family"] in FAMILY_NAMES)


def names_nobody_else(held: str, written: str) -> bool:
    """True for what is no name, and has no family name that the person held does not have: 某总 beside 王砚舟."""
    return is_unsure(written) and not any(each in FAMILY_NAMES and each not in held for each in written)


def _is_within(short: str, long: str) -> bool:
    """True when all characters of the short text stand in the long one, in their order: 砚屿公司 in 重庆砚屿软件有限公司."""
    left = iter(long)
    return all(each in left for each in short)
