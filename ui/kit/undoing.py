"""Taking back the batches of this session and doing them again: from a banner, with Ctrl+Z and Ctrl+Y, from the list of steps.

What was done and taken back is in the register's log, and so are the ways there: an undo is a batch, and doing again is the undo
of that undo. This remembers only which of them were made in this window, and in what order.
"""

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from models.errors import UserError
from models.journal.undo import Undone, undo
from models.journal.writer import Author
from models.language import _
from models.lists.step_names import step_names
from ui.kit.field_undo import FieldUndo
from ui.kit.jobs import Jobs
from ui.kit.notices import Action, Notices

#: So many steps are named in the list.
NAMED = 12


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken back: its own number, and the batch that took it back."""

    number: int
    by: int


class _UnderWay(NamedTuple):
    """What is being written: the step, whether it was made in this window, and of one that is done again what took it back."""

    number: int
    mine: bool
    again: Taken | None = None


def _taken_back(number: int, batch: int, author: Author) -> tuple[Undone, str]:
    """Undo ``batch``; what it did, and the name of the step ``number`` that it was about."""
    name = step_names({number}).get(number, "")
    return undo(batch, author), name


class Undoing(QObject):
    """Remembers the batches made in this window, the newest last, and undoes them on the worker thread.

    ``named(object, object)`` brings what :meth:`ask_names` asked for: the steps that can be taken back and those that can be done
    again, each a list of (number, name), the newest first.
    """

    named = Signal(object, object)

    def __init__(self, author: Author, jobs: Jobs, notices: Notices) -> None:
        """Nothing was made yet."""
        super().__init__(jobs)
        self.author, self._jobs, self._notices = author, jobs, notices
        self.batches: list[int] = []
        self.taken: list[Taken] = []
        self._holds: dict[int, int] = {}
        self._under_way: list[_UnderWay] = []
        FieldUndo(self)

    def remember(self, number: int) -> None:
        """A batch was made in this window: Ctrl+Z takes it back, and what was taken back before is not done again."""
        self.batches.append(number)
        self.taken.clear()

    def undo(self, number: int) -> None:
        """Undo a batch, and tell in the banner what came back and what was kept. Of one that was done again: what did it."""
        if mine := number in self.batches:
            self.batches.remove(number)
        self._run(_UnderWay(number, mine), self._holds.get(number, number), _("正在撤销批次 {number}"))

    def _run(self, way: _UnderWay, batch: int, title: str) -> None:
        self._under_way.append(way)
        title = title.format(number=way.number)
        self._jobs.run(_taken_back, way.number, batch, self.author, done=self._done, failed=self._failed, title=title)

    def undo_last(self) -> None:
        """Undo the newest batch of this session that is not undone yet."""
        if self.batches:
            self.undo(self.batches[-1])
        else:
            self._notices.tell(_("这次打开以后还没有可以撤销的操作。"))

    def redo(self, number: int) -> None:
        """Do again what was taken back."""
        found = next((each for each in self.taken if each.number == number), None)
        if found is None:
            return
        self.taken.remove(found)
        self.batches.append(number)
        self._run(_UnderWay(number, True, found), found.by, _("正在恢复批次 {number}"))

    def redo_last(self) -> None:
        """Do again what was taken back last."""
        if self.taken:
            self.redo(self.taken[-1].number)
        else:
            self._notices.tell(_("没有撤销了还可以恢复的操作。"))

    def ask_names(self) -> None:
        """Have the steps named, on the worker thread."""
        self._jobs.run(step_names, {*self._back(), *self._again()}, done=self._tell_names)

    def _back(self) -> list[int]:
        return self.batches[::-1][:NAMED]

    def _again(self) -> list[int]:
        return [each.number for each in self.taken[::-1][:NAMED]]

    def _tell_names(self, names: dict[int, str]) -> None:
        self.named.emit(*([(each, names[each]) for each in part if each in names] for part in (self._back(), self._again())))

    def _done(self, named: tuple[Undone, str]) -> None:
        undone, name = named
        way = self._under_way.pop(0)
        if way.again is None:
            self.taken.append(Taken(way.number, undone.batch))
            sentence = _("已撤销：{name}（批次 {number}）。").format(name=name, number=way.number)
            action = Action(_("恢复"), partial(self.redo, way.number))
        else:
            self._holds[way.number] = undone.batch
            sentence = _("已恢复：{name}（批次 {number}）。").format(name=name, number=way.number)
            action = Action(_("撤销"), partial(self.undo, way.number))
        if undone.kept:
            sentence += _("另有 {count} 处之后又改过或被引用，予以保留。").format(count=len(undone.kept))
        self._notices.tell(sentence, action)

    def _failed(self, error: Exception) -> None:
        """Nothing was written: what was to be taken back or done again still can be."""
        way = self._under_way.pop(0)
        if way.again is not None:
            self.batches.remove(way.number)
            self.taken.append(way.again)
        elif way.mine:
            self.batches.append(way.number)
        if isinstance(error, UserError):
            self._jobs.refused.emit(error)
