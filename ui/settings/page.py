"""Settings in sections: who works here, how the window looks, what the register goes by, its lists, backups, the passphrase."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from models.journal.settings import change_setting
from models.language import LANGUAGES, _, language
from models.records.setting import setting
from models.register import known_offices, office
from models.register.laptop import read_laptop, write_laptop
from models.values.name_order import PINYIN, STROKES, use, usual
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.context import Context
from ui.kit.held_field import follow, put_back
from ui.kit.idle import USUAL_MINUTES, lock_minutes
from ui.kit.lines import down, line
from ui.kit.plain_fields import line_field, number_field
from ui.kit.search_combo import SearchCombo
from ui.kit.written import Written
from ui.settings.backups import BackupsSettings
from ui.settings.count_sources import CountSources
from ui.settings.covering import CoveringSettings
from ui.settings.groups import GroupsSettings
from ui.settings.label_lists import LabelLists
from ui.settings.own import TownList, districts, keep_own
from ui.settings.own_fields import OwnFieldsSettings
from ui.settings.passphrase import SecretSettings
from ui.settings.regions import RegionsSettings
from ui.settings.retention import RetentionSettings
from ui.settings.rules import RuleSettings
from ui.settings.sections import Sections, StillWheel
from ui.settings.sections import told as _told
from ui.settings.trail import TrailSettings
from ui.settings.viewer import ViewerSettings

#: No enterprise here employs more.
_LARGEST_THRESHOLD = 99_999
#: More characters than the longest name of a federation has; papers have one line for it.
_LONGEST_NAME = 60


class SettingsPage(QWidget):
    """``dressed()`` asks for the look to be put on anew; ``restoring(Path, str)`` to go back to a backup and its secret.

    ``rescuing()`` asks to write what is readable of a damaged register into a new one.
    """

    dressed = Signal()
    restoring = Signal(object, str)
    rescuing = Signal()

    def __init__(self, context: Context) -> None:
        """Shows what the laptop's own file and the register say."""
        super().__init__()
        self._context = context
        self._written = Written(context, self, self._show_kept)
        self.sections = Sections()
        self._still = StillWheel(self)
        self._person_rows()
        self._look_rows()
        self._register_rows()
        self._list_rows()
        if context.register.on_server:
            self._server_rows()
        else:
            self._backup_rows()
            self._passphrase_rows()
        self._trail_rows()
        down(self.sections, on=self)
        self.setFocusProxy(self.sections)
        context.changes.changed.connect(self._on_changed)

    def _section(self, title: str) -> None:
        self._form = self.sections.add(title)

    def _person_rows(self) -> None:
        self._section(_("我"))
        self.person = QLineEdit(self._context.author.person)
        self.person.setMinimumWidth(240)
        self.person.editingFinished.connect(self._name)
        self._form.addRow(_("姓名"), self.person)
        self._form.addRow("", _told(_("写进操作记录：谁在什么时候导入、修改。改了马上起用，以前的记录不变。")))

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
        self.language = _choice(kept.get("language") or language(), *LANGUAGES.items())
        self.language.activated.connect(self._speak)
        self._form.addRow(_("字号"), self.points)
        self._form.addRow(_("语言 / Language"), self.language)
        self._form.addRow("", _told(_("下次打开时起用。表格、名册、模板和退回表总是中文的。")))
        self.names = _choice(usual(), (PINYIN, _("按拼音")), (STROKES, _("按姓氏笔画")))
        self.names.setAccessibleName(_("名称的次序"))
        self.names.activated.connect(self._sort_names)
        self._form.addRow(_("名称的次序"), self.names)
        self._form.addRow("", _told(_("名单、下拉列表和报表里人名、单位、工会按什么次序排；一张名单可以在表头上另选，选民名单、委员名单总按姓氏笔画。")))
        self._form.addRow(_("自动锁定"), self.locking)
        self._form.addRow("", _told(_("这么久没有人动键盘和鼠标，就关闭登记册，再用要输入口令。正在导入、有没保存的内容时不锁。")))

    def _register_rows(self) -> None:
        self._section(_("登记册"))
        self.organization = QLineEdit()
        self.organization.setMaxLength(_LONGEST_NAME)
        self.organization.setMinimumWidth(320)
        self.organization.setPlaceholderText(_("例如：沙坪坝区小龙坎街道总工会"))
        self.organization.editingFinished.connect(self._keep_organization)
        self._form.addRow(_("填报单位"), self.organization)
        self._form.addRow("", _told(_("印在各种报表的“填报单位”后面；选了工会或区划的印所选的。留空就印一条线手填。")))
        self.threshold = number_field("", 1, _LARGEST_THRESHOLD, _(" 人"))
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
        self._section(_("脱敏"))
        self.covering = CoveringSettings(self._context, self._form, self)
        self._hold_still(self.covering.number, self.covering.phone)
        self._section(_("个人信息"))
        self.retention = RetentionSettings(self._context, self._form, self)
        self._hold_still(*self.retention.editors())
        self._section(_("体检和进度"))
        self._form.addRow("", _told(_("法规的现行文本没有找到、或各区县掌握不同的数，按本地的要求改。")))
        self.rules = RuleSettings(self._context, self._form, self)
        self._section(_("人数来源"))
        self._form.addRow("", _told(_("同一个单位有几个人数时：写了日期的在前，日期新的在前；日期相同的，看下面的次序。全部都保留。")))
        self.sources = CountSources(self._context)
        self._form.addRow(self.sources)
        choices = (self.mode, self.points, self.language, self.locking, self.names)
        self._hold_still(self.threshold, self.home, *choices, *self.rules.editors())

    def _hold_still(self, *fields: QWidget) -> None:
        self._still.hold(*fields)

    def _list_rows(self) -> None:
        self._section(_("群体"))
        self.groups = GroupsSettings(self._context)
        self._form.addRow(self.groups)
        self._section(_("区划"))
        self.places = RegionsSettings(self._context)
        self._form.addRow(self.places)
        self._section(_("自有字段"))
        self.own_fields = OwnFieldsSettings(self._context)
        self._form.addRow(self.own_fields)
        self._section(_("选项"))
        self.labels = LabelLists(self._context)
        self._form.addRow(self.labels)
        self._hold_still(self.places.box, self.places.level, self.labels.field, self.own_fields.record, self.own_fields.kind)

    def _backup_rows(self) -> None:
        self._section(_("备份"))
        self.backups = BackupsSettings(self._context)
        self.backups.restoring.connect(self.restoring)
        self._form.addRow(self.backups)
        self.rescue = push_button(_("抢救…"), self.rescuing, hint=_("登记册损坏、又没有合适的备份时：关闭登记册，把还读得出的记录写进一本新的"))
        self._form.addRow(line(self.rescue))

    def _server_rows(self) -> None:
        """What is done with a file here is done on the server there: where it is, and who does what."""
        self._section(_("服务器"))
        address = office.address_in(self._context.register.folder)
        where = line_field(_("登记册在"), text=str(address).removeprefix("postgresql://"))
        where.setReadOnly(True)  # to be copied, however long it is
        where.setCursorPosition(0)
        where.setMinimumWidth(520)
        self._form.addRow(_("登记册在"), where)
        self._form.addRow("", _told(_("备份、恢复和抢救由服务器的管理员来做，这台电脑上没有登记册的文件。")))
        self._form.addRow("", _told(_("口令是你在服务器上的用户的口令，请管理员更改。只许查看的人由管理员另设用户。")))
        self.forget = push_button(_("这台电脑不再记住它"), self._forget_office, hint=_("地址和钥匙串里的口令都不再保留；登记册不受影响"))
        self._form.addRow("", line(self.forget))

    def _forget_office(self) -> None:
        address = office.address_in(self._context.register.folder)
        if address is not None:
            known_offices.forget(address)
            self._context.notices.tell(_("这台电脑不再记住这个办公室的地址和口令。"))

    def _passphrase_rows(self) -> None:
        self._section(_("口令"))
        self.secrets = SecretSettings(self._context, self._form, self)
        self._section(_("查看口令"))
        self.viewer = ViewerSettings(self._context, self._form, self)

    def _trail_rows(self) -> None:
        self._section(_("操作留痕"))
        self.trail = TrailSettings(self._context)
        self._form.addRow(self.trail)
        self._hold_still(self.trail.since, self.trail.until, self.trail.acts)

    def _name(self) -> None:
        name = self.person.text().strip()
        if name and name != self._context.author.person:
            write_laptop(read_laptop() | {"person": name})
            self._context.name_person(name)
            self._context.notices.tell(_("已记下姓名，从现在起用。"))

    def _look(self) -> None:
        chosen = {"theme": self.mode.currentData(), "font": self.points.currentData()}
        write_laptop(read_laptop() | chosen | {"lock_minutes": int(self.locking.currentData())})
        self.dressed.emit()

    def _sort_names(self) -> None:
        write_laptop(read_laptop() | {"name_order": self.names.currentData()})
        use(self.names.currentData())

    def _speak(self) -> None:
        write_laptop(read_laptop() | {"language": self.language.currentData()})

    def _show_kept(self) -> None:
        put_back(self.threshold, setting("threshold"))
        put_back(self.organization, setting("organization"))
        self._show_home()

    def _show_home(self) -> None:
        self.home.choose(str(setting("home_district")))
        self.towns.show_district(self.home.uid, setting("my_towns"))

    def _keep_threshold(self) -> None:
        self._keep("threshold", self.threshold.value())

    def _keep_organization(self) -> None:
        self.organization.setText(self.organization.text().strip())
        self._keep("organization", self.organization.text())

    def _keep_home(self, name: str) -> None:
        if name != setting("home_district"):
            self._written.write(_("已记入登记册的设置。"), keep_own, name, [], self._context.author)

    def _keep_towns(self) -> None:
        self._keep("my_towns", self.towns.towns())

    def _keep(self, key: str, value: object) -> None:
        if value != setting(key):
            self._written.write(_("已记入登记册的设置。"), change_setting, key, value, self._context.author)

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & {"setting", "erasure"}:
            follow(self.threshold, setting("threshold"))
            follow(self.organization, setting("organization"))
            self._show_home()
            self.rules.follow()
            self.sources.show_kept()
            self.covering.show_kept()
            self.retention.follow()


def _choice(value: object, *options: tuple[str, str]) -> QComboBox:
    box = choice_box("", [(label, key) for key, label in options])
    box.setMinimumWidth(140)
    box.setCurrentIndex(max(0, box.findData(value)))
    return box
