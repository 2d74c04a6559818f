"""Lists in a document that are no tables: paragraphs one below the other, numbered, split by tabs or by spaces."""

import re
from collections import Counter
from collections.abc import Sequence

from importers.workbook.loose_text import between, loose_rows
from importers.workbook.stacked import TableBlock, worth_a_line

#: A line of such a list holds somebody's number, or is split by tabs.
_NUMBER = re.compile(r"\d{7}")
_TAB = re.compile(r"\t+")
#: Running text holds numbers as well.
_LONGEST = 300
_SENTENCE = re.compile("。.")
_LEAST = 2


def with_lists(lines: Sequence[str]) -> tuple[list[TableBlock], list[str]]:
    """The lists among some paragraphs, each with the lines above it, and the lines behind the last one."""
    found: list[TableBlock] = []
    start = 0
    while (run := _next_run(lines, start)) is not None:
        first, end, rows = run
        width = max(map(len, rows))
        above = [_plain(line) for line in lines[start:first] if worth_a_line(_plain(line))]
        found.append(TableBlock(above, [row + [None] * (width - len(row)) for row in rows], notes=[("word-list", {})]))
        start = end
    return found, [_plain(line) for line in lines[start:] if worth_a_line(_plain(line))]


def _next_run(lines: Sequence[str], start: int) -> tuple[int, int, list[list[str | None]]] | None:
    """The next lines that are a list: the first, the one behind the last, and what they are split into."""
    at = start
    while at < len(lines):
        end = at
        while end < len(lines) and _is_of_list(lines[end]):
            end += 1
        if end - at >= _LEAST and (rows := _split(lines[at:end])):
            if at > start and (head := _split(lines[at - 1 : end])) and _is_header(head[0], rows):
                return at - 1, end, head
            return at, end, rows
        at = max(end, at + 1)
    return None


def _is_of_list(line: str) -> bool:
    return len(line) <= _LONGEST and not _SENTENCE.search(line) and bool(_NUMBER.search(line) or _TAB.search(line.strip()))


def _split(lines: Sequence[str]) -> list[list[str | None]]:
    """The values of each line; [] where most of the lines are not split alike."""
    pattern = _TAB if _by_tabs(lines) else between("\n".join(line.replace("\t", "  ") for line in lines))
    if pattern is None:
        return []
    texts = [line.strip() if pattern is _TAB else line.replace("\t", "  ") for line in lines]
    return [[None if value is None else str(value) for value in row.values] for row in loose_rows(texts, pattern)]


def _by_tabs(lines: Sequence[str]) -> bool:
    """True when most lines have the same number of tabs, and some."""
    count, most = Counter(len(_TAB.findall(line.strip())) for line in lines).most_common(1)[0]
    return count > 0 and 2 * most >= len(lines)


def _is_header(row: Sequence[str | None], rows: Sequence[Sequence[str | None]]) -> bool:
    """True for a line above a list that is split as most of its lines are, and holds no number."""
    usual = Counter(map(len, rows)).most_common(1)[0][0]
    return 1 < len(row) <= usual + 1 and len(row) >= usual - 1 and not any(_NUMBER.search(each or "") for each in row)


def _plain(line: str) -> str:
    return " ".join(line.split("\t")).strip()
