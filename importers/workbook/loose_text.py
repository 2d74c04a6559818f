"""Lists that no delimiter of files splits, as people paste them from a chat: by spaces, by full-width commas."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from importers.workbook.opened import settle_row
from importers.workbook.sheet import SheetRow

#: What may stand between the values of such a list, the surest first.
_BETWEEN = tuple(map(re.compile, (r"\s*[｜]\s*", r"[ \u3000\xa0]{2,}", r"\s*[，]\s*", r"\s*[；]\s*", r"[ \u3000\xa0]+", r"\s*、\s*")))
#: 1. 2、 before the first value, by which a chat numbers its lines; #接龙 stands above them.
_NUMBERED = re.compile(r"^\s*(?:\d{1,3}\s*[.、．)）]|[①-⒛])\s*")
_LINES = 500


def between(head: str) -> re.Pattern[str] | None:
    """What splits most lines of a text into the same number of values, two and more; None when nothing does."""
    lines = [_bare(line) for line in head.splitlines()[:_LINES] if line.strip()]
    for pattern in _BETWEEN:
        widths = Counter(len(pattern.split(line)) for line in lines)
        alike, width = max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))
        if alike > 1 and width > 1 and 2 * alike >= len(lines):
            return pattern
    return None


def _bare(line: str) -> str:
    return _NUMBERED.sub("", line.strip())


def loose_rows(lines: Iterable[str], pattern: re.Pattern[str]) -> Iterator[SheetRow]:
    """The rows of such a list, numbered as its lines."""
    for number, line in enumerate(lines, 1):
        row = settle_row(pattern.split(_bare(line)))
        if row:
            yield SheetRow(number, row)
