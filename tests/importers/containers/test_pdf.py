"""PDF documents with text: tables between lines and without, over pages; scans and hostile documents are told."""

import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPdfWriter

from importers.columns.tables import tables
from importers.reader.process import read_all
from importers.rows.decisions import Decisions
from importers.rows.understanding import SheetView, view
from importers.workbook.pdf_page import Char
from importers.workbook.refusals import SENTENCES, PasswordNeeded, Refusal
from importers.workbook.ruled import lines_of, text_of
from importers.workbook.sheet import ReadLimits
from models.errors import UserError
from samples.paper import Page, assembled, document
from tests.aids.broken_files import opened
from tests.aids.speaking import TODAY
from tests.importers.sheets import FIRMS, IDS, PEOPLE, fields, values

HEAD: list[str | None] = ["序号", "姓名", "身份证号", "工作单位"]
WIDTHS = (40, 80, 130, 160)


def people(start: int, end: int) -> list[list[str | None]]:
    return [[str(number + 1), PEOPLE[number], IDS[number], FIRMS[number % 3]] for number in range(start, end)]


def page(rows: list[list[str | None]], *lines: str, foot: str = "", ruled: bool = True) -> Page:
    made = Page()
    for number, line in enumerate(lines):
        made.text(200, 30 + 16 * number, line)
    made.table(rows, WIDTHS, y=40 + 16 * len(lines), ruled=ruled)
    if foot:
        made.text(400, 580, foot)
    return made


def sheets(data: bytes) -> list[tuple[str, list[list[object]]]]:
    return [(sheet.name, [list(row.values) for row in rows]) for sheet, rows in opened(data, "名册.pdf")]


def rows(data: bytes) -> list[list[object]]:
    [(_name, found)] = sheets(data)
    return found


def views(data: bytes, folder: Path) -> list[SheetView]:
    path = folder / "名册.pdf"
    path.write_bytes(data)
    return [view(each, Decisions(), None, TODAY) for sheet in read_all(path) for each in tables(sheet)]


def test_a_roster_between_lines_is_a_sheet_with_its_title(register: object, tmp_path: Path) -> None:
    [seen] = views(document(page([HEAD, *people(0, 3)], "重庆砚屿峻岭有限公司职工名册", foot="填表人：某某")), tmp_path)
    assert (seen.kind, fields(seen)["身份证号"]) == ("workers", "id_number")
    assert values(seen, "name", "id_number", "employer") == list(zip(PEOPLE[:3], IDS[:3], FIRMS, strict=True))
    assert seen.notes == ["PDF 里没有行号，行号是从表格上面的标题数起、各页接着数的，请核对有没有错行"]


def test_pages_are_joined_and_what_each_page_repeats_stands_once() -> None:
    title = "会员名册"
    pages = [page([HEAD, *people(start, start + 2)], title, foot=f"第{start // 2 + 1}页 共2页") for start in (0, 2)]
    assert rows(document(*pages)) == [[title], HEAD, *people(0, 4)]


def test_texts_of_one_character_are_read_whatever_fonts_the_machine_has() -> None:
    found: list[list[str | None]] = [["序号", "姓名", "性别", "班组"], ["1", "王五", "男", "甲"], ["2", "李六", "女", "B"]]
    assert rows(document(page(found))) == found


def test_a_page_that_goes_on_without_a_header_is_joined() -> None:
    assert rows(document(page([HEAD, *people(0, 2)]), page(people(2, 5)))) == [HEAD, *people(0, 5)]


def test_tables_of_their_own_are_sheets_of_their_own() -> None:
    made = page([HEAD, *people(0, 2)], "甲公司名册")
    made.text(200, 200, "下属单位")
    made.table([["单位名称", "人数"], ["砚屿", "31"]], (160, 60), y=220)
    assert sheets(document(made)) == [
        ("表格1", [["甲公司名册"], HEAD, *people(0, 2)]), ("表格2", [["下属单位"], ["单位名称", "人数"], ["砚屿", "31"]]),
    ]  # fmt: skip


def test_merged_cells_are_cells_without_a_line_between() -> None:
    made = page([["基本信息", None, "证件", "单位"], HEAD, *people(0, 1)])
    [(sheet, read)] = opened(document(made), "名册.pdf")
    assert sheet.merged == ((1, 0, 1, 1),)
    assert list(read[0].values) == ["基本信息", None, "证件", "单位"]


def test_borders_that_are_thin_boxes_are_lines() -> None:
    made = Page()
    for x in (40, 100, 250):
        made.box(x, 60, 0.5, 60)
    for y in (60, 80, 100, 120):
        for left, width in ((40, 60), (100.5, 149.5)):
            made.box(left, y, width, 0.5)
    for number, (name, code) in enumerate([("姓名", "身份证号"), *zip(PEOPLE, IDS, strict=True)][:3]):
        made.text(43, 74 + 20 * number, name)
        made.text(103, 74 + 20 * number, code)
    assert rows(document(made)) == [["姓名", "身份证号"], [PEOPLE[0], IDS[0]], [PEOPLE[1], IDS[1]]]


