"""What held on a day, read once and handed down: the page, the command and the paper count from one and the same."""

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

from models.records.region import load_index
from models.records.setting import settings
from models.standing.drive_facts import on_day
from models.values.region_index import RegionIndex

#: The kinds of record that the parts are read from: after a write of any of them a new one is to be made.
KINDS = frozenset({
    "employer", "union", "coverage", "head_count", "drive_case", "case_step", "region", "region_parent", "setting",
})  # fmt: skip

_Read = TypeVar("_Read")


class Standing:
    """What held on ``day``. Each part is read from the register when it is first asked for, and then kept.

    It is made for one question, or for the parts of one page, and handed down; never kept over a write, never shared by
    threads at the same time. Two that were made between the same writes hold the same.
    """

    def __init__(self, day: dt.date, index: RegionIndex | None = None) -> None:
        """``index``: the regions with the tree of the day, if they are at hand."""
        self.day = day
        self._index = index
        self._read: dict[Callable[[], Any], Any] = {}

    @cached_property
    def index(self) -> RegionIndex:
        """The regions with the tree of the day."""
        return self._index or load_index(self.day)

    @cached_property
    def employers(self) -> list[dict[str, Any]]:
        """The employers that were there, with their counts, unions and cases, see ``drive_facts.on_day``."""
        return on_day(self.day)

    @cached_property
    def _settings(self) -> dict[str, Any]:
        return settings()

    def setting(self, key: str) -> Any:
        """The register's value of a setting, as it is now: settings have no dates. KeyError for one that there is not."""
        return self._settings[key]

    def once(self, read: Callable[[], _Read]) -> _Read:
        """What ``read`` gives, called once: for what has no date and belongs to a package above this one."""
        if read not in self._read:
            self._read[read] = read()
        found: _Read = self._read[read]
        return found
