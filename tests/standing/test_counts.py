"""Which of several head counts decides, why, and what a range with the drive's line inside means."""

import pytest

from models.drive.list import Drive, drive, why
from models.editing.count_entry import counts_of, enter_count
from models.figures.counts import count as figure
from models.figures.facts import Period, Scope
from models.journal.settings import change_setting
from models.journal.undo import undo
from models.journal.writer import Author
from models.records.headcount import HeadCount, counted_text
from models.records.region import load_index
from models.standing.counts import newest, newest_counts
from models.values.numbers import OPEN_ENDED, read_count
from reports.drive_list import drive_report
from tests.aids.case_world import case_of, count, cover, edit, employer, reconciled, union
from tests.aids.speaking import TODAY, last_batch

pytestmark = pytest.mark.usefixtures("register")
TODAY_ALONE = Period(TODAY, TODAY)


def decides(uid: str) -> int:
    """The staff of an employer, asked in both ways."""
    (by_query,) = [row[1] for row in newest(subjects=[uid]).tuples()]
    assert newest_counts([uid])[uid]["staff_count"] == by_query
    (by_list,) = [each.values["staff_count"] for each in counts_of(uid) if "staff_count" in each.counting]
    assert by_list == by_query
    return int(by_query)


@pytest.mark.parametrize(
    ("held", "value"),
    [
        ([("2026-06", "单位申报", 30), (None, "社保", 20)], 30),
        ([(None, "社保", 20), ("2001", "单位申报", 30)], 30),
        ([("2026-06-30", "社保", 30), ("2026-06-30", "税务", 20)], 30),
        ([("2026-06-30", "税务", 20), ("2026-06-30", "社保", 30)], 30),
        ([("2026-06-01", "街道摸排", 20), ("2026-06", "单位申报", 30)], 20),
        ([("2026-06-30", None, 20), ("2026-06-30", "其他", 30)], 30),
        ([("2026-06-30", "园区办", 20), ("2026-06-30", "其他", 30), ("2026-06-30", None, 40)], 30),
        ([(None, "单位申报", 20), (None, "社保", 30), (None, "税务", 40)], 30),
        ([("2026-06-30", "社保", 20), ("2026-07-01", "单位申报", 30)], 30),
    ],
)
def test_which_count_decides(author: Author, held: list[tuple[str | None, str | None, int]], value: int) -> None:
    uid = employer(author, staff=None)
    for day, source, staff in held:
        edit(author, HeadCount, count(author, uid, staff, day), source=source)
    assert decides(uid) == value


def test_the_order_of_the_sources_is_a_setting(author: Author) -> None:
    uid = employer(author, staff=None)
    count(author, uid, 30, source="社保")
    count(author, uid, 20, source="单位申报")
    assert decides(uid) == 30
    change_setting("count_sources", ["单位申报", "社保"], author)
    assert (decides(uid), [row.group for row in state().rows]) == (20, ["below"])
    undo(last_batch(), author)
    assert decides(uid) == 30


def test_the_record_says_which_count_decides_and_why(author: Author) -> None:
    uid = employer(author, staff=None)
    for day, source, staff in ((None, "单位申报", 9), ("2026-03", "税务", 20), ("2026-06", "税务", 22), ("2026-06", "社保", 21)):
        count(author, uid, staff, day, source)
    first, *others = counts_of(uid)
    assert (first.values["staff_count"], dict(first.why)) == (21, {"staff_count": "同一天，来源排在前面"})
    assert [dict(each.why) for each in others] == [{}, {}, {}]
    single = employer(author, "乙", staff=12)
    assert dict(counts_of(single)[0].why) == {"staff_count": "只有这一个"}
    count(author, single, 40, None, "社保")
    assert dict(counts_of(single)[0].why) == {"staff_count": "写了日期，别的没有写"}


def state() -> Drive:
    """The drive as it stands."""
    return drive(25, load_index(TODAY))


def ranged(author: Author, name: str, written: str) -> str:
    """An employer whose staff were counted as it is written."""
    uid = employer(author, name, staff=None)
    enter_count("employer", uid, {"as_of": "2026-06", "source": "街道摸排", "staff_count": written}, author, TODAY)
    return uid


