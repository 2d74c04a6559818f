"""What travels between the reading child and its parent: one JSON text a line, never pickled objects.

Child to parent: ``{"head": …}``, ``{"numbers": […], "hidden": […], "columns": […]}`` for some rows, ``{"end": 1}`` after each
sheet or, where its rows told more of it, ``{"end": head}``, ``{"again": 1}`` in place of an end when the sheet begins anew, and
last ``{"done": 1}``, ``{"refused": [code, facts]}``, or of an archive ``{"contents": [names], "left_out": [names]}``.
A column of texts or of days is one long text, for that is read in no time: ``["s", "…"]``, ``["d", "…"]``; any other is a list,
``["v", […]]``, with days and moments as ``{"d": "2024-05-06"}`` and ``{"t": "2024-05-06T10:00:00"}``.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from importers.workbook.sheet import Columns

if TYPE_CHECKING:
    # only for types: the reading child must start without loading the register's libraries
    from models.values.columns import Plain

#: what stands between the texts of a column, and in no text that a person typed
_BETWEEN = "\x7f"
#: different texts that are known again at most
_REMEMBERED = 20_000
_TEXTS = frozenset((str, type(None)))
_DAYS = frozenset((dt.date, type(None)))


def _tagged(value: object) -> dict[str, str]:
    if isinstance(value, dt.datetime):
        return {"t": value.isoformat()}
    if isinstance(value, dt.date):
        return {"d": value.isoformat()}
    raise TypeError(type(value).__name__)


def _untagged(pairs: dict[str, Any]) -> Any:
    if len(pairs) == 1:
        if "d" in pairs:
            return dt.date.fromisoformat(pairs["d"])
        if "t" in pairs:
            return dt.datetime.fromisoformat(pairs["t"])
    return pairs


def pack(part: Columns) -> dict[str, object]:
    """The message of some rows."""
    columns = [pack_column(column) for column in part.columns]
    return {"numbers": part.numbers, "hidden": sorted(part.hidden), "columns": columns}


def unpack(message: Mapping[str, Any], texts: dict[str, str]) -> Columns:
    """The rows of a message. ``texts``: those that many cells of the messages before held, so that each is held once."""
    columns = [unpack_column(kind, said, texts) for kind, said in message["columns"]]
    return Columns(message["numbers"], columns, frozenset(message["hidden"]))


def pack_column(column: Sequence[Plain]) -> tuple[str, object]:
    """A column as it travels: its form and what it says."""
    kinds = set(map(type, column))
    if kinds <= _TEXTS and "" not in column:
        together = _BETWEEN.join([text or "" for text in column] if None in column else column)  # type: ignore[misc, arg-type]
        if together.count(_BETWEEN) == len(column) - 1:
            return "s", together
    elif kinds <= _DAYS:
        return "d", _BETWEEN.join([day.isoformat() if day else "" for day in column])  # type: ignore[union-attr]
    return "v", column


def unpack_column(kind: str, said: Any, known: dict[str, str]) -> Sequence[Plain]:
    """A column's values."""
    if kind == "v":
        return said  # type: ignore[no-any-return]
    texts: list[str] = said.split(_BETWEEN)
    different = set(texts)
    if kind == "d":
        days = {text: dt.date.fromisoformat(text) if text else None for text in different}
        return [days[text] for text in texts]
    if 2 * len(different) >= len(texts):
        return [text or None for text in texts] if "" in different else texts
    if len(known) > _REMEMBERED:
        known.clear()
    once: dict[str, Plain] = {text: known.setdefault(text, text) or None for text in different}
    return list(map(once.__getitem__, texts))


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_tagged)
_decoder = json.JSONDecoder(object_hook=_untagged)


def encode(message: Mapping[str, object]) -> bytes:
    """A message as a line. Half characters, which damaged files hold, travel as they are."""
    return _encoder.encode(message).encode("utf-8", "surrogatepass") + b"\n"


def decode(line: bytes) -> dict[str, Any]:
    """The message of a line; ValueError when it is none."""
    message = _decoder.decode(line.decode("utf-8", "surrogatepass"))
    if not isinstance(message, dict):
        raise ValueError("not a message")
    return message
