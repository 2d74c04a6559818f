"""Asks what the own field is to be that a column of a sheet becomes: its name and kind, and the options of a choice."""

from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from importers.columns.own_kind import likely
from importers.own import wished
from importers.rows.understanding import SheetView
from models.editing.own_fields import LONGEST, NewField
from models.errors import UserError
from models.language import _
from models.records.own_field import KINDS, SEPARATOR
from ui.kit import theme
from ui.kit.agreeing import Agreeing
from ui.kit.choice_box import choice_box
from ui.kit.lines import titled
from ui.kit.plain import Label


class OwnFieldDialog(QDialog):
    """Begins with the column's header as the name, and the kind that its cells have. ``wanted`` is the field once agreed."""

    def __init__(self, view: SheetView, column: int, parent: QWidget | None = None) -> None:
        """``column``: its index in the sheet."""
        super().__init__(parent)
        self.setWindowTitle(_("新增字段"))
        self.wanted: NewField | None = None
        self._view, self._column = view, column
        self.name = QLineEdit(self._header())
        self.name.setMaxLength(LONGEST)
        self.kind = choice_box("", [(_(label), key) for key, label in KINDS.items()])
        self.options = QLineEdit()
        self.options.setPlaceholderText(_("几个选项之间用顿号“、”"))
        for field, title in ((self.name, _("字段名称")), (self.kind, _("内容")), (self.options, _("选项"))):
            field.setAccessibleName(title)
            field.setMinimumWidth(300)
        self.wrong = Label(role="wrong", wrap=True)
        self.wrong.hide()
        self.buttons = Agreeing(_("新增字段"), self, self._agree)
        self.kind.currentIndexChanged.connect(self._fit)
        self._lay_out()
        self._propose()

    def _lay_out(self) -> None:
        said = Label(
            _("这一列没有对应的字段。新增以后，它和别的字段一样能填写、筛选、导出，可以撤销，也可以在“设置”里改名、停用。"), "secondary", wrap=True
        )
        self._form = titled((_("字段名称"), self.name), (_("内容"), self.kind), (_("选项"), self.options))
        self._form.setHorizontalSpacing(theme.WIDE)
        rows = QVBoxLayout(self)
        rows.setSpacing(theme.GAP)
        rows.addWidget(said)
        rows.addLayout(self._form)
        rows.addWidget(self.wrong)
        rows.addWidget(self.buttons)
        self.resize(460, self.sizeHint().height())

    def _header(self) -> str:
        matches = self._view.mapping.matches if self._view.mapping is not None else ()
        text = next((each.header for each in matches if each.index == self._column), "")
        return " ".join(text.split())[:LONGEST]

    def _propose(self) -> None:
        found = likely(self._view.written(self._column))
        self.kind.setCurrentIndex(self.kind.findData(found.kind))
        self.options.setText(SEPARATOR.join(found.options))
        self._fit()

    def _fit(self) -> None:
        self._form.setRowVisible(self.options, self.kind.currentData() == "choice")

    def _agree(self) -> None:
        written = self.options.text().replace(",", SEPARATOR).replace("，", SEPARATOR)
        options = [each for each in written.split(SEPARATOR) if each.strip()]
        try:
            self.wanted = wished(self._view, self._column, self.name.text(), str(self.kind.currentData()), options)
        except UserError as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            return
        self.accept()
