"""First step of an import: choosing files, and telling which of them cannot be read and why."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QLayout, QLineEdit, QPushButton, QWidget

from importers.session import SourceFile
from models.language import _
from models.register.laptop import read_laptop, write_laptop
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.icons import icon
from ui.kit.lines import ALL_AROUND, REST, across, down, scrolled
from ui.kit.plain import Label
from ui.kit.secret_fields import secret_field

#: What the file dialog offers; the content decides how a file is read, not its name.
PATTERNS = (
    "*.xlsx *.xls *.et *.xlsm *.xlsb *.ods *.ett *.csv *.txt *.tsv *.html *.htm *.mht *.xml"
    " *.docx *.docm *.wps *.pdf *.zip *.eml"
)


def empty(rows: QLayout) -> None:
    """Take everything out of a layout."""
    while rows.count():
        item = rows.takeAt(0)
        if item.widget():
            item.widget().hide()
            item.widget().deleteLater()


class FilesView(QWidget):
    """Where files are dropped or chosen.

    ``chosen(list)`` brings the paths a person picked; ``unlocking(Path, str)`` a file with its password; ``going_on()``
    asks to import the files that could be read and leave the others.
    """

    chosen = Signal(object)
    unlocking = Signal(object, str)
    going_on = Signal()

    def __init__(self) -> None:
        """The place to drop files on, and nothing to complain of."""
        super().__init__()
        self.choose = push_button(_("选择文件…"), self._ask, primary=True)
        self.paste = push_button("")
        self.state = Label()
        self.state.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.go_on = push_button("", self.going_on)
        self.go_on.hide()
        self.passwords: dict[Path, QLineEdit] = {}
        self._troubles = down()
        self._lay_out()
        self.wait("")

    def _lay_out(self) -> None:
        area = QFrame()
        area.setObjectName("droparea")
        area.setStyleSheet("QFrame#droparea { border: 2px dashed palette(mid); border-radius: 4px; }")
        sign = Label()
        sign.setPixmap(icon("import", "muted").pixmap(QSize(40, 40)))
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint = Label(
            _("可以一次选几个文件，一个文件里可以有几张表。支持 .xlsx .xls .xlsb .et .ods .csv .txt"
              "、网页、Word（.docx）和 PDF 里的表格，装着它们的文件夹、.zip 和邮件（.eml）；原文件不会被改动。"),
            "secondary", wrap=True,
        )  # fmt: skip
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = down(REST, sign, self.state, on=area, gap=12, margins=ALL_AROUND)
        inside.addLayout(across(REST, self.choose, self.paste, REST))
        inside.addWidget(hint)
        inside.addStretch(1)
        told = QWidget()
        told.setLayout(self._troubles)
        told.setObjectName("troubles")
        told.setStyleSheet("QWidget#troubles { background: transparent; }")
        self._scroll = scrolled(told)
        self._scroll.hide()
        rows = down((area, 1), (self._scroll, 1), on=self, gap=12)
        rows.addWidget(self.go_on, 0, Qt.AlignmentFlag.AlignRight)

    @property
    def first(self) -> QWidget:
        """Where a person goes on: a password that is asked for, the other files, or choosing."""
        return next(iter(self.passwords.values()), self.choose if self.go_on.isHidden() else self.go_on)

    def wait(self, doing: str) -> None:
        """Say what is being done meanwhile; "" when files can be chosen."""
        self.state.setText(doing or _("把表格文件拖到这里，或者"))
        self.choose.setVisible(not doing)
        self.paste.setVisible(not doing)
        self.go_on.setEnabled(not doing)
        for field in self.passwords.values():
            field.setEnabled(not doing)

    def tell(self, troubled: Sequence[SourceFile], readable: int) -> None:
        """List the files that could not be read, each with its sentence; offer to go on with the ``readable`` others."""
        self.passwords.clear()
        empty(self._troubles)
        for source in troubled:
            self._troubles.addWidget(self._card(source))
        self._troubles.addStretch(1)
        self._scroll.setVisible(bool(troubled))
        self.go_on.setText(_("只导入其余 {count} 个文件").format(count=readable))
        self.go_on.setVisible(bool(troubled) and readable > 0)

    def _card(self, source: SourceFile) -> QFrame:
        card = QFrame()
        card.setProperty("card", True)
        sign = Label()
        sign.setPixmap(icon("lock" if source.locked else "alert", "accent").pixmap(QSize(20, 20)))
        said = Label(source.error, wrap=True)
        row = across(sign, (said, 1), on=card, gap=None, margins=(12, theme.GAP, 12, theme.GAP))
        if source.locked:
            field = secret_field()
            field.setPlaceholderText(_("文件的打开密码"))
            field.setAccessibleName(_("《{name}》的打开密码").format(name=source.name))
            field.setFixedWidth(180)
            field.setProperty("path", str(source.place))
            field.returnPressed.connect(self._unlock)
            button = QPushButton(_("打开"))
            button.setProperty("path", str(source.place))
            button.clicked.connect(self._unlock)
            self.passwords[source.place] = field
            row.addWidget(field)
            row.addWidget(button)
        return card

    def _unlock(self) -> None:
        path = Path(self.sender().property("path"))
        if self.passwords[path].text():
            self.unlocking.emit(path, self.passwords[path].text())

    def _ask(self) -> None:
        values = read_laptop()
        names, _filter = QFileDialog.getOpenFileNames(
            self, _("选择要导入的文件"), str(values.get("import_folder", "")),
            _("表格文件 ({patterns})").format(patterns=PATTERNS) + ";;" + _("所有文件 (*)"),
        )  # fmt: skip
        if names:
            write_laptop(values | {"import_folder": str(Path(names[0]).parent)})
            self.chosen.emit([Path(name) for name in names])
