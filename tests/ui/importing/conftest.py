"""The import page, as every test of this folder finds it."""

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.importing.import_walk import page_of
from ui.importing.page import ImportPage
from ui.kit.context import Context


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> ImportPage:
    """The page before anything was chosen."""
    return page_of(qtbot, context)
