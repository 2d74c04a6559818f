"""Which rows below a header are records, and what the others are."""

from collections.abc import Sequence

import pytest

from importers.columns import mapping
from importers.columns.header import Header
from importers.columns.row_roles import role
from models.records.forms import FORMS
from models.values.columns import Plain

ID_A = "500106199001019014"
CODE = "91500106MA9007919E"
ROSTER = ("序号", "姓名", "性别", "身份证号", "联系电话", "备注")
NAMES_FIRST = ("姓名", "身份证号", "手机", "备注")
EMPLOYERS = ("序号", "企业名称", "统一社会信用代码", "员工人数")
COUNTS = ("序号", "单位名称", "信用代码", "职工人数", "会员人数")


def roles(kind: str, texts: tuple[str, ...], *rows: Sequence[Plain], groups: Sequence[str] = ()) -> list[str]:
    head = Header((1,), texts, tuple(groups) or ("",) * len(texts), 2)
    form = FORMS[kind]
    mapped = mapping.guess(head, form, [])
    return [role(row, head, mapped, form) for row in rows]


def roster(*cells: Plain) -> str:
    return roles("workers", ROSTER, list(cells))[0]


def test_people_are_records_however_little_is_known_of_them() -> None:
    assert roster(1, "张示例", "男", ID_A, "19900000001") == "record"
    assert roster(1, "张示例") == "record"
    assert roster(None, "张示例") == "record"
    assert roster(1, None, "女", ID_A) == "record"
    assert roster(1, None, "女", 5.00106e17) == "record"
    assert roster(1, None, "女") == "record"
    assert roster("1", "贾 计", "男") == "record"


def test_empty_rows_and_rows_with_only_their_number() -> None:
    assert roster() == "blank"
    assert roster(None, "", "  ", None) == "blank"
    assert roster(7) == "number"
    assert roster("7", None, "-", None) == "number"
    assert roles("workers", ("No.", "姓名"), [3.0]) == ["number"]


@pytest.mark.parametrize(
    "cells",
    [
        ["合计"],
        ["合  计", None, None, "12人"],
        ["合计", "32", "人"],
        ["合计", "2人"],
        ["小计", "共 3 名", None, None, None],
        ["合计：42人"],
        ["总计", None, None, None, 42],
        [None, "合计", 25],
        [None, "本页小计", None, None, 25],
        [None, "一车间小计", 25],
        ["共 27 条记录"],
        ["合计25人，其中女10人"],
        [None, "Total", 25],
        [None, None, "合计", 25],
        ["小计（人）", None, 12],
    ],
)
def test_totals_are_no_people(cells: list[Plain]) -> None:
    assert roster(*cells) == "total"


def test_a_person_whose_remark_says_total_is_a_person() -> None:
    assert roster(1, "张示例", "男", ID_A, None, "合计") == "record"
    assert roster(1, "张示例", None, None, None, "工资合计见附表") == "record"
    assert roster(1, None, None, ID_A, None, "小计") == "record"


def test_subtotals_stand_in_the_column_of_units() -> None:
    found = roles(
        "headcounts", COUNTS,
        [None, "小龙坎街道小计", None, 272, 106], ["", "合    计", None, 900, 700], [1, "重庆示例会计师事务所", None, 12, 8],
        ["总计", None, None, 900, 700], [2, "重庆示例有限公司", CODE, 86, 80],
    )  # fmt: skip
    assert found == ["total", "total", "record", "total", "record"]


@pytest.mark.parametrize(
    "cells",
    [
        ["填表说明：1. 所有栏目均为必填项。2. 证件号码请以文本格式填写。"],
        ["说明：请于月底前报送。"],
        ["注：身份证号必须是18位"],
        ["备注：本表一式两份"],
        ["1、姓名须与身份证一致。"],
        ["（2）证件号码以文本格式填写"],
        [None, "填表说明：请如实填写。"],
        [None, "以下空白"],
        ["一车间"],
        ["重庆示例有限公司花名册"],
        ["示例", "张示例", "男", ID_A],
        ["例：", "张示例", "男"],
        [None, "例：张示例", "男"],
    ],
)
def test_explanations_examples_and_headings_are_notes(cells: list[Plain]) -> None:
    assert roster(*cells) == "note"


@pytest.mark.parametrize(
    "cells",
    [
        ["单位负责人(签字)：", None, None, "信息采集人（签字）：", None, "填报日期：   年   月   日"],
        ["制表：", None, None, "审核：", None, "（公章）"],
        ["填表人：李示例", None, None, "联系电话：023-00000000"],
        [None, "填表人：", "审核人："],
        [None, None, None, None, "2024年 月 日"],
        [None, None, None, "填报日期 2024年5月6日"],
        ["填报单位：重庆示例有限公司"],
    ],
)
def test_places_to_sign_are_signatures(cells: list[Plain]) -> None:
    assert roster(*cells) == "signature"


def test_a_header_repeated_on_the_next_page_is_no_person() -> None:
    assert roster(*ROSTER) == "repeated-header"
    assert roster("序号", "姓　名", "性别", "身份证号\n(18位)", "联系电话") == "repeated-header"
    groups = ["", "基本信息", "", "", "联系方式", ""]
    assert roles("workers", ROSTER, ["", "基本信息", None, None, "联系方式"], groups=groups) == ["repeated-header"]


def test_records_below_a_footer_are_records_again() -> None:
    found = roles(
        "workers", ROSTER,
        [1, "张示例", "男", ID_A], ["合计：1人"], ["填表人：", None, "审核人："], ["乙公司花名册"], list(ROSTER), [1, "李样例", "女"],
    )  # fmt: skip
    assert found == ["record", "total", "signature", "note", "repeated-header", "record"]


def test_names_in_the_first_column_are_told_from_footers() -> None:
    found = roles(
        "workers", NAMES_FIRST,
        ["张示例"], ["欧阳示例", ID_A], ["合计", None, None, "2人"], ["填表说明：略。"], ["制表人：李示例"], ["2、号码须为文本。"],
    )  # fmt: skip
    assert found == ["record", "record", "total", "note", "signature", "note"]


def test_units_known_by_name_or_code_alone_are_records() -> None:
    found = roles(
        "employers", EMPLOYERS,
        [1, "重庆示例有限公司", CODE, 86], [None, "重庆样本有限公司"], [None, None, CODE], [None, None, None, 33], [4],
        ["小龙坎街道"], ["填表人：", None, "联系电话："],
    )  # fmt: skip
    # a town heads what stands below it
    assert found == ["record", "record", "record", "record", "number", "section", "signature"]


def test_a_list_of_units_in_one_column() -> None:
    assert roles("employers", ("企业名称",), ["重庆示例有限公司"], ["1、重庆样本厂"], ["合计：2家"]) == ["record", "record", "total"]


def test_data_without_header_has_roles_too() -> None:
    head = Header((), ("",) * 3, ("",) * 3, 1)
    rows = [["1", "张示例", ID_A], ["2", "李样例", "500106199202029024"], ["3", "王例子", "500106198503079012"], ["4"], ["合计", "3"]]
    mapped = mapping.guess(head, FORMS["workers"], rows)
    assert [role(row, head, mapped, FORMS["workers"]) for row in rows] == ["record", "record", "record", "number", "total"]
