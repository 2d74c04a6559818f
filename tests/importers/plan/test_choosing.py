"""Per value: the old one stays or the new one is taken — by cell, column or all; what says less is proposed to stay."""

import json
from pathlib import Path
from typing import Any

import pytest

from importers.plan.differences import differences
from importers.plan.poorer import poorer
from importers.plan.steps import Plan
from importers.rows.decided_json import from_json
from importers.rows.decisions import EVERY_FIELD, EVERY_ROW, Decisions, to_json
from models.errors import UserError
from models.journal.history import history
from models.journal.undo import undo
from models.journal.writer import Author
from models.records.employer import Employer
from models.records.headcount import HeadCount
from models.records.membership import MembershipEvent
from models.records.region import load_index
from models.records.union import Union
from models.records.worker import Worker
from models.values.columns import column_of
from tests.aids.speaking import LI, TODAY, WANG, Done, imported_rows, listed
from tests.importers.sheets import CODES

KEY = ("表.xlsx", "Sheet1")
HEAD = ["姓名", "身份证号", "手机", "学历", "现住址", "所属工会", "入会日期"]
UNION = "甲公司工会"
HELD = [
    ["王砚舟", WANG, "13900000001", "本科", "重庆市渝北区龙溪街道新南路 1 号", UNION, "2024-05-06"],
    ["李柏青", LI, "13900000002", "大专", "重庆市沙坪坝区渝碚路 2 号", UNION, "2024-05-06"],
]
FIRM = ["单位名称", "统一社会信用代码", "法定代表人", "联系人", "联系电话"]


def roster(
    author: Author, folder: Path, *people: list[Any], decisions: Decisions | None = None, **options: Any
) -> Done:
    return imported_rows(author, folder, [["甲公司工会会员花名册"], HEAD, *people], decisions=decisions, **options)


def person(place: int, **said: Any) -> list[Any]:
    """One of the two people, some fields said otherwise."""
    return list(
        (
            dict(zip(("name", "id", "phone", "education", "home", "union", "date"), HELD[place], strict=True)) | said
        ).values()
    )


def told(plan: Plan) -> list[tuple[int, str, str, str]]:
    """(row, field, choice, why) of everything that rows say otherwise."""
    return [
        (step.number, each.cell, each.choice, each.because)
        for sheet in plan.sheets for step in sheet.steps.decided() for each in differences(step)
    ]  # fmt: skip


@pytest.fixture
def held(author: Author, tmp_path: Path) -> None:
    roster(author, tmp_path, *HELD)


@pytest.mark.usefixtures("held")
def test_the_old_value_of_a_cell_stays_and_the_rest_of_its_row_is_taken(author: Author, tmp_path: Path) -> None:
    decided = Decisions().with_value(KEY, "phone", 3, "old")
    said = person(0, phone="13900000009", education="硕士"), person(1, phone="13900000008")
    done = roster(author, tmp_path, *said, decisions=decided)
    assert told(done.plan) == [(3, "education", "new", ""), (3, "phone", "old", ""), (4, "phone", "new", "")]
    assert (done.counts, done.outcome.kept) == ({"updated": 2}, 1)
    assert listed("workers", "phone", "education") == [("13900000001", "硕士"), ("13900000008", "大专")]


@pytest.mark.usefixtures("held")
def test_a_column_stays_but_for_one_cell_and_a_row_of_which_all_stays_is_the_same(
    author: Author, tmp_path: Path
) -> None:
    decided = Decisions().with_value(KEY, "phone", EVERY_ROW, "old").with_value(KEY, "phone", 4, "new")
    said = person(0, phone="13900000009"), person(1, phone="13900000008")
    done = roster(author, tmp_path, *said, decisions=decided)
    assert (done.counts, done.outcome.kept) == ({"updated": 1, "same": 1}, 1)
    assert listed("workers", "phone") == [("13900000001",), ("13900000008",)]


