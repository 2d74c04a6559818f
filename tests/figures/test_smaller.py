"""Smaller things that were told wrongly: words, tenths of people, papers, visits, rosters, sums of targets."""



from models.drive.visits import visits
from models.figures.facts import Scope
from models.figures.progress import progress
from models.figures.targets import set_target, sums_beside
from models.journal.writer import Author
from models.records.drive_case import DriveCase
from models.records.headcount import HeadCount
from models.records.region import load_index
from models.rules.rules import findings
from tests.aids.case_world import case, count, employer, file, reconciled, union, values
from tests.aids.case_world import edit as edited
from tests.aids.speaking import TODAY
from tests.aids.terminal import Commands
from tests.figures.test_indicators import made, person, place


def test_the_plan_knows_no_tenths_of_people(register: object, author: Author) -> None:
    set_target(2026, "new_members", 1000, author, load_index(TODAY))
    (each,) = progress(2026, TODAY)
    assert (each.plan, each.lag, each.forecast) == (893, 893, 0)
    assert isinstance(each.plan, int)


def test_an_approval_whose_number_is_given_is_not_missing(register: object, author: Author) -> None:
    uid = employer(author)
    held = case(author, uid)
    edited(author, DriveCase, held, stage="筹建中")
    assert "同意筹建的批复" in [each.name for each in file(uid).missing_papers]
    edited(author, DriveCase, held, preparation_number="沙工筹〔2026〕3号")
    assert "同意筹建的批复" not in [each.name for each in file(uid).missing_papers]
    assert [each.number for each in file(uid).papers if each.name == "同意筹建的批复"] == ["沙工筹〔2026〕3号"]


def test_the_visits_are_to_employers_of_the_list(register: object, author: Author) -> None:
    there, small = employer(author, "甲公司", 30), employer(author, "乙公司", 30)
    reconciled(author)
    count(author, small, 4, day="2026-11-01")
    assert values(DriveCase, DriveCase.get(DriveCase.employer == small).uid)["closed_on"] is None
    assert [each.employer for each in visits(TODAY, load_index(TODAY), everything=True)] == [there]


def test_without_a_roster_the_gap_is_not_known(register: object, author: Author) -> None:
    bare, listed = union(author, "甲公司工会"), union(author, "乙公司工会")
    person(author, ("入会", listed, "2020"))
    for uid in (bare, listed):
        made(author, HeadCount, subject=uid, subject_kind="工会", as_of="2026-03-31", member_count=40)
    found = findings(TODAY, load_index(TODAY), rules=["R18"])
    assert {each.name: each.unknown for each in found} == {"甲公司工会": True, "乙公司工会": False}


def test_a_whole_that_is_not_the_sum_of_its_parts_is_told(register: object, author: Author) -> None:
    index = load_index(TODAY)
    set_target(2026, "new_unions", 500, author, index)
    for name, value in (("沙坪坝区", 200), ("渝中区", 400)):
        set_target(2026, "new_unions", value, author, index, Scope(region=place(name)))
    (each,) = sums_beside(2026, index)
    assert (each.indicator, each.whole, each.parts, each.count) == ("new_unions", 500, 600, 2)
    assert each.text == "“新建工会”全区的目标是 500，下面 2 个区县的目标合计 600，相差 100。"
    set_target(2026, "new_unions", 600, author, index)
    assert sums_beside(2026, index) == []


def test_the_command_line_says_them_too(run: Commands) -> None:
    run("targets", "set", "new_unions", "500")
    run("targets", "set", "new_unions", "200", "--region", "沙坪坝区")
    assert "target" not in run("batches")[1]
    assert "任务指标" in run("batches")[1]
    assert run.told("targets")["sums"][0]["parts"] == 200
    assert "相差 300" in run("targets")[1]
