"""Own fields in the tables: the values of a record in one JSON column, by the uid of the field's declaration.

A column of its own for each field would change the tables while they are in use, and a row of its own for each value would
double what an import writes: ``docs/decisions/0045-own-fields.md``.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from peewee import Model, fn

from models.engine.running import server
from models.own_names import OWN, is_own

#: The column that holds them, NULL for a record without any.
COLUMN = "own"
_UID = re.compile(r"[0-9a-f-]{36}")


def _path(name: str) -> str:
    uid = name.removeprefix(OWN)
    if not _UID.fullmatch(uid):
        raise KeyError(name)
    return f'$."{uid}"'


def read(name: str) -> str:
    """The SQL that reads an own field. KeyError for a name that is none."""
    path = _path(name)
    return f"json_extract(\"{COLUMN}\", '{path}')" if server() is None else f"(\"{COLUMN}\"::jsonb -> '{path[3:-1]}')"


def field_of(record: type[Model], name: str) -> Any:
    """A field of a record for a query: a declared one, or an own one as an expression. KeyError where there is none such."""
    fields = record._meta.fields
    if not is_own(name):
        return fields[name]
    if server() is None:
        return fn.json_extract(fields[COLUMN], _path(name))
    from models.engine.postgres_words import OwnValue  # with what only a server needs

    return OwnValue(fields[COLUMN], _checked(name))


def among(name: str, values: Sequence[Any]) -> tuple[str, list[Any]]:
    """The SQL that an own field is one of these values, and its variables. KeyError for a name that is none."""
    marks = ", ".join("?" * len(values))
    if server() is None:
        return f"{read(name)} IN ({marks})", list(values)
    return f"{read(name)} IN (SELECT jsonb_array_elements(?::jsonb))", [json.dumps(list(values))]


def unpacked(text: str | None) -> dict[str, Any]:
    """The own values of a record, by field name, from what its column holds."""
    return {OWN + uid: value for uid, value in json.loads(text).items()} if text else {}


def packed(values: Mapping[str, Any]) -> str | None:
    """The text for the column from own values by field name; None where there is none."""
    held = {_checked(name): value for name, value in values.items() if value is not None}
    return json.dumps(held, ensure_ascii=False, separators=(",", ":")) if held else None


def patch(names: Sequence[str], values: Sequence[Any]) -> str:
    """What :func:`patched` takes: the own values to be set, None for those that go."""
    return json.dumps(dict(zip(map(_checked, names), values, strict=True)), ensure_ascii=False)


def patched() -> str:
    """The SQL that sets several own values of a record at once."""
    if server() is None:
        return f"\"{COLUMN}\" = nullif(json_patch(coalesce(\"{COLUMN}\", '{{}}'), ?), '{{}}')"
    merged = f"coalesce(\"{COLUMN}\", '{{}}')::jsonb || ?::text::jsonb"
    return f"\"{COLUMN}\" = nullif(jsonb_strip_nulls({merged})::text, '{{}}')"


def _checked(name: str) -> str:
    return _path(name)[3:-1]
