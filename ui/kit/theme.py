"""Colours, fonts and spacings: every token of the look is here and nowhere else."""

from pathlib import Path
from string import Template
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

Mode = Literal["auto", "light", "dark"]
FontSize = Literal["small", "standard", "large"]

#: Steps of 4 px for all spacings.
GAP, WIDE, PAGE = 8, 16, 24
ROW_HEIGHT = 28

#: token → (light, dark). One accent, for what is chosen and what is wrong; green only for done, amber only for warnings,
#: blue only for where the keyboard is; all else neutral.
_COLOURS = {
    "accent": ("#B3261E", "#F2857C"),
    "accent_hover": ("#8F1E18", "#F59C94"),
    "accent_soft": ("#FBEDEC", "#43292A"),
    "on_accent": ("#FFFFFF", "#2A1210"),
    "focus": ("#2F5D8A", "#8FBCE6"),
    "ink": ("#1F2328", "#E6E8EA"),
    "muted": ("#4B4F54", "#A8ADB3"),
    "faint": ("#A3A8AE", "#6C7278"),
    "paper": ("#FFFFFF", "#1F2124"),
    "ground": ("#F5F6F7", "#17181A"),
    "side": ("#EFF0F2", "#131416"),
    "line": ("#DDE0E3", "#34373B"),
    "field": ("#FFFFFF", "#26292C"),
    "hover": ("#E7E9EC", "#2B2E32"),
    "selected": ("#F6DEDC", "#53302F"),
    "zebra": ("#FAFAFB", "#222427"),
    "good": ("#2E7D4F", "#7CC79A"),
    "good_soft": ("#E8F3EC", "#20332A"),
    "warn": ("#855700", "#E0B25A"),
    "warn_soft": ("#FBF3E0", "#3A3120"),
    "neutral_1": ("#7C8894", "#8A96A3"),
    "neutral_2": ("#AEB6BE", "#626C77"),
    "neutral_3": ("#D5D9DD", "#43494F"),
}
_BODY_POINTS = {"small": 9.5, "standard": 10.5, "large": 12.0}
_FAMILIES = (
    "Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC",
    "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "SimHei", "Droid Sans Fallback",
)  # fmt: skip
_MONO_FAMILIES = (
    "Consolas",
    "DejaVu Sans Mono",
    "Noto Sans Mono",
    "Liberation Mono",
    "Menlo",
    "WenQuanYi Zen Hei Mono",
)
#: The drawings that are files: those of style sheets, and the program's own sign.
PICTURES = Path(__file__).parent / "pictures"


class _Shown:
    """The theme as it is shown now."""

    dark = False
    points = _BODY_POINTS["standard"]


def colour(token: str) -> str:
    """The colour of a token as #RRGGBB in the theme shown now. KeyError for an unknown token."""
    return _COLOURS[token][_Shown.dark]


def use_theme(app: QApplication, mode: Mode = "auto", size: FontSize = "standard") -> None:
    """Dress the whole application; ``auto`` follows the system's light or dark."""
    hints = app.styleHints()
    _Shown.dark = mode == "dark" or (mode == "auto" and hints.colorScheme() == Qt.ColorScheme.Dark)
    _Shown.points = _BODY_POINTS.get(size, _BODY_POINTS["standard"])
    # each of these looks at every widget there is: a window with all its pages takes seconds
    if not app.styleSheet():  # once dressed, the style under the sheet no longer tells its name
        app.setStyle("Fusion")
    sheet, wanted = _stylesheet(), font()
    if app.styleSheet() != sheet or app.font().key() != wanted.key():
        app.setStyleSheet("")  # taken off first: put on over another one, it takes three times as long
        app.setPalette(_palette())
        app.setFont(wanted)
        app.setStyleSheet(sheet)


def font(step: float = 0.0, bold: bool = False) -> QFont:
    """The Chinese user-interface font, ``step`` points larger or smaller than the body."""
    made = QFont()
    made.setFamilies(_present(_FAMILIES))
    made.setPointSizeF(_Shown.points + step)
    made.setBold(bold)
    return made


def mono_font() -> QFont:
    """For numbers of fixed length, masked ones above all: columns stay straight."""
    made = QFont()
    made.setFamilies(_present(_MONO_FAMILIES) + _present(_FAMILIES))
    made.setStyleHint(QFont.StyleHint.Monospace)
    made.setPointSizeF(_Shown.points)
    return made


def _present(families: tuple[str, ...]) -> list[str]:
    installed = set(QFontDatabase.families())
    return [family for family in families if family in installed]


