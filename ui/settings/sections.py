"""A page in sections: their names in a list at the left, the chosen one beside it, so that nothing needs much scrolling."""


from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFormLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from models.language import _
from ui.kit import theme
from ui.kit.lines import REST, across, down, on_paper, scrolled
from ui.kit.plain import Label


class Sections(QWidget):
    """The list and the sections. Arrow keys go through the list, Tab into the section that is shown."""

    def __init__(self) -> None:
        """Without sections; :meth:`add` adds one."""
        super().__init__()
        self.names = QListWidget()
        self.names.setAccessibleName(_("设置的各部分"))
        self.names.setObjectName("sections")
        self.names.setFixedWidth(self.names.fontMetrics().horizontalAdvance("国") * 7 + 2 * theme.WIDE)
        self.stack = QStackedWidget()
        self.names.currentRowChanged.connect(self.stack.setCurrentIndex)
        across(self.names, (self.stack, 1), on=self, gap=0)
        self.setFocusProxy(self.names)

    def add(self, title: str) -> QFormLayout:
        """Add a section; returns the form that is to be filled."""
        form = QFormLayout()
        content = on_paper(down(form, REST, gap=None, margins=(theme.PAGE, theme.WIDE, theme.PAGE, theme.WIDE)))
        form.setHorizontalSpacing(theme.PAGE)
        form.setVerticalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        self.stack.addWidget(scrolled(content, by_tab=False))
        item = QListWidgetItem(title)
        # told here, for the list has measured its items before the look was put on
        item.setSizeHint(QSize(0, max(theme.ROW_HEIGHT, self.names.fontMetrics().height() + 8) + theme.GAP))
        self.names.addItem(item)
        needed = self.names.fontMetrics().horizontalAdvance(title) + 3 * theme.WIDE
        self.names.setFixedWidth(max(self.names.width(), needed))
        if self.names.count() == 1:
            self.names.setCurrentRow(0)
        return form

    def open(self, title: str) -> None:
        """Show the section of this title; nothing for an unknown one."""
        for item in self.names.findItems(title, Qt.MatchFlag.MatchExactly):
            self.names.setCurrentItem(item)


class StillWheel(QObject):
    """Scrolling a section must not turn a setting that the pointer happens to pass."""

    def hold(self, *fields: QWidget) -> None:
        """Keep the wheel away from these fields unless they have the focus."""
        for field in fields:
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def told(text: str) -> Label:
    """A line that explains what stands above it."""
    label = Label(text, "secondary", wrap=True)
    label.setMinimumWidth(520)
    return label
