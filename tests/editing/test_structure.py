"""The structure of the unions level by level, and what a union's page says of it at a glance."""

import datetime as dt

from models.editing import endings
from models.editing.count_entry import correct_count, counts_of, enter_count, remove_count
from models.errors import UserError
from models.journal.undo import undo
from models.journal.writer import Author, batch
from models.records.employer import Coverage, Employer
from models.records.headcount import HeadCount
from models.records.union import Union
from models.records.worker import Worker
from models.uid import new_uid
from models.unions.sheet import union_sheet
from models.unions.structure import LEVEL_ROWS, above, level
from tests.aids.merge_cases import member
from tests.aids.speaking import TODAY, last_batch, made


def told(parent: str = "") -> list[tuple[str, int, int]]:
    return [(each.name, each.listed, each.below) for each in level(parent)]


def test_each_level_counts_its_own_members_and_those_below(author: Author) -> None:
    town = made(author, Union, name="甲街道总工会", union_type="乡镇（街道）工会")
    park = made(author, Union, name="乙楼宇联合工会", parent=town)
    firm = made(author, Union, name="丙公司工会", parent=park)
    made(author, HeadCount, subject=firm, subject_kind="工会", member_count=9, as_of="2026-01-01")
    for number, group in enumerate(("一班", "一班", "二班", None)):
        member(author, firm, name=f"职工{number}", union_group=group)
    member(author, park, name="楼长")
    assert told() == [("甲街道总工会", 0, 5)]
    assert told(town) == [("乙楼宇联合工会", 1, 5)]
    (found,) = level(park)
    assert (found.name, found.listed, found.declared, found.branches) == ("丙公司工会", 4, 9, True)
    assert [(each.name, each.listed, each.group) for each in level(firm)] == [("二班", 1, True), ("一班", 2, True)]
    assert [name for _uid, name in above(firm)] == ["甲街道总工会", "乙楼宇联合工会"]


def test_a_level_of_thousands_comes_a_page_at_a_time_and_dissolved_unions_last(author: Author) -> None:
    town = made(author, Union, name="甲街道总工会")
    with batch("edit", author) as writer:
        for number in range(LEVEL_ROWS + 30):
            writer.create(Union, {"uid": new_uid(), "name": f"企业{number:05}工会", "parent": town})
    endings.dissolve_union(Union.get(Union.name == "企业00000工会").uid, TODAY.isoformat(), author, TODAY)
    first, second = level(town), level(town, LEVEL_ROWS)
    assert (len(first), len(second)) == (LEVEL_ROWS, 30)
    assert first[0].name == "企业00001工会"
    assert (second[-1].name, second[-1].dissolved) == ("企业00000工会", True)


def test_listed_members_stand_against_declared_ones_with_day_and_source(author: Author) -> None:
    union = made(author, Union, name="甲公司工会", term_start="2021-12-01", term_years=5)
    firm = made(author, Employer, name="甲公司")
    made(author, Coverage, union=union, employer=firm)
    made(author, Coverage, union=union, employer=made(author, Employer, name="乙公司"))
    made(author, HeadCount, subject=firm, subject_kind="单位", staff_count=40)
    member(author, union, sex="女")
    for day, count in (("2025-06", 30), ("2026-06", 20)):
        enter_count("union", union, {"as_of": day, "source": "工会登记", "member_count": str(count)}, author, TODAY)
    sheet = union_sheet(union, TODAY)
    assert sheet is not None
    assert sheet.declared is not None
    assert (sheet.listed, sheet.women, sheet.declared.members, sheet.declared.as_of, sheet.gap) == (1, 1, 20, "2026-06", 19)
    assert (sheet.term_end, sheet.days_left, sheet.term_state) == (dt.date(2026, 12, 1), 9, "due30")
    assert (sheet.employers, sheet.counted, sheet.staff) == (2, 1, 40)
    assert union_sheet("没有", TODAY) is None


def test_counts_are_entered_put_right_and_taken_back(author: Author) -> None:
    firm = made(author, Employer, name="甲公司")
    enter_count("employer", firm, {"as_of": "2026-03", "source": "税务", "staff_count": "40"}, author, TODAY)
    enter_count("employer", firm, {"as_of": TODAY.isoformat(), "source": "走访", "staff_count": "约35人",
        "women_staff_count": ""}, author, TODAY)
    newest, older = counts_of(firm)
    assert (newest.values["as_of"], newest.values["source"], newest.values["approximate"]) == (TODAY.isoformat(), "走访核实", 1)
    assert (newest.counting, older.counting) == (frozenset({"staff_count"}), frozenset())
    written = {"as_of": "2026-11-20", "source": "走访核实", "staff_count": "36"}
    correct_count(newest.uid, written, author, TODAY)
    changed = counts_of(firm)[0].values
    assert (changed["as_of"], changed["staff_count"], changed["approximate"]) == ("2026-11-20", 36, None)
    assert correct_count(newest.uid, written, author, TODAY) is None
    remove_count(newest.uid, author)
    assert [each.counting for each in counts_of(firm)] == [{"staff_count"}]
    undo(last_batch(), author)
    assert len(counts_of(firm)) == 2


def test_a_count_without_a_number_or_with_an_unreadable_one_is_refused(author: Author) -> None:
    firm = made(author, Employer, name="甲公司")
    refused = []
    for written in ({"as_of": "2026"}, {"staff_count": "许多"}, {"staff_count": "30", "as_of": "不知道"}):
        try:
            enter_count("employer", firm, written, author, TODAY)
        except UserError as error:
            refused.append(str(error))
    assert refused[0] == "请至少填一个人数。"
    assert "职工人数" in refused[1]
    assert "统计日期" in refused[2]
    assert Worker.select().count() + HeadCount.select().count() == 0
