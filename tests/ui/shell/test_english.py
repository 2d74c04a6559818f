"""The whole window in English: nothing that can be read in it is Chinese, but what the register itself knows."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from models.figures.targets import set_target
from models.journal.writer import Author
from models.language import LANGUAGES, use_language
from models.records.catalogue import RECORDS
from models.records.drive_case import DriveCase
from models.records.employer import Employer
from models.records.group import SEPARATOR
from models.records.union import Union
from models.records.worker import Worker
from models.register.register import Register
from models.values import codes, drive_codes
from models.values.columns import columns_of
from reports.catalogue import report_kinds
from reports.choices import ReportChoices
from scripts import texts
from tests.aids.case_world import reconciled
from tests.aids.speaking import LI, TODAY, WANG, ZHAO, Rows, imported, workbook
from tests.aids.waiting import wait_for_jobs
from tests.house.seen_texts import HAN, register_words, seen
from ui.drive.page import DrivePage
from ui.kit.commands import pages
from ui.lists.bulk import EventDialog, FieldDialog
from ui.lists.columns import ColumnsDialog
from ui.lists.page import RecordsPage
from ui.settings.own import WhoPane
from ui.settings.restore_dialog import RestoreDialog
from ui.shell.application import application
from ui.shell.crash import CrashSheet, Failures
from ui.shell.help_dialog import HelpDialog
from ui.shell.unlock_dialog import UnlockDialog
from ui.shell.unlocked import open_window
from ui.shell.window import Window

EMPLOYERS: list[list[Any]] = [
    ["单位名称", "单位性质", "所在区划", "职工人数", "是否经营", "建会阶段", "态度", "下一步", "下一步日期"],
    ["重庆甲示例有限公司", "私营企业", "沙坪坝区小龙坎街道", 126, "是", "已接触", "观望", "再去一次", "2026-11-20"],
    ["重庆乙示例有限公司", "私营企业", "渝中区大坪街道", "约12", "是", None, None, None, None],
    ["重庆丁示例有限公司", None, "渝中区大坪街道", 60, None, None, None, None, None],
]
UNIONS = [
    ["工会名称", "单位名称", "所在镇街", "基层工会类型", "会员人数", "本届选举日期", "任期年数"],
    ["重庆丙示例有限公司工会", "重庆丙示例有限公司", "沙坪坝区", "单独基层工会", 40, "2020-03-01", 5],
]
MEMBERS = [
    ["姓名", "性别", "证件号码", "移动电话", "所属工会", "入会日期", "职业类别", "学历"],
    ["王五", "男", WANG, "19900000001", "重庆丙示例有限公司工会", "2026-03-01", "外卖配送员", "大专"],
    ["李六", "女", LI, "19900000002", "重庆丙示例有限公司工会", "2025-03-01", "快递员", "高小"],
    ["王五", "男", ZHAO, "19900000001", "重庆丙示例有限公司工会", "2026-03-01", None, None],
]
LEDGER = [["台账类别", "日期", "数量", "金额", "参加人次"], ["送温暖送清凉", "2026-06-01", 2, 3000, 40]]
BOOK = "四张表.xlsx"
SHEETS: dict[str, Rows] = {"企业": EMPLOYERS, "工会": UNIONS, "会员": MEMBERS, "工作台账": LEDGER}
#: A roster whose first row cannot be imported, whose second is asked about and whose third has a warning.
ROSTER = [
    ["姓名", "证件号码", "所属工会", "入会日期", "民族"],
    ["赵七", WANG[:-1] + "8", "重庆丙示例有限公司工会", "2026-05-01", "汉族"],
    ["周八", WANG, "重庆丙示例有限公司工会", "2026-05-01", "汉族"],
    ["李六", LI, "重庆丙示例有限公司工会", "2025-04-01", "火星族"],
]
#: Chinese that the English guide quotes: what stands on papers and sheets for others, and names of towns.
QUOTED = [
    "_退回", "处理结果", "问题说明", "原行号", "退会", "去世", "单位名称", "工会名称", "人和街道", "龙潭镇", "（G1:K6）", "〔2016〕",
    "重点企业年度", "目标年度", "名单来源", "2024-2026年重点非公企业名单", "未登记", "材料.zip", "江北/名单", "剪贴板", "外卖配送员",
    "小标宋", "仿宋", "黑体", "尉迟", "单 Shàn", "查 Zhā", "重庆 Chóngqìng", "横 竖 撇 点 折", "沙坪坝区小龙坎街道", "渝碚路街道", "李四",
    "管理员", "区县", "组织员", "查看", "中文",
]  # fmt: skip


@pytest.fixture
def window(qtbot: QtBot, register: Register, author: Author, tmp_path: Path) -> Iterator[Window]:
    """The window in English, over a register with something on every page."""
    imported(author, workbook(tmp_path / BOOK, SHEETS))
    reconciled(author)
    use_language("en")
    application()
    made = open_window(register, Failures(), TODAY)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    wait_for_jobs(qtbot, made)
    yield made
    made.context.jobs.close()
    use_language("zh")


def chinese(root: QWidget, known: list[str]) -> list[tuple[str, str]]:
    """What is Chinese in a window, the register's own words taken out."""
    found = []
    for where, text in dict.fromkeys(seen(root)):
        rest = text
        for word in known if HAN.search(text) else ():
            rest = rest.replace(word, "")
        if HAN.search(rest):
            found.append((where, text))
    return found


