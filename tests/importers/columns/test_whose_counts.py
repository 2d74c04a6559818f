"""Of whom a bare number speaks: 人数, 会员, 职工; and what is no list of employers although its columns could be one's."""

from pathlib import Path
from typing import Any

import pytest

from models.journal.writer import Author
from tests.aids.speaking import imported_rows, listed
from tests.importers.sheets import CODES, FIRMS, IDS, PEOPLE, fields, one, unused, values

pytestmark = pytest.mark.usefixtures("register")
UNION, OTHER = f"{FIRMS[0]}工会", f"{FIRMS[1]}工会"


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([["基层工会会员统计表"], ["工会名称", "人数"], [UNION, 30], [OTHER, 31]], "member_count"),
        ([["职工统计表"], ["工会名称", "人数"], [UNION, 30], [OTHER, 31]], "staff_count"),
        ([["单位名称", "人数", "统计时间"], [FIRMS[0], 30, "2026-05"]], "staff_count"),
        ([["企业名称", "人数", "联系电话"], [FIRMS[0], 30, "19900000001"]], "staff_count"),
        ([["企业名称", "人数", "会员大会届次", "统计时间"], [FIRMS[0], 30, "第二届", "2026-05"]], "staff_count"),
    ],
)
def test_people_are_of_whom_the_sheet_speaks(rows: list[list[Any]], field: str) -> None:
    assert fields(one(*rows))["人数"] == field


def test_people_of_unions_of_whom_nothing_speaks_are_asked() -> None:
    seen = one(["工会名称", "人数", "会员代表数"], [UNION, 30, 9], [OTHER, 31, 8])
    assert "人数" in [each.header for each in seen.mapping.asked]  # type: ignore[union-attr]
    seen = one(["工会名称", "人数"], [UNION, 30], [OTHER, 31])
    assert [(each.header, each.maybe) for each in seen.mapping.asked] == [("人数", "staff_count")]  # type: ignore[union-attr]


def test_bare_words_head_counts_where_numbers_stand_below_them() -> None:
    seen = one(["单位名称", "职工", "其中：女", "会员", "其中：女", "统计时间"], [FIRMS[0], 30, 12, 20, 8, "2026-05"])
    assert values(seen, "staff_count", "women_staff_count", "member_count", "women_member_count") == [(30, 12, 20, 8)]
    assert "会员" in unused(one(["单位名称", "会员", "职工人数", "统计时间"], [FIRMS[0], "王五", 30, "2026-05"]))


def test_names_of_unions_make_a_list_of_unions() -> None:
    rows: list[list[Any]] = [["名称", "信用代码", "法人", "职工人数"], [UNION, None, "王五", 30], [OTHER, None, "李四", 31]]
    assert one(*rows).kind == "unions"


def test_a_union_among_employers_is_asked(author: Author, tmp_path: Path) -> None:
    rows = [["企业名称", "职工人数", "统一社会信用代码"], [FIRMS[0], 30, CODES[0]], [OTHER, 31, None], [FIRMS[2], 32, CODES[2]]]
    done = imported_rows(author, tmp_path, rows)
    assert done.counts == {"new": 2, "conflict": 1}
    assert [code for code in done.codes if code[0] == 3] == [(3, "employer-name-of-union")]
    assert listed("unions", "name") == []


def test_questions_of_a_survey_are_the_headers_that_they_ask_for() -> None:
    head = ["Q1.您的姓名是？", "Q2.您的身份证号是？", "Q3.您是否已加入工会？", "Q4.您的联系方式？", "Q5.您加入工会的时间？"]
    seen = one(head, [PEOPLE[0], IDS[0], "是", "19900000001", "2024-05-01"])
    assert list(fields(seen).values()) == ["name", "id_number", "membership_state", "phone", "join_date"]


def test_numbered_phones_of_a_person_are_all_theirs() -> None:
    seen = one(["姓名", "身份证号", "手机", "电话2"], [PEOPLE[0], IDS[0], None, "19900000001"], [PEOPLE[1], IDS[1], "19900000002", None])
    assert values(seen, "phone") == ["19900000001", "19900000002"]
