"""Lists of records: what is chosen, found, sorted and cut into pages."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.engine import database, open_file
from models.journal.writer import Author
from models.lists.listings import Selection
from models.lists.selection import count, counted_by, ids, listed_columns, rows, rows_of, uids_of
from models.records.officer import Officer
from models.records.region import load_index
from models.records.worker import Worker
from models.register.register import Register
from models.values.region_index import RegionIndex
from tests.aids.speaking import LI, TODAY, WANG, ZHAO, imported, workbook
from tests.aids.whole_window import made_once, put_into

pytestmark = pytest.mark.usefixtures("filled")

EMPLOYERS = [
    ["企业名称", "统一社会信用代码", "所在街道", "员工人数", "统计日期"],
    ["重庆甲示例有限公司", None, "沙坪坝区小龙坎街道", 9, "2026-01"],
    ["重庆乙示例有限公司", None, "渝中区大坪街道", 100, "2026-01"],
    ["重庆丙示例有限公司", None, None, None, None],
]
LATER = [["企业名称", "员工人数", "统计日期"], ["重庆甲示例有限公司", 300, "2026-06"]]
UNIONS = [
    ["工会名称", "单位名称", "上级工会名称", "所在镇街"],
    ["重庆甲示例有限公司工会", "重庆甲示例有限公司", "沙坪坝区总工会", "沙坪坝区小龙坎街道"],
]
MEMBERS = [
    ["会员花名册"],
    ["姓名", "身份证号", "手机", "所属工会", "工作单位", "职业类别", "入会日期", "会籍变化类型", "会籍变化日期"],
    ["王五", WANG, "19900000001", "重庆甲示例有限公司工会", "重庆甲示例有限公司", None, "2024-05-06", None, None],
    ["李四", LI, "19900000002", "重庆甲示例有限公司工会", None, "外卖配送员", "2024-06", "保留", "2025-01-01"],
    ["赵六", ZHAO, "19900000003", None, "重庆乙示例有限公司", "货车司机", None, None, None],
]


def fill(author: Author, folder: Path) -> None:
    """Three employers, two unions, three people; batch 1 holds all but the employers' later count, batch 2."""
    imported(author, workbook(folder / "a.xlsx", {"单位": EMPLOYERS, "工会": UNIONS, "会员": MEMBERS}))
    imported(author, workbook(folder / "b.xlsx", {"单位": LATER}), kind="employers")


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    return made_once(empty_register, tmp_path_factory.mktemp("stock"), fill)


@pytest.fixture
def filled(register: Register, stock: Register) -> None:
    put_into(register, stock)


@pytest.fixture
def index(filled: None) -> RegionIndex:
    return load_index(TODAY)


def found(index: RegionIndex, kind: str, **choice: Any) -> list[Any]:
    """The names of what is chosen, in its order."""
    name = "subject" if kind == "headcounts" else "name"
    return [row[name] for row in rows(Selection(kind, **choice), index)]


@pytest.mark.parametrize("kind", ["workers", "employers", "unions", "headcounts"])
def test_a_row_has_its_uid_and_every_listed_field(index: RegionIndex, kind: str) -> None:
    for row in rows(Selection(kind), index):
        assert list(row) == ["uid", *(column.name for column in listed_columns(kind))]
    assert count(Selection(kind)) == len(rows(Selection(kind), index)) > 0


def test_records_stand_in_the_order_in_which_they_came(index: RegionIndex) -> None:
    assert found(index, "workers") == ["王五", "李四", "赵六"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("李", ["李四"]),
        (WANG[6:14], ["王五"]),
        ("0003", ["赵六"]),
        ("乙示例", ["赵六"]),
        ("公司工会", ["王五", "李四"]),
        ("  王五 ", ["王五"]),
        ("%", []),
        ("_", []),
        ("'", []),
        ("没有", []),
    ],
)
def test_one_search_text_finds_names_numbers_phones_employers_and_unions(
    index: RegionIndex, text: str, names: list[str]
) -> None:
    assert found(index, "workers", search=text) == names
    assert count(Selection("workers", search=text)) == len(names)


