"""Who a row speaks of: by ID number, by name and phone; a question by birth and employer; never by the name alone."""

from pathlib import Path
from typing import Any

import pytest

from models.journal.writer import Author
from samples.invented import old_id_number, truncated
from tests.aids.speaking import LI, WANG, ZHAO, Done, imported, imported_rows, listed, workbook

PHONE = "19900000001"
COMPANY = "重庆霁蓝虚构印务有限公司"


def people(author: Author, folder: Path, columns: str, *rows: list[Any], name: str = "表") -> Done:
    """Import a roster with these columns."""
    return imported_rows(author, folder, [columns.split(), *rows], name=name)


def level(done: Done, code: str) -> str:
    """The level with which a problem was told."""
    steps = [step for sheet in done.plan.sheets for step in sheet.steps]
    return next(each.level for step in steps for each in step.problems if each.code == code)


def test_an_old_number_of_15_digits_is_stored_as_18(author: Author, tmp_path: Path) -> None:
    people(author, tmp_path, "姓名 身份证号", ["赵嘉树", old_id_number(ZHAO)])
    assert listed("workers", "id_number", "birth_date", "sex") == [(ZHAO, "1978-11-11", "男")]
    assert people(author, tmp_path, "姓名 身份证号", ["赵嘉树", ZHAO], name="新").counts == {"same": 1}


def test_a_wrong_check_digit_refuses_the_row_alone(author: Author, tmp_path: Path) -> None:
    done = people(author, tmp_path, "姓名 身份证号", ["王砚舟", WANG[:-1] + "3"], ["李芷汐", LI])
    assert (done.counts, level(done, "id-check-digit")) == ({"new": 1, "refused": 1}, "error")
    assert done.codes == [(2, "id-check-digit")]
    assert listed("workers", "name") == [("李芷汐",)]


def test_a_number_repeated_in_the_sheet_refuses_the_later_row(author: Author, tmp_path: Path) -> None:
    rows = [["王砚舟", WANG], ["李芷汐", LI], ["赵嘉树", old_id_number(ZHAO)], ["王砚舟", WANG], ["赵嘉树", ZHAO]]
    done = people(author, tmp_path, "姓名 身份证号", *rows)
    assert (done.counts, done.codes) == ({"new": 3, "refused": 2}, [(5, "id-repeated"), (6, "id-repeated")])
    assert "第 2 行" in done.plan.sheets[0].steps[3].problems[0].text


def test_a_number_that_a_refused_row_holds_is_free_for_a_later_one(author: Author, tmp_path: Path) -> None:
    done = people(author, tmp_path, "姓名 身份证号 手机号", ["", WANG, PHONE], ["王砚舟", WANG, PHONE])
    assert (done.counts, done.codes) == ({"refused": 1, "new": 1}, [(2, "name-missing")])


def test_a_truncated_number_refuses_a_row_without_a_phone_and_is_dropped_from_one_with_it(
    author: Author, tmp_path: Path
) -> None:
    done = people(
        author, tmp_path, "姓名 身份证号 手机号", ["王砚舟", truncated(WANG), None], ["李芷汐", truncated(LI), PHONE]
    )
    assert done.codes == [(2, "id-truncated-alone"), (3, "id-truncated")]
    assert (level(done, "id-truncated-alone"), level(done, "id-truncated")) == ("error", "warning")
    assert listed("workers", "name", "id_number", "phone") == [("李芷汐", None, PHONE)]


def test_numbers_that_a_sheet_keeps_as_numbers_are_read_to_the_last_digit(author: Author, tmp_path: Path) -> None:
    people(author, tmp_path, "姓名 身份证号 手机号", ["赵嘉树", float(old_id_number(ZHAO)), float(PHONE)])
    assert listed("workers", "id_number", "phone") == [(ZHAO, PHONE)]


