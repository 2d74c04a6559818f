"""The table of occupation groups in the settings: add, rename, other wordings, new form or not, in use or not."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit

from models.editing import groups
from models.editing.groups import GroupLine
from models.language import _
from models.records.group import SEPARATOR
from ui.kit import theme
from ui.kit.catching_up import CatchingUp
from ui.kit.context import Context
from ui.kit.lines import down, line
from ui.kit.list_model import ShownColumn, text_column
from ui.settings.names_editor import NamesEditor

#: What the table shows: the groups, and how many people are in each.
_SHOWS = frozenset({"occupation_group", "worker"})
_ROWS_SHOWN = 8


class GroupsSettings(NamesEditor):
    """All groups with how many people are in them; below, the one that is chosen, or a new one."""

    def __init__(self, context: Context) -> None:
        """Asks the register on the worker thread."""
        super().__init__(context, _("群体"), _columns(), _ROWS_SHOWN)
        self.parent_name = QLineEdit()
        self.new_form = QCheckBox(_("新就业形态"))
        self.save.setText(_("保存群体"))
        self.new.setText(_("另加一个群体"))
        self._lay_out()
        self._show(None)
        CatchingUp(self, self.refresh, context.changes, _SHOWS, behind=False)
        self.refresh()

    def _lay_out(self) -> None:
        form = self._form(
            (_("群体名称"), self.name), (_("归类"), self.parent_name), (_("其他叫法"), self.aliases),
            ("", line(self.new_form, self.active, gap=theme.WIDE)),
        )  # fmt: skip
        down(self.table, form, on=self)

    def refresh(self) -> None:
        """Ask for the groups anew."""
        self._context.jobs.run(groups.groups, done=self._follow)

    def _show_item(self, item: GroupLine) -> None:
        self.name.setText(item.name)
        self.parent_name.setText(item.parent)
        self.aliases.setText(SEPARATOR.join(item.aliases))
        self.new_form.setChecked(item.new_form)
        self.active.setChecked(item.active)
        self.active.setEnabled(True)

    def _state(self) -> tuple[Any, ...]:
        return (*super()._state(), self.parent_name.text(), self.new_form.isChecked())

    def _show_new(self) -> None:
        super()._show_new()
        self.parent_name.setText(groups.LOCAL)
        self.new_form.setChecked(True)

    def _save(self) -> None:
        name, aliases, author = self.name.text(), self._wordings(), self._context.author
        parent, new_form = self.parent_name.text().strip(), self.new_form.isChecked()
        kept = partial(self._kept, name.strip())
        if self.uid:
            said = _("已改好群体“{name}”。").format(name=name)
            self._written.write(
                said, groups.change_group, self.uid, author, then=kept,
                name=name, parent=parent, aliases=aliases, new_form=new_form, active=self.active.isChecked(),
            )  # fmt: skip
        else:
            said = _("已增加群体“{name}”。").format(name=name)
            args = (name, author, parent, aliases, new_form)
            self._written.write(said, groups.add_group, *args, then=kept)


def _columns() -> list[ShownColumn]:
    def plain(name: str, title: str, width: int) -> ShownColumn:
        return ShownColumn(
            name, title, width, "left", lambda group: _(getattr(group, name)), lambda group: getattr(group, name)
        )

    def ticked(name: str, title: str) -> ShownColumn:
        return ShownColumn(
            name, title, 5, "center", lambda group: _("是") if getattr(group, name) else _("否"),
            lambda group: not getattr(group, name),
        )  # fmt: skip

    aliases = text_column("aliases", _("其他叫法"), 18, _aliases)
    workers = ShownColumn("workers", _("人数"), 4, "right", lambda group: f"{group.workers:,}", lambda group: group.workers)
    return [
        plain("name", _("群体名称"), 8), plain("parent", _("归类"), 8), aliases,
        ticked("new_form", _("新就业形态")), ticked("active", _("在用")), workers,
    ]  # fmt: skip


def _aliases(group: GroupLine) -> str:
    return SEPARATOR.join(group.aliases)