def test_workers_are_chosen_by_union_state_and_new_form(index: RegionIndex) -> None:
    (union,) = (row["uid"] for row in rows(Selection("unions", search="甲示例"), index))
    assert found(index, "workers", union=union) == ["王五", "李四"]
    assert found(index, "workers", union=union, states=frozenset({"在册"})) == ["王五"]
    assert found(index, "workers", states=frozenset({"保留", "待落会籍"})) == ["李四", "赵六"]
    assert found(index, "workers", new_form=True) == ["李四", "赵六"]
    assert found(index, "workers", new_form=True, states=frozenset({"保留"})) == ["李四"]


def test_records_of_a_region_are_those_below_it(index: RegionIndex) -> None:
    district = index.resolve("沙坪坝区").uid
    assert district is not None
    below = frozenset(index.below(district))
    assert found(index, "employers", regions=below) == ["重庆甲示例有限公司"]
    assert found(index, "workers", regions=below) == ["王五", "李四"]
    assert set(found(index, "headcounts", regions=below)) == {"重庆甲示例有限公司"}


def test_other_records_are_named_and_regions_written_out(index: RegionIndex) -> None:
    first, second, third = rows(Selection("employers"), index)
    assert [each["region"] for each in (first, second, third)] == ["沙坪坝区小龙坎街道", "渝中区大坪街道", None]
    assert (first["union"], second["union"]) == ("重庆甲示例有限公司工会", None)
    (union,) = rows(Selection("unions", search="甲示例"), index)
    assert (union["employer"], union["parent"]) == ("重庆甲示例有限公司", "沙坪坝区总工会")


def test_an_employer_shows_its_newest_count_and_all_counts_are_listed(index: RegionIndex) -> None:
    assert [row["staff_count"] for row in rows(Selection("employers"), index)] == [300, 100, None]
    counts = [(row["staff_count"], row["as_of"]) for row in rows(Selection("headcounts", search="甲示例有限公司"), index)]
    assert {(9, "2026-01"), (300, "2026-06")} <= set(counts)


def test_counts_are_sorted_by_the_newest_and_unknown_ones_stand_at_an_end(index: RegionIndex) -> None:
    by_count = found(index, "employers", order="staff_count", descending=True)
    assert by_count == ["重庆甲示例有限公司", "重庆乙示例有限公司", "重庆丙示例有限公司"]
    assert found(index, "employers", order="staff_count") == by_count[::-1]


@pytest.mark.parametrize("kind", ["workers", "employers", "unions", "headcounts"])
def test_every_listed_field_can_be_sorted_by(index: RegionIndex, kind: str) -> None:
    everything = {row["uid"] for row in rows(Selection(kind), index)}
    for column in listed_columns(kind):
        for descending in (False, True):
            ordered = rows(Selection(kind, order=column.name, descending=descending), index)
            assert {row["uid"] for row in ordered} == everything, column.name


def test_pages_cut_the_list_and_leave_its_count(index: RegionIndex) -> None:
    choice = {"order": "phone", "descending": True}
    assert found(index, "workers", **choice, limit=2) == ["赵六", "李四"]
    assert found(index, "workers", **choice, limit=2, offset=2) == ["王五"]
    assert count(Selection("workers", limit=2)) == 3


def test_the_records_of_a_batch_are_those_that_it_made_or_changed(index: RegionIndex) -> None:
    assert found(index, "workers", batch=1) == ["王五", "李四", "赵六"]
    assert found(index, "workers", batch=2) == []
    assert found(index, "headcounts", batch=99) == []


@pytest.mark.parametrize("kind", ["workers", "employers", "unions", "headcounts"])
def test_row_numbers_stand_in_the_order_of_the_rows(index: RegionIndex, kind: str) -> None:
    for column in listed_columns(kind):
        choice = Selection(kind, order=column.name, descending=True)
        assert rows_of(kind, ids(choice), index) == rows(choice, index), column.name
        assert uids_of(kind, ids(choice)) == [row["uid"] for row in rows(choice, index)]


