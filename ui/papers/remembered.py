"""What was chosen for each report, and what was handed out last, kept in this laptop's own file.

A report begins as it was left. Nothing of any person stands there: neither who looks after a case nor whose file it was.
"""

import dataclasses
import datetime as dt
from typing import Any, NamedTuple

from models.register.laptop import read_laptop, write_laptop
from reports.catalogue import ReportKind
from reports.choices import ReportChoices

#: The choices that are kept.
_KEPT = ("union", "region", "stage", "ledger_kind", "level", "table", "layout", "blank", "days", "everything", "card", "worklist")
_KEY, _LAST = "reports", "printed"
#: So many that were handed out are at hand.
_MOST = 8


class HandedOut(NamedTuple):
    """A report that was printed or saved: its name, what was chosen, when."""

    name: str
    choices: dict[str, Any]
    at: str


def remembered(kind: ReportKind, today: dt.date) -> ReportChoices:
    """The choices of a report as they were left, as of today."""
    kept = read_laptop().get(_KEY, {})
    return chosen_of(kind, kept.get(kind.name) if isinstance(kept, dict) else None, today)


def chosen_of(kind: ReportKind, kept: object, today: dt.date) -> ReportChoices:
    """Choices of what was kept; what is of another type than it should be is left out."""
    usual = ReportChoices(today, today)
    values = kept if isinstance(kept, dict) else {}
    fitting = {
        name: values[name]
        for name in _KEPT
        if name in kind.takes and name in values and type(values[name]) is type(getattr(usual, name))
    }
    return dataclasses.replace(usual, **fitting)


def remember(chosen: dict[str, ReportChoices]) -> None:
    """Keep the choices of reports by their names. UserError when the laptop's file cannot be written."""
    laptop = read_laptop()
    wanted = {name: told for name, choices in chosen.items() if (told := _told(choices))}
    if laptop.get(_KEY, {}) != wanted:
        laptop[_KEY] = wanted
        write_laptop(laptop)


def note_handed_out(name: str, choices: ReportChoices, at: dt.datetime) -> None:
    """Put a report before those that were handed out last; the same one stands there once. UserError as :func:`remember`."""
    entry = HandedOut(name, _told(choices), f"{at:%Y-%m-%d %H:%M}")
    others = [each for each in handed_out() if each[:2] != entry[:2]]
    laptop = read_laptop()
    laptop[_LAST] = [list(each) for each in [entry, *others][:_MOST]]
    write_laptop(laptop)


def handed_out() -> list[HandedOut]:
    """What was handed out last, the newest first."""
    found = read_laptop().get(_LAST, [])
    rows = [each for each in found if isinstance(each, list) and len(each) == 3] if isinstance(found, list) else []
    return [HandedOut(str(name), dict(choices), str(at)) for name, choices, at in rows if isinstance(choices, dict)]


def _told(choices: ReportChoices) -> dict[str, Any]:
    usual = ReportChoices(choices.today, choices.today)
    return {name: getattr(choices, name) for name in _KEPT if getattr(choices, name) != getattr(usual, name)}
