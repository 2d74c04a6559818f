"""Candidates for merging: who may be one and the same, why, in which order; and what a person said is not."""

from typing import Any

import pytest

from models.duplicates.find import duplicates, duplicates_of, mark_distinct
from models.duplicates.merge import merge
from models.engine.record import Record
from models.errors import UserError
from models.journal.log import Batch
from models.journal.undo import undo
from models.journal.writer import Author, batch
from models.records.employer import Employer
from models.records.region import load_index
from models.records.union import Union
from models.records.worker import Worker
from models.uid import new_uid
from tests.aids.merge_cases import place
from tests.aids.speaking import LI, TODAY, WANG

CODES = ("91500106MA0AAAA11X", "91500106MA0BBBB220")


def made(author: Author, record: type[Record], *rows: dict[str, Any]) -> list[str]:
    """Create records in one batch, and return their uids."""
    uids = [new_uid() for _row in rows]
    with batch("edit", author) as writer:
        for uid, row in zip(uids, rows, strict=True):
            writer.create(record, {"uid": uid} | row)
    return uids


def people(author: Author, *rows: dict[str, Any]) -> list[str]:
    return made(author, Worker, *({"name": "王砚舟"} | row for row in rows))


def companies(author: Author, *rows: tuple[str, dict[str, Any]] | str) -> list[str]:
    named = [(row, {}) if isinstance(row, str) else row for row in rows]
    return made(author, Employer, *({"name": name} | values for name, values in named))


def alike(kind: str, uids: list[str]) -> list[tuple[int, int, str]]:
    """The candidates by their places in ``uids``; asked for one record alone the answer is the same."""
    index = load_index(TODAY)
    found = duplicates(kind, index)
    assert {each.kind for each in found} <= {kind}
    for each in found:
        for one, other in ((each.left, each.right), (each.right, each.left)):
            assert (other, each.code) in [(like.right, like.code) for like in duplicates_of(kind, one, index)]
    return [(uids.index(each.left), uids.index(each.right), each.code) for each in found]


def test_people_with_one_number_are_alike_under_any_name(author: Author) -> None:
    uids = people(author, {"id_number": WANG}, {"id_number": LI}, {"id_number": WANG, "name": "王硯舟"})
    assert alike("worker", uids) == [(0, 2, "id-number")]


def test_a_name_with_the_first_fifteen_digits_of_a_number_is_enough(author: Author) -> None:
    spoilt = WANG[:15] + "000"
    uids = people(author, {"id_number": WANG}, {"id_number": spoilt}, {"id_number": spoilt, "name": "王砚洲"})
    assert alike("worker", uids) == [(1, 2, "id-number"), (0, 1, "id-likely")]


def test_a_name_with_a_phone_is_enough_and_a_phone_alone_is_not(author: Author) -> None:
    phone = {"phone": "19900000001"}
    uids = people(
        author, phone, {"name": "阿依古丽·买买提"} | phone, {"name": "阿依古丽买买提"} | phone, {"phone": "19900000002"}
    )
    assert alike("worker", uids) == [(1, 2, "name-phone")]


def test_a_name_with_birth_and_employer_is_the_weakest_reason(author: Author) -> None:
    (company,) = companies(author, "重庆霁蓝虚构印务有限公司")
    born = {"birth_date": "1985-03-07", "employer": company}
    uids = people(
        author, born, born, {"birth_date": "1985-03-07"}, born | {"birth_date": "1985"}, born | {"birth_date": "1985"}
    )
    assert alike("worker", uids) == [(0, 1, "name-birth-employer")]


def test_a_pair_is_told_once_with_its_surest_reason(author: Author) -> None:
    same = {"id_number": WANG, "phone": "19900000001"}
    assert alike("worker", people(author, same, same)) == [(0, 1, "id-number")]


def test_each_of_several_alike_is_paired_with_the_earliest(author: Author) -> None:
    uids = people(author, *[{"id_number": WANG}] * 3)
    assert alike("worker", uids) == [(0, 1, "id-number"), (0, 2, "id-number")]


