"""The ladder for an employer that founds no union: what comes next, what waits and why, and what is never said."""

from typing import Any

import pytest

from models.drive.case_file import case_file
from models.drive.contacts import add_contact
from models.drive.ladder import NO_FINE, READINGS, RUNGS, LadderFacts, ladder
from models.journal.settings import change_setting
from models.journal.writer import Author
from models.records.drive_case import DriveCase
from models.records.employer import Employer
from models.records.region import load_index
from tests.aids.case_world import case, cover, edit, employer, union
from tests.aids.speaking import TODAY


def facts(**values: Any) -> LadderFacts:
    """The facts of an old company that refuses."""
    known: dict[str, Any] = {
        "today": TODAY, "attitude": "拒绝", "founding_date": "2019-03-01", "preparation_start": None, "covered": False,
        "months": 12,
    }  # fmt: skip
    return LadderFacts(**(known | values))


def paper(name: str, day: str = "2026-10-01", number: str | None = None, receipt: int | None = None) -> dict[str, Any]:
    """A contact at which a paper was handed over."""
    return {"date": day, "paper": name, "paper_number": number, "receipt": receipt}


def next_key(known: LadderFacts, *papers: dict[str, Any]) -> str | None:
    """The key of the rung that is proposed next."""
    found = ladder(known, papers).next_rung
    return found.key if found else None


def test_the_rungs_are_proposed_one_after_the_other() -> None:
    papers: list[dict[str, Any]] = []
    walked = []
    for name in ("建会宣传函", "《建立工会意见书》", "联合走访通知", "筹备金告知", "兜底建会说明"):
        walked.append(next_key(facts(), *papers))
        papers.append(paper(name))
    assert walked == ["letter", "opinion", "joint_visit", "preparation_fund", "from_below"]
    assert next_key(facts(), *papers) is None


@pytest.mark.parametrize(
    ("founded", "key"),
    [
        ("2025-11-22", "opinion"),
        ("2025-11-23", "joint_visit"),
        ("2025-11", "opinion"),
        ("2025-12", "joint_visit"),
        (None, "joint_visit"),
    ],
)
def test_the_opinion_waits_until_the_unit_is_a_year_old(founded: str | None, key: str) -> None:
    assert next_key(facts(founding_date=founded), paper("建会建议书")) == key


def test_what_waits_says_why() -> None:
    state = {each.rung.key: each for each in ladder(facts(founding_date="2026-03-01"), []).rungs}
    assert (state["opinion"].state, state["opinion"].why) == ("not_yet", "单位成立未满 12 个月")
    unknown = {each.rung.key: each.why for each in ladder(facts(founding_date=None), []).rungs}
    assert unknown["opinion"] == "不知道单位的成立日期，请先查明"


def test_preparation_that_has_begun_opens_the_fund_in_the_first_year_too() -> None:
    young = facts(founding_date="2026-03-01", preparation_start="2026-09-01")
    state = {each.rung.key: each.state for each in ladder(young, [paper("宣传函"), paper("联合走访通知")]).rungs}
    assert (state["opinion"], state["preparation_fund"]) == ("not_yet", "next")


@pytest.mark.parametrize(
    "values", [{"attitude": "同意"}, {"attitude": "搬迁"}, {"attitude": "注销"}, {"covered": True}]
)
def test_nothing_is_proposed_where_there_is_nothing_to_climb(values: dict[str, Any]) -> None:
    assert next_key(facts(**values)) is None


@pytest.mark.parametrize("attitude", [None, "观望", "失联", "拒绝"])
def test_a_letter_comes_first_for_all_others(attitude: str | None) -> None:
    assert next_key(facts(attitude=attitude)) == "letter"


def test_a_taken_rung_knows_its_paper() -> None:
    papers = [
        paper("建立工会意见书", "2026-09-01", "意见〔2026〕1号"),
        paper("建立工会意见书", "2026-10-01", "意见〔2026〕2号", 1),
    ]
    state = next(each for each in ladder(facts(), papers).rungs if each.rung.key == "opinion")
    assert (state.state, state.taken_on, state.paper_number, state.receipt) == (
        "taken",
        "2026-10-01",
        "意见〔2026〕2号",
        True,
    )


def test_what_needs_proof_is_never_proposed_by_itself() -> None:
    judged = {rung.key for rung in RUNGS if rung.judged}
    assert judged == {"labour_authority", "payment_order"}
    states = {each.rung.key: each.state for each in ladder(facts(), [paper("联合走访通知")]).rungs}
    assert (states["labour_authority"], states["payment_order"], states["preparation_fund"]) == ("open", "open", "next")


def test_no_rung_threatens_a_fine_and_no_sum_is_named() -> None:
    texts = [text for rung in RUNGS for text in (rung.name, rung.task, rung.basis)] + [each.text for each in READINGS]
    assert [text for text in texts if "罚" in text or "处分" in text] == []
    assert "没有规定对单纯没有建会的单位罚款" in NO_FINE
    assert all(rung.basis for rung in RUNGS)
    assert len(READINGS) == 2
    assert ["满一年" in READINGS[0].text, "批准筹建" in READINGS[1].text] == [True, True]


def test_the_ladder_of_a_case_follows_its_contacts_and_the_setting(register: object, author: Author) -> None:
    uid = employer(author, founding_date="2026-01-15")
    held = case(author, uid)

    def proposed() -> str | None:
        found = case_file(uid, TODAY, load_index(TODAY)).ladder
        assert found is not None
        return found.next_rung.key if found.next_rung else None

    add_contact(held, {"date": "2026-11-01", "attitude": "拒绝", "paper": "建会宣传函", "receipt": "是"}, author)
    assert proposed() == "joint_visit"
    change_setting("founding_months", 10, author)
    assert proposed() == "opinion"
    edit(author, Employer, uid, founding_date=None)
    edit(author, DriveCase, held, preparation_start="2026-10")
    assert proposed() == "joint_visit"
    cover(author, union(author), uid)
    assert proposed() is None
