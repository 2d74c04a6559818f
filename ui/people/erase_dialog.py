"""Before somebody's data is erased for good: what goes, what stays, who else's texts name them; confirmed by typing."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QWidget,
)

from models.language import _
from models.people.copies import Copy
from models.people.erasing import ErasurePlan
from models.people.erasing_words import plan_lines
from reports.person_paper import mention_text
from ui.kit import theme
from ui.kit.agreeing import Agreeing
from ui.kit.entry_lists import entries, entry, meant, ticked_of
from ui.kit.lines import AROUND_DIALOG, down, titled
from ui.kit.plain import Label, tip

_MENTIONS_HIGH = 130


class EraseDialog(QDialog):
    """Accepted with ``reason``, ``mentions`` (uids of records whose texts are to be changed) and ``renew`` the backups."""

    def __init__(self, seen: ErasurePlan, held: Sequence[Copy], parent: QWidget | None = None) -> None:
        """``seen``: what it would do; ``held``: the copies of the register that still hold the people."""
        super().__init__(parent)
        self.setWindowTitle(_("依申请删除个人信息"))
        self.setMinimumWidth(560)
        self.told = [Label(line, wrap=True) for line in plan_lines(seen)]
        for label in self.told[1 : 1 + len(seen.warnings)]:
            label.setProperty("role", "wrong")
        self.mentions = QListWidget()
        self.mentions.setAccessibleName(_("别的记录里提到的"))
        self.mentions.setMaximumHeight(_MENTIONS_HIGH)
        self._fill(seen)
        self.mentions.itemChanged.connect(self._tick_record)
        self.reason, self.typed = QLineEdit(), QLineEdit()
        self.reason.setPlaceholderText(_("例如 本人书面申请，登记第 12 号；不要写姓名和号码"))
        self.word = self._confirming(seen)
        self.typed.setPlaceholderText(self.word)
        self.backups = QCheckBox(_("先做一份新备份，再删去还存着他的 {count} 份备份和旧文件").format(count=len(held)))
        self.backups.setVisible(bool(held))
        self.backups.setToolTip(tip("\n".join(each.path.name for each in held)))
        self.buttons = Agreeing(_("永久删除"), self)
        self.buttons.let_enter(False)
        self.reason.textChanged.connect(self._weigh)
        self.typed.textChanged.connect(self._weigh)
        self._lay_out(bool(seen.mentions))
        self._weigh()

    def _confirming(self, seen: ErasurePlan) -> str:
        """What has to be typed: the name of the one, the number of several."""
        names = list(seen.names.values())
        if len(names) == 1 and names[0]:
            return names[0]
        return _("删除 {count} 人").format(count=len(names))

    def _fill(self, seen: ErasurePlan) -> None:
        for each in seen.mentions:
            self.mentions.addItem(entry(mention_text(each), each.uid, ticked=False))

    def _lay_out(self, mentioned: bool) -> None:
        content = QWidget()
        content.setObjectName("content")
        lines = down(*self.told, on=content, gap=None)
        if mentioned:
            lines.addWidget(Label(_("别的记录里也提到他。不勾选的照旧留着；勾选的记录里去掉姓名和号码："), wrap=True))
            lines.addWidget(self.mentions)
        lines.addStretch(1)
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setFrameShape(QScrollArea.Shape.NoFrame)
        scrolled.setWidget(content)
        form = titled((_("原因"), self.reason), gaps=(theme.WIDE, theme.GAP))
        form.addRow(self.backups)
        form.addRow(_("输入“{word}”确认").format(word=self.word), self.typed)
        down((scrolled, 1), form, self.buttons, on=self, gap=theme.WIDE, margins=AROUND_DIALOG)
        self.resize(600, 480)
        self.reason.setFocus()

    def _tick_record(self, ticked: QListWidgetItem) -> None:
        """All texts of one record go, or none of them."""
        with QSignalBlocker(self.mentions):
            for item in entries(self.mentions):
                if meant(item) == meant(ticked):
                    item.setCheckState(ticked.checkState())

    def _weigh(self) -> None:
        sure = self.typed.text().strip() == self.word
        self.buttons.go.setEnabled(sure and bool(self.reason.text().strip()))

    @property
    def chosen(self) -> list[str]:
        """The records (uids) whose texts are to be changed, each once."""
        return list(dict.fromkeys(ticked_of(self.mentions)))
