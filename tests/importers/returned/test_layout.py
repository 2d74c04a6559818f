import datetime as dt
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from models.journal.writer import Author
from tests.aids.speaking import LI, ZHAO, imported, workbook
from tests.importers.returned.returned_books import (
    COMPANY,
    HEADER,
    PEOPLE,
    SHEET,
    WRONG,
    came_back,
    in_place,
    parts,
    replaced,
    roster,
    table,
    with_parts,
)

RED = "FFFFC7CE"


def test_widths_styles_panes_merged_titles_and_row_heights_stay(author: Author, tmp_path: Path) -> None:
    def lay_out(_book: Workbook, sheet: Worksheet) -> None:
        sheet.merge_cells("A1:F1")
        sheet["A1"].font = Font(name="黑体", size=20, bold=True)
        sheet["A1"].alignment = Alignment(horizontal="center")
        sheet.column_dimensions["D"].width = 33
        sheet.row_dimensions[1].height = 42
        sheet.row_dimensions[6].height = 28
        sheet.freeze_panes = "B3"
        for cell in sheet[2]:
            cell.fill = PatternFill("solid", fgColor="FF00FF00")
        for row in range(3, 8):
            sheet.cell(row, 4).font = Font(italic=True)

    source = roster(tmp_path / "名册.xlsx", lay_out)
    path = came_back(imported(author, source))
    assert in_place(source, path)
    sheet = openpyxl.load_workbook(path).active
    assert [row[:4] for row in table(sheet)] == [
        ["职工花名册", None, None, None], HEADER[:4], [*PEOPLE[1][:3], LI[:-1] + "1"], [*PEOPLE[3][:3], WRONG],
    ]  # fmt: skip
    assert sheet["A1"].font.name == "黑体"
    assert sheet.column_dimensions["D"].width == 33
    assert [sheet.row_dimensions[row].height for row in (1, 4)] == [42, 28], "the height went up with its row"
    assert sheet.freeze_panes == "B3"
    assert str(sheet.merged_cells) == "A1:F1"
    assert sheet["G2"].fill.fgColor.rgb == "FF00FF00", "our titles look like theirs"
    assert (sheet["D3"].font.italic, sheet["D3"].fill.fgColor.rgb) == (True, RED), "their style, and our colour"
    assert sheet["E3"].fill.fill_type is None
    assert [sheet.column_dimensions[letter].width for letter in "GHI"] == [16, 80, 8]
    assert sheet.dimensions == "A1:I4"


def test_drop_downs_and_conditional_formats_follow_their_rows(author: Author, tmp_path: Path) -> None:
    def lay_out(book: Workbook, sheet: Worksheet) -> None:
        words = book.create_sheet("字典")
        for word in ("男", "女"):
            words.append([word])
        whole = DataValidation("list", formula1="字典!$A$1:$A$2", allow_blank=True)
        whole.add("C3:C200")
        single = DataValidation("custom", formula1="LEN(D6)=18")
        single.add("D6")
        gone = DataValidation("custom", formula1="LEN(E5)=11")
        gone.add("E5")
        for each in (whole, single, gone):
            sheet.add_data_validation(each)
        fill = PatternFill("solid", bgColor="FFFF0000")
        sheet.conditional_formatting.add("D3:D7", FormulaRule(formula=["COUNTIF($D$3:$D$7,D3)>1"], fill=fill))

    sheet = openpyxl.load_workbook(came_back(imported(author, roster(tmp_path / "名册.xlsx", lay_out)))).worksheets[0]
    found = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert found == {"C3:C197": "字典!$A$1:$A$2", "D4": "LEN(D4)=18", "E1048576": "LEN(E4)=11"}
    (area,) = sheet.conditional_formatting
    assert str(area.sqref) == "D3:D4"
    assert area.rules[0].formula == ["COUNTIF($D$3:$D$4,D3)>1"]


