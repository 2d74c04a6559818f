"""What every register is asked: by the program that made it, whose answers are kept beside it, and by today's."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl

#: The command line as it is asked: arguments in, the JSON object out.
Ask = Callable[..., Any]

#: What the program of a schema could be asked first, and from then on.
_FIGURES = {
    "figures": (1, ("figures", "--year", "2026")),
    "drive": (1, ("drive",)),
    "batches": (1, ("batches",)),
    "targets": (3, ("targets",)),
    "terms": (3, ("terms", "--all")),
    "ledger": (3, ("ledger", "list")),
    "due": (3, ("due", "--days", "30")),
    "rules": (3, ("rules",)),
}
_LISTS = {
    "workers": ("uid", "name", "id_number", "phone", "membership_state", "union", "employer", "join_date"),
    "employers": ("uid", "name", "credit_code", "region", "staff_count", "union"),
    "unions": ("uid", "name", "region", "chair", "staff_count", "member_count", "term_end"),
    "headcounts": ("uid", "subject", "as_of", "source", "staff_count", "member_count"),
}
#: What says the same again in other words, which may be put better.
_PROSE = {"why", "findings", "regions"}


def answers(ask: Ask, folder: Path, schema: int) -> dict[str, Any]:
    """All answers of a register whose program was of ``schema``; exports are written into ``folder`` and counted."""
    found = {name: _figures(ask(*argv)) for name, (since, argv) in _FIGURES.items() if since <= schema}
    for kind, fields in _LISTS.items():
        rows = ask("list", kind)[kind]
        found[kind] = [[row.get(field) for field in fields] for row in rows]
    found["exports"] = dict(_exports(ask, folder, {row[1] for row in found["workers"]}))
    return found


def _figures(told: Any) -> Any:
    """An answer without its prose; a list of figures that carry a key is a table of them."""
    if isinstance(told, dict):
        return {name: _figures(value) for name, value in told.items() if name not in _PROSE}
    if isinstance(told, list) and told and all(isinstance(each, dict) and ({"key", "id"} & set(each)) for each in told):
        return {each.get("key") or each["id"]: _numbers(each) for each in told}
    return [_figures(each) for each in told] if isinstance(told, list) else told


def _numbers(told: dict[str, Any]) -> dict[str, Any]:
    """The numbers of a figure that are not nought: most are."""
    return {name: value for name, value in told.items() if isinstance(value, int) and value}


def _exports(ask: Ask, folder: Path, people: set[str]) -> Iterator[tuple[str, Any]]:
    for kind in _LISTS:
        ask("list", kind, "--out", folder / f"{kind}.csv")
        ask("list", kind, "--out", folder / f"{kind}.xlsx")
        lines = (folder / f"{kind}.csv").read_text("utf-8-sig").splitlines()
        yield kind, [len(lines), len(_cells(folder / f"{kind}.xlsx"))]
    ask("report", "roster", "--out", folder / "roster.xlsx")
    yield "roster", sorted(text for row in _cells(folder / "roster.xlsx") for text in row if text in people)
    ask("drive", "--out", folder / "drive.xlsx")
    employers = {row["name"] for row in ask("drive")["employers"]}
    yield "drive", sorted(text for row in _cells(folder / "drive.xlsx") for text in row if text in employers)


def _cells(path: Path) -> list[list[Any]]:
    """The rows of all sheets that have something in them."""
    book = openpyxl.load_workbook(path, read_only=True)
    rows = [[cell for cell in row if cell is not None] for sheet in book for row in sheet.iter_rows(values_only=True)]
    book.close()
    return [row for row in rows if row]


def _by_name(rows: list[Any]) -> list[Any]:
    """What has names stands in an order of names, which was that of character codes before schema 27."""
    named = bool(rows) and all(isinstance(each, dict) and "name" in each for each in rows)
    return sorted(rows, key=lambda each: str(each["name"])) if named else rows


def differences(was: Any, now: Any, place: str = "") -> Iterator[str]:
    """Where today's answer is not what it was, as ``place: was → now``; what today's program tells besides is no difference."""
    if isinstance(was, dict) and isinstance(now, dict):
        for name, value in was.items():
            yield from differences(value, now.get(name, 0), f"{place}/{name}")
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for at, (old, new) in enumerate(zip(_by_name(was), _by_name(now), strict=True)):
            yield from differences(old, new, f"{place}/{at}")
    elif was != now:
        yield f"{place}: {was} → {now}"
