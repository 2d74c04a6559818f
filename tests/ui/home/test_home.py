"""The first page: targets against the plan of the day, whom to see this week, terms, findings, imports, charts."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from models.drive import case_list
from models.figures.targets import set_target
from models.journal.history import PastBatch
from models.journal.writer import Author
from models.records.drive_case import DriveCase
from models.records.region import load_index
from tests.aids.case_world import reconciled
from tests.aids.speaking import TODAY, imported_rows
from tests.aids.waiting import shown_page, wait_for_jobs
from tests.figures.test_indicators import employer, person, union
from ui.drive.page import DrivePage
from ui.home.facts import Agenda
from ui.home.page import HomePage
from ui.home.work import DUE_SHOWN, HomeWorkView, ShortDueModel
from ui.kit.context import Context
from ui.lists.page import RecordsPage
from ui.shell.window import Window
from ui.targets.page import TargetsPage

ROOT = Path(__file__).resolve().parent.parent.parent.parent
EMPLOYERS = [
    ["单位名称", "单位性质", "所在区划", "职工人数", "是否经营"],
    ["重庆甲示例有限公司", "私营企业", "沙坪坝区小龙坎街道", 126, "是"],
]


def page_of(qtbot: QtBot, context: Context) -> HomePage:
    return shown_page(qtbot, context, HomePage(context), (1198, 718))


def planned(author: Author, count: int) -> list[str]:
    """So many employers on the list, each to be seen on one of the days from a week ago; their uids."""
    uids = [employer(author, 30 + number, name=f"重庆示例{number:02d}有限公司") for number in range(count)]
    reconciled(author)
    for number, uid in enumerate(uids):
        case = DriveCase.get(DriveCase.employer == uid)
        plan = {"next_action": "上门", "next_action_date": f"2026-11-{16 + number}"}
        case_list.plan_case(case.uid, plan, author)
    return uids


def test_each_target_is_a_bar_with_its_state_in_words(qtbot: QtBot, context: Context, author: Author) -> None:
    at = union(author, founded="2026-03-01")
    person(author, ("入会", at, "2026-03-02"))
    for key, value in (("new_unions", 1), ("new_members", 100)):
        set_target(2026, key, value, author, load_index(TODAY))
    page = page_of(qtbot, context)
    assert [bar.said for bar in page.work.bars.bars] == ["1 / 1　完成 100 %　超前", "1 / 100　完成 1 %　落后"]
    assert "应完成 89" in page.work.bars.bars[1].accessibleName()
    with qtbot.waitSignal(page.opens) as opened:
        qtbot.mouseClick(page.work.bars.bars[1], Qt.MouseButton.LeftButton)
    assert opened.args == ["targets", "new_members"]


def test_the_numbers_of_a_target_stand_below_its_name_where_both_have_no_room(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    set_target(2026, "coverage_employers", 60, author, load_index(TODAY))
    union(author)
    (bar,) = page_of(qtbot, context).work.bars.bars
    text = bar.fontMetrics().height()
    bar.resize(600, bar.height())
    wide = bar.sizeHint().height()
    bar.resize(bar.fontMetrics().horizontalAdvance(bar.progress.indicator.name) + 20, wide)
    assert bar.sizeHint().height() - wide == text


def test_without_targets_the_page_asks_for_them(qtbot: QtBot, context: Context, author: Author) -> None:
    union(author)
    page = page_of(qtbot, context)
    assert page.work.bars.bars == []
    with qtbot.waitSignal(page.opens) as opened:
        page.work.bars.fill.click()
    assert opened.args == ["targets", ""]


def test_a_new_target_shows_at_once(qtbot: QtBot, context: Context, author: Author) -> None:
    union(author)
    page = page_of(qtbot, context)
    set_target(2026, "new_unions", 4, author, load_index(TODAY))
    context.changes.changed.emit({"target"})
    wait_for_jobs(qtbot, context)
    assert [bar.reached for bar in page.work.bars.bars] == ["0 / 4"]


def test_whom_to_see_this_week_opens_the_employers_file(
    qtbot: QtBot, context: Context, author: Author, qtmodeltester: ModelTester
) -> None:
    uids = planned(author, DUE_SHOWN + 2)
    page = page_of(qtbot, context)
    model = page.work.due
    assert isinstance(model, ShortDueModel)
    qtmodeltester.check(model)
    shown = [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]
    assert len(shown) == DUE_SHOWN
    assert shown[0] == ["重庆示例00有限公司", "上门", "逾期 6 天"]
    assert shown[6] == ["重庆示例06有限公司", "上门", "11-22"]
    assert page.work.due_more.text() == f"看全部 {DUE_SHOWN + 2} 家"
    with qtbot.waitSignal(page.opens) as more:
        page.work.due_more.click()
    assert more.args == ["drive", "due"]
    with qtbot.waitSignal(page.opens_record) as opened:
        page.work.due_table.selectRow(2)
        qtbot.keyClick(page.work.due_table, Qt.Key.Key_Return)
    assert opened.args == ["case", uids[2]]


def test_terms_running_out_and_findings_are_counted_and_open_the_health_page(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    union(author, "甲工会", term_start="2020-01-01", term_years=5)
    union(author, "乙工会", term_start="2023-12-20", term_years=3)
    union(author, "丙工会", term_start="2024-12-20", term_years=4)
    page = page_of(qtbot, context)
    lines = {line.accessibleName(): line for line in page.work.checks.buttons}
    assert "换届：已届满 1" in lines
    assert "换届：30 天内届满 1" in lines
    assert "必须改正 1" in lines
    assert not any("90" in name for name in lines)
    for name, target in (("换届：已届满 1", ["health", "terms:overdue"]), ("必须改正 1", ["health", ":error"])):
        with qtbot.waitSignal(page.opens) as opened:
            lines[name].click()
        assert opened.args == target


def test_the_last_imports_stand_with_their_rows_and_open_the_history(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    done = imported_rows(author, tmp_path, EMPLOYERS, "名单")
    page = page_of(qtbot, context)
    (line,) = page.work.imports.buttons
    assert line.accessibleName().endswith("名单.xlsx 1")
    with qtbot.waitSignal(page.opens) as opened:
        line.click()
    assert done.outcome.batch is not None
    assert opened.args == ["history", str(done.outcome.batch)]
    context.undoing.undo(done.outcome.batch)
    wait_for_jobs(qtbot, context)
    assert page.import_first.isVisible()


def test_an_import_of_several_files_says_how_many_and_names_them_on_demand(
    qtbot: QtBot, context: Context
) -> None:
    view = HomeWorkView()
    qtbot.addWidget(view)
    sheets = [{"file": "甲.xlsx", "new": 3}, {"file": "乙.xlsx", "updated": 1}]
    done = PastBatch(7, "import", "", "2026-11-21T09:30:00", sheets, "", None, None)
    view.show_part(Agenda([], {}, [done], []))
    (line,) = view.imports.buttons
    assert line.accessibleName() == "11-21 2 份表 4"
    assert line.toolTip() == "甲.xlsx\n乙.xlsx"


def test_a_hidden_page_counts_the_list_but_not_what_is_to_be_done(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    union(author)
    page = page_of(qtbot, context)
    page.hide()
    union(author, "乙工会", term_start="2020-01-01", term_years=5)
    context.changes.changed.emit({"union"})
    wait_for_jobs(qtbot, context)
    assert page.unions.number.text() == "2"
    assert not any("已届满" in line.accessibleName() for line in page.work.checks.buttons)
    page.show()
    wait_for_jobs(qtbot, context)
    assert any("已届满" in line.accessibleName() for line in page.work.checks.buttons)


def test_the_charts_are_made_when_they_are_first_shown_and_say_what_they_show(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    at = union(author, founded="2026-03-01")
    person(author, ("入会", at, "2026-03-02"), occupation_group="外卖配送员")
    employer(author, 30)
    set_target(2026, "new_members", 12, author, load_index(TODAY))
    page = page_of(qtbot, context)
    before = page.charts
    page.tabs.setCurrentIndex(2)
    charts = page.charts
    assert before is None
    assert charts is not None
    qtbot.waitUntil(lambda: charts.members.told.text() != "", timeout=20_000)
    assert charts.members.told.text() == "到 2026-11-22 新入会 1 人，全年目标 12 人；虚线是按时间应完成的。"
    assert charts.unions.told.text() == "今年到 2026-11-22 新建 1 个。"
    assert charts.groups.told.text() == "1 个群体有会员。"
    drawn = charts.members.plot.drawing
    assert drawn.goal == [(0, 0), (12, 12)]
    assert [reached for _month, reached in drawn.line] == [0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1]
    person(author, ("入会", at, "2026-04-02"))
    context.changes.changed.emit({"worker", "membership_event"})
    wait_for_jobs(qtbot, context)
    assert charts.members.told.text().startswith("到 2026-11-22 新入会 2 人")
    with qtbot.waitSignal(page.opens) as opened:
        charts.groups.look.click()
    assert opened.args == ["workers", "new_form"]


def test_the_window_leads_from_the_first_page_to_the_indicator_its_rows_and_their_records(
    qtbot: QtBot,
    opened: Callable[[], Window],
    author: Author,
) -> None:
    at = union(author, founded="2026-03-01")
    person(author, ("入会", at, "2026-03-02"), name="王一")
    set_target(2026, "unions", 9, author, load_index(TODAY))
    set_target(2026, "new_members", 12, author, load_index(TODAY))
    (uid,) = planned(author, 1)
    window = opened()
    wait_for_jobs(qtbot, window)
    home, targets, drive = (window.pages[name] for name in ("home", "targets", "drive"))
    assert isinstance(home, HomePage)
    assert isinstance(targets, TargetsPage)
    assert isinstance(drive, DrivePage)
    next(bar for bar in home.work.bars.bars if bar.reached == "1 / 12").click()
    wait_for_jobs(qtbot, window)
    assert window.page_name == "targets"
    assert targets.current is not None
    assert targets.current.indicator.key == "new_members"
    targets.table.opened.emit(targets.table.currentIndex().row())
    wait_for_jobs(qtbot, window)
    targets.rows.table.opened.emit(0)
    wait_for_jobs(qtbot, window)
    assert window.page_name == "workers"
    workers = window.pages["workers"]
    assert isinstance(workers, RecordsPage)
    assert workers.pane is not None
    assert workers.pane.title.text() == "王一"
    window.open_page("home")
    home.work.due_table.opened.emit(0)
    wait_for_jobs(qtbot, window)
    assert (window.page_name, drive.pane.uid) == ("drive", uid)
