"""Empty forms to hand out: what comes back in one needs no mapping, here or at the importers of others.

Title and 填报单位 stand above the header, nothing below it is merged, and the 填表说明 is the very last row, because known
importers read up to the row before the last and refuse merged cells.
"""

from pathlib import Path
from typing import Any

from importers.columns.header_text import letter
from importers.workbook.writing import GREY, holds_text, new_workbook, units
from models.errors import UserError
from models.language import _
from models.ledger import kinds as ledger_kinds
from models.ledger.kinds import WorkKind as LedgerKind
from models.own_names import is_own
from models.records.forms import FORMS, Form, FormField, SheetKind
from models.records.ledger import OWN_FIELDS
from models.sites import kinds as site_kinds
from models.values.codes import CodeList
from models.values.columns import Kind
from models.values.kinds import Choice, Count, Day, Reference, YesNo

#: Rows ready to be filled in.
ROWS = 200
#: Titles, and names of the sheets. That of the roster says nothing of members: it would make a member of everybody in it.
TITLES: dict[SheetKind, str] = {
    "workers": "职工花名册", "employers": "用人单位名单", "unions": "工会组织名单", "headcounts": "人数统计表",
    "officers": "委员和干部名单", "ledger": "工作台账", "sites": "阵地名单", "regions": "区划名单",
}  # fmt: skip
#: Fields that the register derives, and nobody fills in.
_NOT_ASKED = frozenset({"membership_state"})
#: Fields that sheets of others may have, and ours does not ask for: they are asked for in the form of unions.
_NOT_ASKED_OF = {"employers": ("member_count", "women_member_count", "key_year", "key_last_year", "key_source"),
    "headcounts": ("union",), "ledger": (*OWN_FIELDS, "id_number")}
_HEADER_ROW = 2
_FIRST, _LAST = _HEADER_ROW + 1, _HEADER_ROW + ROWS
_LISTS = "下拉选项"
_EXAMPLES = "示例"


def fields(form: Form, work: LedgerKind | None = None) -> tuple[FormField, ...]:
    """The fields that a template of the form asks for, in declared order; ``work``: a ledger of one kind, with its own."""
    left_out = {*_NOT_ASKED, *_NOT_ASKED_OF.get(form.kind, ())}
    if work is not None:
        left_out -= {*work.fields, *(["id_number"] if "worker" in work.fields else [])}
        left_out.add("ledger_kind")  # the title says it
    return tuple(each for each in form.fields if each.name not in left_out)


def write(kind: SheetKind, path: Path, overwrite: bool = False, work: LedgerKind | None = None) -> None:
    """Write the empty form of a kind of sheet as .xlsx, for one kind of ``work`` if one is given.

    UserError when the file exists already, or the disk refuses.

    Texts are Chinese whatever the language, so that any importer knows them again.
    """
    if path.exists() and not overwrite:
        raise UserError(_("已有同名文件《{name}》，请换一个名字。").format(name=path.name))
    asked, title = fields(FORMS[kind], work), TITLES[kind] if work is None else f"{work.name}台账"
    lists = _lists(asked)
    with new_workbook(path) as book:
        sheet = book.add_worksheet(TITLES[kind])
        _head(book, sheet, title, asked)
        _rows(book, sheet, asked)
        _choices(sheet, asked, lists)
        sheet.write_string(_LAST + 1, 0, _instructions(kind))
        _examples(book, asked)
        _list_sheet(book, lists)


def _lists(asked: tuple[FormField, ...]) -> dict[str, tuple[str, CodeList]]:
    """The code lists of the fields that are asked for, by name: over each what it is called, an own field's as the field."""
    found: dict[str, tuple[str, CodeList]] = {}
    for each in asked:
        codes = _codes(each.column.kind)
        if codes is not None:
            found.setdefault(codes.name, (each.column.label if is_own(each.name) else codes.name, codes))
    return found


def _codes(kind: Kind) -> CodeList | None:
    if isinstance(kind, Reference) and kind.record == "ledger_kind":
        return ledger_kinds.offered()
    if isinstance(kind, Reference) and kind.record == "site_kind":
        return site_kinds.offered()
    return kind.codes if isinstance(kind, Choice) else None


