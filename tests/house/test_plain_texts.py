"""The one place that makes labels, tool tips and captions shows a text as it is, and no other file makes any."""

import ast
from collections.abc import Iterator

import pytest
from PySide6 import QtGui
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.house.test_architecture import Module, everything
from ui.kit.plain import LinkLabel, as_shown, caption, tip, warn

#: Where labels, tool tips and captions are made.
PLACE = "ui/kit/plain.py"


@pytest.mark.parametrize("name", ["<b>粗</b>", "甲&lt;乙", '<img src="x.png">\n第二行'])
def test_a_tool_tip_shows_the_letters_of_its_text(name: str) -> None:
    document = QtGui.QTextDocument()
    document.setHtml(tip(name))
    assert QtGui.Qt.mightBeRichText(tip(name))  # so that Qt reads what was wrapped
    assert document.toPlainText().replace("\u2028", "\n") == name


@pytest.mark.parametrize("name", ["王五", "甲 < 乙", "甲&乙", "1 > 0\n两行", ""])
def test_a_tool_tip_that_qt_reads_as_it_is_stays_as_it_is(name: str) -> None:
    assert tip(name) == name


def test_a_cell_is_wrapped_only_for_its_tool_tip() -> None:
    assert as_shown("<b>甲</b>", Qt.ItemDataRole.DisplayRole) == "<b>甲</b>"
    assert as_shown("<b>甲</b>", Qt.ItemDataRole.ToolTipRole) == tip("<b>甲</b>")


@pytest.mark.parametrize(("name", "told"), [("甲&乙", "甲&&乙"), ("甲\t乙\n丙", "甲 乙 丙"), ("&&", "&&&&")])
def test_a_button_shows_every_sign_of_its_words_on_one_line(name: str, told: str) -> None:
    assert caption(name) == told


def test_links_show_names_and_bring_the_uid(qtbot: QtBot) -> None:
    links = LinkLabel()
    qtbot.addWidget(links)
    links.show_parts([("<b>甲</b>", "uid-1"), (" › ", ""), ("乙&amp;\n丙", "")])
    document = QtGui.QTextDocument()
    document.setHtml(links.text())
    assert document.toPlainText().replace("\u2028", "\n") == "<b>甲</b> › 乙&amp;\n丙"
    assert 'href="uid-1"' in links.text()


def test_a_box_with_a_sentence_shows_it_as_it_is(qtbot: QtBot) -> None:
    said = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.append((box.text(), box.textFormat()))
        box.accept()

    parent = QWidget()
    qtbot.addWidget(parent)
    QTimer.singleShot(0, look)
    warn(parent, "没有备份", "<b>文件</b>")
    assert said == [("<b>文件</b>", Qt.TextFormat.PlainText)]


#: Makes a part that guesses, or lays out HTML.
GUESSING = {"QLabel", "QMessageBox", "QErrorMessage", "QTextEdit", "QStaticText", "QGraphicsTextItem"}
LAYING_OUT = {
    "setHtml",
    "insertHtml",
    "appendHtml",
    "setTextFormat",
    "RichText",
    "AutoText",
    "MarkdownText",
    "setMarkdown",
}
#: The guide is a text of the program's own.
OWN_TEXT = {"ui/shell/guide.py"}


def bare(module: Module) -> Iterator[str]:
    """Places outside ``ui/kit/plain.py`` where a text could be taken for HTML."""
    for node in module.nodes:
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in GUESSING:
                yield f"{module.path}:{node.lineno}: {name} guesses; take what {PLACE} has"
            case ast.Call(func=ast.Attribute(value=ast.Name(id="QMessageBox"))):
                yield f"{module.path}:{node.lineno}: QMessageBox guesses; take what {PLACE} has"
            case ast.ClassDef(bases=bases) if any(ast.unparse(each) in GUESSING for each in bases):
                yield f"{module.path}:{node.lineno}: {node.name} guesses; take what {PLACE} has"
            case ast.Attribute(attr=name) if name in LAYING_OUT and module.path not in OWN_TEXT:
                yield f"{module.path}:{node.lineno}: {name} belongs in {PLACE}"
            case ast.ImportFrom(module="html") | ast.Import(names=[ast.alias(name="html")]):
                yield f"{module.path}:{node.lineno}: HTML is made in {PLACE}"
            case ast.Call(func=ast.Attribute(attr="setToolTip"), args=[*_more, text]) if not harmless(text):
                yield f"{module.path}:{node.lineno}: a tool tip that is no fixed text goes through tip()"
            case ast.FunctionDef() if calls(node, "ToolTipRole") and not calls(node, "tip", "as_shown"):
                yield f"{module.path}:{node.lineno}: {node.name} answers for tool tips without tip() or as_shown()"
            case _:
                pass


def harmless(text: ast.expr) -> bool:
    """True for a fixed text of the program, and for what went through tip()."""
    match text:
        case ast.Constant() | ast.Call(func=ast.Name(id="tip")):
            return True
        case ast.Call(func=ast.Name(id="_"), args=args):
            return all(isinstance(each, ast.Constant) for each in args)
        case ast.IfExp(body=body, orelse=other):
            return harmless(body) and harmless(other)
        case _:
            return False


def calls(node: ast.AST, *names: str) -> bool:
    """True when one of the names stands anywhere in it."""
    return any(getattr(each, "attr", getattr(each, "id", "")) in names for each in ast.walk(node))


def test_only_one_file_makes_parts_that_could_guess() -> None:
    modules = [each for each in everything() if each.room == "ui" and each.path != PLACE]
    assert [fault for module in modules for fault in bare(module)] == []


@pytest.mark.parametrize(
    "text",
    [
        "QLabel(name)",
        "QMessageBox.warning(window, title, str(error))",
        "class Line(QLabel): pass",
        "label.setTextFormat(Qt.TextFormat.RichText)",
        "view.setHtml(page)",
        "from html import escape",
        "button.setToolTip(name)",
        "item.setToolTip(0, name)",
        "button.setToolTip(_('只看{name}').format(name=name))",
        "def data(self, index, role):\n    return self.name if role == Qt.ItemDataRole.ToolTipRole else None",
    ],
)
def test_a_part_that_guesses_is_told(text: str) -> None:
    assert list(bare(Module("ui/a.py", text)))


@pytest.mark.parametrize(
    "text", ["Label(name)", "button.setToolTip(_('关闭'))", "button.setToolTip(tip(name) if name else '')"]
)
def test_a_part_that_shows_texts_as_they_are_is_not_told(text: str) -> None:
    assert not list(bare(Module("ui/a.py", text)))
