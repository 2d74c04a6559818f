"""Last step of an import: what was done, the returned workbooks, and the way back."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget

from importers.session import Outcome
from models.language import _
from ui.kit import theme
from ui.kit.acting import act_by
from ui.kit.buttons import push_button
from ui.kit.files_view import empty
from ui.kit.icons import icon
from ui.kit.lines import REST, across, down, holding, scrolled
from ui.kit.plain import Label


def headline(outcome: Outcome) -> str:
    """What an import did, in one sentence."""
    if outcome.batch is None:
        return _("没有导入任何内容，登记册没有改动")
    rows = outcome.counts["new"] + outcome.counts["updated"]
    return _("已导入 {rows:,} 行（批次 {batch}）").format(rows=rows, batch=outcome.batch)


def account(outcome: Outcome) -> str:
    """The counts of an import, those that are not zero."""
    counts = outcome.counts
    parts = [
        (counts["new"], _("新增 {rows:,} 行")), (counts["updated"], _("更新 {rows:,} 行")),
        (counts["same"], _("{rows:,} 行与登记册相同")), (counts["refused"], _("{rows:,} 行有错误，没有导入")),
        (counts["conflict"], _("{rows:,} 行要你决定，没有导入")), (counts["skipped"], _("{rows:,} 行按你的选择跳过")),
    ]  # fmt: skip
    told = [text.format(rows=rows) for rows, text in parts if rows]
    if outcome.kept:
        told.append(_("{values:,} 个值保留了登记册里原来的").format(values=outcome.kept))
    return _("；").join(told)


class ResultView(QWidget):
    """``undoing()``, ``another()`` and ``looking()`` are the three ways on from here."""

    undoing = Signal()
    another = Signal()
    looking = Signal()

    def __init__(self) -> None:
        """Without a result."""
        super().__init__()
        self.sign, self.title, self.counts = Label(), Label(role="title"), Label()
        self.counts.setWordWrap(True)
        self._returned = down(gap=0)
        self._about_returned = Label(
            _("下面的退回表写明了没有导入或要核对的行和原因，放在原文件旁边，可以发回给填表单位，改好后再导入：")
        )
        self._about_returned.setWordWrap(True)
        self.undo = push_button("", self.undoing, "undo", "ink")
        self.again = push_button("", self.another, "import", "ink")
        self.look = push_button(_("去看名册"), self.looking, primary=True)
        act_by(self, "import.undo", self.undo)
        act_by(self, "import.again", self.again)
        self.links: dict[str, QPushButton] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        head = across(gap=12)
        head.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        texts = down(self.title, self.counts, gap=4)
        head.addLayout(texts, 1)
        listed = QWidget()
        listed.setObjectName("listed")
        listed.setStyleSheet("QWidget#listed { background: transparent; }")
        listed.setLayout(self._returned)
        self._area = scrolled(listed)
        down(
            head, across(self.look, self.again, self.undo, REST), self._about_returned, (self._area, 1), 0, on=self,
            gap=theme.WIDE, margins=(0, theme.PAGE, 0, 0),
        )  # fmt: skip

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what an import did."""
        done = outcome.batch is not None
        self.sign.setPixmap(icon("check" if done else "help", "good" if done else "muted").pixmap(QSize(32, 32)))
        self.title.setText(headline(outcome))
        self.counts.setText(account(outcome))
        self.undo.setVisible(done)
        self.tell_undoing(_("撤销这次导入"), possible=done)
        self.links.clear()
        empty(self._returned)
        self._about_returned.setVisible(bool(outcome.returned))
        for name, path in outcome.returned.items():
            self._returned.addWidget(self._returned_row(name, path))
        for sentence in outcome.problems.values():
            told = Label(sentence, "wrong", wrap=True)
            self._returned.addWidget(told)
        lines = self._returned.count()
        self._area.setVisible(lines > 0)
        self._area.setMaximumHeight(lines * (self.fontMetrics().height() + 14))

    def _returned_row(self, name: str, path: Path) -> QWidget:
        said = Label(_("《{name}》").format(name=path.name))
        link = push_button(_("打开所在文件夹"), self._open_folder, flat=True)
        link.setProperty("folder", str(path.parent))
        self.links[name] = link
        return holding(across(said, link, REST, gap=None))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self.sender().property("folder")))

    def tell_undoing(self, text: str, possible: bool) -> None:
        """What the undo button says, and whether it can be pressed."""
        self.undo.setText(text)
        self.undo.setEnabled(possible)
