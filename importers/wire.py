"""What travels between the reading child and its parent: one JSON text a line, never pickled objects.

Child to parent: ``{"head": …}``, ``{"rows": [[number, values], [number, values, 1], …]}`` (1 = hidden row),
``{"end": 1}`` after each sheet, and last ``{"done": 1}`` or ``{"refused": [code, facts]}``. Days and moments are
``{"d": "2024-05-06"}`` and ``{"t": "2024-05-06T10:00:00"}``; no other object stands among the values.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

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
