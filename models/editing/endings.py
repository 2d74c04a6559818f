"""A unit that closes, a union that is dissolved: nothing is deleted, the record says since when it is no more."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from models.drive.moves import surely_before
from models.editing.coverages import end_open
from models.editing.dissolving import DISSOLVED, Fate, write_ending
from models.editing.editing import held
from models.engine.record import Record
from models.errors import UserError
from models.journal.typed import past_day
from models.journal.writer import Author, batch, number_of
from models.language import _
from models.records.employer import Employer
from models.records.union import Union
from models.values.columns import Plain


def close_employer(uid: str, day: Plain, author: Author, today: dt.date) -> int:
    """A unit has closed on ``day`` (as typed: a day, a month or a year): it operates no longer, and nothing covers it.

    Returns the batch's number. UserError when it is closed already, and for a day after today or before its founding.
    """
    known = held("employer", uid)
    if known["closed_on"]:
        raise UserError(_("“{name}”已经在 {day} 注销了。").format(name=known["name"], day=known["closed_on"]))
    closed_on = _ended_on(Employer, "closed_on", day, known, today)
    changes = {"closed_on": (known["closed_on"], closed_on), "operating": (known["operating"], 0)}
    with batch("edit", author, {"kind": "employer", "record": uid, "ended": True}) as writer:
        writer.update(Employer, uid, {name: pair for name, pair in changes.items() if pair[0] != pair[1]})
        end_open(writer, [uid], closed_on)
    return _number(number_of(writer))


def dissolve_union(uid: str, day: Plain, author: Author, today: dt.date, fate: Fate | None = None) -> int:
    """A union was dissolved on ``day`` (as typed: a day, a month or a year): it covers nobody any more.

    ``fate``: what becomes of its members, see ``models/editing/dissolving.py``. Returns the batch's number. UserError when
    it is dissolved already, for a day after today or before its founding, and when it still has members and nobody said
    where their membership goes.
    """
    known = held("union", uid)
    if known["dissolved_on"] or known["state"] == DISSOLVED:
        raise UserError(_("“{name}”已经撤销了。").format(name=known["name"]))
    dissolved_on = _ended_on(Union, "dissolved_on", day, known, today)
    changes = {"dissolved_on": (known["dissolved_on"], dissolved_on), "state": (known["state"], DISSOLVED)}
    with batch("edit", author, {"kind": "union", "record": uid, "ended": True}) as writer:
        writer.update(Union, uid, changes)
        write_ending(writer, uid, dissolved_on, fate, today.isoformat())
    return _number(number_of(writer))


def _ended_on(record: type[Record], name: str, day: Plain, known: Mapping[str, Any], today: dt.date) -> str:
    ended = past_day(record, name, day, today)
    if known["founding_date"] and surely_before(ended, known["founding_date"]):
        sentence = _("日期 {date} 早于 {before}（成立的日期），请核对。")
        raise UserError(sentence.format(date=ended, before=known["founding_date"]))
    return ended


def _number(number: int | None) -> int:
    assert number is not None  # an ending always changes something
    return number
