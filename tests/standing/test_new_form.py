"""Unions of new employment forms: from what they are derived, what is left open, and that a person overrules."""

import datetime as dt

import pytest

from models.figures.counts import count
from models.figures.facts import Period, Scope
from models.figures.indicators import find_indicator
from models.journal.settings import change_setting
from models.journal.writer import Author
from models.records.union import Union
from models.standing.new_form import new_form_unions
from models.unions.sheet import union_sheet
from tests.aids.case_world import edit, union
from tests.aids.speaking import TODAY
from tests.figures.test_indicators import person
from ui.record.organization import new_form_text

pytestmark = pytest.mark.usefixtures("register")
YEAR = Period(dt.date(2026, 1, 1), TODAY)


def members(author: Author, at: str, *groups: str | None) -> None:
    """One member at a union for each of these occupation groups."""
    for place, group in enumerate(groups):
        person(author, ("入会", at, "2026-02-01"), name=f"职工{place}", occupation_group=group)


def found(uid: str) -> tuple[int | None, str]:
    held = new_form_unions([uid])[uid]
    return held.state, held.basis


RIDER, OTHER = "外卖配送员", "非新就业形态"


@pytest.mark.parametrize(
    ("known", "groups", "state", "ground"),
    [
        ({}, [], 0, "nothing"),
        ({"new_form_groups": "外卖配送员"}, [], 1, "groups"),
        ({"name": "小龙坎外卖骑手联合工会"}, [], 1, "name"),
        ({"name": "某某快递有限公司工会"}, [OTHER, OTHER, OTHER], 0, "members"),
        ({"name": "某某快递有限公司工会"}, [None, None, OTHER], 1, "name"),
        ({"union_type": "新就业形态工会联合会"}, [], 1, "type"),
        ({}, [RIDER, RIDER, OTHER], 1, "members"),
        ({}, [RIDER, OTHER], 1, "members"),
        ({}, [RIDER, OTHER, OTHER], 0, "members"),
        ({}, [RIDER, None, None], None, "open"),
        ({}, [None, None, None], 0, "nothing"),
        ({"new_form": 0}, [RIDER, RIDER], 0, "said"),
        ({"new_form": 1}, [OTHER], 1, "said"),
        ({"new_form": 0, "name": "网约车司机工会", "new_form_groups": "网约车司机"}, [], 0, "said"),
    ],
)
def test_on_what_it_rests(
    author: Author, known: dict[str, str], groups: list[str | None], state: int | None, ground: str
) -> None:
    uid = union(author, **({"name": "甲公司工会", "founding_date": "2026-01-05"} | known))
    members(author, uid, *groups)
    assert found(uid) == (state, ground)
    number = count("new_form_unions", Scope(), YEAR)
    assert (number.part, number.unknown) == (int(state == 1), int(state is None))
    assert count("new_new_form_unions", Scope(), YEAR) == number
    at = count("members_of_new_form_unions", Scope(), YEAR)
    assert (at.part, at.unknown) == (len(groups) * (state == 1), len(groups) * (state is None))
    assert count("new_members_of_new_form_unions", Scope(), YEAR).part == at.part


def test_the_share_is_a_setting(author: Author) -> None:
    uid = union(author, "甲公司工会", founding_date="2020")
    members(author, uid, RIDER, OTHER, OTHER)
    assert found(uid) == (0, "members")
    change_setting("new_form_share", 30, author)
    assert found(uid) == (1, "members")


def test_the_record_says_why_and_a_person_overrules(author: Author) -> None:
    uid = union(author, "甲公司工会", founding_date="2020")
    members(author, uid, RIDER, RIDER, OTHER)

    def told() -> str:
        sheet = union_sheet(uid, TODAY)
        assert sheet is not None
        return new_form_text(sheet)

    assert told() == "是（会员名单里 3 人，新就业形态 2 人，比例线 50 %）；不对的，在“新就业形态工会”里填是或否"
    edit(author, Union, uid, new_form=0)
    assert told() == "不是（由人填写）"
    assert count("new_form_unions", Scope(), YEAR).part == 0


def test_the_notes_say_what_is_counted_and_what_is_unknown() -> None:
    for key in ("new_form_unions", "new_new_form_unions", "members_of_new_form_unions", "new_members_of_new_form_unions"):
        note = find_indicator(key).note
        assert all(word in note for word in ("填", "涵盖群体", "类型", "比例", "名称", "未知")), note
