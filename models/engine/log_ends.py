"""The ends of the log and of the trail: known to everybody who writes, also to those who do not see all that is in them."""

from typing import Any

from peewee import Model, fn

from models.engine.running import server


def newest(kept: tuple[type[Model], ...]) -> int:
    """The place of the log's last entry in these tables."""
    engine = server()
    if engine is not None:
        return int(engine.asked("SELECT log_newest()"))
    return max(int(_most(each, "id").scalar() or 0) for each in kept)


def highest_of(kept: tuple[type[Model], ...], device: str) -> int:
    """The last running number that a device gave in these tables; 0 for none."""
    engine = server()
    if engine is not None:
        return int(engine.asked("SELECT log_last_of(?)", device))
    return max(int(_most(each, "number").where(each._meta.fields["device"] == device).scalar() or 0) for each in kept)


def ends_of(kept: tuple[type[Model], ...], device: str) -> tuple[int, int]:
    """:func:`highest_of` and :func:`newest`, asked of a server together."""
    engine = server()
    if engine is None:
        return highest_of(kept, device), newest(kept)
    ((highest, last),) = engine.rows_of("SELECT log_last_of(?), log_newest()", device)
    return int(highest), int(last)


def hidden_of(batch: str, seen: int) -> int:
    """How many entries of a batch (uid) are hidden from whoever sees ``seen`` of them."""
    engine = server()
    return 0 if engine is None else int(engine.asked("SELECT log_count_of(?)", batch)) - seen


def trail_last() -> str | None:
    """The hash of the trail's newest entry, where a server says it; None where there is none, and over a file."""
    engine = server()
    return None if engine is None else engine.asked("SELECT trail_last()")


def by_rows() -> bool:
    """True where each entry of the log is a row of its own: in an office some of whose users see a part of it."""
    engine = server()
    return engine is not None and bool(engine.asked("SELECT office_parted()"))


def _most(kept: type[Model], name: str) -> Any:
    return kept.select(fn.MAX(kept._meta.fields[name]))
