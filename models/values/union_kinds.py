"""What unions are (工会的类别): basic unions, their units, and bodies that lead; and what a name says of a union's type.

Only basic unions (基层工会) are counted as such (工会法 art. 11: committees, joint committees, federations of basic unions);
branches and groups are units within one, federations of trade unions (总工会), industrial unions, working committees and
offices lead them (工会法 arts. 9–11, 中国工会章程 arts. 22–28).
"""

import re
from collections.abc import Mapping
from typing import Literal

#: A basic union of one unit, of several, of a trade, of an area; one whose type is not written; a unit of one; what leads.
UnionClass = Literal["single", "joint", "trade", "regional", "basic", "unit", "leading"]
#: The classes that are basic unions.
BASIC: tuple[UnionClass, ...] = ("single", "joint", "trade", "regional", "basic")

#: The class of each type. Types of a place are a federation of basic unions, or lead as a 总工会: the name tells which.
CLASS_OF_TYPE: Mapping[str, UnionClass] = {
    "单独基层工会": "single", "联合基层工会": "joint", "行业性工会联合会": "trade", "区域性工会联合会": "regional",
    "工会联合会": "regional", "园区（开发区）工会": "regional", "村（社区）工会": "regional", "乡镇（街道）工会": "leading",
    "分工会": "unit", "工会小组": "unit", "工会工作委员会": "leading", "工会办事处": "leading", "产业（系统）工会": "leading",
    "总工会": "leading",
}  # fmt: skip
#: Of these types the name decides: whoever is called so leads, or is a federation.
PLACE_TYPES = ("乡镇（街道）工会", "园区（开发区）工会", "村（社区）工会")
FEDERATION, LEADER = "联合", "总工会"
#: Types of which nothing follows.
NO_TYPE = ("其他",)

#: How the names end of what is no basic union. Whose type is not written and whose name ends so is not known to be one.
UNIT_ENDS = ("工会小组", "会员小组", "分工会", "工会分会", "工会支会")
LEADING_ENDS = ("总工会", "工会工作委员会", "工会工委", "工会办事处", "产业工会", "系统工会")

_TYPES_OF_ENDS: tuple[tuple[str, str], ...] = (
    (r"(工会小组|会员小组)$", "工会小组"),
    (r"(分工会|工会分会|工会支会)$", "分工会"),
    (r"(工会工作委员会|工会工委)$", "工会工作委员会"),
    (r"工会办事处$", "工会办事处"),
    (r"(街道|镇|乡)总工会$", "乡镇（街道）工会"),
    (r"(园区|园|开发区)总工会$", "园区（开发区）工会"),
    (r"总工会$", "总工会"),
    (r"(产业|系统)工会$", "产业（系统）工会"),
    (r"行业(性|联合)?工会(联合会)?$", "行业性工会联合会"),
    (r"(区域|片区|商圈)(性|联合)?工会(联合会)?$", "区域性工会联合会"),
    (r"(街道|镇|乡)(联合)?工会(联合会)?$", "乡镇（街道）工会"),
    (r"(园区|产业园|工业园|开发区)(联合)?工会(联合会)?$", "园区（开发区）工会"),
    (r"(社区|村)(联合)?工会(联合会)?$", "村（社区）工会"),
    (r"联合(基层)?工会$", "联合基层工会"),
    (r"工会联合会$", "工会联合会"),
)


def class_of(union_type: str | None, name: str) -> UnionClass | None:
    """The class of a union by its type; None where the type is not written and the name says that it is no basic union."""
    if union_type in PLACE_TYPES:
        if LEADER in name:
            return "leading"
        return "regional" if FEDERATION in name else CLASS_OF_TYPE[union_type]
    if union_type and union_type not in NO_TYPE:
        return CLASS_OF_TYPE.get(union_type, "basic")
    return None if name.endswith((*UNIT_ENDS, *LEADING_ENDS)) else "basic"


def guessed_type(name: str) -> str | None:
    """The type that a union's name suggests, for a person to confirm; None for an ordinary name (某公司工会)."""
    plain = re.sub(r"[（(].*?[）)]$", "", name.strip())
    plain = plain if plain.endswith("工作委员会") else plain.removesuffix("委员会")
    return next((label for end, label in _TYPES_OF_ENDS if re.search(end, plain)), None)