def test_units_with_one_code_are_alike_whatever_their_names(author: Author) -> None:
    uids = companies(author, ("甲公司", {"credit_code": CODES[0]}), ("乙公司", {"credit_code": CODES[0]}))
    assert alike("employer", uids) == [(0, 1, "credit-code")]


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("重庆甲示例有限公司", "重庆甲示例有限责任公司", "same-name"),
        ("重庆（甲）示例有限公司", "重庆甲示例有限公司", "same-name"),
        ("重庆市沙坪坝区嘉陵示例科技有限公司", "嘉陵示例科技", "near-name"),
        ("重庆嘉陵示例科技有限公司", "重庆嘉陵示列科技有限公司", "near-name"),
        ("重庆嘉陵示例科技有限公司", "重庆嘉陵示例科技发有限公司", "near-name"),
        ("重庆嘉陵示例科技有限公司", "重庆嘉陵例示科技有限公司", "near-name"),
        ("重庆嘉陵商贸有限公司", "重庆嘉隆商贸有限公司", ""),
        ("重庆嘉陵示例第一超市有限公司", "重庆嘉陵示例第二超市有限公司", ""),
        ("重庆甲有限公司", "重庆乙有限公司", ""),
    ],
)
def test_how_near_two_names_must_be(author: Author, one: str, other: str, code: str) -> None:
    assert alike("employer", companies(author, one, other)) == ([(0, 1, code)] if code else [])


def test_other_codes_or_other_places_are_other_units(author: Author) -> None:
    name = "重庆嘉陵示例科技有限公司"
    town, district, other = (place(each) for each in ("小龙坎街道", "沙坪坝区", "渝北区"))
    coded = companies(author, *((name, {"credit_code": code}) for code in CODES))
    assert alike("employer", coded) == []
    name = "重庆松石虚构餐饮有限公司"
    placed = companies(author, *((name, {"region": each}) for each in (town, other, district)))
    assert alike("employer", placed) == [(0, 2, "same-name")]


def test_a_former_name_finds_the_record_that_still_bears_it(author: Author) -> None:
    renamed = ("重庆云杉虚构物流有限公司", {"former_names": "重庆老厂、重庆新厂（集团）"})
    assert alike("employer", companies(author, "重庆新厂集团", renamed)) == [(0, 1, "former-name")]


def test_unions_are_compared_without_the_words_that_every_union_bears(author: Author) -> None:
    names = (
        "重庆嘉陵示例科技有限公司工会",
        "重庆嘉陵示例科技有限公司工会委员会",
        "重庆松石工会委员会",
        "重庆云杉工会委员会",
    )
    uids = made(author, Union, *({"name": name} for name in names))
    assert alike("union", uids) == [(0, 1, "near-name")]


def test_what_is_marked_as_distinct_is_never_proposed_again(author: Author) -> None:
    uids = people(author, *[{"id_number": WANG, "phone": "19900000001"}] * 3)
    number = mark_distinct(uids[1], uids[0], author, "id-number")
    assert alike("worker", uids) == [(0, 2, "id-number")]
    mark_distinct(uids[0], uids[2], author)
    assert alike("worker", uids) == [(1, 2, "id-number")]
    assert mark_distinct(uids[0], uids[1], author) is None
    assert number is not None
    undo(number, author)
    assert alike("worker", uids) == [(0, 1, "id-number"), (1, 2, "id-number")]


def test_merging_one_pair_after_the_other_leaves_one_record(author: Author) -> None:
    uids = people(author, *[{"id_number": WANG}] * 4)
    while found := duplicates("worker", load_index(TODAY)):
        merge(found[0].left, found[0].right, {}, author, load_index(TODAY), TODAY)
    assert [row.uid for row in Worker.select()] == [uids[0]]


def test_only_two_records_of_one_kind_can_be_marked(author: Author) -> None:
    (worker,), (company,) = people(author, {}), companies(author, "甲公司")
    for other in (worker, company, new_uid()):
        with pytest.raises(UserError, match="同类的记录"):
            mark_distinct(worker, other, author)
    assert Batch.select().where(Batch.kind == "distinct").count() == 0


def test_every_reason_is_a_sentence(author: Author) -> None:
    companies(author, ("甲", {"credit_code": CODES[0]}), ("乙", {"credit_code": CODES[0]}))
    assert [each.reason for each in duplicates("employer", load_index(TODAY))] == ["统一社会信用代码相同"]
