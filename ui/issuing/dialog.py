"""A paper of founding or joining before it is printed: which one, what stands in its places, how it looks."""

from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QFormLayout, QLineEdit, QScrollArea, QSpinBox, QWidget

from models.errors import UserError
from models.journal.done import Done
from models.language import _
from models.papers import numbering, own_templates
from models.papers.catalogue import FoundingPaper, Subject, papers_of
from models.papers.values import BLANK
from models.trail.entry import HandedTo
from models.values.region_index import RegionIndex
from reports import paper as painter
from reports.handing_over import WrittenFile
from reports.layout import Layout
from reports.letters import word
from reports.letters.handing_out import MadePaper, PaperWish, hand_out, make_paper, note, pages_of, paper_act
from ui.kit import theme
from ui.kit.asking import Asking
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.context import Context
from ui.kit.lines import AROUND_DIALOG, REST, across, down, holding, scrolled
from ui.kit.plain import Label
from ui.kit.plain_fields import line_field
from ui.kit.printing import Printing
from ui.kit.when_made import WhenMade
from ui.kit.whom import ask_whom
from ui.kit.written import did

_TYPING_MS, _SCREEN_DPI, _FORM_WIDTH = 350, 96, 330
_NOBODY = HandedTo()


class SeenPaper(NamedTuple):
    """A paper, its pages, what the template is called that stands in the place of ours ("" for ours), the numbers' prefix."""

    made: MadePaper
    pages: Layout
    template: str
    prefix: str


def look_up(wish: PaperWish, index: RegionIndex) -> SeenPaper:
    """Make a paper and its pages."""
    made = make_paper(wish, index)
    own = own_templates.own_template(wish.paper)
    return SeenPaper(made, pages_of(made), own[0] if own else "", numbering.prefix())