def _palette() -> QPalette:
    made, role = QPalette(), QPalette.ColorRole
    for part, token in {
        role.Window: "ground", role.Base: "paper", role.AlternateBase: "zebra", role.Button: "ground", role.Text: "ink",
        role.WindowText: "ink", role.ButtonText: "ink", role.Highlight: "selected", role.HighlightedText: "ink",
        role.ToolTipBase: "paper", role.ToolTipText: "ink", role.PlaceholderText: "muted", role.Link: "accent",
        role.Accent: "accent", role.Mid: "line", role.Dark: "line", role.Light: "paper", role.Midlight: "line",
    }.items():  # fmt: skip
        made.setColor(part, QColor(colour(token)))
    for part in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, part, QColor(colour("faint")))
    return made


def _stylesheet() -> str:
    values = {token: colour(token) for token in _COLOURS}
    arrow = (PICTURES / ("down-dark.svg" if _Shown.dark else "down-light.svg")).as_posix()
    check = (PICTURES / ("check-dark.svg" if _Shown.dark else "check-light.svg")).as_posix()
    close = (PICTURES / ("close-dark.svg" if _Shown.dark else "close-light.svg")).as_posix()
    values |= {"arrow": arrow, "check": check, "close": close}
    return _SHEET.substitute(values, secondary=f"{_Shown.points - 1.5}", title=f"{_Shown.points + 3.5}",
                             huge=f"{_Shown.points + 13.5}")  # fmt: skip


