"""Working lists: made, filled and ticked by rows; what follows a merge, an undo, an erasing and another laptop; on paper."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from importers.worklist_sheet import keep_reading, read_worklist
from models.duplicates.merge import merge
from models.editing.mistakes import hindrances, remove_mistake
from models.engine import database
from models.errors import UserError
from models.journal.done import did
from models.journal.undo import undo, way_back
from models.journal.writer import Author
from models.people import erasing
from models.people.held_data import held_data
from models.records.employer import Employer
from models.records.region import load_index
from models.records.union import Union
from models.records.worker import Worker
from models.records.worklist import WorklistEntry
from models.register.register import Register
from models.worklists import entries
from models.worklists.kinds import find_kind, forget_kind, keep_kind, ready_kinds, worklist_kinds
from models.worklists.lists import (
    Added,
    WorklistHead,
    add_entries,
    change_worklist,
    find_worklist,
    make_worklist,
    remove_worklist,
    take_out,
    worklists,
    write_entries,
)
from reports.listing.listed import ListPaper, list_report
from reports.listing.worklists import chosen_of, told_of, usual_form, write_worklist
from tests.aids.speaking import LI, TODAY, WANG, imported_rows, last_batch, made
from tests.aids.state_model import contents, differences, told_again
from tests.aids.whole_window import made_once
from tests.exchange.laptops import Laptop
from tests.people.erased_person import pages

HEAD = ["姓名", "身份证号", "手机", "所属工会", "工作单位", "入会日期"]
PEOPLE = [
    ["王五", WANG, "19900000001", "甲公司工会", "甲公司", "2024-05-06"],
    ["李四", LI, "19900000002", "甲公司工会", "甲公司", "2024-06-01"],
    ["𫖯𬭊", None, "19900000003", "甲公司工会", "甲公司", "2025-07-01"],
]  # fmt: skip
NAME = "2027年春节慰问"


def fill(author: Author, folder: Path) -> None:
    """Three members, and a list on which two of them stand."""
    imported_rows(author, folder, [HEAD, *PEOPLE])
    make_worklist(NAME, "慰问", "workers", author, [uid_of("王五"), uid_of("李四")], date="2027-01-20", note="每户一份")


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    return made_once(empty_register, tmp_path_factory.mktemp("filled"), fill)


def uid_of(name: str) -> str:
    return str(Worker.get(Worker.name == name).uid)


@pytest.fixture
def head(register: Register) -> WorklistHead:
    return find_worklist(NAME)


def shown(name: str = NAME) -> list[tuple[Any, ...]]:
    """Who is on a list, with what is ticked and written, and nothing of what is not."""
    head = find_worklist(name)
    told = []
    for row in entries.rows(head, load_index(TODAY)):
        marks = {each.label: each.kind.show(row[each.name]) for each in head.columns if row[each.name] is not None}
        told.append((row["name"], marks) if marks else (row["name"],))
    return told


def entry_of(name: str, head: WorklistHead) -> str:
    return str(entries.marks(head)[uid_of(name)][entries.ENTRY])


def test_a_list_has_the_boxes_and_days_of_what_it_is_for_and_counts_what_is_ticked(head: WorklistHead, author: Author) -> None:
    assert (head.kind, head.date, head.boxes, head.days, head.count) == ("慰问", "2027-01-20", ("已通知", "已领"), ("发放日期",), 2)
    assert shown() == [("王五",), ("李四",)]
    given = {"ticked_2": "√", "day_1": "2027.1.21", "list_note": "儿子代领"}
    done = did(write_entries, [entry_of("王五", head)], given, author)
    assert (done.result, set(done.kinds)) == (1, {"worklist_entry"})
    assert shown() == [("王五", {"已领": "√", "发放日期": "2027-01-21", "名单备注": "儿子代领"}), ("李四",)]
    assert (find_worklist(NAME).ticked, find_worklist(NAME).done) == ((0, 1), 1)
    assert write_entries([entry_of("王五", head)], given, author) == 0
    undo(last_batch(), author)
    assert shown() == [("王五",), ("李四",)]


def test_who_is_on_a_list_is_not_put_on_it_again(head: WorklistHead, author: Author) -> None:
    assert add_entries(head.uid, [uid_of("王五"), uid_of("𫖯𬭊"), uid_of("𫖯𬭊")], author) == Added(1, 1)
    assert [name for (name, *_rest) in shown()] == ["王五", "李四", "𫖯𬭊"]
    assert take_out([entry_of("𫖯𬭊", head)], author) == 1
    assert add_entries(head.uid, [uid_of("𫖯𬭊")], author) == Added(1, 0)


def test_two_laptops_put_the_same_person_on_a_list_as_one_line(head: WorklistHead, author: Author) -> None:
    other = Author("another", "李示例")
    add_entries(head.uid, [uid_of("𫖯𬭊")], author)
    uid = entry_of("𫖯𬭊", head)
    undo(last_batch(), author)
    with database.db.atomic() as spoken:
        # as if the log had never spoken of it: what another laptop would do
        database.db.execute_sql('DELETE FROM "change" WHERE "record" = ?', (uid,))
        add_entries(head.uid, [uid_of("𫖯𬭊")], other)
        assert entry_of("𫖯𬭊", head) == uid
        spoken.rollback()


def test_removing_a_list_takes_its_lines_and_an_undo_brings_all_back(head: WorklistHead, author: Author) -> None:
    write_entries([entry_of("李四", head)], {"ticked_1": "是"}, author)
    before = shown()
    remove_worklist(head.uid, author)
    assert (worklists(), WorklistEntry.select().count()) == ([], 0)
    undo(last_batch(), author)
    assert shown() == before
    assert differences(contents(), told_again()) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "  "}, "起个名字"), ({"name": NAME + " "}, "已经有一份"), ({"kind": "野餐"}, "可以用：慰问、体检"),
        ({"rows": "officers"}, "可以是：workers"), ({"date": "明年"}, "看不懂的日期"), ({"boxes": ["甲、乙、丙、丁"]}, "最多 3 栏"),
        ({"boxes": ["姓名"]}, "已经是别的一栏"), ({"days": ["已领"]}, "已经是别的一栏"),
        ({"boxes": ["一二三四五六七八九十一二三"]}, "太长了"),
    ],
)  # fmt: skip
def test_what_a_list_cannot_be_is_said(given: dict[str, Any], said: str, register: Register, author: Author) -> None:
    wanted = {"name": "体检", "kind": "慰问", "rows": "workers"} | given
    name, kind, rows = (wanted.pop(each) for each in ("name", "kind", "rows"))
    with pytest.raises(UserError, match=said):
        make_worklist(name, kind, rows, author, **wanted)
    assert len(worklists()) == 1


def test_a_box_that_somebody_ticked_does_not_go_but_may_be_called_otherwise(head: WorklistHead, author: Author) -> None:
    write_entries([entry_of("李四", head)], {"ticked_2": "是"}, author)
    with pytest.raises(UserError, match="“已领”一栏已经有人勾过"):
        change_worklist(head.uid, author, boxes=["已通知"])
    change_worklist(head.uid, author, boxes=["打过电话", "领了", "回访了"], days=[""], closed=True)
    assert shown()[1] == ("李四", {"领了": "√"})
    assert (find_worklist(NAME).closed, worklists(closed=False)) == (True, [])


def test_a_register_has_kinds_of_its_own(head: WorklistHead, author: Author) -> None:
    keep_kind("困难职工走访", ["电话约好", "已走访"], ["走访日期"], author)
    make_worklist("冬季走访", "困难职工走访", "employers", author, [Employer.get().uid])
    assert (find_worklist("冬季走访").boxes, shown("冬季走访")) == (("电话约好", "已走访"), [("甲公司",)])
    with pytest.raises(UserError, match="自带的用途"):
        keep_kind("慰问", [], [], author)
    forget_kind(find_kind("困难职工走访"), author)
    assert worklist_kinds() == ready_kinds()
    assert usual_form(find_worklist("冬季走访")).columns[0].name == "name", "the list stays, in a layout of its columns"


def test_of_two_who_are_merged_one_line_stays_with_the_ticks_of_both(head: WorklistHead, author: Author) -> None:
    twin = made(author, Worker, name="王五")
    add_entries(head.uid, [twin], author)
    write_entries([entry_of("李四", head)], {"ticked_1": "是"}, author)
    both = entries.marks(head)
    write_entries([both[twin][entries.ENTRY]], {"ticked_2": "是", "day_1": "2027-01-21"}, author)
    write_entries([both[uid_of_first("王五")][entries.ENTRY]], {"ticked_1": "是"}, author)
    merge(uid_of_first("王五"), twin, {}, author, load_index(TODAY), TODAY)
    assert shown()[0] == ("王五", {"已通知": "√", "已领": "√", "发放日期": "2027-01-21"})
    assert len(shown()) == 2
    undo(last_batch(), author)
    assert len(shown()) == 3
    assert differences(contents(), told_again()) == []


def uid_of_first(name: str) -> str:
    return str(Worker.select().where(Worker.name == name).order_by(Worker.id).get().uid)


def test_an_import_is_undone_with_the_bare_lines_of_its_people_and_keeps_who_was_ticked(
    head: WorklistHead, author: Author
) -> None:
    write_entries([entry_of("李四", head)], {"ticked_1": "是"}, author)
    way = way_back(1)
    assert {each.kind for each in way.kept} >= {"worker"}
    undo(1, author)
    assert [row.name for row in Worker.select()] == ["李四"]
    assert shown() == [("李四", {"已通知": "√"})]
    undo(last_batch(), author)
    assert [name for (name, *_rest) in shown()] == ["李四", "王五"]


def test_who_was_entered_by_mistake_goes_with_a_bare_line_and_stays_with_a_tick(head: WorklistHead, author: Author) -> None:
    write_entries([entry_of("李四", head)], {"list_note": "已联系"}, author)
    assert hindrances("worker", uid_of("李四")) == {"worklist_entry": 1}
    assert hindrances("worker", uid_of("王五")) == {}
    remove_mistake("worker", uid_of("王五"), author)
    assert [name for (name, *_rest) in shown()] == ["李四"]
    undo(last_batch(), author)
    assert {name for (name, *_rest) in shown()} == {"李四", "王五"}


def test_erasing_takes_a_persons_lines_and_all_that_was_written_in_them(
    head: WorklistHead, register: Register, author: Author
) -> None:
    entry = entry_of("王五", head)
    write_entries([entry], {"ticked_2": "是", "list_note": "腿脚不便送到家", "day_1": "2027-01-21"}, author)
    (line,) = held_data(uid_of("王五"), load_index(TODAY)).listed
    assert line == f"{NAME} · 2027-01-20 · 已领 √ · 发放日期 2027-01-21 · 腿脚不便送到家"
    remove_worklist(head.uid, author)
    removed = last_batch()
    gone = uid_of("王五")
    erasing.erase([gone], "书面申请第 1 号", author, register.folder)
    assert "腿脚不便".encode() not in pages(register)
    undo(removed, author)
    assert shown() == [("李四",)]
    assert find_worklist(NAME).count == 1
    assert differences(contents(), told_again()) == []


def test_erasing_takes_the_lines_of_lists_that_stand(head: WorklistHead, register: Register, author: Author) -> None:
    write_entries([entry_of("王五", head)], {"list_note": "腿脚不便送到家"}, author)
    erasing.erase([uid_of("王五")], "书面申请第 1 号", author, register.folder)
    assert (shown(), find_worklist(NAME).count) == ([("李四",)], 1)
    assert "腿脚不便".encode() not in pages(register)
    assert differences(contents(), told_again()) == []


def test_a_list_of_unions_is_printed_as_its_kind_has_it_with_what_is_ticked(register: Register, author: Author) -> None:
    make_worklist("换届会", "开会通知", "unions", author, [Union.get().uid])
    head = find_worklist("换届会")
    (line,) = entries.marks(head).values()
    write_entries([line[entries.ENTRY]], {"ticked_1": "是"}, author)
    told = told_of(find_worklist("换届会"), ListPaper("某区总工会", TODAY.isoformat()))
    report = list_report(chosen_of(head), usual_form(head), told, load_index(TODAY))
    assert report.title == "换届会"
    assert [each.title for each in report.columns] == [
        "序号", "工会名称", "工会主席", "联系电话", "已通知", "能到", "已到", "通知日期", "签到", "名单备注",
    ]  # fmt: skip
    assert list(report.sections[0].rows) == [["1", "甲公司工会", "", "", "√", "□", "□", "", "", ""]]
    assert report.signatures == ["主持人（签字）", "记录人（签字）"]


def exported(head: WorklistHead, path: Path) -> tuple[Any, Any, dict[str, int]]:
    """The list's own sheet as somebody opens it: the book, the sheet, and where each column stands."""
    write_worklist(head, True, load_index(TODAY), path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    return book, sheet, {str(cell.value): cell.column for cell in sheet[1]}


def test_its_own_sheet_comes_back_as_the_same(head: WorklistHead, author: Author, tmp_path: Path) -> None:
    write_entries([entry_of("李四", head)], {"ticked_1": "是", "day_1": "2027-01", "list_note": "外地"}, author)
    exported(head, tmp_path / "名单.xlsx")
    reading = read_worklist(tmp_path / "名单.xlsx")
    assert (reading.head.name, reading.same, reading.changes, reading.questions) == (NAME, 2, [], [])
    assert did(keep_reading, reading, author).batch is None


def test_ticks_days_and_notes_are_read_back_and_a_blank_takes_nothing_away(
    head: WorklistHead, author: Author, tmp_path: Path
) -> None:
    book, sheet, at = exported(head, tmp_path / "名单.xlsx")
    write_entries([entry_of("王五", head)], {"ticked_1": "是"}, author)  # meanwhile, here
    sheet.cell(2, at["已领"], "✓")
    sheet.cell(2, at["发放日期"], "2027年1月21日")
    sheet.cell(3, at["已领"], "×")
    sheet.cell(3, at["名单备注"], "出国了")
    sheet.delete_cols(at["证件号码"])
    book.save(tmp_path / "名单.xlsx")
    reading = read_worklist(tmp_path / "名单.xlsx")
    assert [(each.called, each.title, each.before, each.after) for each in reading.changes] == [
        ("王五", "已领", "□", "√"), ("王五", "发放日期", "", "2027-01-21"), ("李四", "名单备注", "", "出国了"),
    ]  # fmt: skip
    assert keep_reading(reading, author) == 2
    assert shown() == [("王五", {"已通知": "√", "已领": "√", "发放日期": "2027-01-21"}), ("李四", {"名单备注": "出国了"})]


def test_rows_that_are_not_sure_are_questions_and_an_answer_puts_them_on_the_list(
    head: WorklistHead, author: Author, tmp_path: Path
) -> None:
    book, sheet, at = exported(head, tmp_path / "名单.xlsx")
    sheet.cell(2, at["已领"], "好像")
    sheet.cell(3, at["发放日期"], "下个月")
    for name, number in (("𫖯𬭊", "19900000003"), ("没有这个人", None), ("王五", None), (None, None)):
        row = sheet.max_row + 1
        sheet.cell(row, at["姓名"], name)
        sheet.cell(row, at["移动电话"], number)
        sheet.cell(row, at["已领"], "√")
    book.save(tmp_path / "名单.xlsx")
    reading = read_worklist(tmp_path / "名单.xlsx")
    assert [(each.row, each.called, [name for _uid, name in each.candidates]) for each in reading.questions] == [
        (2, "王五", []), (3, "李四", []), (4, "𫖯𬭊", ["𫖯𬭊"]), (5, "没有这个人", []),
    ]  # fmt: skip
    assert "“已领”一栏：“好像”看不出" in reading.questions[0].why
    assert [each.called for each in reading.changes] == ["王五"], "a row without a uid is known by a name that one entry alone has"
    with pytest.raises(UserError, match="第 5 行没有这样的答复"):
        keep_reading(reading, author, {5: uid_of("𫖯𬭊")})
    done = did(keep_reading, reading, author, {4: uid_of("𫖯𬭊"), 5: "skip"})
    assert (done.result, shown()[-1]) == (2, ("𫖯𬭊", {"已领": "√"}))
    assert done.batch is not None
    undo(done.batch, author)
    assert shown() == [("王五",), ("李四",)]


def test_of_which_list_a_sheet_is_says_its_name_and_otherwise_a_person(
    head: WorklistHead, author: Author, tmp_path: Path
) -> None:
    make_worklist("秋季慰问", "慰问", "workers", author, [uid_of("王五")])
    book, sheet, _at = exported(head, tmp_path / "名单.xlsx")
    assert read_worklist(tmp_path / "名单.xlsx").head.name == NAME
    sheet.title = "Sheet1"
    book.save(tmp_path / "名单.xlsx")
    with pytest.raises(UserError, match="可能是几份工作名单的：秋季慰问、2027年春节慰问"):
        read_worklist(tmp_path / "名单.xlsx")
    assert read_worklist(tmp_path / "名单.xlsx", "秋季慰问").head.name == "秋季慰问"
    other = tmp_path / "别的.xlsx"
    book.remove(sheet)
    book.create_sheet("空").append(["姓名", "已看过"])
    book.save(other)
    with pytest.raises(UserError, match="没有工作名单的勾选栏"):
        read_worklist(other)


def test_two_laptops_that_tick_one_list_have_all_that_both_did(empty_register: Register, tmp_path: Path) -> None:
    one, other = Laptop(empty_register, tmp_path, "a" * 16, "王甲"), Laptop(empty_register, tmp_path, "b" * 16, "李乙")
    with one.open() as author:
        person = made(author, Worker, name="王五")
        uid, _added = make_worklist(NAME, "慰问", "workers", author)
    other.take(one.give())
    for laptop, box in ((one, "ticked_1"), (other, "ticked_2")):
        with laptop.open() as author:
            add_entries(uid, [person], author)
            (line,) = entries.marks(find_worklist(uid)).values()
            write_entries([line[entries.ENTRY]], {box: "是"}, author)
    packages = one.give(), other.give()
    taken = [one.take(packages[1]), other.take(packages[0])]
    assert [each.conflicts for each in taken] == [[], []]
    for laptop in (one, other):
        with laptop.open():
            assert shown() == [("王五", {"已通知": "√", "已领": "√"})]
    assert one.contents() == other.contents()
