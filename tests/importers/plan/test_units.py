"""Employers and unions: found by code, by name and by region; confirmed, renamed, covered; and what is only a question."""

from pathlib import Path
from typing import Any

import pytest

from importers import session
from importers.rows.decisions import Decisions
from importers.session import ImportOptions
from models.journal.writer import Author
from models.records.employer import Coverage, Employer
from models.records.headcount import HeadCount
from models.records.union import Union
from samples.invented import credit_code
from tests.aids.speaking import LI, TODAY, WANG, Done, imported, imported_rows, listed, workbook

COMPANY = "重庆霁蓝虚构印务有限公司"
UNION = "重庆霁蓝虚构印务有限公司工会"
ONE, TWO = credit_code("91500106MA0000001"), credit_code("91500106MA0000002")
OF_UNION = credit_code("81500106MC0000001")
HEAD = ["企业名称", "统一社会信用代码", "所属街道", "法定代表人", "职工人数"]
UNIONS = ["工会名称", "单位名称", "工会类型", "建会日期", "工会主席", "上级工会"]


def employers(author: Author, folder: Path, *rows: list[Any], name: str = "企业") -> Done:
    """Import a list of employers."""
    return imported_rows(author, folder, [HEAD, *rows], name=name)


def unions(author: Author, folder: Path, *rows: list[Any], name: str = "工会") -> Done:
    """Import a list of unions."""
    return imported_rows(author, folder, [UNIONS, *([*row, "赵示例", None] for row in rows)], name=name)


def coverages() -> list[tuple[str, str, str | None, str | None]]:
    """Every coverage: (union, employer, since, until), in the order learned."""
    named = {row.uid: row.name for record in (Employer, Union) for row in record.select()}
    return [(named[row.union], named[row.employer], row.since, row.until) for row in Coverage.select().order_by(Coverage.id)]


def told(done: Done) -> list[str]:
    """The codes of all problems but those of the count's source."""
    return [code for _row, code in done.codes]


def test_a_code_means_the_employer_whatever_its_name_and_a_rename_keeps_the_old_one(author: Author, tmp_path: Path) -> None:
    employers(author, tmp_path, [COMPANY, ONE, "", "王砚舟", 30])
    done = employers(author, tmp_path, ["重庆霁蓝新名虚构印务有限公司", ONE, "", "王砚舟", 30], name="改名")
    assert done.counts == {"updated": 1}
    assert [(row.name, row.former_names) for row in Employer.select()] == [("重庆霁蓝新名虚构印务有限公司", COMPANY)]
    by_former = employers(author, tmp_path, [COMPANY, "", "", "李芷汐", None], name="旧名")
    assert by_former.counts == {"updated": 1}
    assert [(row.name, row.legal_representative) for row in Employer.select()] == [("重庆霁蓝新名虚构印务有限公司", "李芷汐")]


def test_a_name_means_the_employer_in_any_spelling_and_learns_its_code(author: Author, tmp_path: Path) -> None:
    employers(author, tmp_path, ["重庆霁蓝（虚构）印务有限公司", "", "", "王砚舟", 30])
    done = employers(author, tmp_path, ["重庆霁蓝(虚构)印务有限责任公司", ONE, "", "王砚舟", 30], name="别写")
    assert done.counts == {"updated": 1}
    assert listed("employers", "name", "credit_code") == [("重庆霁蓝（虚构）印务有限公司", ONE)]


def test_the_same_name_with_another_code_is_a_question(author: Author, tmp_path: Path) -> None:
    employers(author, tmp_path, [COMPANY, ONE, "", "王砚舟", 30])
    done = employers(author, tmp_path, [COMPANY, TWO, "", "李芷汐", 40], name="另一码")
    assert (done.counts, told(done)) == ({"conflict": 1}, ["same-name-other-code"])
    assert listed("employers", "credit_code", "legal_representative", "staff_count") == [(ONE, "王砚舟", 30)]


def test_a_name_holds_only_within_a_compatible_region(author: Author, tmp_path: Path) -> None:
    employers(author, tmp_path, ["老示例火锅店", "", "沙坪坝区小龙坎街道", "王砚舟", 8])
    near = employers(author, tmp_path, ["老示例火锅店", "", "沙坪坝区", "王砚舟", 9], name="同区")
    far = employers(author, tmp_path, ["老示例火锅店", "", "万州区", "李芷汐", 12], name="异地")
    bare = employers(author, tmp_path, ["老示例火锅店", "", "", "赵嘉树", 5], name="不明")
    assert (near.counts, far.counts) == ({"updated": 1}, {"new": 1})
    assert (bare.counts, told(bare)) == ({"conflict": 1}, ["several-units"])


