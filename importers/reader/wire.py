"""What travels between the reading child and its parent: one JSON text a line, never pickled objects.

Child to parent: ``{"head": …}``, ``{"rows": [[number, places], [number, places, 1], …], "cells": […]}`` (1 = hidden
row; a place is one in ``cells``, where a text of many cells stands once), ``{"end": 1}`` after each sheet, and last
``{"done": 1}``, ``{"refused": [code, facts]}``, or of an archive ``{"contents": [names], "left_out": [names]}``. Days
and moments are ``{"d": "2024-05-06"}`` and
``{"t": "2024-05-06T10:00:00"}``; no other object stands among the cells.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from importers.workbook.sheet import SheetRow

if TYPE_CHECKING:
    # only for types: the reading child must start without loading the register's libraries
    from models.values.columns import Plain

#: rows in one message at most
CHUNK = 2_000


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


def pack_rows(rows: Iterable[SheetRow]) -> dict[str, object]:
    """The message of some rows. A text that many cells hold travels once, and is held once at the other end."""
    cells: list[Plain] = [None]
    places: dict[str, int] = {}
    packed: list[list[object]] = []
    for row in rows:
        of_row: list[int] = []
        for value in row.values:
            if value is None:
                of_row.append(0)
                continue
            place = places.get(value) if type(value) is str else None  # 1, 1.0 and True would be one
            if place is None:
                place = len(cells)
                cells.append(value)
                if type(value) is str:
                    places[value] = place
            of_row.append(place)
        packed.append([row.number, of_row, 1] if row.hidden else [row.number, of_row])
    return {"rows": packed, "cells": cells}


def unpack_rows(message: Mapping[str, Any]) -> list[SheetRow]:
    """The rows of a message."""
    cells = message["cells"]
    return [SheetRow(row[0], [cells[place] for place in row[1]], len(row) == 3) for row in message["rows"]]


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
