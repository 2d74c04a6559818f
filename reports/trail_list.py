"""The trail (操作留痕) as something to hand in: on paper, as a sheet, as CSV."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from models.language import _, official
from models.records.setting import setting
from models.trail.reading import PastEntry
from models.trail.verifying import Verdict
from models.trail.words import word
from reports import handout, xlsx
from reports.handing_over import WrittenFile
from reports.report import Align, Report, ReportColumn, Section

#: How much of a SHA-256 is printed on paper: enough to compare by eye.
_SHOWN = 16


@official()
def write_trail(
    path: Path, found: Sequence[PastEntry], verdict: Verdict, day: dt.date, progress: Callable[[int, int], None] | None = None
) -> WrittenFile:
    """Write entries as .xlsx, .csv, .pdf or .docx by the ending; ``verdict``: of the whole chain. UserError as ``save``."""
    rows = [[*_cells(each), each.sha256] for each in found]
    titles = [*(title for title, _width in _titles()), _("文件的 SHA-256")]
    ending = path.suffix.lower()
    if ending in (".pdf", ".docx"):
        handout.write(_report(found, verdict, day), path, ending.removeprefix("."), progress)
    elif ending == ".csv":
        xlsx.write_csv(path, titles, rows, overwrite=True)
    else:
        xlsx.write_table(path, titles, rows, sheet_name=_("操作留痕"), overwrite=True)
    return WrittenFile(path, rows=len(rows))


def _titles() -> list[tuple[str, int]]:
    return [
        (_("编号"), 4), (_("时间"), 8), (_("谁"), 5), (_("做了什么"), 7), (_("内容"), 10), (_("行数"), 4), (_("号码"), 4),
        (_("交给谁、做什么用"), 10), (_("文件"), 12),
    ]  # fmt: skip


def _cells(each: PastEntry) -> list[str]:
    number = str(each.number) if each.number else _("以前的记录")
    rows = "" if each.rows is None else str(each.rows)
    return [number, each.when, each.person, word(each.act), each.about, rows, each.numbers, each.given, each.file]


def _report(found: Sequence[PastEntry], verdict: Verdict, day: dt.date) -> Report:
    aligned: dict[int, Align] = {0: "right", 1: "center", 5: "right"}
    titles = enumerate(_titles())
    columns = [ReportColumn(title, width, aligned.get(place, "left"), most=5) for place, (title, width) in titles]
    rows = []
    for each in found:
        *cells, file = _cells(each)
        rows.append([*cells, file + (f"\n{each.sha256[:_SHOWN]}…" if each.sha256 else "")])
    return Report(
        title=_("操作留痕"),
        organization=str(setting("organization")),
        day=day.isoformat(),
        columns=columns,
        sections=[Section("", rows)],
        totals=_("共 {count} 条").format(count=len(found)),
        footnotes=(verdict.text, _("最后一条的指纹：{hash}").format(hash=verdict.last or _("无"))),
    )
