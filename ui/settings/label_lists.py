"""The fixed lists of labels that fields choose from, to look at: they come from the reporting forms and are not changed here."""

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.codes import CodeList
from models.columns import columns_of
from models.kinds import Choice
from models.language import _
from models.records import RECORDS
from ui import theme

#: As wide as the narrowest window allows.
_WIDTH = 700


def label_lists() -> list[tuple[str, CodeList]]:
    """(field's title, its labels) of every field that has a fixed list, each list once."""
    found: dict[int, tuple[str, CodeList]] = {}
    for record in RECORDS.values():
        for column in columns_of(record):
            if isinstance(column.kind, Choice):
                found.setdefault(id(column.kind.codes), (column.title, column.kind.codes))
    return list(found.values())


class LabelLists(QWidget):
    """Choose a field, see what can stand in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """The first list."""
        super().__init__(parent)
        self._lists = label_lists()
        self.field = QComboBox()
        self.field.setAccessibleName(_("字段"))
        self.field.addItems([title for title, _labels in self._lists])
        self.labels = QLabel(wordWrap=True)
        self.labels.setFixedWidth(_WIDTH)
        note = QLabel(_("这些选项来自上报用的表，这里只供查看。"))
        note.setProperty("role", "secondary")
        self.field.currentIndexChanged.connect(self._show)
        line = QHBoxLayout()
        line.addWidget(self.field)
        line.addWidget(note)
        line.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.GAP)
        rows.addLayout(line)
        rows.addWidget(self.labels)
        self._show(0)

    def _show(self, place: int) -> None:
        self.labels.setText(_("、").join(_(label) for label in self._lists[place][1].labels))
        self.labels.setFixedHeight(self.labels.heightForWidth(_WIDTH))
