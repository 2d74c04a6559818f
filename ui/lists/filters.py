"""What narrows a list: people by membership, state or stage, region, union, group, what is to be verified, one batch."""

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QWidget

from models.journal.saved_filters import Parts
from models.language import _
from models.lists.filters import PREFIX, kept_where
from models.records.forms import SheetKind
from models.values import codes
from models.values.codes import CodeList
from models.values.region_index import RegionIndex
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.icons import dress
from ui.kit.lines import REST, down, wrapped
from ui.kit.own_towns import OwnTowns
from ui.kit.people_box import PeopleBox
from ui.kit.picker import RecordPicker
from ui.kit.plain import caption
from ui.kit.region_box import MINE, RegionBox
from ui.lists.conditions import Conditions

#: The code list by whose labels a kind's records are narrowed.
_STATES: dict[str, CodeList] = {"unions": codes.UNION_STATE, "employers": codes.STAGE}


class Filters(QWidget):
    """The row of filters above a list, and the conditions that a person added. ``changed()`` when it was narrowed or widened."""

    changed = Signal()

    def __init__(self, kind: SheetKind, index: RegionIndex, today: dt.date, own: OwnTowns, part: str = "") -> None:
        """Narrowed to what the window looks at, and to the ``part`` of all people that the page is about, "" for everybody.

        Some conditions count from ``today``.
        """
        super().__init__()
        self._kind, self._own, self._part, self._said = kind, own, part, ""
        self.batch = 0
        self.uids: frozenset[str] | None = None
        self.people = PeopleBox()
        self.states = self._combo(_("状态") if kind == "unions" else _("阶段"), _STATES.get(kind))
        self.groups = self._combo(_("群体"), codes.OCCUPATION_GROUP if kind == "workers" else None)
        self.regions = RegionBox(index, own)
        self.union = RecordPicker("union", _("工会"))
        self.union.setPlaceholderText(_("上级工会") if kind == "unions" else _("工会"))
        self.union.setFixedWidth(170)
        self.unverified = QCheckBox(self._doubt())
        self.conditions = Conditions(kind, today)
        self.of_batch = push_button("", self._leave_batch)
        self.clear = push_button("", self._clear)
        self._lay_out()
        self.choose(self.usual())
        self.people.chosen.connect(self._tell)
        self.states.activated.connect(self._tell)
        self.groups.activated.connect(self._tell)
        self.regions.chosen.connect(self._tell)
        self.union.picked.connect(self._tell)
        self.unverified.clicked.connect(self._tell)
        self.conditions.changed.connect(self._tell)

    def _doubt(self) -> str:
        return {"workers": _("证件号存疑"), "headcounts": _("约数")}.get(self._kind, _("待核实"))

    def _combo(self, name: str, labels: CodeList | None) -> QComboBox:
        choices = [(_(label), label) for label in labels.labels] if labels else []
        combo = choice_box(name, [(_("全部{what}").format(what=name), ""), *choices], least=6)
        if labels is None:
            combo.hide()  # showing it before it lies in the bar would open a window of its own
        combo.setMaxVisibleItems(20)
        return combo

    def _lay_out(self) -> None:
        self.of_batch.setToolTip(_("点一下，重新显示全部记录"))
        dress(self.of_batch, "close")
        self.of_batch.hide()
        self.clear.setProperty("flat", True)
        self.clear.hide()
        self._row = wrapped(
            self.people, self.states, self.groups, self.regions, self.union, self.unverified, self.conditions.add, self.of_batch,
            self.clear, REST,
        )  # fmt: skip
        down(self._row, self.conditions, on=self)
        self.people.setHidden(self._kind != "workers")
        self.union.setHidden(self._kind == "headcounts")

    def go_to_first(self) -> None:
        """Go to the first filter that there is."""
        for part in (self.people, self.states, self.groups, self.regions):
            if part.isVisible():
                part.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def add(self, switch: QPushButton, shown: bool) -> None:
        """Put a button at the right end that shows the records in another way; the filters say nothing there."""
        if shown:
            self._row.addWidget(switch)
            switch.toggled.connect(self._rest)

    def _rest(self, resting: bool) -> None:
        conditions = (self.conditions, self.conditions.add)
        for part in (self.states, self.regions, self.union, self.unverified, self.of_batch, self.clear, *conditions):
            part.setEnabled(not resting)

    def chosen(self) -> dict[str, Any]:
        """What is chosen, as parts of a ``models.lists.Choice``."""
        people = self.people.part
        state = str(self.states.currentData() or "")
        return {
            "states": people.states if self._kind == "workers" else frozenset({state} - {""}),
            "new_form": people.new_form, "without_application": people.without_application,
            "group": str(self.groups.currentData() or ""),
            "regions": self.regions.below(), "union": self.union.uid,
            "unverified": self.unverified.isChecked(), "batch": self.batch, "uids": self.uids,
            "where": self.conditions.where,
        }  # fmt: skip

    def label(self) -> str:
        """What the list is narrowed to, in words; "" when it is not."""
        said = (
            self.people.part.label if self.people.part.name else "",
            self.states.currentText() if self.states.currentData() else "",
            self.groups.currentText() if self.groups.currentData() else "",
            self.regions.name.strip(), self.union.text() if self.union.uid else "",
            self.unverified.text() if self.unverified.isChecked() else "", self._of_batch(), self._of_uids(),
            *self.conditions.texts(),
        )  # fmt: skip
        return _("、").join(each for each in said if each)

    def usual(self) -> Parts:
        """What the window looks at and the page is about: what a list begins with, and goes back to when it is widened."""
        usual = {"region": MINE if self._own.only else "", "part": self._part}
        return {name: value for name, value in usual.items() if value}

    def of_part(self, part: str) -> Parts:
        """What a part of all people (see ``ui.kit.people_box``, "" for everybody) is narrowed by, as the window looks at it.

        "doubtful": what is marked as doubtful or to be verified, of whatever kind. KeyError for an unknown part.
        """
        if part == "doubtful":
            return {**self.usual(), "unverified": True}
        if part not in {each.name for each in self.people.parts}:
            raise KeyError(part)
        return {**self.usual(), "part": part}

    def parts(self) -> Parts:
        """What is chosen, to be kept under a name; a batch or single records are not kept."""
        parts: dict[str, str | bool] = {
            "part": self.people.part.name, "state": str(self.states.currentData() or ""), "region": self.regions.uid,
            "group": str(self.groups.currentData() or ""), "union": self.union.uid,
            "union_name": self.union.text() if self.union.uid else "", "unverified": self.unverified.isChecked(),
        }  # fmt: skip
        parts |= {PREFIX + name: value for name, value in self.conditions.where}
        return {name: value for name, value in parts.items() if value}

    def choose(self, parts: Parts, batch: int = 0, uids: frozenset[str] | None = None, said: str = "") -> None:
        """Narrow the list to exactly this, without telling. What is not known any more is passed over.

        ``said``: what the ``uids`` are, in words.
        """
        names = {part.name for part in self.people.parts}
        self.people.choose(str(parts.get("part", "")) if parts.get("part") in names else "")
        self.states.setCurrentIndex(max(0, self.states.findData(parts.get("state", ""))))
        self.groups.setCurrentIndex(max(0, self.groups.findData(parts.get("group", ""))))
        self.regions.choose(str(parts.get("region", "")))
        self.union.choose(str(parts.get("union", "")), str(parts.get("union_name", "")))
        self.unverified.setChecked(bool(parts.get("unverified", False)))
        self.conditions.choose(kept_where(self._kind, parts))
        self.batch, self.uids, self._said = batch, uids, said
        self.of_batch.setText(" " + caption(self._of_batch() or self._of_uids()))
        self.of_batch.setVisible(batch > 0 or uids is not None)
        self._show_clear()

    def _of_batch(self) -> str:
        return _("批次 {number} 的记录").format(number=self.batch) if self.batch else ""

    def _of_uids(self) -> str:
        return "" if self.uids is None else self._said or _("选出的记录")

    def _show_clear(self) -> None:
        narrowed = self.parts() != self.usual() and bool(self.label())
        self.clear.setVisible(narrowed or self.batch > 0 or self.uids is not None)

    def choose_group(self, group: str) -> None:
        """Narrow the list of people to an occupation group, "" for all, without telling; a condition on it gives way."""
        self.groups.setCurrentIndex(max(0, self.groups.findData(group)))
        self.conditions.choose(tuple(each for each in self.conditions.where if each[0] != "occupation_group"))
        self._show_clear()

    def _leave_batch(self) -> None:
        self.choose({**self.parts(), **self.usual()})
        self.changed.emit()

    def _clear(self) -> None:
        self.choose(self.usual())
        self.changed.emit()

    def _tell(self) -> None:
        self._show_clear()
        self.changed.emit()
