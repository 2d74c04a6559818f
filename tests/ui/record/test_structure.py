"""A union beside its list: where it stands in the structure, as a tree; head counts by hand."""


import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from models.journal.writer import Author, batch
from models.records.headcount import HeadCount
from models.records.union import Union
from models.uid import new_uid
from models.unions.structure import LEVEL_ROWS
from tests.aids.record_pages import EMPLOYER, UNION, opened, page_of
from tests.aids.speaking import listed, made
from tests.aids.waiting import wait_for_jobs
from ui.kit.context import Context
from ui.record.pane import RecordPane
from ui.record.structure import StructureTree


def names(tree: StructureTree, parent: QModelIndex | None = None) -> list[list[str]]:
    """The shown columns of the rows below an index."""
    model, at = tree.structure, parent or QModelIndex()
    shown = [column for column in range(model.columnCount()) if not tree.isColumnHidden(column)]
    return [[str(model.index(row, c, at).data()) for c in shown] for row in range(model.rowCount(at))]


def tab(pane: RecordPane, title: str) -> None:
    pane.tabs.setCurrentIndex([pane.tabs.tabText(at) for at in range(pane.tabs.count())].index(title))


@pytest.mark.usefixtures("filled")
def test_the_page_of_a_union_shows_where_it_stands_and_what_it_lacks(
    qtbot: QtBot, context: Context, author: Author, qtmodeltester: ModelTester
) -> None:
    top = made(author, Union, name="甲街道总工会")
    firm = Union.get(Union.name == UNION)
    with batch("edit", author) as writer:
        values = {"parent": top, "term_start": "2021-11-20", "term_years": 5, "women_committee": 1}
        writer.update(Union, firm.uid, {name: (None, value) for name, value in values.items()})
    made(author, HeadCount, subject=firm.uid, subject_kind="工会", member_count=5, as_of="2026-07", source="工会登记")
    page, pane = opened(qtbot, context, "unions", UNION)
    tab(pane, "组织")
    wait_for_jobs(qtbot, context)
    view = pane.views.organization
    assert view is not None
    told = {name: label.text() for name, label in view.facts.items()}
    assert told["members"] == "实名 2 人（女 1）；申报 5 人（2026-07，工会登记）；名单还差 3 人"
    assert told["term"] == "2021-11-20 选举，5 年，2026-11-20 届满，已超过 2 天，已届满"
    assert told["women"] == "女职工委员会：有，女职工委员：未填"
    assert told["covered"] == "1 个，职工人数 —（1 个不知道人数）"
    assert view.below.text() == "下面没有别的工会，会员也没有分小组"
    view.path.linkActivated.emit(top)
    wait_for_jobs(qtbot, context)
    assert pane.title.text() == "甲街道总工会"
    assert names(view.tree) == [[UNION, "2", "2", "5"]]
    qtmodeltester.check(view.tree.structure)
    view.tree.setCurrentIndex(view.tree.structure.index(0, 0))
    qtbot.keyClick(view.tree, Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    assert pane.title.text() == UNION
    assert [page.model.text(row, 0) for row in page.table.selected_rows()] == [UNION]


def test_a_level_of_thousands_is_read_as_it_is_scrolled(qtbot: QtBot, context: Context, author: Author) -> None:
    top = made(author, Union, name="甲街道总工会")
    with batch("edit", author) as writer:
        for number in range(LEVEL_ROWS + 5):
            writer.create(Union, {"uid": new_uid(), "name": f"企业{number:05}工会", "parent": top})
    page = page_of(qtbot, context, "unions")
    page.as_tree.switch.click()
    wait_for_jobs(qtbot, context)
    tree = page.as_tree.tree
    model, root = tree.structure, tree.structure.index(0, 0)
    assert names(tree) == [["甲街道总工会", "", "0", "0", "—"]]
    assert model.rowCount(root) == 0
    pages: list[int] = []
    model.rowsInserted.connect(lambda _parent, first, last: pages.append(last - first + 1))
    tree.expand(root)
    wait_for_jobs(qtbot, context)
    qtbot.waitUntil(lambda: model.rowCount(root) > LEVEL_ROWS)
    assert pages == [LEVEL_ROWS, 5]
    assert (model.rowCount(root), model.canFetchMore(root)) == (LEVEL_ROWS + 5, False)
    tree.doubleClicked.emit(model.index(3, 0, root))
    assert page.pane is not None
    assert page.pane.title.text() == "企业00003工会"
    context.changes.changed.emit({"union"})
    wait_for_jobs(qtbot, context)
    assert tree.isExpanded(model.index(0, 0))
    page.search("企业00007")
    assert not page.as_tree.switch.isChecked()
    assert page.table.isVisible()


@pytest.mark.usefixtures("filled")
def test_beside_the_tree_nothing_works_on_the_rows_of_the_table_behind_it(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "unions")
    page.table.selectRow(0)
    assert page.more.isEnabled()
    page.as_tree.switch.click()
    tree = page.as_tree.tree
    qtbot.waitUntil(lambda: tree.structure.rowCount() > 0)
    assert page.counted.text() == "共 2 条"
    assert not any(button.isEnabled() for button in (page.more, page.bar.columns, page.full))
    tree.setCurrentIndex(tree.structure.index(1, 0))
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    assert page.pane is not None
    assert not page.more.isEnabled()
    page.pane.closed.emit()
    assert page.focusWidget() is tree
    page.as_tree.switch.click()
    assert all(button.isEnabled() for button in (page.more, page.bar.columns, page.full))


@pytest.mark.usefixtures("filled")
def test_counts_are_entered_put_right_and_taken_back_in_the_pane(qtbot: QtBot, context: Context) -> None:
    _page, pane = opened(qtbot, context, "employers", EMPLOYER)
    counts = pane.views.counts
    assert counts is not None
    pane.tabs.setCurrentWidget(counts)
    counts.enter.click()
    assert counts.wrong.text() == "请至少填一个人数。"
    counts.editors["as_of"].show_text("2026-03")
    counts.editors["source"].show_text("税务")
    counts.editors["staff_count"].show_text("40")
    counts.enter.click()
    wait_for_jobs(qtbot, context)
    assert context.notices.text == f"已登记“{EMPLOYER}”的人数。"
    assert counts.editors["staff_count"].text() == ""
    counts.editors["staff_count"].show_text("36")
    counts.enter.click()
    wait_for_jobs(qtbot, context)
    shown = [[counts.model.index(row, at).data() for at in range(3)] for row in range(2)]
    assert shown == [["2026-11-22", "走访核实", "• 36"], ["2026-03", "税务", "40"]]
    assert listed("employers", "staff_count")[0] == (36,)
    listing = page_of(qtbot, context, "headcounts")
    with qtbot.waitSignal(listing.opens) as led:
        listing.table.opened.emit(0)
    assert led.args == ["employer", pane.uid]
    counts.table.opened.emit(0)
    counts.editors["staff_count"].show_text("38")
    counts.enter.click()
    wait_for_jobs(qtbot, context)
    assert counts.model.index(0, 2).data() == "• 38"
    counts.table.selectRow(0)
    counts.remove.click()
    wait_for_jobs(qtbot, context)
    assert counts.model.index(0, 2).data() == "• 40"
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert counts.model.rowCount() == 2
