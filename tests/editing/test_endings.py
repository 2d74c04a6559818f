"""A unit that closed, a union that was dissolved, on a day that a person names: figures as of a day follow it."""

import datetime as dt

import pytest

from models.drive.list import drive
from models.editing.coverages import coverages_of
from models.editing.endings import close_employer, dissolve_union
from models.errors import UserError
from models.figures.counts import count as counted
from models.figures.facts import Period, Scope
from models.journal.undo import undo
from models.journal.writer import Author
from models.records.employer import Coverage, Employer
from models.records.region import load_index
from models.records.union import Union
from tests.aids.case_world import cover, employer, union, values
from tests.aids.merge_cases import contents
from tests.aids.speaking import TODAY, last_batch

pytestmark = pytest.mark.usefixtures("register")


def on_list(day: dt.date) -> list[str]:
    return [row.uid for row in drive(25, load_index(day), as_of=day).on_list]


def unions_on(day: dt.date) -> object:
    return counted("unions", Scope(), Period(dt.date(day.year, 1, 1), day)).value


def test_a_unit_that_closed_in_the_summer_is_listed_until_then(author: Author) -> None:
    uid = employer(author, founding_date="2020-01-02")
    close_employer(uid, "2026-07-15", author, TODAY)
    assert (values(Employer, uid)["closed_on"], values(Employer, uid)["operating"]) == ("2026-07-15", 0)
    assert [on_list(dt.date(2026, 7, day)) for day in (14, 15)] == [[uid], []]


def test_a_union_that_was_dissolved_in_the_summer_counts_until_then(author: Author) -> None:
    firm, own = employer(author, founding_date="2020-01-02"), union(author, founding_date="2020-03-04")
    cover(author, own, firm, "2020-03-04")
    before = contents()
    dissolve_union(own, "2026-08", author, TODAY)
    assert (values(Union, own)["dissolved_on"], [each.until for each in coverages_of(own)]) == ("2026-08", ["2026-08"])
    assert [unions_on(day) for day in (dt.date(2026, 7, 31), dt.date(2026, 8, 1))] == [1, 0]
    assert [on_list(day) for day in (dt.date(2026, 7, 31), dt.date(2026, 8, 1))] == [[], [firm]]
    assert (undo(last_batch(), author).kept, contents()) == ([], before)


@pytest.mark.parametrize(
    ("day", "told"),
    [("2026-11-23", "今天之后"), ("2026-12", "今天之后"), ("", "请写明"), ("某天", "日期"), ("2019-12-31", "早于 2020-01-02")],
)
def test_a_day_that_cannot_be_is_refused(author: Author, day: str, told: str) -> None:
    firm, own = employer(author, founding_date="2020-01-02"), union(author, founding_date="2020-01-02")
    for end, uid in ((close_employer, firm), (dissolve_union, own)):
        with pytest.raises(UserError, match=told):
            end(uid, day, author, TODAY)
    assert values(Employer, firm)["closed_on"] is None
    assert Coverage.select().count() == 0
