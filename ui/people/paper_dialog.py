"""Before somebody's data is handed out on paper or as a file: masked or in full, printed or saved."""

from typing import Literal

from PySide6.QtWidgets import QCheckBox, QDialog, QRadioButton, QWidget

from models.language import _
from ui.kit import theme
from ui.kit.agreeing import Agreeing
from ui.kit.lines import AROUND_DIALOG, down, one_of
from ui.kit.plain import Label

Way = Literal["print", ".pdf", ".xlsx"]


class PaperDialog(QDialog):
    """Accepted with ``way`` and ``masked``."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name``: whose data it is."""
        super().__init__(parent)
        self.setWindowTitle(_("所持个人信息"))
        said = _("登记册里“{name}”的全部信息和来历：现在的、以前的，会籍变动，别处提到的。只交给本人，或他委托的人。")
        self.told = Label(said.format(name=name), wrap=True)
        self.masked, self.full = QRadioButton(_("打星号（脱敏）")), QRadioButton(_("完整号码"))
        self.masked.setChecked(True)
        self.sure = QCheckBox(_("我已核对申请人身份；这次交出会记入操作日志"))
        self.sure.hide()
        self.ways: dict[Way, QRadioButton] = {
            "print": QRadioButton(_("打印")), ".pdf": QRadioButton(_("存为 PDF")), ".xlsx": QRadioButton(_("存为表格")),
        }  # fmt: skip
        self.ways["print"].setChecked(True)
        self.buttons = Agreeing(_("继续"), self)
        self.full.toggled.connect(self._weigh)
        self.sure.toggled.connect(self._weigh)
        down(
            self.told, one_of(self.masked, self.full, parent=self), self.sure,
            one_of(*self.ways.values(), parent=self), self.buttons, on=self, gap=theme.WIDE, margins=AROUND_DIALOG,
        )  # fmt: skip
        self.setMinimumWidth(460)

    def _weigh(self) -> None:
        self.sure.setVisible(self.full.isChecked())
        self.buttons.go.setEnabled(self.masked.isChecked() or self.sure.isChecked())

    @property
    def way(self) -> Way:
        """How it is handed out: "print", or the ending of the file."""
        return next(way for way, button in self.ways.items() if button.isChecked())
