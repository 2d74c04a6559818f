"""The occupation groups above the list of new employment forms, each with its people: one click narrows the list to it."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from models.language import _
from models.lists import selection
from models.lists.listings import Selection
from models.values import codes
from ui.kit.context import Context
from ui.kit.flow import Flow
from ui.kit.plain import caption, shortened, tip


def count_groups(choice: Selection) -> dict[str, int]:
    """For each group how many people the choice has in it, whichever group it is narrowed to now. For the worker thread."""
    where = tuple(each for each in choice.where if each[0] != "occupation_group")
    return selection.counted_by(replace(choice, group="", where=where), "occupation_group")


class GroupCounts(QWidget):
    """``chosen(str)`` brings a group's name, "" for all of them."""

    chosen = Signal(str)

    def __init__(self, context: Context) -> None:
        """Without groups; :meth:`load` counts them."""
        super().__init__()
        self._context = context
        self._group = ""
        self.buttons: dict[str, QPushButton] = {}
        self._flow = Flow(self, spacing=4)
        self.setAccessibleName(_("群体"))
        self.hide()

    def load(self, choice: Selection) -> None:
        """Count the groups of what is listed now."""
        self._group = choice.group
        self._context.jobs.run(count_groups, choice, done=self._show)

    def _show(self, counts: Mapping[str, int]) -> None:
        known = {name: count for name, count in counts.items() if name and (count or name == self._group)}
        order = {name: place for place, name in enumerate(codes.OCCUPATION_GROUP.labels)}
        names = sorted(known, key=lambda name: order.get(name, len(order)))
        if names != list(self.buttons)[1:]:
            self._make_anew(names)
        for name, button in self.buttons.items():
            count = known[name] if name else sum(counts.values())
            button.setText(caption(f"{shortened(_(name)) if name else _('全部')} {count:,}"))
            button.setToolTip(tip(_(name)) if name else "")
            button.setChecked(name == self._group)
        self.setVisible(bool(names))

    def _make_anew(self, names: list[str]) -> None:
        for button in self.buttons.values():
            self._flow.removeWidget(button)
            button.deleteLater()
        self.buttons = {}
        for name in ("", *names):
            button = QPushButton()
            button.setCheckable(True)
            button.setProperty("legend", True)
            button.setProperty("group", name)
            button.clicked.connect(self._tell)
            self.buttons[name] = button
            self._flow.addWidget(button)

    def _tell(self) -> None:
        button = self.sender()
        assert isinstance(button, QPushButton)
        self.chosen.emit(str(button.property("group")))
