"""Every number of a large register against a plain SQL count that is written here anew, on several days and in several places.

Where the program asks the dates at which events begin and end to decide, the counts here go through all events of a person
and take the last one. The whole size (5,000 employers, 2,000 unions, 200,000 people) is made with JIANHUI_FULL=1.
"""

import datetime as dt
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from models.figures.counts import by_regions, count, counts, rows
from models.figures.facts import Inquiry, Number, Period, Scope
from models.figures.indicators import indicators
from models.figures.movement import moved
from models.register import laptop
from models.register import register as register_room
from models.register.register import Register
from models.uid import last_of
from tests.aids import engines
from tests.aids.plain_sql import plainly_asked
from tests.figures.made_register import fill

DAYS = (dt.date(2020, 2, 29), dt.date(2024, 6, 30), dt.date(2025, 11, 6), dt.date(2026, 6, 30))

#: What each day means in SQL: 2024 and 2024-05 are the first day of that time.
_BEING = """
    SELECT * FROM "union" WHERE (verified IS NULL OR verified <> 0)
    AND CASE WHEN founding_date IS NULL THEN uid <= :last ELSE substr(founding_date || '-01-01', 1, 10) <= :day END
    AND CASE WHEN dissolved_on IS NULL THEN ifnull(state, '正常') = '正常' ELSE substr(dissolved_on || '-01-01', 1, 10) > :day END
"""
#: The event that decides on the day: of those that had begun the last one by its date; one without a date follows the
#: latest that was known before it.
_STANDING = """
    SELECT worker, "union", type FROM (
        SELECT *, row_number() OVER (PARTITION BY worker ORDER BY dated DESC, uid DESC) AS place FROM (
            SELECT *, coalesce(substr(date || '-01-01', 1, 10), max(substr(date || '-01-01', 1, 10)) OVER (
                PARTITION BY worker ORDER BY uid), '') AS dated
            FROM membership_event
        ) WHERE effective <= :day
    ) WHERE place = 1 AND "union" IS NOT NULL
"""
_MEMBERS = f"""
    SELECT s.*, u.region AS region FROM ({_STANDING}) s JOIN "union" u ON u.uid = s."union"
    WHERE s.type IN ('入会', '转入')
"""
_JOINED = """
    SELECT DISTINCT worker, u.region AS region FROM membership_event e JOIN "union" u ON u.uid = e."union"
    WHERE e.type = '入会' AND e.date IS NOT NULL AND e.effective >= :start AND e.effective <= :day
"""
_STAFF = """
    SELECT subject, staff_count AS staff FROM (
        SELECT *, row_number() OVER (
            PARTITION BY subject ORDER BY coalesce(substr(as_of || '-01-01', 1, 10), '') DESC, uid DESC) AS place
        FROM head_count WHERE staff_count IS NOT NULL
        AND CASE WHEN as_of IS NULL THEN uid <= :last ELSE substr(as_of || '-01-01', 1, 10) <= :day END
    ) WHERE place = 1
"""
_COVERED = f"""
    SELECT c.employer FROM coverage c JOIN ({_BEING}) b ON b.uid = c."union"
    WHERE CASE WHEN c.since IS NULL THEN c.uid <= :last ELSE substr(c.since || '-01-01', 1, 10) <= :day END
    AND (c.until IS NULL OR substr(c.until || '-01-01', 1, 10) > :day)
"""
_LARGE = f"""
    SELECT e.region AS region, e.uid, s.staff, e.uid IN ({_COVERED}) AS covered
    FROM employer e JOIN ({_STAFF}) s ON s.subject = e.uid
    WHERE s.staff >= 25 AND coalesce(e.non_public, e.nature IS NULL OR e.nature NOT IN ('机关', '国有企业')) = 1
    AND (coalesce(e.operating, 1) = 1 AND (e.closed_on IS NULL OR e.operating = 1)
         OR e.closed_on IS NOT NULL AND substr(e.closed_on || '-01-01', 1, 10) > :day)
    AND (e.founding_date IS NULL OR substr(e.founding_date || '-01-01', 1, 10) <= :day)
"""
_NEW_FORM = "occupation_group IN ('货车司机','网约车司机','快递员','外卖配送员','护工护理员','家政服务员','商场信息员',\
'房产中介员','保安员','网络主播','代驾司机','环卫工人','其他新就业形态')"
_FOUNDED = """
    (verified IS NULL OR verified <> 0)
    AND (state IS NULL OR state = '正常' OR state = '撤销' AND dissolved_on IS NOT NULL
         OR substr(dissolved_on || '-01-01', 1, 10) > :day)
    AND substr(founding_date || '-01-01', 1, 10) BETWEEN :start AND :day
"""
_ENTRIES = """
    SELECT e.*, coalesce(e.region, u.region) AS place FROM ledger_entry e LEFT JOIN "union" u ON u.uid = e."union"
    JOIN ledger_kind k ON k.uid = e.ledger_kind WHERE k.name = '{name}'
    AND substr(e.date || '-01-01', 1, 10) BETWEEN :start AND :day
"""
#: No name of a made union says more of its type than what is written.
_BASIC = """coalesce(union_type, '') NOT IN ('乡镇（街道）工会', '分工会', '工会小组', '工会工作委员会', '工会办事处', '产业（系统）工会', '总工会')"""
_DECLARED = f"""
    SELECT b.region, b.uid, n.member_count AS declared FROM ({_BEING}) b JOIN (
        SELECT *, row_number() OVER (
            PARTITION BY subject ORDER BY coalesce(substr(as_of || '-01-01', 1, 10), '') DESC, uid DESC) AS place
        FROM head_count WHERE member_count IS NOT NULL
        AND CASE WHEN as_of IS NULL THEN uid <= :last ELSE substr(as_of || '-01-01', 1, 10) <= :day END
    ) n ON n.subject = b.uid AND n.place = 1 WHERE {_BASIC}
"""
#: What a person said decides, then the groups, then whether half of the members now are known to be of new forms; no made
#: union is called by them.
_FORMED = f"""
    SELECT uid FROM "union" WHERE new_form = 1 OR new_form IS NULL AND (coalesce(new_form_groups, '') <> '' OR uid IN (
        SELECT l."union" FROM ({_STANDING.replace("WHERE effective <= :day", "")}) l JOIN worker w ON w.uid = l.worker
        WHERE l.type IN ('入会', '转入') GROUP BY l."union" HAVING 2 * total(w.{_NEW_FORM}) >= count(*)
    ))
"""

