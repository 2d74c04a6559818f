"""What every page gets: the open register and the few things of the window that pages may use."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from models import roles
from models.errors import UserError
from models.journal.writer import Author
from models.records.catalogue import RECORDS
from models.register.register import Register
from models.trail.entry import Act
from models.trail.keeping import keep
from models.values.region_index import RegionIndex
from ui.kit.jobs import Jobs
from ui.kit.notices import Notices
from ui.kit.own_towns import OwnTowns
from ui.kit.recent import Recent
from ui.kit.undoing import Undoing

#: All kinds of record, as ``Changes.changed`` names them: for a page that shows something of each.
EVERYTHING = frozenset(RECORDS)


class Changes(QObject):
    """The one signal back: after a write, ``changed(frozenset)`` says which kinds of record changed (keys of ``RECORDS``).

    ``of_others``: True while it is told of what another program wrote, where what has to follow follows.
    """

    changed = Signal(object)
    of_others = False

    def tell_of_others(self, kinds: frozenset[str]) -> None:
        """Say that another program has changed records of these kinds."""
        self.of_others = True
        try:
            self.changed.emit(kinds)
        finally:
            self.of_others = False


@dataclass
class Context:
    """Handed to every page. Whether numbers may be seen in full is agreed to on each page, for its own use, and not kept here."""

    register: Register
    author: Author
    jobs: Jobs
    notices: Notices
    index: RegionIndex
    today: dt.date
    changes: Changes
    undoing: Undoing = field(init=False)
    own: OwnTowns = field(init=False)
    recent: Recent = field(default_factory=Recent)

    def __post_init__(self) -> None:
        """Undoing works with the other parts; pages hear of other towns when what they look at has followed."""
        self.own = OwnTowns(self.index)
        self.changes.changed.connect(self.own.read_anew)
        self.jobs.wrote.connect(self.changes.changed)
        self.jobs.refused.connect(self.notices.refuse)
        self.undoing = Undoing(self.author, self.jobs, self.notices)

    def may_unmask(self) -> bool:
        """True when numbers may be seen and handed out in full; whoever may only look is told that they may not."""
        return self._allowed(roles.need_unmask)

    def may_write(self) -> bool:
        """True when the register may be changed; whoever may only look is told so before being asked for anything."""
        return self._allowed(roles.need_write)

    def _allowed(self, needed: Callable[[], None]) -> bool:
        try:
            needed()
        except UserError as error:
            self.notices.error(str(error))
            return False
        return True

    def tell_failure(self, error: Exception) -> None:
        """Tell the sentence of what a person can do something about; a bug is told elsewhere, a stop is known."""
        if isinstance(error, UserError):
            self.jobs.refused.emit(error)

    def unmasked(self, what: str, rows: int | None, records: Sequence[str] = ()) -> None:
        """Keep in the trail that numbers in full came onto the screen: of how many rows, or of which records (uids)."""
        self.keep(Act("unmask", what, rows, full=True, records=records))

    def keep(self, act: Act) -> None:
        """Keep an act in the trail; when that cannot be done, it is told."""
        self.jobs.run(keep, act, self.author, done=self.tell_kept)

    def tell_kept(self, told: str) -> None:
        """Tell what was said of an act that could not be kept; nothing for ""."""
        if told:
            self.notices.error(told)

    def name_person(self, person: str) -> None:
        """Whoever works here has another name: batches from now on carry it."""
        self.author = self.undoing.author = replace(self.author, person=person)
