"""Headers that are spelled like ours and mean something else, headers that may be ours, and headers that are not ours at all."""

from pathlib import Path
from typing import Any

import pytest

from importers.columns import mapping
from importers.columns.foreign import FOREIGN
from importers.columns.header import Header
from importers.columns.header_text import normal
from importers.columns.vocabulary import SEQUENCE, tells_apart, words
from importers.rows.decisions import Decisions
from models.journal.writer import Author
from models.records.forms import FORMS
from models.records.membership import MembershipEvent
from tests.aids.speaking import LI, WANG, imported_rows, listed

KEY = ("表.xlsx", "Sheet1")


def guessed(kind: str, *texts: str, rows: list[list[Any]] | None = None) -> mapping.Mapping:
    """The mapping of a sheet whose only header row has these texts."""
    return mapping.guess(Header((1,), texts, ("",) * len(texts), 2), FORMS[kind], rows or [])


@pytest.mark.parametrize("kind", FORMS)
def test_headers_of_other_peoples_lists_stay_unmapped(kind: str) -> None:
    wrong = {
        text: found
        for text in FOREIGN
        if normal(text) not in words(kind) and (found := guessed(kind, text).matches[0].field)
    }
    assert wrong == {}
    assert len(FOREIGN) >= 400


def test_a_header_cut_short_is_ours_where_it_can_mean_nothing_else() -> None:
    assert guessed("workers", "面貌").matches[0].field == "political_status"


@pytest.mark.parametrize("kind", FORMS)
def test_a_foreign_header_is_no_guess_from_its_cells_either(kind: str) -> None:
    rows = [["重庆砚屿机械有限公司工会"], ["重庆禾榉食品有限公司工会"], ["重庆松石餐饮有限公司工会"]]
    for text in ("原工会", "转入工会", "工会户名", "服务单位", "推荐单位"):
        assert guessed(kind, text, rows=rows).matches[0].field is None, text


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *(("workers", text) for text in "入厂时间 入司日期 入职年月 入党时间 入伍日期 入学年月 入园日期 进厂时间 是否会员家属 会籍编号 转正日期".split()),
        *(("employers", text) for text in "参训人数 参赛人数 用餐人数 参会人数 是否需要建会 是否建档 是否入会 是否上市 所属省份 职工代表人数".split()),
        *(("unions", text) for text in "换证日期 发证日期 职工代表人数 新会员数 经审委人数 届满日期 建会方式".split()),
        *(("headcounts", text) for text in "新会员数 参训人数 退会人数 职工代表人数 男会员数 困难会员数 退休职工数 所属省份".split()),
    ],
)  # fmt: skip
def test_one_character_makes_another_word(kind: str, text: str) -> None:
    match = guessed(kind, text).matches[0]
    assert (match.field, match.maybe) == (None, "")


def test_what_tells_two_wordings_apart_is_learnt_from_all_of_them() -> None:
    for one, other in (
        ("入会时间", "入厂时间"),
        ("会员人数", "新会员人数"),
        ("职工人数", "职工代表人数"),
        ("换届日期", "换证日期"),
    ):
        assert tells_apart(normal(one), normal(other)), (one, other)
    assert not tells_apart("入会日期", "入会的日期")


@pytest.mark.parametrize(
    ("kind", "text", "field"),
    [
        ("workers", "何时加入了工会组织", "join_date"),
        ("workers", "批准的入会时间", "join_date"),
        ("headcounts", "工会会员的人数", "member_count"),
        ("unions", "工会主席的任期开始时间", "term_start"),
    ],
)
def test_a_sensitive_field_by_a_near_spelling_is_a_question(kind: str, text: str, field: str) -> None:
    match = guessed(kind, text).matches[0]
    assert (match.field, match.maybe) == (None, field)
    assert guessed(kind, text).unmapped == (text,)


@pytest.mark.parametrize(
    ("kind", "text", "field"),
    [
        ("workers", "入会（入职）时间", "join_date"),
        ("workers", "入会时间/入职时间", "join_date"),
        ("workers", "入会时间（参加工作时间）", "join_date"),
        ("employers", "职工人数（参会）", "staff_count"),
        ("headcounts", "会员人数/参会人数", "member_count"),
    ],
)
def test_a_wording_of_ours_beside_a_foreign_one_in_one_header_is_a_question(kind: str, text: str, field: str) -> None:
    match = guessed(kind, text).matches[0]
    assert (match.field, match.maybe) == (None, field)


