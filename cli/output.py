"""How verbs answer: one JSON object, or lines and tables for a person at a terminal."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from models.columns import Column
from models.errors import UserError
from models.language import _

Progress = Callable[[int, int], None]


def print_json(value: Any) -> None:
    """Print one JSON object and nothing else, in UTF-8 whatever the terminal's encoding."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.flush()


def print_table(titles: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print a table with straight columns; an unknown value is a dash."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in titles:
        table.add_column(title, overflow="fold")
    for row in rows:
        table.add_row(*("—" if value in (None, "") else str(value) for value in row))
    width = None if sys.stdout.isatty() else 200
    Console(width=width, highlight=False, markup=False).print(table)


def exported(columns: Sequence[Column], row: dict[str, Any], masked: bool) -> dict[str, Any]:
    """A listed row as JSON values: identity numbers and phones masked unless ``masked`` is False."""
    beside = any(column.name == "birth_date" for column in columns)
    values: dict[str, Any] = {"uid": row["uid"]} if "uid" in row else {}
    for column in columns:
        values[column.name] = column.kind.export(row.get(column.name), masked=masked, beside_birth=beside)
    return values


def progress_bar(what: str) -> Progress | None:
    """A progress callable that draws a bar on a terminal's stderr; None where there is no terminal."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        share = f"{100 * done // total} %" if total else f"{done:,}"
        end = "\n" if total and done >= total else ""
        print(f"\r{what} {share}   ", end=end, file=sys.stderr, flush=True)

    return show


def out_format(path: Path, *allowed: str) -> str:
    """The wanted format by the ending of ``--out``. UserError when it is none of ``allowed`` (such as "pdf")."""
    ending = path.suffix.lower().removeprefix(".")
    if ending not in allowed:
        wanted = "、".join("." + each for each in allowed)
        raise UserError(_("“{name}”的格式不支持，请用 {wanted} 结尾的文件名。").format(name=path.name, wanted=wanted))
    return ending
