"""What leaves the page of the drive as a sheet."""

from pathlib import Path

import openpyxl
from pytestqt.qtbot import QtBot

from models.drive_case import DriveCase
from models.journal import Author
from tests.case_world import case_of, edit
from tests.test_ui_drive import STAR, context, page_of, settle, three
from ui.context import Context

__all__ = ["context", "three"]


def test_the_part_that_is_looked_at_becomes_the_sheet(
    qtbot: QtBot, context: Context, author: Author, three: dict[str, str], tmp_path: Path
) -> None:
    edit(author, DriveCase, case_of(three[STAR])["uid"], next_action="送达意见书", next_action_date="2026-11-20")
    page = page_of(qtbot, context)
    written = {}
    for part in (page.places, page.due, page.sources):
        page.tabs.setCurrentWidget(part)
        settle(qtbot, context)
        assert (page.export.isEnabled(), page.paper.isEnabled()) == (True, False)
        path = tmp_path / f"{page.tabs.tabText(page.tabs.currentIndex())}.xlsx"
        page.export_to(path)
        settle(qtbot, context)
        written[path.stem] = list(openpyxl.load_workbook(path).active.values)
    assert [row[:3] for row in written["按区县镇街"]] == [
        ("区县、镇街、村社区", "非公单位", "应建未建"), ("渝中区", 1, 1), ("　　大坪街道", 1, 1), ("沙坪坝区", 2, 1),
        ("　　小龙坎街道", 2, 1),
    ]  # fmt: skip
    assert [row[:4] for row in written["本周要办"][1:]] == [(STAR, "2026-11-20", 2, "送达意见书")]
    assert written["摸排比对"][0] == ("单位", "所在区划", "哪些来源有它")
    page.tabs.setCurrentWidget(page.list)
    assert page.paper.isEnabled()
