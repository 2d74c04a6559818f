"""On a generated register every rule finds what plain SQL, written separately, finds: today and on earlier days."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from models.engine import database
from models.records import membership
from models.records.employer import Coverage, Employer
from models.records.headcount import HeadCount
from models.records.membership import MembershipEvent
from models.records.region import load_index
from models.records.union import Union
from models.records.worker import Worker
from models.register.register import Register
from models.rules.rules import Tallied, findings, tally
from models.standing.standing import Standing
from models.uid import new_uid
from tests.aids import engines
from tests.aids.plain_sql import plainly_asked
from tests.aids.speaking import TODAY

DAYS = [TODAY, dt.date(2026, 6, 30), dt.date(2024, 12, 31)]


def day(chance: Random, first: int = 2019) -> str:
    """Any day but a month's last ones, up to some months after TODAY."""
    return f"{chance.randint(first, 2027)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def fill(unions: int, employers: int, workers: int) -> None:
    """Fill the open register with invented units and people, the same ones every time."""
    chance = Random(20261122)
    union_rows = [_union(chance, number) for number in range(unions)]
    employer_rows = [_employer(chance, number) for number in range(employers)]
    database.insert_rows(Union, union_rows)
    database.insert_rows(Employer, employer_rows)
    covered = chance.sample(employer_rows, employers // 2)
    database.insert_rows(
        Coverage,
        [
            {
                "uid": new_uid(), "union": chance.choice(union_rows)["uid"], "employer": each["uid"],
                "since": day(chance), "until": chance.choice([None, None, day(chance)]),
            }
            for each in covered
        ],
    )  # fmt: skip
    subjects = [*(("工会", each) for each in union_rows), *(("单位", each) for each in employer_rows)]
    database.insert_rows(
        HeadCount, [_count(chance, kind, each["uid"]) for kind, each in subjects for _again in range(2)]
    )
    numbers = [f"50010619850307{number:04}" for number in range(workers)]
    worker_rows = [_worker(chance, numbers[number - (number % 50 == 1)]) for number in range(workers)]
    database.insert_rows(Worker, worker_rows)
    database.insert_rows(
        MembershipEvent, [row for each in worker_rows for row in _events(chance, each["uid"], union_rows)]
    )
    membership.refresh_all()


def _union(chance: Random, number: int) -> dict[str, Any]:
    return {
        "uid": new_uid(), "name": f"虚构{number}工会", "founding_date": day(chance, 2010),
        "state": chance.choice([None, "正常", "正常", "正常", "撤销"]), "dissolved_on": chance.choice([None, day(chance)]),
        "verified": chance.choice([None, 1, 1, 1, 0]), "org_form": chance.choice([None, "工会委员会", "工会委员会", "组织员"]),
        "union_type": chance.choice([None, "单独基层工会", "单独基层工会", "联合基层工会", "工会小组"]),
        "term_start": chance.choice([None, day(chance)]), "term_years": chance.choice([None, 3, 5, 5, 4]),
        "women_committee": chance.choice([None, 0, 1]), "full_time_staff": chance.choice([None, 0, 1]),
        "meeting_form": chance.choice([None, "会员大会", "会员代表大会"]),
    }  # fmt: skip


def _employer(chance: Random, number: int) -> dict[str, Any]:
    return {
        "uid": new_uid(), "name": f"重庆虚构{number}有限公司", "founding_date": day(chance, 2010), "nature": "私营企业",
        "non_public": chance.choice([1, 1, 0]), "operating": chance.choice([1, 1, None, 0]),
    }  # fmt: skip


def _count(chance: Random, kind: str, subject: str) -> dict[str, Any]:
    staff = chance.choice([None, chance.randint(0, 60), chance.randint(190, 210)])
    members, women = chance.choice([None, chance.randint(0, 120)]), chance.choice([None, chance.randint(0, 15)])
    counts = {"staff_count": staff} | ({"member_count": members, "women_member_count": women} if kind == "工会" else {})
    return {
        "uid": new_uid(),
        "subject": subject,
        "subject_kind": kind,
        "as_of": day(chance),
        "source": "税务",
        **counts,
    }


def _worker(chance: Random, number: str) -> dict[str, Any]:
    known = {"sex": chance.choice("男女"), "delegate": chance.choice([None, 0, 1])}
    return {"uid": new_uid(), "name": "王示例", "id_number": number} | known


def _events(chance: Random, worker: str, unions: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number, date in enumerate(sorted({day(chance) for _turn in range(chance.choice([1, 1, 2, 3]))})):
        kind = "入会" if not number else chance.choice(["转入", "保留", "退会", "转出"])
        yield {"uid": new_uid(), "worker": worker, "union": chance.choice(unions)["uid"], "type": kind, "date": date}


#: What held on the day :day, each told from the facts' own dates.
HELD = """
WITH being AS (
    SELECT * FROM "union" WHERE founding_date <= :day AND ifnull(verified, 1) = 1
    AND CASE WHEN dissolved_on IS NULL THEN ifnull(state, '正常') = '正常' ELSE dissolved_on > :day END
), last AS (
    SELECT * FROM (
        SELECT *, row_number() OVER (PARTITION BY worker ORDER BY date DESC) AS place FROM membership_event WHERE date <= :day
    ) WHERE place = 1
), person AS (
    SELECT last."union" AS home, last.type, worker.* FROM last JOIN worker ON worker.uid = last.worker
), listed AS (
    SELECT home, count(*) AS people, sum(sex = '女') AS women FROM person WHERE type IN ('入会', '转入') GROUP BY home
), cover AS (
    SELECT * FROM coverage WHERE since <= :day AND ifnull(until, '9999') > :day
), counted AS (
    SELECT uid,
    (SELECT staff_count FROM head_count WHERE subject = unit.uid AND as_of <= :day AND staff_count IS NOT NULL
     ORDER BY as_of DESC, head_count.uid DESC) AS staff,
    (SELECT member_count FROM head_count WHERE subject = unit.uid AND as_of <= :day AND member_count IS NOT NULL
     ORDER BY as_of DESC, head_count.uid DESC) AS declared,
    (SELECT women_member_count FROM head_count WHERE subject = unit.uid AND as_of <= :day AND women_member_count IS NOT NULL
     ORDER BY as_of DESC, head_count.uid DESC) AS declared_women
    FROM (SELECT uid FROM "union" UNION SELECT uid FROM employer) AS unit
), body AS (
    SELECT being.*, ifnull(listed.people, 0) AS people, declared, max(ifnull(people, 0), ifnull(declared, 0)) AS members,
    max(ifnull(women, 0), ifnull(declared_women, 0)) AS women,
    ifnull(org_form, '') != '组织员' AND ifnull(union_type, '') != '工会小组' AS elects
    FROM being LEFT JOIN listed ON listed.home = being.uid JOIN counted ON counted.uid = being.uid
), firm AS (
    SELECT employer.*, staff FROM employer JOIN counted ON counted.uid = employer.uid WHERE employer.uid NOT IN (
        SELECT cover.employer FROM cover JOIN being ON being.uid = cover."union"
    ) AND founding_date <= :day
)
"""
#: The uids of whom each rule speaks, entries that are missing left out.
PLAIN = {
    "R01": "SELECT uid FROM body WHERE (org_form = '组织员' OR union_type = '工会小组') AND members >= 25",
    "R02": "SELECT uid FROM firm WHERE staff >= 25 AND non_public = 1 AND ifnull(operating, 1) = 1",
    "R03": "SELECT uid FROM firm WHERE date(founding_date, '+12 months') < :day AND ifnull(operating, 1) = 1",
    "R05": "SELECT uid FROM body WHERE elects AND women_committee = 0 AND women >= 10",
    "R08": "SELECT uid FROM body WHERE elects AND term_years NOT IN (3, 5)",
    "R09": """SELECT uid FROM body WHERE elects
              AND julianday(date(term_start, '+' || term_years || ' years')) - julianday(:day) <= 90""",
    "R12": "SELECT uid FROM body WHERE meeting_form = '会员代表大会' AND members BETWEEN 1 AND 100",
    "R15": """SELECT uid FROM person WHERE type IN ('入会', '转入', '保留') AND id_number IN (
                  SELECT id_number FROM person WHERE type IN ('入会', '转入', '保留')
                  GROUP BY id_number HAVING count(DISTINCT home) > 1)""",
    "R16": "SELECT uid FROM person WHERE type = '保留' AND delegate = 1",
    "R18": "SELECT uid FROM body WHERE declared != people AND people > 0",
}


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Iterator[None]:
    """A generated register, open: 200 unions, 500 employers, 8,000 workers."""
    engines.opened(engines.copied(empty_register, tmp_path_factory.mktemp("generated") / "data"))
    with database.db.atomic():
        fill(200, 500, 8_000)
    yield
    database.close()


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_rule_finds_what_plain_sql_finds(generated: None, today: dt.date) -> None:
    found: dict[str, list[str]] = {}
    for each in findings(today, load_index(today)):
        if not each.unknown:
            found.setdefault(each.rule, []).append(each.uid)
    for rule, sql in PLAIN.items():
        rows = plainly_asked(HELD + sql, {"day": today.isoformat()})
        expected = sorted(uid for (uid,) in rows)
        assert expected, rule
        assert (rule, sorted(found[rule])) == (rule, expected)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_what_is_only_counted_is_what_is_found(generated: None, today: dt.date) -> None:
    index = load_index(today)
    towns = sorted({each.region for each in Union.select(Union.region) if each.region})
    for region in (None, *towns[:3]):
        listed = findings(today, index, region=region)
        told = Counter(Tallied(each.rule, each.severity, each.unknown, bool(each.aside)) for each in listed)
        assert tally(Standing(today, index), region) == told
        assert told
