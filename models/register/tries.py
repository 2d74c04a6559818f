"""A growing delay after wrong passphrases, for each register's folder, kept in the laptop's own file.

It slows somebody who sits at the laptop and guesses; whoever copied the files is slowed by what each guess costs
(``models/register/keys.py``). Nothing is ever erased, and the recovery code is under the same delay.
"""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from models.errors import UserError, WrongPassphrase
from models.language import _
from models.register.laptop import person_name, read_laptop, write_laptop
from models.trail import keeping
from models.trail.entry import Act

#: So many wrong ones are free; then the first delay, doubled with each further one, up to the longest (seconds).
FREE, FIRST, LONGEST = 5, 30, 15 * 60
_KEPT = "tries"


@contextmanager
def counted(folder: Path, what: str) -> Iterator[None]:
    """Try a secret for the register in ``folder`` inside: a wrong one counts, a right one ends the counting.

    A wrong one is also noted for the trail, with ``what`` it was tried for (a text that is translated where it is read).

    UserError that tells how long to wait when too many wrong ones went before; then the block is not entered.
    """
    left = seconds_left(folder)
    if left:
        raise UserError(
            _("口令连续输错了 {count} 次，请过 {left}再试（恢复码也一样）。登记册没有动，也不会被删除。").format(
                count=_entry(folder)[0], left=_length(left)
            )
        )
    try:
        yield
    except WrongPassphrase as error:
        keeping.put(folder, Act("open-failed", what), person_name())
        left = _count(folder)
        if left:
            raise WrongPassphrase(f"{error}{_('已连续输错多次，请过 {left}再试。').format(left=_length(left))}") from error
        raise
    _keep(folder, None)


def seconds_left(folder: Path) -> int:
    """Seconds until a secret may be tried again; 0 for at once.

    A clock that was set back begins the delay anew: it frees nobody, and keeps nobody out for longer than one delay.
    """
    wrong, at = _entry(folder)
    delay = _delay(wrong)
    if not delay:
        return 0
    now = time.time()
    if now < at:
        _keep(folder, [wrong, now])
        return delay
    return max(0, round(at + delay - now + 0.5))


def _delay(wrong: int) -> int:
    """Seconds of delay after so many wrong ones: a bit length, not a power, for the count may come from a damaged file."""
    return 0 if wrong < FREE else min(LONGEST, FIRST << min(wrong - FREE, LONGEST.bit_length()))


def _length(seconds: int) -> str:
    if seconds < 2 * 60:
        return _("{count} 秒").format(count=seconds)
    return _("{count} 分钟").format(count=-(-seconds // 60))


def _count(folder: Path) -> int:
    wrong = _entry(folder)[0] + 1
    _keep(folder, [wrong, time.time()])
    return _delay(wrong)


def _entry(folder: Path) -> tuple[int, float]:
    """How many wrong ones in a row, and when the last one was (seconds since 1970)."""
    kept = read_laptop().get(_KEPT)
    entry: Any = kept.get(_place(folder)) if isinstance(kept, dict) else None
    if isinstance(entry, list) and len(entry) == 2 and all(_is_number(each) for each in entry):
        return max(0, int(entry[0])), float(entry[1])
    return 0, 0.0


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value)


def _keep(folder: Path, entry: list[float] | None) -> None:
    values = read_laptop()
    kept = values.get(_KEPT)
    tries: dict[str, Any] = dict(kept) if isinstance(kept, dict) else {}
    if entry is None and _place(folder) not in tries:
        return
    tries.pop(_place(folder), None)
    if entry is not None:
        tries[_place(folder)] = entry
    with suppress(UserError):  # where the laptop's file cannot be written, nothing else stands still because of it
        write_laptop(values | {_KEPT: tries})


def _place(folder: Path) -> str:
    return str(folder.resolve())
