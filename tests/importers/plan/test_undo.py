"""The way back from an import: updates included, what was edited since kept and named, and forth again."""

import json
from pathlib import Path
from typing import Any

import pytest

from models.errors import UserError
from models.journal.log import Batch, Change
from models.journal.undo import Undone, undo
from models.journal.writer import Author, batch
from models.records.employer import Coverage, Employer
from models.records.headcount import HeadCount
from models.records.membership import MembershipEvent
from models.records.union import Union
from models.records.worker import Worker
from models.uid import new_uid
from tests.aids.speaking import LI, WANG, Done, imported, imported_rows, listed, workbook

COMPANY = "重庆霁蓝虚构印务有限公司"
UNION = "重庆霁蓝虚构印务有限公司工会"
PHONE = "19900000001"
HEAD = ["姓名", "身份证号", "手机号", "学历", "工作单位", "所属工会", "入会日期"]
ROWS = [HEAD, ["王砚舟", WANG, PHONE, "大专", COMPANY, UNION, "2024-05-06"], ["李芷汐", LI, None, "本科", COMPANY, UNION, None]]
EVERYTHING = (Worker, Employer, Union, MembershipEvent, Coverage, HeadCount)


def contents() -> list[list[dict[str, Any]]]:
    """All records but their row numbers: uids, values, derived values."""
    queries: list[Any] = [record.select().order_by(record.uid).dicts() for record in EVERYTHING]
    every = [[dict(row) for row in query] for query in queries]
    return [[{name: value for name, value in row.items() if name != "id"} for row in rows] for rows in every]


def back(done: Done, author: Author) -> Undone:
    """Undo an import."""
    assert done.outcome.batch is not None
    return undo(done.outcome.batch, author)


def edit(author: Author, uid: str, **values: Any) -> None:
    """Change a person as the form does."""
    held = Worker.get(Worker.uid == uid)
    with batch("edit", author) as writer:
        writer.update(Worker, uid, {name: (getattr(held, name), value) for name, value in values.items()})


def test_an_undone_import_leaves_nothing_and_can_be_imported_again(author: Author, tmp_path: Path) -> None:
    empty = contents()
    undone = back(imported_rows(author, tmp_path, ROWS), author)
    assert (undone.removed, undone.restored, undone.kept) == (4, 0, [])
    assert contents() == empty
    assert imported_rows(author, tmp_path, ROWS).counts == {"new": 2}


def test_updates_and_membership_changes_go_back_too(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, ROWS)
    before = contents()
    head = [*HEAD, "会籍变化类型", "会籍变化日期"]
    rows = [
        head, ["王砚舟", WANG, "19900000002", "本科", None, UNION, "2024-05-07", None, None],
        ["李芷汐", LI, PHONE, None, "重庆松石虚构餐饮有限公司", UNION, None, "转出", "2025-01-02"],
    ]  # fmt: skip
    done = imported_rows(author, tmp_path, rows, name="后来")
    assert done.counts == {"updated": 2}
    assert listed("workers", "join_date", "membership_state") == [("2024-05-07", "在册"), (None, "转出")]
    back(done, author)
    assert contents() == before


def test_what_was_edited_since_is_kept_and_named(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, ROWS)
    wang = Worker.get(Worker.name == "王砚舟").uid
    done = imported_rows(author, tmp_path, [HEAD, ["王砚舟", WANG, "19900000002", "本科", None, None, None]], name="后来")
    edit(author, wang, education="硕士")
    undone = back(done, author)
    assert [(each.uid, each.field) for each in undone.kept] == [(wang, "education")]
    assert listed("workers", "phone", "education")[0] == (PHONE, "硕士")


def test_a_created_person_that_was_edited_since_stays_with_all_it_refers_to(author: Author, tmp_path: Path) -> None:
    done = imported_rows(author, tmp_path, ROWS)
    wang = Worker.get(Worker.name == "王砚舟").uid
    edit(author, wang, phone="19900000003")
    undone = back(done, author)
    assert listed("workers", "name", "union", "employer") == [("王砚舟", UNION, COMPANY)]
    assert {each.uid for each in undone.kept} >= {wang, Employer.get().uid, Union.get().uid}


def test_a_created_employer_that_a_later_import_uses_stays(author: Author, tmp_path: Path) -> None:
    first = imported_rows(author, tmp_path, [["姓名", "身份证号", "工作单位"], ["王砚舟", WANG, COMPANY]])
    imported_rows(author, tmp_path, [["姓名", "身份证号", "工作单位"], ["李芷汐", LI, COMPANY]], name="后来")
    undone = back(first, author)
    assert listed("workers", "name", "employer") == [("李芷汐", COMPANY)]
    assert [each.kind for each in undone.kept] == ["employer"]


