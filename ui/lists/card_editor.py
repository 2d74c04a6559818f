"""Layouts of cards and labels are made here: how large, how many on a sheet, what stands where; beside it the printed sheet."""

from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from models.errors import UnreadField, UserError
from models.language import _
from models.lists.card_forms import (
    CardForm,
    card_forms,
    forget_card,
    keep_card,
    plain,
    read_card,
    titles_of,
    with_names,
    with_titles,
)
from models.worklists.kinds import OF
from reports import paper
from reports.cards.chosen import example_sheet
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.context import Context
from ui.kit.lines import REST, across, down, on_paper, scrolled
from ui.kit.list_box import put_in
from ui.kit.plain import Label, caption
from ui.kit.plain_fields import decimal_field, line_field
from ui.kit.preview import Preview
from ui.kit.written import Written
from ui.lists.card_fields import CardFields, millimetres, whole_number

_SIDE = 390
_LISTED = 124
#: The fields of a part that are the same for all, and those of texts.
_PLACE = ("x", "y", "width", "height")
_OF_TEXT = ("text", "size", "lines", "bold", "align", "turned", "upright")
#: What each is where a layout does not say.
_USUAL: dict[str, Any] = {
    "across": 1, "down": 1, "left": 0, "top": 0, "gap_x": 0, "gap_y": 0, "paper": "A4", "landscape": False, "frame": False,
    "text": "", "size": 10.5, "lines": 1, "bold": False, "align": "left", "turned": False, "upright": False,
}  # fmt: skip
#: Before the place of a part in the name of a field that was refused.
_PARTS = "parts"


