"""What stands in a column of units and is the name of none: it founds no unit and makes nobody a member, and is told."""

from pathlib import Path

import pytest

from models.journal.writer import Author
from tests.aids.speaking import LI, WANG, imported_rows, listed
from tests.importers.sheets import CODES, FIRMS

UNION = "重庆砚屿峻岭有限公司工会"


@pytest.mark.parametrize(
    "text",
    [
        "无单位", "无固定单位", "灵活就业", "自由职业者", "个体", "个体户", "退休", "待业", "外卖骑手", "本单位", "我司", "公司", "其他", "学生", "零工", "未知", "小龙坎街道",
        "沙坪坝区", "重庆",
    ],
)  # fmt: skip
def test_what_is_no_employer_is_registered_as_none(author: Author, tmp_path: Path, text: str) -> None:
    done = imported_rows(author, tmp_path, [["姓名", "身份证号", "工作单位"], ["王五", WANG, text], ["李四", LI, FIRMS[0]]])
    assert done.codes == [(2, "no-employer-name"), (3, "employer-created")]
    assert listed("employers", "name") == [(FIRMS[0],)]
    assert dict(listed("workers", "name", "employer")) == {"李四": FIRMS[0], "王五": None}


@pytest.mark.parametrize("between", ["、", "，", "/", "\n"])
def test_two_employers_in_one_cell_are_asked(author: Author, tmp_path: Path, between: str) -> None:
    rows = [["姓名", "身份证号", "工作单位"], ["王五", WANG, between.join(FIRMS[:2])]]
    assert imported_rows(author, tmp_path, rows).codes == [(2, "name-of-several")]
    assert listed("employers", "name") == []


def test_a_name_that_was_broken_into_lines_is_one(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, [["姓名", "身份证号", "工作单位"], ["王五", WANG, "重庆砚屿峻岭\n有限公司"]])
    assert listed("employers", "name") == [(FIRMS[0],)]


@pytest.mark.parametrize("text", ["已建", "有", "工会", "本单位工会", "区总工会", "总工会", "待定", "不清楚", "暂无工会", "筹建中", FIRMS[0]])
def test_what_names_no_union_founds_none_and_is_told(author: Author, tmp_path: Path, text: str) -> None:
    done = imported_rows(
        author, tmp_path, [["姓名", "身份证号", "所属工会", "入会时间"], ["王五", WANG, text, "2024-05-06"]], kind="workers"
    )
    assert done.codes == [(2, "no-union-name"), (2, "union-unknown")]
    assert (listed("unions", "name"), listed("workers", "membership_state")) == ([], [("待落会籍",)])


@pytest.mark.parametrize("text", ["未入会", "未加入", "否", "没有加入", "非会员", "未建会", "没有"])
def test_no_membership_in_the_place_of_a_union_is_asked_against_a_day_of_joining(
    author: Author, tmp_path: Path, text: str
) -> None:
    rows = [["姓名", "身份证号", "所属工会", "入会时间"], ["王五", WANG, text, "2024-05-06"]]
    done = imported_rows(author, tmp_path, rows, kind="workers")
    assert (done.counts, done.codes[-1]) == ({"conflict": 1}, (2, "left-or-member"))
    assert listed("workers", "name") == []


def test_no_membership_in_the_place_of_a_union_of_staff_is_no_question(author: Author, tmp_path: Path) -> None:
    rows = [["姓名", "身份证号", "所属工会"], ["王五", WANG, "未加入"], ["李四", LI, "未加入"]]
    done = imported_rows(author, tmp_path, rows, kind="workers")
    assert done.counts == {"new": 2}
    assert listed("unions", "name") == []


@pytest.mark.parametrize("text", ["暂无工会", "工会", "本单位工会", "总工会", "区总工会", FIRMS[2], "重庆商会", "已建会", "小龙坎街道", "有", "未建会"])
def test_no_union_covers_an_employer_by_such_a_word(author: Author, tmp_path: Path, text: str) -> None:
    rows = [["企业名称", "统一社会信用代码", "职工人数", "工会名称"], [FIRMS[0], CODES[0], 50, text], [FIRMS[1], CODES[1], 50, UNION]]
    done = imported_rows(author, tmp_path, rows)
    assert (2, "no-union-name") in done.codes
    assert listed("unions", "name") == [(UNION,)]


@pytest.mark.parametrize(
    ("text", "level"), [("未建会", "note"), ("没有", "note"), ("×", "note"), ("已建会", "question"), (FIRMS[2], "question")]
)
def test_that_there_is_no_union_is_told_and_not_asked(author: Author, tmp_path: Path, text: str, level: str) -> None:
    rows = [["企业名称", "职工人数", "工会名称"], [FIRMS[0], 50, text], [FIRMS[1], 50, UNION]]
    done = imported_rows(author, tmp_path, rows)
    assert [each.level for each in done.plan.sheets[0].steps[0].problems if each.code == "no-union-name"] == [level]
    assert done.counts == {"new": 2}


def test_a_counted_unit_beside_whom_no_union_stands_is_told_of(author: Author, tmp_path: Path) -> None:
    head = ["单位名称", "工会名称", "职工人数", "会员人数", "统计时间"]
    done = imported_rows(author, tmp_path, [head, [FIRMS[0], FIRMS[1], 30, 20, "2026-05"]])
    assert (2, "no-union-name") in done.codes
    assert listed("unions", "name") == []


def test_a_union_called_as_its_firm_is_told(author: Author, tmp_path: Path) -> None:
    rows = [["工会名称", "工会主席", "会员人数"], [FIRMS[0], "孙渝生", 20], [UNION, "李柏青", 21]]
    done = imported_rows(author, tmp_path, rows)
    assert [code for code in done.codes if code[1] == "union-name-unlike"] == [(2, "union-name-unlike")]
    again = imported_rows(author, tmp_path / "again", rows)
    assert (2, "union-name-unlike") not in again.codes


def test_a_unit_that_the_register_knows_by_an_odd_name_is_still_found(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, [["企业名称", "统一社会信用代码", "职工人数"], ["我司", CODES[0], 50]])
    done = imported_rows(author, tmp_path, [["姓名", "身份证号", "工作单位"], ["王五", WANG, "我司"]])
    assert done.codes == []
