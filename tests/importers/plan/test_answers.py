"""A person answers the plan: repaired cells, rows decided one by one, blanks that clear, transfers, who is missing."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from importers.plan.impact import impact
from importers.rows.decided_json import from_json
from importers.rows.decisions import Decisions, to_json
from importers.rows.values import unknown_values
from models.journal.undo import undo
from models.journal.writer import Author
from models.records.membership import MembershipEvent
from models.records.worker import Worker
from tests.aids.speaking import LI, WANG, ZHAO, Done, imported, imported_rows, listed, workbook

KEY = ("表.xlsx", "Sheet1")
TITLE = ["甲公司工会会员花名册"]
HEADER = ["姓名", "身份证号", "手机", "学历", "所属工会", "入会日期"]


def roster(*people: list[Any]) -> list[list[Any]]:
    return [TITLE, HEADER, *people]


def wang(**changed: Any) -> list[Any]:
    values = {"name": "王五", "id": WANG, "phone": "19900000001", "education": "本科", "union": "甲公司工会", "date": "2024-05-06"}
    return list((values | changed).values())


def answered(author: Author, folder: Path, decisions: Decisions, *people: list[Any]) -> Done:
    return imported_rows(author, folder, roster(*people), decisions=decisions)


def test_a_repaired_cell_is_read_instead_of_what_is_written(author: Author, tmp_path: Path) -> None:
    wrong = WANG[:-1] + "3"
    assert imported_rows(author, tmp_path, roster(wang(id=wrong)), apply=False).counts == {"refused": 1}
    done = answered(author, tmp_path, Decisions().with_cell(KEY, 3, "id_number", WANG), wang(id=wrong))
    assert done.counts == {"new": 1}
    assert listed("workers", "name", "id_number") == [("王五", WANG)]


def test_a_repair_that_is_wrong_again_is_told_again(author: Author, tmp_path: Path) -> None:
    decided = Decisions().with_cell(KEY, 3, "id_number", WANG[:-1] + "4")
    assert answered(author, tmp_path, decided, wang(id="123")).codes == [(3, "id-check-digit")]


def test_a_wrong_number_can_be_taken_and_is_marked(author: Author, tmp_path: Path) -> None:
    wrong = WANG[:-1] + "3"
    done = answered(author, tmp_path, Decisions().with_rows(KEY, (3,), "accept"), wang(id=wrong))
    assert (done.counts, done.codes) == ({"new": 1}, [(3, "id-doubtful-accepted"), (3, "union-created")])
    assert [(row.id_number, row.id_doubtful) for row in Worker.select()] == [(wrong, 1)]


def test_a_number_that_excel_truncated_cannot_be_taken(author: Author, tmp_path: Path) -> None:
    decided = Decisions().with_rows(KEY, (3,), "accept")
    assert answered(author, tmp_path, decided, wang(id=5.00106198503079e17, phone=None)).counts == {"refused": 1}


def test_a_truncated_number_suggests_the_person_with_the_same_fifteen_digits(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, roster(wang()))
    cut = float(WANG[:15] + "000")
    uid = Worker.get().uid
    asked = imported_rows(author, tmp_path, roster(wang(id=cut, phone=None, education="硕士")), apply=False)
    step = asked.plan.sheets[0].steps[0]
    assert (step.action, step.suggestion) == ("refused", uid)
    decided = Decisions().with_rows(KEY, (3,), f"update:{uid}")
    assert answered(author, tmp_path, decided, wang(id=cut, phone=None, education="硕士")).counts == {"updated": 1}
    assert listed("workers", "id_number", "education") == [(WANG, "硕士")]


def test_a_row_can_be_left_out(author: Author, tmp_path: Path) -> None:
    decided = Decisions().with_rows(KEY, (3,), "skip")
    done = answered(author, tmp_path, decided, wang(), wang(name="李四", id=LI, phone="19900000002"))
    assert done.counts == {"skipped": 1, "new": 1}
    assert listed("workers", "name") == [("李四",)]


def test_somebody_who_may_be_the_same_can_be_made_new(author: Author, tmp_path: Path) -> None:
    header = ["姓名", "出生日期", "工作单位", "学历"]
    first = [header, ["王五", "1985-03-07", "甲公司", "本科"]]
    second = [header, ["王五", "1985-03-07", "甲公司", "硕士"]]
    imported_rows(author, tmp_path, first, kind="workers")
    assert imported_rows(author, tmp_path, second, kind="workers").counts == {"conflict": 1}
    decided = Decisions().with_rows(KEY, (2,), "new")
    assert imported_rows(author, tmp_path, second, kind="workers", decisions=decided).counts == {"new": 1}
    uid = Worker.select().order_by(Worker.id)[0].uid
    decided = Decisions().with_rows(KEY, (2,), f"update:{uid}")
    assert imported_rows(author, tmp_path, second, kind="workers", decisions=decided).counts == {"updated": 1}


def test_a_member_of_another_union_is_transferred_when_a_person_says_so(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, roster(wang()))
    moved = wang(union="乙公司工会", date="2025-01-01")
    assert imported_rows(author, tmp_path, roster(moved)).counts == {"conflict": 1}
    done = answered(author, tmp_path, Decisions().with_rows(KEY, (3,), "transfer"), moved)
    assert done.counts == {"updated": 1}
    assert listed("workers", "union", "membership_state", "change_type", "join_date") == [
        ("乙公司工会", "在册", "转入", "2024-05-06")
    ]
    events = [(event.type, event.date) for event in MembershipEvent.select().order_by(MembershipEvent.id)]
    assert events == [("入会", "2024-05-06"), ("转出", "2025-01-01"), ("转入", "2025-01-01")]
    assert imported_rows(author, tmp_path, roster(moved)).counts == {"same": 1}
    assert done.outcome.batch is not None
    undo(done.outcome.batch, author)
    assert listed("workers", "union") == [("甲公司工会",)]


def test_a_member_of_another_union_can_be_kept_there_and_updated(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, roster(wang()))
    decided = Decisions().with_rows(KEY, (3,), "keep")
    assert answered(author, tmp_path, decided, wang(union="乙公司工会", education="硕士")).counts == {"updated": 1}
    assert listed("workers", "union", "education") == [("甲公司工会", "硕士")]


@pytest.mark.parametrize(("policy", "education", "phone"), [
    ("ignore", "本科", "19900000009"), ("fill", "本科", "19900000001"), ("clear", None, "19900000009"),
])  # fmt: skip
def test_blank_cells_do_what_the_column_is_said_to_do(
    author: Author, tmp_path: Path, policy: Any, education: str | None, phone: str
) -> None:
    imported_rows(author, tmp_path, roster(wang()))
    decided = Decisions().with_blank(KEY, "education", policy).with_blank(KEY, "phone", policy)
    answered(author, tmp_path, decided, wang(education=None, phone="19900000009"))
    assert listed("workers", "education", "phone") == [(education, phone)]


def test_a_column_that_the_sheet_lacks_never_clears(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, roster(wang()))
    rows = [["姓名", "身份证号"], ["王五", WANG]]
    decided = Decisions().with_blank(KEY, "education", "clear")
    assert imported_rows(author, tmp_path, rows, kind="workers", decisions=decided).counts == {"same": 1}


def test_a_default_stands_in_for_a_column_that_is_absent(author: Author, tmp_path: Path) -> None:
    rows = [["会员花名册"], ["姓名", "身份证号"], ["王五", WANG], ["李四", LI]]
    decided = Decisions().with_default(KEY, "union", "甲公司工会").with_default(KEY, "occupation_group", "快递员")
    imported_rows(author, tmp_path, rows, decisions=decided)
    assert listed("workers", "union", "occupation_group") == [("甲公司工会", "快递员")] * 2


def test_an_unknown_value_is_suggested_chosen_and_remembered(author: Author, tmp_path: Path) -> None:
    from importers import session
    from tests.aids.speaking import TODAY

    path = workbook(tmp_path / "表.xlsx", {"Sheet1": roster(wang(education="大学本科生"))})
    files = session.read([path], session.ImportOptions())
    views = session.understand(files, session.ImportOptions(), Decisions(), TODAY)
    unknown = unknown_values(views[0])
    assert [(each.field, each.written, each.count, each.suggestion) for each in unknown] == [
        ("education", "大学本科生", 1, "本科")
    ]
    decided = Decisions().with_choice(KEY, "education", "大学本科生", "本科")
    views = session.understand(files, session.ImportOptions(), decided, TODAY)
    session.remember(views, decided, author)
    assert imported(author, path).codes == [(3, "union-created")]
    assert listed("workers", "education") == [("本科",)]


def many(count: int, phone: int) -> list[list[Any]]:
    from models.values.ids import check_digit

    people = []
    for number in range(count):
        first = f"500106198503{7:02}{number:03}"
        people.append(wang(name=f"王{chr(0x4E00 + number)}", id=first + check_digit(first), phone=f"199{phone + number:08}"))
    return people


def test_a_field_that_changes_on_very_many_rows_waits_for_a_word(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, roster(*many(60, 0)))
    asked = imported_rows(author, tmp_path, roster(*many(60, 500)))
    assert (asked.counts, asked.plan.sheets[0].asked) == ({"same": 60}, {"phone": 60})
    assert listed("workers", "phone")[0] == ("19900000000",)
    done = answered(author, tmp_path, Decisions().with_confirmed(KEY, "phone"), *many(60, 500))
    assert done.counts == {"updated": 60}
    assert listed("workers", "phone")[0] == ("19900000500",)


def test_a_few_changes_are_not_asked_about(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, roster(*many(10, 0)))
    assert imported_rows(author, tmp_path, roster(*many(10, 500))).counts == {"updated": 10}


def test_changed_and_first_filled_are_counted_apart_and_open_their_rows(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, roster(wang(phone=None), wang(name="李四", id=LI)))
    done = imported_rows(
        author, tmp_path, roster(wang(phone="19900000005"), wang(name="李四", id=LI, phone="19900000006")), apply=False
    )
    found = {each.name: each for each in impact(done.plan.sheets)}
    assert [step.number for step in found["phone"].filled] == [3]
    assert [step.number for step in found["phone"].changed] == [4]


def test_members_whom_a_full_roster_does_not_name_are_found_and_answered(author: Author, tmp_path: Path) -> None:
    people = [wang(), wang(name="李四", id=LI, phone=None), wang(name="赵六", id=ZHAO, phone=None)]
    imported_rows(author, tmp_path, roster(*people))
    zhao = Worker.get(Worker.name == "赵六").uid
    asked = answered(author, tmp_path, Decisions().with_full(KEY, {}), *people[:1])
    assert [each.name for each in asked.plan.sheets[0].missing] == ["李四", "赵六"]
    assert asked.counts == {"same": 1}
    done = answered(author, tmp_path, Decisions().with_full(KEY, {zhao: "退会"}), *people[:1])
    assert done.counts == {"same": 1, "updated": 1}
    assert listed("workers", "name", "membership_state") == [("王五", "在册"), ("李四", "在册"), ("赵六", "退会")]
    assert [(each.name, each.id_number, each.join_date) for each in asked.plan.sheets[0].missing][1] == ("赵六", ZHAO, "2024-05-06")


def test_members_who_had_left_and_are_named_again_are_told(author: Author, tmp_path: Path) -> None:
    people = [wang(), wang(name="李四", id=LI, phone=None), wang(name="赵六", id=ZHAO, phone=None)]
    imported_rows(author, tmp_path, roster(*people))
    uids = {row.name: row.uid for row in Worker.select()}
    leaving = Decisions().with_full(KEY, {uids["李四"]: "退会", uids["赵六"]: "保留"})
    assert answered(author, tmp_path, leaving, *people[:1]).plan.sheets[0].again == []
    back = [*people[:1], wang(name="李四", id=LI, phone=None, date=dt.date.today().isoformat()), people[2]]
    sheet = answered(author, tmp_path, Decisions().with_full(KEY, {}), *back).plan.sheets[0]
    assert sheet.missing == []
    assert [(each.name, each.state) for each in sheet.again] == [("李四", "退会"), ("赵六", "保留")]


def test_the_same_decisions_give_the_same_plan_also_after_being_written_down(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, roster(wang()))
    decided = Decisions().with_rows(KEY, (3,), "transfer").with_cell(KEY, 3, "education", "硕士")
    people = [wang(union="乙公司工会"), wang(name="李四", id=LI, phone="1")]

    def said(decisions: Decisions) -> list[Any]:
        plan = imported_rows(author, tmp_path, roster(*people), decisions=decisions, apply=False).plan
        steps = plan.sheets[0].steps
        return [(step.number, step.action, [each.code for each in step.problems], len(step.writes)) for step in steps]

    assert said(decided) == said(from_json(to_json(decided)))


def test_a_cell_that_cannot_be_read_clears_nothing(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, roster(wang()))
    decided = Decisions().with_blank(KEY, "phone", "clear")
    assert answered(author, tmp_path, decided, wang(phone="12")).counts == {"same": 1}
    assert listed("workers", "phone") == [("19900000001",)]


def test_a_namesake_of_the_same_birth_and_employer_is_suggested_and_can_be_meant(author: Author, tmp_path: Path) -> None:
    header = ["姓名", "出生日期", "工作单位", "学历"]
    imported_rows(author, tmp_path, [header, ["王五", "1985-03-07", "甲公司", "本科"]], kind="workers")
    rows = [header, ["王五", "1985-03-07", "甲公司", "硕士"]]
    asked = imported_rows(author, tmp_path, rows, kind="workers", apply=False).plan.sheets[0].steps[0]
    assert (asked.action, asked.suggestion) == ("conflict", Worker.get().uid)
    decided = Decisions().with_rows(KEY, (2,), "update")
    assert imported_rows(author, tmp_path, rows, kind="workers", decisions=decided).counts == {"updated": 1}
    assert listed("workers", "education") == [("硕士",)]