class CardEditor(QDialog):
    """The dialog of the layouts of cards, or of labels. ``kept(str)`` brings the key of one that was kept."""

    kept = Signal(str)

    def __init__(self, context: Context, use: str, key: str = "", parent: QWidget | None = None) -> None:
        """``use``: cards or labels; begins with the layout of ``key``, else with the first one."""
        super().__init__(parent)
        self.setWindowTitle(_("卡片版式") if use == "cards" else _("标签版式"))
        self._context, self._use = context, use
        self._written = Written(context, self, unread=self._unread)
        self.forms: list[CardForm] = []
        self._parts: list[dict[str, Any]] = []
        self.form = choice_box(_("版式"), (), self._choose)
        self.sheet = _sheet_fields()
        self.parts = QListWidget()
        self.parts.setAccessibleName(_("印什么"))
        self.parts.setFixedHeight(_LISTED)
        self.part = _part_fields()
        self.names = choice_box(_("在文字里加一栏"), (), self._add_name)
        self.wrong = Label(role="wrong", wrap=True)
        self.told = Label(role="secondary", wrap=True)
        self.add_text, self.add_code = push_button(_("加文字"), self._add_text), push_button(_("加二维码"), self._add_code)
        self.add_rule, self.drop = push_button(_("加线"), self._add_rule), push_button(_("去掉"), self._drop)
        self.keep, self.forget = push_button(_("保存版式"), self._keep, primary=True), push_button(_("删除版式"), self._forget)
        self.preview = Preview()
        self._lay_out()
        for button in (self.keep, self.forget, self.add_text, self.add_code, self.add_rule, self.drop):
            button.setAutoDefault(False)  # Enter in a field is no wish to keep
        self.sheet.edited.connect(self.compose)
        self.part.edited.connect(self._take_part)
        self.parts.currentRowChanged.connect(self._show_part)
        self._offer(key)
        self.resize(1160, 700)

    def _lay_out(self) -> None:
        body = on_paper(down(
            across(Label(_("从哪种改起"), "secondary"), (self.form, 1)), self.sheet,
            Label(_("印什么"), "heading"), self.parts, across(self.add_text, self.add_code, self.add_rule, REST, self.drop),
            self.wrong, self.part, self.names, REST, margins=(0, 0, theme.GAP, 0),
        ))  # fmt: skip
        side = scrolled(body, _("版式"), sideways=False, by_tab=False)
        side.setFixedWidth(_SIDE)
        buttons = across((self.told, 1), self.forget, self.keep)
        down((across(side, (self.preview, 1)), 1), buttons, on=self, margins=None)

    # which layout

    def _offer(self, key: str) -> None:
        self.forms = card_forms(self._use)
        place = next((place for place, each in enumerate(self.forms) if each.key == key), 0)
        with QSignalBlocker(self.form):
            self.form.clear()
            put_in(self.form, [(f"{_(OF[each.of])} · {each.shown}", number) for number, each in enumerate(self.forms)])
            self.form.setCurrentIndex(place)
        self.show_form(self.forms[place])

    def _choose(self, place: int) -> None:
        self.show_form(self.forms[place])

    def show_form(self, form: CardForm) -> None:
        """Show a layout to be changed, and its sheet."""
        self._base = form
        held = _USUAL | plain(form) | {"name": form.name if form.uid else ""}
        self.sheet.show_values({name: held[name] for name in self.sheet.fields})
        self._parts = [_shown(form.of, each) for each in held["parts"]]
        with QSignalBlocker(self.names):
            self.names.clear()
            put_in(self.names, [(_("在文字里加一栏…"), ""), *((title, title) for title in titles_of(form.of).values())])
        self.forget.setEnabled(bool(form.uid))
        self._list_parts(0)

    # what stands on it

    def _list_parts(self, row: int) -> None:
        with QSignalBlocker(self.parts):
            self.parts.clear()
            for each in self._parts:
                item = QListWidgetItem(caption(_called(each)))
                item.setSizeHint(QSize(0, theme.ROW_HEIGHT - 4))
                self.parts.addItem(item)
            self.parts.setCurrentRow(min(row, len(self._parts) - 1))
        self._show_part(self.parts.currentRow())

    def _show_part(self, row: int) -> None:
        self.part.setVisible(row >= 0)
        self.drop.setEnabled(len(self._parts) > 1)
        if row < 0:
            return
        part = self._parts[row]
        shown = _PLACE if part.get("rule") else ("text", *_PLACE) if "qr" in part else (*_OF_TEXT, *_PLACE)
        self.names.setVisible(not part.get("rule"))
        self.part.show_rows(shown)
        held = _USUAL | {"text": part.get("qr", "")} | part
        self.part.show_values({name: held[name] for name in self.part.fields})
        self.compose()

    def _take_part(self) -> None:
        """What stands in the fields of a part is the part's now."""
        row = self.parts.currentRow()
        part, values = self._parts[row], self.part.values()
        text = values.pop("text")
        if "qr" in part:
            part |= {name: values[name] for name in _PLACE} | {"qr": text}
        elif part.get("rule"):
            part |= {name: values[name] for name in _PLACE}
        else:
            part |= values | {"text": text}
        self.parts.item(row).setText(caption(_called(part)))
        self.compose()

    def _add_text(self) -> None:
        self._add({"text": _("文字"), "width": 30.0, "height": 6.0})

    def _add_code(self) -> None:
        self._add({"qr": "{" + next(iter(titles_of(self._base.of).values())) + "}", "width": 20.0, "height": 20.0})

    def _add_rule(self) -> None:
        self._add({"rule": True, "width": self.sheet.values()["width"], "height": 0.0})

    def _add(self, part: dict[str, Any]) -> None:
        """Add a part at the upper left corner, no larger than the card, and show it."""
        size = self.sheet.values()
        sides = {side: min(part[side], size[side]) for side in ("width", "height")}
        self._parts.append({"x": 0.0, "y": 0.0} | part | sides)
        self._list_parts(len(self._parts) - 1)
        if not part.get("rule"):
            field = self.part.fields["text"]
            assert isinstance(field, QLineEdit)
            field.setFocus()
            field.selectAll()

    def _drop(self) -> None:
        row = self.parts.currentRow()
        del self._parts[row]
        self._list_parts(row)

    def _add_name(self, _place: int) -> None:
        """Put a field into the text where the cursor stands."""
        title = self.names.currentData()
        self.names.setCurrentIndex(0)
        field = self.part.fields["text"]
        assert isinstance(field, QLineEdit)
        if title:
            field.insert("{" + title + "}")
            field.setFocus()

    # the sheet

    def given(self) -> dict[str, Any]:
        """The layout as JSON has it. UserError where a text names a field that there is not."""
        told = {name: value for name, value in self.sheet.values().items() if name != "name"}
        parts = [_named(self._base.of, place, each) for place, each in enumerate(self._parts)]
        return told | {"use": self._use, "of": self._base.of, "parts": parts}

    def compose(self, *_changed: object) -> None:
        """Show the sheet as it would be printed; what is refused is said at its field, and the last sheet stays."""
        for part in (self.sheet, self.part):
            part.settle()
        self.wrong.hide()
        try:
            form = read_card(self.sheet.values()["name"] or self._base.name, self.given())
        except UserError as error:
            self.keep.setEnabled(False)
            self._say(error)
            return
        self.keep.setEnabled(True)
        told = _("{width:g}×{height:g} 毫米，{paper} 每页 {count} 张；图上的人和单位是虚构的")
        self.told.setText(told.format(width=form.width, height=form.height, paper=form.paper, count=form.a_sheet))
        try:
            self.preview.show_layout(paper.lay_out(example_sheet(form, self._context.today.isoformat())))
        except UserError as error:  # no Chinese font on this computer
            self.told.setText(str(error))

    def _say(self, error: UserError) -> None:
        """Say what is wrong where it was written: at a field of the sheet or of the part that is shown, else below the parts."""
        name = error.field if isinstance(error, UnreadField) else ""
        if name in self.sheet.fields:
            self.sheet.refuse(name, str(error))
            return
        if name.startswith(_PARTS):
            _all, place, field = name.split(".")
            if int(place) == self.parts.currentRow() and field in self.part.fields:
                self.part.refuse(field, str(error))
                return
        self.wrong.setText(str(error))
        self.wrong.show()

    def _keep(self) -> None:
        if self._context.may_write():
            self.keep_as(self.sheet.values()["name"])

    def keep_as(self, name: str) -> None:
        """Keep the layout under a name."""
        self._name = " ".join(name.split())
        self._written.write(_("版式已保存。"), keep_card, self._name, self.given(), self._context.author, then=self._was_kept)

    def _was_kept(self) -> None:
        key = f"{self._base.of}/{self._name}"
        self._offer(key)
        self.kept.emit(key)

    def _unread(self, error: UnreadField) -> None:
        self._say(error)

    def _forget(self) -> None:
        if self._context.may_write():
            self._written.write(_("版式已删除。"), forget_card, self._base, self._context.author, then=self._forgotten)

    def _forgotten(self) -> None:
        self._offer("")
        self.kept.emit("")


