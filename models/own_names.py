"""The names of own fields (自有字段): the uid of the declaration behind a word, in the place of a declared field's name."""

#: What the names of own fields begin with.
OWN = "own:"


def own_name(uid: str) -> str:
    """The name of the field that an own field's declaration (uid) stands for."""
    return OWN + uid


def is_own(name: str) -> bool:
    """True for the name of an own field."""
    return name.startswith(OWN)
