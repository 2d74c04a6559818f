"""Word documents: the tables in the text, what stands around them, and how the rows of one table go on in another."""

from pathlib import Path

import pytest

from importers.columns.tables import tables
from importers.reader.process import read_all
from importers.rows.decisions import Decisions
from importers.rows.understanding import SheetView, view
from models.errors import UserError
from samples.word import Cell, W, document, paragraph, table
from tests.aids.broken_files import ole, opened
from tests.aids.speaking import TODAY
from tests.importers.sheets import CODES, FIRMS, IDS, PEOPLE, fields, values

HEAD = ["序号", "姓名", "身份证号", "工作单位"]


def people(start: int, end: int, firm: str = FIRMS[0]) -> list[list[str]]:
    return [[str(number + 1), PEOPLE[number], IDS[number], firm] for number in range(start, end)]


def sheets(data: bytes, name: str = "名册.docx") -> list[tuple[str, list[tuple[int, list[object]]]]]:
    """Each sheet's name and its rows with their numbers."""
    return [(sheet.name, [(row.number, list(row.values)) for row in rows]) for sheet, rows in opened(data, name)]


def rows(data: bytes) -> list[list[object]]:
    [(_name, found)] = sheets(data)
    return [cells for _number, cells in found]


def as_paragraph(line: str) -> str:
    """A paragraph whose tabs are Word's own."""
    runs = "<w:tab/>".join(f'<w:t xml:space="preserve">{part}</w:t>' for part in line.split("\t"))
    return f"<w:p><w:r>{runs}</w:r></w:p>"


def views(data: bytes, folder: Path) -> list[SheetView]:
    """What is understood of a document, read by the child as the window does."""
    path = folder / "名册.docx"
    path.write_bytes(data)
    return [view(each, Decisions(), None, TODAY) for sheet in read_all(path) for each in tables(sheet)]


def test_a_roster_in_a_text_is_a_sheet_with_its_title(register: object, tmp_path: Path) -> None:
    data = document(paragraph("重庆砚屿峻岭有限公司工会会员名册"), paragraph(""), table([HEAD, *people(0, 3)]), paragraph("填表人：某某"))
    assert sheets(data) == [
        (
            "名册",
            [
                (1, ["重庆砚屿峻岭有限公司工会会员名册"]),
                *((number, cells) for number, cells in enumerate([HEAD, *people(0, 3)], 2)),
                (6, ["填表人：某某"]),
            ],
        )
    ]
    [seen] = views(data, tmp_path)
    assert (seen.kind, fields(seen)["身份证号"]) == ("workers", "id_number")
    assert values(seen, "name", "id_number") == list(zip(PEOPLE[:3], IDS[:3], strict=True))
    assert seen.notes == ["Word 里的表格没有行号，行号是从表格上面的标题数起的"]


def test_merged_cells_speak_for_their_rows(register: object, tmp_path: Path) -> None:
    data = document(table([
        ["姓名", "身份证号", "工作单位", "工会小组"],
        [PEOPLE[0], IDS[0], Cell(FIRMS[1], down="restart"), "一组"],
        [PEOPLE[1], IDS[1], Cell("", down="continue"), "二组"],
        [PEOPLE[2], IDS[2], Cell("", down="continue"), "二组"],
        [PEOPLE[3], IDS[3], FIRMS[2], "二组"],
    ]))  # fmt: skip
    [(sheet, _rows)] = opened(data, "名册.docx")
    assert sheet.merged == ((2, 2, 4, 2),)
    [seen] = views(data, tmp_path)
    assert values(seen, "employer") == [FIRMS[1]] * 3 + [FIRMS[2]]


