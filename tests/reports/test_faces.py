"""The faces of a paper: what serves where, and that a PDF's text read back is what was drawn, with each font of this machine."""

import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader
from PySide6.QtGui import QFontDatabase

from reports.faces import FACES, PLAIN
from reports.layout import Layout
from reports.paper import characters_without_glyph, ensure_application, lay_out, layout_as_pdf, page_image, save_pdf
from reports.paper_page import PaperPage, TextLine
from reports.pdf_text import mended
from reports.report import Report, ReportColumn, Section

ROOT = Path(__file__).parent.parent.parent
#: Characters whose glyphs are those of radicals in some fonts, full-width ones, rare ones, one outside of the basic plane.
NAMES = ("工会页女", "一二长车马", "鱼食面青黑", "金雨风飞首", "龚䶮", "𠮷田𠀀", "买买提·艾力", "ＡＢ（一）", "O'Neill-3")
#: Makes the paper with one family alone, and says which characters that family lacks.
PROGRAM = """
import sys
from pathlib import Path
from reports.paper import characters_without_glyph, lay_out, layout_as_pdf
from tests.reports.test_faces import roster
layout = lay_out(roster())
Path(sys.argv[1]).write_bytes(layout_as_pdf(layout))
sys.stdout.buffer.write(characters_without_glyph(layout).encode())
"""


def roster() -> Report:
    columns = [ReportColumn("序号", 3), ReportColumn("姓名", 8), ReportColumn("性别", 3)]
    rows = [[str(number), name, "女"] for number, name in enumerate(NAMES, 1)]
    return Report("女职工花名册", "长江工会", "2026-11-22", columns, [Section("", rows)], totals="共九人", mark="已脱敏")


def installed() -> list[str]:
    """The families of the lists that this machine has."""
    ensure_application()
    known = dict.fromkeys((*(each.family for family in FACES.values() for each in family), *PLAIN))
    return [each for each in known if each in QFontDatabase.families()]


def drawn(layout: Layout) -> str:
    return "".join(text.text for page in layout.pages for text in page.texts)


def only(family: str, folder: Path) -> dict[str, str]:
    """The environment of a program that has one family of the machine's fonts."""
    usual = os.environ.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    chosen = folder / "fonts.conf"
    chosen.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<include>{usual}</include><cachedir>{folder}</cachedir><selectfont>"
        '<rejectfont><pattern><patelt name="scalable"><bool>true</bool></patelt></pattern></rejectfont>'
        f'<acceptfont><pattern><patelt name="family"><string>{family}</string></patelt></pattern></acceptfont></selectfont>'
        "</fontconfig>"
    )
    return dict(os.environ) | {"FONTCONFIG_FILE": str(chosen)}


def rows_read(pdf: bytes) -> list[str]:
    """The rows that a PDF says, in order; of rows that a font cannot say whole nothing."""
    lines = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().splitlines()
    known = {f"{number} {name} 女" for number, name in enumerate(NAMES, 1)}
    return [line for line in lines if line in known]


def rows_wanted(lacking: set[str]) -> list[str]:
    rows = [f"{number} {name} 女" for number, name in enumerate(NAMES, 1)]
    return [row for row in rows if not lacking & set(row)]


@pytest.mark.skipif(sys.platform != "linux", reason="the families of a program are chosen by fontconfig")
@pytest.mark.parametrize("family", installed())
def test_the_text_read_back_is_what_was_drawn_with_each_font_alone(family: str, tmp_path: Path) -> None:
    path = tmp_path / "名册.pdf"
    finished = subprocess.run(
        [sys.executable, "-c", PROGRAM, path], cwd=ROOT, env=only(family, tmp_path), check=True,
        capture_output=True,
    )  # fmt: skip
    lacking = finished.stdout.decode()
    wanted = {each for name in (*NAMES, "女职工花名册", "长江工会", "已脱敏") for each in name} - set(lacking)
    for text in (PdfReader(path).pages[0].extract_text(), pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()):
        assert wanted <= set(text), "nothing that was drawn is missing"
        said = {each for each in text if each.isalpha()}
        assert said <= set(drawn(lay_out(roster()))), "and nothing else is said"
    rows = rows_read(path.read_bytes())
    assert set(rows_wanted(set(lacking))) <= set(rows)
    assert len(rows) == len(set(rows))


def test_whatever_the_fonts_of_this_machine_no_row_is_lost_or_doubled() -> None:
    layout = lay_out(roster())
    assert rows_read(layout_as_pdf(layout)) == rows_wanted(set(characters_without_glyph(layout)))


def test_a_title_stands_in_the_middle_whatever_its_face() -> None:
    (title,) = [text for text in lay_out(roster()).pages[0].texts if text.title]
    assert (title.text, title.face) == ("女职工花名册", "title")
    assert {text.face for text in lay_out(roster()).pages[0].texts} == {"title", "heading", "text"}
    image = page_image(lay_out(roster()), 1, 72)
    dark = [x for x in range(image.width()) for y in range(42, 70) if image.pixelColor(x, y).lightness() < 128]
    assert abs((min(dark) + max(dark)) / 2 - image.width() / 2) < 4


def test_what_no_font_has_is_told(tmp_path: Path) -> None:
    page = PaperPage([TextLine(100, 100, "王\U0003fffd五", 180)])
    layout = Layout("名单", False, "", (page,))
    assert save_pdf(layout, tmp_path / "名单.pdf").startswith("这台电脑的字体里没有“\U0003fffd”，印出来是方框")
    plain = Layout("名单", False, "", (PaperPage([TextLine(100, 100, "王五", 180)]),))
    assert save_pdf(plain, tmp_path / "名单二.pdf") == ""


def test_a_file_without_such_tables_stays_as_it_is() -> None:
    assert mended(b"%PDF-1.4 nothing", lambda each: each) == b"%PDF-1.4 nothing"


def test_each_face_has_an_order_of_its_own_and_something_free() -> None:
    for face, families in FACES.items():
        names = [each.family for each in families]
        assert len(names) == len(set(names)), face
        assert any("CJK SC" in name for name in names), face
