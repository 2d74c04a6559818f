"""The own fields in the settings: add, rename, options of a choice, out of use and back; none is ever deleted."""

from functools import partial
from typing import Any

from models.editing import own_fields
from models.editing.own_fields import LONGEST, NewField, OwnFieldLine
from models.language import _
from models.records.own_field import BEARERS, KINDS, SEPARATOR
from ui.kit.catching_up import CatchingUp
from ui.kit.choice_box import choice_box
from ui.kit.context import Context
from ui.kit.lines import down, line
from ui.kit.list_model import ShownColumn, text_column
from ui.settings.names_editor import NamesEditor
from ui.settings.sections import told

_SHOWS = frozenset({"own_field", *BEARERS})
_ROWS_SHOWN = 8


class OwnFieldsSettings(NamesEditor):
    """All own fields with how many records hold something in them; below, the one that is chosen, or a new one."""

    def __init__(self, context: Context) -> None:
        """Asks the register on the worker thread."""
        super().__init__(context, _("自有字段"), _columns(), _ROWS_SHOWN)
        self.name.setMaxLength(LONGEST)
        self.aliases.setToolTip(_("几个选项之间用顿号“、”"))
        self.record = choice_box(_("属于"), [(bearer_word(key), key) for key in BEARERS])
        self.kind = choice_box(_("内容"), [(_(label), key) for key, label in KINDS.items()])
        self.kind.currentIndexChanged.connect(self._fit)
        self.save.setText(_("保存字段"))
        self.new.setText(_("另加一个字段"))
        self._lay_out()
        self._show(None)
        CatchingUp(self, self.refresh, context.changes, _SHOWS, behind=False)
        self.refresh()

    def _lay_out(self) -> None:
        form = self._form(
            (_("属于"), self.record), (_("字段名称"), self.name), (_("内容"), self.kind), (_("选项"), self.aliases),
            ("", line(self.active)),
        )  # fmt: skip
        said = told(_("表里常有、登记册没有的内容，可以自己加字段：名单、表单、筛选、导出、模板和历史里都有它。停用以后不再出现，填过的内容一直留着。"))
        down(said, self.table, form, on=self)

    def refresh(self) -> None:
        """Ask for the fields anew."""
        self._context.jobs.run(own_fields.own_fields, done=self._follow)

    def _show_item(self, item: OwnFieldLine) -> None:
        self.name.setText(item.name)
        self.record.setCurrentIndex(self.record.findData(item.record))
        self.kind.setCurrentIndex(self.kind.findData(item.kind))
        self.aliases.setText(SEPARATOR.join(item.options))
        self.active.setChecked(item.active)
        self.active.setEnabled(True)
        self._fit()

    def _state(self) -> tuple[Any, ...]:
        return (*super()._state(), self.record.currentData(), self.kind.currentData())

    def _show_new(self) -> None:
        super()._show_new()
        self._fit()

    def _fit(self) -> None:
        """What a field belongs to and what it holds is said once; only a choice has options."""
        for box in (self.record, self.kind):
            box.setEnabled(not self.uid)
        self.aliases.setEnabled(self.kind.currentData() == "choice")

    def _save(self) -> None:
        name, options, author = self.name.text().strip(), tuple(self._wordings()), self._context.author
        kept = partial(self._kept, name)
        if self.uid:
            said = _("已改好字段“{name}”。").format(name=name)
            changes: dict[str, Any] = {"name": name, "active": self.active.isChecked()} | ({"options": options} if options
                else {})
            self._written.write(said, own_fields.change_own_field, self.uid, author, then=kept, **changes)
        else:
            wanted = NewField(str(self.record.currentData()), name, str(self.kind.currentData()), options)
            said = _("已新增字段“{name}”。").format(name=name)
            self._written.write(said, own_fields.add_own_fields, [wanted], author, then=kept)


def bearer_word(record: str) -> str:
    """What a kind of record with own fields is called."""
    return {"worker": _("会员与职工"), "employer": _("用人单位"), "union": _("工会")}[record]


def _columns() -> list[ShownColumn]:
    options = text_column("aliases", _("选项"), 18, _options)
    return [
        ShownColumn("record", _("属于"), 6, "left", lambda each: bearer_word(each.record), lambda each: BEARERS.index(each.record)),
        text_column("name", _("字段名称"), 10, lambda each: each.name),
        ShownColumn("kind", _("内容"), 4, "left", lambda each: _(KINDS[each.kind]), lambda each: each.kind),
        options,
        ShownColumn("active", _("在用"), 4, "center", lambda each: _("是") if each.active else _("否"), lambda each: not each.active),
        ShownColumn("filled", _("填了的"), 5, "right", lambda each: f"{each.filled:,}", lambda each: each.filled),
    ]


def _options(each: OwnFieldLine) -> str:
    return SEPARATOR.join(each.options)
