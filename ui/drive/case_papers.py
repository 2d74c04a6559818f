"""The papers of a case: those that are there with number, date and place, those that its stages ask for and that are not."""

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QWidget

from models.drive.case_file import CaseFile, PaperLine
from models.drive.moves import PAPER_FIELDS
from models.language import _
from models.records.drive_case import CasePaper
from models.values.columns import column_of
from ui.kit.buttons import push_button
from ui.kit.fields import Fields
from ui.kit.lines import BELOW_TABS, down, scrolled, wrapped
from ui.kit.plain import Label
from ui.kit.short_table import ShortTable


class PapersView(QWidget):
    """``keeps(dict, str)`` brings a new paper and "", or what changed of a paper and its uid; ``removes(str)`` names one.

    ``issues()`` asks for papers that the program writes.
    """

    keeps = Signal(object, str)
    removes = Signal(str)
    issues = Signal()

    def __init__(self, places: QStringListModel) -> None:
        """Without papers."""
        super().__init__()
        self.papers: list[PaperLine] = []
        self._of = ""
        self.missing = Label(wrap=True)
        self.table = ShortTable(_("材料"), (_("材料名称"), _("阶段"), _("文号"), _("日期"), _("存放处")))
        self.table.currentCellChanged.connect(self._fill)
        self.fields = Fields([column_of(CasePaper, name) for name in PAPER_FIELDS], places, lines=("name",))
        self.fields.setObjectName("content")
        self.keep = push_button(_("登记这份材料"), self._keep, primary=True)
        self.other = push_button(_("另一份材料"), self._begin)
        self.remove = push_button(_("移除"), self._remove)
        self.issue = push_button(_("出具文书…"), self.issues, "report", hint=_("请示、批复、名单、选票……照台账填好，改过再打印"))
        buttons = wrapped(self.keep, self.other, self.issue, self.remove)  # the pane may be narrow, and the words longer
        fields = scrolled(self.fields, sideways=False, by_tab=False)
        down(self.missing, (self.table, 1), (fields, 1), buttons, on=self, margins=BELOW_TABS)

    def show_file(self, file: CaseFile) -> None:
        """Show the papers of an employer's case; what is being typed about one of them stays."""
        typing = self._of == file.employer["uid"] and bool(self.fields.written())
        self._of = str(file.employer["uid"])
        self.papers = file.papers
        missing = len(file.missing_papers)
        self.missing.setText(
            _("还缺 {count} 份材料。").format(count=missing) if missing else _("到现在的阶段，材料齐全。")
        )
        self.missing.setProperty("role", "wrong" if missing else "secondary")
        self.missing.style().unpolish(self.missing)
        self.missing.style().polish(self.missing)
        self.table.show_rows([_told(paper) for paper in self.papers])
        if not typing:
            self._fill(self.table.currentRow())

    @property
    def current(self) -> PaperLine | None:
        """The paper that is chosen."""
        row = self.table.currentRow()
        return self.papers[row] if 0 <= row < len(self.papers) else None

    def _fill(self, *_place: int) -> None:
        paper = self.current
        texts = {name: getattr(paper, name) or "" for name in PAPER_FIELDS} if paper else {}
        self.fields.show_texts(texts)
        self.remove.setEnabled(paper is not None and paper.uid is not None)
        self.keep.setText(_("保存修改") if paper is not None and paper.uid else _("登记这份材料"))

    def _begin(self) -> None:
        self.table.setCurrentCell(-1, -1)
        self._fill()
        self.fields.editors["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        paper = self.current
        uid = (paper.uid or "") if paper else ""
        self.keeps.emit(self.fields.written() if uid else self.fields.texts(), uid)

    def _remove(self) -> None:
        paper = self.current
        if paper is not None and paper.uid:
            self.removes.emit(paper.uid)


def _told(paper: PaperLine) -> tuple[str, ...]:
    """A paper as a row of the table."""
    number = _("缺（{issuer}）").format(issuer=_(paper.issuer)) if paper.missing else paper.number or ""
    return _(paper.name), _(paper.stage) if paper.stage else "", number, paper.date or "", paper.place or ""
