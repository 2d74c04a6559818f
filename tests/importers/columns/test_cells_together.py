"""Cells that speak together: merged over rows, two columns of one field, an address in parts."""

from typing import Any

import pytest

from tests.importers.sheets import CODES, FIRMS, IDS, PEOPLE, codes, fields, one, planned, unused, values

pytestmark = pytest.mark.usefixtures("register")


def test_a_merged_cell_speaks_for_all_its_rows() -> None:
    seen = one(
        ["姓名", "身份证号", "职业类别", "所属平台", "入会时间", "是否农民工"],
        [PEOPLE[0], IDS[0], "外卖配送员", "蜂雀外卖", "2024-05-01", "是"],
        [PEOPLE[1], IDS[1]],
        [PEOPLE[2], IDS[2]],
        merged=[(2, column, 4, column) for column in range(2, 6)],
    )
    told = ("外卖配送员", "蜂雀外卖", "2024-05-01", 1)
    assert values(seen, "occupation_group", "platform", "join_date", "migrant_worker") == [told] * 3


def test_a_merged_number_is_nobody_elses() -> None:
    rows: list[list[Any]] = [[PEOPLE[0], IDS[0], "19900000001"], [PEOPLE[1], None, None]]
    seen = one(["姓名", "身份证号", "联系电话"], *rows, merged=[(2, 1, 3, 1), (2, 2, 3, 2)])
    assert values(seen, "id_number", "phone") == [(IDS[0], "19900000001"), (None, None)]


def test_a_merged_count_is_not_divided_among_units_and_that_is_told() -> None:
    seen = one(["企业名称", "职工人数", "镇街"], [FIRMS[0], 90, "小龙坎街道"], [FIRMS[1]], merged=[(2, 1, 3, 1), (2, 2, 3, 2)])
    assert values(seen, "staff_count", "region") == [(None, "小龙坎街道")] * 2
    assert codes(seen) == [(2, "staff_count", "count-merged"), (3, "staff_count", "count-merged")]


def test_a_merged_cell_makes_no_record_of_a_footer() -> None:
    seen = one(["姓名", "身份证号", "平台"], [PEOPLE[0], IDS[0], "蜂雀外卖"], ["合计：1人"], merged=[(2, 2, 3, 2)])
    assert values(seen, "name") == [PEOPLE[0]]


def test_a_person_over_two_rows_is_one_person_with_two_phones() -> None:
    seen = one(
        ["序号", "姓名", "身份证号", "联系电话", "学历"],
        [1, PEOPLE[0], IDS[0], "19900000001", "大专"],
        [None, None, None, "19900000009", "本科"],
        [2, PEOPLE[1], IDS[1], "19900000002"],
        merged=[(2, column, 3, column) for column in range(3)],
    )
    assert values(seen, "name", "phone") == [(PEOPLE[0], "19900000001、19900000009"), (PEOPLE[1], "19900000002")]
    assert codes(seen) == [(2, "education", "row-continued")]


@pytest.mark.parametrize("head", [["手机号码", "联系电话"], ["联系电话", "手机号码"]])
def test_an_empty_column_never_hides_a_filled_one(head: list[str]) -> None:
    assert values(one(["姓名", "身份证号", *head], [PEOPLE[0], IDS[0], None, "19900000001"]), "phone") == ["19900000001"]


def test_an_empty_column_hides_no_count() -> None:
    seen = one(["企业名称", "职工人数", "员工总数"], [FIRMS[0], None, 31], [FIRMS[1], None, 32])
    assert values(seen, "staff_count") == [31, 32]
    assert unused(seen) == ["职工人数"]


def test_two_phones_of_a_person_are_both_kept() -> None:
    seen = one(["姓名", "身份证号", "手机号码", "联系电话"], [PEOPLE[0], IDS[0], "19900000001", "02363630000"])
    assert values(seen, "phone") == ["19900000001、023-63630000"]
    assert fields(seen) == {"姓名": "name", "身份证号": "id_number", "手机号码": "phone", "联系电话": "phone"}


def test_the_same_header_twice_is_one_field_and_a_difference_is_asked() -> None:
    head = ["姓名", "身份证号", "入会日期", "学历", "入会日期", "学历"]
    seen = one(
        head,
        [PEOPLE[0], IDS[0], "2024-05-01", "大专", None, None],
        [PEOPLE[1], IDS[1], None, None, "2024-06-01", "本科"],
        [PEOPLE[2], IDS[2], "2024-05-01", "大专", "2024-05-01", "大专"],
        [PEOPLE[3], IDS[3], "2024-05-01", "大专", "2024-05-01", "大专"],
        [PEOPLE[4], IDS[4], "2024-05-01", "大专", "2024-07-01", "本科"],
    )
    assert values(seen, "join_date", "education")[:2] == [("2024-05-01", "大专"), ("2024-06-01", "本科")]
    assert codes(seen) == [(6, "join_date", "columns-differ"), (6, "education", "columns-joined")]
    alike = planned(head, [PEOPLE[0], IDS[0], "2024-05-01", None, "2024-05-01"])
    assert [step.action for step in alike.sheets[0].steps] == ["new"]


def test_the_parts_of_an_address_are_one_address_and_those_of_a_region_one_region() -> None:
    seen = one(["姓名", "身份证号", "省份", "城市", "区县", "详细地址"], [PEOPLE[0], IDS[0], "重庆市", "重庆市", "沙坪坝区", "示例路1号"])
    assert values(seen, "residence_address") == ["重庆市沙坪坝区示例路1号"]
    seen = one(["企业名称", "统一社会信用代码", "所属区县", "所属街道"], [FIRMS[0], CODES[0], "沙坪坝区", "小龙坎街道"])
    assert values(seen, "region") == ["沙坪坝区小龙坎街道"]


@pytest.mark.parametrize("second", ["入会时间", "加入工会时间"])
def test_two_days_of_joining_that_disagree_are_asked(second: str) -> None:
    seen = one(
        ["姓名", "身份证号", "入会时间", second],
        [PEOPLE[0], IDS[0], "2024-01-01", "2023-01-01"],
        [PEOPLE[1], IDS[1], "2024-01-01", "2024-01-01"],
        [PEOPLE[2], IDS[2], None, "2022-01-01"],
    )
    assert codes(seen) == [(2, "join_date", "columns-differ")]
    assert values(seen, "join_date")[1:] == ["2024-01-01", "2022-01-01"]


def test_a_second_number_under_the_same_header_is_somebody_elses_and_asks_nothing() -> None:
    head = ["姓名", "身份证号", "配偶姓名", "身份证号"]
    seen = one(head, [PEOPLE[0], IDS[0], PEOPLE[2], IDS[2]], [PEOPLE[1], IDS[1], PEOPLE[3], IDS[3]])
    assert (values(seen, "id_number"), codes(seen)) == ([IDS[0], IDS[1]], [])


def test_two_columns_of_the_stage_that_disagree_are_asked() -> None:
    seen = one(["企业名称", "职工人数", "是否建会", "建会情况"], [FIRMS[0], 50, "否", "已建会"], [FIRMS[1], 50, "否", None])
    assert (codes(seen), values(seen, "stage")[1]) == ([(2, "stage", "columns-differ")], "待筹建")
