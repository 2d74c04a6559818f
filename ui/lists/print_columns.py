"""Which columns a list is printed with: ticked, dragged into order, each with its width, and empty ones to write or sign in."""

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from models.language import _
from models.lists.print_forms import WIDEST, FormColumn
from models.values.columns import Column
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.entry_lists import entry, meant, ticked_of
from ui.kit.lines import REST, across, down
from ui.kit.plain import Label, caption
from ui.kit.plain_fields import decimal_field, line_field


class PrintColumns(QWidget):
    """``changed()`` when a person ticked, moved, widened or added a column."""

    changed = Signal()

    def __init__(self) -> None:
        """Without columns; :meth:`offer` gives them."""
        super().__init__()
        self.list = QListWidget()
        self.list.setAccessibleName(_("要印的栏"))
        self.list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.up, self.down = push_button(_("上移"), partial(self._move, -1)), push_button(_("下移"), partial(self._move, 1))
        self.width_of = decimal_field(_("宽度（几个字）"), 0, WIDEST)
        self.width_of.setDecimals(0)
        self.width_of.setSingleStep(1)
        self.width_of.setSpecialValueText(_("照常"))
        self.blank = line_field(_("空白栏的标题"), _("空白栏，例如 签名"))
        self.add = push_button(_("加一栏"), self._add_blank)
        self.blank.returnPressed.connect(self._add_blank)
        self.list.currentRowChanged.connect(self._fit)
        self.list.itemChanged.connect(self._tell)
        self.list.model().rowsMoved.connect(self._tell)
        self.width_of.valueChanged.connect(self._widen)
        down(
            (self.list, 1), across(self.up, self.down, Label(_("宽"), "secondary"), self.width_of, REST),
            across((self.blank, 1), self.add), on=self, gap=theme.GAP // 2,
        )  # fmt: skip

    def offer(self, columns: list[Column], chosen: tuple[FormColumn, ...], usual: list[Column]) -> None:
        """Offer all columns of a list, the chosen ones ticked and first, without telling; without a choice the ``usual`` ones."""
        known = {column.name: column for column in columns}
        wanted = [each for each in chosen if each.blank or each.name in known] or [FormColumn(each.name) for each in usual]
        named = {each.name for each in wanted if not each.blank}
        with QSignalBlocker(self.list):
            self.list.clear()
            for each in wanted:
                self._put(each, each.name if each.blank else known[each.name].title, True)
            for column in columns:
                if column.name not in named:
                    self._put(FormColumn(column.name), column.title, False)
        self._fit(self.list.currentRow())

    def chosen(self) -> tuple[FormColumn, ...]:
        """The ticked columns in their order."""
        return tuple(ticked_of(self.list))

    def _put(self, column: FormColumn, title: str, ticked: bool) -> QListWidgetItem:
        said = caption(_("{title}（空白）").format(title=title) if column.blank else title)
        item = entry(said, column, high=theme.ROW_HEIGHT - 4, ticked=ticked)
        self.list.addItem(item)
        return item

    def _fit(self, row: int) -> None:
        item = self.list.item(row)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < self.list.count() - 1)
        self.width_of.setEnabled(item is not None)
        with QSignalBlocker(self.width_of):
            self.width_of.setValue(meant(item).width if item is not None else 0)

    def _move(self, by: int, _pressed: bool = False) -> None:
        row = self.list.currentRow()
        with QSignalBlocker(self.list):
            self.list.insertItem(row + by, self.list.takeItem(row))
            self.list.setCurrentRow(row + by)
        self._fit(row + by)
        self._tell()

    def _widen(self, width: float) -> None:
        item = self.list.currentItem()
        column: FormColumn = meant(item)
        with QSignalBlocker(self.list):
            item.setData(Qt.ItemDataRole.UserRole, FormColumn(column.name, column.blank, width))
        self._tell()

    def _add_blank(self) -> None:
        """Add an empty column behind those that are ticked."""
        title = " ".join(self.blank.text().split()).lstrip("=＝")
        if not title:
            return
        self.blank.clear()
        with QSignalBlocker(self.list):
            item = self._put(FormColumn(title, blank=True), title, True)
            last = max((row for row in range(self.list.count() - 1)
                if self.list.item(row).checkState() == Qt.CheckState.Checked), default=-1)
            self.list.insertItem(last + 1, self.list.takeItem(self.list.row(item)))
            self.list.setCurrentRow(last + 1)
        self._fit(last + 1)
        self._tell()

    def _tell(self) -> None:
        self.changed.emit()