_SHEET = Template("""
* { outline: 0; }
QToolTip { background: $paper; color: $ink; border: 1px solid $line; padding: 4px; }
QLabel { background: transparent; }
QLabel:focus { background: $hover; }
QLabel[role="secondary"] { color: $muted; font-size: ${secondary}pt; }
QLabel[role="title"] { font-size: ${title}pt; font-weight: 600; }
QLabel[role="huge"] { font-size: ${huge}pt; font-weight: 600; }
QLabel[role="wrong"] { color: $accent; }
QLabel[tint="ink"] { color: $ink; }
QLabel[tint="muted"] { color: $muted; }
QLabel[tint="accent"] { color: $accent; }
QLabel[tint="good"] { color: $good; }
QLabel[tint="warn"] { color: $warn; }
QLabel[role="code"] { background: $ground; border: 1px solid $line; border-radius: 4px; padding: 12px; font-size: ${title}pt; }

QDialog { background: $paper; }
QWidget#content, QStackedWidget#pages { background: $paper; }
QFrame#header { background: $paper; border: 0; border-bottom: 1px solid $line; }
QFrame#status { background: $ground; border: 0; border-top: 1px solid $line; }
QFrame#card, QFrame[card="true"] { background: $paper; border: 1px solid $line; border-radius: 4px; }
QFrame#notices { border: 0; border-top: 1px solid $line; background: $good_soft; }
QFrame#standing { border: 0; border-bottom: 1px solid $line; background: $accent_soft; }
QFrame#notices[over="true"] { border: 1px solid $line; border-radius: 4px; }
QFrame#notices[kind="error"] { background: $accent_soft; }
QFrame#notices[kind="ask"] { background: $warn_soft; }

QFrame#side { background: $side; border: 0; border-right: 1px solid $line; }
QFrame#side QPushButton { text-align: left; border: 1px solid transparent; border-left: 3px solid transparent; border-radius: 0;
    background: transparent; padding: 6px 7px 6px 13px; }
QFrame#side[narrow="true"] QPushButton { padding: 8px 3px 8px 11px; }
QFrame#side[close="some"] QPushButton { padding-top: 2px; padding-bottom: 2px; }
QFrame#side[close="much"] QPushButton { padding-top: 0; padding-bottom: 0; min-height: 18px; }
QFrame#side QPushButton:hover { background: $hover; }
QFrame#side QPushButton:checked { border-left-color: $accent; background: $paper; color: $accent; font-weight: 600; }
QFrame#side QPushButton:focus { border-color: $focus; background: $hover; }

QPushButton { background: $field; border: 1px solid $line; border-radius: 4px; padding: 5px 14px; min-height: 18px; }
QPushButton:hover { background: $hover; }
QPushButton:focus { border-color: $focus; }
QPushButton:disabled { color: $faint; background: $ground; }
QPushButton:checked { background: $selected; border-color: $accent; }
QPushButton:checked:focus { border: 2px solid $focus; padding: 4px 13px; }
QPushButton[primary="true"] { background: $accent; border-color: $accent; color: $on_accent; font-weight: 600; }
QPushButton[primary="true"]:hover { background: $accent_hover; }
QPushButton[primary="true"]:focus { background: $accent_hover; border: 3px double $on_accent; padding: 3px 12px; }
QPushButton[primary="true"]:disabled { background: $neutral_3; border-color: $neutral_3; color: $muted; }
QPushButton[flat="true"] { border: 1px solid transparent; background: transparent; color: $accent; padding: 3px 7px; }
QPushButton[flat="true"]:hover { background: $hover; }
QPushButton[flat="true"]:focus { background: $hover; border-color: $focus; }
QPushButton[card="true"] { padding: 0; min-height: 0; }
QToolButton:focus { border: 1px solid $focus; border-radius: 4px; }
QPushButton[line="true"] { border: 1px solid transparent; background: transparent; padding: 0; min-height: 0; }
QPushButton[line="true"]:hover { background: $hover; }
QPushButton[line="true"]:focus { background: $hover; border-color: $focus; }
QPushButton::menu-indicator { image: url("$arrow"); width: 12px; height: 12px; subcontrol-origin: padding;
    subcontrol-position: center right; right: 5px; }
QPushButton[legend="true"] { padding: 5px 9px; }
QFrame[chip="true"] { background: $accent_soft; border: 1px solid $line; border-radius: 4px; }

QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit { background: $field; border: 1px solid $line;
    border-radius: 4px; padding: 4px 8px; min-height: 18px; selection-background-color: $selected;
    selection-color: $ink; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
    border-color: $focus; }
QLineEdit:disabled, QComboBox:disabled { color: $faint; background: $ground; }
QComboBox::drop-down, QDateEdit::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("$arrow"); width: 12px; height: 12px; }
QComboBox { combobox-popup: 0; }
QComboBox QAbstractItemView, QListView[offers="true"] { background: $paper; border: 1px solid $line; border-radius: 0;
    selection-background-color: $selected; selection-color: $ink; }
QComboBox QAbstractItemView::item, QListView[offers="true"]::item { min-height: 24px; padding: 0 6px; }

QTableView, QListView, QTreeView { background: $paper; alternate-background-color: $zebra; border: 1px solid $line;
    border-radius: 4px; gridline-color: $line; selection-background-color: $selected; selection-color: $ink; }
QTableView:focus, QListView:focus, QTreeView:focus { border-color: $focus; }
QTableView::item, QTreeView::item { padding: 0 6px; border: 0; }
QTableView::item:selected, QTreeView::item:selected { background: $selected; color: $ink; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QListView#sections { background: $ground; border: 1px solid transparent; border-right-color: $line; border-radius: 0;
    padding-top: 8px; }
QListView#sections:focus { border-color: $focus; }
QListView#sections::item { padding: 0 16px; color: $ink; }
QListView#sections::item:hover { background: $hover; }
QListView#sections::item:selected { background: $paper; color: $accent; border-left: 3px solid $accent; padding-left: 13px; }
QListView[roomy="true"]::item { padding: 4px 8px; color: $ink; }
QListView[roomy="true"]::item:hover { background: $hover; }
QListView[roomy="true"]::item:selected { background: $selected; }
QTableView[bare="true"] { border-color: transparent; }
QTableView[bare="true"]:focus { border-color: $focus; }
QHeaderView { background: $ground; border: 0; }
QHeaderView::section { background: $ground; color: $muted; border: 0; border-right: 1px solid $line;
    border-bottom: 1px solid $line; padding: 5px 8px; }
QTableCornerButton::section { background: $ground; border: 0; border-bottom: 1px solid $line; }

QTabWidget::pane { border: 0; border-top: 1px solid $line; top: -1px; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $muted; padding: 6px 15px 7px 15px; border: 1px solid transparent;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $ink; border-bottom-color: $accent; }
QTabBar::tab:hover { color: $ink; }
QTabBar::tab:selected:focus { border-color: $focus; background: $hover; }
QFrame#pane QTabBar::tab { padding: 6px 8px 7px 8px; }
QTabBar::close-button { image: url($close); subcontrol-position: right; }
QTabBar::close-button:hover { background: $hover; border-radius: 3px; }

QCheckBox::indicator, QRadioButton::indicator, QListView::indicator { width: 13px; height: 13px; border: 1px solid $muted;
    background: $field; }
QCheckBox::indicator, QListView::indicator { border-radius: 3px; }
QRadioButton::indicator { border-radius: 7px; }
QCheckBox::indicator:checked, QListView::indicator:checked { background: $accent; border-color: $accent; image: url("$check"); }
QRadioButton::indicator:checked { border-color: $accent; background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5,
    fx: 0.5, fy: 0.5, stop: 0 $accent, stop: 0.5 $accent, stop: 0.6 $field, stop: 1 $field); }
QCheckBox, QRadioButton { border: 1px solid transparent; border-radius: 4px; padding: 1px 3px; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; }
QProgressBar { background: $neutral_3; border: 0; border-radius: 3px; height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: $line; }
QScrollArea { border: 1px solid transparent; background: transparent; }
QScrollArea#desk { background: $ground; border-color: $line; }
QScrollArea:focus, QScrollArea#desk:focus { border-color: $focus; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $neutral_3; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $neutral_2; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: $paper; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $faint; }
""")
