"""The rules of what is due (各项催报): the list, and beside it the fields of the one that is chosen."""

from typing import Any

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from models.chasing.rules import (
    CLASSES,
    UNIONS,
    SheetRule,
    add_rule,
    change_rule,
    load_rules,
    read,
    remove_rule,
    rule_texts,
    rule_told,
)
from models.errors import UnreadField
from models.journal.writer import Author
from models.language import _
from models.ledger import kinds as ledger_kinds
from models.records.chasing import DueRule
from models.records.region import home_district
from models.values.columns import Column, column_of
from models.values.kinds import Choice, Text
from models.values.region_index import SEPARATOR, RegionIndex
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.fields import Fields
from ui.kit.kept_split import KeptSplit
from ui.kit.lines import BELOW_TABS, BESIDE_LIST, REST, across, down, holding, on_paper, scrolled
from ui.kit.list_model import ListModel, ShownColumn, text_column
from ui.kit.plain import Label
from ui.kit.row_and_form import RowAndForm
from ui.kit.sorted_table import sorted_table
from ui.kit.written import Written

#: The declared fields of the form in their order, those before and after the kinds of union.
_FIELDS = ("sheet", "every", "days", "since", "name", "region", "ledger_kind", "note")


def keep_rule(uid: str, texts: dict[str, str], index: RegionIndex, context: Context) -> str:
    """Make a rule ("" as ``uid``) or change one, from what was typed; returns its uid."""
    values = read(texts, index, home_district(index))
    if uid:
        change_rule(uid, values, context.author)
        return uid
    return add_rule(values, context.author, context.today)


def use_rule(uid: str, active: bool, author: Author) -> None:
    """Take a rule out of use, or back into it."""
    change_rule(uid, {"active": int(active)}, author)


def look_up_rules(index: RegionIndex) -> list[dict[str, Any]]:
    """The rules as they are typed, with what they say in words (``told``) and whether they are in use."""
    told = {each.uid: each for each in load_rules()}
    return [each | {"told": rule_told(told[each["uid"]], index), "rule": told[each["uid"]]} for each in rule_texts(index)]