WRITTEN = {"甲": "20-30", "乙": "20多人", "丙": "20人以上", "丁": "约20", "戊": "10-24", "己": "25-40", "庚": "24"}


def test_a_range_with_the_line_inside_is_listed_apart(author: Author) -> None:
    for name, written in WRITTEN.items():
        ranged(author, name, written)
    groups = {row.name: row.group for row in state().rows}
    assert groups == {
        "甲": "possible", "乙": "possible", "丙": "possible", "丁": "below", "戊": "below", "己": "on_list", "庚": "below",
    }  # fmt: skip
    assert (state().summary["possible"], state().summary["on_list"]) == (3, 1)
    (first,) = [row for row in state().rows if row.name == "甲"]
    assert why(first, 25) == "街道摸排 2026-06：20–30 人，可能达到 25 人，待核实"
    assert [section.heading for section in drive_report(state(), load_index(TODAY), "", TODAY.isoformat()).sections] == [
        "", "可能达到 25 人、待核实的",
    ]  # fmt: skip


def test_what_may_reach_the_line_is_unknown_to_the_figures(author: Author) -> None:
    for name, written in WRITTEN.items():
        ranged(author, name, written)
    numbers = {key: figure(key, Scope(), TODAY_ALONE) for key in ("on_list", "coverage_employers", "coverage_people")}
    assert {key: (each.part, each.whole, each.unknown) for key, each in numbers.items()} == {
        "on_list": (1, 1, 3), "coverage_employers": (0, 1, 3), "coverage_people": (0, 25, 3),
    }  # fmt: skip


def test_who_is_covered_is_not_perhaps_on_the_list(author: Author) -> None:
    cover(author, union(author, founding_date="2020"), ranged(author, "甲", "20-30"))
    assert [row.group for row in state().rows] == ["own_union"]
    assert figure("on_list", Scope(), TODAY_ALONE).unknown == 0
    assert figure("coverage_employers", Scope(), TODAY_ALONE).unknown == 1


def test_a_case_does_not_close_for_a_count_that_may_reach_the_line(author: Author) -> None:
    uid = employer(author, staff=30)
    reconciled(author)
    enter_count("employer", uid, {"as_of": "2026-09", "source": "街道摸排", "staff_count": "20-30"}, author, TODAY)
    assert (reconciled(author).closed, case_of(uid)["closed_on"]) == ([], None)
    assert [row.group for row in state().rows] == ["possible"]
    enter_count("employer", uid, {"as_of": "2026-10", "source": "街道摸排", "staff_count": "20"}, author, TODAY)
    assert [each.reason for each in reconciled(author).closed] == ["不足人数"]


@pytest.mark.parametrize(
    ("written", "value", "upper"),
    [
        ("20-30", 20, 30), ("20~30人", 20, 30), ("二十至三十人", 20, 30), ("30多人", 30, 39), ("100余人", 100, 199), ("20几个", 20, 29),
        ("25余人", 25, None), ("20人以上", 20, OPEN_ENDED), ("至少20人", 20, OPEN_ENDED), ("20+", 20, OPEN_ENDED), ("约20", 20, None),
        ("20左右", 20, None), ("20-20", 20, None), ("25", 25, None),
    ],
)  # fmt: skip
def test_both_ends_of_what_is_written(written: str, value: int, upper: int | None) -> None:
    found = read_count(written)
    assert found is not None
    assert (found.value, found.upper) == (value, upper)


@pytest.mark.parametrize(
    ("count", "text"), [((20, 30, 1), "20–30"), ((20, OPEN_ENDED, 1), "≥20"), ((20, None, 1), "约 20"), ((1204, None, None),
    "1,204")]
)
def test_how_a_count_is_told(count: tuple[int, int | None, int | None], text: str) -> None:
    assert counted_text(*count) == text


def test_the_ends_of_a_count_of_the_union_stand_on_its_page(author: Author) -> None:
    uid = union(author)
    enter_count("union", uid, {"as_of": "2026-06", "source": "工会登记", "member_count": "20-30"}, author, TODAY)
    assert newest_counts([uid])[uid]["member_count_upper"] == 30
