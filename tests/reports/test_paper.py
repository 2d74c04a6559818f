"""Paper as people get it: real PDF files, read back, and real pictures."""

import errno
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter

from models.errors import Stopped, UserError
from reports.paper import lay_out, page_image, paint, save_pdf
from reports.report import Report, ReportColumn, Section, people_total, roster_signatures

COLUMNS = [
    ReportColumn("序号", 3, "center"),
    ReportColumn("姓名", 5),
    ReportColumn("性别", 3, "center"),
    ReportColumn("证件号码", 10, "center"),
    ReportColumn("工作单位", 16),
]


def roster(count: int = 28) -> Report:
    rows = [
        [
            str(number),
            f"王丽{number}",
            "女" if number % 3 == 0 else "男",
            "500101************",
            "重庆云栈智能制造有限公司",
        ]
        for number in range(1, count + 1)
    ]
    return Report(
        "工会会员花名册",
        "重庆云栈智能制造有限公司工会委员会",
        "2026-11-22",
        COLUMNS,
        [Section("", rows)],
        totals=people_total(count, count // 3),
        signatures=roster_signatures(),
        footnotes=("一式两份。",),
        mark="已脱敏",
    )


def page_texts(path: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(path).pages]


def test_the_text_of_a_pdf_can_be_searched(tmp_path: Path) -> None:
    path = tmp_path / "花名册.pdf"
    save_pdf(lay_out(roster(), "2026-11-22 16:00"), path)
    first, second = page_texts(path)
    for word in ("工会会员花名册", "填报单位：重庆云栈智能制造有限公司工会委员会", "证件号码", "王丽3", "女", "500101************",
                 "第 1 页 共 2 页", "打印时间 2026-11-22 16:00", "已脱敏"):  # fmt: skip
        assert word in first
    for word in (
        "姓名",
        "王丽28",
        "共 28 人，其中女 9 人",
        "填表单位（盖章）：",
        "信息采集人（签字）：",
        "第 2 页 共 2 页",
    ):
        assert word in second


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_another_reader_finds_the_same_words(tmp_path: Path) -> None:
    path = tmp_path / "花名册.pdf"
    save_pdf(lay_out(roster()), path)
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()
    # It drops narrow spaces on its own account.
    assert {"工会会员花名册", "女", "王丽1", "第1页共2页"} <= {line.replace(" ", "") for line in text.splitlines()}


def test_a_pdf_is_a4_landscape_and_says_who_made_it(tmp_path: Path) -> None:
    path = tmp_path / "花名册.pdf"
    save_pdf(lay_out(roster()), path)
    reader = PdfReader(path)
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.creator) == ("工会会员花名册", "建会通")
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [842, 595]
    save_pdf(lay_out(replace(roster(), landscape=False)), path, overwrite=True)
    assert [round(float(side)) for side in PdfReader(path).pages[0].mediabox[2:]] == [595, 842]


def test_a_watermark_is_seen_but_not_found_among_the_text(tmp_path: Path) -> None:
    path = tmp_path / "花名册.pdf"
    marked = replace(roster(3), watermark="仅限内部使用")
    save_pdf(lay_out(marked), path)
    assert "仅限" not in page_texts(path)[0]
    assert page_image(lay_out(marked), 1, 50) != page_image(lay_out(roster(3)), 1, 50)


def test_rare_and_broken_characters_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "生僻字.pdf"
    names = [
        "龚䶮",
        "𠮷田",
        "\ue000",
        "王\x00小\x1f明",
        "半\ud800个",
        "买买提·艾合买提江",
        "ﷺ",
        "葛\U000e0100城",
        "👩‍👩‍👧",
    ]
    rows = [[str(n), name, "女", "", ""] for n, name in enumerate(names)]
    save_pdf(lay_out(replace(roster(), sections=[Section("", rows)])), path)
    text = page_texts(path)[0].replace("\n", "")  # this reader breaks a line where the next character is of another font
    assert "龚䶮" in text
    assert "王小明" in text


def test_an_older_file_is_overwritten_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "花名册.pdf"
    path.write_text("旧")
    with pytest.raises(UserError, match=r"已有同名文件《花名册\.pdf》"):
        save_pdf(lay_out(roster()), path)
    assert path.read_text() == "旧"
    save_pdf(lay_out(roster()), path, overwrite=True)
    assert path.read_bytes().startswith(b"%PDF")


def test_stopping_leaves_nothing_behind(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        assert (done, total) == (1, 2)
        raise Stopped

    with pytest.raises(Stopped):
        save_pdf(lay_out(roster()), tmp_path / "花名册.pdf", progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_progress_counts_the_pages(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    save_pdf(lay_out(roster(60)), tmp_path / "花名册.pdf", progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_missing_folder_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"没有保存到“.*U盘”：文件或文件夹不在了"):
        save_pdf(lay_out(roster()), tmp_path / "U盘" / "花名册.pdf")
    with pytest.raises(UserError, match="是一个文件夹"):
        save_pdf(lay_out(roster()), tmp_path, overwrite=True)


def test_a_full_disk_is_told_and_leaves_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="磁盘空间不足"):
        save_pdf(lay_out(roster()), tmp_path / "花名册.pdf")
    assert list(tmp_path.iterdir()) == []


def test_the_preview_shows_the_same_pages_as_the_pdf(tmp_path: Path) -> None:
    path = tmp_path / "花名册.pdf"
    layout = lay_out(roster(), "2026-11-22 16:00")
    save_pdf(layout, path)
    assert len(layout.pages) == len(PdfReader(path).pages)
    image = page_image(layout, 1, 96)
    assert (image.width(), image.height()) == (1123, 794)
    dark = sum(image.pixelColor(x, y).lightness() < 128 for x in range(0, 1123, 2) for y in range(0, 794, 2))
    assert 1_000 < dark < 100_000


def test_a_printer_gets_the_chosen_pages_only(tmp_path: Path) -> None:
    layout = lay_out(roster(60))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "打印.pdf"))
    paint(layout, printer, numbers=(2, 3))
    texts = page_texts(tmp_path / "打印.pdf")
    assert ["第 2 页 共 3 页" in texts[0], "第 3 页 共 3 页" in texts[1], len(texts)] == [True, True, 2]


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_refuses_is_told_in_a_sentence(tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "没有" / "打印.pdf"))
    with pytest.raises(UserError, match="打印机没有响应"):
        paint(lay_out(roster(1)), printer)


def test_a_command_without_a_screen_can_make_a_pdf(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from reports.paper import lay_out, save_pdf; from reports.report import *;"
        "save_pdf(lay_out(Report('名单', '', '', [ReportColumn('姓名', 5)], [Section('', [['王丽']])])), Path(sys.argv[1]))"
    )
    root = Path(__file__).parent.parent.parent
    finished = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "名单.pdf"], cwd=root, env={"PATH": "", "HOME": str(tmp_path)}, check=True,
        capture_output=True,
    )  # fmt: skip
    assert finished.stderr == b""
    assert "王丽" in page_texts(tmp_path / "名单.pdf")[0]
