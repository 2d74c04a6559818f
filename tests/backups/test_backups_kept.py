"""Which backups are kept over the years, whatever the clock says; and when one is made."""

import datetime as dt
import itertools
from pathlib import Path

import pytest
import time_machine

from models.backups.due import CHANGES, FEW, due
from models.backups.listing import Backup, State, backups
from models.backups.making import back_up
from models.backups.reasons import Reason
from models.backups.thinning import RECENT, kept, thin
from models.journal.writer import Author
from models.register.register import Register
from tests.register.test_register import NAME, named

NOW = dt.datetime(2026, 11, 30, 18, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def made(number: int, at: dt.datetime | None, reason: Reason = Reason.CLOSING, state: State = State.MADE) -> Backup:
    when = at.isoformat(timespec="seconds") if at is not None else ""
    return Backup(Path(f"jianhui-{number:05d}.jhbak"), number, when, 1, reason, None, state)


def numbers(found: list[Backup], now: dt.datetime = NOW, *, tight: bool = False) -> list[int]:
    """The numbers of those of ``found`` (in the order in which they were made) that are kept."""
    staying = kept(found[::-1], now, tight=tight)
    return [each.number for each in found if each.path in staying]


def a_year(last: dt.datetime = NOW, a_day: int = 5) -> list[Backup]:
    """So many backups on each day of a year, as they are left when each new one thins the others."""
    staying: list[Backup] = []
    for number in range(365 * a_day):
        at = last - (365 * a_day - 1 - number) * DAY / a_day
        staying.append(made(number + 1, at))
        left = kept(staying[::-1], at)
        staying = [each for each in staying if each.path in left]
    return staying


def ages(found: list[Backup], now: dt.datetime = NOW) -> list[int]:
    """How many days old each is, the youngest first."""
    return [(now - dt.datetime.fromisoformat(each.made)).days for each in reversed(found)]


def test_after_a_year_there_are_days_weeks_and_months() -> None:
    left = ages(a_year())
    assert left[:10] == [0] * 5 + [1] * 5, "all of the last two days"
    different = sorted(set(left))
    assert different[:13] == list(range(13)), "then one a day"
    weeks, months = different[14:24], different[24:]
    assert len(left) < 10 + 12 + 10 + 12 + 2
    assert all(0 < older - younger <= 8 for younger, older in itertools.pairwise(weeks))
    assert all(25 <= older - younger <= 40 for younger, older in itertools.pairwise(months))
    assert months[-1] > 330


def test_after_two_hundred_imports_in_one_day_the_first_is_still_there() -> None:
    found = [made(number, NOW - dt.timedelta(minutes=5 * (200 - number))) for number in range(1, 201)]
    assert numbers(found) == list(range(1, 201))
    assert numbers(found, tight=True) == list(range(191, 201)), "where there is no room for more"


@pytest.mark.parametrize("off", [-365 * DAY, 365 * DAY], ids=["a year behind", "a year ahead"])
def test_a_clock_that_is_a_year_off_neither_deletes_all_nor_keeps_all(off: dt.timedelta) -> None:
    before = a_year()
    same = [each.number for each in before]
    assert numbers(before, NOW + off)[-RECENT:] == same[-RECENT:]
    assert len(numbers(before, NOW + off)) >= len(same) - 6, "what was kept for its day is still the only one of it"
    after = [made(before[-1].number + 1 + place, NOW + off + place * DAY / 3) for place in range(60)]
    left = numbers([*before, *after], NOW + off + 20 * DAY)
    assert len([each for each in left if each <= same[-1]]) >= 15, "those with the right dates stay"
    assert len(left) < len(before) + 40, "and those with the wrong ones are thinned"


def test_backups_dated_in_the_future_do_not_push_out_the_others() -> None:
    past = a_year()
    wrong = [made(5_000 + place, NOW + 365 * DAY + place * DAY / 2) for place in range(100)]
    left = numbers([*past, *wrong])
    assert [each for each in left if each < 5_000] == [each.number for each in past]
    assert RECENT <= len([each for each in left if each >= 5_000]) < 40


@pytest.mark.parametrize("reason", [Reason.MIGRATION, Reason.RESTORE])
def test_the_one_before_the_last_upgrade_or_restore_stays(reason: Reason) -> None:
    milestones = [made(1, NOW - 800 * DAY, reason), made(2, NOW - 799 * DAY, reason)]
    since = [made(3 + place, NOW - 700 * DAY + place * DAY) for place in range(700)]
    left = numbers([*milestones, *since])
    assert 2 in left
    assert 1 not in left


def test_a_rotten_one_counts_for_nothing() -> None:
    found = [made(1, NOW - 40 * DAY), *(made(2 + place, NOW - place * DAY, state=State.ROTTEN) for place in range(30))]
    assert 1 in numbers(found)


def test_undated_ones_stay() -> None:
    assert numbers([made(number, None) for number in range(1, 30)]) == list(range(1, 30))


def test_none_is_deleted_when_no_good_one_would_be_left(register: Register, author: Author) -> None:
    own = register.folder / "backups"
    own.mkdir()
    for number in range(1, 20):
        (own / f"jianhui-20200101-{number:05d}.jhbak").write_bytes(b"")
    assert thin(register.folder, NOW) == []
    named(author, NAME)
    back_up(register)
    assert len(backups(register.folder)) == 20, "what cannot be read is left for a person to look at"


@pytest.mark.parametrize(
    ("minutes", "entries", "is_due"),
    [
        (5, 1, False),
        (5, FEW, True),
        (29, 10, False),
        (31, 1, True),
        (-60 * 24 * 365, 1, True),  # the clock was put back since: how long ago is not known
    ],
)
def test_after_a_piece_of_work_a_backup_waits_for_time_or_change(
    register: Register, author: Author, minutes: int, entries: int, is_due: bool
) -> None:
    named(author, NAME)
    back_up(register)
    assert not due(register, Reason.WORK), "nothing has changed"
    named(author, *(f"{NAME}{number}" for number in range(entries)))
    later = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=minutes)
    assert due(register, Reason.WORK, later) == is_due
    for reason in (Reason.CLOSING, Reason.IMPORT, Reason.MERGE, Reason.MIGRATION, Reason.RESTORE, Reason.ERASE):
        assert due(register, reason, later), "before these everything must be in one"


def test_a_large_register_waits_for_more_changes_but_never_for_more_than_a_thousand(register: Register, author: Author) -> None:
    named(author, *(f"{NAME}{number}" for number in range(10_000)))
    back_up(register)
    named(author, *(f"{NAME}甲{number}" for number in range(90)))
    assert not due(register, Reason.WORK), "less than one in a hundred"
    named(author, *(f"{NAME}乙{number}" for number in range(20)))
    assert due(register, Reason.WORK)
    assert CHANGES == 1_000


def test_before_a_run_of_merges_there_is_one(register: Register, author: Author) -> None:
    named(author, NAME)
    back_up(register, Reason.MERGE)
    named(author, "乙公司")
    assert not due(register, Reason.MERGE)
    assert due(register, Reason.MERGE, dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))
    assert due(register, Reason.IMPORT)


def test_thinning_goes_by_the_files_themselves(register: Register, author: Author) -> None:
    start = dt.datetime.now(dt.UTC)
    for day in range(30):
        with time_machine.travel(start + day * DAY):
            named(author, f"{NAME}{day}")
            back_up(register)
    left = [each.number for each in backups(register.folder)]
    assert left[:14] == list(range(30, 16, -1)), "all of two days, then twelve days"
    assert 2 <= len(left) - 14 <= 5, "then the last of each week"