@pytest.mark.usefixtures("held")
def test_everything_stays_but_for_one_column_and_for_one_row(author: Author, tmp_path: Path) -> None:
    decided = Decisions().with_value(KEY, EVERY_FIELD, EVERY_ROW, "old").with_value(KEY, "education", EVERY_ROW, "new")
    decided = decided.with_value(KEY, EVERY_FIELD, 4, "new")
    said = [person(place, phone=f"139000000{place}9", education="硕士", date="2024-06-01") for place in (0, 1)]
    roster(author, tmp_path, *said, decisions=decided)
    assert listed("workers", "phone", "education", "join_date") == [
        ("13900000001", "硕士", "2024-05-06"), ("13900000019", "硕士", "2024-06-01"),
    ]  # fmt: skip


@pytest.mark.usefixtures("held")
def test_what_is_blank_is_filled_although_its_column_stays(author: Author, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "手机", "民族"]
    rows = [head, ["王砚舟", WANG, "13900000009", "土家族"]]
    decided = Decisions().with_value(KEY, EVERY_FIELD, EVERY_ROW, "old")
    assert imported_rows(author, tmp_path, rows, decisions=decided).counts == {"updated": 1}
    assert listed("workers", "phone", "ethnicity")[0] == ("13900000001", "土家族")


@pytest.mark.usefixtures("held")
def test_a_column_that_only_fills_keeps_and_counts_what_it_keeps(author: Author, tmp_path: Path) -> None:
    decided = Decisions().with_blank(KEY, "phone", "fill").with_value(KEY, "phone", 4, "new")
    done = roster(author, tmp_path, person(0, phone="13900000009"), person(1, phone="13900000008"), decisions=decided)
    assert (done.counts, done.outcome.kept) == ({"same": 1, "updated": 1}, 1)
    assert listed("workers", "phone") == [("13900000001",), ("13900000008",)]


@pytest.mark.usefixtures("held")
def test_what_says_less_than_the_held_value_is_proposed_to_stay_and_says_why(author: Author, tmp_path: Path) -> None:
    said = person(0, name="王师傅", phone="6363000", home="渝北区"), person(1, name="李*青", phone="023-63630000")
    done = roster(author, tmp_path, *said)
    assert told(done.plan) == [
        (3, "name", "old", "kept-title"), (3, "phone", "old", "kept-digits"), (3, "residence_address", "old", "kept-shorter"),
        (4, "phone", "new", ""), (4, "name", "old", "kept-covered"),
    ]  # fmt: skip
    assert done.codes == [(3, "kept-title"), (3, "kept-digits"), (3, "kept-shorter"), (4, "kept-covered")]
    assert done.outcome.kept == 4
    assert [row[0] for row in listed("workers", "name")] == ["王砚舟", "李柏青"]


@pytest.mark.usefixtures("held")
def test_what_is_proposed_to_stay_is_taken_where_a_person_says_so(author: Author, tmp_path: Path) -> None:
    decided = Decisions().with_value(KEY, "name", 3, "new")
    done = roster(author, tmp_path, person(0, name="王师傅"), decisions=decided)
    assert (done.counts, done.codes, done.outcome.kept) == ({"updated": 1}, [], 0)
    assert listed("workers", "name")[0] == ("王师傅",)


@pytest.mark.usefixtures("held")
def test_a_name_that_names_nobody_is_no_other_person(author: Author, tmp_path: Path) -> None:
    done = roster(author, tmp_path, person(0, name="某总"), person(1, name="王师傅"))
    assert done.codes == [(3, "kept-covered"), (4, "name-unsure"), (4, "name-contradicts-id")]
    assert done.counts == {"same": 1, "conflict": 1}