def test_a_header_of_two_rows_has_its_groups(register: object, tmp_path: Path) -> None:
    data = document(table([
        [Cell("姓名", down="restart"), Cell("身份证号", down="restart"), Cell("单位信息", span=2)],
        [Cell("", down="continue"), Cell("", down="continue"), "单位名称", "信用代码"],
        [PEOPLE[0], IDS[0], FIRMS[0], CODES[0]],
    ]))  # fmt: skip
    [(sheet, _rows)] = opened(data, "名册.docx")
    assert sheet.merged == ((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3))
    [seen] = views(data, tmp_path)
    assert seen.header is not None
    assert seen.header.rows == (1, 2)
    assert values(seen, "name", "employer") == [(PEOPLE[0], FIRMS[0])]


def test_a_table_that_goes_on_is_one_sheet_and_its_repeated_header_is_left_out() -> None:
    data = document(paragraph("会员名册"), table([HEAD, *people(0, 2)]), table([HEAD, *people(2, 3)]), table(people(3, 5)))
    assert rows(data) == [["会员名册"], HEAD, *people(0, 5)]


def test_a_sections_line_between_two_parts_of_a_table_is_a_row() -> None:
    one, two = f"一、{FIRMS[0]}（2人）", f"二、{FIRMS[1]}（1人）"
    data = document(paragraph(one), table([HEAD, *people(0, 2)]), paragraph(two), table([HEAD, *people(2, 3)]))
    assert rows(data) == [[one], HEAD, *people(0, 2), [two], *people(2, 3)]


def test_tables_under_titles_of_their_own_are_sheets_of_their_own() -> None:
    one, two = f"{FIRMS[0]}职工名册", f"{FIRMS[1]}职工名册"
    data = document(paragraph(one), table([HEAD, *people(0, 2)]), paragraph(two), table([HEAD, *people(2, 4)]))
    assert [(name, found[0]) for name, found in sheets(data)] == [("表格1", (1, [one])), ("表格2", (1, [two]))]


def test_only_the_lines_directly_above_a_table_go_with_it_and_no_running_text() -> None:
    prose = "各基层工会：根据工作安排，现就有关事项通知如下。" * 9
    data = document(paragraph(prose), *(paragraph(f"第{number}行") for number in range(30)), table([HEAD, *people(0, 1)]))
    assert rows(data)[0] == ["第24行"]
    assert all(prose != cells[0] for cells in rows(data))


def form(number: int) -> str:
    return table([
        ["姓名", PEOPLE[number], "性别", "男"],
        ["身份证号", Cell(IDS[number], span=3)],
        ["工作单位", Cell(FIRMS[number], span=3)],
        ["联系电话", f"1990000110{number}", "民族", "汉族"],
    ])  # fmt: skip


def test_a_form_of_one_person_is_one_record(register: object, tmp_path: Path) -> None:
    [seen] = views(document(paragraph("中华全国总工会入会申请书"), form(0), paragraph("申请人签字：")), tmp_path)
    assert values(seen, "name", "id_number", "employer", "phone") == [(PEOPLE[0], IDS[0], FIRMS[0], "19900001100")]


def test_copies_of_one_form_are_a_record_each(register: object, tmp_path: Path) -> None:
    [seen] = views(document(*(part for number in range(3) for part in (paragraph("入会申请表"), form(number)))), tmp_path)
    assert values(seen, "name", "id_number") == list(zip(PEOPLE[:3], IDS[:3], strict=True))


def test_a_table_that_only_lays_out_the_page_is_left_aside() -> None:
    frame = table([[Cell("会员名册", inside=table([HEAD, *people(0, 2)]))]])
    assert rows(document(frame)) == [["会员名册"], HEAD, *people(0, 2)]


def test_a_table_inside_a_cell_is_a_sheet_of_its_own() -> None:
    inner = table([["姓名", "关系"], ["某某", "配偶"]])
    outer = table([HEAD, *people(0, 4), ["5", Cell(PEOPLE[4], inside=inner), IDS[4], FIRMS[0]]])
    found = sheets(document(outer))
    assert [[cells for _number, cells in each] for _name, each in found] == [
        [HEAD, *people(0, 5)], [["姓名", "关系"], ["某某", "配偶"]],
    ]  # fmt: skip
    assert ("tables-inside", {"count": 1}) in opened(document(outer), "名册.docx")[0][0].notes


