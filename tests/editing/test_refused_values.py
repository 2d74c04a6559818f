"""What cannot be read never takes the place of what is known: by hand it is refused, in an import the cell is left out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.drive.contacts import add_contact, change_contact, contacts_of
from models.editing import editing
from models.editing.bulk import set_field
from models.editing.count_entry import correct_count, counts_of
from models.editing.editing import CLASSES, Kind
from models.errors import UnreadField, UserError
from models.journal.log import Batch
from models.journal.writer import Author
from models.ledger import entries as ledger_entries
from models.records.ledger import LedgerEntry
from models.records.region import load_index
from models.records.worker import Worker
from tests.aids.case_world import case_of, count, employer, made, reconciled, union, values
from tests.aids.speaking import LI, TODAY, WANG, imported_rows

PHONE, CODE = "19900000001", "91500106MA5U00001U"
UNION_CODE = "81500106MC0000000A"
#: A kind of record, a field of it, what is known, and what somebody writes over it that is no value.
WRITTEN: list[tuple[Kind, str, Any, str]] = [
    ("worker", "phone", PHONE, "12345"),
    ("worker", "id_number", WANG, "5001061985********"),
    ("worker", "id_number", WANG, "5.00106E+17"),
    ("worker", "application_date", "2024-05-06", "昨天"),
    ("worker", "education", "大专", "没听说过"),
    ("worker", "migrant_worker", 1, "好像是"),
    ("worker", "note", "家在外地", "1234567890123456789012e30"),
    ("employer", "credit_code", CODE, "9150010"),
    ("employer", "credit_code", CODE, UNION_CODE),
    ("employer", "nature", "私营企业", "外星企业"),
    ("employer", "founding_date", "2020-05", "2020-13-45"),
    ("union", "term_years", 5, "好几年"),
    ("union", "full_time_staff", 3, "若干"),
]  # fmt: skip
#: Fields that name something else that there is not.
NAMING: list[tuple[Kind, str]] = [
    ("worker", "employer"),
    ("worker", "residence_region"),
    ("employer", "region"),
    ("union", "parent"),
]


def record(author: Author, kind: Kind, **known: Any) -> str:
    return made(author, CLASSES[kind], name="甲示例", **known)


def saved(author: Author, kind: Kind, uid: str, **written: str) -> None:
    known, index = editing.held(kind, uid), load_index(TODAY)
    editing.save(kind, known, editing.understand(kind, written, known, TODAY, index), author)


@pytest.mark.parametrize(("kind", "name", "known", "text"), WRITTEN)
def test_what_is_no_value_is_refused_and_the_known_one_stays(
    author: Author, kind: Kind, name: str, known: Any, text: str
) -> None:
    uid = record(author, kind, **{name: known})
    batches = Batch.select().count()
    if name == "note":
        text = 1234567890123456789012.0  # type: ignore[assignment]  # as a sheet would give it
    with pytest.raises(UserError):
        saved(author, kind, uid, **{name: text, "verified" if kind != "worker" else "native_place": "是"})
    assert values(CLASSES[kind], uid)[name] == known
    assert Batch.select().count() == batches  # nothing was saved half


@pytest.mark.parametrize(("kind", "name"), NAMING)
def test_a_name_that_nobody_has_is_refused_and_the_known_one_stays(author: Author, kind: Kind, name: str) -> None:
    place = load_index(TODAY).resolve("渝中区大坪街道").uid
    known = place if "region" in name else employer(author, "甲公司") if name == "employer" else union(author, "甲工会")
    uid = record(author, kind, **{name: known})
    with pytest.raises(UserError, match="没有这"):
        saved(author, kind, uid, **{name: "没有这个名字"})
    assert values(CLASSES[kind], uid)[name] == known


@pytest.mark.parametrize(("name", "text"), [("birth_date", "1985-13-45"), ("birth_date", "不知道"), ("sex", "好像是男的")])
def test_what_is_no_value_is_refused_even_where_the_number_would_tell(author: Author, name: str, text: str) -> None:
    for uid, beside in ((record(author, "worker", id_number=WANG), {}), (record(author, "worker"), {"id_number": WANG})):
        with pytest.raises(UserError, match=f"“{text}”.*未采用"):
            saved(author, "worker", uid, **beside, **{name: text})


def test_what_is_emptied_is_emptied(author: Author) -> None:
    uid = record(author, "worker", phone=PHONE, education="大专")
    saved(author, "worker", uid, phone="", education="-")
    assert [values(Worker, uid)[name] for name in ("phone", "education")] == [None, None]


def test_a_number_that_is_there_but_wrong_may_still_be_kept_as_doubtful(author: Author) -> None:
    uid = record(author, "worker", id_number=WANG)
    known, index = editing.held("worker", uid), load_index(TODAY)
    wrong = editing.understand("worker", {"id_number": LI[:-1] + "1"}, known, TODAY, index)
    starred = editing.understand("worker", {"id_number": "5001061985********"}, known, TODAY, index)
    assert (editing.doubtful(wrong), editing.doubtful(starred)) == (True, False)
    with pytest.raises(UserError, match="星号"):
        editing.save("worker", known, starred, author, accept=True)


@pytest.mark.parametrize(
    ("kind", "name", "known", "text"),
    [each for each in WRITTEN if each[1] in ("education", "migrant_worker", "nature", "term_years")],
)
def test_many_are_never_emptied_by_what_is_no_value(
    author: Author, kind: Kind, name: str, known: Any, text: str
) -> None:
    uid = record(author, kind, **{name: known})
    with pytest.raises(UnreadField) as refused:
        set_field(kind, [uid], name, text, author, TODAY, load_index(TODAY))
    assert refused.value.field == name
    assert values(CLASSES[kind], uid)[name] == known


def test_contacts_counts_and_entries_keep_what_they_hold(author: Author) -> None:
    firm = employer(author, staff=None, region="渝中区大坪街道")
    count(author, firm, 60)
    reconciled(author)
    case = case_of(firm)["uid"]
    contact = add_contact(case, {"date": "2026-10-08", "attitude": "观望"}, author).uid
    (counted,) = counts_of(firm)
    texts = {"ledger_kind": "劳动争议调解", "date": "2026-07-08", "amount": "12.50"}
    entry = ledger_entries.add(ledger_entries.read(texts, load_index(TODAY)), author)
    writes: list[tuple[str, Callable[[], object]]] = [
        ("attitude", lambda: change_contact(contact, {"attitude": "说不清楚", "outcome": "新写的"}, author)),
        (
            "staff_count",
            lambda: correct_count(counted.uid, {"as_of": "2026-06-30", "staff_count": "若干"}, author, TODAY),
        ),
        ("amount", lambda: ledger_entries.read({"amount": "很多钱"}, load_index(TODAY))),
        ("region", lambda: ledger_entries.read({"region": "没有这个镇"}, load_index(TODAY))),
    ]
    for name, write in writes:
        with pytest.raises(UnreadField) as refused:
            write()
        assert refused.value.field == name
    (held,) = contacts_of(case)
    assert (held["attitude"], held["outcome"]) == ("观望", None)
    assert counts_of(firm)[0].values["staff_count"] == 60
    assert values(LedgerEntry, entry)["amount"] == 1250


def test_an_import_leaves_out_the_cell_and_keeps_what_is_known(author: Author, tmp_path: Path) -> None:
    header = ["姓名", "身份证号", "手机", "学历", "申请书日期", "所属工会"]
    imported_rows(author, tmp_path, [header, ["王五", WANG, PHONE, "大专", "2024-05-06", "甲工会"]], "一")
    done = imported_rows(author, tmp_path, [header, ["王五", WANG, "12345", "没听说过", "某天", "甲工会"]], "二")
    assert {code for _row, code in done.codes} >= {"phone-shape", "choice-unknown", "day-unreadable"}
    worker = Worker.get(Worker.name == "王五")
    assert (worker.phone, worker.education, worker.application_date) == (PHONE, "大专", "2024-05-06")
