"""What is being typed on the import page is taken before the next step, whatever key or button leads there."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.aids.speaking import workbook
from tests.aids.typing import type_text
from tests.ui.importing.import_walk import ROSTER, opened, page_of, settle
from ui.importing.page import CHECK, ImportPage
from ui.kit.context import Context


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> ImportPage:
    return page_of(qtbot, context)


@pytest.mark.parametrize("how", ["key", "click"])
def test_a_value_for_a_missing_column_is_taken_on_the_way_to_the_check(
    qtbot: QtBot, page: ImportPage, tmp_path: Path, how: str
) -> None:
    opened(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER}))
    bar = page.mapping.parts
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(2).center())
    field = page.mapping.defaults.boxes["union"]
    assert isinstance(field, QLineEdit)
    field.setFocus()
    type_text(qtbot, field, "重庆禾榉食品有限公司工会")
    if how == "key":
        qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    else:
        qtbot.mouseClick(page.primary, Qt.MouseButton.LeftButton)
    settle(qtbot, page)
    assert page.steps.step == CHECK
    assert page.decisions.defaults[page.views[0].key]["union"] == "重庆禾榉食品有限公司工会"
    assert page.plan is not None
    assert page.plan.decisions == page.decisions
