"""The import page as a person uses it: from files to a batch and back, over a real register."""

import time
from pathlib import Path

import openpyxl
from msoffcrypto.format.ooxml import OOXMLFile
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from importers.session import ImportOptions
from models.journal.writer import Author, batch
from models.records.worker import Worker
from models.register.register import Register
from models.uid import new_uid
from tests.aids.speaking import TODAY, WANG, ZHAO, imported_rows, listed, workbook
from tests.ui.importing.import_walk import ROSTER, opened, press, settle, shown, tabs
from ui.importing.jobs import read_files
from ui.importing.page import CHECK, COLUMNS, DONE, FILES, ImportPage
from ui.kit.context import Context

#: A person whose check digit is wrong.
WRONG = "500106198503079010"


def test_a_roster_is_imported_and_taken_back(qtbot: QtBot, page: ImportPage, context: Context, tmp_path: Path) -> None:
    path = workbook(tmp_path / "会员.xlsx", {"花名册": [*ROSTER, [3, "赵七", WRONG, "19900000003", "2024-05-06"]]})
    told: list[object] = []
    context.changes.changed.connect(told.append)

    opened(qtbot, page, path)
    assert page.steps.step == COLUMNS
    assert page.steps.about.text() == "《会员.xlsx》 · 1 张工作表 · 3 行"
    assert page.primary.text() == "核对 3 行"

    press(qtbot, page, page.primary)
    assert page.steps.step == CHECK
    assert tabs(page) == ["将新增 2", "将更新 0", "不变 0", "需处理 1"]
    assert page.primary.text() == "导入 2 行，退回 1 行"
    assert listed("workers", "name") == []

    press(qtbot, page, page.primary)
    assert page.steps.step == DONE
    assert page.result.title.text() == "已导入 2 行（批次 1）"
    assert page.result.counts.text() == "新增 2 行；1 行有错误，没有导入"
    assert (tmp_path / "会员_退回.xlsx").exists()
    assert sorted(listed("workers", "name")) == [("李六",), ("王五",)]
    assert context.notices.text == "已导入 2 行（批次 1）。"
    assert len(told) == 1
    assert "worker" in told[0]  # type: ignore[operator]

    press(qtbot, page, page.result.undo)
    assert listed("workers", "name") == []
    assert page.result.undo.text() == "已撤销"
    assert not page.result.undo.isEnabled()
    assert context.undoing.batches == []


def test_a_roster_imported_again_says_that_nothing_would_change(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    path = workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER})
    for _time in range(2):
        opened(qtbot, page, path)
        press(qtbot, page, page.primary)
        page.apply() if page.primary.isEnabled() else None
        settle(qtbot, page)
    assert page.steps.step == CHECK
    assert page.primary.text() == "没有可导入的内容：与登记册完全相同"
    assert not page.primary.isEnabled()
    assert tabs(page)[2] == "不变 2"


def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    bad = tmp_path / "坏的.xlsx"
    bad.write_text("不是工作簿", "utf-8")
    opened(qtbot, page, bad)
    assert page.steps.step == FILES
    opened(qtbot, page, bad, workbook(tmp_path / "好的.xlsx", {"花名册": ROSTER}))
    assert page.steps.step == COLUMNS
    assert page.trouble.isVisible()
    assert "坏的.xlsx" in page.trouble.text()
    assert page.primary.text() == "核对 2 行"


def test_what_went_wrong_before_is_not_told_any_longer_beside_other_files(
    qtbot: QtBot, page: ImportPage, context: Context, tmp_path: Path
) -> None:
    context.notices.error("《通知.docx》不是能导入的表格，没有读。")
    opened(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER}))
    assert context.notices.text == ""


