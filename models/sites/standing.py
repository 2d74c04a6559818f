"""Which things stand on a day, and what is not known of it, as conditions of queries."""

import datetime as dt
from typing import Any

from peewee import Case, fn

from models.records.site import Site
from models.standing.as_of import begun
from models.standing.counts import first_day

#: The states in which a thing does not stand any more, or not for now.
GONE = ("停用", "撤销")


def quantity(site: Any = Site) -> Any:
    """How many a row stands for: one, unless it says so."""
    return fn.COALESCE(site.quantity, 1)


def state_on(day: dt.date, site: Any = Site) -> Any:
    """1 for what had begun and stood on ``day``, 0 for what had ended, NULL for what has ended on a day that is not known.

    The day of the end says more than the state, which knows only how things are now.
    """
    ended = site.until.is_null(False) & (first_day(site.until) <= day.isoformat())
    lost = site.until.is_null() & site.state.in_(GONE)
    return Case(None, ((ended, 0), (lost, None)), 1)


def since_then(day: dt.date, site: Any = Site) -> Any:
    """That a thing had begun by ``day``; what carries no date counts from the day on which it was entered."""
    return begun(site, site.since, day)
