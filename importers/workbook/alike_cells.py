"""The cells of a column written alike, from their texts to plain values, as the native reader understands them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from importers.workbook.alike_texts import NotAlike, SharedTexts, is_digits, text_values
from importers.workbook.looks import Looks
from importers.workbook.opened import settle

if TYPE_CHECKING:
    from models.values.columns import Plain

    Decode = Callable[[Sequence[str]], Sequence[Plain]]

_ATTRIBUTES = re.compile(r'(?: s="(\d{1,6})")?(?: t="(\w+)")?')
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
#: Digits that a whole number has at most; longer ones are floats, for spreadsheets keep no more.
_WHOLE_DIGITS = 15
_BOOLEANS = {"": None, "0": False, "1": True}
#: The first day of the other calendar in which every number of days is the day it seems: before it there is a 29 February 1900.
_FIRST_DAY = 61
_DAY_MS = 86_400_000
#: Days that a time is long at most.
_LONGEST = 100_000
_REMEMBERED = 20_000


def decoder(attributes: str, form: str, texts: SharedTexts, looks: Looks) -> Decode:
    """What reads the cells of these attributes and form. NotAlike when they are not understood."""
    found = _ATTRIBUTES.fullmatch(attributes)
    if found is None:
        raise NotAlike
    kind = found[2] or "n"
    inline = form.startswith("inline")
    if form in ("formula, no value", "formula alone"):
        return _blank
    if inline != (kind == "inlineStr"):
        if inline or form not in ("alone", "empty", "no value"):
            raise NotAlike
        return _blank
    if inline:
        return partial(text_values, kept=form == "inline kept")
    if kind == "n":
        look = looks.of(int(found[1] or 0))
        if look == "other":
            raise NotAlike
        if look == "number":
            return _numbers
        return partial(_known, {}, _duration if look == "duration" else partial(_day, looks.epoch))
    simple_text = partial(text_values, kept=True)  # of an error its text, as all readers give it
    simple: dict[str, Decode] = {"s": texts.shared, "str": simple_text, "b": _booleans, "e": simple_text}
    if kind not in simple:
        raise NotAlike
    return simple[kind]


def _blank(written: Sequence[str]) -> Sequence[Plain]:
    return [None] * len(written)


def _booleans(written: Sequence[str]) -> Sequence[Plain]:
    try:
        return [_BOOLEANS[text] for text in written]
    except KeyError as error:
        raise NotAlike from error


def _numbers(written: Sequence[str]) -> Sequence[Plain]:
    if is_digits("".join(written)) and len(max(written, key=len)) <= _WHOLE_DIGITS:
        return [int(text) if text else None for text in written] if "" in written else list(map(int, written))
    return [settle(_number(text)) if text else None for text in written]


def _number(text: str) -> float:
    if _NUMBER.fullmatch(text) is None or not text.isascii():
        raise NotAlike
    return float(text)


def _known(known: dict[str, Plain], read: Callable[[float], Plain], written: Sequence[str]) -> Sequence[Plain]:
    """Days and times, each different one read once."""
    if len(known) > _REMEMBERED:
        known.clear()
    for text in set(written).difference(known):
        known[text] = read(_number(text)) if text else None
    return [known[text] for text in written]


def _day(epoch: dt.datetime, days: float) -> Plain:
    """A number of days as a day, a moment or a time, counted in thousandths of a second as the native reader does."""
    if not (0 <= days < 1 or days >= _FIRST_DAY):
        raise NotAlike
    try:
        moment = epoch + _span(days)
    except OverflowError as error:
        raise NotAlike from error
    return settle(moment if days >= 1 else moment.time())


def _duration(days: float) -> Plain:
    if not 0 <= days < _LONGEST:
        raise NotAlike
    return settle(_span(days))


def _span(days: float) -> dt.timedelta:
    return dt.timedelta(milliseconds=int(days * _DAY_MS + 0.5))