def test_the_number_supplies_birth_and_sex_and_beats_what_is_written(author: Author, tmp_path: Path) -> None:
    done = people(
        author, tmp_path, "姓名 身份证号 性别 出生日期",
        ["王砚舟", WANG, None, None], ["李芷汐", LI, "男", "1991-02-28"], ["赵嘉树", ZHAO, "男", "1978-11"],
    )  # fmt: skip
    assert done.codes == [(3, "birth-contradicts-id"), (3, "sex-contradicts-id")]
    assert {level(done, code) for _row, code in done.codes} == {"warning"}
    assert listed("workers", "sex", "birth_date") == [("男", "1985-03-07"), ("女", "1990-02-28"), ("男", "1978-11-11")]


def test_a_bad_phone_is_dropped_and_the_row_applied(author: Author, tmp_path: Path) -> None:
    done = people(author, tmp_path, "姓名 身份证号 手机号", ["王砚舟", WANG, "1990000000"])
    assert (done.counts, done.codes) == ({"new": 1}, [(2, "phone-shape")])
    assert listed("workers", "name", "phone") == [("王砚舟", None)]


def test_what_could_not_be_read_erases_nothing(author: Author, tmp_path: Path) -> None:
    people(author, tmp_path, "姓名 身份证号 手机号 民族", ["王砚舟", WANG, PHONE, "汉族"])
    done = people(author, tmp_path, "姓名 身份证号 手机号 民族", ["王砚舟", WANG, "123", "不明"], name="后来")
    assert (done.counts, done.codes) == ({"same": 1}, [(2, "phone-shape"), (2, "choice-unknown")])
    assert listed("workers", "phone", "ethnicity") == [(PHONE, "汉族")]


def test_a_passport_is_not_held_to_the_citizens_rules(author: Author, tmp_path: Path) -> None:
    done = people(author, tmp_path, "姓名 证件类型 证件号码", ["李芷汐", "护照", "E12345678"], ["王砚舟", "身份证", "E12345678"])
    assert (done.counts, done.codes) == ({"new": 1, "refused": 1}, [(3, "id-shape")])


def test_without_a_number_name_and_phone_mean_the_person(author: Author, tmp_path: Path) -> None:
    people(author, tmp_path, "姓名 身份证号 手机号", ["王砚舟", WANG, PHONE])
    done = people(author, tmp_path, "姓名 手机号 学历", ["王砚舟", PHONE, "本科"], ["李芷汐", PHONE, "大专"], name="后来")
    assert done.counts == {"updated": 1, "new": 1}
    assert listed("workers", "name", "id_number", "education") == [("王砚舟", WANG, "本科"), ("李芷汐", None, "大专")]


def test_a_number_learned_later_joins_the_person_known_by_phone(author: Author, tmp_path: Path) -> None:
    people(author, tmp_path, "姓名 手机号", ["王砚舟", PHONE])
    path = workbook(
        tmp_path / "两张.xlsx",
        {
            "甲": [["姓名", "身份证号", "手机号"], ["王砚舟", WANG, PHONE]],
            "乙": [["姓名", "身份证号", "学历"], ["王砚舟", WANG, "本科"]],
        },
    )
    assert imported(author, path).counts == {"updated": 2}
    assert listed("workers", "id_number", "education") == [(WANG, "本科")]


def test_a_phone_learned_in_the_same_import_identifies_from_then_on(author: Author, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "三张.xlsx",
        {
            "甲": [["姓名", "身份证号"], ["王砚舟", WANG]],
            "乙": [["姓名", "身份证号", "手机号"], ["王砚舟", WANG, PHONE]],
            "丙": [["姓名", "手机号", "学历"], ["王砚舟", PHONE, "本科"]],
        },
    )
    assert imported(author, path).counts == {"new": 1, "updated": 2}


def test_another_number_is_another_person_although_name_and_phone_agree(author: Author, tmp_path: Path) -> None:
    people(author, tmp_path, "姓名 身份证号 手机号", ["王砚舟", WANG, PHONE])
    assert people(author, tmp_path, "姓名 身份证号 手机号", ["王砚舟", ZHAO, PHONE], name="后来").counts == {"new": 1}