def test_a_firm_keeps_its_full_name_and_its_people(author: Author, tmp_path: Path) -> None:
    full = ["重庆砚屿软件有限公司", CODES[0], "王砚舟", "李柏青", "023-63630000"]
    imported_rows(author, tmp_path, [FIRM, full])
    done = imported_rows(author, tmp_path, [FIRM, ["砚屿公司", CODES[0], "王总", "李主任", "63630000"]])
    assert [(cell, because) for _row, cell, _choice, because in told(done.plan)] == [
        ("name", "kept-shorter"), ("legal_representative", "kept-title"), ("contact", "kept-title"),
        ("phone", "kept-digits"),
    ]  # fmt: skip
    assert done.counts == {"same": 1}
    firm = Employer.get()
    assert [firm.name, firm.credit_code, firm.legal_representative, firm.contact, firm.phone] == full
    assert firm.former_names is None


def test_a_firm_that_has_another_full_name_was_renamed(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, [FIRM, ["重庆砚屿集团软件有限公司", CODES[0], "王砚舟", None, None]])
    done = imported_rows(author, tmp_path, [FIRM, ["重庆砚屿软件有限公司", CODES[0], "李砚舟", None, None]])
    assert done.outcome.kept == 0
    assert (Employer.get().name, Employer.get().legal_representative) == ("重庆砚屿软件有限公司", "李砚舟")
    assert Employer.get().former_names == "重庆砚屿集团软件有限公司"


def test_a_count_of_the_same_day_and_source_stays_as_it_is(author: Author, tmp_path: Path) -> None:
    head = ["单位名称", "统一社会信用代码", "职工人数", "统计日期"]
    imported_rows(author, tmp_path, [head, ["重庆砚屿软件有限公司", CODES[0], 120, "2026-06-30"]])
    decided = Decisions().with_value(KEY, "staff_count", EVERY_ROW, "old")
    done = imported_rows(
        author, tmp_path, [head, ["重庆砚屿软件有限公司", CODES[0], "约80", "2026-06-30"]], decisions=decided
    )
    assert (done.counts, done.outcome.kept) == ({"same": 1}, 1)
    assert [(each.staff_count, each.approximate) for each in HeadCount.select()] == [(120, None)]


def test_a_chair_of_a_union_keeps_the_full_name(author: Author, tmp_path: Path) -> None:
    head = ["工会名称", "工会主席", "所在区划"]
    imported_rows(author, tmp_path, [head, [UNION, "王砚舟", "沙坪坝区渝碚路街道"]])
    done = imported_rows(author, tmp_path, [head, [UNION, "王主席", "沙坪坝区"]])
    assert [(cell, because) for _row, cell, _choice, because in told(done.plan)] == [
        ("chair", "kept-title"), ("region", "kept-wider"),
    ]  # fmt: skip
    assert Union.get().chair == "王砚舟"
    assert load_index(TODAY).level(Union.get().region) == "town"


@pytest.mark.parametrize(
    ("record", "name", "old", "new", "why"),
    [
        (Worker, "name", "王砚舟", "王师傅", "kept-title"), (Worker, "name", "王砚舟", "小王", "kept-title"),
        (Worker, "name", "王砚舟", "王工", "kept-title"), (Worker, "name", "王砚舟", "某总", "kept-covered"),
        (Worker, "name", "王砚舟", "王某某", "kept-covered"), (Worker, "name", "王砚舟", "王**", "kept-covered"),
        (Worker, "name", "王砚舟", "王砚", "kept-shorter"), (Worker, "name", "王砚舟", "砚舟", "kept-shorter"),
        (Worker, "name", "王砚舟", "王砚洲", ""), (Worker, "name", "王砚舟", "王舟", ""), (Worker, "name", "王师傅", "王砚舟", ""),
        (Worker, "name", "王某", "王师傅", ""), (Worker, "name", "王师傅", "小王", ""),
        (Worker, "phone", "13900000001", "63630000", "kept-digits"), (Worker, "phone", "13900000001", "13900000002", ""),
        (Worker, "phone", "13900000001、13900000002", "13900000002", "kept-fewer"),
        (Worker, "phone", "023-63630000-801", "023-63630000", ""), (Worker, "phone", "63630000", "13900000001", ""),
        (Worker, "education", "硕士", "大专", ""), (Worker, "residence_address", "渝北区新南路 1 号", "新南路 2 号", ""),
        (Worker, "birth_date", "1990-01-01", "1991", ""), (Employer, "contact", "王砚舟、李柏青", "王砚舟", "kept-shorter"),
        (Employer, "name", "重庆砚屿软件有限公司", "砚屿软件", "kept-shorter"), (Employer, "name", "重庆砚屿软件有限公司", "禾榉", ""),
    ],
)  # fmt: skip
def test_what_says_less(record: Any, name: str, old: str, new: str, why: str) -> None:
    assert poorer(column_of(record, name), old, new) == why


