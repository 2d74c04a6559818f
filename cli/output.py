"""How verbs answer: one JSON object, or lines and tables for a person at a terminal."""

import argparse
import json
import re
import shutil
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import Any

from rich.cells import cell_len, chop_cells

from models.errors import UserError
from models.language import _
from models.own_names import is_own
from models.progress import OnProgress
from models.records.headcount import UPPER
from models.values.columns import Column
from models.values.masking import BIRTH_FIELD
from models.values.numbers import OPEN_ENDED, RangedCount

#: Stands for what is not known; a blank cell has nothing to say.
UNKNOWN = "—"
_GAP = "  "
#: A column with Chinese texts may be folded down to so many cells of the terminal; numbers and dates never are.
_NARROWEST = 14
_HAN = re.compile(r"[\u3400-\u9fff]")


def print_json(value: Any) -> None:
    """Print one JSON object and nothing else, in UTF-8 whatever the terminal's encoding."""
    if sys.stdout is None:
        raise UserError(_("没有地方输出结果：程序的标准输出是关着的。"))
    _put(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
    sys.stdout.flush()


class JsonList:
    """One JSON object as :func:`print_json` prints it, whose first part is a list that is printed as it comes."""

    def __init__(self, name: str) -> None:
        """Nothing is printed before the first item, or the end. UserError where there is nowhere to print to."""
        if sys.stdout is None:
            raise UserError(_("没有地方输出结果：程序的标准输出是关着的。"))
        self._before, self._between = "{\n " + json.dumps(name, ensure_ascii=False) + ": [", ""

    def print(self, items: Iterable[Any]) -> None:
        """Print some items, each a JSON value."""
        texts = [json.dumps(item, ensure_ascii=False, indent=1).replace("\n", "\n  ") for item in items]
        if texts:
            _put(self._before + self._between + "\n  " + ",\n  ".join(texts))
            self._before, self._between = "", ","

    def end(self, besides: Mapping[str, Any]) -> None:
        """Print what stands beside the list, and the object's end."""
        after = json.dumps(besides, ensure_ascii=False, indent=1)[1:-1].rstrip("\n") if besides else ""
        _put(self._before + ("]" if self._before else "\n ]") + ("," + after if after else "") + "\n}\n")
        sys.stdout.flush()


def _put(text: str) -> None:
    """Print as UTF-8 whatever the terminal's encoding."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))


def answer(as_json: bool, value: Any, sentence: str) -> None:
    """Answer with the object, or with the sentence that says the same to a person."""
    if as_json:
        print_json(value)
    else:
        print(sentence)


def print_table(titles: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print a table with straight columns; None is a dash, numbers stand at the right.

    At a terminal that is too narrow long names are folded; into a file or a pipe every row is one line.
    """
    table = TextTable(titles)
    table.add(rows)
    table.print()


class TextTable:
    """A table whose rows come in blocks: how wide its columns are is known when all have come, until then they wait packed.

    It looks as :func:`print_table` says; so a table of a million rows needs a few megabytes.
    """

    def __init__(self, titles: Sequence[str]) -> None:
        """``titles``: those of the columns."""
        self._titles = list(titles)
        self._widths = [cell_len(title) for title in titles]
        self._right: set[int] = set()
        self._han: set[int] = set()
        self._packed: list[bytes] = []
        self.rows = 0

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Take some more rows: texts, numbers, None for what is not known."""
        if not rows:
            return
        self._right |= {place for place in range(len(self._titles)) if any(isinstance(row[place], int) for row in rows)}
        texts = [[_text(value) for value in row] for row in rows]
        columns = list(zip(*texts, strict=True))
        self._widths = [max(width, *map(cell_len, column)) for width, column in zip(self._widths, columns, strict=True)]
        self._han |= {place for place, column in enumerate(columns) if any(map(_HAN.search, column))}
        self._packed.append(zlib.compress(json.dumps(texts, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1))
        self.rows += len(rows)

    def print(self) -> None:
        """Print the table, a block at a time."""
        if sys.stdout.isatty():
            self._narrow(shutil.get_terminal_size().columns)
        head = self._lines([self._titles])
        longest = max(map(cell_len, head))
        full = sum(self._widths) + len(_GAP) * (len(self._widths) - 1)
        for block in self._packed:
            if longest >= full:
                break
            longest = max(longest, *map(cell_len, self._lines(_unpacked(block))))
        print("\n".join([*head, "─" * min(full, longest)]))
        for block in self._packed:
            print("\n".join(self._lines(_unpacked(block))))

    def _lines(self, rows: Sequence[Sequence[str]]) -> list[str]:
        widths = self._widths
        return [_GAP.join(_row(cells, widths, self._right)).rstrip() for row in rows for cells in _folded(row, widths)]

    def _narrow(self, room: int) -> None:
        """Take cells from the widest columns that may be folded until the table fits, or none is left to fold."""
        widths = self._widths
        while sum(widths) + len(_GAP) * (len(widths) - 1) > room:
            widest = max(sorted(self._han), key=lambda column: widths[column], default=None)
            if widest is None or widths[widest] <= _NARROWEST:
                return
            widths[widest] -= 1


def _unpacked(block: bytes) -> list[list[str]]:
    texts: list[list[str]] = json.loads(zlib.decompress(block).decode("utf-8", "surrogatepass"))
    return texts


def _text(value: Any) -> str:
    if value is None:
        return UNKNOWN
    return f"{value:,}" if isinstance(value, int) else " ".join(str(value).split())


def _folded(row: Sequence[str], widths: Sequence[int]) -> "zip_longest[tuple[str, ...]]":
    cells = [
        chop_cells(text, width) if cell_len(text) > width else [text] for text, width in zip(row, widths, strict=True)
    ]
    return zip_longest(*cells, fillvalue="")


def _row(cells: Sequence[str], widths: Sequence[int], right: set[int]) -> list[str]:
    spaces = [" " * (width - cell_len(text)) for text, width in zip(cells, widths, strict=True)]
    return [
        space + text if at in right else text + space
        for at, (text, space) in enumerate(zip(cells, spaces, strict=True))
    ]


def exported(columns: Sequence[Column], row: dict[str, Any], masked: bool) -> dict[str, Any]:
    """A listed row as JSON values with its uid: identity numbers and phones masked unless ``masked`` is False.

    Own fields stand below "own", by the names that they have now.
    """
    beside = any(column.name == BIRTH_FIELD for column in columns)
    values: dict[str, Any] = {"uid": row["uid"]}
    own: dict[str, Any] = {}
    for column in columns:
        value = row.get(column.name)
        if is_own(column.name):
            own[column.label] = column.kind.export(value, masked=masked, beside_birth=beside)
        elif isinstance(value, RangedCount):
            values |= {column.name: int(value), UPPER[column.name]: value.upper if value.upper < OPEN_ENDED else None}
        else:
            values[column.name] = column.kind.export(value, masked=masked, beside_birth=beside)
    return values | ({"own": own} if own else {})


@contextmanager
def progress_bar(what: str) -> Iterator[OnProgress | None]:
    """A progress callable that draws a bar on a terminal's stderr while the block lasts; None where there is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich import progress
    from rich.console import Console

    look = (progress.TextColumn("{task.description}"), progress.BarColumn(), progress.TaskProgressColumn())
    screen = Console(stderr=True)
    with progress.Progress(*look, console=screen, transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)


def out_path(arguments: argparse.Namespace, *allowed: str) -> Path | None:
    """The file that ``--out`` names, its ending one of ``allowed``; None without it. UserError as :func:`out_format`."""
    path = Path(arguments.out) if arguments.out else None
    if path:
        out_format(path, *allowed)
    return path


def ending_of(path: Path) -> str:
    """The format that a file's name says, "pdf" or another."""
    return path.suffix.lower().removeprefix(".")


def out_format(path: Path, *allowed: str) -> str:
    """The wanted format by the ending of ``--out``. UserError when it is none of ``allowed`` (such as "pdf")."""
    ending = ending_of(path)
    if ending not in allowed:
        wanted = _("、").join("." + each for each in allowed)
        raise UserError(_("“{name}”的格式不支持，请用 {wanted} 结尾的文件名。").format(name=path.name, wanted=wanted))
    return ending
