"""Ticks and crosses: in a column of yes and no, and in columns that together are one choice."""

from pathlib import Path
from typing import Any

import pytest

from models.journal.writer import Author
from models.values.signs import tick
from tests.aids.speaking import LI, WANG, imported, imported_rows, listed, workbook

COMPANIES = ["重庆砚屿峻岭有限公司", "重庆砚屿渝生有限公司", "重庆砚屿柏青有限公司"]


@pytest.mark.parametrize(
    ("sign", "stage"),
    [("√", "已建会"), ("✓", "已建会"), ("☑", "已建会"), ("✔️", "已建会"), ("×", "待筹建"), ("✗", "待筹建"), (1, "已建会"), (0, "待筹建"),
     ("1", "已建会"), (True, "已建会"), (False, "待筹建"), ("☑是 □否", "已建会"), ("□是 ☑否", "待筹建"), ("是", "已建会"),
     ("是□ 否☑", "待筹建"), ("是☑ 否□", "已建会"),
     ("Y", "已建会"), ("N", "待筹建")],
)  # fmt: skip
def test_ticks_answer_a_column_of_yes_and_no(author: Author, tmp_path: Path, sign: Any, stage: str) -> None:
    imported_rows(author, tmp_path, [["企业名称", "职工人数", "是否建会"], [COMPANIES[0], 31, sign]])
    assert listed("employers", "stage") == [(stage,)]


def test_a_number_answers_no_column_that_asks_nothing(author: Author, tmp_path: Path) -> None:
    done = imported_rows(author, tmp_path, [["企业名称", "职工人数", "建会阶段"], [COMPANIES[0], 31, 1]])
    assert ([code for _row, code in done.codes], listed("employers", "stage")) == (["choice-unknown"], [(None,)])


def test_a_tick_that_means_nothing_is_told(author: Author, tmp_path: Path) -> None:
    rows = [
        ["工会名称", "工会主席", "上级工会", "工会类型"],
        ["重庆砚屿机械有限公司工会", "赵砚", "小龙坎街道总工会", "√"],
    ]
    assert (2, "choice-unknown") in imported_rows(author, tmp_path, rows).codes


def ticked(folder: Path, head: list[list[Any]], rows: list[list[Any]]) -> Path:
    return workbook(folder / "表.xlsx", {"Sheet1": [*head, *rows]})


@pytest.mark.parametrize("grouped", [True, False])
def test_ticked_columns_are_one_choice(author: Author, tmp_path: Path, grouped: bool) -> None:
    labels = ["已建会", "筹建中", "未建会"]
    head = (
        [["企业名称", "职工人数", "建会情况", None, None], [None, None, *labels]]
        if grouped
        else [["企业名称", "职工人数", *labels]]
    )
    rows = [[COMPANIES[0], 31, "√", None, None], [COMPANIES[1], 32, "×", "√", "×"], [COMPANIES[2], 33, None, None, "✓"]]
    imported(author, ticked(tmp_path, head, rows))
    assert dict(listed("employers", "name", "stage")) == dict(
        zip(COMPANIES, ["已建会", "筹建中", "待筹建"], strict=True)
    )


def test_ticked_columns_of_sex(author: Author, tmp_path: Path) -> None:
    rows = [["姓名", "联系电话", "男", "女"], ["王砚", "19900000001", "√", None], ["李岩", "19900000002", None, "√"]]
    imported_rows(author, tmp_path, rows, kind="workers")
    assert dict(listed("workers", "name", "sex")) == {"王砚": "男", "李岩": "女"}


def test_ticked_columns_of_yes_and_no_under_a_group(author: Author, tmp_path: Path) -> None:
    head = [["姓名", "身份证号", "是否农民工", None], [None, None, "是", "否"]]
    imported(author, ticked(tmp_path, head, [["王五", WANG, "√", None], ["李四", LI, None, "√"]]))
    assert dict(listed("workers", "name", "migrant_worker")) == {"王五": 1, "李四": 0}


def test_two_ticks_of_one_choice_are_asked_and_say_nothing(author: Author, tmp_path: Path) -> None:
    rows = [
        ["企业名称", "职工人数", "已建会", "筹建中", "未建会"],
        [COMPANIES[0], 31, "√", "√", None],
        [COMPANIES[1], 32, None, "√", None],
    ]
    done = imported_rows(author, tmp_path, rows)
    assert (2, "ticked-twice") in done.codes
    assert dict(listed("employers", "name", "stage")) == {COMPANIES[0]: None, COMPANIES[1]: "筹建中"}


@pytest.mark.parametrize(
    ("cell", "means"),
    [
        ("√", True),
        ("✔️", True),
        (1, True),
        ("×", False),
        (0, False),
        (None, False),
        ("", False),
        ("三人", None),
        (12, None),
    ],
)
def test_what_a_cell_of_a_ticked_column_says(cell: Any, means: bool | None) -> None:
    assert tick(cell) is means