@pytest.mark.parametrize(
    ("title", "field", "maybe"),
    [
        ("入会申请表", "join_date", ""),
        ("新就业形态劳动者会员花名册", "join_date", ""),
        ("困难职工帮扶名单", None, "join_date"),
        ("会员困难补助申请花名册", None, "join_date"),
        ("", None, "join_date"),
    ],
)
def test_a_day_of_applying_is_one_of_joining_only_where_joining_is_spoken_of(
    title: str, field: str | None, maybe: str
) -> None:
    texts = ("姓名", "身份证号", "申请时间")
    match = mapping.guess(Header((1,), texts, ("",) * 3, 2, title=title), FORMS["workers"], []).matches[2]
    assert (match.field, match.maybe) == (field, maybe)


def test_a_near_spelling_of_an_identity_number_is_proven_by_its_cells() -> None:
    rows = [[WANG], [LI]]
    assert guessed("workers", "居民的身份证号码", rows=rows).matches[0].field == "id_number"
    assert guessed("workers", "居民的身份证号码", rows=[["甲"], ["乙"]]).matches[0].field is None


def test_the_cells_must_agree_with_a_near_spelling() -> None:
    right, wrong = [["汉族"], ["土家族"]], [["第三批"], ["第四批"]]
    assert guessed("workers", "出身日期", rows=[["1985-03-07"], ["1990.2"]]).matches[0].field == "birth_date"
    assert guessed("workers", "出身日期", rows=wrong).matches[0].field is None
    assert guessed("workers", "政治面帽", rows=right).matches[0].field is None


def test_an_unsure_column_is_asked_and_used_once_a_person_says_so(author: Author, tmp_path: Path) -> None:
    rows = [
        ["姓名", "身份证号", "批准的入会时间", "所在的部门"],
        ["王五", WANG, "2024-05-06", "一车间"],
        ["李四", LI, "", ""],
    ]
    done = imported_rows(author, tmp_path, rows, kind="workers", apply=False)
    told = [
        (step.number, step.action, each.level, each.code, each.column)
        for step in done.plan.sheets[0].steps
        for each in step.problems
    ]
    assert told == [(2, "new", "question", "column-unsure", "join_date")]
    assert MembershipEvent.select().count() == 0
    decided = Decisions().with_mapping(KEY, 2, "join_date")
    assert "column-unsure" not in str(imported_rows(author, tmp_path, rows, kind="workers", decisions=decided).codes)
    assert sorted(listed("workers", "name", "join_date"), key=str) == [("李四", None), ("王五", "2024-05-06")]


def test_a_column_of_unions_under_an_unknown_header_is_asked(author: Author, tmp_path: Path) -> None:
    rows = [
        ["姓名", "身份证号", "归口"],
        ["王五", WANG, "重庆砚屿机械有限公司工会"],
        ["李四", LI, "重庆砚屿机械有限公司工会"],
    ]
    done = imported_rows(author, tmp_path, [["会员花名册"], *rows])
    assert {code for _row, code in done.codes} >= {"column-unsure"}
    assert {row[0] for row in listed("workers", "union")} == {None}


def test_willingness_is_an_attitude_and_no_stage(author: Author, tmp_path: Path) -> None:
    rows = [
        ["企业名称", "职工人数", "是否愿意建会"],
        ["重庆砚屿峻岭有限公司", 31, "是"],
        ["重庆砚屿渝生有限公司", 32, "否"],
    ]
    imported_rows(author, tmp_path, rows)
    assert sorted(listed("employers", "stage", "attitude"), key=str) == [(None, "同意"), (None, "拒绝")]


def test_a_sign_up_list_changes_no_count(author: Author, tmp_path: Path) -> None:
    imported_rows(
        author, tmp_path, [["企业名称", "法定代表人", "职工人数"], ["重庆砚屿峻岭有限公司", "孙渝生", 201]], name="企业"
    )
    rows = [["技能培训报名表"], ["单位名称", "参训人数", "联系人"], ["重庆砚屿峻岭有限公司", 4, "孙渝生"]]
    done = imported_rows(author, tmp_path, rows, name="报名")
    assert done.plan.sheets[0].mapping is None or "参训人数" in done.plan.sheets[0].mapping.unmapped
    assert listed("employers", "staff_count") == [(201,)]


def test_a_sequence_is_no_foreign_header() -> None:
    assert not SEQUENCE & {normal(text) for text in FOREIGN}
