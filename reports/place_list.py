"""Places with their coverage (区划覆盖) as a sheet."""

from collections.abc import Sequence
from pathlib import Path

from models.editing.regions import level_title
from models.figures.places import PlaceCoverage
from models.language import _
from reports import xlsx
from reports.handing_over import WrittenFile


def place_titles() -> list[str]:
    """The columns of the list."""
    return [
        _("区划"), _("级别"), _("用人单位"), _("25 人以上非公"), _("已建会"), _("建会率"), _("人数不明"), _("会员"), _("就业密集"), _("有小三级工会"),
    ]  # fmt: skip


def place_row(each: PlaceCoverage) -> list[str | int]:
    """A place as a row of the list."""
    return [
        each.path, level_title(each.level), each.employers, each.large, each.covered, share_text(each), each.unknown,
        each.members, _("是") if each.dense else "", has_union_text(each),
    ]  # fmt: skip


def share_text(each: PlaceCoverage) -> str:
    """The share of the large employers that are covered; a dash where there is none."""
    return "—" if each.share is None else f"{each.share:g}%"


def has_union_text(each: PlaceCoverage) -> str:
    """Whether a place of dense employment has the union that it wants; "" for other places."""
    return "" if each.has_union is None else _("有") if each.has_union else _("没有")


def write_places(path: Path, found: Sequence[PlaceCoverage]) -> WrittenFile:
    """Write places to .xlsx or .csv by the name's ending."""
    rows = [place_row(each) for each in found]
    if path.suffix.lower() == ".csv":
        return WrittenFile(path, xlsx.csv_note(xlsx.write_csv(path, place_titles(), rows, overwrite=True)), len(rows))
    xlsx.write_table(path, place_titles(), rows, (0, 1, 5, 8, 9), overwrite=True)
    return WrittenFile(path, rows=len(rows))