def test_a_file_with_a_password_asks_for_it(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    plain, path = workbook(tmp_path / "明.xlsx", {"花名册": ROSTER}), tmp_path / "密.xlsx"
    with plain.open("rb") as source, path.open("wb") as target:
        OOXMLFile(source).encrypt("打开456", target)
    opened(qtbot, page, path)
    assert page.steps.step == FILES
    page.choosing.passwords[path].setText("不对")
    qtbot.keyClick(page.choosing.passwords[path], Qt.Key.Key_Return)
    settle(qtbot, page)
    assert page.steps.step == FILES
    page.choosing.passwords[path].setText("打开456")
    qtbot.keyClick(page.choosing.passwords[path], Qt.Key.Key_Return)
    settle(qtbot, page)
    assert page.steps.step == COLUMNS
    assert page.primary.text() == "核对 2 行"


def test_reading_can_be_cancelled(qtbot: QtBot, page: ImportPage, context: Context, tmp_path: Path) -> None:
    path = workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER})
    page.open_files([path])
    assert not page.choosing.choose.isVisible()
    assert page.job is not None
    page.job.cancel()
    settle(qtbot, page)
    assert page.steps.step == FILES
    assert page.choosing.choose.isVisible()
    assert context.notices.text == "已取消，登记册没有改动。"


def test_cancelling_the_import_leaves_the_register_as_it_was(
    qtbot: QtBot, page: ImportPage, context: Context, tmp_path: Path
) -> None:
    opened(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER}))
    press(qtbot, page, page.primary)
    page.apply()
    assert page.job is not None
    page.job.cancel()
    settle(qtbot, page)
    assert page.steps.step == CHECK
    assert page.primary.isEnabled()
    assert listed("workers", "name") == []


def test_an_update_is_shown_field_by_field_with_numbers_masked(
    qtbot: QtBot, page: ImportPage, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ROSTER)
    changed = [*ROSTER[:3], [1, "王五", WANG, "19900000009", "2024-05-06", ""]]
    opened(qtbot, page, workbook(tmp_path / "改.xlsx", {"花名册": changed}))
    press(qtbot, page, page.primary)
    assert tabs(page) == ["将新增 0", "将更新 1", "不变 0", "需处理 0"]
    assert page.checking.tabs.currentIndex() == 1
    assert shown(page.checking.steps) == [["花名册", "4", "王五", "更新", "移动电话"]]
    assert shown(page.checking.row.fields) == [["移动电话", "199****0001", "199****0009"]]


def test_a_person_of_another_union_waits_for_a_decision(
    qtbot: QtBot, page: ImportPage, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, ROSTER)
    other = [ROSTER[0], ["填报单位：重庆禾榉食品有限公司工会"], *ROSTER[2:4]]
    opened(qtbot, page, workbook(tmp_path / "别家.xlsx", {"花名册": other}))
    press(qtbot, page, page.primary)
    assert tabs(page)[3] == "需处理 1"
    assert page.checking.steps.index(0, 3).data() == "待决定"
    assert page.checking.row.problems.text().startswith("待决定：")
    assert "砚屿软件" in page.checking.row.problems.text()
    assert page.primary.text() == "没有可导入的内容，只退回 1 行"


def test_a_register_that_changed_meanwhile_is_checked_again(
    qtbot: QtBot, page: ImportPage, context: Context, author: Author, tmp_path: Path
) -> None:
    opened(qtbot, page, workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER}))
    press(qtbot, page, page.primary)
    with batch("edit", author) as writer:
        writer.create(Worker, {"uid": new_uid(), "name": "王五", "id_number": WANG, "phone": None})
    press(qtbot, page, page.primary)
    assert page.steps.step == CHECK
    assert "已经重新核对：请再看一遍" in context.notices.text
    assert tabs(page)[:2] == ["将新增 1", "将更新 1"]


def test_files_dropped_while_another_step_runs_wait(qtbot: QtBot, page: ImportPage, context: Context, tmp_path: Path) -> None:
    path = workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER})
    page.open_files([path])
    page.open_files([path])
    assert "还没有做完" in context.notices.text
    settle(qtbot, page)
    assert page.steps.step == COLUMNS


class Heartbeat(QTimer):
    """Beats every 10 ms as long as the window's thread is free; remembers its longest pause."""

    def __init__(self) -> None:
        super().__init__()
        self.longest, self._last = 0.0, time.monotonic()
        self.timeout.connect(self._beat)
        self.start(10)

    def _beat(self) -> None:
        now = time.monotonic()
        self.longest, self._last = max(self.longest, now - self._last), now