def test_a_table_of_one_row_inside_a_cell_is_the_cell() -> None:
    inner = table([["钱峻岭", "（组长）"]])
    assert rows(document(table([["姓名", "组"], [Cell("", inside=inner), "一"]]))) == [["姓名", "组"], ["钱峻岭\n（组长）", "一"]]


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<w:del><w:r><w:t>旧</w:t></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>", "新"),
        ("<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:r><w:t>新</w:t></w:r>", "新"),
        ('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:t>3</w:t></w:r>', "3"),
        (
            ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t>'
            '<w:sym w:font="Wingdings 2" w:char="00A3"/><w:t>否</w:t></w:r>'), "☑是□否",
        ),
        ("<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", "控件"),
        (
            ("<w:r><w:ruby><w:rt><w:r><w:t>yan</w:t></w:r></w:rt>"
            "<w:rubyBase><w:r><w:t>砚</w:t></w:r></w:rubyBase></w:ruby></w:r>"), "砚",
        ),
        ("<w:r><w:t>上</w:t><w:br/><w:t>下</w:t><w:tab/><w:t>右</w:t><w:noBreakHyphen/></w:r>", "上\n下 右-"),
        (
            ('<w:r><x:AlternateContent xmlns:x="urn:x"><x:Choice><w:t>甲</w:t></x:Choice>'
            "<x:Fallback><w:t>甲</w:t></x:Fallback></x:AlternateContent></w:r>"), "甲",
        ),
    ],
)  # fmt: skip
def test_what_stands_in_a_cell_is_what_is_seen_there(xml: str, text: str) -> None:
    cell = f"<w:tbl><w:tr><w:tc><w:p>{xml}</w:p></w:tc><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    assert rows(document(cell)) == [[text]]


def test_rows_that_were_deleted_while_changes_were_tracked_are_gone() -> None:
    gone = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>旧</w:t></w:r></w:p></w:tc></w:tr>"
    data = document(table([HEAD, *people(0, 1)]).replace("</w:tbl>", gone + "</w:tbl>"))
    assert rows(data) == [HEAD, *people(0, 1)]


def test_rows_and_cells_inside_content_controls_are_read() -> None:
    made = table([HEAD, *people(0, 1)]).replace("<w:tr>", "<w:sdt><w:sdtContent><w:tr>").replace("</w:tr>",
        "</w:tr></w:sdtContent></w:sdt>")
    assert rows(document(f"<w:sdt><w:sdtContent>{made}</w:sdtContent></w:sdt>")) == [HEAD, *people(0, 1)]


def test_the_strict_way_to_write_a_document_is_read_too() -> None:
    data = document(table([HEAD, *people(0, 1)]))
    with_other = document(more={"word/document.xml": opened_part(data).replace(W,
        "http://purl.oclc.org/ooxml/wordprocessingml/main")})
    assert rows(with_other) == [HEAD, *people(0, 1)]


def opened_part(data: bytes) -> str:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


def told(data: bytes, folder: Path, name: str) -> str:
    """The sentence by which a file is refused."""
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(UserError) as error:
        read_all(path)
    return str(error.value)


def test_a_document_without_a_table_is_told(tmp_path: Path) -> None:
    assert told(document(paragraph("通知")), tmp_path, "通知.docx") == "“通知.docx”是 Word 文档，里面没有表格，请核对是否选错了文件"


@pytest.mark.parametrize("name", ["名册.doc", "名册.wps", "名册.docx"])
def test_an_old_document_is_to_be_saved_as_docx(name: str, tmp_path: Path) -> None:
    assert told(ole("WordDocument"), tmp_path, name).endswith("另存为 .docx 再导入")


