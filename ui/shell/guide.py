"""The guide inside the program: its text with pictures, a table of contents at the side, a field to search it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QPoint, QSignalBlocker, QSize, Qt, QUrl
from PySide6.QtGui import QImage, QResizeEvent, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from models.language import _, language
from ui.kit import theme
from ui.kit.finding import FindField
from ui.kit.lines import across, divided, down
from ui.kit.plain import Label

_DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
_MARGIN = 48
_LEAST = 200
#: So far below its upper edge a line is what the page shows first.
_TOP = 12
_CONTENTS = 220
_PLACE = Qt.ItemDataRole.UserRole


class Guide(NamedTuple):
    """The guide in one language: a Markdown text with its pictures beside it.

    ``places``: where it tells of each page of the window, words of a heading or the first words of a paragraph.
    """

    text: Path
    places: Mapping[str, str]


#: The guides are texts of the project, one for each language of the window.
GUIDES = {
    "zh": Guide(_DOCS / "指南.md", {
        "home": "总览", "drive": "哪些单位该建会", "health": "体检。", "targets": "任务指标。", "unions": "查找和导出",
        "workers": "查找和导出", "new_form": "查找和导出", "employers": "查找和导出", "headcounts": "查找和导出",
        "ledger": "工作台账。", "sites": "阵地。", "worklists": "工作名单。", "chase": "催报。", "import": "导入一份表",
        "history": "撤销", "duplicates": "“查重合并”", "reports": "打印", "handins": "上报。",
        "exchange": "几台电脑交换",
        "settings": "备份",
    }),
    "en": Guide(_DOCS / "guide.en.md", {
        "home": "Home", "drive": "Which employers need a union", "health": "Check-up.", "targets": "Targets.",
        "unions": "Finding and exporting", "workers": "Finding and exporting", "new_form": "Finding and exporting",
        "employers": "Finding and exporting", "headcounts": "Finding and exporting", "ledger": "Work ledger.", "sites": "Places.",
        "worklists": "Working lists.", "chase": "Due sheets.",
        "import": "Importing a sheet", "history": "Undoing", "duplicates": "“Duplicates”", "reports": "Printing reports",
        "handins": "Handing up.", "exchange": "Exchanging between laptops",
        "settings": "Backup",
    }),
}  # fmt: skip


class PicturedText(QTextDocument):
    """A text with pictures that follow the room there is; Qt's own keeps each as wide as it was when it was first shown."""

    def __init__(self, folder: Path, parent: QObject) -> None:
        """``folder`` is where the pictures lie."""
        super().__init__(parent)
        self._folder = folder
        self._made: dict[str, QImage] = {}
        self.fit(QSize())

    def fit(self, page: QSize) -> None:
        """Pictures are to be no larger than a page of this size, two high."""
        self._room = QSize(max(_LEAST, page.width() - _MARGIN), 2 * max(_LEAST, page.height()))
        self._made.clear()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A picture from the folder as large as there is room for; nothing else."""
        path = name.toString() if isinstance(name, QUrl) else name
        if kind != QTextDocument.ResourceType.ImageResource.value or "://" in path:
            return None
        if path not in self._made:
            self._made[path] = self._fitted(QImage(str(self._folder / path)))
        return self._made[path]

    def _fitted(self, picture: QImage) -> QImage:
        if picture.width() <= self._room.width() and picture.height() <= self._room.height():
            return picture
        way = Qt.TransformationMode.SmoothTransformation
        return picture.scaled(self._room, Qt.AspectRatioMode.KeepAspectRatio, way)


class GuideText(QTextBrowser):
    """The text; pictures are as wide as the page at most."""

    def __init__(self, guide: Path) -> None:
        """Without a guide at that place it says so."""
        super().__init__()
        self.setAccessibleName(_("使用指南"))
        self.setOpenExternalLinks(True)
        self._pictured = PicturedText(guide.parent, self)
        self.setDocument(self._pictured)
        try:
            self.setMarkdown(guide.read_text("utf-8"))
        except OSError:
            self.setPlainText(_("找不到使用指南“{path}”。请把程序的文件夹完整地复制一次。").format(path=guide))
        self.found = self.document().blockCount() > 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the pictures out anew: they follow the width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._pictured.fit(self.viewport().size())
            self.document().markContentsDirty(0, self.document().characterCount())

    def headings(self) -> list[QTextBlock]:
        """The paragraphs that are headings, but for the title."""
        blocks, block = [], self.document().firstBlock()
        while block.isValid():
            if block.blockFormat().headingLevel() > 1:
                blocks.append(block)
            block = block.next()
        return blocks

    def go_to(self, words: str) -> bool:
        """Show the heading in which the words stand, else the paragraph that begins with them. False without either."""
        block = next((each for each in self.headings() if words in each.text()), None)
        place = self.document().firstBlock()
        while block is None and place.isValid():
            block = place if place.text().startswith(words) else None
            place = place.next()
        if block is not None:
            self.show_place(block.position())
        return block is not None

    def show_place(self, position: int) -> None:
        """Bring a place of the text to the top."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        self.setTextCursor(cursor)
        top = self.document().documentLayout().blockBoundingRect(cursor.block()).top()
        self.verticalScrollBar().setValue(int(top))

    def seek(self, words: str, *, again: bool = False) -> bool:
        """Mark the next place where the words stand, beginning anew at the end. ``again``: not the one that is marked."""
        cursor = self.textCursor()
        if not again:
            cursor.setPosition(cursor.selectionStart())
        found = self.document().find(words, cursor)
        if found.isNull():
            start = QTextCursor(self.document())
            found = self.document().find(words, start)
        if not found.isNull():
            self.setTextCursor(found)
            self.ensureCursorVisible()
        return not found.isNull()