def _head(book: Any, sheet: Any, title: str, asked: tuple[FormField, ...]) -> None:
    """The title over the whole width, the 填报单位 line, and the header, a star at what must be filled in."""
    styled = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    sheet.merge_range(0, 0, 0, len(asked) - 1, title, styled)
    sheet.write_string(1, 0, "填报单位：____________________")
    header = {"bold": True, "bg_color": GREY, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
    plain, required = book.add_format(header), book.add_format({**header, "font_color": "#C00000"})
    for column, each in enumerate(asked):
        label = each.column.label + ("*" if each.column.required else "")
        sheet.write_string(_HEADER_ROW, column, label, required if each.column.required else plain)
        sheet.set_column(column, column, max(each.column.width * 2, units(label)) + 2)
    sheet.freeze_panes(_HEADER_ROW + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)


def _rows(book: Any, sheet: Any, asked: tuple[FormField, ...]) -> None:
    """Rows to fill in: numbers of people and papers are typed as text, so that no digit is lost; days may be either."""
    text = book.add_format({"num_format": "@", "border": 1})
    plain = book.add_format({"border": 1})
    styles = [text if holds_text(each.column.kind) or isinstance(each.column.kind, Day) else plain for each in asked]
    for row in range(_FIRST, _LAST + 1):
        for column, style in enumerate(styles):
            sheet.write_blank(row, column, None, style)


def _choices(sheet: Any, asked: tuple[FormField, ...], lists: dict[str, tuple[str, CodeList]]) -> None:
    """Drop-downs. They advise and do not forbid: the importer understands other wordings too."""
    for column, each in enumerate(asked):
        codes = _codes(each.column.kind)
        source: list[str] | str
        if codes is not None:
            place = letter(list(lists).index(codes.name))
            # a list on a sheet may be longer than the 255 characters that a rule can hold
            source = f"='{_LISTS}'!${place}$2:${place}${len(codes.labels) + 1}"
        elif isinstance(each.column.kind, YesNo):
            source = ["是", "否"]
        else:
            continue
        told = {
            "error_type": "warning",
            "error_title": "请核对",
            "error_message": "这个内容不在下拉选项里，确定要这样填吗？",
        }
        sheet.data_validation(_FIRST, column, _LAST, column, {"validate": "list", "source": source, **told})


def _instructions(kind: SheetKind) -> str:
    lines = [
        "带 * 的栏目必须填写，其他栏目不知道的留空",
        "证件号码、电话、信用代码请按文本填写，不要改动单元格格式",
        "日期写成 2024-05-06，只知道年月的写成 2024-05",
        "可选的内容见下拉箭头和“下拉选项”表，填写样子见“示例”表",
    ]
    if kind == "workers":
        lines.append("会员请填写所属工会和入会日期，没有入会的职工这两栏留空")
    if kind == "ledger":
        lines.append("每一行是一件工作，台账类别和日期必须填写，只知道月份的写成 2024-05，数量不填按 1 计，金额以元为单位")
    if kind == "sites":
        lines.append("每一行是一个阵地；还没有逐个列名的，一个镇街写一行，填数量，不填名称；启用日期不知道的留空，不要写成填表的日期")
    if kind == "regions":
        lines.append("每一行是一个社区（村）、园区或楼宇，写明在哪个镇街；镇街只能标就业密集，不能增加")
    lines.append("行数不够时请在本行之上插入新行，请保留本行，表头以下不要合并单元格")
    return "填表说明：" + "；".join(f"{number}.{line}" for number, line in enumerate(lines, start=1)) + "。"


def _examples(book: Any, asked: tuple[FormField, ...]) -> None:
    """One line for each field with an invented value: laid out downwards, it cannot be taken for a list of records.

    Nor, with 例 before it, can an example that is itself a header's word (单位) be taken for one.
    """
    sheet = book.add_worksheet(_EXAMPLES)
    header = book.add_format({"bold": True, "bg_color": GREY, "border": 1})
    text = book.add_format({"num_format": "@", "border": 1, "text_wrap": True, "valign": "top"})
    for column, (title, width) in enumerate((("栏目", 24), ("要求", 40), ("填写示例", 44))):
        sheet.write_string(0, column, title, header)
        sheet.set_column(column, column, width)
    for row, each in enumerate(asked, start=1):
        example = "例：" + each.column.example if each.column.example else ""
        for column, value in enumerate((each.column.label, _demand(each), example)):
            sheet.write_string(row, column, value, text)
    sheet.freeze_panes(1, 0)


def _demand(each: FormField) -> str:
    kind = each.column.kind
    ways = ["必填" if each.column.required else "可不填"]
    if isinstance(kind, YesNo) or _codes(kind) is not None:
        ways.append("从下拉选项里选")
    elif isinstance(kind, Count):
        ways.append("写数字")
    elif isinstance(kind, Day):
        ways.append("写到年月日，或只写年月")
    return "，".join(ways)


def _list_sheet(book: Any, lists: dict[str, tuple[str, CodeList]]) -> None:
    """The choices of all drop-downs, a column for each code list."""
    if not lists:
        return
    sheet = book.add_worksheet(_LISTS)
    header = book.add_format({"bold": True, "bg_color": GREY})
    columns = [(title, *codes.labels) for title, codes in lists.values()]
    for row in range(max(map(len, columns))):
        for column, texts in enumerate(columns):
            if row < len(texts):
                sheet.write_string(row, column, texts[row], *([header] if row == 0 else []))
    for column, texts in enumerate(columns):
        sheet.set_column(column, column, max(map(units, texts)) + 2)
    sheet.freeze_panes(1, 0)
