"""The history of a record's fields, as the log tells it."""

from pathlib import Path

import pytest

from models.editing.editing import held, save, understand
from models.editing.record_history import history_of
from models.journal.undo import undo
from models.journal.writer import Author
from models.records.worker import Worker
from models.values.region_index import RegionIndex
from tests.aids.speaking import TODAY, WANG, imported_rows

ROWS = [["姓名", "身份证号", "手机", "工作单位", "现居住地"], ["王五", WANG, "19900000001", "重庆甲示例有限公司", None]]


@pytest.fixture
def uid(author: Author, tmp_path: Path) -> str:
    """One person from a file."""
    imported_rows(author, tmp_path, ROWS, "花名册")
    return str(Worker.get().uid)


def edited(uid: str, index: RegionIndex, author: Author, **written: str) -> int:
    known = held("worker", uid)
    number = save("worker", known, understand("worker", written, known, TODAY, index), author)
    assert number is not None
    return number


def test_a_field_tells_who_changed_it_when_and_from_which_file(index: RegionIndex, author: Author, uid: str) -> None:
    edited(uid, index, author, phone="19900000002")
    steps = history_of("worker", uid, index, name="phone")
    assert [(each.before, each.after, each.how, each.files, each.person) for each in steps] == [
        ("199****0001", "199****0002", "edit", (), author.person),
        ("", "199****0001", "import", ("花名册.xlsx",), author.person),
    ]  # fmt: skip
    assert [each.batch for each in steps] == [2, 1]
    assert steps[0].at > "2020"


def test_numbers_are_masked_unless_asked_for(index: RegionIndex, author: Author, uid: str) -> None:
    assert WANG not in str(history_of("worker", uid, index))
    assert WANG in str(history_of("worker", uid, index, masked=False))


def test_other_records_and_regions_are_named(index: RegionIndex, author: Author, uid: str) -> None:
    edited(uid, index, author, residence_region="沙坪坝区小龙坎街道")
    told = {each.field: (each.before, each.after) for each in history_of("worker", uid, index)}
    assert told["employer"] == ("", "重庆甲示例有限公司")
    assert told["residence_region"] == ("", "沙坪坝区小龙坎街道")


def test_an_undo_is_part_of_the_history(index: RegionIndex, author: Author, uid: str) -> None:
    undo(edited(uid, index, author, phone=""), author)
    steps = history_of("worker", uid, index, name="phone")
    assert [(each.how, each.before, each.after) for each in steps] == [
        ("undo", "", "199****0001"), ("edit", "199****0001", ""), ("import", "", "199****0001"),
    ]  # fmt: skip


def test_an_empty_field_has_no_history(index: RegionIndex, author: Author, uid: str) -> None:
    assert history_of("worker", uid, index, name="note") == []
