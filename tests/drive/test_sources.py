"""Lists matched against each other: which source names whom, and pairs confirmed or rejected once for ever."""

import pytest

from models.drive.list import drive
from models.drive.sources import SourceMatch, confirm, matches, missing, named, reject, source_counts
from models.errors import UserError
from models.journal.undo import undo
from models.journal.writer import Author
from models.records.distinct import DistinctPair
from models.records.employer import Coverage, Employer
from models.records.headcount import HeadCount
from models.records.region import load_index
from models.records.union import Union
from tests.aids.case_world import COMPANY, case_of, count, cover, employer, reconciled, union, values
from tests.aids.speaking import TODAY, last_batch


def proposed(region: str = "") -> list[SourceMatch]:
    """The pairs that are proposed now."""
    index = load_index(TODAY)
    return matches(index, index.resolve(region).uid if region else None)


def test_each_employer_knows_the_sources_that_name_it(register: object, author: Author) -> None:
    one = employer(author, "甲虚构有限公司", 30, region="沙坪坝区")
    count(author, one, 28, "2026-03-31", "社保")
    count(author, one, 31, "2026-09-30", "税务")
    two = employer(author, "乙虚构有限公司", None)
    cover(author, union(author), two)
    employer(author, "丙虚构有限公司", None)
    index = load_index(TODAY)
    rows = {row.name: row for row in named(index)}
    assert rows["甲虚构有限公司"].sources == {"税务": ("2026-09-30", 31), "社保": ("2026-03-31", 28)}
    assert rows["乙虚构有限公司"].sources == {"工会登记": (None, None)}
    assert rows["丙虚构有限公司"].sources == {}
    assert source_counts(rows.values()) == {"": 1, "工会登记": 1, "社保": 1, "税务": 1}
    assert [row.name for row in missing(rows.values(), "税务", "工会登记")] == ["甲虚构有限公司"]
    assert missing(rows.values(), "税务", "社保") == []
    assert [row.name for row in named(index, index.resolve("沙坪坝区").uid)] == ["甲虚构有限公司"]


def test_a_near_union_is_confirmed_and_covers_from_its_founding(register: object, author: Author) -> None:
    uid = employer(author, region="沙坪坝区")
    other = union(author, "重庆市霁蓝虚构印务有限公司工会", verified=0, founding_date="2021-05")
    reconciled(author)
    (match,) = proposed("沙坪坝区")
    told = (match.kind, match.left, match.right, match.left_name, match.reason)
    assert told == ("employer union", uid, other, COMPANY, "near-union-name")
    assert proposed("万州区") == []
    confirm(match, author, TODAY, load_index(TODAY))
    coverage = Coverage.get(Coverage.employer == uid)
    assert (coverage.union, coverage.since, coverage.reason) == (other, "2021-05", "比对确认")
    assert values(Union, other)["verified"] == 1
    assert proposed() == []
    assert [each.reason for each in reconciled(author).closed] == ["已建会"]
    with pytest.raises(UserError, match="已经覆盖"):
        confirm(match, author, TODAY, load_index(TODAY))


def test_a_union_without_a_founding_day_covers_from_today_and_says_so(register: object, author: Author) -> None:
    uid = employer(author)
    union(author, f"{COMPANY}工会")
    confirm(proposed()[0], author, TODAY, load_index(TODAY))
    coverage = Coverage.get(Coverage.employer == uid)
    assert (coverage.since, coverage.reason) == ("2026-11-22", "比对确认，建会日期不详")


def test_a_pair_that_is_out_of_date_is_refused(register: object, author: Author) -> None:
    uid = employer(author)
    union(author, f"{COMPANY}工会")
    (match,) = proposed()
    cover(author, union(author, "另一个工会"), uid)
    with pytest.raises(UserError, match="已经有自己的工会"):
        confirm(match, author, TODAY, load_index(TODAY))
    assert Coverage.select().count() == 1


def test_a_rejected_pair_is_never_proposed_again(register: object, author: Author) -> None:
    employer(author)
    union(author, f"{COMPANY}工会")
    union(author, "重庆霁蓝虚构印刷有限公司工会")
    first, second = proposed()
    assert first.score == 100 > second.score
    reject(first, author)
    before = last_batch()
    reject(first, author)
    assert last_batch() == before
    assert proposed() == [second]
    assert drive(25, load_index(TODAY)).on_list[0].candidates == (second.right_name,)
    undo(last_batch(), author)
    assert len(proposed()) == 2


def test_employers_alike_in_different_sources_are_merged_or_kept_apart(register: object, author: Author) -> None:
    one = employer(author, "重庆霁蓝虚构印务有限公司", region="沙坪坝区")
    two = employer(author, "重庆霁蓝虚构印务有限责任公司", None, region="沙坪坝区")
    count(author, two, 27, "2026-08-31", "社保")
    (match,) = proposed()
    assert (match.kind, {match.left, match.right}, match.reason) == ("employer", {one, two}, "same-name")
    number = confirm(match, author, TODAY, load_index(TODAY))
    assert (Employer.select().count(), HeadCount.select().where(HeadCount.subject == match.left).count()) == (1, 2)
    assert proposed() == []
    undo(number, author)
    reject(match, author)
    assert (proposed(), DistinctPair.select().count()) == ([], 1)


def test_employers_alike_in_the_same_sources_are_a_matter_of_duplicates(register: object, author: Author) -> None:
    employer(author, "重庆霁蓝虚构印务有限公司")
    employer(author, "重庆霁蓝虚构印务有限责任公司")
    assert proposed() == []


def test_the_case_of_a_merged_employer_goes_on(register: object, author: Author) -> None:
    one = employer(author, "重庆霁蓝虚构印务有限公司")
    two = employer(author, "重庆霁蓝虚构印务有限责任公司", None)
    count(author, two, 27, "2026-08-31", "社保")
    assert len(reconciled(author).opened) == 2
    confirm(proposed()[0], author, TODAY, load_index(TODAY))
    kept = next(uid for uid in (one, two) if Employer.select().where(Employer.uid == uid).exists())
    assert case_of(kept)["opened_on"] == "2026-11-22"
    assert reconciled(author).batch is None
