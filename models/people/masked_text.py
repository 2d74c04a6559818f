"""Free texts that name a person: shown in part with their numbers covered, or with the person taken out."""

import re
from collections.abc import Collection, Sequence
from typing import Any

#: What stands in a text where a person's name or number stood; Chinese in every language, for it is stored.
TAKEN_OUT = "（已删除）"
#: Runs of digits that may be a number of somebody.
_LONG_NUMBER = re.compile(r"\d{5,}[0-9Xx]*")
_AROUND = 12


def covered(text: str) -> str:
    """A text with all but the first three and the last two characters of each long number covered."""
    return _LONG_NUMBER.sub(lambda found: found[0][:3] + "*" * (len(found[0]) - 5) + found[0][-2:], text)


def excerpt(text: str, told: Sequence[str]) -> str:
    """The part of ``text`` around the first of the ``told`` texts in it, on one line, its numbers covered."""
    line = " ".join(text.split())
    places = [(line.find(each), len(each)) for each in told if each in line]
    start, length = min(places, default=(0, 0))
    first, last = max(0, start - _AROUND), start + length + _AROUND
    cut = covered(line)[first:last]
    return ("…" if first else "") + cut + ("…" if last < len(line) else "")


def without(value: Any, texts: Sequence[str], leave: Collection[str] = ()) -> Any:
    """A value, or the texts within lists and dicts, with each of ``texts`` taken out; what equals one of ``leave`` stays."""
    if isinstance(value, str):
        if value in leave:
            return value
        for each in texts:
            value = value.replace(each, TAKEN_OUT)
        return value
    if isinstance(value, list):
        return [without(each, texts, leave) for each in value]
    if isinstance(value, dict):
        return {without(key, texts): without(each, texts, leave) for key, each in value.items()}
    return value