def test_an_unverified_employer_is_filled_in_by_a_list_and_counted_as_updated(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, [["姓名", "身份证号", "工作单位"], ["王砚舟", WANG, COMPANY]])
    assert [row.verified for row in Employer.select()] == [0]
    done = employers(author, tmp_path, [COMPANY, ONE, "", "王砚舟", 30])
    assert done.counts == {"updated": 1}
    assert [(row.verified, row.credit_code, row.former_names) for row in Employer.select()] == [(1, ONE, None)]


def test_an_unverified_union_is_confirmed_by_a_list_under_its_committees_name(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, [["姓名", "身份证号", "所属工会", "入会日期"], ["王砚舟", WANG, UNION, "2024-05"]])
    done = unions(author, tmp_path, [f"{UNION}委员会", COMPANY, "单独基层工会", "2021-05-01"])
    assert done.counts == {"updated": 1}
    assert [(row.verified, row.name) for row in Union.select()] == [(1, f"{UNION}委员会")]
    assert listed("workers", "union") == [(f"{UNION}委员会",)]


def test_importing_lists_again_changes_nothing(author: Author, tmp_path: Path) -> None:
    rows: list[list[Any]] = [[COMPANY, ONE, "沙坪坝区小龙坎街道", "王砚舟", "约30"], ["重庆松石虚构餐饮有限公司", TWO, "", "李芷汐", 12]]
    of_unions = [[UNION, COMPANY, "单独基层工会", "2021-05-01"], ["某市场联合工会", "甲示例店、乙示例店", "联合基层工会", "2020-01"]]
    employers(author, tmp_path, *rows)
    unions(author, tmp_path, *of_unions)
    again = [employers(author, tmp_path, *rows), unions(author, tmp_path, *of_unions)]
    assert [done.counts for done in again] == [{"same": 2}, {"same": 2}]
    assert [done.outcome.batch for done in again] == [None, None]


def test_a_joint_union_covers_every_employer_that_its_cell_names(author: Author, tmp_path: Path) -> None:
    employers(author, tmp_path, ["甲示例贸易有限公司", ONE, "", "王砚舟", 10])
    done = unions(
        author, tmp_path,
        ["某市场联合工会", "甲示例贸易有限公司、乙示例贸易有限公司；丙示例贸易有限公司", "联合基层工会", "2020-01-02"],
    )  # fmt: skip
    assert done.counts == {"new": 1}
    names = ["甲示例贸易有限公司", "乙示例贸易有限公司", "丙示例贸易有限公司"]
    assert coverages() == [("某市场联合工会", name, "2020-01-02", None) for name in names]
    assert [row.verified for row in Employer.select().order_by(Employer.id)] == [1, 0, 0]


def test_a_new_coverage_ends_the_old_one_which_stays_visible(author: Author, tmp_path: Path) -> None:
    unions(author, tmp_path, ["某市场联合工会", COMPANY, "联合基层工会", "2020-01-02"])
    done = unions(author, tmp_path, [UNION, COMPANY, "单独基层工会", "2023-05-06"], name="自建")
    assert told(done) == ["coverage-moved"]
    assert coverages() == [
        ("某市场联合工会", COMPANY, "2020-01-02", "2023-05-06"), (UNION, COMPANY, "2023-05-06", None),
    ]  # fmt: skip


def test_a_coverage_without_a_day_ends_the_old_one_today(author: Author, tmp_path: Path) -> None:
    unions(author, tmp_path, ["某市场联合工会", COMPANY, "联合基层工会", None])
    unions(author, tmp_path, [UNION, COMPANY, "单独基层工会", None], name="自建")
    assert [until for _union, _employer, _since, until in coverages()] == [TODAY.isoformat(), None]


def test_a_list_in_which_two_unions_claim_an_employer_settles(author: Author, tmp_path: Path) -> None:
    rows = [["某市场联合工会", COMPANY, "联合基层工会", "2020-01-02"], [UNION, COMPANY, "单独基层工会", "2023-05-06"]]
    unions(author, tmp_path, *rows)
    first = coverages()
    again = unions(author, tmp_path, *rows)
    assert (again.counts, told(again), coverages()) == ({"same": 2}, ["coverage-moved"], first)
    unions(author, tmp_path, rows[0], name="回到联合")
    assert coverages()[-1] == ("某市场联合工会", COMPANY, TODAY.isoformat(), None)