class RulesView(QWidget):
    """The list of rules, and a form."""

    def __init__(self, context: Context) -> None:
        """Without rules; :meth:`show_rules` fills it."""
        super().__init__()
        self._context = context
        self._written = Written(context, self, unread=self._unread)
        self.model = _rules_model(self)
        self.table = sorted_table(_("各项催报"), self.model, 1, whole=True)
        self.title = Label(role="title")
        self.rows = RowAndForm(
            context, self.table, self.model, lambda rule: str(rule["uid"]), self._show, lambda: self.dirty, self.title.text,
        )  # fmt: skip
        places = QStringListModel(sorted({context.index.path(uid) for uid in context.index.entries}), self)
        kinds = Column(column_of(DueRule, "ledger_kind").label, Choice(ledger_kinds.offered()), name="ledger_kind")
        columns = [kinds if name == "ledger_kind" else column_of(DueRule, name) for name in _FIELDS]
        named = Column(_("还点名的工会"), Text(long=True), name=UNIONS)
        self.fields = Fields([*columns, named], places, lines=("name", "note", "ledger_kind"))
        self.classes = {label: QCheckBox(_(label)) for label in CLASSES}
        self.new = push_button(_("新的催报"), self.start_new, "plus")
        self.save = push_button(_("保存"), self._save, primary=True)
        self.retire = push_button(_("停用"), self._retire)
        self.remove = push_button(_("删除"), self._remove)
        self._lay_out()
        self._show(None)

    def _lay_out(self) -> None:
        boxes = QGridLayout()
        for place, box in enumerate(self.classes.values()):
            boxes.addWidget(box, *divmod(place, 2))
        hint = Label(_("向哪类工会要：一类都不选、也没有点名的，就是全部基层工会。"), "secondary", wrap=True)
        days = Label(_("例如每月 10 日前交上月的人数：人数、每月、10。到期按期满后的天数算。"), "secondary", wrap=True)
        body = on_paper(down(days, self.fields, hint, boxes, REST))
        side = holding(down(
            across((self.title, 1), self.new, gap=None), (scrolled(body, sideways=False, by_tab=False), 1),
            across(self.save, REST, self.retire, self.remove, gap=None), margins=BESIDE_LIST,
        ))  # fmt: skip
        side.setMinimumWidth(380)
        split = KeptSplit("chase rules", self.table, side)
        split.place([640, 440])
        down(split, on=self, margins=BELOW_TABS)

    def show_rules(self, found: list[dict[str, Any]]) -> None:
        """Show the rules as they are now, keeping the choice and what is typed."""
        self.model.show_items(found)
        if not self.rows.follow() and self.uid:
            self._fit(next(each for each in self.model.items if each["uid"] == self.uid))

    @property
    def uid(self) -> str:
        """Of the rule whose fields are shown; "" for a new one."""
        return self.rows.uid

    @property
    def dirty(self) -> bool:
        """True when something was typed that is not saved."""
        return bool(self._typed())

    def start_new(self) -> None:
        """Empty the form for a new rule."""
        self.rows.open("")

    def _show(self, shown: dict[str, Any] | None) -> None:
        rule = shown or {}
        self._shown = str(rule.get("classes") or "")
        self.title.setText(str(rule["name"]) if rule else _("新的催报"))
        self.fields.show_texts({name: str(rule[name]) for name in (*_FIELDS, UNIONS) if rule.get(name) is not None})
        chosen = self._shown.split(SEPARATOR)
        for label, box in self.classes.items():
            box.setChecked(label in chosen)
        self._fit(rule)

    def _fit(self, rule: dict[str, Any]) -> None:
        """The buttons are those of a rule."""
        held: SheetRule | None = rule.get("rule")
        self.save.setText(_("保存") if rule else _("添加"))
        self.retire.setVisible(held is not None)
        self.retire.setText(_("停用") if held is None or held.active else _("重新使用"))
        self.remove.setVisible(held is not None and not rule["hand_ins"])

    def _typed(self) -> dict[str, str]:
        classes = self._classes()
        return self.fields.written() | ({"classes": classes} if classes != self._shown else {})

    def _classes(self) -> str:
        return SEPARATOR.join(label for label, box in self.classes.items() if box.isChecked())

    def _save(self) -> None:
        said = _("已改好催报。") if self.uid else _("已添加一项催报。")
        self._written.write(said, keep_rule, self.uid, self._typed(), self._context.index, self._context, then=self._kept)

    def _kept(self) -> None:
        """What stands in the form is written; that of a new rule is done with."""
        self.fields.accept()
        self._shown = self._classes()
        if not self.uid:
            self.rows.put("")

    def _unread(self, error: UnreadField) -> None:
        if error.field in self.fields.editors and not self.fields.refuse(error.field, str(error)):
            self.fields.editors[error.field].setFocus()

    def _retire(self) -> None:
        rule: SheetRule = next(each["rule"] for each in self.model.items if each["uid"] == self.uid)
        said = _("“{name}”已停用。") if rule.active else _("“{name}”已重新使用。")
        self._written.write(said.format(name=rule.name), use_rule, self.uid, not rule.active, self._context.author)

    def _remove(self) -> None:
        self._written.write(_("已删除一项催报。"), remove_rule, self.uid, self._context.author)


def _rules_model(parent: QWidget) -> ListModel:
    def text(name: str, title: str, width: int) -> ShownColumn:
        return ShownColumn(name, title, width, "left", lambda each: str(each[name] or ""), lambda each: each[name])

    def in_use(each: dict[str, Any]) -> str:
        return _("是") if each["rule"].active else _("停用", "state")

    return ListModel(
        [
            text("name", _("催报"), 9), text("told", _("内容"), 24), text("since", _("从哪天起"), 6),
            text_column("active", _("在用"), 3, in_use),
        ],
        parent,
    )  # fmt: skip
