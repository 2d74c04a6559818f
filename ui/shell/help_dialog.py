"""Help (F1): the guide at the page that is shown, all commands with their keys, and about the program."""

from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from models.language import _
from ui.kit.acting import act
from ui.kit.lines import down, tabbed
from ui.shell.about import AboutView
from ui.shell.guide import GuideView
from ui.shell.keys_view import KeysView


class HelpDialog(QDialog):
    """The help in a window of its own, beside the work."""

    def __init__(self, folder: Path, parent: QWidget) -> None:
        """``folder`` is where the register lies."""
        super().__init__(parent)
        self.setWindowTitle(_("帮助"))
        self.resize(960, 660)
        self.setAcceptDrops(True)
        self._page = ""
        self.guide, self.keys, self.about = GuideView(), KeysView(), AboutView(folder)
        self.tabs = tabbed((_("指南"), self.guide), (_("快捷键"), self.keys), (_("关于"), self.about))
        down(self.tabs, on=self)
        act(self, "help.find", self._find)

    def show_page(self, page: str) -> None:
        """Open the guide where it tells of a page of the window."""
        self._page = page
        self.tabs.setCurrentWidget(self.guide)
        if self.isVisible():
            self.guide.show_page(page)

    def _find(self) -> None:
        if self.tabs.currentWidget() is self.about:
            self.tabs.setCurrentWidget(self.guide)
        view = self.tabs.currentWidget()
        if isinstance(view, GuideView | KeysView):
            view.finding.setFocus()
            view.finding.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        """Only what has its place can be turned to."""
        super().showEvent(event)
        if self._page:
            self.guide.show_page(self._page)
