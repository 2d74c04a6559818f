"""The lists of labels that fields choose from: other wordings for any of them, labels of one's own for the open ones."""

from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker

from models.editing import own_labels
from models.editing.own_labels import LabelLine, LabelList
from models.language import _
from models.records.group import SEPARATOR
from ui.kit.choice_box import choice_box
from ui.kit.context import Context
from ui.kit.lines import REST, down, line
from ui.kit.list_box import put_anew
from ui.kit.list_model import ShownColumn, text_column
from ui.settings.names_editor import NamesEditor
from ui.settings.sections import told

_ROWS_SHOWN = 9


class LabelLists(NamesEditor):
    """Choose a list, see its labels; below, the one that is chosen, or a new one."""

    def __init__(self, context: Context) -> None:
        """The first list."""
        super().__init__(context, _("选项"), _columns(), _ROWS_SHOWN)
        self._lists: list[LabelList] = []
        self._place = -1
        self.field = choice_box(_("选项表"))
        self.field.setMaxVisibleItems(20)
        self.field.currentIndexChanged.connect(self._choose_list)
        self.note = told("")
        self.save.setText(_("保存选项"))
        self.new.setText(_("另加一个选项"))
        self._lay_out()
        self.refresh()
        context.changes.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        down(
            line(self.field), self.note, self.table,
            self._form((_("选项名称"), self.name), (_("本地叫法"), self.aliases), ("", self.active)), REST, on=self,
        )  # fmt: skip

    def refresh(self) -> None:
        """Read the lists anew, the chosen one and its label staying chosen, and what is typed staying typed."""
        self._lists = own_labels.label_lists()
        put_anew(self.field, [(_(each.name), each.name) for each in self._lists])
        self._choose_list()

    @property
    def list(self) -> LabelList:
        """The list that is chosen."""
        return self._lists[self.field.currentIndex()]

    def _choose_list(self) -> None:
        """Show the list that is chosen; of another one only after a question about what is typed."""
        place = self.field.currentIndex()
        if place == self._place:
            self._follow(self.list.labels)
            return
        if self._place >= 0 and self.rows.asks_first(partial(self.field.setCurrentIndex, place)):
            with QSignalBlocker(self.field):
                self.field.setCurrentIndex(self._place)
            return
        self._place = place
        self._show_list()

    def _show_list(self) -> None:
        self.model.show_items(self.list.labels)
        fields = _("、").join(_(title) for title in self.list.fields)
        self.note.setText(
            _("用在：{fields}。可以增加本地的选项；上报用的表里的选项不改名，用不着的可以停用，停用的照样读得懂。").format(fields=fields)
            if self.list.open
            else _("用在：{fields}。这些选项关系到统计和规则，只能增加叫法：导入时照样认得。").format(fields=fields)
        )
        self.new.setVisible(self.list.open)
        self.rows.put(self.list.labels[0].name)

    def _key(self, item: LabelLine) -> str:
        return item.name

    def _show_item(self, item: LabelLine) -> None:
        self.name.setText(item.name)
        self.name.setEnabled(item.own)
        self.aliases.setText(SEPARATOR.join(item.aliases))
        self.active.setChecked(item.active)
        self.active.setEnabled(self.list.open)

    def _show_new(self) -> None:
        super()._show_new()
        self.name.setEnabled(True)
        self.name.setFocus()

    def _save(self) -> None:
        name, aliases, author = " ".join(self.name.text().split()), self._wordings(), self._context.author
        if not self.uid:
            said, kept = _("已增加选项“{name}”。").format(name=name), partial(self._kept, name)
            self._written.write(said, own_labels.add_label, self.list.name, name, aliases, author, then=kept)
            return
        said = _("已改好选项“{name}”。").format(name=name)
        changes: dict[str, Any] = {"name": name, "aliases": aliases, "active": self.active.isChecked()}
        args = (self.list.name, self.uid, author)
        self._written.write(said, own_labels.change_label, *args, then=partial(self._renamed, name), **changes)

    def _renamed(self, name: str) -> None:
        """Only what was written has its new name: one that was refused would lead to the label that has it already."""
        self._kept(name)
        if self.name.isEnabled():
            self.rows.uid = name

    def _on_changed(self, kinds: set[str]) -> None:
        if "setting" in kinds:
            self.refresh()


def _columns() -> list[ShownColumn]:
    def also(label: LabelLine) -> str:
        return SEPARATOR.join((*label.aliases, *label.given))

    def origin(label: LabelLine) -> str:
        return _("本地") if label.own else _("上报表")

    def active(label: LabelLine) -> str:
        return _("是") if label.active else _("否")

    return [
        ShownColumn("name", _("选项名称"), 10, "left", lambda label: _(label.name), lambda label: label.name),
        text_column("aliases", _("叫法（本地的在前）"), 26, also),
        text_column("origin", _("来自"), 5, origin, "center"),
        ShownColumn("active", _("在用"), 4, "center", active, lambda label: not label.active),
    ]