def test_a_table_open_at_its_sides_keeps_its_outer_columns() -> None:
    made = Page()
    for y in (60, 80, 100):
        made.line(40, y, 250, y)
    made.line(100, 60, 100, 100)
    for number, (name, code) in enumerate([("姓名", "身份证号"), (PEOPLE[0], IDS[0])]):
        made.text(43, 74 + 20 * number, name)
        made.text(103, 74 + 20 * number, code)
    assert rows(document(made)) == [["姓名", "身份证号"], [PEOPLE[0], IDS[0]]]


def test_a_table_without_lines_is_read_by_what_stands_below_each_other() -> None:
    data = document(page([HEAD, *people(0, 4)], "会员名册", ruled=False), page([HEAD, *people(4, 5)], foot="- 2 -", ruled=False))
    [(sheet, read)] = opened(data, "名册.pdf")
    assert [list(row.values) for row in read] == [["会员名册"], HEAD, *people(0, 5)]
    assert sheet.notes == [("pdf-aligned", {})]


def char(text: str, left: float, line: int = 0) -> Char:
    return Char(text, left, 20.0 * line, left + 10, 20.0 * line + 10)


def test_a_line_that_fills_its_cell_was_only_broken_there() -> None:
    broken = [char(text, 10 * place) for place, text in enumerate("重庆砚屿")] + [char(text, 10 * place, 1) for place,
        text in enumerate("公司")]
    assert text_of(broken, 42) == "重庆砚屿公司"
    assert text_of(broken, 80) == "重庆砚屿\n公司"


def test_what_is_printed_twice_for_boldness_stands_once() -> None:
    bold = [char("会", 0), char("会", 0.4), char("员", 10), char("员", 10.4)]
    assert ["".join(each.text for each in line) for line in lines_of(bold)] == ["会员"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_was_turned_is_read_as_it_is_seen(turn: int) -> None:
    turned = Page(height=842 if turn != 180 else 595)
    straight = page([HEAD, *people(0, 2)])
    matrix = {90: "0 1 -1 0 595 0", 180: "-1 0 0 -1 842 595", 270: "0 -1 1 0 0 842"}[turn]
    turned.drawn = ["q", f"{matrix} cm", *straight.drawn, "Q"]
    data = document(turned, width=595 if turn != 180 else 842, page=f"/Rotate {turn}")
    assert rows(data) == [HEAD, *people(0, 2)]


def test_a_table_inside_a_form_object_is_read() -> None:
    drawn = "\n".join(page([HEAD, *people(0, 2)]).drawn).encode("latin-1")
    form = (
        f"<</Type/XObject/Subtype/Form/BBox[0 0 842 595]/Resources<</Font<</F1 3 0 R>>>>/Length {len(drawn)}>>stream\n"
        f"{drawn.decode()}\nendstream"
    )
    made = Page()
    made.drawn = ["/X1 Do"]
    data = document(made, more=[form]).replace(b"/Resources<</Font<</F1 3 0 R>>>>>>", b"/Resources<</XObject<</X1 6 0 R>>>>>>")
    assert rows(data) == [HEAD, *people(0, 2)]


@pytest.mark.usefixtures("qapp")
def test_what_a_program_prints_with_its_own_fonts_is_read(tmp_path: Path) -> None:
    path = tmp_path / "印.pdf"
    writer = QPdfWriter(str(path))
    writer.setResolution(72)
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF(0, 0,
        0, 0)))
    painter = QPainter(writer)
    painter.setFont(QFont("WenQuanYi Zen Hei", 9))
    for number, row in enumerate([HEAD, *people(0, 4)]):
        x = 40.0
        for text, width in zip(row, WIDTHS, strict=True):
            box = QRectF(x, 60 + 20 * number, width, 20)
            painter.drawRect(box)
            painter.drawText(box.adjusted(3, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text or "")
            x += width
    painter.end()
    assert rows(path.read_bytes()) == [HEAD, *people(0, 4)]


def refusal(data: bytes) -> str:
    with pytest.raises(Refusal) as refused:
        opened(data, "名册.pdf")
    assert refused.value.told[0] in SENTENCES
    return refused.value.told[0]


def ended(data: bytes) -> object:
    """The rows of a document, or the code by which it is refused."""
    try:
        return rows(data)
    except Refusal as refused:
        return refused.told[0]


IMAGE = "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\nx\nendstream"


def test_a_scan_is_told_as_one() -> None:
    made = Page()
    made.drawn = ["q 842 0 0 595 0 0 cm /I1 Do Q"]
    data = document(made, more=[IMAGE]).replace(b"/Resources<</Font<</F1 3 0 R>>>>>>", b"/Resources<</XObject<</I1 6 0 R>>>>>>")
    assert refusal(data) == "pdf-scanned"


def test_a_text_without_a_table_and_an_empty_page_are_told() -> None:
    letter = Page()
    for number in range(20):
        letter.text(60, 60 + 20 * number, "各基层工会：根据工作安排，请于本周五前报送名册，不得有误。")
    assert refusal(document(letter)) == "pdf-no-table"
    assert refusal(document(Page())) == "pdf-no-table"


def test_a_text_whose_font_names_no_characters_is_told() -> None:
    made = page([HEAD, *people(0, 2)])
    data = document(made).replace(b"UniGB-UTF16-H", b"Identity-H   ").replace(b"Ordering(GB1)", b"Ordering(Non)")
    assert refusal(data) == "pdf-unreadable"


def test_a_document_with_a_script_is_read_and_nothing_runs() -> None:
    script = "<</S/JavaScript/JS(app.alert\\(1\\); this.exportDataObject\\({cName:'a',nLaunch:2}\\);)>>"
    data = document(page([HEAD, *people(0, 2)]), more=[script], catalog="/OpenAction 6 0 R/AcroForm<</XFA[]/Fields[]>>")
    assert rows(data) == [HEAD, *people(0, 2)]


def test_pages_that_are_their_own_parents_end() -> None:
    loop = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]/Parent 2 0 R>>"]
    assert refusal(assembled(loop)) in {"pdf-damaged", "pdf-no-table"}