@cache
def translated() -> frozenset[str]:
    """All texts that have a translation."""
    return frozenset(texts.read())


def known_words(*besides: str) -> list[str]:
    """The words of the register, examples and wordings of its fields and ``besides``, but for those that have a translation."""
    fields = [column for record in RECORDS.values() for column in columns_of(record)]
    examples = [column.example for column in fields]
    lists = [each for module in (codes, drive_codes) for each in vars(module).values() if isinstance(each, codes.CodeList)]
    for each in lists:
        examples += [SEPARATOR.join(word for word, of in each.synonyms.items() if of == label) for label in each.labels]
    labels = translated()
    return [word for word in register_words(BOOK, *LANGUAGES.values(), *examples, *besides) if word not in labels]


def test_the_whole_window_speaks_english(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    for page in pages():
        window.open_page(page.name)
        wait_for_jobs(qtbot, window)
    for kind, record in (("employer", Employer), ("union", Union), ("worker", Worker)):
        window._open_record(kind, record.select().order_by(record.id).first().uid)
        wait_for_jobs(qtbot, window)
        open_tabs(qtbot, window, window.pages[f"{kind}s"])
    drive = window.pages["drive"]
    assert isinstance(drive, DrivePage)
    window.open_page("drive")
    drive.open_case(DriveCase.select().order_by(DriveCase.id).first().employer)
    wait_for_jobs(qtbot, window)
    open_tabs(qtbot, window, drive)
    # a union is founded, a group added, and a choice changed, with a Chinese name
    named = [f"{EMPLOYERS[1][0]}工会委员会", "本地群体", codes.INDUSTRY.labels[0]]
    assert chinese(window, [*named, *known_words(), *SHEETS]) == []
    papers_stay_chinese(window)
    importing_speaks_english(qtbot, window, tmp_path)
    dialogs_speak_english(qtbot, window)


def open_tabs(qtbot: QtBot, window: Window, page: QWidget) -> None:
    """Open every tab of a page once: many of them ask the register when they are seen."""
    for tabs in page.findChildren(QTabWidget):
        for place in range(tabs.count()):
            tabs.setCurrentIndex(place)
            wait_for_jobs(qtbot, window)


def papers_stay_chinese(window: Window) -> None:
    union, employer = Union.select().first(), Employer.select().first()
    choices = ReportChoices(TODAY, TODAY, union=union.uid, employer=employer.uid, table="新建工会", everything=True)
    set_target(2026, "members", 500, window.context.author, window.context.index)
    for kind in report_kinds().values():
        made = []
        for code in ("zh", "en"):
            use_language(code)
            made.append(kind.compose(window.context.index, choices))
        assert made[0] == made[1], kind.name


def importing_speaks_english(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    page = window.pages.importing
    window.open_page("import")
    page.open_files([workbook(tmp_path / "花名册.xlsx", {"花名册": ROSTER})])
    wait_for_jobs(qtbot, window)
    known = [*known_words("花名册"), *(str(cell) for row in ROSTER for cell in row)]
    assert chinese(page, known) == []
    page.check()
    wait_for_jobs(qtbot, window)
    for place in range(page.checking.tabs.count()):
        page.checking.tabs.setCurrentIndex(place)
    assert chinese(page, known) == []
    page.apply()
    wait_for_jobs(qtbot, window)
    assert "Imported" in page.result.title.text()
    assert chinese(page, [*known, "_退回"]) == []
    assert window.context.notices.text.startswith("Imported:")


def dialogs_speak_english(qtbot: QtBot, window: Window) -> None:
    workers = window.pages["workers"]
    assert isinstance(workers, RecordsPage)
    folder = window.context.register.folder
    made: list[Callable[[], QWidget]] = [
        lambda: UnlockDialog(folder, ExitStack()), lambda: UnlockDialog(folder.parent / "new", ExitStack()),
        lambda: RestoreDialog(folder), lambda: WhoPane(window.context), lambda: CrashSheet("details"),
        lambda: HelpDialog(folder, window), lambda: EventDialog("转入", 2, dt.date(2026, 1, 2).isoformat()),
        lambda: FieldDialog("worker", 2, QStringListModel()), lambda: ColumnsDialog(workers.columns),
    ]  # fmt: skip
    for make in made:
        dialog = make()
        qtbot.addWidget(dialog)
        quoted = QUOTED if isinstance(dialog, HelpDialog) else ["_退回"]
        assert chinese(dialog, [*quoted, *known_words()]) == [], type(dialog).__name__