def test_a_count_stays_with_the_employer_when_a_later_row_gives_others_to_another_union(author: Author, tmp_path: Path) -> None:
    head = ["工会名称", "单位名称", "会员人数"]
    imported_rows(author, tmp_path, [head, [UNION, "重庆松石虚构餐饮有限公司", None]], name="先")
    rows = [head, [UNION, "重庆云杉虚构物流有限公司", "约40"], ["重庆松石虚构餐饮有限公司工会委员会", None, None]]
    assert imported_rows(author, tmp_path, rows, name="后", kind="unions").counts == {"updated": 1, "new": 1}
    held = [(each.subject_kind, each.member_count, each.approximate) for each in HeadCount.select()]
    assert held == [("单位", 40, 1)]
    assert imported_rows(author, tmp_path, rows, name="后", kind="unions").counts == {"same": 2}


def test_an_employer_list_joins_the_union_that_it_names_or_that_is_named_after_it(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, [["工会名称", "工会主席", "上级工会"], [UNION, "赵示例", None], ["某市场联合工会", "钱示例", None]])
    rows = [
        ["企业名称", "统一社会信用代码", "法定代表人", "所属工会"],
        [COMPANY, ONE, "王砚舟", None], ["重庆松石虚构餐饮有限公司", TWO, "李芷汐", "某市场联合工会"],
    ]  # fmt: skip
    imported_rows(author, tmp_path, rows, name="企业")
    assert coverages() == [(UNION, COMPANY, None, None), ("某市场联合工会", "重庆松石虚构餐饮有限公司", None, None)]


def test_an_employer_list_that_names_another_known_union_moves_the_coverage(author: Author, tmp_path: Path) -> None:
    unions(author, tmp_path, [UNION, COMPANY, "单独基层工会", "2021-05-01"], ["某市场联合工会", None, "联合基层工会", "2022-01-02"])
    head = ["企业名称", "统一社会信用代码", "法定代表人", "所属工会"]
    done = imported_rows(author, tmp_path, [head, [COMPANY, ONE, "王砚舟", "某市场联合工会"]], name="移")
    assert told(done) == ["coverage-moved"]
    assert [(union, until) for union, _employer, _since, until in coverages()] == [(UNION, "2022-01-02"), ("某市场联合工会", None)]


def test_an_employer_list_that_names_an_unknown_union_does_not_undo_a_known_coverage(author: Author, tmp_path: Path) -> None:
    unions(author, tmp_path, [UNION, COMPANY, "单独基层工会", "2021-05-01"])
    head = ["企业名称", "统一社会信用代码", "法定代表人", "所属工会"]
    done = imported_rows(author, tmp_path, [head, [COMPANY, ONE, "王砚舟", "没听说过的联合工会"]], name="移")
    assert (done.counts, told(done)) == ({"updated": 1}, ["covered-by-other-union"])
    assert coverages() == [(UNION, COMPANY, "2021-05-01", None)]
    assert listed("unions", "name") == [(UNION,)]


def test_a_union_that_is_not_confirmed_does_not_take_an_employer_from_a_known_one(author: Author, tmp_path: Path) -> None:
    unions(author, tmp_path, [UNION, COMPANY, "单独基层工会", "2021-05-01"])
    roster = [["姓名", "身份证号", "所属工会", "入会日期"], ["王砚舟", WANG, "某市场联合工会", "2024-05"]]
    imported_rows(author, tmp_path, roster, name="名册")
    head = ["企业名称", "统一社会信用代码", "法定代表人", "所属工会"]
    done = imported_rows(author, tmp_path, [head, [COMPANY, ONE, "王砚舟", "某市场联合工会"]], name="移")
    assert (told(done), coverages()) == (["covered-by-other-union"], [(UNION, COMPANY, "2021-05-01", None)])


def test_a_committee_in_another_district_is_another_union(author: Author, tmp_path: Path) -> None:
    rows = [
        ["工会名称", "所在区划", "工会主席", "上级工会"],
        ["示例商圈工会", "沙坪坝区", "赵示例", None], ["示例商圈工会委员会", "万州区", "钱示例", None],
        ["示例商圈工会委员会", "沙坪坝区", "赵示例", None],
    ]  # fmt: skip
    assert imported_rows(author, tmp_path, rows).plan.counts()["new"] == 2


def test_codes_of_unions_and_employers_in_each_others_place_are_dropped_and_told(author: Author, tmp_path: Path) -> None:
    rows = [
        ["工会名称", "工会统一社会信用代码", "单位名称", "单位统一社会信用代码", "工会主席"],
        [UNION, ONE, COMPANY, OF_UNION, "赵示例"],
        ["某市场联合工会", credit_code("81500106MC0000002"), "甲示例店", TWO, "钱示例"],
        ["乙示例店工会", credit_code("81500106MC0000003"), "乙示例店", credit_code("91500106MA0000003"), "孙示例"],
    ]
    done = imported_rows(author, tmp_path, rows)
    assert [code for row, code in done.codes if row == 2 and code.startswith("code")] == ["code-kind-employer", "code-kind-union"]
    assert listed("unions", "name", "credit_code", "employer", "employer_credit_code")[0] == (UNION, None, COMPANY, None)


