"""What a person decided about an import: small, frozen, and writable as JSON. Everything else is derived again from the files.

The window edits it step by step; the command line reads it from a file. The same decisions on the same files and the
same register give the same plan.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal

from models.records.forms import SheetKind

#: (file, sheet): how decisions name a sheet.
Key = tuple[str, str]
#: What a row does instead of what was planned; "update:UID" names the record it means.
RowAnswer = str
ROW_ANSWERS = ("new", "update", "skip", "transfer", "keep", "accept", "retain", "move-out", "join", "leave")
#: What blank cells of a column do: nothing (the default); nothing, and the column fills only what is blank; erase.
BlankPolicy = Literal["ignore", "fill", "clear"]
#: Which of two values counts: the one that the register holds, or the one of the row.
Choice = Literal["old", "new"]
#: In the place of a field: all of them. In the place of a row: all of them.
EVERY_FIELD, EVERY_ROW = "*", 0
#: What becomes of a member who is missing from a union's full roster.
LEAVING = ("转出", "退会", "保留")


@dataclass(frozen=True)
class Decisions:
    """What a person decided, by sheet; every part may be empty.

    ``kinds``: the kind of a sheet, None to leave it out · ``headers``: its header rows, the spreadsheet's own numbers ·
    ``mappings``: column index → field, None to ignore the column · ``defaults``: field → text for a column the sheet
    lacks · ``choices``: field → written value → label · ``cells``: row → field → corrected text · ``rows``: row → answer
    · ``blanks``: field → policy · ``full``: sheets that are a union's full roster, with the answer for each member who
    is missing (uid → 转出, 退会 or 保留) · ``confirmed``: fields whose change on very many rows is meant · ``own``: column
    index → the own field that it becomes: its name, and where they are said its kind and options (``importers/own.py``)
    · ``values``: field → row → whether the held value stays ("old") or the row's is taken ("new"); "*" in the place of a
    field and 0 in the place of a row mean all of them.
    """

    kinds: Mapping[Key, SheetKind | None] = field(default_factory=dict)
    headers: Mapping[Key, tuple[int, ...]] = field(default_factory=dict)
    mappings: Mapping[Key, Mapping[int, str | None]] = field(default_factory=dict)
    defaults: Mapping[Key, Mapping[str, str]] = field(default_factory=dict)
    choices: Mapping[Key, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    cells: Mapping[Key, Mapping[int, Mapping[str, str]]] = field(default_factory=dict)
    rows: Mapping[Key, Mapping[int, RowAnswer]] = field(default_factory=dict)
    blanks: Mapping[Key, Mapping[str, BlankPolicy]] = field(default_factory=dict)
    full: Mapping[Key, Mapping[str, str]] = field(default_factory=dict)
    confirmed: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    own: Mapping[Key, Mapping[int, Mapping[str, Any]]] = field(default_factory=dict)
    values: Mapping[Key, Mapping[str, Mapping[int, Choice]]] = field(default_factory=dict)

    def with_kind(self, key: Key, kind: SheetKind | None) -> "Decisions":
        """The kind of a sheet chosen (None: leave the sheet out); its columns are guessed anew."""
        return replace(self, kinds={**self.kinds, key: kind}, mappings=_without(self.mappings, key))

    def with_header(self, key: Key, rows: tuple[int, ...]) -> "Decisions":
        """The header rows of a sheet chosen (the spreadsheet's own numbers); its columns are guessed anew."""
        return replace(self, headers={**self.headers, key: rows}, mappings=_without(self.mappings, key))

    def with_mapping(self, key: Key, index: int, name: str | None) -> "Decisions":
        """A column sent to a field, or to none; the field leaves the column a person gave it before."""
        kept = {i: f for i, f in self.mappings.get(key, {}).items() if f is None or f != name}
        return replace(self, mappings={**self.mappings, key: {**kept, index: name}})

    def with_default(self, key: Key, name: str, text: str) -> "Decisions":
        """A text for every row of a sheet that has no column for a field; "" takes it back."""
        given = {**self.defaults.get(key, {}), name: text}
        return replace(self, defaults={**self.defaults, key: {n: t for n, t in given.items() if t}})

    def with_choice(self, key: Key, name: str, written: str, label: str) -> "Decisions":
        """A written value read as a label of the field's list; "" drops the value."""
        of_field = {**self.choices.get(key, {}).get(name, {}), written: label}
        return replace(self, choices={**self.choices, key: {**self.choices.get(key, {}), name: of_field}})

    def with_cell(self, key: Key, row: int, name: str, text: str) -> "Decisions":
        """A cell corrected by hand."""
        of_row = {**self.cells.get(key, {}).get(row, {}), name: text}
        return replace(self, cells={**self.cells, key: {**self.cells.get(key, {}), row: of_row}})

    def with_rows(self, key: Key, rows: tuple[int, ...], answer: RowAnswer) -> "Decisions":
        """The same answer for many rows; "" takes the answers back."""
        given = {**self.rows.get(key, {}), **dict.fromkeys(rows, answer)}
        return replace(self, rows={**self.rows, key: {row: each for row, each in given.items() if each}})

    def with_blank(self, key: Key, name: str, policy: BlankPolicy) -> "Decisions":
        """What blank cells of a column do."""
        return replace(self, blanks={**self.blanks, key: {**self.blanks.get(key, {}), name: policy}})

    def with_full(self, key: Key, answers: Mapping[str, str] | None) -> "Decisions":
        """A sheet is a union's full roster, with answers for members who are missing; None: it is not."""
        if answers is None:
            return replace(self, full=_without(self.full, key))
        return replace(self, full={**self.full, key: {**self.full.get(key, {}), **answers}})

    def with_confirmed(self, key: Key, name: str, meant: bool = True) -> "Decisions":
        """The change of a field on very many rows is meant, or not."""
        others = tuple(each for each in self.confirmed.get(key, ()) if each != name)
        return replace(self, confirmed={**self.confirmed, key: (*others, name) if meant else others})

    def with_value(self, key: Key, name: str, row: int, choice: Choice) -> "Decisions":
        """Whether the held value stays or the row's is taken: of a cell, a column (EVERY_ROW), a row (EVERY_FIELD), or all.

        What was chosen before of less than that is forgotten.
        """
        if name == EVERY_FIELD and row != EVERY_ROW:
            return self.with_rows_of_values(key, (row,), choice)
        given = {each: dict(rows) for each, rows in self.values.get(key, {}).items()}
        if row == EVERY_ROW:
            given = {} if name == EVERY_FIELD else {each: rows for each, rows in given.items() if each != name}
        return replace(self, values={**self.values, key: {**given, name: {**given.get(name, {}), row: choice}}})

    def with_rows_of_values(self, key: Key, rows: Collection[int], choice: Choice) -> "Decisions":
        """Whether all held values of some rows stay or theirs are taken; what was chosen of their cells is forgotten."""
        given = _without_rows(self.values.get(key, {}), rows)
        in_rows = {**given.get(EVERY_FIELD, {}), **dict.fromkeys(rows, choice)}
        return replace(self, values={**self.values, key: {**given, EVERY_FIELD: in_rows}})

    def without_values(self, key: Key, rows: Collection[int]) -> "Decisions":
        """Nothing is chosen of the values of these rows any more, apart from what is chosen of whole columns."""
        return replace(self, values={**self.values, key: _without_rows(self.values.get(key, {}), rows)})


def _without_rows(given: Mapping[str, Mapping[int, Choice]], rows: Collection[int]) -> dict[str, dict[int, Choice]]:
    gone = frozenset(rows)
    left = {name: {row: each for row, each in of_field.items() if row not in gone} for name, of_field in given.items()}
    return {name: of_field for name, of_field in left.items() if of_field}


def _without(given: Mapping[Key, Any], key: Key) -> dict[Key, Any]:
    return {each: value for each, value in given.items() if each != key}


def to_json(decisions: Decisions) -> str:
    """The decisions as a JSON text: a list of sheets, each with its file, its name and its own decisions."""
    sheets: dict[Key, dict[str, Any]] = {}
    for part in fields(decisions):
        for key, value in getattr(decisions, part.name).items():
            sheets.setdefault(key, {"file": key[0], "sheet": key[1]})[part.name] = value
    return json.dumps({"sheets": list(sheets.values())}, ensure_ascii=False, indent=1)
