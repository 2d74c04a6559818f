"""For how long people's data is kept, by membership state; and what the law asks of whoever keeps very many people's."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFormLayout, QSpinBox, QWidget

from models.language import _
from models.people import duties
from models.people.retention import BASIS, change_years, years_kept
from models.records.erasure import tombstones
from ui.kit import held_field
from ui.kit.context import Context
from ui.kit.jobs import Turn
from ui.kit.plain_fields import number_field
from ui.kit.written import Written
from ui.settings.sections import told

_MOST = 99


class RetentionSettings(QObject):
    """The rows of the section; ``fields`` are the editors by membership state."""

    def __init__(self, context: Context, form: QFormLayout, page: QWidget) -> None:
        """Add the rows to ``form``; ``page`` owns them."""
        super().__init__(page)
        self._context = context
        self._written = Written(context, self, self.show_kept)
        form.addRow("", told(_("离开工会、去世或一直没有入会的人，个人信息保存几年以后该处理。到期只提示，删不删由人决定：见“体检 → 保存期限”。")))
        self.fields: dict[str, QSpinBox] = {}
        for state in years_kept():
            field = number_field(_(state), 0, _MOST, _(" 年"))
            field.setSpecialValueText(_("不设期限"))
            field.setMinimumWidth(140)
            field.editingFinished.connect(partial(self._keep, state))
            self.fields[state] = field
            form.addRow(_(state), field)
        form.addRow("", told(_("依据：{basis}。").format(basis=_(BASIS))))
        self.erased = told("")
        form.addRow("", self.erased)
        self.duty = told("")
        self.duty.setProperty("role", "wrong")
        self.duty.hide()
        form.addRow("", self.duty)
        self.show_kept()
        context.jobs.run(duties.people_held, done=self._weigh, turn=Turn.SOON)

    def editors(self) -> list[QWidget]:
        """All editors of these rows."""
        return list(self.fields.values())

    def show_kept(self) -> None:
        """Show what the register holds."""
        for state, years in years_kept().items():
            held_field.put_back(self.fields[state], years)
        self._count()

    def follow(self) -> None:
        """Show what the register holds by now, but for a number that is being typed."""
        for state, years in years_kept().items():
            held_field.follow(self.fields[state], years)
        self._count()

    def _count(self) -> None:
        found = tombstones()
        said = _("已依申请删除 {count:,} 人的个人信息，最近一次 {day}（{person}）。")
        self.erased.setVisible(bool(found))
        if found:
            self.erased.setText(said.format(count=len(found), day=found[0].erased_at[:10], person=found[0].erased_by))

    def _weigh(self, people: int) -> None:
        self.duty.setText(duties.duty_of(people))
        self.duty.setVisible(bool(self.duty.text()))

    def _keep(self, state: str) -> None:
        years = self.fields[state].value()
        if years != years_kept()[state]:
            said = _("已记入登记册的设置。")
            self._written.write(said, change_years, {state: years}, self._context.author)