def test_a_wrong_credit_code_is_dropped_and_the_row_applied(author: Author, tmp_path: Path) -> None:
    wrong = ONE[:-1] + ("A" if ONE[-1] != "A" else "B")
    done = employers(author, tmp_path, [COMPANY, wrong, "", "王砚舟", 30])
    assert (done.counts, told(done)) == ({"new": 1}, ["code-check-character"])
    assert listed("employers", "name", "credit_code") == [(COMPANY, None)]


def test_two_unions_of_one_name_are_a_question_and_no_third_is_made(author: Author, tmp_path: Path) -> None:
    rows = [
        ["工会名称", "所在区划", "工会主席", "上级工会"],
        ["示例商圈联合工会", "沙坪坝区", "赵示例", None], ["示例商圈联合工会", "万州区", "钱示例", None],
    ]  # fmt: skip
    assert imported_rows(author, tmp_path, rows).counts == {"new": 2}
    done = imported_rows(
        author, tmp_path, [["姓名", "身份证号", "所属工会", "入会日期"], ["李芷汐", LI, "示例商圈联合工会", "2024-05"]], name="会员"
    )
    assert (done.counts, told(done)) == ({"conflict": 1}, ["several-units"])
    assert len(listed("unions", "name")) == 2


def test_a_roster_that_names_two_employers_of_one_name_is_a_question(author: Author, tmp_path: Path) -> None:
    employers(author, tmp_path, [COMPANY, ONE, "沙坪坝区", "王砚舟", 10], ["重庆松石虚构餐饮有限公司", TWO, "", "", 3])
    rows = [["姓名", "身份证号", "工作单位", "单位统一社会信用代码"], ["王砚舟", WANG, COMPANY, credit_code("91500106MA0000009")]]
    done = imported_rows(author, tmp_path, rows)
    assert (done.counts, told(done)) == ({"conflict": 1}, ["same-name-other-code"])
    assert listed("workers", "name") == []


def test_a_union_list_whose_employer_is_in_question_is_left_out(author: Author, tmp_path: Path) -> None:
    employers(author, tmp_path, [COMPANY, ONE, "", "王砚舟", 10])
    rows = [["工会名称", "单位名称", "单位统一社会信用代码", "工会主席", "上级工会"], [UNION, COMPANY, TWO, "赵示例", "某街道总工会"]]
    done = imported_rows(author, tmp_path, rows, name="工会")
    assert done.counts == {"conflict": 1}
    assert (listed("unions", "name"), coverages()) == ([], [])


@pytest.mark.parametrize("sheets", [("企业", "工会", "名册"), ("名册", "工会", "企业")])
def test_sheets_of_units_come_before_those_that_only_name_them(author: Author, tmp_path: Path, sheets: tuple[str, ...]) -> None:
    every: dict[str, list[list[Any]]] = {
        "企业": [HEAD, [COMPANY, ONE, "", "王砚舟", 30]],
        "工会": [UNIONS, [UNION, COMPANY, "单独基层工会", "2021-05-01", "赵示例", None]],
        "名册": [["会员花名册"], ["姓名", "身份证号", "工作单位"], ["王砚舟", WANG, COMPANY]],
    }
    done = imported(author, workbook(tmp_path / "全.xlsx", {name: every[name] for name in sheets}))
    assert {sheet.sheet: sheet.counts()["new"] for sheet in done.plan.sheets} == dict.fromkeys(sheets, 1)
    assert [row.verified for record in (Employer, Union) for row in record.select()] == [1, 1]
    assert listed("workers", "employer", "union") == [(COMPANY, UNION)]


def test_a_bare_town_name_is_meant_inside_the_home_district_else_asked(author: Author, tmp_path: Path) -> None:
    path = workbook(tmp_path / "镇.xlsx", {"Sheet1": [HEAD, [COMPANY, ONE, "白沙镇", "王砚舟", 30]]})
    files = session.read([path], ImportOptions())
    views = session.understand(files, ImportOptions(), Decisions(), TODAY)
    bare = session.make_plan(files, views, ImportOptions(), TODAY)
    assert [each.code for each in bare.sheets[0].steps[0].problems] == ["region-ambiguous"]
    session.apply(session.make_plan(files, views, ImportOptions(), TODAY, region="江津区"), files, author)
    assert listed("employers", "region") == [("江津区白沙镇",)]
