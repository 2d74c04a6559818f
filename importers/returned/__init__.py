"""The returned workbook: the rows that need another look, as their sender wrote them, with our answer beside each.

An .xlsx comes back as it was sent, layout, drop-downs and all, with only those rows left; of anything else a new .xlsx is
made. It holds what the sender sent, unmasked, because it goes back to the sender; corrected, it can be imported again.
"""

import hashlib
import re
from itertools import count
from pathlib import Path

from importers.plan.steps import SheetPlan
from importers.returned import new, package
from importers.returned.answers import COMMENTS, answers, worth_telling
from importers.returned.xml import NotUnderstood
from importers.workbook.sheet import Sheet
from models.files.given import NotAFile, open_file

__all__ = ["COMMENTS", "changed_since", "worth_telling", "write"]

_SUFFIX = re.compile(r"_退回(?:\(\d+\))?$")
_LONGEST_STEM_BYTES = 200


def changed_since(source: Path, digest: str) -> bool:
    """True when the file is not the one any more that was read, by its SHA-256, or is gone."""
    try:
        with open_file(source) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() != digest
    except (OSError, NotAFile):
        return True


def write(
    source: Path, sheets: list[Sheet], plans: list[SheetPlan], folder: Path, anew: bool = False, content: bytes | None = None
) -> Path:
    """Write ``<source's stem>_退回.xlsx`` into ``folder`` and return its path; an existing name gets (2), (3) ….

    ``sheets`` as read from ``source``, ``plans`` as made of them. A workbook that cannot be changed in place is written
    anew, without saying so; ``anew``: do not try, for it was changed since it was read. ``content``: the workbook's own bytes
    where no file has them, for it lies in an archive; ``source`` then only names it. UserError when the disk refuses.
    """
    path = _free_path(source, folder)
    told = answers(sheets, plans)
    try:
        if anew:
            raise NotUnderstood("changed")
        package.write(source if content is None else content, path, told)
    except NotUnderstood:
        new.write(path, told)
    return path


def _free_path(source: Path, folder: Path) -> Path:
    """A name that no file has; what came back already is not called 退回 twice, and names do not grow past the disk's limit."""
    stem = _SUFFIX.sub("", source.stem).encode()[:_LONGEST_STEM_BYTES].decode(errors="ignore")
    names = (f"{stem}_退回.xlsx" if number == 1 else f"{stem}_退回({number}).xlsx" for number in count(1))
    return next(path for name in names if not (path := folder / name).exists())