def test_a_known_number_under_quite_another_name_is_a_question(author: Author, tmp_path: Path) -> None:
    people(author, tmp_path, "姓名 身份证号", ["王砚舟", WANG])
    asked = people(author, tmp_path, "姓名 身份证号", ["李芷汐", WANG], name="错行")
    assert (asked.counts, asked.codes) == ({"conflict": 1}, [(2, "name-contradicts-id")])
    corrected = people(author, tmp_path, "姓名 身份证号", ["王研舟", WANG], name="更正")
    assert corrected.counts == {"updated": 1}
    assert listed("workers", "name") == [("王研舟",)]


@pytest.mark.parametrize("birth", ["1985-03-07", "1985-03"])
def test_name_birth_and_employer_are_only_a_question(author: Author, tmp_path: Path, birth: str) -> None:
    people(author, tmp_path, "姓名 身份证号 工作单位", ["王砚舟", WANG, COMPANY])
    done = people(author, tmp_path, "姓名 出生日期 工作单位 手机号", ["王砚舟", birth, COMPANY, PHONE], name="后来")
    assert (done.counts, level(done, "same-person")) == ({"conflict": 1}, "question")
    assert listed("workers", "phone") == [(None,)]


def test_a_row_with_a_number_asks_when_the_namesake_has_none(author: Author, tmp_path: Path) -> None:
    people(author, tmp_path, "姓名 出生日期 工作单位", ["王砚舟", "1985-03-07", COMPANY])
    done = people(author, tmp_path, "姓名 身份证号 工作单位", ["王砚舟", WANG, COMPANY], name="后来")
    assert (done.counts, level(done, "same-person")) == ({"conflict": 1}, "question")


def test_a_name_alone_never_identifies(author: Author, tmp_path: Path) -> None:
    people(author, tmp_path, "姓名 身份证号 学历", ["王砚舟", WANG, "大专"])
    assert people(author, tmp_path, "姓名 学历", ["王砚舟", "本科"], name="后来").counts == {"new": 1}
    assert listed("workers", "name", "education") == [("王砚舟", "大专"), ("王砚舟", "本科")]


def test_several_people_of_one_name_and_phone_are_a_question(author: Author, tmp_path: Path) -> None:
    people(author, tmp_path, "姓名 身份证号 手机号", ["王砚舟", WANG, PHONE], ["王砚舟", ZHAO, PHONE])
    done = people(author, tmp_path, "姓名 手机号 学历", ["王砚舟", PHONE, "本科"], name="后来")
    assert (done.counts, done.codes) == ({"conflict": 1}, [(2, "several-persons")])


def test_importing_the_same_file_again_changes_nothing(author: Author, tmp_path: Path) -> None:
    rows = [
        ["会员花名册"], [f"填报单位：{COMPANY}工会"], ["姓名", "身份证号", "性别", "手机号", "部门", "入会日期"],
        ["王砚舟", WANG, None, PHONE, None, "2024-05-06"],
        ["李芷汐", None, "女", "19900000002", "车间", "2024年5月"],
        ["赵嘉树", None, "男", None, "库房", None],
    ]  # fmt: skip
    first = imported_rows(author, tmp_path, rows)
    again = imported_rows(author, tmp_path, rows)
    assert (first.counts, again.counts) == ({"new": 3}, {"same": 3})
    assert (again.plan.changes_nothing, again.outcome.batch) == (True, None)


def test_two_people_of_whom_only_the_same_name_is_known_stay_two(author: Author, tmp_path: Path) -> None:
    rows = [["王砚舟", "男"], ["王砚舟", "男"], ["李芷汐", "女"]]
    assert people(author, tmp_path, "姓名 性别", *rows).counts == {"new": 3}
    assert people(author, tmp_path, "姓名 性别", *rows).counts == {"same": 3}


def test_a_row_that_says_nothing_new_in_another_sheet_is_no_second_person(author: Author, tmp_path: Path) -> None:
    rows = [["姓名", "性别"], ["王砚舟", "男"], ["王砚舟", "男"]]
    done = imported(author, workbook(tmp_path / "两张.xlsx", {"甲": rows, "乙": rows}), kind="workers")
    assert done.counts == {"new": 2, "same": 2}