def test_a_record_that_is_gone_is_left_out_of_its_page(index: RegionIndex) -> None:
    assert [row["name"] for row in rows_of("workers", [3, 99, 1], index)] == ["赵六", "王五"]


def test_lists_are_narrowed_to_given_records_doubtful_ones_groups_and_units(index: RegionIndex) -> None:
    people = {row["name"]: row["uid"] for row in rows(Selection("workers"), index)}
    assert found(index, "workers", uids=frozenset({people["赵六"], people["王五"]})) == ["王五", "赵六"]
    assert found(index, "workers", uids=frozenset()) == []
    assert found(index, "workers", group="货车司机") == ["赵六"]
    units = {row["name"]: row["uid"] for row in rows(Selection("employers"), index)}
    assert found(index, "workers", employer=units["重庆乙示例有限公司"]) == ["赵六"]
    assert found(index, "headcounts", employer=units["重庆乙示例有限公司"]) == ["重庆乙示例有限公司"]
    assert found(index, "unions", unverified=True) == ["沙坪坝区总工会"]
    parent = next(
        row["uid"] for row in rows(Selection("unions", search="沙坪坝区总工会"), index) if row["name"] == "沙坪坝区总工会"
    )
    assert found(index, "unions", union=parent) == ["重庆甲示例有限公司工会"]
    own = next(row["uid"] for row in rows(Selection("unions"), index) if row["uid"] != parent)
    assert found(index, "employers", union=own) == ["重庆甲示例有限公司"]


@pytest.mark.parametrize("kind", ["workers", "employers", "unions", "headcounts"])
def test_any_two_fields_order_a_list_one_after_the_other(index: RegionIndex, kind: str) -> None:
    names = [column.name for column in listed_columns(kind)]
    for first, second in zip(names, names[1:] + names[:1], strict=True):
        choice = Selection(kind, order=first, then=(second, True))
        assert uids_of(kind, ids(choice)) == [row["uid"] for row in rows(choice, index)], (first, second)


def test_the_chosen_are_counted_by_a_field(index: RegionIndex) -> None:
    assert counted_by(Selection("workers"), "occupation_group") == {"": 1, "外卖配送员": 1, "货车司机": 1}
    assert counted_by(Selection("workers", search="李", limit=1, offset=3), "occupation_group") == {"外卖配送员": 1}


def test_all_people_have_all_numbers_until_one_is_missing(index: RegionIndex) -> None:
    with database.transaction():
        database.insert_tuples(Worker, ("uid", "name", "membership_state"), [("a", "孙七", "未入会"), ("b", "周八", "未入会")])
    everybody = Selection("workers", today=TODAY)
    assert list(ids(everybody)) == [1, 2, 3, 4, 5]
    assert list(ids(replace(everybody, offset=1, limit=2))) == [2, 3]
    database.delete_rows(Worker, ["a"])
    assert list(ids(everybody)) == [1, 2, 3, 5]
    assert open_file.without_gap(Officer) is None, "nobody is no gap, and no range either"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("王", ["王五"]), ("甲示例", ["王五", "李四"]), ("乙示例有限", ["赵六"]), ("0000000", ["王五", "李四", "赵六"]),
        ("1", ["王五", "李四", "赵六"]), ("99", ["王五", "李四", "赵六"]), ("0002", ["李四"]), ("5001061985", ["王五"]),
        ("%", []), ("王_", []), ("没有的", []),
    ],
)  # fmt: skip
def test_people_are_found_by_any_part_of_what_they_are_found_by(index: RegionIndex, text: str, names: list[str]) -> None:
    assert found(index, "workers", search=text) == names
    assert found(index, "workers", search=text, where=(("no_phone", "是"),)) == []