#: Indicator → (what is added up, of which rows); every row has a region.
PLAIN: dict[str, tuple[str, str]] = {
    "unions": ("count(*)", f"SELECT * FROM ({_BEING}) WHERE {_BASIC}"),
    "unions_joint": ("count(*)", f"SELECT * FROM ({_BEING}) WHERE union_type = '联合基层工会'"),
    "new_form_unions": ("count(*)", f"SELECT * FROM ({_BEING}) WHERE uid IN ({_FORMED}) AND {_BASIC}"),
    "new_unions": ("count(*)", f'SELECT * FROM "union" WHERE {_FOUNDED} AND {_BASIC}'),
    "new_new_form_unions": ("count(*)", f'SELECT * FROM "union" WHERE {_FOUNDED} AND uid IN ({_FORMED}) AND {_BASIC}'),
    "members": ("count(*)", _MEMBERS),
    "retained_members": ("count(*)", _MEMBERS.replace("('入会', '转入')", "('保留')")),
    "migrant_members": (
        "count(*)", f"SELECT m.region FROM ({_MEMBERS}) m JOIN worker w ON w.uid = m.worker WHERE migrant_worker",
    ),
    "new_form_members": (
        "count(*)", f"SELECT m.region FROM ({_MEMBERS}) m JOIN worker w ON w.uid = m.worker WHERE {_NEW_FORM}",
    ),
    "members:快递员": (
        "count(*)", f"SELECT m.region FROM ({_MEMBERS}) m JOIN worker w ON w.uid = m.worker WHERE occupation_group = '快递员'",
    ),
    "members_of_new_form_unions": (
        "count(*)", f'SELECT m.region FROM ({_MEMBERS}) m WHERE m."union" IN ({_FORMED})',
    ),
    "new_members": ("count(DISTINCT worker)", _JOINED),
    "new_migrant_members": (
        "count(DISTINCT worker)", f"SELECT j.* FROM ({_JOINED}) j JOIN worker w ON w.uid = j.worker WHERE migrant_worker",
    ),
    "new_members:快递员": (
        "count(DISTINCT worker)",
        f"SELECT j.* FROM ({_JOINED}) j JOIN worker w ON w.uid = j.worker WHERE occupation_group = '快递员'",
    ),
    "new_members_of_new_form_unions": ("count(DISTINCT worker)", f"{_JOINED} AND u.uid IN ({_FORMED})"),
    "covered": ("count(*)", f"SELECT * FROM ({_LARGE}) WHERE covered"),
    "on_list": ("count(*)", f"SELECT * FROM ({_LARGE}) WHERE NOT covered"),
    "coverage_people": ("coalesce(sum(staff), 0)", f"SELECT * FROM ({_LARGE}) WHERE covered"),
    "congress": ("count(*)", f"SELECT * FROM ({_BEING}) WHERE congress = 1 AND {_BASIC}"),
    "open_affairs": ("count(*)", f"SELECT * FROM ({_BEING}) WHERE open_affairs = 1 AND {_BASIC}"),
    "terms_over": (
        "count(*)",
        f"""SELECT * FROM ({_BEING}) WHERE date(substr(term_start || '-01-01', 1, 10), term_years || ' years') < :day
        AND coalesce(union_type, '') NOT IN ('工会小组', '工会工作委员会', '工会办事处') AND coalesce(org_form, '') <> '组织员'""",
    ),
    "members_declared": ("coalesce(sum(declared), 0)", _DECLARED),
    "member_gap": (
        'coalesce(sum(declared - (SELECT count(*) FROM members m WHERE m."union" = facts.uid)), 0)', _DECLARED,
    ),
}  # fmt: skip
LEDGER = {
    "劳动争议调解": "coalesce(sum(coalesce(quantity, 1)), 0)",
    "劳动争议调解：其中办结": "coalesce(sum(done), 0)",
    "工会驿站：人次": "coalesce(sum(people), 0)",
    "送温暖送清凉：金额": "coalesce(sum(amount), 0)",
}


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Iterator[Register]:
    """The made register, filled once. A test opens it with :func:`open_large`."""
    folder = tmp_path_factory.mktemp("large") / "data"
    made = engines.opened(engines.copied(empty_register, folder))
    fill(laptop.author(folder))
    register_room.close_register()
    yield made
    shutil.rmtree(folder)


