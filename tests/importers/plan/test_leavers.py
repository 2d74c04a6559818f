"""Whoever is told to have left becomes no member by a list, and a member does not leave by a word: the row is asked about."""

from pathlib import Path
from typing import Any

import pytest

from importers.rows.decided_json import from_json
from importers.rows.decisions import Decisions, to_json
from importers.rows.leaving import left
from models.journal.writer import Author
from tests.aids.speaking import LI, WANG, ZHAO, Done, imported_rows, listed

KEY = ("表.xlsx", "Sheet1")
UNION = "重庆砚屿机械有限公司工会"
BY = [f"填报单位：{UNION}"]


def roster(author: Author, folder: Path, title: str, head: list[str], *people: list[Any], **options: Any) -> Done:
    return imported_rows(author, folder, [[title], BY, head, *people], **options)


def states() -> list[tuple[Any, ...]]:
    """(name, state, day of change) of everybody."""
    return sorted(listed("workers", "name", "membership_state", "change_date"), key=str)


def test_a_day_of_leaving_is_a_leaving_on_that_day(author: Author, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "退会时间", "退会原因"]
    done = roster(
        author,
        tmp_path,
        "工会退会会员名册",
        head,
        ["王五", WANG, "2026-03-01", "离职"],
        ["李四", LI, "2026-03", "离职"],
    )
    assert done.counts == {"new": 2}
    assert states() == [("李四", "退会", "2026-03"), ("王五", "退会", "2026-03-01")]


def test_a_day_of_leaving_beside_a_day_of_joining_ends_the_membership(author: Author, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "入会时间", "退会时间"]
    roster(
        author,
        tmp_path,
        "会员花名册",
        head,
        ["王五", WANG, "2020-05-01", None],
        ["李四", LI, "2020-05-01", "2026-03-01"],
    )
    assert states() == [("李四", "退会", "2026-03-01"), ("王五", "在册", "2020-05-01")]


@pytest.mark.parametrize(
    "title",
    [
        "离职会员名单", "退休人员会员名册", "2026年调出会员花名册", "退会会员名册", "会员入会、退会名单", "会员减少名册", "会员信息核减表", "2025年会员退出登记表",
        "会员迁出名册", "不在岗会员名册", "历史会员名册", "原会员名单", "劳动合同终止会员名单", "取消会员资格名单", "会员变动（减少）名册", "空挂会员名单",
    ],
)  # fmt: skip
def test_a_list_of_leavers_that_says_no_more_is_asked_row_by_row(author: Author, tmp_path: Path, title: str) -> None:
    done = roster(author, tmp_path, title, ["姓名", "身份证号", "联系电话"], ["王五", WANG, "19900000001"])
    assert (done.counts, [code for _row, code in done.codes if code != "union-created"]) == (
        {"conflict": 1},
        ["list-of-leavers"],
    )
    assert states() == []


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("就业状况", "离职"), ("在职状态", "已离职"), ("是否离职", "是"), ("是否在职", "否"), ("离职时间", "2025-03-01"),
        ("退休时间", "2024-01-31"), ("状态", "离职"), ("工作状态", "已离职"), ("当前状态", "不在职"), ("人员类别", "离职人员"), ("变动情况", "减少"), ("异动", "退会"),
        ("去向", "离职"), ("账号状态", "已注销"), ("用工状态", "终止"), ("在岗状态", "不在岗"), ("在职", "×"), ("是否有效", "否"), ("在册情况", "不在册"), ("解约时间",
        "2025-03"),
        ("离站时间", "2025-03-01"), ("退出时间", "2025-03-01"), ("停保时间", "2025-03"),
        ("注销时间", "2025-03"), ("会员类型", "退休会员"), ("班组", "离职人员"), ("备注", "不干了"),
        ("备注", "2025年3月走了"), ("会员状态", "离职待转"), ("会籍变化类型", "到龄"), ("离职原因", "个人原因"), ("备注", "2025年3月离职"), ("备注", "已调出到区外"),
    ],
)  # fmt: skip
def test_a_column_that_tells_of_leaving_asks_about_a_member(
    author: Author, tmp_path: Path, header: str, cell: str
) -> None:
    head = ["姓名", "身份证号", "入会时间", header]
    done = roster(
        author, tmp_path, "会员花名册", head, ["王五", WANG, "2020-05-01", cell], ["李四", LI, "2020-05-01", None]
    )
    asked = [(step.number, step.action) for step in done.plan.sheets[0].steps]
    assert asked == [(4, "conflict"), (5, "new")]
    assert (4, "left-or-member") in done.codes
    assert states() == [("李四", "在册", "2020-05-01")]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        *((header, "2025-03-01") for header in (
            "停用时间", "封号时间", "账号停用日期", "退出平台时间", "下线时间", "解绑时间", "退站日期", "离网时间", "停职时间", "冻结时间", "失效日期",
            "离队时间", "终止日期", "退平台日期", "销号时间", "淘汰时间", "停止合作时间", "撤站时间", "最后工作日", "转会时间", "不再从业时间",
        )),
        ("是否停用", "是"), ("是否已注销", "√"), ("是否封号", "1"), ("账号注销", "2025-03-01"), ("停用", "是"), ("是否正常接单", "否"), ("是否启用", "否"),
    ],
)  # fmt: skip
def test_whatever_ended_on_a_day_is_a_reason_to_ask(author: Author, tmp_path: Path, header: str, cell: str) -> None:
    head = ["姓名", "身份证号", "联系电话", header]
    done = imported_rows(
        author, tmp_path, [["蜂雀外卖骑手会员花名册"], head, ["王五", WANG, "19900000001", cell], ["李四", LI, "19900000002", None]]
    )
    assert [step.action for step in done.plan.sheets[0].steps] == ["conflict", "new"]
    assert (3, "left-or-member") in done.codes


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("是否退役", "是"), ("退伍时间", "2015-12-01"), ("证件失效日期", "2025-03-01"), ("健康证终止日期", "2025-03-01"), ("最后接单日期", "2026-03-01"),
        ("是否停用", "否"), ("停用时间", "2035-01-01"), ("停车日期", "2025-03-01"), ("是否启用", "是"), ("离异时间", "2020-01-01"),
        ("退押金时间", "2025-01-01"),
    ],
)  # fmt: skip
def test_what_ended_for_a_thing_asks_nothing(author: Author, tmp_path: Path, header: str, cell: str) -> None:
    done = imported_rows(author, tmp_path, [["骑手会员花名册"], ["姓名", "身份证号", header], ["王五", WANG, cell]])
    assert done.counts == {"new": 1}


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("是否离职", "否"),
        ("是否在职", "是"),
        ("离职时间", None),
        ("退休时间", "2035-01-31"),
        ("备注", "未离职"),
        ("备注", "退休返聘"),
        ("就业状况", "在职"),
        ("状态", "正常"),
        ("变动情况", "新增"),
        ("备注", "退出现役"),
        ("原单位离职情况", "已离职"),
        ("岗位", "离退休服务"),
        ("在职", "√"),
        ("人员类别", "退役军人"),
    ],
)
def test_what_tells_of_staying_asks_nothing(author: Author, tmp_path: Path, header: str, cell: str | None) -> None:
    done = roster(
        author, tmp_path, "会员花名册", ["姓名", "身份证号", "入会时间", header], ["王五", WANG, "2020-05-01", cell]
    )
    assert done.counts == {"new": 1}
    assert states() == [("王五", "在册", "2020-05-01")]


