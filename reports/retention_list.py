"""Whose data is due for review (保存期限), as a plain sheet."""

from collections.abc import Iterable
from pathlib import Path

from models.language import _
from models.people.retention import DueReview
from reports import xlsx


def write_retention(path: Path, found: Iterable[DueReview]) -> Path:
    """Write people in their order as .xlsx and return the path."""
    titles = [_("姓名"), _("会籍状态"), _("从何时起"), _("到期"), _("工会"), _("说明"), _("记录标识")]
    rows = [
        [each.name, _(each.state), each.since, each.due_on, each.union, "" if each.since else _("日期不明，不算到期"), each.uid]
        for each in found
    ]
    xlsx.write_table(path, titles, rows, sheet_name=_("保存期限"), overwrite=True)
    return path