def test_an_undo_is_undone_and_done_again(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, ROWS)
    before = contents()
    rows = [HEAD, ["王砚舟", WANG, "19900000002", None, None, UNION, "2024-05"], ["赵嘉树", None, PHONE, None, COMPANY, UNION, "2025"]]
    done = imported_rows(author, tmp_path, rows, name="后来")
    after = contents()
    first = back(done, author)
    second = undo(first.batch, author)
    assert contents() == after
    undo(second.batch, author)
    assert contents() == before


def test_a_batch_is_undone_once_only(author: Author, tmp_path: Path) -> None:
    done = imported_rows(author, tmp_path, ROWS)
    back(done, author)
    with pytest.raises(UserError, match="已经撤销过"):
        back(done, author)
    with pytest.raises(UserError, match="没有批次 99"):
        undo(99, author)


def test_two_imports_go_back_one_after_the_other(author: Author, tmp_path: Path) -> None:
    empty = contents()
    first = imported_rows(author, tmp_path, ROWS)
    second = imported_rows(author, tmp_path, [HEAD, ["王砚舟", WANG, "19900000002", None, None, None, None]], name="后来")
    back(second, author)
    back(first, author)
    assert contents() == empty


def test_a_person_created_and_changed_by_one_import_goes_and_comes_back_whole(author: Author, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "两张.xlsx",
        {
            "甲": [["姓名", "身份证号", "学历", "所属工会", "入会日期"], ["王砚舟", WANG, "大专", UNION, "2024-05"]],
            "乙": [["姓名", "身份证号", "学历", "所属工会", "入会日期"], ["王砚舟", WANG, "本科", UNION, "2024-05-06"]],
        },
    )
    empty = contents()
    done = imported(author, path)
    assert listed("workers", "education", "join_date") == [("本科", "2024-05-06")]
    after = contents()
    undone = back(done, author)
    assert (undone.kept, contents()) == ([], empty)
    undo(undone.batch, author)
    assert contents() == after


def test_coverages_counts_and_confirmed_units_go_back(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, ROWS)
    before = contents()
    sheets: dict[str, list[list[Any]]] = {
        "工会": [
            ["工会名称", "单位名称", "建会日期", "工会主席", "工会类型", "会员人数"],
            ["某市场联合工会", COMPANY, "2020-01-02", "赵示例", "联合基层工会", 100],
            [UNION, COMPANY, "2023-05-06", "钱示例", "单独基层工会", 35],
        ],
        "人数": [["单位名称", "统计月份", "职工人数"], [COMPANY, "2024-06", "约40"], [COMPANY, "2024-06", 41]],
    }
    done = imported(author, workbook(tmp_path / "单位.xlsx", sheets))
    assert (len(Coverage.select()), [row.staff_count for row in HeadCount.select().where(HeadCount.staff_count > 0)]) == (2, [41])
    undone = back(done, author)
    assert (undone.kept, contents()) == ([], before)


def test_the_log_names_the_file_the_sheets_and_who(author: Author, tmp_path: Path) -> None:
    done = imported_rows(author, tmp_path, ROWS, name="名册")
    made = Batch.get_by_id(done.outcome.batch)
    assert (made.kind, made.person) == ("import", author.person)
    assert '"file":"名册.xlsx"' in made.source
    [sheet] = json.loads(made.source)["sheets"]
    assert (sheet["sheet"], sheet["kind"], sheet["new"], len(sheet["shape"])) == ("Sheet1", "workers", 2, 64)


def test_the_log_creates_a_unit_as_its_first_describing_row_says_and_then_changes_it(author: Author, tmp_path: Path) -> None:
    rows = [["工会名称", "上级工会", "建会日期"], [UNION, "某虚构街道总工会", None], ["某虚构街道总工会", None, None], ["某虚构街道总工会", None, "2024-05"]]
    done = imported_rows(author, tmp_path, rows, kind="unions")
    parent = Union.get(Union.name == "某虚构街道总工会")
    created, dated = Change.select().where(Change.record == parent.uid).order_by(Change.number)
    assert "founding_date" not in str(created.after)
    assert (dated.field, dated.before, dated.after) == ("founding_date", "null", '"2024-05"')
    assert back(done, author).kept == []


def test_what_an_undo_brings_back_stands_where_it_stood_among_undated_events(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, ROWS[:2])
    (worker,) = Worker.select()
    numbers = []
    for kind in ("退会", "入会"):
        event = {"uid": new_uid(), "worker": worker.uid, "union": worker.union, "type": kind, "date": None, "reason": None}
        with batch("edit", author) as writer:
            writer.create(MembershipEvent, event)
        numbers.append(Batch.select().count())
    undo(undo(numbers[0], author).batch, author)
    assert Worker.get().membership_state == "在册"