def test_what_somebody_shortened_in_our_own_export_was_meant() -> None:
    phone, home, name = (column_of(Worker, each) for each in ("phone", "residence_address", "name"))
    assert poorer(phone, "13900000001、13900000002", "13900000002", exact=True) == ""
    assert poorer(home, "渝北区新南路 1 号", "新南路", exact=True) == ""
    assert poorer(name, "王砚舟", "王师傅", exact=True) == "kept-title"


@pytest.mark.usefixtures("held")
def test_choices_come_back_with_the_file_and_the_import_can_be_undone(author: Author, tmp_path: Path) -> None:
    decided = Decisions().with_value(KEY, "phone", EVERY_ROW, "old").with_value(KEY, "education", 4, "old")
    said = person(0, phone="13900000009", education="硕士"), person(1, phone="13900000008", education="硕士")
    done = roster(author, tmp_path, *said, decisions=decided)
    assert from_json(to_json(decided)) == decided
    past = history()[0]
    assert past.decisions is not None
    assert from_json(past.decisions).values == {KEY: {"phone": {0: "old"}, "education": {4: "old"}}}
    assert past.sheets[0]["kept"] == 3
    assert done.outcome.batch is not None
    undo(done.outcome.batch, author)
    assert listed("workers", "phone", "education") == [(HELD[0][2], HELD[0][3]), (HELD[1][2], HELD[1][3])]


def test_a_choice_that_is_none_is_refused_with_a_sentence() -> None:
    for said in ({"phone": {"3": "older"}}, {"phones": {"3": "old"}}, {"phone": {"-1": "old"}}, ["old"]):
        with pytest.raises(UserError, match="values"):
            from_json(json.dumps({"sheets": [{"file": "表.xlsx", "sheet": "Sheet1", "values": said}]}))


@pytest.mark.usefixtures("held")
def test_the_day_of_joining_stays(author: Author, tmp_path: Path) -> None:
    decided = Decisions().with_value(KEY, "join_date", EVERY_ROW, "old")
    done = roster(author, tmp_path, person(0, date="2024-05-09"), decisions=decided)
    assert (told(done.plan), done.counts) == ([(3, "join_date", "old", "")], {"same": 1})
    assert [
        each.date for each in MembershipEvent.select().where(MembershipEvent.worker == listed("workers", "uid")[0][0])
    ] == ["2024-05-06"]


def test_people_who_are_packed_are_not_asked_anything(author: Author, tmp_path: Path) -> None:
    many = [[f"孙砚{chr(0x4E00 + n)}", None, f"139{n:08d}", "本科", None, UNION, "2024-05-06"] for n in range(30)]
    for n, row in enumerate(many):
        row[1] = made_id(n)
    decided = Decisions().with_value(KEY, EVERY_FIELD, EVERY_ROW, "old")
    assert roster(author, tmp_path, *many, decisions=decided).counts == {"new": 30}
    again = roster(author, tmp_path, *many, decisions=decided, apply=False)
    assert again.counts == {"same": 30}
    assert not list(again.plan.sheets[0].steps.decided())[1:]  # the first of each frame alone is judged by itself


def made_id(number: int) -> str:
    from models.values.ids import check_digit

    body = f"50010619850307{number:03d}"
    return body + check_digit(body)
