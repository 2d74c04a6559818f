"""Names of organizations as keys: when two written names mean the same unit, and which unit a union's name speaks of."""


from models.patterns import pattern

#: What a grassroots union's name adds to its employer's name, longest first.
_UNION_TAIL = pattern(
    r"(?:联合)?(?:基层)?工会(?:工作)?(?:联合会|委员会|筹备组|小组)?$|总工会$|工会联合会(?:委员会)?$"
)


def employer_of_union(name: str) -> str:
    """The employer's name within a union's name: "重庆甲公司工会委员会" → "重庆甲公司". Other names come back unchanged."""
    return _UNION_TAIL.sub("", name.strip())


def is_union_name(name: str) -> bool:
    """True when a name is a union's and not an employer's."""
    return bool(_UNION_TAIL.search(name.strip()))


