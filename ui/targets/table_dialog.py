"""Making a statistics table of one's own: its name, which indicators, what its rows are, what stands beside each number."""

from collections.abc import Iterable

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QWidget,
)

from models.figures.indicator import Indicator
from models.figures.table_forms import PARTS, ROWS, TableForm, part_word, rows_word
from models.language import _
from ui.kit.choice_box import choice_box
from ui.kit.entry_lists import entries, entry, ticked_of
from ui.kit.lines import AROUND_DIALOG, down, line, titled
from ui.kit.plain import caption
from ui.kit.plain_fields import line_field

_SIZE = (460, 560)


class TableDialog(QDialog):
    """A table's name, rows, columns and indicators; :attr:`form` is what was chosen."""

    def __init__(self, known: Iterable[Indicator], form: TableForm, parent: QWidget | None = None) -> None:
        """Begins as ``form`` is, without its name."""
        super().__init__(parent)
        self.setWindowTitle(_("自己的统计表"))
        self.resize(*_SIZE)
        self.name = QLineEdit()
        self.name.setPlaceholderText(_("例如：月报"))
        self.rows = choice_box("", [(rows_word(each), each) for each in ROWS], first=ROWS.index(form.rows))
        self.parts = {each: QCheckBox(caption(part_word(each))) for each in PARTS}
        for part, box in self.parts.items():
            box.setChecked(part in form.parts)
        self.search = line_field(_("查找指标"), _("输入几个字，只列出含有它们的指标"))
        self.search.textChanged.connect(self._find)
        self.indicators = QListWidget()
        self.indicators.setAccessibleName(_("指标"))
        for indicator in known:
            chosen = indicator.key in form.indicators
            self.indicators.addItem(entry(indicator.name, indicator.key, hint=indicator.note, ticked=chosen))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setText(_("保存"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_("取消"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.name.textChanged.connect(self._allow)
        self.indicators.itemChanged.connect(self._allow)
        self._lay_out()
        self._allow()

    def _lay_out(self) -> None:
        form = titled((_("名称"), self.name), (_("行"), self.rows), (_("旁边列出"), line(*self.parts.values())))
        down(form, self.search, (self.indicators, 1), self.buttons, on=self, margins=AROUND_DIALOG)

    def _find(self, text: str) -> None:
        for item in entries(self.indicators):
            item.setHidden(text.strip() not in item.text())

    def _allow(self) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(bool(self.name.text().strip()
            and self.form.indicators))

    @property
    def form(self) -> TableForm:
        """The table as it is chosen now."""
        parts = tuple(part for part, box in self.parts.items() if box.isChecked())
        return TableForm(self.name.text().strip(), tuple(ticked_of(self.indicators)), self.rows.currentData(), parts)
