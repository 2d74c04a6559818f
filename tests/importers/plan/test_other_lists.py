"""Lists that look like those of members, employers or counts and speak of others: the closed, newcomers alone, relatives."""

from pathlib import Path
from typing import Any

import pytest

from importers.rows.decisions import Decisions
from models.journal.writer import Author
from tests.aids.speaking import LI, WANG, imported_rows, listed
from tests.importers.sheets import CODES, FIRMS, IDS, PEOPLE, fields, one, unused

KEY = ("表.xlsx", "Sheet1")


@pytest.mark.parametrize("title", ["2025年注销企业名单", "已吊销企业清单", "破产企业一览表"])
def test_a_list_of_closed_firms_is_asked_unless_it_says_their_state(author: Author, tmp_path: Path, title: str) -> None:
    rows: list[list[Any]] = [[title], ["企业名称", "统一社会信用代码", "职工人数"], [FIRMS[0], CODES[0], 30], [FIRMS[1], CODES[1], 31]]
    done = imported_rows(author, tmp_path, rows)
    assert (done.counts, {code for _row, code in done.codes}) == ({"conflict": 2}, {"list-of-closed"})
    answered = Decisions().with_default(KEY, "operating", "注销")
    assert imported_rows(author, tmp_path / "again", rows, decisions=answered).counts == {"new": 2}


@pytest.mark.parametrize("title", ["拟撤销企业名单", "非公企业名单", "2026年拟建会企业名单", "撤销处分通报企业名单"])
def test_other_lists_of_firms_are_not_asked(author: Author, tmp_path: Path, title: str) -> None:
    rows = [[title], ["企业名称", "统一社会信用代码", "法定代表人"], [FIRMS[0], CODES[0], "王五"]]
    assert imported_rows(author, tmp_path, rows).counts == {"new": 1}


def test_a_dissolved_union_without_its_day_is_asked(author: Author, tmp_path: Path) -> None:
    head = ["工会名称", "撤销时间", "工会主席"]
    rows = [["2025年撤销工会名单"], head, [f"{FIRMS[0]}工会", "2025-05-01", "王五"], [f"{FIRMS[1]}工会", None, "李四"]]
    assert imported_rows(author, tmp_path, rows).counts == {"new": 1, "conflict": 1}


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("title", ["2026年5月新增会员统计表", "2027年预计会员人数", "会员增减情况表"])
def test_a_count_under_a_title_of_newcomers_may_be_of_these_alone(title: str) -> None:
    seen = one([title], ["工会名称", "会员人数", "会员总数"], [f"{FIRMS[0]}工会", 5, 30])
    assert fields(seen) == {"工会名称": "name", "会员总数": "member_count"}
    alone = one([title], ["工会名称", "人数"], [f"{FIRMS[0]}工会", 5])
    assert [each.header for each in alone.mapping.asked] == ["人数"]  # type: ignore[union-attr]


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("relative", ["子女姓名", "配偶", "监护人姓名", "家属姓名"])
def test_a_number_beside_a_relative_is_the_relatives(relative: str) -> None:
    seen = one([relative, "性别", "身份证号", "会员姓名", "会员手机"], ["王小五", "男", IDS[0], PEOPLE[1], "19900000001"])
    assert "身份证号" in unused(seen)
    own = one(["姓名", "身份证号", relative, "身份证号"], [PEOPLE[0], IDS[0], PEOPLE[1], IDS[1]])
    assert [row.value("id_number") for row in own.rows] == [IDS[0]]


@pytest.mark.parametrize("title", ["会员活动签到表", "会员服务中心人员名单", "会员权益领取登记表"])
def test_who_takes_part_in_something_for_members_is_none_thereby(author: Author, tmp_path: Path, title: str) -> None:
    imported_rows(author, tmp_path, [[title], ["姓名", "身份证号", "联系电话"], ["王五", WANG, "19900000001"]])
    assert listed("workers", "membership_state") == [("未入会",)]


@pytest.mark.parametrize(("header", "cell"), [("会员身份", "原会员"), ("会员身份", "预备会员"), ("接单状态", "封禁"), ("账号状态", "冻结")])
def test_a_state_that_is_over_is_asked(author: Author, tmp_path: Path, header: str, cell: str) -> None:
    rows = [["姓名", "身份证号", "入会时间", header], ["王五", WANG, "2020-05-01", cell], ["李四", LI, "2020-05-01", "正常"]]
    assert imported_rows(author, tmp_path, rows).counts == {"conflict": 1, "new": 1}
