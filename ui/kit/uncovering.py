"""Covered numbers shown in full: asked once for a page, kept in the trail each time, and only of the record that is meant."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from models.language import N_, _
from ui.kit.context import Context
from ui.kit.notices import Action


class Uncovering(QObject):
    """What one page or pane shows in full was agreed to there, for its own use."""

    def __init__(self, context: Context, parent: QObject) -> None:
        """Nothing was agreed to yet."""
        super().__init__(parent)
        self._context, self._agreed = context, False

    def ask(self, records: Sequence[str], show: Callable[[], Any]) -> None:
        """Call ``show()`` once a person has agreed to see numbers of these records (uids) in full; the trail keeps that.

        ``show`` is to look whether what was asked about is still shown: the answer may come later.
        """
        if not self._context.may_unmask():
            return
        if self._agreed:
            self._show(records, show)
            return
        said = _("将显示完整的证件号和电话，并记入操作留痕。请确认身边没有无关的人。")
        self._context.notices.ask(said, Action(_("显示"), partial(self._show, records, show)))

    def _show(self, records: Sequence[str], show: Callable[[], Any]) -> None:
        self._agreed = True
        if show() is not False:
            self._context.unmasked(N_("一条记录"), len(records), records)