def test_the_same_person_in_another_sheet_or_file_is_told_and_joined(author: Author, tmp_path: Path) -> None:
    one = workbook(tmp_path / "甲.xlsx", {"Sheet1": [["姓名", "身份证号"], ["王砚舟", WANG]]})
    two = workbook(tmp_path / "乙.xlsx", {"Sheet1": [["姓名", "身份证号", "学历"], ["王砚舟", WANG, "本科"]]})
    done = imported(author, one, two)
    assert (done.counts, done.codes) == ({"new": 1, "updated": 1}, [(2, "id-repeated-elsewhere")])


def test_rows_of_one_import_that_contradict_each_other_are_told_and_settle(author: Author, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "矛盾.xlsx",
        {
            "甲": [["姓名", "身份证号", "学历"], ["王砚舟", WANG, "大专"]],
            "乙": [["姓名", "身份证号", "学历"], ["王砚舟", WANG, "本科"]],
        },
    )
    done = imported(author, path)
    assert (2, "contradicts-row") in done.codes
    assert listed("workers", "education") == [("本科",)]
    assert imported(author, path).counts == {"same": 2}


def test_a_contradiction_names_the_other_row_by_sheet_and_of_another_file_by_its_name(author: Author, tmp_path: Path) -> None:
    def told(*files: Path) -> list[str]:
        done = imported(author, *files)
        steps = [step for sheet in done.plan.sheets for step in sheet.steps]
        return [each.text for step in steps for each in step.problems if each.code == "contradicts-row"]

    def roster(name: str, sheets: dict[str, list[tuple[str, str]]]) -> Path:
        head = ["姓名", "身份证号", "学历"]
        rows = {title: [head, *(["王砚舟", *person] for person in people)] for title, people in sheets.items()}
        return workbook(tmp_path / name, rows)

    one = roster("一个文件.xlsx", {"甲": [(WANG, "大专")], "乙": [(WANG, "本科")]})
    assert told(one) == ["与“甲”第 2 行写的不一致，以这一行为准"]
    first = roster("上半年.xlsx", {"Sheet1": [(LI, "大专")]})
    second = roster("下半年.xlsx", {"Sheet1": [(LI, "本科")]})
    assert told(first, second) == ["与“上半年.xlsx › Sheet1”第 2 行写的不一致，以这一行为准"]


def test_a_unit_twice_in_one_sheet_is_told_with_its_row_and_the_last_row_counts(author: Author, tmp_path: Path) -> None:
    rows = [["单位名称", "单位地址", "职工人数"], [COMPANY, "甲路 1 号", 40], ["重庆另一家公司", "丙路", 20], [COMPANY, "乙路 2 号", 40]]
    done = imported_rows(author, tmp_path, rows)
    (step,) = [each for sheet in done.plan.sheets for each in sheet.steps if each.number == 4]
    (told,) = [each.text for each in step.problems if each.code == "contradicts-row"]
    assert told == f"与“{done.plan.sheets[0].sheet}”第 2 行写的不一致，以这一行为准"
    assert (COMPANY, "乙路 2 号") in listed("employers", "name", "address")


def test_who_left_before_joining_again_did_not_join_earlier(author: Author, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["姓名", "手机号码", "所属工会", "入会日期", "会籍变化类型", "会籍变化日期"],
        ["王五", "19900000001", "", "2025", "入会", ""],
        ["王五", "19900000001", "重庆甲公司工会", "2023-01-02", "退会", "2024-05-06"],
    ]
    imported_rows(author, tmp_path, rows)
    assert listed("workers", "membership_state", "join_date") == [("待落会籍", "2023-01-02")]
    assert imported_rows(author, tmp_path, rows).counts == {"same": 2}
    assert listed("workers", "membership_state", "join_date") == [("待落会籍", "2023-01-02")]
