"""How much of a number stays to be seen where it is covered: on screens, papers and in files."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFormLayout, QWidget

from models.journal.settings import change_setting
from models.language import _
from models.records.setting import setting
from models.values.masking import ID_SHOWN, PHONE_SHOWN
from ui.kit.context import Context
from ui.kit.list_box import ListBox
from ui.kit.written import Written
from ui.settings.sections import told

_ID, _PHONE = "500106198503079012", "13900000001"


class CoveringSettings(QObject):
    """The rows of the section; ``number`` and ``phone`` are their editors."""

    def __init__(self, context: Context, form: QFormLayout, page: QWidget) -> None:
        """Add the rows to ``form``; ``page`` owns them."""
        super().__init__(page)
        self._context = context
        self._written = Written(context, self, self.show_kept)
        self.number, self.phone = ListBox(), ListBox()
        for box, name, choices, value in (
            (self.number, _("证件号"), ID_SHOWN, _ID), (self.phone, _("移动电话"), PHONE_SHOWN, _PHONE),
        ):  # fmt: skip
            box.setAccessibleName(name)
            for key, (head, tail) in choices.items():
                shown = value[:head] + "*" * (len(value) - head - tail) + value[len(value) - tail :]
                box.addItem(_("前 {head} 后 {tail}：{shown}").format(head=head, tail=tail, shown=shown), key)
            form.addRow(name, box)
        self.number.activated.connect(self._keep_number)
        self.phone.activated.connect(self._keep_phone)
        form.addRow("", told(_("纸上和存出去的表里照这样遮。窗口里、旁边有出生日期的纸上，证件号一律只留前 6 位：前 6 后 4 加上出生日期，就是整个号码。")))
        form.addRow("", told(_("不足 15 位的证件和座机另有更严的遮法。完整号码只在逐次确认后显示，并记入操作留痕。")))
        self.show_kept()

    def show_kept(self) -> None:
        """Show what the register holds."""
        self.number.setCurrentIndex(max(0, self.number.findData(setting("id_shown"))))
        self.phone.setCurrentIndex(max(0, self.phone.findData(setting("phone_shown"))))

    def _keep_number(self) -> None:
        self._keep("id_shown", str(self.number.currentData()))

    def _keep_phone(self) -> None:
        self._keep("phone_shown", str(self.phone.currentData()))

    def _keep(self, key: str, value: str) -> None:
        if value != setting(key):
            said = _("已改脱敏的样子，名单和报表从现在起照此显示。")
            self._written.write(said, change_setting, key, value, self._context.author)