def test_a_form_object_that_draws_itself_is_told_in_time(tmp_path: Path) -> None:
    form = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X1 6 0 R>>>>/Length 14>>stream"
    form += "\n/X1 Do /X1 Do \nendstream"
    made = page([HEAD, *people(0, 2)])
    made.drawn.append("/X1 Do")
    (tmp_path / "名册.pdf").write_bytes(
        document(made, more=[form]).replace(
            b"/Resources<</Font<</F1 3 0 R>>>>>>", b"/Resources<</Font<</F1 3 0 R>>/XObject<</X1 6 0 R>>>>>>"
        )
    )
    with pytest.raises(UserError) as error:
        read_all(tmp_path / "名册.pdf", limits=ReadLimits(seconds=6))
    # the clock ends it or, where the machine is quicker, the memory that it may have
    assert any(said in str(error.value) for said in ("读取“名册.pdf”的时间太长", "损坏"))


def test_a_stream_that_unpacks_to_what_no_text_is_is_told() -> None:
    packer = zlib.compressobj(1)
    bomb = b"".join(packer.compress(b"0 0 m\n" * 175_000) for _time in range(280)) + packer.flush()
    assert refusal(assembled([b"<</Type/Catalog>>", b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(bomb),
        bomb)])) == "zip-size"
    twice = zlib.compress(zlib.compress(b"0 0 m\n" * 1_000_000))
    packed = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(twice), twice)
    assert refusal(assembled([b"<</Type/Catalog>>", packed])) == "zip-ratio"


def test_a_page_of_a_hundred_thousand_lines_ends() -> None:
    made = page([HEAD, *people(0, 2)])
    made.drawn += [f"{number % 800} {number % 500} m {number % 800 + 20} {number % 500} l S" for number in range(100_000)]
    made.drawn += [f"{number % 800} {number % 500} m {number % 800} {number % 500 + 20} l S" for number in range(100_000)]
    assert ended(document(made))


@pytest.mark.parametrize("cut", [20, 300, 900])
def test_a_document_cut_off_ends_as_rows_or_a_sentence(cut: int) -> None:
    found = ended(document(page([HEAD, *people(0, 2)]))[:-cut])
    assert found == [HEAD, *people(0, 2)] or found in ("pdf-damaged", "pdf-no-table")


def test_a_documents_password_is_asked_for(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    path, plain = tmp_path / "密.pdf", tmp_path / "名册.pdf"
    plain.write_bytes(document(page([HEAD, *people(0, 2)])))
    writer = PdfWriter(PdfReader(plain))
    writer.encrypt("打开456", algorithm="AES-256")
    writer.write(path)
    with pytest.raises(PasswordNeeded):
        read_all(path)
    with pytest.raises(PasswordNeeded):
        read_all(path, password="不对")
    assert [row.values for row in read_all(path, password="打开456")[0].rows] == [HEAD, *people(0, 2)]


def test_a_picture_is_told_as_one(tmp_path: Path) -> None:
    path = tmp_path / "名册.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF")
    with pytest.raises(UserError) as error:
        read_all(path)
    assert str(error.value) == "“名册.jpg”是图片或照片，读不出表格，请向提供者要 Excel、WPS 或 Word 原件"
