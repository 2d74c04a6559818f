"""The trail (操作留痕) and the print log (打印记录), which is a view of it, as something to hand in: on paper, as a sheet, as CSV."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from models.language import N_, _, official
from models.records.setting import setting
from models.trail.reading import PastEntry, totals_of
from models.trail.verifying import Verdict
from models.trail.words import word
from reports import handout, xlsx
from reports.handing_over import WrittenFile
from reports.report import Align, Report, ReportColumn, Section

#: What the two are called, in the trail itself too.
TRAIL, PRINTS = N_("操作留痕"), N_("打印记录")
#: How much of a SHA-256 is printed on paper: enough to compare by eye.
_SHOWN = 16


@official()
def write_trail(
    path: Path, found: Sequence[PastEntry], verdict: Verdict, day: dt.date,
    progress: Callable[[int, int], None] | None = None, *, name: str = TRAIL,
) -> WrittenFile:  # fmt: skip
    """Write entries as .xlsx, .csv, .pdf or .docx by the ending; ``verdict``: of the whole chain. UserError as ``save``.

    ``name``: :data:`TRAIL` or :data:`PRINTS`.
    """
    rows = [[*_cells(each, name), each.sha256] for each in found]
    titles = [*(title for title, _width in _titles(name)), _("文件的 SHA-256")]
    ending = path.suffix.lower()
    if ending in (".pdf", ".docx"):
        handout.write(trail_report(found, verdict, day, name), path, ending.removeprefix("."), progress)
    elif ending == ".csv":
        xlsx.write_csv(path, titles, rows, overwrite=True)
    else:
        xlsx.write_table(path, titles, rows, sheet_name=_(name), overwrite=True)
    return WrittenFile(path, rows=len(rows))


def _titles(name: str) -> list[tuple[str, int]]:
    given = [(_("交给谁"), 7), (_("做什么用"), 8)] if name == PRINTS else [(_("交给谁、做什么用"), 10)]
    return [
        (_("编号"), 4), (_("时间"), 8), (_("谁"), 5), (_("做了什么"), 7), (_("内容"), 10), (_("行数"), 4), (_("号码"), 4),
        *given, (_("文件"), 12),
    ]  # fmt: skip


def _cells(each: PastEntry, name: str) -> list[str]:
    number = str(each.number) if each.number else _("以前的记录")
    rows = "" if each.rows is None else str(each.rows)
    given = [each.recipient, each.purpose] if name == PRINTS else [each.given]
    return [number, each.when, each.person, word(each.act), each.about, rows, each.numbers, *given, each.file]


@official()
def trail_report(found: Sequence[PastEntry], verdict: Verdict, day: dt.date, name: str = TRAIL) -> Report:
    """Entries as a paper of the day, with what was found of the whole chain; ``name`` as in :func:`write_trail`."""
    aligned: dict[int, Align] = {0: "right", 1: "center", 5: "right"}
    titles = enumerate(_titles(name))
    columns = [ReportColumn(title, width, aligned.get(place, "left"), most=5) for place, (title, width) in titles]
    rows = []
    for each in found:
        *cells, file = _cells(each, name)
        rows.append([*cells, file + (f"\n{each.sha256[:_SHOWN]}…" if each.sha256 else "")])
    return Report(
        title=_(name),
        organization=str(setting("organization")),
        day=day.isoformat(),
        columns=columns,
        sections=[Section("", rows)],
        totals=totals_of(found).text if name == PRINTS else _("共 {count} 条").format(count=len(found)),
        footnotes=(verdict.text, _("最后一条的指纹：{hash}").format(hash=verdict.last or _("无"))),
    )
