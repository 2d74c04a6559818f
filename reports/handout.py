"""A report into a file: as PDF or as workbook. Qt is loaded only for paper."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from reports import xlsx
from reports.report import Report


def write(report: Report, path: Path, ending: str, progress: Callable[[int, int], None] | None = None) -> Path:
    """Write ``report`` to ``path`` as "pdf" or "xlsx", over an existing file, and return the path.

    UserError when it cannot be saved.
    """
    printed = f"{dt.datetime.now():%Y-%m-%d %H:%M}"
    if ending == "xlsx":
        xlsx.write_report(report, path, printed, overwrite=True)
        return path
    from reports import paper

    paper.write_pdf(report, path, printed, overwrite=True, progress=progress)
    return path
