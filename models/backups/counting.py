"""What a register holds, in six numbers: written into each backup, compared with the present one before a restore."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from models.engine import database, sql
from models.journal.entries import newest_by
from models.language import _
from models.records.membership import ON_BOOKS

Execute = Callable[..., Any]


@dataclass(frozen=True)
class Counts:
    """Records of a register; None where its schema has none of the kind. ``newest``: the uid of its last batch.

    ``changes``: the number of the log's last entry. ``day``: when the last batch was written, ISO text, "" for none.
    """

    people: int | None = None
    members: int | None = None
    unions: int | None = None
    employers: int | None = None
    changes: int | None = None
    day: str = ""
    newest: str = ""

    def told(self) -> dict[str, int | str | None]:
        """As JSON for a person's eyes: without the uid of the last batch."""
        return {name: value for name, value in asdict(self).items() if name != "newest"}


#: The numbers in the order in which they are shown.
SHOWN = ("people", "members", "unions", "employers", "changes", "day")


def title_of(name: str) -> str:
    """What a person reads before a number of :data:`SHOWN`."""
    titles = {
        "people": _("职工"), "members": _("会员"), "unions": _("工会"), "employers": _("用人单位"), "changes": _("改动"),
        "day": _("最后改动"),
    }  # fmt: skip
    return titles[name]


def text_of(counts: Counts | None, name: str) -> str:
    """A number of :data:`SHOWN` as a person reads it; a dash for what is not known."""
    value = None if counts is None else getattr(counts, name)
    return "—" if value in (None, "") else f"{value:,}" if isinstance(value, int) else str(value)[:16].replace("T", " ")


def counts_of(execute: Execute) -> Counts:
    """Count through ``execute(sql, parameters)`` of an open register, of whatever schema."""
    tables = {name for (name,) in execute(sql.TABLES).fetchall()}

    def count(table: str, where: str = "", *values: str) -> int | None:
        if table not in tables:
            return None
        return int(execute(f'SELECT count(*) FROM "{table}" {where}', values).fetchone()[0])

    members = count("worker", "WHERE membership_state = ?", ON_BOOKS)
    end = _end_of_log(execute) if {"change", "batch"} <= tables else Counts()
    return replace(end, people=count("worker"), members=members, unions=count("union"), employers=count("employer"))


def _end_of_log(execute: Execute) -> Counts:
    last = execute("SELECT uid, at FROM batch ORDER BY id DESC LIMIT 1").fetchone()
    return Counts(changes=newest_by(execute), newest=str(last[0]) if last else "", day=str(last[1]) if last else "")


def end_of_log() -> Counts:
    """The last change and the last batch of the register that the calling thread has open; nothing is counted for it."""
    return _end_of_log(database.db.execute_sql)


def counts_now() -> Counts:
    """Count the register that the calling thread has open."""
    return counts_of(database.db.execute_sql)


def counts_from(values: object) -> Counts | None:
    """The numbers that a manifest holds; None when it holds none."""
    if not isinstance(values, Mapping):
        return None
    names = ("people", "members", "unions", "employers", "changes")
    people, members, unions, employers, changes = (
        each if isinstance(each := values.get(name), int) else None for name in names
    )
    day, newest = (str(values.get(name) or "") for name in ("day", "newest"))
    return Counts(people, members, unions, employers, changes, day, newest)


def moment(text: str) -> dt.datetime | None:
    """A moment as written into manifests; None when the text is none, or says no zone."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None
