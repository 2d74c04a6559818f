"""Before a list becomes a file: how many rows, which columns, masked or in full, for whom; a warning for very many people."""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QRadioButton,
    QWidget,
)

from models.language import _
from models.roles import may_unmask
from reports.list_file import Handover
from ui.kit import theme
from ui.kit.agreeing import Agreeing
from ui.kit.context import Context
from ui.kit.lines import AROUND_DIALOG, down, one_of, titled
from ui.kit.plain import Label
from ui.kit.whom import WhomFields

#: From here on a leak of ordinary personal data is a crime's measure (刑法 253-1, 两高 2017 解释 5): the person is warned.
MANY_PEOPLE = 5_000


class ExportDialog(QDialog):
    """Accepted with ``ending`` (.xlsx or .csv) and ``handover``: masked or not, for whom, what for."""

    def __init__(
        self, context: Context, rows: int, titles: Sequence[str], people: bool, private: bool, narrowed: str,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """``titles``: of the columns; ``people``: the ``rows`` are persons; ``private``: some numbers can be covered.

        ``narrowed``: what the list is narrowed to, in words.
        """
        super().__init__(parent)
        self.setWindowTitle(_("存为表格"))
        self.setMinimumWidth(520)
        self._private = private
        what = _("{rows:,} 行，{count} 列：{titles}").format(rows=rows, count=len(titles), titles=_("、").join(titles))
        self.what = Label(what, wrap=True)
        label = _("筛选：{label}").format(label=narrowed) if narrowed else _("没有筛选，全部导出。")
        self.narrowed = Label(label, "secondary", wrap=True)
        many = _("超过 {count:,} 人的个人信息。法律对非法提供的数量有明确的追究标准：只带走用得上的行和列，用完删除。")
        self.many = Label(many.format(count=MANY_PEOPLE), "wrong", wrap=True)
        self.many.setVisible(people and rows > MANY_PEOPLE)
        self.xlsx, self.csv = QRadioButton(_("Excel 工作簿（改好可以再导入）")), QRadioButton(_("CSV 文本"))
        self.xlsx.setChecked(True)
        self.masked, self.full = QRadioButton(_("打星号（脱敏）")), QRadioButton(_("完整号码"))
        self.masked.setChecked(True)
        self.full.setEnabled(may_unmask())
        self.sure = QCheckBox(_("我确认需要完整号码，并已得到授权；这次导出会记入操作留痕"))
        self.sure.hide()
        self.whom = WhomFields(context)
        self.buttons = Agreeing(_("选择位置…"), self)
        self.go = self.buttons.go
        self.full.toggled.connect(self._weigh)
        self.sure.toggled.connect(self._weigh)
        self.whom.changed.connect(self._weigh)
        self._lay_out()

    def _lay_out(self) -> None:
        form = titled(
            (_("内容"), self.what), ("", self.narrowed), (_("格式"), one_of(self.xlsx, self.csv, parent=self)),
            gaps=(theme.WIDE, theme.GAP),
        )  # fmt: skip
        if self._private:
            form.addRow(_("号码"), one_of(self.masked, self.full, parent=self))
            form.addRow("", self.sure)
        down(form, self.whom, self.many, self.buttons, on=self, gap=theme.WIDE, margins=AROUND_DIALOG)

    def _weigh(self) -> None:
        self.sure.setVisible(self.full.isChecked())
        self.go.setEnabled(self.masked.isChecked() or (self.sure.isChecked() and self.whom.said.whole))

    def done(self, result: int) -> None:
        """Want no answer any more once it is closed."""
        self.whom.drop()
        super().done(result)

    @property
    def ending(self) -> str:
        """The chosen format."""
        return ".csv" if self.csv.isChecked() else ".xlsx"

    @property
    def handover(self) -> Handover:
        """How it is handed over."""
        return Handover(not self.full.isChecked(), *self.whom.said)
