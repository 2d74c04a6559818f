"""The reports page: which report, of what, masked or not, with its pages beside; then on paper or into a file."""

from pathlib import Path

from PySide6.QtCore import QDate, QSignalBlocker, QSize, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDateEdit,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from models.errors import UserError
from models.language import _
from reports.layout import Layout
from reports.report import Report
from ui import theme
from ui.acting import act_by
from ui.context import Context
from ui.empty import EmptyState
from ui.icons import dress
from ui.notices import Action
from ui.papers.jobs import Offered, RosterChoice, compose, note_disclosure, offered, write
from ui.papers.preview import Preview
from ui.papers.printing import print_layout
from ui.region_box import region_choices
from ui.search_combo import SearchCombo

_SHOWS = frozenset({"union", "worker", "membership_event", "region"})
_SIDE_WIDTH = 260


class ReportsPage(QWidget):
    """Reports of the register. The preview follows every choice; numbers are masked until a person agrees to more."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """A page that asks the register when it is first shown."""
        super().__init__(parent)
        self._context = context
        self._stale, self._waiting, self._running = True, False, False
        self.report: Report | None = None
        self._layout: Layout | None = None
        self._written = Path()
        self.kinds = QListWidget()
        self.kinds.setAccessibleName(_("报表"))
        self.kinds.addItem(_("会员花名册"))
        self.kinds.item(0).setSizeHint(QSize(0, theme.ROW_HEIGHT + 4))
        self.kinds.setCurrentRow(0)
        self.of_union, self.of_region = QRadioButton(_("一个工会")), QRadioButton(_("一个镇街或区县"))
        self.union = SearchCombo(_("工会"), _("请选择工会"))
        self.region = SearchCombo(_("区划"), _("请选择镇街或区县"))
        self.masked, self.full = QRadioButton(_("脱敏（对外张贴、传阅用）")), QRadioButton(_("完整号码"))
        self.day = QDateEdit(QDate(context.today.year, context.today.month, context.today.day))
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setButtonSymbols(QDateEdit.ButtonSymbols.NoButtons)
        self.day.setAccessibleName(_("填报日期"))
        self.print, self.pdf, self.sheet = QPushButton(), QPushButton(), QPushButton()
        self.preview = Preview()
        self.nothing = EmptyState("report", "", "")
        self.nothing_here = EmptyState("report", _("还没有工会和会员。先在“导入”页导入一份会员花名册，再回来打印。"), "")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        content = QWidget()
        columns = QHBoxLayout(content)
        columns.setContentsMargins(theme.WIDE, 12, theme.WIDE, 12)
        columns.setSpacing(theme.WIDE)
        self.kinds.setFixedWidth(132)
        columns.addWidget(self.kinds)
        choices = self._choices()
        choices.setObjectName("choices")
        choices.setStyleSheet("QFrame#choices { background: transparent; }")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(choices)
        scroll.setFixedWidth(_SIDE_WIDTH)
        columns.addWidget(scroll)
        right = QWidget()
        right.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._shown = QStackedLayout(right)
        self._shown.addWidget(self.preview)
        self._shown.addWidget(self.nothing)
        columns.addWidget(right, 1)
        self._whole = QStackedLayout(self)
        self._whole.addWidget(content)
        self._whole.addWidget(self.nothing_here)

    def _choices(self) -> QFrame:
        self._of, self._numbers = QButtonGroup(self), QButtonGroup(self)
        for group, choices in ((self._of, (self.of_union, self.of_region)), (self._numbers, (self.masked, self.full))):
            for choice in choices:
                group.addButton(choice)
            choices[0].setChecked(True)
        self.print.setProperty("primary", True)
        dress(self.pdf, "report")
        dress(self.sheet, "export")
        for name, button in (("print", self.print), ("pdf", self.pdf), ("sheet", self.sheet)):
            act_by(self, f"reports.{name}", button)
        pane = QFrame()
        rows = QVBoxLayout(pane)
        rows.setContentsMargins(0, 0, 4, 0)
        rows.setSpacing(6)
        for title, parts in (
            (_("范围"), (self.of_union, self.union, self.of_region, self.region)),
            (_("证件号和电话"), (self.masked, self.full)),
            (_("填报日期"), (self.day,)),
        ):
            heading = QLabel(title)
            heading.setProperty("role", "secondary")
            rows.addWidget(heading)
            for part in parts:
                rows.addWidget(part)
            rows.addSpacing(4)
        for button in (self.print, self.pdf, self.sheet):
            rows.addWidget(button)
        rows.addStretch(1)
        return pane

    def _connect(self) -> None:
        self._of.buttonClicked.connect(self._compose)
        self.union.chosen.connect(self._choose_union)
        self.region.chosen.connect(self._choose_region)
        self.masked.clicked.connect(self._compose)
        self.full.clicked.connect(self._ask_full)
        self.day.dateChanged.connect(self._compose)
        self.print.clicked.connect(self._print)
        self.pdf.clicked.connect(self._save_pdf)
        self.sheet.clicked.connect(self._save_sheet)
        self._context.changes.changed.connect(self._on_changed)

    # what there is to report on

    def refresh(self) -> None:
        """Ask the register anew for unions and regions, and compose the report again."""
        self._stale = False
        self._context.jobs.run(offered, self._context.index, done=self._offer)

    def _offer(self, found: Offered) -> None:
        self._whole.setCurrentIndex(0 if found.unions else 1)
        with QSignalBlocker(self.union), QSignalBlocker(self.region):
            self.union.offer(found.unions)
            self.region.offer(region_choices(self._context.index, found.regions))
        if not self.union.uid:
            self.union.choose(found.largest)
        self._compose()

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & _SHOWS:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    # composing

    @property
    def choice(self) -> RosterChoice:
        """What the person chose."""
        of_union = self.of_union.isChecked()
        return RosterChoice(
            union=self.union.uid if of_union else "",
            region="" if of_union else self.region.uid,
            day=self.day.date().toString("yyyy-MM-dd"),
            masked=self.masked.isChecked(),
        )

    def _choose_union(self) -> None:
        self.of_union.setChecked(True)
        self._compose()

    def _choose_region(self) -> None:
        self.of_region.setChecked(True)
        self._compose()

    def _ask_full(self) -> None:
        if self._context.full_numbers:
            self._compose()
            return
        self.masked.setChecked(True)
        self._context.notices.ask(
            _("名册上将印出完整的证件号和电话，打印和保存都会记入操作日志。请确认确有需要，并妥善保管。"),
            Action(_("用完整号码"), self._use_full),
        )

    def _use_full(self) -> None:
        self.full.setChecked(True)
        self._compose()

    def _compose(self) -> None:
        """Compose the report anew; a choice made while one is being composed is taken up afterwards."""
        if self._running:
            self._waiting = True
            return
        choice = self.choice
        if not (choice.union or choice.region):
            self._show(None, None)
            self.nothing.say(_("请在左边选择一个工会、镇街或区县。"))
            return
        self._running = True
        self._context.jobs.run(compose, self._context.index, choice, done=self._composed, failed=self._failed)

    def _composed(self, made: tuple[Report, Layout]) -> None:
        self._running = False
        self._show(*made)
        self._compose_waiting()

    def _failed(self, error: Exception) -> None:
        self._running = False
        self._show(None, None)
        self.nothing.say(str(error) if isinstance(error, UserError) else "")
        self._compose_waiting()

    def _compose_waiting(self) -> None:
        if self._waiting:
            self._waiting = False
            self._compose()

    def _show(self, report: Report | None, layout: Layout | None) -> None:
        self.report, self._layout = report, layout
        self.preview.show_layout(layout)
        self._shown.setCurrentIndex(0 if layout else 1)
        for button in (self.print, self.pdf, self.sheet):
            button.setEnabled(layout is not None)

    # handing out

    def _print(self) -> None:
        if self._layout is None or self.report is None:
            return
        if print_layout(self._layout, self):
            self._note("print")
            self._context.notices.tell(_("已送到打印机：{title}，{pages} 页。").format(
                title=self.report.title, pages=len(self._layout.pages)))  # fmt: skip

    def _note(self, verb: str) -> None:
        if not self.choice.masked and self.report is not None:
            self._context.jobs.run(note_disclosure, self._context.author, verb, self.report)

    def _save_pdf(self) -> None:
        self._ask_and_save("pdf", _("PDF 文件 (*.pdf)"))

    def _save_sheet(self) -> None:
        self._ask_and_save("xlsx", _("Excel 工作簿 (*.xlsx)"))

    def _ask_and_save(self, ending: str, pattern: str) -> None:
        if self.report is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = f"{self.report.title}_{self.report.organization}_{self.report.day}.{ending}".replace("/", "")
        asked, _filter = QFileDialog.getSaveFileName(self, _("保存报表"), str(Path(folder) / name), pattern)
        if asked:
            path = Path(asked)
            self.save_to(path if path.suffix.lower() == f".{ending}" else path.with_name(f"{path.name}.{ending}"))

    def save_to(self, path: Path) -> None:
        """Write the report that is shown into a file, as PDF or workbook by its ending, over an existing one."""
        if self.report is None:
            return
        self._written = path
        author = None if self.choice.masked else self._context.author
        title = _("正在保存《{name}》").format(name=path.name)
        self._context.jobs.run(write, self.report, path, author, done=self._told, title=title)

    def _told(self, _nothing: object) -> None:
        sentence = _("已存为《{name}》。").format(name=self._written.name)
        self._context.notices.tell(sentence, Action(_("打开"), self._open), Action(_("打开文件夹"), self._open_folder))

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written)))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.parent)))
