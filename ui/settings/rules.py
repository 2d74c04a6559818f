"""The settings by which the rules measure: lines whose text in force was not found, or which districts draw differently."""

from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFormLayout, QSpinBox, QWidget

from models.journal.settings import change_setting
from models.language import _
from models.law.committee_sizes import VARIANTS
from models.records.setting import setting
from ui.kit import held_field
from ui.kit.context import Context
from ui.kit.list_box import ListBox, put_anew
from ui.kit.plain import Label
from ui.kit.plain_fields import number_field
from ui.kit.written import Written


class RuleNumber(NamedTuple):
    """A number that a rule measures by: the setting's key, its name, the unit after it, the largest, what it means."""

    key: str
    label: str
    unit: str
    most: int
    meaning: str


def lines() -> tuple[RuleNumber, ...]:
    """The numbers, in the order in which they are shown."""
    return (
        RuleNumber("founding_months", _("新单位建会期限"), _(" 个月"), 120, _("单位成立这么久还没有工会，列入体检（R03）。")),
        RuleNumber("full_time_staff", _("专职工会人员线"), _(" 人"), 99_999, _("职工达到这个人数，应当有专职工会工作人员（R04）。")),
        RuleNumber("women_members", _("女职工委员会线"), _(" 人"), 9_999, _("女会员达到这个人数，应当有女职工委员会（R05）；少于的设委员（R06）。")),
        RuleNumber("term_days", _("换届提前提示"), _(" 天"), 730, _("任期届满前这么多天开始提示换届（R09）。")),
        RuleNumber("chair_vacant_months", _("主席空缺期限"), _(" 个月"), 60, _("主席空缺超过这个时间，应当补选（R10）。")),
        RuleNumber("congress_members", _("会员大会线"), _(" 人"), 99_999, _("会员不超过这个人数的开会员大会，不选代表（R12）。")),
        RuleNumber("new_form_share", _("新就业形态工会线"), " %", 100, _("会员里新就业形态的达到这个比例，推定为新就业形态工会；在工会里填“是”“否”的以填的为准。")),
        RuleNumber("plan_tolerance", _("进度允许差"), " %", 100, _("指标与时间进度相差不到这个比例，仍算按计划。")),
    )  # fmt: skip


class RuleSettings(QObject):
    """The rules' lines as rows of the settings' form; ``fields`` are their editors by key."""

    def __init__(self, context: Context, form: QFormLayout, page: QWidget) -> None:
        """Add the rows to ``form``; ``page`` owns them."""
        super().__init__(page)
        self._context = context
        self._written = Written(context, self, self.show_kept)
        self.fields: dict[str, QSpinBox] = {}
        for line in lines():
            field = self._spin(line)
            self.fields[line.key] = field
            form.addRow(line.label, field)
            form.addRow("", Label(line.meaning, "secondary"))
        self.sizes = ListBox()
        self.sizes.setMinimumWidth(300)
        self.sizes.activated.connect(self._keep_sizes)
        form.addRow(_("委员人数表"), self.sizes)
        form.addRow("", Label(_("委员会人数按哪一张表核对（R11）。"), "secondary"))
        self.show_kept()

    def _spin(self, line: RuleNumber) -> QSpinBox:
        field = number_field(line.label, 0 if line.key == "plan_tolerance" else 1, line.most, line.unit)
        field.setMinimumWidth(140)
        field.editingFinished.connect(partial(self._keep_line, line.key))
        return field

    def editors(self) -> list[QWidget]:
        """All editors of these rows."""
        return [*self.fields.values(), self.sizes]

    def show_kept(self) -> None:
        """Show what the register holds."""
        for key, field in self.fields.items():
            held_field.put_back(field, setting(key))
        self._show_sizes()

    def follow(self) -> None:
        """Show what the register holds by now, but for a number that is being typed."""
        for key, field in self.fields.items():
            held_field.follow(field, setting(key))
        self._show_sizes()

    def _show_sizes(self) -> None:
        kept, tables = setting("committee_sizes"), [(_(table.name), key) for key, table in VARIANTS.items()]
        own = not (isinstance(kept, str) and kept in VARIANTS)
        put_anew(self.sizes, [*tables, (_("自定的表"), kept)] if own else tables)
        self.sizes.setCurrentIndex(len(VARIANTS) if own else self.sizes.findData(kept))

    def _keep_line(self, key: str) -> None:
        self._keep(key, self.fields[key].value())

    def _keep_sizes(self) -> None:
        self._keep("committee_sizes", self.sizes.currentData())

    def _keep(self, key: str, value: Any) -> None:
        if value != setting(key):
            said = _("已记入登记册的设置。")
            self._written.write(said, change_setting, key, value, self._context.author)