class IssuingDialog(QDialog):
    """Papers of one record; stays open until a person closes it, and waits for nothing."""

    def __init__(self, context: Context, subject: Subject, uid: str, name: str, parent: QWidget | None = None) -> None:
        """``subject``: employer, union or person; ``uid`` and ``name`` of the record."""
        super().__init__(parent)
        self.setWindowTitle(_("出具文书：{name}").format(name=name))
        self._context, self._subject, self._uid, self._name = context, subject, uid, name
        self._asking, self._printing = Asking(context.jobs), Printing(context, self)
        self.made: MadePaper | None = None
        self.pages: Layout | None = None
        self._given: dict[str, str] = {}
        self._printed = ""
        self._shown_for = ""
        self._when, self._seen_full = WhenMade(), ""
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.refresh)
        choices = [(each.shown, each) for each in papers_of(subject)]
        self.papers = choice_box(_("文书"), choices, self._choose)
        self.draft = QCheckBox(_("草稿：不编文号，不记为出具"))
        self.full = QCheckBox(_("完整号码"))
        for box in (self.draft, self.full):
            box.toggled.connect(self.refresh)
        self.editors: dict[str, QLineEdit] = {}
        self.form = QWidget()
        self._rows = QFormLayout(self.form)
        self.told = Label(role="secondary", wrap=True)
        self.prefix = line_field(_("机关代字"), _("机关代字，例如 渝工发"))
        self.set_prefix = push_button(_("定为文号前缀"), self._set_prefix)
        self._make_preview()
        self._lay_out()
        for part in (self.prefix, self.set_prefix, self.ours):
            part.hide()
        self.resize(1080, 700)
        self.refresh()

    def _make_preview(self) -> None:
        self.page = Label()
        self.page.setAccessibleName(_("页面预览"))
        self.area = QScrollArea()
        self.area.setAccessibleName(_("页面预览"))
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.setWidget(self.page)
        self.area.setObjectName("desk")
        self.number = QSpinBox()
        self.number.setAccessibleName(_("页码"))
        self.number.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.number.setRange(1, 1)
        self.number.setPrefix(_("第 "))
        self.number.setSuffix(_(" 页"))
        self.number.valueChanged.connect(self._draw)

    def _lay_out(self) -> None:
        self.print = push_button(_("打印…"), partial(self._when.call, self._print), primary=True)
        self.docx = push_button(_("存 Word…"), partial(self._when.call, self._save_docx), "export")
        self.pdf = push_button(_("存 PDF…"), partial(self._when.call, self._save_pdf), "report")
        self.template = push_button(_("换模板…"), self._ask_template)
        self.ours = push_button(_("用自带的模板"), self._use_ours)
        left = QWidget()
        left.setFixedWidth(_FORM_WIDTH)
        down(
            self.papers, self.draft, self.full, (scrolled(self.form, _("选项"), sideways=False), 1),
            across((self.prefix, 1), self.set_prefix), self.told,
            across(self.template, self.ours, REST), on=left,
        )  # fmt: skip
        right = holding(down(across(self.number, REST, self.pdf, self.docx, self.print), (self.area, 1)))
        across(left, (right, 1), on=self, gap=theme.WIDE, margins=AROUND_DIALOG)

    @property
    def paper(self) -> FoundingPaper:
        """The paper that is chosen."""
        found: FoundingPaper = self.papers.currentData()
        return found

    @property
    def wish(self) -> PaperWish:
        """The paper with what was typed."""
        given = {name: text for name, text in self._given.items() if text}
        return PaperWish(
            self.paper, self._subject, self._uid, self._context.today, given, not self.full.isChecked(), self.draft.isChecked()
        )  # fmt: skip

    def _choose(self, *_chosen: object) -> None:
        self._given = {}
        self.refresh()

    def refresh(self, *_changed: object) -> None:
        """Make the paper anew, on the worker thread."""
        if self.full.isChecked() and not self._context.may_unmask():
            self.full.setChecked(False)
            return
        self._when.begin()
        self._asking.ask(look_up, self.wish, self._context.index, done=self._show, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self.made, self.pages = None, None
        self.page.clear()
        self._context.tell_failure(error)
        self.told.setText(str(error) if isinstance(error, UserError) else "")
        self._when.end(made=False)

    def _note_full(self, made: MadePaper) -> None:
        """Keep in the trail that a paper with numbers in full is on the screen: once until it is covered or another."""
        seen = "" if made.wish.masked else made.wish.paper.key
        if seen and seen != self._seen_full:
            self._context.unmasked(made.wish.paper.title, 1, [made.wish.uid])
        self._seen_full = seen

    def _show(self, found: SeenPaper) -> None:
        self.made, self.pages = found.made, found.pages
        if self._shown_for != self.paper.key:
            self._shown_for = self.paper.key
            self._fill_form(self.made)
        self.number.setRange(1, len(self.pages.pages))
        self.ours.setVisible(bool(found.template))
        for part in (self.prefix, self.set_prefix):
            part.setVisible(self.paper.numbered and not found.prefix)
        parts = [
            _("文号：{number}").format(number=self.made.number) if self.made.number else "",
            _("模板：{file}").format(file=found.template) if found.template else "",
            _("空着的印成横线，手填。"),
        ]
        self.told.setText("　".join(filter(None, parts)))
        self._draw()
        self._note_full(found.made)
        if not self._typing.isActive():
            self._when.end(made=True)

    def _fill_form(self, made: MadePaper) -> None:
        while self._rows.rowCount():
            self._rows.removeRow(0)
        self.editors = {}
        for name, value in made.said.items():
            if name in made.asked and isinstance(value, str):
                editor = line_field(_(name), text="" if value == BLANK else value)
                editor.textEdited.connect(partial(self._typed, name))
                self.editors[name] = editor
                self._rows.addRow(_(name), editor)

    def _typed(self, name: str, text: str) -> None:
        self._given[name] = text.strip() or BLANK
        self._when.begin()
        self._typing.start()

    def _draw(self, *_page: object) -> None:
        if self.pages is None:
            return
        wide = self.pages.paper[0] / painter.UNITS_PER_INCH * _SCREEN_DPI
        ratio = self.devicePixelRatioF()
        scale = max(0.5, (self.area.viewport().width() - 12) / wide)
        image = painter.page_image(self.pages, self.number.value(), _SCREEN_DPI * scale * ratio)
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(ratio)
        self.page.setPixmap(picture)
        self.page.resize(picture.deviceIndependentSize().toSize())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def done(self, result: int) -> None:
        """Want no answer any more once it is closed."""
        self._typing.stop()
        self._asking.drop()
        super().done(result)

    # handing out

    def _ready(self) -> bool:
        return self.made is not None and (self.draft.isChecked() or self._context.may_write())

    def _print(self) -> None:
        if not self._ready() or self.made is None or self.pages is None:
            return
        self._printed = self.made.wish.paper.shown
        if self._printing.ask(self.pages, paper_act("print", self.made)):
            self._context.jobs.write(partial(note, self.made, self._context.author), done=self._noted)

    def _noted(self, done: Done[Any]) -> None:
        did(self._context, done, _("已打印《{paper}》，记为出具。").format(paper=self._printed))

    def _save_docx(self) -> None:
        self._ask(".docx", _("存 Word"), _("Word 文档 (*.docx)"))

    def _save_pdf(self) -> None:
        self._ask(".pdf", _("存为 PDF"), _("PDF 文件 (*.pdf)"))

    def _ask(self, ending: str, title: str, kinds: str) -> None:
        if not self._ready() or self.made is None:
            return
        said = ask_whom(self._context, paper_act("export", self.made), _("选择位置…"), self)
        if said is None:
            return
        asked, _chosen = QFileDialog.getSaveFileName(self, title, f"{self.made.wish.paper.title}{ending}", kinds)
        if asked:
            path = Path(asked)
            self.save_to(path if path.suffix.lower() == ending else path.with_name(path.name + ending), said)

    def save_to(self, path: Path, said: HandedTo = _NOBODY) -> None:
        """Write the paper that is shown as .docx or .pdf, and note it as issued unless it is a draft; ``said``: to whom."""
        if self.made is not None:
            self._context.jobs.write(partial(hand_out, path, self.made, self._context.author, said), done=self._saved)

    def _saved(self, done: Done[tuple[WrittenFile, int | None]]) -> None:
        written = done.result[0]
        sentence = _("已存为《{name}》。").format(name=written.path.name) + written.note
        if done.batch is None:
            self._context.notices.tell(sentence)
        else:
            did(self._context, done, sentence + _("已记为出具。"))

    # numbers and templates

    def _set_prefix(self) -> None:
        if self.prefix.text().strip() and self._context.may_write():
            args = (self.prefix.text(), 1, self._context.author)
            self._context.jobs.write(partial(numbering.set_rule, *args), done=self._ruled)

    def _ruled(self, done: Done[Any]) -> None:
        did(self._context, done, _("文号的前缀定好了，从 1 号起；前面用过几号的，可以直接改“文号”那一格。"))
        self.refresh()

    def _ask_template(self) -> None:
        if not self._context.may_write():
            return
        asked, _chosen = QFileDialog.getOpenFileName(self, _("换模板"), "", _("Word 文档 (*.docx)"))
        if asked:
            self.use_template(Path(asked))

    def use_template(self, path: Path) -> None:
        """Put a template in the place of ours, once it is known that it can be filled."""
        self._context.jobs.write(partial(put_template, self.paper, path, self._context.author), done=self._replaced)

    def _use_ours(self) -> None:
        forget = partial(own_templates.forget_own, self.paper, self._context.author)
        self._context.jobs.write(forget, done=self._replaced)

    def _replaced(self, done: Done[Any]) -> None:
        did(self._context, done, _("“{paper}”的模板换好了。").format(paper=self.paper.shown))
        self._shown_for = ""
        self.refresh()


def put_template(paper: FoundingPaper, path: Path, author: Any) -> int | None:
    """Check a template and keep it in the place of ours. UserError for one that cannot be filled."""
    content = word.read_template(path)
    word.check(content, paper, path.name)
    return own_templates.keep_own(paper, path.name, content, author)


