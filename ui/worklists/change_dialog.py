"""What a working list is called: its name, its day, its note, the labels of its boxes and days."""

from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from models.language import _
from models.records.worklist import SEPARATOR
from models.worklists.lists import WorklistHead
from ui.kit import theme
from ui.kit.agreeing import Agreeing
from ui.kit.day_editor import DayEditor
from ui.kit.lines import AROUND_DIALOG, down, titled
from ui.kit.plain import Label
from ui.kit.plain_fields import line_field


class ChangeDialog(QDialog):
    """Accepted with ``given``, what ``change_worklist`` takes."""

    def __init__(self, head: WorklistHead, parent: QWidget | None = None) -> None:
        """Begins with what the list is called now."""
        super().__init__(parent)
        self.setWindowTitle(_("名称和栏目"))
        self.day = DayEditor(_("日期"), ahead=True)
        self.day.show_text(head.date)
        self.name = line_field(_("名称"), text=head.name)
        self.boxes = line_field(_("勾选栏"), text=SEPARATOR.join(head.boxes))
        self.days = line_field(_("日期栏"), text=SEPARATOR.join(head.days))
        self.note = line_field(_("备注"), text=head.note)
        form = titled(
            (_("名称"), self.name), (_("日期"), self.day), (_("勾选栏"), self.boxes), (_("日期栏"), self.days), (_("备注"), self.note),
        )  # fmt: skip
        said = Label(_("各栏按位置算：改名不动已经勾过的；已经勾过、写过的栏不能去掉。"), "secondary", wrap=True)
        self.buttons = Agreeing(_("改好"), self)
        down(form, said, self.buttons, on=self, gap=theme.WIDE, margins=AROUND_DIALOG)
        self.setMinimumWidth(440)

    @property
    def given(self) -> dict[str, Any]:
        """What was typed."""
        return {
            "name": self.name.text(), "date": self.day.text(), "note": self.note.text(), "boxes": [self.boxes.text()],
            "days": [self.days.text()],
        }  # fmt: skip
