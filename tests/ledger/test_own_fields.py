"""Fields that only some kinds of work have: declared once, imported, listed, exported, undone, and gone with the person."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from importers import template
from models.errors import UserError
from models.journal import undo
from models.journal.log import Batch
from models.journal.writer import Author
from models.ledger import entries as ledger_entries
from models.ledger import kinds as ledger_kinds
from models.ledger.entries import EntryChoice, add, change
from models.ledger.kinds import add_kind, change_kind, find_kind, seed_uid
from models.people import erasing
from models.people.held_data import held_data
from models.records.ledger import LedgerEntry, LedgerKind
from models.records.region import load_index
from models.records.worker import Worker
from models.register.register import Register
from tests.aids.merge_cases import merged
from tests.aids.speaking import LI, TODAY, WANG, imported_rows, listed
from tests.aids.terminal import commands
from tests.ledger.test_work import AID, CASES, number

ROSTER = [["姓名", "身份证号", "手机"], ["王砚舟", WANG, "19900000001"], ["李清和", LI, None]]


def entered(*names: str) -> list[tuple[Any, ...]]:
    return listed("ledger", *names)


def held() -> list[dict[str, Any]]:
    return ledger_entries.entries(EntryChoice(), load_index(TODAY))


@pytest.fixture
def people(author: Author, tmp_path: Path) -> Author:
    imported_rows(author, tmp_path, ROSTER, "职工花名册", kind="workers")
    return author


def test_a_case_keeps_its_parties_deadline_and_outcome_and_the_same_sheet_changes_nothing(author: Author, tmp_path: Path) -> None:
    done = imported_rows(author, tmp_path, CASES[:4])
    assert done.counts == {"new": 2}
    mapping = done.plan.sheets[0].mapping
    assert mapping
    assert mapping.unmapped == ()
    assert entered("date", "parties", "matter", "due", "closed_on", "outcome", "amount") == [
        ("2026-01-05", "赵示例、甲公司", "拖欠工资", "2026-01-20", "2026-01-12", "调解成功", 1_200_000),
        ("2026-01-06", "钱示例、甲公司", "加班工资", "2026-01-21", "2026-02-03", "调解成功", 1_500_000),
    ]
    assert imported_rows(author, tmp_path, CASES[:4]).counts == {"same": 2}
    assert done.outcome.batch
    undo.undo(done.outcome.batch, author)
    assert entered("date") == []


def test_what_a_later_sheet_knows_of_a_case_is_filled_in(author: Author, tmp_path: Path) -> None:
    waiting = [*CASES[:2], [*CASES[2][:4], None, None, None, CASES[2][7]]]
    imported_rows(author, tmp_path, waiting)
    assert imported_rows(author, tmp_path, CASES[:3]).counts == {"updated": 1}
    assert entered("closed_on", "outcome") == [("2026-01-12", "调解成功")]


@pytest.mark.parametrize(
    ("closed", "code"), [("2025-12-01", "closed-before-received"), ("2026-11-23", "day-future")]
)  # fmt: skip
def test_a_day_of_closing_that_cannot_be_is_told(closed: str, code: str, author: Author, tmp_path: Path) -> None:
    row = ["2026-01-05", "赵示例", None, None, closed, None, None, None]
    assert imported_rows(author, tmp_path, [*CASES[:2], row]).codes == [(3, code)]


def test_who_was_served_is_found_by_number_and_the_name_is_not_kept_twice(people: Author, tmp_path: Path) -> None:
    done = imported_rows(people, tmp_path, AID)
    assert (done.counts, done.codes) == ({"new": 4}, [])
    assert entered("recipient", "amount", "goods", "signed") == [
        ("王砚舟", 50_000, "毛巾一条", 1), ("王砚舟", 30_000, "西瓜两个", 0), ("李清和", None, "风油精", 1), ("冯示例", None, "风油精", None),
    ]  # fmt: skip
    assert [row.recipient for row in LedgerEntry.select().order_by(LedgerEntry.id)] == [None, None, None, "冯示例"]
    assert imported_rows(people, tmp_path, AID).counts == {"same": 4}


def test_a_number_nobody_has_or_another_has_is_told_and_the_name_alone_stays(people: Author, tmp_path: Path) -> None:
    rows = [*AID[:2], ["2026-07-05", "周示例", WANG, 500, None, None], ["2026-07-05", "吴示例", "510202197811119036", 500, None, None]]
    rows.append(["2026-07-05", "郑示例", "510202197811119030", 500, None, None])
    done = imported_rows(people, tmp_path, rows)
    assert done.codes == [(3, "recipient-other-name"), (4, "recipient-not-held"), (5, "id-check-digit"), (5,
        "recipient-not-held")]
    assert done.counts == {"new": 3}
    assert [row["worker"] for row in held()] == [None, None, None]
    assert not any("19781111" in str(value) for row in held() for value in row.values()), "the number is kept nowhere"


def test_an_exported_list_read_again_leaves_the_person_where_it_was(people: Author, tmp_path: Path) -> None:
    imported_rows(people, tmp_path, AID[:3])
    (row,) = held()
    rows = [["台账类别", "日期", "对象姓名", "物资", "记录标识（请勿改动）"], ["送温暖送清凉", "2026-07-05", "王砚舟", "毛巾两条", row["uid"]]]
    assert imported_rows(people, tmp_path, rows, kind="ledger").counts == {"updated": 1}
    assert [(each["worker"], each["recipient"], each["goods"]) for each in held()] == [("王砚舟", None, "毛巾两条")]


def test_an_entry_by_hand_names_a_person_by_number_or_by_a_name_that_one_has(people: Author) -> None:
    index = load_index(TODAY)
    texts = {"ledger_kind": "送温暖", "date": "2026-07-05", "worker": WANG, "recipient": "王砚舟"}
    uid = add(ledger_entries.read(texts, index), people)
    assert [(row["worker"], row["recipient"]) for row in held()] == [("王砚舟", None)]
    change(uid, ledger_entries.read({"worker": "李清和", "goods": "米"}, index), people)
    assert [(row["worker"], row["goods"]) for row in held()] == [("李清和", "米")]
    with pytest.raises(UserError, match=r"登记册里没有这个人.*对象姓名"):
        ledger_entries.read({"worker": "没有这个人"}, index)


def test_merging_two_people_leaves_one_person_served(people: Author, tmp_path: Path) -> None:
    imported_rows(people, tmp_path, AID)
    keep, drop = (Worker.get(Worker.id_number == each).uid for each in (WANG, LI))
    assert number("送温暖送清凉", "persons").value == 2
    merged(people, keep, drop)
    assert number("送温暖送清凉", "persons").value == 1
    undo.undo(Batch.select().count(), people)
    assert number("送温暖送清凉", "persons").value == 2


def test_an_erased_person_still_counts_and_is_named_nowhere(people: Author, register: Register, tmp_path: Path) -> None:
    imported_rows(people, tmp_path, AID)
    uid = Worker.get(Worker.id_number == WANG).uid
    assert held_data(uid, load_index(TODAY)).served == [
        "2026-07-05 · 送温暖送清凉 · 金额 500 · 物资 毛巾一条 · 已签收 是", "2026-07-20 · 送温暖送清凉 · 金额 300 · 物资 西瓜两个 · 已签收 否",
    ]  # fmt: skip
    erasing.erase([uid], "本人申请", people, register.folder)
    assert number("送温暖送清凉", "persons").value == 2
    assert not any("王砚舟" in str(row) for row in held())
    sql = LedgerEntry._meta.database.execute_sql("SELECT count(*) FROM change WHERE after LIKE '%王砚舟%'")
    assert sql.fetchone() == (0,)


def test_a_kind_of_ones_own_has_the_fields_that_were_chosen(author: Author, tmp_path: Path) -> None:
    uid = add_kind("法律援助", "件", author, fields=["parties", "closed_on"])
    assert find_kind("法律援助").fields == ("parties", "closed_on")
    change_kind(uid, author, fields=["closed_on", "parties", "due"])
    assert find_kind("法律援助").field_titles == ("当事人", "办理期限", "办结日期")
    assert find_kind("调解").fields == ("parties", "matter", "due", "closed_on", "outcome")
    change_kind(seed_uid("劳动争议调解"), author, fields=[])
    assert find_kind("调解").fields == ()
    undo.undo(Batch.select().count(), author)
    assert "outcome" in find_kind("调解").fields
    with pytest.raises(UserError, match="没有栏目“colour”"):
        add_kind("别的", "件", author, fields=["colour"])


def test_a_template_of_one_kind_asks_for_its_own_fields_and_comes_back_understood(author: Author, tmp_path: Path) -> None:
    path = tmp_path / "调解.xlsx"
    template.write("ledger", path, work=find_kind("调解"))
    book = openpyxl.load_workbook(path)
    header = [cell.value for cell in book.worksheets[0][3]]
    assert {"当事人", "案由", "办理期限", "办结日期", "调解结果"} <= set(header)
    assert not {"台账类别", "台账类别*", "物资", "证件号码"} & set(header)
    general = tmp_path / "台账.xlsx"
    template.write("ledger", general)
    assert "当事人" not in [cell.value for cell in openpyxl.load_workbook(general).worksheets[0][3]]
    book.worksheets[0].cell(4, header.index("日期") + 1, "2026-03-05")
    book.worksheets[0].cell(4, header.index("当事人") + 1, "赵示例、甲公司")
    book.worksheets[0].cell(4, header.index("调解结果") + 1, "转仲裁")
    book.save(path)
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()][:4]
    assert imported_rows(author, tmp_path, rows).counts == {"new": 1}
    assert entered("ledger_kind", "parties", "outcome") == [("劳动争议调解", "赵示例、甲公司", "转仲裁")]


def test_kinds_that_came_later_are_given_to_an_old_register_but_not_what_it_removed_or_has(author: Author) -> None:
    later = {row["name"] for row in ledger_kinds.later_rows()}
    assert later == set()
    for name in ("批示", "新八级", "文体活动", "走访"):
        LedgerKind.delete().where(LedgerKind.name == name).execute()
    add_kind("领导批示", "件", author)
    add_kind("新八级", "人", author)
    rows = {row["name"]: row for row in ledger_kinds.later_rows()}
    assert set(rows) == {"批示", "文体活动"}
    assert rows["批示"]["aliases"] == "肯定性批示、批示件", "a wording of its own stays its own"
    assert rows["批示"]["uid"] == seed_uid("批示")


def test_the_command_line_enters_and_lists_a_kinds_own_fields(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    run = commands(tmp_path / "copy", register, monkeypatch, capfd)
    run.told("ledger", "add", "--kind", "热线", "--date", "2026-05-02", "--due", "2026-05-09", "--closed_on", "2026-05-08",
        "--satisfied", "满意")
    (row,) = run.told("ledger", "list", "--kind", "12351")["ledger"]
    assert (row["due"], row["closed_on"], row["satisfied"]) == ("2026-05-09", "2026-05-08", "是")
    _code, out, _err = run("ledger", "list", "--kind", "12351")
    assert "办理期限" in out
    assert "物资" not in out
    kinds = run.told("ledger", "kinds", "--new", "法律援助", "--unit", "件", "--fields", "parties,due")["kinds"]
    assert [each["fields"] for each in kinds if each["name"] == "法律援助"] == [["parties", "due"]]
    run.told("template", "ledger", tmp_path / "热线.xlsx", "--kind", "热线")
    assert "只有工作台账" in run.refused("template", "unions", tmp_path / "工会.xlsx", "--kind", "热线")
