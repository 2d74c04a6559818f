"""How fast a long roster becomes a PDF beside Qt's own documents: ``python -m benchmarks.roster_paper [--rows 10000]``.

The same rows once through the program's painter (``reports/paper.py``) and once as a table of a ``QTextDocument`` printed on a
``QPdfWriter``, each in a process of its own: CPU seconds, pages, and how much memory it took at most. The ratio is what
counts: both are of one machine and one run. What a first page costs to look at is told beside: a preview draws one page at a
time. Ours goes into a file, as it does for people, and is read from rows that come packed.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextCursor, QTextDocument, QTextTableFormat

from benchmarks.measured import compare
from reports.packed_rows import PackedRows
from reports.paper import ensure_application, lay_out, page_image, save_pdf
from reports.report import Report, ReportColumn, Section, roster_signatures

_COLUMNS = (
    ("序号", 3), ("姓名", 5), ("性别", 3), ("民族", 4), ("出生日期", 6), ("证件号码", 10), ("学历", 5), ("电话", 7), ("入会日期", 6),
)  # fmt: skip
#: Pixels in an inch of the preview.
_SCREEN = 96


def _rows(count: int) -> PackedRows:
    names = "丽敏静强磊军洋勇艳杰"
    return PackedRows(
        [str(n), f"王{names[n % 10]}{names[n // 10 % 10]}", "女" if n % 2 else "男", "汉族", "1990-01-02",
         "500101********0023", "大学本科", "199****0001", "2024-05-06"]
        for n in range(1, count + 1)
    )  # fmt: skip


def ours(count: int) -> dict[str, float]:
    """The roster through the program's painter."""
    columns = [ReportColumn(title, width) for title, width in _COLUMNS]
    report = Report("会员花名册", "某公司工会", "2026-11-22", columns, [Section("", _rows(count))], signatures=roster_signatures())
    start = time.process_time()
    layout = lay_out(report, "2026-11-22 09:00")
    laid = time.process_time()
    page_image(layout, 1, _SCREEN)
    seen = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        save_pdf(layout, Path(folder, "a.pdf"))
    done = time.process_time()
    return {"seconds": laid - start + done - seen, "pages": len(layout.pages), "first_page": seen - laid}


def qt_document(count: int) -> dict[str, float]:
    """The same rows as a table of a document of Qt's, printed on a PDF writer."""
    start = time.process_time()
    document = QTextDocument()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    page = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF(15, 15, 15, 15))
    writer.setPageLayout(page)
    document.documentLayout().setPaintDevice(writer)
    document.setPageSize(QSizeF(writer.width(), writer.height()))
    cursor = QTextCursor(document)
    cursor.beginEditBlock()  # laid out once, when all of it is there
    form = QTextTableFormat()
    form.setHeaderRowCount(1)
    form.setBorder(0.5)
    table = cursor.insertTable(count + 1, len(_COLUMNS), form)
    for place, (title, _width) in enumerate(_COLUMNS):
        table.cellAt(0, place).firstCursorPosition().insertText(title)
    for number, row in enumerate(_rows(count), 1):
        for place, text in enumerate(row):
            table.cellAt(number, place).firstCursorPosition().insertText(text)
    cursor.endEditBlock()
    document.print_(writer)
    return {"seconds": time.process_time() - start, "pages": document.pageCount()}


_WAYS: dict[str, Callable[[int], dict[str, float]]] = {"ours": ours, "QTextDocument": qt_document}


def measure(way: str, count: int) -> dict[str, float]:
    """One way in a process of its own: its CPU seconds, its pages, and how many MB it took beside an idle one."""
    command = [sys.executable, "-m", "benchmarks.roster_paper", "--rows", str(count), "--way", way]
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Measure both ways, and ours at a tenth of the rows for its memory."""
    parser = argparse.ArgumentParser(description="A long roster as a PDF, beside Qt's own documents.")
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--way", choices=list(_WAYS))
    parser.add_argument("--keep", action="store_true", help="write the ratios down")
    arguments = parser.parse_args()
    if arguments.way:
        ensure_application()
        idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        told = _WAYS[arguments.way](arguments.rows)
        print(json.dumps(told | {"mb": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - idle) / 1024}))
        return
    found = {way: measure(way, arguments.rows) for way in _WAYS}
    for way, told in found.items():
        print(f"{way:14} {told['seconds']:8.2f} CPU s {told['pages']:6.0f} pages {told['mb']:7.1f} MB")
    few = measure("ours", max(1, arguments.rows // 10))
    print(f"ours, a tenth  {few['seconds']:8.2f} CPU s {few['pages']:6.0f} pages {few['mb']:7.1f} MB")
    print(f"the first page is drawn in {found['ours']['first_page'] * 1000:.0f} ms CPU")
    print(f"{found['QTextDocument']['seconds'] / found['ours']['seconds']:.1f} times as fast")
    ratios = {
        "我们的 / QTextDocument": found["ours"]["seconds"] / found["QTextDocument"]["seconds"],
        "第一页 / 全部": found["ours"]["first_page"] / found["ours"]["seconds"],
        "内存，我们的 / QTextDocument": found["ours"]["mb"] / found["QTextDocument"]["mb"],
    }
    print(*compare("roster_paper", {f"{name}（{arguments.rows:,} 行）": each for name, each in ratios.items()}, arguments.keep))


if __name__ == "__main__":
    main()
