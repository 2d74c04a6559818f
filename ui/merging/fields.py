"""Two records side by side, field by field: where both say something else, a person chooses which value stays."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QScrollArea, QWidget

from models.duplicates.merge import FieldChoice, MergePreview
from models.language import _
from models.records.catalogue import RECORDS
from models.values.columns import Column, columns_of
from models.values.masking import told_apart
from ui.kit import theme
from ui.kit.chosen_value import ChosenValue
from ui.kit.lines import in_columns, on_paper
from ui.kit.plain import Label
from ui.kit.tables import UNKNOWN

#: What follows from other fields, or is taken from both: nothing to choose.
_FOLLOWS = frozenset({"former_names", "id_doubtful", "verified"})
_SIDES = ("keep", "drop")
#: So far in, a text stands below those that have a radio button before them.
_INDENT = 22


class MergeFields(QScrollArea):
    """The fields that either record knows. ``chosen(str, str)`` names a field and the side whose value is to stay."""

    chosen = Signal(str, str)

    def __init__(self) -> None:
        """Nothing is compared yet."""
        super().__init__()
        self.setObjectName("compared")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("逐项对照"))
        self.choices: dict[str, tuple[QRadioButton, QRadioButton]] = {}
        self.values: dict[str, tuple[str, str]] = {}
        self.heads = (ChosenValue(""), ChosenValue(""))
        self._groups: list[QButtonGroup] = []

    def show_preview(self, preview: MergePreview, heads: tuple[str, str], masked: bool) -> None:
        """Compare the two records of a preview below their heads, those fields first in which they differ."""
        self.choices, self.values, self._groups = {}, {}, []
        grid = in_columns(1, 2, gaps=(theme.WIDE, 6), margins=(theme.GAP, theme.GAP, theme.WIDE, theme.GAP))
        body = on_paper(grid)
        self.heads = (ChosenValue(heads[0]), ChosenValue(heads[1]))
        for place, head in enumerate(self.heads, start=1):
            head.setContentsMargins(_INDENT, 0, 0, theme.GAP)
            head.setFont(theme.font(bold=True))
            grid.addWidget(head, 0, place)
        columns = {column.name: column for column in columns_of(RECORDS[preview.kind])}
        ordered = sorted(preview.fields, key=lambda each: not _asks(each))
        for row, each in enumerate(ordered, start=1):
            left, right = (_text(each, side, columns, preview.names, masked) for side in _SIDES)
            left, right = told_apart((left, right), (each.keep, each.drop))
            self.values[each.name] = (left, right)
            title = Label(each.title, "secondary")
            grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            if _asks(each):
                self._add_choice(body, grid, row, each)
            else:
                self._add_known(grid, row, each)
        grid.setRowStretch(len(ordered) + 1, 1)
        self.setWidget(body)

    def _add_choice(self, body: QWidget, grid: QGridLayout, row: int, each: FieldChoice) -> None:
        group = QButtonGroup(body)
        pair = (QRadioButton(), QRadioButton())
        for place, (side, button) in enumerate(zip(_SIDES, pair, strict=True)):
            text = self.values[each.name][place]
            button.setProperty("field", each.name)
            button.setProperty("side", side)
            button.setChecked(each.side == side)
            button.setAccessibleName(f"{each.title} {text}")
            button.clicked.connect(self._tell)
            group.addButton(button)
            line = QHBoxLayout()
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(ChosenValue(text, button), 1)
            grid.addLayout(line, row, place + 1)
        self._groups.append(group)
        self.choices[each.name] = pair

    def _add_known(self, grid: QGridLayout, row: int, each: FieldChoice) -> None:
        for place, side in enumerate(_SIDES):
            label = ChosenValue(self.values[each.name][place])
            label.setContentsMargins(_INDENT, 0, 0, 0)
            if each.side not in (side, "both"):
                label.setProperty("role", "secondary")
            grid.addWidget(label, row, place + 1)

    def _tell(self) -> None:
        button = self.sender()
        self.chosen.emit(str(button.property("field")), str(button.property("side")))


def _asks(each: FieldChoice) -> bool:
    return each.differs and each.name not in _FOLLOWS


def _text(
    each: FieldChoice, side: str, columns: Mapping[str, Column], names: Mapping[str, str], masked: bool
) -> str:  # fmt: skip
    value = each.keep if side == "keep" else each.drop
    if value is None:
        return UNKNOWN
    if str(value) in names:
        return names[str(value)]
    column = columns.get(each.name)
    return column.kind.show(value, masked=masked, beside_birth=True) if column else str(value)
