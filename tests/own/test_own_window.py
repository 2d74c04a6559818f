"""Own fields in the window: made where a column has no field, kept in the settings, in the list and the form."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from importers.rows.decisions import Key
from models.editing.editing import held
from models.editing.own_fields import NewField, add_own_fields, change_own_field, own_fields
from models.journal.writer import batch
from models.records.worker import Worker
from models.uid import new_uid
from tests.aids.speaking import workbook
from tests.aids.waiting import wait_for_jobs
from tests.ui.importing.import_walk import ROSTER, opened, page_of, press, settle
from ui.importing.own_field_dialog import OwnFieldDialog
from ui.importing.page import CHECK, COLUMNS, ImportPage
from ui.kit.context import Context
from ui.lists.kinds import listings
from ui.lists.page import RecordsPage
from ui.settings.own_fields import OwnFieldsSettings

UID = "019a0000-0000-7000-8000-00000000000{}"
HOBBY = NewField("worker", "爱好", uid=UID.format(1))
KEY: Key = ("会员.xlsx", "花名册")
#: The column 爱好 of the roster.
PLACE = 5


@pytest.fixture
def page(qtbot: QtBot, context: Context, tmp_path: Path) -> ImportPage:
    made = page_of(qtbot, context)
    opened(qtbot, made, workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER}))
    return made


def field_of(page: ImportPage) -> str | None:
    match = page.mapping.grid.grid.found(PLACE)
    return match.field if match is not None else None


def test_the_boxes_of_the_header_offer_a_new_field(page: ImportPage) -> None:
    fields = page.mapping.grid.fields
    fields.open(PLACE)
    assert [fields.box.itemText(place) for place in (0, 1)] == ["不导入", "新增字段…"]


def test_the_dialog_begins_with_the_header_and_what_is_written_there(qtbot: QtBot, page: ImportPage) -> None:
    dialog = OwnFieldDialog(page.views[0], PLACE)
    qtbot.addWidget(dialog)
    assert (dialog.name.text(), dialog.kind.currentData()) == ("爱好", "text")
    dialog.kind.setCurrentIndex(dialog.kind.findData("choice"))
    dialog.name.setText("手机")
    dialog.buttons.accepted.emit()
    assert dialog.wanted is None
    assert "就是已有的“移动电话”" in dialog.wrong.text()
    dialog.name.setText("爱好")
    dialog.options.setText("篮球，书法")
    dialog.buttons.accepted.emit()
    wanted: Any = dialog.wanted
    assert (wanted.record, wanted.kind, wanted.options) == ("worker", "choice", ("篮球", "书法"))


def test_a_column_becomes_an_own_field_and_is_imported(qtbot: QtBot, page: ImportPage, context: Context) -> None:
    page.mapping.making.emit(KEY, PLACE, HOBBY)
    settle(qtbot, page)
    assert field_of(page) == HOBBY.field
    assert [each.name for each in own_fields()] == ["爱好"]
    press(qtbot, page, page.primary)
    press(qtbot, page, page.primary)
    assert [row.own for row in Worker.select().order_by(Worker.name)] == [None, json.dumps({HOBBY.uid: "篮球"},
        ensure_ascii=False, separators=(",", ":"))]


def test_undoing_the_field_lets_its_column_go(qtbot: QtBot, page: ImportPage, context: Context) -> None:
    page.mapping.making.emit(KEY, PLACE, HOBBY)
    settle(qtbot, page)
    press(qtbot, page, page.primary)
    assert page.steps.step == CHECK
    context.undoing.undo_last()
    settle(qtbot, page)
    assert (page.steps.step, field_of(page), own_fields()) == (COLUMNS, None, [])
    press(qtbot, page, page.primary)
    assert page.steps.step == CHECK


@pytest.fixture
def settings(qtbot: QtBot, context: Context) -> OwnFieldsSettings:
    made = OwnFieldsSettings(context)
    qtbot.addWidget(made)
    made.show()
    wait_for_jobs(qtbot, context)
    return made


def test_the_settings_add_rename_and_retire(qtbot: QtBot, settings: OwnFieldsSettings, context: Context) -> None:
    settings.name.setText("帮扶档次")
    settings.record.setCurrentIndex(settings.record.findData("employer"))
    settings.kind.setCurrentIndex(settings.kind.findData("choice"))
    settings.aliases.setText("一档，二档")
    settings.save.click()
    wait_for_jobs(qtbot, context)
    assert [(each.record, each.name, each.options) for each in own_fields()] == [("employer", "帮扶档次", ("一档", "二档"))]
    settings.table.selectRow(0)
    assert not settings.kind.isEnabled()
    settings.name.setText("帮扶等次")
    settings.active.setChecked(False)
    settings.save.click()
    wait_for_jobs(qtbot, context)
    assert [(each.name, each.active, each.options) for each in own_fields()] == [("帮扶等次", False, ("一档", "二档"))]
    assert [settings.model.index(0, place).data() for place in range(6)] == ["用人单位", "帮扶等次", "选项", "一档、二档", "否", "0"]


def test_a_list_and_its_form_follow(qtbot: QtBot, context: Context) -> None:
    with batch("edit", context.author) as writer:
        writer.create(Worker, {"uid": (uid := new_uid()), "name": "王五"})
    made = RecordsPage(context, listings()["workers"])
    qtbot.addWidget(made)
    made.show()
    made.open_record(uid)
    wait_for_jobs(qtbot, context)
    context.jobs.write(add_own_fields, [HOBBY], context.author, done=lambda _done: None)
    wait_for_jobs(qtbot, context)
    assert made.model.columns[-1].title == "爱好"
    assert made.pane is not None
    made.pane.form.editors[HOBBY.field].show_text("书法 13800000001")
    made.pane.save()
    wait_for_jobs(qtbot, context)
    assert held("worker", uid)[HOBBY.field] == "书法 13800000001"
    made.open_record(uid)
    assert made.pane.form.editors[HOBBY.field].text() == "书法 138******01"  # covered, and locked until it is unmasked
    made.filters.conditions.put(HOBBY.field, "书法")
    wait_for_jobs(qtbot, context)
    assert made.filters.conditions.texts() == ["爱好：书法"]
    context.jobs.write(partial(change_own_field, HOBBY.uid, context.author, active=False), done=lambda _done: None)
    wait_for_jobs(qtbot, context)
    assert HOBBY.field not in [column.name for column in made.model.columns]
    assert HOBBY.field not in made.pane.form.editors
    assert made.filters.conditions.texts() == []
