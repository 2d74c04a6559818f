"""Officers: what the rules and terms read of them, and that the union's own columns are what is left where there are none."""

import datetime as dt
from typing import Any

import pytest

from models.journal.writer import Author
from models.records.officer import Officer
from models.records.region import load_index
from models.standing.officers import officers_on
from models.standing.terms import terms
from tests.aids.sound_union import employer, found, member, told, union
from tests.aids.speaking import TODAY, made

pytestmark = pytest.mark.usefixtures("register")
COMMITTEE, AUDIT, WOMEN, DELEGATES = "工会委员会", "经费审查委员会", "女职工委员会", "会员代表大会"


def post(author: Author, of: str, name: str, body: str, post: str, since: str | None = "2025-05-06", **values: Any) -> str:
    return made(author, Officer, union=of, name=name, body=body, post=post, since=since, **values)


@pytest.mark.parametrize(
    ("rule_id", "columns", "posts", "spoken"),
    [
        ("R05", {"women_committee": 0}, [("女一", WOMEN, "女职工主任", None)], None),
        ("R05", {"women_committee": 0}, [("女一", WOMEN, "女职工委员", None), ("女二", WOMEN, "女职工委员", None)], None),
        ("R05", {"women_committee": 0}, [("女一", WOMEN, "女职工委员", None)], "warning"),
        ("R05", {"women_committee": 1}, [("女一", WOMEN, "女职工委员", None)], None),
        ("R05", {"women_committee": 1}, [("女一", WOMEN, "女职工主任", "2026-01-01")], "warning"),
        ("R05", {"women_committee": None}, [("甲", COMMITTEE, "主席", None)], "unknown"),
        ("R07", {"audit_committee": 0, "audit_commissioner": 0}, [("审一", AUDIT, "经审委员", None)], None),
        ("R07", {"audit_committee": None, "audit_commissioner": None}, [("审一", AUDIT, "经审主任", None)], None),
        ("R07", {"audit_committee": 1}, [("审一", AUDIT, "经审主任", "2026-01-01")], "warning"),
        ("R07", {"audit_committee": 1}, [("甲", COMMITTEE, "主席", None)], None),
        ("R10", {"chair_vacant_since": "2026-01-01"}, [("甲", COMMITTEE, "主席", None)], None),
        ("R10", {}, [("甲", COMMITTEE, "主席", "2026-08-21")], "warning"),
        ("R10", {}, [("甲", COMMITTEE, "主席", "2026-08-22")], None),
        ("R10", {"chair": None}, [("乙", COMMITTEE, "委员", None)], "unknown"),
    ],
)
def test_what_is_read_of_them(
    author: Author, rule_id: str, columns: dict[str, Any], posts: list[tuple[str, str, str, str | None]], spoken: str | None
) -> None:
    uid = union(author, {"women_member_count": 10, "member_count": 30}, **columns)
    for name, body, what, until in posts:
        post(author, uid, name, body, what, until=until)
    assert told(rule_id) == spoken


def test_a_commissioner_is_enough_for_few_women(author: Author) -> None:
    uid = union(author, {"women_member_count": 3}, women_committee=0, women_commissioner=0)
    assert told("R06") == "note"
    post(author, uid, "女一", WOMEN, "女职工委员")
    assert told("R06") is None


def test_the_chair_among_the_officers_is_compared_with_who_leads_the_employer(author: Author) -> None:
    uid = union(author, {"member_count": 30}, chair="赵示例")
    employer(author, 40, of=uid, legal_representative="王示例")
    assert told("R13") is None
    post(author, uid, "王 示例", COMMITTEE, "主席")
    assert told("R13") == "warning"


def test_a_delegate_whose_membership_is_kept_is_found_once(author: Author) -> None:
    uid = union(author, {"member_count": 30})
    kept = member(author, "孙示例", ("入会", "2020-01-01", uid), ("保留", "2026-01-01", uid), delegate=1)
    other = member(author, "周示例", ("入会", "2020-01-01", uid), ("保留", "2026-01-01", uid))
    for worker, name in ((kept, "孙示例"), (other, "周示例")):
        post(author, uid, name, DELEGATES, "代表", worker=worker)
    assert sorted(each.name for each in found(rules=["R16"])) == ["周示例", "孙示例"]


def election(author: Author, uid: str, day: str, count: int, **values: object) -> None:
    for place in range(count):
        post(author, uid, f"委员{day}{place}", COMMITTEE, "委员", since=day, **values)


def end() -> str | None:
    (term,) = terms(TODAY, load_index(TODAY))
    return term.start


def test_a_term_follows_from_the_day_that_most_of_the_committee_share(author: Author) -> None:
    uid = union(author, term_start="2021-03-01")
    election(author, uid, "2026-04-01", 2)
    assert end() == "2021-03-01", "two are no committee"
    election(author, uid, "2026-04-01", 1, elected_by="补选")
    assert end() == "2021-03-01", "a by-election begins no term"
    post(author, uid, "委员三", COMMITTEE, "主席", since="2026-04-01")
    assert end() == "2026-04-01"
    election(author, uid, "2020-01-01", 9)
    assert end() == "2021-03-01", "most of them were elected before what is written"


def test_who_is_in_office_follows_the_day(author: Author) -> None:
    uid = union(author)
    post(author, uid, "甲", COMMITTEE, "主席", since="2021", until="2024-05-01")
    post(author, uid, "乙", COMMITTEE, "主席", since="2024-05")
    post(author, uid, "丙", COMMITTEE, "委员", since=None)
    chairs = {day: officers_on(dt.date.fromisoformat(day))[uid].chairs for day in ("2021-01-01", "2024-04-30", "2024-05-01")}
    assert chairs == {"2021-01-01": ("甲",), "2024-04-30": ("甲",), "2024-05-01": ("乙",)}
    assert officers_on(dt.date(2020, 1, 1)) == {}
    assert officers_on(TODAY)[uid].counted(COMMITTEE) == 2
    assert officers_on(dt.date(2025, 1, 1))[uid].counted(COMMITTEE) == 1, "undated counts from the day it was entered"
