"""The window asks where the members of a union go before it ends it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models.journal.writer import Author
from models.records.union import Union
from tests.aids.case_world import union, values
from tests.aids.speaking import listed
from tests.figures.test_indicators import person
from ui.kit.context import Context
from ui.record.acts import RecordActs, ShownRecord


def test_a_union_with_members_ends_when_it_is_said_where_they_go(qtbot: QtBot, context: Context, author: Author) -> None:
    own = union(author, "甲公司工会", founding_date="2020-01-02")
    person(author, ("入会", own, "2021-01-01"))
    window = QWidget()
    qtbot.addWidget(window)
    acts = RecordActs(context, "union", lambda: ShownRecord(own, "甲公司工会"), window)
    acts.ask_end()
    qtbot.mouseClick(acts.asking.go, Qt.MouseButton.LeftButton)
    assert values(Union, own)["dissolved_on"] is None  # nobody said where they go
    acts.asking.reasons["转出"].click()
    qtbot.mouseClick(acts.asking.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: listed("workers", "membership_state") == [("转出",)])
    assert values(Union, own)["state"] == "撤销"
