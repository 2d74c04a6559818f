"""Who has the register open, and on which day: what a follower is called with."""

import datetime as dt
from typing import Protocol

from models.journal.writer import Author
from models.values.region_index import RegionIndex


class Here(Protocol):
    """The open register as a command or the window sees it."""

    @property
    def today(self) -> dt.date:
        """The day of what is done."""
        ...

    @property
    def author(self) -> Author:
        """Who does it."""
        ...

    @property
    def index(self) -> RegionIndex:
        """The regions of that day."""
        ...
