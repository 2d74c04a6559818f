"""Lists of officers: whose posts they are, who is meant, new terms, what is never ended by a list."""

from pathlib import Path
from typing import Any

import pytest

from models.journal.undo import undo
from models.journal.writer import Author
from models.records.officer import Officer
from models.records.union import Union
from models.records.worker import Worker
from tests.aids.case_world import union
from tests.aids.speaking import WANG, Done, imported_rows, last_batch, listed
from tests.figures.test_indicators import person

pytestmark = pytest.mark.usefixtures("register")
NAME = "重庆霁蓝虚构印务有限公司工会"
HEAD = ["姓名", "任职机构", "工会职务", "届次", "任职日期", "产生方式", "批复文号", "联系电话"]
CHAIR = ["赵示例", "工会委员会", "主席", "第二届", "2024-05-01", "会员大会", "沙工发〔2024〕9号", "19900000003"]


def read(author: Author, folder: Path, *rows: list[Any], head: list[str] | None = None, title: str = f"{NAME}委员名单",
    **options: Any) -> Done:
    return imported_rows(author, folder, [[title], head or HEAD, *rows], **options)


def posts(*names: str) -> list[tuple[Any, ...]]:
    return listed("officers", *(names or ("name", "body", "post", "since", "until")))


def test_a_list_is_recognised_and_belongs_to_the_union_of_its_title(author: Author, tmp_path: Path) -> None:
    union(author, NAME)
    done = read(author, tmp_path, CHAIR, ["钱示例", "经审委", "主任", "第二届", "2024-05-01", "会员大会", None, None])
    assert [sheet.kind for sheet in done.plan.sheets] == ["officers"]
    assert (done.counts, posts()) == ({"new": 2}, [
        ("赵示例", "工会委员会", "主席", "2024-05-01", None), ("钱示例", "经费审查委员会", "经审主任", "2024-05-01", None),
    ])  # fmt: skip
    assert listed("officers", "union", "elected_by", "number", "phone")[0] == (
        NAME, "会员大会", "沙工发〔2024〕9号", "19900000003",
    )  # fmt: skip
    assert read(author, tmp_path, CHAIR, name="再来").counts == {"same": 1}
    undo(last_batch(), author)
    assert posts() == []


@pytest.mark.parametrize(
    ("title", "post", "kept"),
    [
        (f"{NAME}女职工委员会委员名单", "主任", ("女职工委员会", "女职工主任")),
        (f"{NAME}经费审查委员会委员名册", "委员", ("经费审查委员会", "经审委员")),
        (f"{NAME}会员代表名单", None, ("会员代表大会", "代表")),
        (f"{NAME}干部名单", "女工委主任", ("女职工委员会", "女职工主任")),
        (f"{NAME}干部名单", "工会主席", ("工会委员会", "主席")),
    ],
)
def test_body_and_post_say_each_other(author: Author, tmp_path: Path, title: str, post: str | None, kept: tuple[str,
    str]) -> None:
    union(author, NAME)
    read(author, tmp_path, ["赵示例", post, "2024-05-01"], head=["姓名", "工会职务", "任职日期"], title=title, kind="officers")
    assert posts("body", "post") == [kept]


def test_who_is_in_the_unions_list_is_linked_and_told(author: Author, tmp_path: Path) -> None:
    own, other = union(author, NAME), union(author, "别的工会")
    member = person(author, ("入会", own, "2020"), name="赵示例")
    person(author, ("入会", other, "2020"), name="钱示例")
    for _twice in range(2):
        person(author, ("入会", own, "2020"), name="孙示例")
    rows = [[name, "工会委员会", "委员"] for name in ("赵示例", "钱示例", "孙示例")]
    done = read(author, tmp_path, *rows, head=["姓名", "任职机构", "工会职务"])
    assert {row.name: row.worker for row in Officer.select()} == {"赵示例": member, "钱示例": None, "孙示例": None}
    assert done.codes == [(3, "officer-linked"), (5, "officer-several")]


def test_a_number_tells_the_person(author: Author, tmp_path: Path) -> None:
    own = union(author, NAME)
    member = person(author, ("入会", own, "2020"), name="赵示例", id_number=WANG)
    read(author, tmp_path, ["赵示例", WANG, "主席"], head=["姓名", "身份证号", "工会职务"])
    assert [row.worker for row in Officer.select()] == [member]


def test_a_later_day_is_a_new_term_and_an_earlier_one_changes_nothing(author: Author, tmp_path: Path) -> None:
    union(author, NAME)
    read(author, tmp_path, [*CHAIR[:3], "第一届", "2019-05", *CHAIR[5:]], name="第一届")
    done = read(author, tmp_path, CHAIR, name="第二届")
    assert done.codes == [(3, "officer-reelected")]
    assert posts("term", "since", "until", "until_because") == [
        ("第一届", "2019-05", "2024-05-01", "换届连任"), ("第二届", "2024-05-01", None, None),
    ]  # fmt: skip
    again = read(author, tmp_path, [*CHAIR[:3], "第一届", "2019-05", *CHAIR[5:]], name="旧表")
    assert (again.counts, again.codes) == ({"same": 1}, [(3, "officer-earlier")])


def test_nobody_is_ended_by_missing_from_a_list_but_by_a_day(author: Author, tmp_path: Path) -> None:
    union(author, NAME)
    read(author, tmp_path, CHAIR, ["钱示例", "工会委员会", "委员", None, "2024-05-01"])
    read(author, tmp_path, CHAIR, name="只有主席")
    assert [until for (until,) in posts("until")] == [None, None]
    read(author, tmp_path, ["钱示例", "委员", "2026-03-01", "调离"], head=["姓名", "工会职务", "离任日期", "离任原因"], name="离任")
    assert posts("name", "until", "until_because") == [("赵示例", None, None), ("钱示例", "2026-03-01", "调离")]
    done = read(author, tmp_path, ["钱示例", "委员"], head=["姓名", "工会职务"], name="没写日期")
    assert (done.counts, done.codes) == ({"same": 1}, [(3, "officer-gone")])


def test_what_cannot_be_is_refused_with_a_sentence(author: Author, tmp_path: Path) -> None:
    union(author, NAME)
    rows: list[list[Any]] = [
        [None, "主席", "2024-05-01", None], ["赵示例", "主席", "2030-01-01", None], ["钱示例", "委员", "2024-05-01", "2023-01-01"],
    ]  # fmt: skip
    done = read(author, tmp_path, *rows, head=["姓名", "工会职务", "任职日期", "离任日期"])
    assert done.counts == {"refused": 3}
    assert [code for _row, code in done.codes] == ["officer-name-missing", "day-future", "officer-left-before"]
    alone = read(author, tmp_path, ["赵示例", "主席"], head=["姓名", "工会职务"], title="名单", name="名单", kind="officers")
    assert [code for _row, code in alone.codes] == ["officer-union-missing"]


def test_the_union_of_a_column_or_of_the_firm_that_files(author: Author, tmp_path: Path) -> None:
    read(author, tmp_path, ["甲公司工会", "赵示例", "主席"], head=["工会名称", "姓名", "工会职务"], title="工会干部名单")
    assert (posts("union", "name"), [row.verified for row in Union.select()]) == ([("甲公司工会", "赵示例")], [0])
    assert Worker.select().count() == 0
