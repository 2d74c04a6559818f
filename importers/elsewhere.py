"""Sheets that other pages read: a working list that comes back with its ticks, what their system answered to a hand-in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from importers.handin_answers import answered_template
from importers.session import SourceFile
from importers.worklist_sheet import list_of
from models.language import _


class Elsewhere(NamedTuple):
    """Where a file is read: as a ``worklist`` (uid), or as the answers to a ``handin`` (the template's key)."""

    what: Literal["worklist", "handin"]
    key: str
    name: str
    path: Path

    @property
    def said(self) -> str:
        """What the file is, and what it is not read for here."""
        if self.what == "worklist":
            told = _("《{file}》是工作名单“{name}”的表：这里只看人和单位，勾选、日期和备注要在工作名单里读回。")
        else:
            told = _("《{file}》像是上报《{name}》的结果：这里只看人和单位，成功、失败和原因要在上报里读回。")
        return told.format(file=self.path.name, name=self.name)


def elsewhere(files: Sequence[SourceFile]) -> Elsewhere | None:
    """Where the first file that another page reads is to go; None where all are lists. Of archives nothing is said."""
    for source in files:
        if source.inside or source.data is not None or not source.sheets:
            continue
        head = list_of(source.sheets)
        if head is not None:
            return Elsewhere("worklist", head.uid, head.name, source.path)
        template = answered_template(source.sheets)
        if template is not None:
            return Elsewhere("handin", template.key, template.shown, source.path)
    return None
