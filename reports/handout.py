"""A report into a file: as PDF, as workbook or as Word document. Qt is loaded only for paper."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from reports import xlsx
from reports.handing_over import WrittenFile
from reports.report import Report

#: What every report can be written as.
FORMATS = ("pdf", "xlsx", "docx")


def write(
    report: Report, path: Path, ending: str, progress: Callable[[int, int], None] | None = None
) -> WrittenFile:
    """Write ``report`` to ``path`` in one of :data:`FORMATS`, over an existing file.

    What is returned says of a PDF which characters no font here has. UserError when it cannot be saved.
    """
    printed = f"{dt.datetime.now():%Y-%m-%d %H:%M}"
    if ending == "xlsx":
        xlsx.write_report(report, path, printed, overwrite=True)
        return WrittenFile(path)
    if ending == "docx":
        from reports import docx_file

        docx_file.write_docx(report, path, printed, overwrite=True)
        return WrittenFile(path)
    from reports import paper

    return WrittenFile(path, paper.save_pdf(paper.lay_out(report, printed), path, overwrite=True, progress=progress))


def write_as_named(report: Report, path: Path, progress: Callable[[int, int], None] | None = None) -> WrittenFile:
    """The same in the format that the ending of the file's name says."""
    return write(report, path, path.suffix.lower().removeprefix("."), progress)