@pytest.fixture
def open_large(large: Register) -> Iterator[Register]:
    """The made register, open for reading."""
    yield engines.opened(large)
    register_room.close_register()


def period(day: dt.date) -> Period:
    """The year of a day until then."""
    return Period(dt.date(day.year, 1, 1), day)


def ask(sql: str, asked: Period, **others: str) -> list[tuple[Any, ...]]:
    """A plain question: what it says with the days of the period filled in."""
    before = last_of(asked.start - dt.timedelta(days=1))
    days = {
        "day": asked.end.isoformat(),
        "start": asked.start.isoformat(),
        "last": last_of(asked.end),
        "before": before,
    }
    return plainly_asked(sql, days | others)


_BELOW = """
    below(uid, district) AS (
        SELECT uid, uid FROM region WHERE level IN ('district', 'zone')
        UNION SELECT p.region, b.district FROM region_parent p JOIN below b ON p.parent = b.uid
        WHERE coalesce(p.since, '') <= :day AND coalesce(p.until, '9999') > :day
    )
"""


def plain(key: str, asked: Period) -> tuple[int, dict[str, int]]:
    """An indicator counted by plain SQL: in the whole register, and in each district of the day."""
    added, of = PLAIN[key]
    return plainly(added, of, asked)


def plainly(added: str, of: str, asked: Period, region: str = "region") -> tuple[int, dict[str, int]]:
    """What ``added`` makes of the rows ``of``, whose place is in the column ``region``."""
    ways = f"WITH RECURSIVE {_BELOW}, members AS MATERIALIZED ({_MEMBERS}), facts AS MATERIALIZED ({of})"
    (_all, whole), *parts = ask(
        f"""{ways} SELECT NULL, {added} FROM facts UNION ALL
        SELECT b.district, {added} FROM facts JOIN below b ON b.uid = facts.{region} GROUP BY b.district""",
        asked,
    )
    return whole, {district: number for district, number in parts if number}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_number_of_the_register_is_that_of_a_plain_count(open_large: Register, day: dt.date) -> None:
    asked = Inquiry(period(day))
    numbers = counts(PLAIN, Scope(), asked.period, asked)
    divided = by_regions(PLAIN, "district", Scope(), asked.period, asked)
    for key, number, areas in zip(PLAIN, numbers, divided, strict=True):
        whole, districts = plain(key, asked.period)
        assert (key, number.part) == (key, whole)
        found = {place: each.part for place, each in areas.items() if place and each.part}
        assert (key, found) == (key, districts)


@pytest.mark.parametrize("day", DAYS[1:3], ids=str)
def test_the_sums_of_the_work_ledger_are_those_of_plain_sums(open_large: Register, day: dt.date) -> None:
    asked = period(day)
    for name, added in LEDGER.items():
        whole, districts = plainly(added, _ENTRIES.format(name=name.split("：")[0]), asked, region="place")
        assert (name, count(name, Scope(), asked).part) == (name, whole)
        assert whole > 0
        (areas,) = by_regions([name], "district", Scope(), asked)
        assert (name, {place: each.part for place, each in areas.items() if place and each.part}) == (name, districts)


