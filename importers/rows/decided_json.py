"""Decisions from JSON, as a person may have written it: every part has its shape, and every number its range."""

import json
from collections.abc import Callable
from typing import Any, get_args

from importers.rows.decisions import EVERY_FIELD, EVERY_ROW, LEAVING, ROW_ANSWERS, BlankPolicy, Choice, Decisions, Key
from importers.workbook.sheet import ReadLimits
from models.errors import UserError
from models.language import _
from models.own_names import is_own
from models.records.forms import FORMS
from models.records.own_field import KINDS
from models.values.masking import quote

Read = Callable[[Any], Any]

#: The last column that any spreadsheet has; the first is 0. Rows are counted from 1.
_LAST_COLUMN = 16_383
_LAST_ROW = ReadLimits().rows


def from_json(text: str) -> Decisions:
    """Decisions from the text of ``decisions.to_json``, or written by hand. UserError that says what is wrong with it."""
    parts: dict[str, dict[Key, Any]] = {name: {} for name in _PARTS}
    try:
        for sheet in _list(_table(json.loads(text))["sheets"]):
            given = _table(sheet)
            json.dumps(given, ensure_ascii=False).encode()  # half characters can be written nowhere
            key = (str(given["file"]), str(given["sheet"]))
            for name in parts.keys() & given.keys():
                parts[name][key] = _told(name, given[name])
    except (ValueError, KeyError, RecursionError) as error:
        why = _("写得太深") if isinstance(error, RecursionError) else str(error)[:200]
        raise UserError(_("决定文件看不懂：{why}。它应当是 JSON，写明 sheets、file 和 sheet。").format(why=why)) from error
    return Decisions(**parts)


def _told(name: str, value: Any) -> Any:
    try:
        return _PARTS[name](value)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def _refused(value: Any) -> ValueError:
    return ValueError(quote(value if isinstance(value, str | int | float) else json.dumps(value, ensure_ascii=False)))


def _table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _refused(value)
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _refused(value)
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _refused(value)
    return value


def _plain(value: Any) -> Any:
    """What a cell can hold: a text, a number, yes or no, or nothing."""
    if isinstance(value, dict | list):
        raise _refused(value)
    return value


def _one_of(*allowed: Any) -> Read:
    def read(value: Any) -> Any:
        if isinstance(value, dict | list) or value not in allowed:
            raise _refused(value)
        return value

    return read


def _whole(least: int, most: int) -> Read:
    """A number, which as the key of a table is a text."""

    def read(value: Any) -> int:
        plain = value if isinstance(value, int) and not isinstance(value, bool) else str(value)
        if isinstance(plain, str) and not (plain.isascii() and plain.isdigit() and len(plain) < 9):
            raise _refused(value)
        if not least <= int(plain) <= most:
            raise ValueError(_("{value} 不在 {least} 到 {most} 之间").format(value=quote(plain), least=least, most=most))
        return int(plain)

    return read


def _by(key: Read, value: Read) -> Read:
    """A table whose keys and values are of these shapes."""
    return lambda given: {key(name): value(each) for name, each in _table(given).items()}


def _several(each: Read) -> Read:
    return lambda given: tuple(map(each, _list(given)))


def _answer(value: Any) -> str:
    text = _text(value)
    if text not in ROW_ANSWERS and not text.startswith("update:"):
        raise _refused(value)
    return text


_FIELD = _one_of(None, *dict.fromkeys(field.name for form in FORMS.values() for field in form.declared))


def _field(value: Any) -> Any:
    """A field of some form, or none. Which own fields there are, the register says: it need not be open yet."""
    return value if isinstance(value, str) and is_own(value) else _FIELD(value)


def _cell(value: Any) -> str:
    """A field of some form, or "*" for all of them."""
    return EVERY_FIELD if value == EVERY_FIELD else str(_field(value))


def _own(value: Any) -> dict[str, Any]:
    """An own field that a column becomes: a name, and where they are said its kind and its options."""
    given = _table(value)
    read: dict[str, Read] = {"name": _text, "kind": _one_of(*KINDS), "options": _several(_text)}
    if "name" not in given or given.keys() - read.keys():
        raise _refused(value)
    return {name: read[name](each) for name, each in given.items()}


_COLUMN, _ROW = _whole(0, _LAST_COLUMN), _whole(1, _LAST_ROW)
#: How each part of :class:`Decisions` is written.
_PARTS: dict[str, Read] = {
    "kinds": _one_of(None, *FORMS),
    "headers": _several(_ROW),
    "mappings": _by(_COLUMN, _field),
    "defaults": _by(_text, _plain),
    "choices": _by(_text, _by(_text, _text)),
    "cells": _by(_ROW, _by(_text, _plain)),
    "rows": _by(_ROW, _answer),
    "blanks": _by(_text, _one_of(*get_args(BlankPolicy))),
    "full": _by(_text, _one_of(*LEAVING)),
    "confirmed": _several(_text),
    "own": _by(_COLUMN, _own),
    "values": _by(_cell, _by(_whole(EVERY_ROW, _LAST_ROW), _one_of(*get_args(Choice)))),
}