def test_what_calls_itself_wps_is_read_by_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "名册.wps"
    path.write_bytes(document(table([HEAD, *people(0, 2)])))
    assert [row.values for row in read_all(path)[0].rows] == [HEAD, *people(0, 2)]


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"word/document.xml": '<!DOCTYPE d [<!ENTITY a "ha">]><d>&a;</d>'}, "不允许的 XML 定义"),
        ({"word/document.xml": "<w:document"}, "损坏"),
        ({"word/media/a.bin": b"\0" * (20 << 20)}, "压缩比异常"),
        ({"../../evil.xml": ""}, "重复或越界"),
    ],
)
def test_a_hostile_document_is_told(parts: dict[str, str | bytes], sentence: str, tmp_path: Path) -> None:
    assert sentence in told(document(table([HEAD, *people(0, 1)]), more=parts), tmp_path, "名册.docx")


def test_tables_nested_without_end_are_told(tmp_path: Path) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 5_000 + "</w:tc></w:tr></w:tbl>" * 5_000
    assert "损坏" in told(document(deep), tmp_path, "名册.docx")


def test_absurd_spans_make_no_absurd_sheet() -> None:
    wide = table([["姓名", Cell("身份证号", span=2)]]).replace('w:val="2"', 'w:val="999"')
    assert len(opened(document(wide), "名册.docx")[0][1][0].values) <= 63


@pytest.mark.parametrize(
    "lines",
    [
        [f"{number}、{PEOPLE[number]} {IDS[number]} 1990000000{number}" for number in range(3)],
        [f"{number}. {PEOPLE[number]}，{IDS[number]}，1990000000{number}" for number in range(3)],
        [f"{PEOPLE[number]}\t{IDS[number]}\t1990000000{number}" for number in range(3)],
        [f"{PEOPLE[number]}　　{IDS[number]}　　1990000000{number}" for number in range(3)],
    ],
)
def test_a_list_in_paragraphs_is_read_as_pasted_lists_are_and_is_told(
    register: object, tmp_path: Path, lines: list[str]
) -> None:
    data = document(paragraph("重庆砚屿峻岭有限公司工会会员名单"), *map(as_paragraph, lines), paragraph("以上人员自愿入会。"))
    [seen] = views(data, tmp_path)
    assert values(seen, "name", "id_number", "phone") == [
        (PEOPLE[number], IDS[number], f"1990000000{number}") for number in range(3)
    ]
    assert seen.header is not None
    assert seen.header.title == "重庆砚屿峻岭有限公司工会会员名单"
    assert seen.notes[0] == "Word 里的这份名单不是表格，是按行拆开读的，请逐列核对"


def test_a_list_in_paragraphs_has_its_header(register: object, tmp_path: Path) -> None:
    lines = ["姓名\t身份证号\t入会时间", f"{PEOPLE[0]}\t{IDS[0]}\t2024-05-06", f"{PEOPLE[1]}\t{IDS[1]}\t2024-05"]
    [seen] = views(document(*map(as_paragraph, lines)), tmp_path)
    assert values(seen, "name", "join_date") == [(PEOPLE[0], "2024-05-06"), (PEOPLE[1], "2024-05")]


def test_a_list_below_a_table_is_read_besides(register: object, tmp_path: Path) -> None:
    lines = [f"{number}、{PEOPLE[number]} {IDS[number]} 1990000000{number}" for number in range(2, 5)]
    found = views(document(table([HEAD, *people(0, 2)]), paragraph("补充名单"), *map(paragraph, lines)), tmp_path)
    assert [values(seen, "name") for seen in found] == [list(PEOPLE[:2]), list(PEOPLE[2:5])]


def test_running_text_is_no_list(tmp_path: Path) -> None:
    text = ["根据渝工发文件要求，现将有关事项通知如下。", "一、请于2026年5月31日前报送。", "二、联系电话：63630001。联系人：张示例。", "附件"]
    assert "没有表格" in told(document(*map(paragraph, text)), tmp_path, "通知.docx")