@pytest.mark.parametrize(("answer", "state"), [("join", "在册"), ("leave", "退会"), ("keep", "未入会"), ("skip", None)])
def test_a_person_answers_whether_they_are_members(
    author: Author, tmp_path: Path, answer: str, state: str | None
) -> None:
    decided = from_json(to_json(Decisions().with_rows(KEY, (4,), answer)))
    head = ["姓名", "身份证号", "入会时间", "就业状况"]
    roster(author, tmp_path, "会员花名册", head, ["王五", WANG, "2020-05-01", "离职"], decisions=decided)
    assert [row[1] for row in states()] == ([state] if state else [])


def test_a_member_of_the_register_does_not_leave_by_a_word(author: Author, tmp_path: Path) -> None:
    roster(author, tmp_path, "会员花名册", ["姓名", "身份证号", "入会时间"], ["王五", WANG, "2020-05-01"])
    done = imported_rows(
        author,
        tmp_path,
        [["员工信息表"], ["姓名", "身份证号", "在职状态"], ["王五", WANG, "离职"], ["赵七", ZHAO, "离职"]],
    )
    assert done.counts == {"conflict": 1, "new": 1}
    assert [(row[0], row[1]) for row in states()] == [("王五", "在册"), ("赵七", "未入会")]


def test_yes_and_no_to_membership_are_read(author: Author, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "是否工会会员"]
    roster(author, tmp_path, "职工信息表", head, ["王五", WANG, "是"], ["李四", LI, "×"], ["赵七", ZHAO, 1])
    assert [(row[0], row[1]) for row in states()] == [("李四", "未入会"), ("王五", "在册"), ("赵七", "在册")]
    assert {row[0] for row in listed("workers", "delegate")} == {None}


def test_no_member_with_a_day_of_joining_is_asked(author: Author, tmp_path: Path) -> None:
    done = roster(
        author, tmp_path, "职工信息表", ["姓名", "身份证号", "是否会员", "入会时间"], ["王五", WANG, "否", "2020-05-01"]
    )
    assert (done.counts, [code for _row, code in done.codes][-1]) == ({"conflict": 1}, "state-or-date")


