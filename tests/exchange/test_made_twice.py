"""What two laptops made for the same without knowing of each other: one is left, and nothing is lost."""



from models.drive import contacts, moves
from models.duplicates.merge import merge
from models.editing.own_labels import add_label, change_label, label_lists
from models.engine import database
from models.exchange.conflicts import decide, open_conflicts
from models.journal import learning
from models.journal.undo import undo
from models.journal.writer import Author
from models.records.drive_case import DriveCase
from models.records.employer import Coverage
from models.records.region import load_index
from models.values import codes
from tests.aids import case_world
from tests.aids.case_world import COMPANY
from tests.aids.speaking import TODAY, made
from tests.aids.state_model import differences
from tests.exchange.laptops import Laptop, both_take

VISIT = {"date": "2026-07-02", "way": "实地走访", "outcome": "见了负责人"}


def with_case(author: Author, name: str = COMPANY) -> tuple[str, str]:
    """An employer on the list, and its case."""
    employer = case_world.employer(author, name, 40)
    case_world.reconciled(author)
    ((case,),) = database.fetch_in(DriveCase, "employer", [employer], ("uid",))
    return employer, case


def cases(laptop: Laptop) -> list[tuple[str, str]]:
    return [(each["employer"], each["stage"]) for each in laptop.contents()["drive_case"].values()]


def visited(laptop: Laptop) -> set[tuple[str, str]]:
    """Which case each visit is of, by what was said."""
    held = laptop.contents()
    return {(held["drive_case"][each["drive_case"]]["employer"], each["outcome"]) for each in held["contact"].values()}


def test_an_employer_entered_twice_and_merged_has_one_case_with_the_visits_of_both(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    with one.open() as author:
        mine, first = with_case(author)
        contacts.add_contact(first, VISIT, author)
    with other.open() as author:
        theirs, second = with_case(author)
        moves.move(second, "已请示", "2026-11-22", author, skip=["已接触"])
    one.take(other.give())
    with one.open() as author:
        merge(mine, theirs, {}, author, load_index(TODAY), TODAY)
    with other.open() as author:  # meanwhile
        contacts.add_contact(second, VISIT | {"outcome": "又去了一次"}, author)
    both_take(one, other)
    for laptop in two:
        assert cases(laptop) == [(mine, "已请示")]
        assert visited(laptop) == {(mine, "见了负责人"), (mine, "又去了一次")}


def test_a_case_opened_elsewhere_for_what_was_merged_here_becomes_one_with_the_own(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    with one.open() as author:
        keep, drop = (case_world.employer(author, COMPANY, staff) for staff in (40, 50))
    other.take(one.give())
    with one.open() as author:
        merge(keep, drop, {}, author, load_index(TODAY), TODAY)
        case_world.reconciled(author)
    with other.open() as author:  # of both, for it does not know of the merge
        case_world.reconciled(author)
        ((case,),) = database.fetch_in(DriveCase, "employer", [drop], ("uid",))
        contacts.add_contact(case, VISIT, author)
    here, there = both_take(one, other)
    assert here.joined + there.joined >= 1
    for laptop in two:
        assert cases(laptop) == [(keep, "待筹建")]
        assert visited(laptop) == {(keep, "见了负责人")}
        assert len({each["stage"] for each in laptop.contents()["case_step"].values()}) == len(laptop.contents()["case_step"])


def test_a_taking_that_joined_is_undone(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    with one.open() as author:
        keep, drop = (case_world.employer(author, COMPANY, staff) for staff in (40, 50))
    other.take(one.give())
    with one.open() as author:
        merge(keep, drop, {}, author, load_index(TODAY), TODAY)
        case_world.reconciled(author)
    with other.open() as author:
        case_world.reconciled(author)
    before = one.contents()
    taken = one.take(other.give())
    assert (taken.joined, cases(one)) == (1, [(keep, "待筹建")])
    with one.open() as author:
        undone = undo(taken.batch or 0, author)
        assert undone.kept == []
    assert differences(one.contents(), before) == []


def test_the_same_count_and_coverage_from_one_sheet_are_there_once_and_different_ones_are_told(
    two: tuple[Laptop, Laptop],
) -> None:
    one, other = two
    with one.open() as author:
        employer, union = case_world.employer(author, COMPANY, None), case_world.union(author)
    other.take(one.give())
    for laptop, since in zip(two, ("2020-01-02", None), strict=True):
        with laptop.open() as author:
            case_world.count(author, employer, 40)
            made(author, Coverage, union=union, employer=employer, since=since)
    _here, there = both_take(one, other)
    assert there.perhaps_same == []
    for laptop in two:
        held = laptop.contents()
        assert [each["staff_count"] for each in held["head_count"].values()] == [40]
        assert [each["since"] for each in held["coverage"].values()] == ["2020-01-02"]
    for laptop, since in zip(two, ("2021-03-04", "2022-05-06"), strict=True):
        with laptop.open() as author:
            case_world.cover(author, union, employer, since, "2025-12-31")
    here = one.take(other.give())
    assert [(each.kind, each.code) for each in here.perhaps_same] == [("coverage", "same-key")]


def test_labels_that_clash_are_a_conflict_and_all_others_are_put_together(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    with one.open() as author:
        learning.learn()
        add_label("学历", "扫盲班", ["夜校"], author)
    other.take(one.give())
    with one.open() as author:
        learning.learn()
        add_label("学历", "电大", [], author)
        change_label("学历", "扫盲班", author, aliases=["夜校", "识字班"])
    with other.open() as author:
        learning.learn()
        add_label("联系方式", "视频会", [], author)
        change_label("学历", "扫盲班", author, active=False)
    here = one.take(other.give())
    assert [(each.kind, each.field) for each in here.conflicts] == [("setting", "value")]
    with one.open() as author:
        (clash,) = open_conflicts(author.device)
        decide(clash.uid, clash.field, "mine", author)
    both_take(one, other)
    for laptop in two:
        with laptop.open():
            learning.learn()
            assert [each.name for each in label_lists() if each.name == "学历"] == ["学历"]
            assert "电大" in codes.EDUCATION.labels
            assert codes.EDUCATION.find("识字班") == "扫盲班"
    with one.open():
        learning.forget()
