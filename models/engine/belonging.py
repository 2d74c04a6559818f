"""To which place each table's rows belong on an office's server, and who may read and write them there.

A row of whatever belongs somewhere carries its place in a column of its own, ``town``: the uid of the region of a town (or of a
district or zone, for what belongs to no town of it). It follows from the row itself or from what the row refers to, and a trigger
keeps it (``placing.py``): nobody writes it. What has no place belongs to whoever entered it until it has one: ``@`` and the
login. What is the register's as a whole, such as kinds of work, has none and belongs to all.
"""

from enum import StrEnum
from typing import NamedTuple


class OfficeRole(StrEnum):
    """What a user of an office's register is there."""

    ADMIN = "admin"
    DISTRICT = "district"
    ORGANIZER = "organizer"
    VIEWER = "viewer"


class Sight(StrEnum):
    """Which rows of a table an organizer may read, or write. Whoever sees the whole district (管理员, 区县) may all but ``NOBODY``.

    ``ABOVE``: of the own towns, and of the districts and the city that they lie in. ``LOG``: may be added, never changed.
    ``ASIDE``: the settings that organizers write. ``KEYS``: what belongs to a key of counts that may be read.
    """

    ALL = "all"
    TOWN = "town"
    ABOVE = "above"
    OWN = "own"
    WHOLE = "whole"
    NOBODY = "nobody"
    LOG = "log"
    ASIDE = "aside"
    KEYS = "keys"
    BATCHES = "batches"


class Belonging(NamedTuple):
    """Of one table. ``parts``: (field, table) pairs, the place of the first that is there counts.

    ``by_kind``: the field with a uid, where another says of which kind the record is.
    """

    read: Sight
    write: Sight
    parts: tuple[tuple[str, str], ...] = ()
    by_kind: str = ""


_T, _A, _W = Sight.TOWN, Sight.ALL, Sight.WHOLE
_UNIT = (("union", "union"), ("employer", "employer"))