@pytest.mark.parametrize(
    "title", ["拟发展会员花名册", "未入会职工名册", "会员家属信息名册", "非会员名单", "待入会人员（会员）名册"]
)
def test_lists_of_other_people_than_members_make_none(author: Author, tmp_path: Path, title: str) -> None:
    roster(author, tmp_path, title, ["姓名", "身份证号", "联系电话"], ["王五", WANG, "19900000001"])
    assert [(row[0], row[1]) for row in states()] == [("王五", "未入会")]


def test_a_union_for_every_person_is_told_when_it_makes_nobody_a_member(author: Author, tmp_path: Path) -> None:
    rows = [["姓名", "身份证号", "所属工会"], ["王五", WANG, UNION], ["李四", LI, UNION]]
    done = imported_rows(author, tmp_path, rows)
    assert [each for each in done.codes if each[1] != "union-created"] == [(2, "union-not-used"), (3, "union-not-used")]
    assert {row[1] for row in states()} == {"未入会"}
    assert listed("unions", "name") == []
    all_members = Decisions().with_default(KEY, "membership_state", "在册")
    assert "union-not-used" not in str(imported_rows(author, tmp_path, rows, decisions=all_members).codes)
    assert set(listed("workers", "membership_state", "union")) == {("在册", UNION)}
    assert "union-not-used" not in str(imported_rows(author, tmp_path, rows).codes)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("2025年3月离职", "离职"),
        ("已调离", "调离"),
        ("未离职", ""),
        ("离退休工作处", ""),
        ("内退", ""),
        ("离岗退养", ""),
        ("", ""),
        ("退休返聘", ""),
    ],
)
def test_words_of_leaving(text: str, word: str) -> None:
    assert left(text) == word


def test_a_line_between_the_rows_that_tells_of_leaving_speaks_of_those_below_it(author: Author, tmp_path: Path) -> None:
    head = ["序号", "姓名", "身份证号", "入会时间"]
    for line in (["以下人员已离职"], [None, "离职人员："], ["二、减少"], ["减少会员（1人）"], ["已退会人员名单"]):
        folder = tmp_path / str(line[-1])[:2]
        done = roster(
            author, folder, "会员花名册", head, [1, "王五", WANG, "2020-05-01"], line, [2, "李四", LI, "2020-05-01"], apply=False
        )
        assert [(step.number, step.action) for step in done.plan.sheets[0].steps] == [(4, "new"), (6, "conflict")], line


def test_a_line_that_tells_of_leaving_ends_with_the_next_one(author: Author, tmp_path: Path) -> None:
    head = ["序号", "姓名", "身份证号", "入会时间"]
    done = roster(
        author, tmp_path, "会员花名册", head, ["减少"], [1, "王五", WANG, "2020-05-01"], ["增加"], [2, "李四", LI, "2020-05-01"]
    )
    assert [step.action for step in done.plan.sheets[0].steps] == ["conflict", "new"]


def test_a_line_that_tells_of_those_above_it_asks_about_them(author: Author, tmp_path: Path) -> None:
    head = ["序号", "姓名", "身份证号", "入会时间"]
    done = roster(
        author, tmp_path, "会员花名册", head,
        [1, "王五", WANG, "2020-05-01"], ["以上人员已离职"], [2, "李四", LI, "2020-05-01"],
    )  # fmt: skip
    assert [step.action for step in done.plan.sheets[0].steps] == ["conflict", "new"]


def test_a_remark_about_one_person_says_nothing_of_the_rows_below(author: Author, tmp_path: Path) -> None:
    head = ["序号", "姓名", "身份证号", "入会时间"]
    done = roster(
        author, tmp_path, "会员花名册", head,
        [1, "王五", WANG, "2020-05-01"], ["注：钱七已离职，未列入"], [2, "李四", LI, "2020-05-01"],
    )  # fmt: skip
    assert done.counts == {"new": 2}


def test_a_day_of_some_change_is_asked_where_nothing_speaks_of_membership(author: Author, tmp_path: Path) -> None:
    rows = [["姓名", "身份证号", "所属工会", "变动时间"], ["王五", WANG, UNION, "2024-05-06"]]
    done = imported_rows(author, tmp_path, rows)
    assert (2, "column-unsure") in done.codes
    assert states() == [("王五", "未入会", None)]


@pytest.mark.parametrize("header", ["会籍变动日期", "会籍变化时间"])
def test_a_day_of_change_that_does_not_say_which_change_makes_nobody_a_member(
    author: Author, tmp_path: Path, header: str
) -> None:
    done = imported_rows(author, tmp_path, [["姓名", "身份证号", header], ["王五", WANG, "2024-05-06"]])
    assert (2, "change-unsaid") in done.codes
    assert states() == [("王五", "未入会", None)]


def test_a_member_does_not_join_on_the_day_of_some_other_change(author: Author, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "变动时间"]
    done = roster(author, tmp_path, "会员花名册", head, ["王五", WANG, "2024-05-06"])
    assert (4, "change-unsaid") in done.codes
    assert listed("workers", "membership_state", "join_date") == [("在册", None)]
