"""What leaves the register as a file: written by one function, and kept in the trail by the same, masked or not."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from models import roles
from models.progress import OnProgress
from models.trail.entry import Act, Who
from models.trail.keeping import keep


class WrittenFile(NamedTuple):
    """A file that was written, what a person must know about it besides, and how many rows, where the writer counts them."""

    path: Path
    note: str = ""
    rows: int | None = None


def hand_over(who: Who, act: Act | None, write: Callable[..., Path | WrittenFile], *args: Any) -> WrittenFile:
    """Write a file with ``write(*args)``, and keep in the trail that it was handed out: its name, its rows, its SHA-256.

    ``act``: what it is (its ``file`` stands for a name that must not be kept, for it names a person); None for a file that
    holds nothing of the register. The note of what is returned says when it could not be kept. Raises what ``write`` raises,
    and UserError for numbers in full that must not leave the register; then nothing is kept.
    """
    if act is not None and act.full:
        roles.need_unmask()
    made = write(*args)
    written = made if isinstance(made, WrittenFile) else WrittenFile(made)
    if act is None:
        return written
    with written.path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    rows = act.rows if written.rows is None else written.rows
    told = keep(replace(act, rows=rows, file=act.file or written.path.name, sha256=digest), who)
    return written._replace(note=written.note + told)


def hand_over_slowly(
    who: Who, act: Act | None, write: Callable[..., Path | WrittenFile], *args: Any, progress: OnProgress | None = None
) -> WrittenFile:
    """As :func:`hand_over`, for a ``write`` whose last argument is ``progress(done, total)``; what that raises ends it."""
    return hand_over(who, act, write, *args, progress)