def test_newer_drop_downs_that_common_libraries_drop_stay_too(author: Author, tmp_path: Path) -> None:
    source = roster(tmp_path / "名册.xlsx", lambda book, _sheet: book.create_sheet("字典").append(["男"]))
    newer = (
        '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations '
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1"><x14:dataValidation type="list" '
        'allowBlank="1"><x14:formula1><xm:f>字典!$A$1:$A$56</xm:f></x14:formula1><xm:sqref>C3:C7 C100</xm:sqref>'
        "</x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    with_parts(source, {SHEET: replaced("</worksheet>", newer + "</worksheet>")})
    path = came_back(imported(author, source))
    sheet = parts(path)[SHEET].decode()
    assert "<xm:f>字典!$A$1:$A$56</xm:f></x14:formula1><xm:sqref>C3:C4 C97</xm:sqref>" in sheet
    assert sheet.index("<legacyDrawing") < sheet.index("<extLst>"), "the order that the format prescribes"


def test_names_print_areas_and_filters_follow_their_rows_and_open(author: Author, tmp_path: Path) -> None:
    def lay_out(book: Workbook, sheet: Worksheet) -> None:
        sheet.print_area = "A1:F7"
        sheet.print_title_rows = "1:2"
        sheet.auto_filter.ref = "A2:F7"
        sheet.auto_filter.add_filter_column(2, ["女"])
        for row in (3, 5):
            sheet.row_dimensions[row].hidden = True
        sheet.row_dimensions[4].hidden = True
        book.defined_names["全部人员"] = DefinedName("全部人员", attr_text="'名 & 册'!$B$3:$B$7")
        book.defined_names["第三人"] = DefinedName("第三人", attr_text="'名 & 册'!$B$5")

    source = roster(tmp_path / "名册.xlsx", lay_out, name="名 & 册")
    book = openpyxl.load_workbook(came_back(imported(author, source)))
    sheet = book.worksheets[0]
    assert sheet.title == "名 & 册"
    assert sheet.print_area == "'名 & 册'!$A$1:$F$4"
    assert sheet.print_title_rows == "$1:$2"
    assert (sheet.auto_filter.ref, sheet.auto_filter.filterColumn) == ("A2:F4", [])
    assert {name: each.attr_text for name, each in book.defined_names.items()} == {
        "全部人员": "'名 & 册'!$B$3:$B$4", "第三人": "'名 & 册'!#REF!",
    }  # fmt: skip
    assert not any(each.hidden for each in sheet.row_dimensions.values()), "a faulty row must be seen"


def test_a_faulty_hidden_column_is_shown_and_others_stay_hidden(author: Author, tmp_path: Path) -> None:
    def lay_out(_book: Workbook, sheet: Worksheet) -> None:
        for letter in "ADE":
            sheet.column_dimensions[letter].hidden = True
        sheet.column_dimensions["H"].width = 3

    sheet = openpyxl.load_workbook(came_back(imported(author, roster(tmp_path / "名册.xlsx", lay_out)))).active
    hidden = {letter: each.hidden for letter, each in sheet.column_dimensions.items()}
    assert (hidden["A"], hidden["D"]) == (True, False)
    assert sheet.column_dimensions["H"].width == 80


def test_comments_of_theirs_stay_on_their_cells_and_ours_stand_below(author: Author, tmp_path: Path) -> None:
    def lay_out(_book: Workbook, sheet: Worksheet) -> None:
        sheet["B2"].comment = Comment("填全名", "张会计")
        sheet["B3"].comment = Comment("这一行没有问题", "张会计")
        sheet["B4"].comment = Comment("她八月入职", "张会计")
        sheet["D6"].comment = Comment("身份证复印件看不清", "张会计")

    first = imported(author, roster(tmp_path / "1" / "名册.xlsx", lay_out))
    sheet = openpyxl.load_workbook(came_back(first)).active
    told = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}
    wrong = "证件号码的校验位不对，请核对是否抄错一位"
    assert told == {"B2": "填全名", "B3": "她八月入职", "D3": wrong, "D4": f"身份证复印件看不清\n建会通：{wrong}"}
    second = imported(author, came_back(first))
    sheet = openpyxl.load_workbook(came_back(second)).active
    assert next(cell.comment.text for row in sheet for cell in row if cell.comment and cell.column == 4) == wrong
    assert sheet["B3"].comment.text == "她八月入职"


def test_a_formatted_table_ends_with_the_rows_that_are_left(author: Author, tmp_path: Path) -> None:
    source = roster(tmp_path / "名册.xlsx", lambda _book, sheet: sheet.add_table(Table(displayName="名单", ref="A2:F7")))
    sheet = openpyxl.load_workbook(came_back(imported(author, source))).active
    assert (sheet.tables["名单"].ref, sheet.tables["名单"].autoFilter.ref) == ("A2:F4", "A2:F4")


def test_the_value_of_cells_merged_downwards_goes_to_the_first_row_that_is_left(author: Author, tmp_path: Path) -> None:
    def lay_out(_book: Workbook, sheet: Worksheet) -> None:
        sheet.merge_cells("F3:F7")

    first = imported(author, roster(tmp_path / "1" / "名册.xlsx", lay_out))
    sheet = openpyxl.load_workbook(came_back(first)).active
    assert [row[5] for row in table(sheet)[2:]] == [COMPANY, None]
    assert str(sheet.merged_cells) == "F3:F4"


