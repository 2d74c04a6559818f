"""Rows that head those below them: 一、某某工会（3人）, 小龙坎街道（2家）, 二、退会会员. What they name holds for every row until the next.

Where a unit's name should stand, the bare name of a town or district is such a heading, or its subtotal, and never a unit.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from importers.columns.content import is_organization
from importers.columns.header_text import written
from importers.columns.row_words import KIND_OF_UNITS
from models.values.cleaning import clean_organization
from models.values.columns import Plain
from models.values.names import is_union_name

_NUMBER = r"(?:第?[一二三四五六七八九十百]{1,4}|\d{1,3})"
_NUMBERED = re.compile(rf"^(?:[(（]{_NUMBER}[)）]|{_NUMBER}[、.．)）]|第{_NUMBER}(?:部分|组|类)[:：、]?)\s*")
_NUMBER_ALONE = re.compile(rf"[(（]?{_NUMBER}[)）]?[、.．]?")
_COUNTED = re.compile(
    r"\s*(?:[(（【\[]\s*(?:共|合计|计)?\s*\d+\s*[人家户个名]\s*[)）】\]]|[:：]|\s(?:共|计)?\s*\d+\s*[人家户个名])\s*$"
)
_COUNT = re.compile(r"(?:共|合计|计)?\s*\d+(?:\.\d+)?\s*[人家户个名%％]?")
_REGION = re.compile("[\u4e00-\u9fff]{1,14}(?:街道|镇|乡|社区|村|开发区|高新区|新区|园区|区|县)")
#: Enterprises whose names end like a place's.
_NO_REGION = re.compile(
    "(?:度假村|民俗村|农庄村|景区|小区|服务区|厂区|校区|院区|街区|商区|矿区|营区|库区|库房区)$|公司|[店厂]"
)
_PEOPLE = re.compile("(?:会员|人员|职工|员工|人|名单|部分|情况)$")
_TOTAL = re.compile("[合小总共]计|汇总|计数")
#: What our papers call the group of those of whom nobody knows where they belong: what the headings before it say ends there.
UNFILLED = re.compile(r"\s*（未填[^（）]{2,12}）")
#: The forms in whose column of names a place may head the rows below.
_OF_UNITS = ("employers", "unions", "headcounts")


class SectionHeading(NamedTuple):
    """What a heading names: a union, an employer or a place, or people of a kind ("")."""

    field: str
    name: str


def section_of(kind: str, cells: Sequence[tuple[int, Plain]], main: int | None) -> SectionHeading | None:
    """What a row heads, or None for any other row. ``cells``: its filled cells as (column, value)."""
    if kind == "ledger":
        return None
    first = cells[0][1]
    if isinstance(first, str) and UNFILLED.match(first):
        return SectionHeading("", first.strip())
    return _named(kind, cells, main)


def _named(kind: str, cells: Sequence[tuple[int, Plain]], main: int | None) -> SectionHeading | None:
    if len(cells) > 1 and _NUMBER_ALONE.fullmatch(written(cells[0][1])):
        numbered, (index, value), rest = isinstance(cells[0][1], str), cells[1], cells[2:]
    else:
        numbered, (index, value), rest = False, cells[0], cells[1:]
    if not isinstance(value, str) or not all(_COUNT.fullmatch(written(each)) for _index, each in rest):
        return None
    bare = _COUNTED.sub("", _NUMBERED.sub("", value.strip()))
    heading = bare != value.strip() or (numbered and not rest)
    name = clean_organization(bare)
    if not 1 < len(name) <= 40 or _TOTAL.search(name):
        return None
    if is_region(name):
        in_names = index == main
        if kind not in _OF_UNITS:
            return SectionHeading("region", name) if not rest and (not in_names or len(name) > 4) else None
        return SectionHeading("region", name) if in_names or not rest else None
    if kind in _OF_UNITS and index == main and KIND_OF_UNITS.fullmatch(name):
        return SectionHeading("", name)
    if rest or (kind in _OF_UNITS and (index == main and not heading)):
        return None
    if is_union_name(name) and len(name) > 3:
        return SectionHeading("union", name)
    if kind == "workers" and is_organization(name):
        return SectionHeading("employer", name)
    if kind == "workers" and _PEOPLE.search(name) and len(name) > 3 and (heading or index != main):
        return SectionHeading("", name)
    return SectionHeading("", name) if heading and index != main and len(name) < 20 and _COUNTED.search(value) else None


def is_region(name: str) -> bool:
    """True for the bare name of a town, a district or a community; an office of one (小龙坎街道办事处) is a unit."""
    return bool(_REGION.fullmatch(name)) and not _NO_REGION.search(name)