def test_a_rate_is_its_part_of_its_whole_and_the_unknown_stand_apart(open_large: Register) -> None:
    asked = period(DAYS[1])
    number = count("coverage_employers", Scope(), asked)
    assert (number.part, number.whole) == (
        plain("covered", asked)[0],
        plain("covered", asked)[0] + plain("on_list", asked)[0],
    )
    assert number.value == number.part * 1000 // number.whole / 10
    congress = count("congress", Scope(), asked)
    being = plain("unions", asked)[0]
    ((unknown,),) = ask(f"SELECT count(*) FROM ({_BEING}) WHERE congress IS NULL AND {_BASIC}", asked)
    assert (congress.whole + congress.unknown, congress.unknown) == (being, unknown)


def test_what_was_counted_without_a_date_is_marked(open_large: Register) -> None:
    asked = period(DAYS[1])
    ((undated,),) = ask(f"SELECT count(*) FROM ({_BEING}) WHERE founding_date IS NULL AND {_BASIC}", asked)
    assert count("unions", Scope(), asked).marked == undated > 0
    ((joined,),) = ask(
        """SELECT count(*) FROM (SELECT worker FROM membership_event WHERE type = '入会' AND "union" IS NOT NULL
        AND effective BETWEEN :start AND :day GROUP BY worker HAVING max(date) IS NULL)""",
        asked,
    )  # fmt: skip
    number = count("new_members", Scope(), asked)
    assert (number.undated, number.marked) == (joined, 0)
    assert joined > 0


@pytest.mark.parametrize("day", DAYS[1:3], ids=str)
def test_the_rows_behind_a_number_add_up_to_it(open_large: Register, day: dt.date) -> None:
    asked = period(day)
    district = Inquiry(asked).index.resolve("北碚区").uid
    for scope in (Scope(), Scope(region=district)):
        for key in (
            "new_unions",
            "unions",
            "members",
            "new_members",
            "covered",
            "on_list",
            "terms_over",
            "coverage_people",
        ):
            number = count(key, scope, asked)
            counted = [row for row in rows(key, scope, asked) if row.counted]
            assert (key, sum(row.weight for row in counted)) == (key, number.part)
            assert len({row.uid for row in counted}) == len(counted)


def test_towns_and_unions_add_up_to_the_register(open_large: Register) -> None:
    asked = Inquiry(period(DAYS[2]))
    keys = ("members", "unions", "on_list")
    for level in ("district", "town"):
        for key, areas in zip(keys, by_regions(keys, level, Scope(), asked.period, asked), strict=True):
            assert sum(each.part for each in areas.values()) == count(key, Scope(), asked.period).part
    (unions,) = by_regions(["members"], "union", Scope(), asked.period, asked)
    some = sorted(unions)[::50]
    assert {uid: count("members", Scope(union=uid), asked.period).part for uid in some} == {
        uid: unions[uid].part for uid in some
    }


def test_a_town_that_changed_its_district_counts_where_it_was_on_the_day(open_large: Register) -> None:
    before, after = period(dt.date(2025, 11, 5)), period(dt.date(2025, 11, 6))
    here = [Inquiry(each).index.resolve("两江新区").uid for each in (before, after)]
    old = Inquiry(before).index.resolve("渝北区").uid
    assert here[0] == here[1]
    numbers = [count("unions", Scope(region=place), when).part for place, when in ((old, before), (old, after))]
    assert numbers[0] > 0
    assert numbers[1] == 0
    assert plain("unions", after)[1][here[1] or ""] == count("unions", Scope(region=here[1]), after).part > 0


def test_what_came_and_went_leads_from_one_day_to_the_other(open_large: Register) -> None:
    first, last = DAYS[1], DAYS[1] + dt.timedelta(days=150)
    found = {each.indicator.key: each for each in moved(first, last)}
    for key in ("unions", "members", "retained_members", "covered", "on_list"):
        each = found[key]
        assert (key, each.before.part, each.after.part) == (
            key,
            plain(key, period(first))[0],
            plain(key, period(last))[0],
        )
        undated = len(each.undated) - len(each.undated_went)
        assert (key, each.delta) == (key, len(each.came) - len(each.went) + undated)
        assert not {row.uid for row in each.came} & {row.uid for row in each.went}
    assert found["members"].came
    assert {row.why for row in found["members"].went} <= {"转出", "退会", "除名", "保留", "入会", "转入"}


def test_every_indicator_can_be_asked_on_every_day(open_large: Register) -> None:
    for day in (DAYS[0], DAYS[3]):
        asked = Inquiry(period(day))
        found = counts(indicators().values(), Scope(), asked.period, asked)
        assert all(isinstance(each, Number) for each in found)
