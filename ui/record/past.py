"""The history of a record beside its form: which field, from what to what, who, when, from which file."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from models.editing.record_history import FieldChange
from models.language import _
from ui.kit.choice_box import choice_box
from ui.kit.context import Context
from ui.kit.lines import BELOW_TABS, down
from ui.kit.list_box import put_anew
from ui.kit.list_model import ListModel, list_table, text_column
from ui.kit.plain import Label
from ui.kit.tables import UNKNOWN
from ui.record.taken_in import TakenIn


def how(step: FieldChange) -> str:
    """In words, what kind of batch made a change, and from which files."""
    said = {
        "import": _("导入"), "edit": _("手工修改"), "undo": _("撤销"), "merge": _("合并"), "case": _("建会台账"),
        "decide": _("决定两边写得不一样的"),
    }.get(step.how, step.how)  # fmt: skip
    if step.reason:
        return _("{said}（{reason}）").format(said=said, reason=step.reason)
    if not step.files:
        return said
    first = _("{said}《{name}》").format(said=said, name=step.files[0])
    return first + (_("等 {count} 份").format(count=len(step.files)) if len(step.files) > 1 else "")


def latest(steps: Iterable[FieldChange]) -> dict[str, str]:
    """For each field (by name) one line about its newest change: when, how, by whom. ``steps`` come with the newest first."""
    found: dict[str, str] = {}
    for step in steps:
        if step.field not in found:
            parts = (_minute(step), how(step), step.person)
            found[step.field] = " · ".join(part for part in parts if part)
    return found


class PastView(QWidget):
    """The history of all fields of a record, or of the one that is chosen."""

    def __init__(self, context: Context) -> None:
        """Nothing happened yet."""
        super().__init__()
        self.steps: list[FieldChange] = []
        self.taken_in = TakenIn(context)
        self.fields = choice_box(_("项目"), chosen=self._narrow)
        self.model = _changes_model(self)
        self.table = list_table(_("来历"), self.model)
        self.table.horizontalHeader().moveSection(3, 2)  # when stands before how: without scrolling there is room for it
        self.none = Label(_("登记册里没有这一项的改动记录。"), "secondary")
        down(self.taken_in, self.fields, self.none, self.table, on=self, margins=BELOW_TABS)

    def show_steps(self, steps: list[FieldChange]) -> None:
        """Show the history of a record; the chosen field stays chosen where it still has one."""
        self.steps = steps
        fields = dict.fromkeys((step.title, step.field) for step in steps)
        put_anew(self.fields, [(_("全部项目"), ""), *fields])
        self._show(str(self.fields.currentData()))

    def choose(self, name: str) -> None:
        """Show the history of one field, "" for all."""
        self.fields.setCurrentIndex(max(0, self.fields.findData(name)))
        self._show(name)

    def _narrow(self) -> None:
        self._show(str(self.fields.currentData() or ""))

    def _show(self, name: str) -> None:
        shown = [step for step in self.steps if not name or step.field == name]
        self.model.show_items(shown)
        self.none.setVisible(not shown)


def _changes_model(parent: QWidget) -> ListModel:
    """The changes of a record's fields, the newest first."""
    columns = [
        text_column("field", _("项目"), 6, lambda step: step.title),
        text_column("change", _("原来 → 改为"), 15, lambda step: f"{step.before or UNKNOWN} → {step.after or UNKNOWN}"),
        text_column("how", _("怎么来的"), 11, how), text_column("at", _("何时"), 9, _minute),
        text_column("person", _("谁"), 4, lambda step: str(step.person)),
        text_column("batch", _("批次"), 3, lambda step: str(step.batch)),
    ]  # fmt: skip
    return ListModel(columns, parent)


def _minute(step: FieldChange) -> str:
    return step.at[:16].replace("T", " ")