def test_totals_notes_and_signatures_stay_below(author: Author, tmp_path: Path) -> None:
    def lay_out(_book: Workbook, sheet: Worksheet) -> None:
        for row in (["合计", "=COUNTA(B3:B7)", None, "=D3"], ["填表说明：身份证号按文本填写"], ["填表人：张会计"]):
            sheet.append(row)
        sheet.merge_cells("A9:F9")

    sheet = openpyxl.load_workbook(came_back(imported(author, roster(tmp_path / "名册.xlsx", lay_out)))).active
    assert [row[0] for row in table(sheet)[2:]] == [2, 4, "合计", "填表说明：身份证号按文本填写", "填表人：张会计"]
    assert sheet["B5"].value == "=COUNTA(B3:B4)"
    assert sheet["D5"].value is None, "what the formula spoke of is gone, and it had no result"
    assert str(sheet.merged_cells) == "A6:F6"


def test_formulas_of_a_row_go_up_with_it(author: Author, tmp_path: Path) -> None:
    def lay_out(_book: Workbook, sheet: Worksheet) -> None:
        sheet["G2"] = "位数"
        for row in range(3, 8):
            sheet[f"G{row}"] = f'=LEN($D{row})+SUM(A{row}:C{row})+LOG10(A{row})&"D{row}"'

    sheet = openpyxl.load_workbook(came_back(imported(author, roster(tmp_path / "名册.xlsx", lay_out)))).active
    assert sheet["G4"].value == '=LEN($D4)+SUM(A4:C4)+LOG10(A4)&"D6"'


def test_lists_and_examples_stay_and_what_was_imported_in_full_is_emptied_and_hidden(
    author: Author, tmp_path: Path
) -> None:
    good = [HEADER, [1, "周示例", "男", ZHAO, "19900000009", COMPANY]]
    path = workbook(tmp_path / "表.xlsx", {"字典": [["男"], ["女"]], "好的": good, "示例": good, "差的": [HEADER, PEOPLE[1]]})
    book = openpyxl.load_workbook(path)
    book["好的"].append(["填表说明"])
    book["差的"]["H2"] = "=好的!B2"
    book.active = 1
    book.save(path)
    came = openpyxl.load_workbook(came_back(imported(author, path)))
    assert [(sheet.title, sheet.sheet_state, sheet.max_row) for sheet in came] == [
        ("字典", "visible", 2), ("好的", "hidden", 2), ("示例", "visible", 2), ("差的", "visible", 2),
    ]  # fmt: skip
    assert came["好的"]["A2"].value == "填表说明"
    assert came.active.title == "差的"


def test_a_corrected_workbook_with_a_layout_imports_cleanly(author: Author, tmp_path: Path) -> None:
    def lay_out(_book: Workbook, sheet: Worksheet) -> None:
        sheet.append(["填表人：张会计"])
        sheet["G2"] = "入会日期"
        for row in range(3, 8):
            sheet[f"G{row}"] = dt.date(2024, 5, 6)

    first = imported(author, roster(tmp_path / "1" / "名册.xlsx", lay_out))
    assert first.counts == {"new": 3, "refused": 2}
    path = came_back(first)
    book = openpyxl.load_workbook(path)
    book.active["D3"] = LI
    book.active["D4"] = "500106199201019027"
    book.save(path)
    second = imported(author, path)
    assert (second.counts, second.outcome.returned) == ({"new": 2}, {})


def test_a_macro_workbook_comes_back_without_its_macros(author: Author, tmp_path: Path) -> None:
    source = roster(tmp_path / "名册.xlsx")
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = "application/vnd.ms-office.vbaProject"
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    link = f'<Relationship Id="rId9" Type="{kind}" Target="vbaProject.bin"/>'
    with_parts(
        source,
        {
            "[Content_Types].xml": lambda text: text.replace(
                main, "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
            ).replace("</Types>", f'<Override PartName="/xl/vbaProject.bin" ContentType="{macro}"/></Types>'),
            "xl/_rels/workbook.xml.rels": replaced("</Relationships>", link + "</Relationships>"),
            "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0",
        },
    )
    source = source.rename(tmp_path / "名册.xlsm")
    path = came_back(imported(author, source))
    assert path.name == "名册_退回.xlsx"
    assert "xl/vbaProject.bin" not in parts(path)
    assert main in parts(path)["[Content_Types].xml"].decode()
