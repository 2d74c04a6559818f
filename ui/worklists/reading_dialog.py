"""What a sheet that came back would write: the changes, and the rows that are not sure, each to be answered."""

from PySide6.QtWidgets import QComboBox, QDialog, QTableWidget, QTableWidgetItem, QWidget

from importers.worklist_sheet import SKIP, WorklistReading
from models.language import _
from ui.kit.agreeing import Agreeing
from ui.kit.choice_box import choice_box
from ui.kit.lines import AROUND_DIALOG, BELOW_TABS, down, holding, tabbed
from ui.kit.list_model import ListModel, text_column
from ui.kit.plain import Label
from ui.kit.sorted_table import sorted_table

_ANSWER = 4


class ReadingDialog(QDialog):
    """Accepted with ``answers``: row → the uid of the record that is meant, or ``skip``."""

    def __init__(self, reading: WorklistReading, parent: QWidget | None = None) -> None:
        """Begins with nothing answered: whoever asks is left out."""
        super().__init__(parent)
        self.setWindowTitle(_("读回《{file}》").format(file=reading.file))
        self._reading = reading
        told = _("工作名单“{name}”：{changed:,} 条有变化，{same:,} 行没有变化，{asked:,} 行要问。空格子不改已经勾过的。")
        self.told = Label(
            told.format(name=reading.head.name, changed=len(reading.wanted), same=reading.same, asked=len(reading.questions)),
            "secondary", wrap=True,
        )  # fmt: skip
        columns = [
            text_column("called", _("名称"), 10, lambda each: each.called),
            text_column("title", _("栏目"), 6, lambda each: each.title),
            text_column("before", _("原来"), 8, lambda each: each.before),
            text_column("after", _("改为"), 14, lambda each: each.after),
        ]
        self.changes = ListModel(columns, self)
        self.changes.show_items(reading.changes)
        self.table = sorted_table(_("会写的"), self.changes, 3)
        self.questions = QTableWidget(len(reading.questions), _ANSWER + 1)
        self.questions.setAccessibleName(_("要问的"))
        self.questions.setHorizontalHeaderLabels([_("工作表"), _("行"), _("名称"), _("问题"), _("怎么办")])
        self.questions.verticalHeader().hide()
        self.questions.setShowGrid(False)
        self.questions.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.questions.horizontalHeader().setStretchLastSection(False)
        self._boxes: dict[int, QComboBox] = {}
        self._fill()
        self.buttons = Agreeing("", self)
        self.go = self.buttons.go
        self._lay_out()
        self._weigh()

    def _fill(self) -> None:
        for place, each in enumerate(self._reading.questions):
            for column, text in enumerate((each.sheet, str(each.row), each.called, each.why)):
                self.questions.setItem(place, column, QTableWidgetItem(text))
            choices = [(_("不管"), SKIP), *((_("是“{name}”，加进名单").format(name=name), uid) for uid, name in each.candidates)]
            box = choice_box(_("第 {row} 行怎么办").format(row=each.row), choices, self._weigh)
            box.setEnabled(bool(each.candidates))
            self._boxes[each.row] = box
            self.questions.setCellWidget(place, _ANSWER, box)
        for column, width in enumerate((90, 44, 90, 330, 210)):
            self.questions.setColumnWidth(column, width)

    def _lay_out(self) -> None:
        written = holding(down((self.table, 1), margins=BELOW_TABS))
        asked = holding(down((self.questions, 1), margins=BELOW_TABS))
        tabs = tabbed(
            (_("会写的 {count:,}").format(count=len(self._reading.changes)), written),
            (_("要问的 {count:,}").format(count=len(self._reading.questions)), asked),
        )
        if self._reading.questions and not self._reading.changes:
            tabs.setCurrentIndex(1)
        down(self.told, (tabs, 1), self.buttons, on=self, margins=AROUND_DIALOG)
        self.resize(860, 460)

    def answer(self, row: int, uid: str) -> None:
        """Answer the question of a row as a person does."""
        box = self._boxes[row]
        box.setCurrentIndex(box.findData(uid))
        self._weigh()

    @property
    def answers(self) -> dict[int, str]:
        """What was answered, by the row."""
        return {row: str(box.currentData()) for row, box in self._boxes.items()}

    def _weigh(self, *_chosen: object) -> None:
        count = len(self._reading.wanted) + sum(1 for answer in self.answers.values() if answer != SKIP)
        self.go.setText(_("写下 {count:,} 条").format(count=count))
        self.go.setEnabled(count > 0)