def _sheet_fields() -> CardFields:
    paper_of = choice_box(_("纸张"), [("A4", "A4"), ("A3", "A3")])
    turned = choice_box(_("方向"), [(_("竖放"), False), (_("横放"), True)])
    name = line_field(_("名称"), _("自己的版式的名称，例如 胸牌"))
    return CardFields([
        (_("名称"), [("name", name)]), (_("纸张"), [("paper", paper_of), ("landscape", turned)]),
        (_("每张宽、高"), [("width", millimetres(_("每张的宽"))), ("height", millimetres(_("每张的高")))]),
        (_("列数、行数"), [("across", whole_number(_("列数"), 40, _("列"))), ("down", whole_number(_("行数"), 60, _("行")))]),
        (_("左边、上边"), [("left", millimetres(_("离纸的左边"))), ("top", millimetres(_("离纸的上边")))]),
        (_("列间、行间"), [("gap_x", millimetres(_("两列之间"))), ("gap_y", millimetres(_("两行之间")))]),
        ("", [("frame", QCheckBox(_("四周印裁切线")))]),
    ])  # fmt: skip


def _part_fields() -> CardFields:
    text = line_field(_("内容"))
    sides = choice_box(_("对齐"), [(_("靠左"), "left"), (_("居中"), "center"), (_("靠右"), "right")])
    return CardFields([
        (_("内容"), [("text", text)]),
        (_("左、上"), [("x", millimetres(_("离卡片左边"))), ("y", millimetres(_("离卡片上边")))]),
        (_("宽、高"), [("width", millimetres(_("宽"))), ("height", millimetres(_("高")))]),
        (_("字号、行数"), [("size", decimal_field(_("字号"), 4, 200, _(" 磅"))), ("lines", whole_number(_("行数"), 10, _("行")))]),
        (_("对齐"), [("align", sides), ("bold", QCheckBox(_("加粗")))]),
        ("", [("turned", QCheckBox(_("倒着印"))), ("upright", QCheckBox(_("竖着写")))]),
    ])  # fmt: skip


def _shown(of: str, part: dict[str, Any]) -> dict[str, Any]:
    """A part with the titles of its fields."""
    return part | {name: with_titles(of, part[name]) for name in ("text", "qr") if name in part}


def _named(of: str, place: int, part: dict[str, Any]) -> dict[str, Any]:
    """A part with the names of its fields. UnreadField for one that there is not."""
    try:
        return part | {name: with_names(of, part[name]) for name in ("text", "qr") if name in part}
    except UserError as error:
        raise UnreadField(f"{_PARTS}.{place}.text", str(error)) from error


def _called(part: dict[str, Any]) -> str:
    """What a part is called in the list."""
    if part.get("rule"):
        return _("线")
    return _("二维码 {text}").format(text=part["qr"]) if "qr" in part else str(part["text"])


def edit_cards(context: Context, use: str, key: str, parent: QWidget) -> CardEditor:
    """Open the dialog over a page or a dialog; it is gone once it was closed."""
    dialog = CardEditor(context, use, key, parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
