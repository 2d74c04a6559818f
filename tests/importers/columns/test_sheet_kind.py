"""Which of the four forms a sheet is, and which sheets are none."""

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.columns import header, mapping
from importers.columns.header import Header
from importers.columns.row_roles import role
from importers.columns.sheet_kind import recognise
from importers.workbook.sheet import Merged, SheetRow
from models.records.forms import FORMS
from models.values.columns import Plain
from tests.importers.columns.header_sets import CIRCULATING

ID_A, ID_B, ID_C = "500106199001019014", "500106199202029024", "500106198503079012"
CODE_A, CODE_B = "91500106MA9007919E", "91500106MA90158381"


def kind_of(*rows: Sequence[Plain], name: str = "Sheet1") -> tuple[str | None, str]:
    """Kind and reason of a sheet written out from row 1 on."""
    made = [SheetRow(number, list(values)) for number, values in enumerate(rows, start=1)]
    head = header.find(made)
    samples = [] if head is None else [row.values for row in made if row.number >= head.first_data]
    found = recognise(head, name, samples)
    assert 0 <= found.sureness <= 1
    return found.kind, found.because


@pytest.mark.parametrize("name", CIRCULATING)
def test_the_header_sets_in_circulation_are_recognised(name: str) -> None:
    kind, columns = CIRCULATING[name]
    row = [{"序号": "1"}.get(text, "某某某某某某") for text in columns]
    found = recognise(Header((1,), tuple(columns), ("",) * len(columns), 2), "Sheet1", [row])
    assert (found.kind, found.because) == (kind, "fields")
    assert found.sureness > 0.6


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("workers", ["姓名", "手机"]),
        ("workers", ["姓名", "性别", "部门", "联系电话"]),
        ("workers", ["工会名称", "会员姓名", "身份证号"]),
        ("employers", ["企业名称", "法人", "联系电话", "员工人数"]),
        ("employers", ["序号", "企业名称", "所属街道", "员工人数", "是否建会"]),
        ("employers", ["单位名称", "统一社会信用代码", "法定代表人", "参保人数", "单位地址"]),
        ("unions", ["工会名称", "上级工会", "工会主席", "联系电话", "会员人数"]),
        ("unions", ["基层工会名称", "工会类型", "换届日期", "任期"]),
        ("headcounts", ["单位名称", "职工人数", "会员人数", "女会员", "统计日期"]),
        ("headcounts", ["工会名称", "职工总数", "会员人数", "农民工会员", "月份"]),
    ],
)
def test_short_lists_are_recognised_by_what_they_count(kind: str, texts: list[str]) -> None:
    found = recognise(Header((1,), tuple(texts), ("",) * len(texts), 2), "Sheet1", [["某某某某某某"] * len(texts)])
    assert found.kind == kind


def test_a_list_of_established_unions_by_their_employers_is_a_list_of_unions() -> None:
    texts: list[Plain] = ["单位名称", "统一社会信用代码", "上级工会", "工会建会时间", "职工人数", "电话"]
    rows: list[list[Plain]] = [texts, ["重庆示例有限公司", CODE_A, "示例街道总工会", "2021-05-01", 86, "023-00000000"]]
    assert kind_of(*rows, name="已建会") == ("unions", "fields")
    assert kind_of(*rows, name="未建会") == ("employers", "fields")


def test_data_without_header_is_recognised_by_its_content() -> None:
    assert kind_of(["张示例", "男", ID_A], ["李样例", "女", ID_B], ["王例子", "女", ID_C]) == ("workers", "content")
    assert kind_of(["重庆示例有限公司", CODE_A, "86"], ["重庆样本有限公司", CODE_B, "12"]) == ("employers", "content")


@pytest.mark.parametrize("name", ["下拉菜单", "Sheet2"])
def test_a_sheet_that_feeds_drop_downs_is_no_list_of_people(name: str) -> None:
    rows: list[list[Plain]] = [["性别", "学历", "会籍变化类型"], ["男", "博士", "入会"], ["女", "硕士", "转入"]]
    rows += [[None, "本科", "保留"], [None, "大专", "转出"]]
    assert kind_of(*rows, name=name) == (None, "dictionary")


def test_people_are_no_dictionary_even_when_all_of_them_differ() -> None:
    rows = [["姓名", "性别", "民族"], ["张示例", "男", "汉族"], ["李样例", "女", "土家族"]]
    assert kind_of(*rows) == ("workers", "fields")


def test_a_template_without_data_is_empty() -> None:
    texts = ["序号", "姓名", "身份证号", "手机"]
    assert kind_of(["会员花名册"], texts) == (None, "empty")
    filled_in: list[list[Plain]] = [["示例", "张示例", ID_A, "19900000001"], [1], [2], ["合计"], ["填表说明：请如实填写。"], ["填表人：", None, "审核人："]]
    assert kind_of(["会员花名册"], texts, *filled_in) == (None, "empty")
    assert kind_of(["会员花名册"], texts, *filled_in, [3, "李样例"]) == ("workers", "fields")


def test_prose_is_no_table_and_other_tables_are_unknown() -> None:
    assert kind_of(["关于报送材料的通知"], ["请各单位月底前报送。"]) == (None, "no-table")
    assert kind_of(["物品", "数量", "备注"], ["桌子", 3, "旧"], ["椅子", 12, "新"]) == (None, "unknown")
    assert kind_of(["工号", "月工资", "会费", "备注"], ["001", 3000, 15, ""], ["002", 4000, 20, ""]) == (None, "unknown")


def test_every_kind_can_be_recognised_from_its_own_labels() -> None:
    for form in FORMS.values():
        labels = tuple(field.column.label for field in form.fields)
        assert recognise(Header((1,), labels, ("",) * len(labels), 2), "", [["某某某某某某"] * len(labels)]).kind == form.kind


WRITTEN = [
    "姓名", "性别：", "单位名称", "工会信息", "其中：女", "序号", "合计", "男", "填报单位：", "2024年5月",
    ID_A, CODE_A, "示例公司", "（", "/", "",
]  # fmt: skip
CELLS = st.one_of(
    st.none(), st.sampled_from(WRITTEN), st.text(max_size=8), st.integers(), st.floats(), st.booleans(),
    st.just(dt.date(2024, 5, 6)),
)  # fmt: skip
RANGES = st.tuples(st.integers(1, 5), st.integers(0, 4), st.integers(1, 5), st.integers(0, 4))


@given(st.lists(st.lists(CELLS, max_size=5), max_size=8), st.lists(RANGES, max_size=3))
def test_whatever_stands_in_a_sheet_is_understood_or_left_out(rows: list[list[Plain]], merged: list[Merged]) -> None:
    made = [SheetRow(number, list(values)) for number, values in enumerate(rows, start=1)]
    head = header.find(made, merged) or header.at(made, (1, 2), merged)
    assert len(head.texts) == len(head.groups)
    recognise(head, "Sheet1", rows)
    for form in FORMS.values():
        mapped = mapping.guess(head, form, rows)
        taken = [match.field for match in mapped.matches if match.field and match.because != "joined"]
        assert len(taken) == len(set(taken))
        assert all(role(row, head, mapped, form) for row in rows)
