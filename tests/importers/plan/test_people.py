"""The people of the register whom an import speaks of: packed, and yet what everybody who asks sees and changes."""

import pytest

from importers.plan.people import HeldPeople

NAMES = ("uid", "name", "phone", "note")
#: One person a row; nobody has a note.
PEOPLE = (
    ("a", "王砚", "19900000001", None),
    ("b", "李峻", None, None),
    ("c", "张岭", "19900000003", None),
)


@pytest.fixture
def people() -> HeldPeople:
    found = HeldPeople()
    found.take(NAMES, list(zip(*PEOPLE, strict=True)), left_out={2})
    return found


def test_each_is_known_by_what_is_held_and_those_left_out_are_not(people: HeldPeople) -> None:
    assert list(people) == ["a", "b"]
    assert dict(people) == {"a": {"uid": "a", "name": "王砚", "phone": "19900000001"}, "b": {"uid": "b", "name": "李峻"}}
    assert "c" not in people
    assert people.get("c", {}) == {}


def test_by_column_they_are_the_same_packed_and_unpacked_and_with_strangers_among_them(people: HeldPeople) -> None:
    told = {"name": ["李峻", "王砚"], "phone": [None, "19900000001"], "note": [None, None]}
    assert people.columns(["b", "a"], ["name", "phone", "note"]) == told
    assert people["a"]["name"] == "王砚"
    assert people.columns(["b", "a"], ["name", "phone", "note"]) == told
    assert people.columns(["", "a"], ["phone"]) == {"phone": [None, "19900000001"]}
    assert people.columns([], ["phone"]) == {"phone": []}


def test_what_somebody_changes_is_seen_by_all_who_ask_later(people: HeldPeople) -> None:
    people["b"]["phone"] = "19900000002"
    people["d"] = {"uid": "d", "name": "赵汀"}
    assert people.columns(["a", "b", "d"], ["phone"]) == {"phone": ["19900000001", "19900000002", None]}
    del people["a"]
    assert len(people) == 2