def id_number(sequence: int) -> str:
    """The invented identity number of one of many people."""
    body = f"500106{1960 + sequence % 40}{1 + sequence // 40 % 12:02}{1 + sequence // 480 % 28:02}{900 + sequence // 13440:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


def test_twenty_thousand_rows_do_not_freeze_the_window(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    lines = ["姓名,证件号码,手机号码,入会日期,工会名称"]
    lines += [f"陈示范,{id_number(n)},1990{n:07},2024-05-06,重庆砚屿软件技术有限公司工会" for n in range(20_000)]
    path = tmp_path / "会员大名册.csv"
    path.write_text("\n".join(lines), "utf-8")
    heart = Heartbeat()
    opened(qtbot, page, path)
    press(qtbot, page, page.primary)
    assert tabs(page)[0] == "将新增 20,000"
    press(qtbot, page, page.primary)
    heart.stop()
    assert page.result.title.text() == "已导入 20,000 行（批次 1）"
    assert heart.longest < 1.0


def test_hidden_sheets_are_named_and_read_when_a_person_wants_them(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    path = workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER, "退休的": [ROSTER[2], ["1", "赵七", ZHAO, "", "2024-05-06"]]})
    book = openpyxl.load_workbook(path)
    book["退休的"].sheet_state = "hidden"
    book.save(path)
    opened(qtbot, page, path)
    assert page.hidden.said.text() == "隐藏的工作表没有读：“退休的”。"
    assert page.hidden.isVisible()
    assert page.primary.text() == "核对 2 行"
    press(qtbot, page, page.hidden.take)
    assert page.steps.step == COLUMNS
    assert not page.hidden.isVisible()
    assert page.primary.text() == "核对 3 行"
    opened(qtbot, page, path)
    assert page.hidden.isVisible(), "another import asks anew"


def test_hidden_sheets_of_a_file_with_a_password_are_read_with_it(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    plain, path = workbook(tmp_path / "明.xlsx", {"花名册": ROSTER, "退休的": [ROSTER[2], ROSTER[4]]}), tmp_path / "密.xlsx"
    book = openpyxl.load_workbook(plain)
    book["退休的"].sheet_state = "veryHidden"
    book.save(plain)
    with plain.open("rb") as source, path.open("wb") as target:
        OOXMLFile(source).encrypt("打开456", target)
    opened(qtbot, page, path)
    page.choosing.passwords[path].setText("打开456")
    qtbot.keyClick(page.choosing.passwords[path], Qt.Key.Key_Return)
    settle(qtbot, page)
    assert page.primary.text() == "核对 2 行"
    press(qtbot, page, page.hidden.take)
    assert page.primary.text() == "核对 3 行"


def test_rows_are_understood_while_they_are_read_with_the_day_of_the_window(
    register: Register, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER})
    files, _known, _other = read_files([path], ImportOptions(), TODAY)
    assert [ahead.today for ahead in files[0].ahead.values()] == [TODAY]


def test_the_keyboard_stays_on_the_page_through_all_steps(
    qtbot: QtBot, page: ImportPage, context: Context, tmp_path: Path
) -> None:
    context.notices.setParent(page)  # as in the window: a window of its own would take the keyboard
    plain, locked = workbook(tmp_path / "明.xlsx", {"花名册": ROSTER}), tmp_path / "密.xlsx"
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("打开456", target)
    page.setFocus()
    assert page.choosing.choose.hasFocus()
    opened(qtbot, page, locked)
    assert page.choosing.passwords[locked].hasFocus()
    page.choosing.passwords[locked].setText("不对")
    qtbot.keyClick(page.choosing.passwords[locked], Qt.Key.Key_Return)
    settle(qtbot, page)
    assert page.choosing.passwords[locked].hasFocus()
    page.choosing.passwords[locked].setText("打开456")
    qtbot.keyClick(page.choosing.passwords[locked], Qt.Key.Key_Return)
    settle(qtbot, page)
    assert page.mapping.sheets.hasFocus()
    press(qtbot, page, page.primary)
    assert page.checking.table.hasFocus()
    press(qtbot, page, page.primary)
    assert page.result.look.hasFocus()
    press(qtbot, page, page.result.again)
    assert page.choosing.choose.hasFocus()
    context.notices.setParent(None)