class GuideView(QWidget):
    """The guide with its contents and its search field."""

    def __init__(self, guide: Guide | None = None) -> None:
        """Without ``guide`` it is the one in the language of the window."""
        super().__init__()
        self._guide = guide or GUIDES[language()]
        self.text = GuideText(self._guide.text)
        self.contents = QListWidget()
        self.contents.setAccessibleName(_("目录"))
        self.contents.setSpacing(3)
        self.contents.setWordWrap(True)
        self.contents.setResizeMode(QListView.ResizeMode.Adjust)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for block in self.text.headings():
            item = QListWidgetItem(block.text().replace("\u3000", " "))
            item.setData(_PLACE, block.position())
            self.contents.addItem(item)
        self.contents.currentItemChanged.connect(self._go)
        self.text.verticalScrollBar().valueChanged.connect(self._mark)
        self.finding = FindField(_("在指南里查找，回车找下一处"), _("在指南里查找"))
        room = self.finding.placeholderText() + "国" * 4
        self.finding.setMinimumWidth(self.fontMetrics().horizontalAdvance(room))
        self.finding.textEdited.connect(self._seek)
        self.finding.returnPressed.connect(self._seek_again)
        self.told = Label(role="secondary")
        bar = across(self.finding, (self.told, 1))
        split = divided(self.contents, self.text, sizes=(_CONTENTS, 3 * _CONTENTS))
        split.setStretchFactor(1, 1)
        down(bar, (split, 1), on=self, margins=(theme.GAP, theme.GAP, theme.GAP, theme.GAP))
        self.contents.setVisible(self.text.found)

    def show_page(self, page: str) -> bool:
        """Turn to what is told of a page of the window; False when the guide does not tell of it."""
        return self.text.go_to(self._guide.places[page])

    def _go(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.text.show_place(int(item.data(_PLACE)))

    def _mark(self) -> None:
        """Mark the chapter at the top of the page in the contents, without turning to it."""
        top = self.text.cursorForPosition(self.text.viewport().rect().topLeft() + QPoint(_TOP, _TOP)).position()
        begun = [row for row in range(self.contents.count()) if self.contents.item(row).data(_PLACE) <= top]
        with QSignalBlocker(self.contents):
            self.contents.setCurrentRow(begun[-1] if begun else -1)

    def _seek(self) -> None:
        self._look(again=False)

    def _seek_again(self) -> None:
        self._look(again=True)

    def _look(self, *, again: bool) -> None:
        words = self.finding.text().strip()
        found = not words or self.text.seek(words, again=again)
        self.told.setText("" if found else _("没有找到"))
