"""What narrows a list: people by membership, state or stage, region, union, group, what is to be verified, one batch."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QWidget

from models import codes
from models.codes import CodeList
from models.forms import SheetKind
from models.language import _
from models.region import RegionIndex
from models.saved_filters import Parts
from ui import theme
from ui.icons import dress
from ui.lists.people_box import PeopleBox
from ui.record.picker import RecordPicker
from ui.region_box import RegionBox

#: The code list by whose labels a kind's records are narrowed.
_STATES: dict[str, CodeList] = {"unions": codes.UNION_STATE, "employers": codes.STAGE}


class Filters(QWidget):
    """The row of filters above a list. ``changed()`` when a person narrowed or widened it."""

    changed = Signal()

    def __init__(self, kind: SheetKind, index: RegionIndex, parent: QWidget | None = None) -> None:
        """Everything is listed."""
        super().__init__(parent)
        self._kind = kind
        self.batch = 0
        self.uids: frozenset[str] | None = None
        self.people = PeopleBox()
        self.states = self._combo(_("状态") if kind == "unions" else _("阶段"), _STATES.get(kind))
        self.groups = self._combo(_("群体"), codes.OCCUPATION_GROUP if kind == "workers" else None)
        self.regions = RegionBox(index)
        self.union = RecordPicker("union", _("工会"))
        self.union.setPlaceholderText(_("上级工会") if kind == "unions" else _("工会"))
        self.union.setFixedWidth(170)
        self.unverified = QCheckBox(self._doubt())
        self.of_batch = QPushButton()
        self.clear = QPushButton()
        self._lay_out()
        self.people.chosen.connect(self._tell)
        self.states.activated.connect(self._tell)
        self.groups.activated.connect(self._tell)
        self.regions.chosen.connect(self._tell)
        self.union.picked.connect(self._tell)
        self.unverified.clicked.connect(self._tell)
        self.of_batch.clicked.connect(self._leave_batch)
        self.clear.clicked.connect(self._clear)

    def _doubt(self) -> str:
        return {"workers": _("证件号存疑"), "headcounts": _("约数")}.get(self._kind, _("待核实"))

    def _combo(self, name: str, labels: CodeList | None) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        combo.addItem(_("全部{what}").format(what=name), "")
        for label in labels.labels if labels else ():
            combo.addItem(_(label), label)
        if labels is None:
            combo.hide()  # showing it before it lies in the bar would open a window of its own
        combo.setMaxVisibleItems(20)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(6)
        return combo

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        self.of_batch.setToolTip(_("点一下，重新显示全部记录"))
        dress(self.of_batch, "close")
        self.of_batch.hide()
        self.clear.setProperty("flat", True)
        self.clear.hide()
        parts = (
            self.people,
            self.states,
            self.groups,
            self.regions,
            self.union,
            self.unverified,
            self.of_batch,
            self.clear,
        )
        for part in parts:
            row.addWidget(part)
        row.addStretch(1)
        self.people.setHidden(self._kind != "workers")
        self.union.setHidden(self._kind == "headcounts")

    def go_to_first(self) -> None:
        """Go to the first filter that there is."""
        for part in (self.people, self.states, self.groups, self.regions):
            if part.isVisible():
                part.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def chosen(self) -> dict[str, Any]:
        """What is chosen, as parts of a ``models.selection.Choice``."""
        people = self.people.part
        state = str(self.states.currentData() or "")
        return {
            "states": people.states if self._kind == "workers" else frozenset({state} - {""}),
            "new_form": people.new_form, "group": str(self.groups.currentData() or ""),
            "regions": self.regions.below(), "union": self.union.uid,
            "unverified": self.unverified.isChecked(), "batch": self.batch, "uids": self.uids,
        }  # fmt: skip

    def label(self) -> str:
        """What the list is narrowed to, in words; "" when it is not."""
        batch = _("批次 {number} 的记录").format(number=self.batch) if self.batch else ""
        said = (
            self.people.part.label if self.people.part.name else "",
            self.states.currentText() if self.states.currentData() else "",
            self.groups.currentText() if self.groups.currentData() else "",
            self.regions.name.strip(), self.union.text() if self.union.uid else "",
            self.unverified.text() if self.unverified.isChecked() else "", batch,
            _("选出的记录") if self.uids is not None else "",
        )  # fmt: skip
        return "、".join(each for each in said if each)

    def parts(self) -> Parts:
        """What is chosen, to be kept under a name; a batch or single records are not kept."""
        parts: dict[str, str | bool] = {
            "part": self.people.part.name, "state": str(self.states.currentData() or ""), "region": self.regions.uid,
            "group": str(self.groups.currentData() or ""), "union": self.union.uid,
            "union_name": self.union.text() if self.union.uid else "", "unverified": self.unverified.isChecked(),
        }  # fmt: skip
        return {name: value for name, value in parts.items() if value}

    def choose(self, parts: Parts, batch: int = 0, uids: frozenset[str] | None = None) -> None:
        """Narrow the list to exactly this, without telling. What is not known any more is passed over."""
        names = {part.name for part in self.people.parts}
        self.people.choose(str(parts.get("part", "")) if parts.get("part") in names else "")
        self.states.setCurrentIndex(max(0, self.states.findData(parts.get("state", ""))))
        self.groups.setCurrentIndex(max(0, self.groups.findData(parts.get("group", ""))))
        self.regions.choose(str(parts.get("region", "")))
        self.union.choose(str(parts.get("union", "")), str(parts.get("union_name", "")))
        self.unverified.setChecked(bool(parts.get("unverified", False)))
        self.batch, self.uids = batch, uids
        self.of_batch.setText(" " + (_("批次 {number} 的记录").format(number=batch) if batch else _("选出的记录")))
        self.of_batch.setVisible(batch > 0 or uids is not None)
        self.clear.setVisible(bool(self.label()))

    def _leave_batch(self) -> None:
        self.choose(self.parts())
        self.changed.emit()

    def _clear(self) -> None:
        self.choose({})
        self.changed.emit()

    def _tell(self) -> None:
        self.clear.setVisible(bool(self.label()))
        self.changed.emit()
