"""Taking back the batches of this session, from a banner or with Ctrl+Z."""

from PySide6.QtCore import QObject

from models.journal.undo import Undone, undo
from models.journal.writer import Author
from models.language import _
from ui.kit.jobs import Jobs
from ui.kit.notices import Action, Notices


class Undoing(QObject):
    """Remembers the batches made in this window, the newest last, and undoes them on the worker thread."""

    def __init__(self, author: Author, jobs: Jobs, notices: Notices) -> None:
        """Nothing was made yet."""
        super().__init__(jobs)
        self.author, self._jobs, self._notices = author, jobs, notices
        self.batches: list[int] = []
        self._redo = 0

    def remember(self, number: int) -> None:
        """A batch was made in this window: Ctrl+Z takes it back."""
        self.batches.append(number)

    def undo(self, number: int) -> None:
        """Undo a batch, and tell in the banner what came back and what was kept."""
        if number in self.batches:
            self.batches.remove(number)
        title = _("正在撤销批次 {number}").format(number=number)
        self._jobs.run(undo, number, self.author, done=self._undone, title=title)

    def undo_last(self) -> None:
        """Undo the newest batch of this session that is not undone yet."""
        if self.batches:
            self.undo(self.batches[-1])
        else:
            self._notices.tell(_("这次打开以后还没有可以撤销的操作。"))

    def _undone(self, undone: Undone) -> None:
        sentence = _("已撤销批次 {number}：删去 {removed} 条新记录，恢复 {restored} 处修改。").format(
            number=undone.undone, removed=undone.removed, restored=undone.restored
        )
        if undone.kept:
            sentence += _("另有 {count} 处之后又改过或被引用，予以保留。").format(count=len(undone.kept))
        self._redo = undone.batch
        self._notices.tell(sentence, Action(_("撤销这次撤销"), self._undo_the_undo))

    def _undo_the_undo(self) -> None:
        self.undo(self._redo)
