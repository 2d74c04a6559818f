"""Every number of the first page opens exactly its rows; whose numbers they are; what was done today; charts that open."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from models.drive.cases import reconcile
from models.drive.contacts import add_contact
from models.figures.targets import set_target
from models.journal.settings import change_setting
from models.journal.writer import Author, batch
from models.records.headcount import HeadCount
from models.records.region import load_index
from models.records.worker import Worker
from models.register.register import Register
from tests.aids.case_world import reconciled
from tests.aids.speaking import TODAY, imported_rows
from tests.aids.waiting import wait_for_jobs
from tests.figures.test_indicators import TOWN, employer, made, person, place, union
from tests.ui.home.test_home import EMPLOYERS, page_of, planned
from ui.drive.page import DrivePage
from ui.health.page import HealthPage
from ui.history.page import HistoryPage
from ui.home.page import HomePage
from ui.home.plot import Plot
from ui.lists.page import RecordsPage
from ui.merging.page import MergePage
from ui.shell.application import application
from ui.shell.unlocked import make_context
from ui.shell.window import Window


def said(window: Window) -> HomePage:
    home = window.pages["home"]
    assert isinstance(home, HomePage)
    return home


def rows_of(window: Window) -> int:
    """How many rows the page that is shown lists."""
    page = window.pages[window.page_name]
    if isinstance(page, HealthPage):
        return int((page.terms if page.tabs.currentWidget() is page.terms else page.findings).model.rowCount())
    assert isinstance(page, RecordsPage | DrivePage | MergePage)
    return int(page.model.rowCount())


def test_every_number_of_the_page_opens_exactly_as_many_rows(
    qtbot: QtBot, opened: Callable[[], Window], author: Author
) -> None:
    at = union(author, founded="2026-03-01", term_start="2020-01-01", term_years=5)
    union(author, "乙工会", founded="2019-03-01", state="撤销", dissolved_on="2021-01-01")
    union(author, "丙工会", verified=0)
    made(author, HeadCount, subject=at, subject_kind="工会", as_of="2026-03-31", source="工会", member_count=9)
    person(author, ("入会", at, "2026-03-02"), name="王一", id_doubtful=1)
    person(author, ("入会", at, "2025-03-02"), name="王二", occupation_group="外卖配送员", phone="19900000001")
    person(author, ("入会", at, "2026-12-02"), name="王二", phone="19900000001")
    planned(author, 2)
    employer(author, None, name="重庆无数示例公司", verified=0)
    window = opened()
    home = said(window)
    wait_for_jobs(qtbot, window)
    counts = (home.unions, home.members, home.new_form, home.on_list)
    numbers: list[tuple[QPushButton, QPushButton | QLabel]] = [(each, each.number) for each in counts]
    numbers += [(each.change, each.change) for each in (home.unions, home.members)]
    assert [int(label.text().split()[-1]) for _button, label in numbers] == [1, 2, 1, 2, 1, 1]
    for button, label in numbers:
        count = int(label.text().split()[-1])
        button.click()
        wait_for_jobs(qtbot, window)
        assert (window.page_name, rows_of(window)) == (window.page_name, count)
        window.open_page("home")
        wait_for_jobs(qtbot, window)
    lines = [*home.work.checks.buttons, *home.work.doubts.buttons]
    names = [line.accessibleName() for line in lines]
    for name in ("待核实的单位 1", "待核实的工会 1", "证件号存疑 1", "申报与实名差 1", "人数不明的单位 1", "可能重复的人（全部） 1"):
        assert name in names
    for name in names:
        shown = [*home.work.checks.buttons, *home.work.doubts.buttons]
        next(line for line in shown if line.accessibleName() == name).click()
        wait_for_jobs(qtbot, window)
        assert (name, rows_of(window)) == (name, int(name.split()[-1]))
        window.open_page("home")
        wait_for_jobs(qtbot, window)


def test_own_towns_are_what_the_page_counts_until_everything_is_wanted(
    qtbot: QtBot, opened: Callable[[], Window], author: Author
) -> None:
    near, far = union(author), union(author, "乙工会", region="渝中区大坪街道")
    for at in (near, far):
        person(author, ("入会", at, "2026-03-02"), name="王一")
    employer(author, 60)
    employer(author, 60, region="渝中区大坪街道", name="重庆远示例公司")
    reconciled(author)
    set_target(2026, "new_members", 10, author, load_index(TODAY))
    change_setting("my_towns", [place(TOWN)], author)
    window = opened()
    home = said(window)
    wait_for_jobs(qtbot, window)
    assert home.of.text() == "统计范围：我的镇街（小龙坎街道）"
    four = (home.unions, home.members, home.new_form, home.on_list)
    assert [each.number.text() for each in four] == ["1", "1", "0", "1"]
    assert window.side.buttons["drive"].badge == "1"
    assert home.work.bars.of_all.isVisible()
    home.on_list.click()
    wait_for_jobs(qtbot, window)
    assert (window.page_name, rows_of(window)) == ("drive", 1)
    window.open_page("home")
    window.whose.everything.click()
    wait_for_jobs(qtbot, window)
    assert home.of.text() == "统计范围：全部区划"
    assert [each.number.text() for each in four] == ["2", "2", "0", "2"]
    assert not home.work.bars.of_all.isVisible()
    home.members.click()
    wait_for_jobs(qtbot, window)
    assert (window.page_name, rows_of(window)) == ("workers", 2)


def test_what_i_did_today_stands_there_and_opens_the_history_of_it(
    qtbot: QtBot, register: Register, author: Author, tmp_path: Path
) -> None:
    """By the clock of the laptop: batches carry the time at which they were written."""
    application()
    today = make_context(register, dt.date.today())
    qtbot.addWidget(today.notices)
    imported_rows(author, tmp_path, EMPLOYERS, "名单")
    person(author)
    case = str(reconcile(dt.date.today(), author, today.index).opened[0].drive_case)
    add_contact(case, {"date": "2026-11-20"}, author)
    worker = Worker.get()
    with batch("edit", Author("another", "李示例")) as writer:
        writer.update(Worker, worker.uid, {"name": (worker.name, "王二")})
    page = page_of(qtbot, today)
    assert page.work.today.accessibleName() == "我今天：导入 1 次（1 行），记了 1 次走访联系，新登记 1 人"
    past = HistoryPage(today)
    qtbot.addWidget(past)
    page.opens.connect(lambda _page, part: past.show_part(part))
    page.work.today.click()
    wait_for_jobs(qtbot, today)
    assert {each.person for each in past.past.items} == {author.person}
    assert sorted(each.kind for each in past.past.items) == ["case", "cases", "edit", "import"]
    past.mine.click()
    wait_for_jobs(qtbot, today)
    assert past.past.rowCount() == 5
    past.others.click()
    wait_for_jobs(qtbot, today)
    assert [each.kind for each in past.past.items] == ["import"]
    today.jobs.close()


def test_a_bar_or_a_point_of_a_chart_opens_what_it_counts(
    qtbot: QtBot, opened: Callable[[], Window], author: Author
) -> None:
    at = union(author, founded="2026-03-01")
    person(author, ("入会", at, "2026-03-02"), name="王一", occupation_group="外卖配送员")
    person(author, ("入会", at, "2026-05-02"), name="王二")
    employer(author, 30)
    reconciled(author)
    window = opened()
    home = said(window)
    home.tabs.setCurrentIndex(2)
    qtbot.waitUntil(lambda: home.charts.members.told.text() != "", timeout=20_000)
    charts = home.charts
    found = []

    def click(drawn: Plot, x: float, y: float) -> None:
        qtbot.mouseClick(drawn, Qt.MouseButton.LeftButton, pos=QPointF(*drawn.scales().point(x, y)).toPoint())

    for chart, x, y in ((charts.members, 2.9, 1), (charts.members, 4.8, 1), (charts.unions, 3.1, 0.5), (charts.groups, 1, -0.2)):
        click(chart.plot, x, y)
        wait_for_jobs(qtbot, window)
        found.append((window.page_name, rows_of(window)))
        window.open_page("home")
        wait_for_jobs(qtbot, window)
    assert found == [("workers", 1), ("workers", 2), ("unions", 1), ("workers", 1)]
    home.coverage.setCurrentIndex(home.places.index(1, [each.name for each in home.places.columns].index("on_list")))
    home.coverage.opened.emit(1)
    wait_for_jobs(qtbot, window)
    assert (window.page_name, rows_of(window)) == ("drive", 1)
    window.open_page("home")
    click(charts.districts.plot, 10, 0)
    wait_for_jobs(qtbot, window)
    assert (window.page_name, rows_of(window)) == ("drive", 1)
    click(charts.unions.plot, 11.9, 0.01)
    wait_for_jobs(qtbot, window)
    assert window.page_name == "drive"
