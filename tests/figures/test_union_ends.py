"""A union ends by one function, whoever calls it: nobody stays on the books of one that is no more without being told."""

from pathlib import Path

import pytest

from importers.rows.decisions import Decisions
from models.drive.list import drive
from models.editing import editing
from models.editing.bulk import set_field
from models.editing.coverages import coverages_of
from models.editing.endings import dissolve_union
from models.errors import UserError
from models.figures.counts import count
from models.figures.facts import Period, Scope
from models.journal.undo import undo
from models.journal.writer import Author
from models.records.drive_case import DriveCase
from models.records.headcount import HeadCount
from models.records.region import load_index
from models.records.union import Union
from models.rules.rules import findings
from tests.aids.case_world import cover, edit, employer, reconciled, union, values
from tests.aids.merge_cases import contents
from tests.aids.speaking import TODAY, imported, last_batch, listed, workbook
from tests.aids.terminal import Commands, commands
from tests.figures.test_indicators import person

NAME = "重庆霁蓝虚构印务有限公司工会"


@pytest.fixture
def own(author: Author) -> str:
    """A union with two members and an employer of 30, below the street's."""
    above = union(author, "小龙坎街道总工会", union_type="乡镇（街道）工会")
    uid = union(author, NAME, parent=above, founding_date="2020-03-04")
    cover(author, uid, employer(author, founding_date="2019-01-02"))
    for name in ("王砚舟", "李清和"):
        person(author, ("入会", uid, "2021-01-01"), name=name)
    reconciled(author)
    return uid


def states() -> set[tuple[str, str]]:
    return set(listed("workers", "membership_state", "union"))


def spoken() -> list[str]:
    return [each.text for each in findings(TODAY, load_index(TODAY), rules=["R19"])]


def sheet(folder: Path, state: str | None = "撤销", day: str | None = "2026-05-01") -> Path:
    return workbook(folder / "工会.xlsx", {"Sheet1": [["工会名称", "工会状态", "撤销日期"], [NAME, state, day]]})


def test_the_window_asks_where_members_go(own: str, author: Author) -> None:
    before = contents()
    with pytest.raises(UserError, match="还有 2 名会员"):
        dissolve_union(own, "2026-05-01", author, TODAY)
    dissolve_union(own, "2026-05-01", author, TODAY, "retain")
    assert states() == {("保留", "小龙坎街道总工会")}
    assert count("members", Scope(), Period(TODAY, TODAY)).value == 0
    assert (undo(last_batch(), author).kept, contents()) == ([], before)
    dissolve_union(own, "2026-05-01", author, TODAY, "leave")
    assert {state for state, _union in states()} == {"转出"}


def test_members_cannot_be_kept_where_nothing_is(own: str, author: Author) -> None:
    edit(author, Union, own, parent=None)
    with pytest.raises(UserError, match="没有填上级工会"):
        dissolve_union(own, "2026-05-01", author, TODAY, "retain")


def test_an_imported_end_is_a_question_while_there_are_members(own: str, author: Author, tmp_path: Path) -> None:
    path = sheet(tmp_path)
    done = imported(author, path, kind="unions")
    assert (done.counts, done.codes) == ({"conflict": 1}, [(2, "union-ended-with-members")])
    assert values(Union, own)["dissolved_on"] is None
    for answer, left in (("retain", {("保留", "小龙坎街道总工会")}), ("move-out", {("转出", None)})):
        decided = Decisions(rows={("工会.xlsx", "Sheet1"): {2: answer}})
        answered = imported(author, path, kind="unions", decisions=decided)
        assert (answered.counts, states()) == ({"updated": 1}, left)
        assert [each.until for each in coverages_of(own)] == ["2026-05-01"]
        assert imported(author, path, kind="unions").counts == {"same": 1}
        assert answered.outcome.batch is not None
        undo(answered.outcome.batch, author)


def test_a_skipped_end_writes_nothing_and_an_answered_one_its_count_once(own: str, author: Author, tmp_path: Path) -> None:
    rows = [["工会名称", "工会状态", "撤销日期", "会员人数"], [NAME, "撤销", "2026-05-01", "约40"]]
    path, before = workbook(tmp_path / "工会.xlsx", {"Sheet1": rows}), contents()
    skipped = imported(author, path, kind="unions", decisions=Decisions(rows={("工会.xlsx", "Sheet1"): {2: "skip"}}))
    assert (skipped.counts, contents()) == ({"skipped": 1}, before)
    decided = Decisions(rows={("工会.xlsx", "Sheet1"): {2: "move-out"}})
    assert imported(author, path, kind="unions", decisions=decided).counts == {"updated": 1}
    told = [(each.member_count, each.approximate) for each in HeadCount.select().where(HeadCount.subject == own)]
    assert (told, states()) == ([(40, 1)], {("转出", None)})
    assert imported(author, path, kind="unions").counts == {"same": 1}


def test_the_case_opens_again_and_the_dissolved_union_is_no_candidate(own: str, author: Author, tmp_path: Path) -> None:
    decided = Decisions(rows={("工会.xlsx", "Sheet1"): {2: "move-out"}})
    imported(author, sheet(tmp_path), kind="unions", decisions=decided)
    reconciled(author)
    (row,) = drive(25, load_index(TODAY)).on_list
    assert (row.candidates, row.suspected) == ((), False)
    (case,) = DriveCase.select()
    assert case.closed_on is None


def test_a_form_or_a_field_of_many_ends_what_it_covers_and_refuses_members(own: str, author: Author) -> None:
    known = editing.held("union", own)
    said = editing.understand("union", {"state": "撤销", "dissolved_on": "2026-05-01"}, known, TODAY, load_index(TODAY))
    with pytest.raises(UserError, match="还有 2 名会员"):
        editing.save("union", known, said, author)
    with pytest.raises(UserError, match="还有 2 名会员"):
        set_field("union", [own], "state", "撤销", author, TODAY, load_index(TODAY))
    alone = union(author, "乙公司工会")
    cover(author, alone, employer(author, "重庆乙虚构商贸有限公司", 40))
    assert set_field("union", [alone], "state", "撤销", author, TODAY, load_index(TODAY)).changed == 1
    assert [each.until for each in coverages_of(alone)] != [None]


def test_a_rule_speaks_of_members_that_were_left_behind(own: str, author: Author) -> None:
    assert spoken() == []
    edit(author, Union, own, state="撤销", dissolved_on="2026-05-01")
    assert spoken() == ["工会已经撤销，还有 2 名会员的会籍在这里"]


def test_the_command_line_ends_it_by_the_same_function(
    tmp_path: Path, empty_register: object, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    run: Commands = commands(tmp_path / "data", empty_register, monkeypatch, capfd)  # type: ignore[arg-type]
    rows = [["姓名", "电话", "所属工会", "入会日期"], ["王砚舟", "19900000001", NAME, "2021-01-01"]]
    run.told("import", workbook(tmp_path / "名册.xlsx", {"Sheet1": rows}))
    assert "还有 1 名会员" in run.refused("dissolve", NAME, "--date", "2026-05-01")
    assert run.told("dissolve", NAME, "--date", "2026-05-01", "--members", "leave")["members"] == 1
    assert run.told("list", "workers")["workers"][0]["membership_state"] == "转出"
