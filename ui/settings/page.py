"""Settings: who works here, how the window looks, what the register goes by, backups, the passphrase."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from models import backup, keys, register
from models.errors import Stopped, UserError
from models.language import _
from models.laptop import read_laptop, write_laptop
from models.register import KEY, Register
from models.setting import change_setting, setting
from ui import theme
from ui.acting import act_by
from ui.context import Context
from ui.idle import USUAL_MINUTES, lock_minutes
from ui.notices import Action
from ui.search_combo import SearchCombo
from ui.settings.groups import GroupsSettings
from ui.settings.label_lists import LabelLists
from ui.settings.own import TownList, districts, keep_own
from ui.settings.regions import RegionsSettings
from ui.settings.restore_dialog import RestoreDialog
from ui.settings.rules import RuleSettings
from ui.written import Written

#: No enterprise here employs more.
_LARGEST_THRESHOLD = 99_999


def new_passphrase(opened: Register, old: str, new: str) -> None:
    """Give the register a new passphrase once the old one, or the recovery code, has proved right.

    Raises WrongPassphrase, or UserError when the new one is too short.
    """
    keys.unwrap(keys.read_side_file(opened.folder / KEY), old)
    register.change_passphrase(opened, new)


class SettingsPage(QWidget):
    """``dressed()`` asks for the look to be put on anew; ``restoring(Path, str)`` to go back to a backup and its secret."""

    dressed = Signal()
    restoring = Signal(object, str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Shows what the laptop's own file and the register say."""
        super().__init__(parent)
        self._context = context
        self._written = Written(context, self, self._show_kept)
        content = QWidget()
        content.setObjectName("content")
        self._form = QFormLayout(content)
        self._form.setContentsMargins(theme.PAGE, theme.WIDE, theme.PAGE, theme.WIDE)
        self._form.setHorizontalSpacing(theme.PAGE)
        self._form.setVerticalSpacing(12)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self._person_rows()
        self._look_rows()
        self._register_rows()
        self._list_rows()
        self._backup_rows()
        self._passphrase_rows()
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setWidget(content)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(scrolled)
        context.changes.changed.connect(self._on_changed)

    def _section(self, title: str) -> None:
        label = QLabel(title)
        label.setFont(theme.font(1.0, bold=True))
        label.setContentsMargins(0, theme.GAP, 0, 0)
        self._form.addRow(label)

    def _person_rows(self) -> None:
        self._section(_("我"))
        self.person = QLineEdit(self._context.author.person)
        self.person.setMinimumWidth(240)
        self.person.editingFinished.connect(self._name)
        self._form.addRow(_("姓名"), self.person)
        self._form.addRow("", _told(_("写进操作记录：谁在什么时候导入、修改。下次打开时起用。")))

    def _look_rows(self) -> None:
        self._section(_("外观"))
        kept = read_laptop()
        self.mode = _choice(kept.get("theme"), ("auto", _("跟随系统")), ("light", _("浅色")), ("dark", _("深色")))
        self.points = _choice(
            kept.get("font") or "standard", ("small", _("小")), ("standard", _("标准")), ("large", _("大"))
        )
        minutes = lock_minutes()
        offered = sorted({0, 5, USUAL_MINUTES, 30, 60, minutes})
        told = [(str(each), _("{count} 分钟").format(count=each) if each else _("不锁定")) for each in offered]
        self.locking = _choice(str(minutes), *told)
        self.locking.setAccessibleName(_("自动锁定"))
        self.locking.activated.connect(self._look)
        self.mode.activated.connect(self._look)
        self.points.activated.connect(self._look)
        self._form.addRow(_("明暗"), self.mode)
        self._form.addRow(_("字号"), self.points)
        self._form.addRow(_("自动锁定"), self.locking)
        self._form.addRow("", _told(_("这么久没有人动键盘和鼠标，就关闭登记册，再用要输入口令。正在导入、有没保存的内容时不锁。")))

    def _register_rows(self) -> None:
        self._section(_("登记册"))
        self.threshold = QSpinBox()
        self.threshold.setRange(1, _LARGEST_THRESHOLD)
        self.threshold.setSuffix(_(" 人"))
        self.threshold.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.threshold.setMinimumWidth(140)
        self.threshold.editingFinished.connect(self._keep_threshold)
        self.home = SearchCombo(_("所在区县"), _("不指定"))
        self.home.setToolTip(_("可以输入名称的一部分查找"))
        self.home.offer(districts(self._context.index))
        self.home.chosen.connect(self._keep_home)
        self.towns = TownList(self._context.index)
        self.towns.ticked.connect(self._keep_towns)
        self._show_kept()
        self._form.addRow(_("攻坚人数线"), self.threshold)
        self._form.addRow(
            "", _told(_("用工达到这个人数、还没有工会的非公企业列入“建会攻坚”。这里数的是职工，不是会员。"))
        )
        self._form.addRow(_("所在区县"), self.home)
        self._form.addRow("", _told(_("表里只写了镇街名时，优先在这个区县里找。")))
        self._form.addRow(_("我的镇街"), self.towns)
        self._form.addRow("", _told(_("名单的区划筛选里，“我的镇街”排在最前。")))
        self._section(_("体检和进度"))
        self._form.addRow("", _told(_("法规的现行文本没有找到、或各区县掌握不同的数，按本地的要求改。")))
        self.rules = RuleSettings(self._context, self._form, self)
        self._hold_still(self.threshold, self.home, self.mode, self.points, self.locking, *self.rules.editors())

    def _hold_still(self, *fields: QWidget) -> None:
        for field in fields:
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            field.installEventFilter(self)

    def _list_rows(self) -> None:
        self._section(_("群体"))
        self.groups = GroupsSettings(self._context)
        self._form.addRow(self.groups)
        self._section(_("区划"))
        self.places = RegionsSettings(self._context)
        self._form.addRow(self.places)
        self._section(_("选项"))
        self.labels = LabelLists()
        self._form.addRow(self.labels)
        self._hold_still(self.places.box, self.places.level, self.labels.field)

    def _backup_rows(self) -> None:
        self._section(_("备份"))
        folder = self._context.register.folder
        self.back_up = QPushButton()
        self.back_up_to = QPushButton()
        self.restore = QPushButton(_("恢复备份…"))
        self.back_up.clicked.connect(self._back_up)
        self.back_up_to.clicked.connect(self._back_up_to)
        self.restore.clicked.connect(self._restore)
        act_by(self, "settings.back_up", self.back_up)
        act_by(self, "settings.back_up_to", self.back_up_to)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        for button in (self.back_up, self.back_up_to, self.restore):
            row.addWidget(button)
        row.addStretch(1)
        self._form.addRow("", row)
        told = _("关闭窗口时自动备份，保留最近 {count} 份：{folder}").format(
            count=backup.KEEP, folder=folder / "backups"
        )
        self._form.addRow("", _told(told))

    def _passphrase_rows(self) -> None:
        self._section(_("口令"))
        self.old, self.first, self.second = _secret(), _secret(), _secret()
        self._form.addRow(_("现在的口令"), self.old)
        self._form.addRow(_("新口令"), self.first)
        self._form.addRow(_("再输一遍"), self.second)
        self.change = QPushButton(_("修改口令"))
        self.change.clicked.connect(self._change)
        self.second.returnPressed.connect(self._change)
        self.told = QLabel()
        self.told.setProperty("role", "wrong")
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self.change)
        row.addWidget(self.told, 1)
        self._form.addRow("", row)
        self._form.addRow("", _told(_("恢复码不变，仍然有效。")))

    def _name(self) -> None:
        name = self.person.text().strip()
        if name and name != read_laptop().get("person", self._context.author.person):
            write_laptop(read_laptop() | {"person": name})
            self._context.notices.tell(_("已记下姓名，下次打开时起用。"))

    def _look(self) -> None:
        chosen = {"theme": self.mode.currentData(), "font": self.points.currentData()}
        write_laptop(read_laptop() | chosen | {"lock_minutes": int(self.locking.currentData())})
        self.dressed.emit()

    def _show_kept(self) -> None:
        with QSignalBlocker(self.threshold):
            self.threshold.setValue(int(setting("threshold")))
        self.home.choose(str(setting("home_district")))
        self.towns.show_district(self.home.uid, setting("my_towns"))

    def _keep_threshold(self) -> None:
        self._keep("threshold", self.threshold.value())

    def _keep_home(self, name: str) -> None:
        if name != setting("home_district"):
            self._written.write({"setting"}, _("已记入登记册的设置。"), keep_own, name, [], self._context.author)

    def _keep_towns(self) -> None:
        self._keep("my_towns", self.towns.towns())

    def _keep(self, key: str, value: object) -> None:
        if value != setting(key):
            self._written.write({"setting"}, _("已记入登记册的设置。"), change_setting, key, value, self._context.author)

    def _on_changed(self, kinds: set[str]) -> None:
        if "setting" in kinds:
            self._show_kept()
            self.rules.show_kept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Scrolling the page must not turn a setting that the pointer happens to pass."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _back_up(self) -> None:
        self._context.jobs.run(backup.back_up, self._context.register, done=self._backed_up, title=_("正在备份"))

    def _back_up_to(self) -> None:
        name = f"{_('建会通')}-{self._context.today.isoformat()}{backup.SUFFIX}"
        path, _kind = QFileDialog.getSaveFileName(self, _("备份到"), name, f"*{backup.SUFFIX}")
        if path:
            self._context.jobs.run(
                backup.back_up, self._context.register, Path(path), done=self._backed_up, title=_("正在备份")
            )

    def _backed_up(self, path: Path) -> None:
        self._context.notices.tell(_("已备份并核对：{path}").format(path=path))

    def _restore(self) -> None:
        asked = RestoreDialog(self._context.register.folder, self)
        if asked.exec() == QDialog.DialogCode.Accepted:
            self._wish: tuple[Path, str] = (asked.path, asked.secret)
            sentence = _("将关闭登记册并恢复《{name}》，现在的登记册会保存在旁边。").format(name=asked.path.name)
            self._context.notices.ask(sentence, Action(_("恢复"), self._wish_restore))

    def _wish_restore(self) -> None:
        self.restoring.emit(*self._wish)

    def _change(self) -> None:
        if self.first.text() != self.second.text():
            self.told.setText(_("两次输入的新口令不一样。"))
            return
        self.told.clear()
        self.change.setEnabled(False)
        self._context.jobs.run(
            new_passphrase, self._context.register, self.old.text(), self.first.text(),
            done=self._changed, failed=self._unchanged, title=_("正在修改口令"),
        )  # fmt: skip

    def _changed(self, _nothing: Any) -> None:
        self.change.setEnabled(True)
        for field in (self.old, self.first, self.second):
            field.clear()
        self._context.notices.tell(_("口令已修改。以前的备份仍用旧口令打开。"))

    def _unchanged(self, error: Exception) -> None:
        self.change.setEnabled(True)
        if isinstance(error, UserError) and not isinstance(error, Stopped):
            self.told.setText(str(error))


def _told(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "secondary")
    return label


def _secret() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMinimumWidth(240)
    return field


def _choice(value: object, *options: tuple[str, str]) -> QComboBox:
    box = QComboBox()
    box.setMinimumWidth(140)
    for key, label in options:
        box.addItem(label, key)
    box.setCurrentIndex(max(0, box.findData(value)))
    return box