#: Every table of an office's register. One that is missing here is closed to all but the administrators.
TABLES: dict[str, Belonging] = {
    "region": Belonging(_A, _T, (("uid", "region"),)),
    "region_parent": Belonging(_A, _T, (("parent", "region"),)),
    "employer": Belonging(_T, _T, (("region", "region"),)),
    "union": Belonging(Sight.ABOVE, _T, (("region", "region"), ("parent", "union"))),
    "worker": Belonging(_T, _T, (*_UNIT, ("residence_region", "region"))),
    "membership_event": Belonging(_T, _T, (("worker", "worker"), ("union", "union"))),
    "officer": Belonging(_T, _T, (("union", "union"), ("worker", "worker"))),
    "coverage": Belonging(_T, _T, (("employer", "employer"), ("union", "union"))),
    "head_count": Belonging(_T, _T, (("subject", "employer"), ("subject", "union"))),
    "drive_case": Belonging(_T, _T, (("employer", "employer"),)),
    "case_step": Belonging(_T, _T, (("drive_case", "drive_case"),)),
    "case_paper": Belonging(_T, _T, (("drive_case", "drive_case"),)),
    "contact": Belonging(_T, _T, (("drive_case", "drive_case"),)),
    "ledger_entry": Belonging(_T, _T, (("union", "union"), ("region", "region"), ("worker", "worker"))),
    "site": Belonging(_T, _T, (("region", "region"), ("union", "union"))),
    "key_employer": Belonging(_T, _T, (("employer", "employer"),)),
    "target": Belonging(_A, _T, (("union", "union"), ("region", "region"))),
    "due_union": Belonging(_T, _T, (("union", "union"),)),
    "hand_in": Belonging(_T, _T, (("union", "union"),)),
    "worklist": Belonging(_A, _T),
    "worklist_entry": Belonging(_T, _T, (("worker", "worker"), *_UNIT)),
    "submission": Belonging(_T, _T),
    "submitted_row": Belonging(_T, _T, by_kind="record"),
    "issued_paper": Belonging(_T, _T, (("worker", "worker"), *_UNIT)),
    "distinct_pair": Belonging(_T, _T, by_kind="left"),
    "fork": Belonging(_T, _T, by_kind="uid"),
    "setting": Belonging(_A, Sight.ASIDE),
    "remembered_mapping": Belonging(_A, _A),
    "remembered_value": Belonging(_A, _A),
    "saved_filter": Belonging(_A, _A),
    "occupation_group": Belonging(_A, _W),
    "ledger_kind": Belonging(_A, _W),
    "site_kind": Belonging(_A, _W),
    "own_field": Belonging(_A, _W),
    "due_rule": Belonging(_A, _W),
    "paper_template": Belonging(_A, _W),
    "erasure": Belonging(_W, _W),
    "change": Belonging(_T, Sight.LOG, by_kind="record"),
    "batch": Belonging(Sight.BATCHES, Sight.LOG),
    "bundle": Belonging(_W, _W),
    "trail": Belonging(Sight.OWN, Sight.LOG),
    "crossing": Belonging(_W, _W),
    "office_key": Belonging(Sight.NOBODY, Sight.NOBODY),
    "held_count": Belonging(_T, Sight.NOBODY, (("union", "union"),)),
    "count_key": Belonging(_T, _W, (("union", "union"),)),
    "past_count": Belonging(Sight.KEYS, _W),
    "past_change": Belonging(Sight.KEYS, _W),
    "past_half": Belonging(_A, _W),
    "past_stale": Belonging(_A, _W),
    "search_progress": Belonging(Sight.OWN, Sight.OWN),
    "given_number": Belonging(_A, Sight.NOBODY),
    "schema_migration": Belonging(_A, Sight.NOBODY),
    "worker_search": Belonging(_T, _T, (("id", "worker"),)),
    "employer_search": Belonging(_T, _T, (("id", "employer"),)),
    "union_search": Belonging(Sight.ABOVE, _T, (("id", "union"),)),
    "officer_search": Belonging(_T, _T, (("id", "officer"),)),
    "site_search": Belonging(_T, _T, (("id", "site"),)),
    "office_user": Belonging(Sight.NOBODY, Sight.NOBODY),
    "office_town": Belonging(Sight.NOBODY, Sight.NOBODY),
    "office_place": Belonging(Sight.NOBODY, Sight.NOBODY),
    "office_device": Belonging(Sight.NOBODY, Sight.NOBODY),
    "office_batch": Belonging(Sight.NOBODY, Sight.NOBODY),
    "office_uncounted": Belonging(Sight.NOBODY, Sight.NOBODY),
}  # fmt: skip
#: Settings that organizers write: findings that were set aside.
ORGANIZERS_SETTINGS = ("set_aside",)
#: Fields that are indexed by their small letters alone, as uids are written.
FOLDED = frozenset({("head_count", "subject"), ("submitted_row", "record"), ("distinct_pair", "left")})
#: The levels of regions that a row can belong to.
PLACES = ("town", "district", "zone", "city")


def placed() -> dict[str, Belonging]:
    """The tables whose rows carry their place."""
    shown = (Sight.TOWN, Sight.ABOVE)
    return {
        name: each for name, each in TABLES.items()
        if each.parts or each.by_kind or each.write is Sight.TOWN or each.read in shown
    }  # fmt: skip


def kinds() -> list[str]:
    """The kinds of record whose rows carry their place and a uid: what the log speaks of."""
    beside = ("change", "fork", "held_count", "count_key")
    return [name for name in placed() if not name.endswith("_search") and name not in beside]


def common() -> list[str]:
    """The kinds of record that are the register's as a whole."""
    return [
        name for name, each in TABLES.items()
        if name not in placed() and each.write in (Sight.ALL, Sight.ASIDE, Sight.WHOLE) and each.read is Sight.ALL
        and not name.startswith("past_")
    ]  # fmt: skip
