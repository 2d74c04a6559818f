"""The standing that follows from a person's events: by their days, whatever the order in which they are learned."""

import datetime as dt
from itertools import permutations

import pytest

from models.journal.writer import Author, batch
from models.records.membership import DERIVED, Event, MembershipEvent, spans, standing
from models.records.union import Union
from models.records.worker import Worker
from models.uid import day_of, last_of, new_uid


def told(*events: tuple[str | None, str, str | None]) -> tuple[str | None, ...]:
    """(union, state, join date) after events of (union, type, date)."""
    found = standing(Event(*event) for event in events)
    return found["union"], found["membership_state"], found["join_date"]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], (None, "未入会", None)),
        ([("甲", "入会", "2020-01-02")], ("甲", "在册", "2020-01-02")),
        ([("甲", "转入", "2020-01-02")], ("甲", "在册", "2020-01-02")),
        ([(None, "入会", "2020-01-02")], (None, "待落会籍", "2020-01-02")),
        ([("甲", "入会", "2020"), ("甲", "保留", "2021")], ("甲", "保留", "2020")),
        ([("甲", "入会", "2020"), ("甲", "保留", "2021"), ("甲", "入会", "2022")], ("甲", "在册", "2020")),
        ([("甲", "入会", "2020"), ("甲", "转出", "2021")], (None, "转出", "2020")),
        ([("甲", "入会", "2020"), ("甲", "转出", "2021"), ("乙", "转入", "2021")], ("乙", "在册", "2020")),
        ([("甲", "入会", "2020"), ("甲", "退会", "2021")], (None, "退会", "2020")),
        ([("甲", "入会", "2020"), ("甲", "除名", "2021")], (None, "除名", "2020")),
        ([("甲", "入会", "2020"), ("甲", "退会", "2021"), ("乙", "入会", "2022")], ("乙", "在册", "2020")),
        ([("甲", "保留", "2021")], ("甲", "保留", None)),
        ([("甲", "退会", "2021")], (None, "退会", None)),
    ],
)
def test_the_standing_after_some_events(
    events: list[tuple[str | None, str, str | None]], expected: tuple[str | None, ...]
) -> None:
    assert told(*events) == expected


def test_dated_events_count_by_their_days_in_whatever_order_they_are_learned() -> None:
    events = [("甲", "入会", "2018-05"), ("甲", "转出", "2020-06-07"), ("乙", "转入", "2020-06-08"), ("乙", "保留", "2023")]
    assert {told(*order) for order in permutations(events)} == {("乙", "保留", "2018-05")}


def test_an_undated_event_counts_after_those_learned_before_it() -> None:
    assert told(("甲", "入会", "2020"), ("甲", "退会", None))[1] == "退会"
    assert told(("甲", "退会", None), ("甲", "入会", "2020"))[1] == "在册"
    assert told(("甲", "入会", "2020"), ("甲", "退会", None), ("甲", "入会", "2024"))[1] == "在册"


def test_of_events_of_one_day_the_one_learned_later_counts() -> None:
    assert told(("甲", "入会", "2020-01-02"), ("甲", "退会", "2020-01-02"))[1] == "退会"


def test_the_last_event_is_shown_with_its_day_and_reason() -> None:
    found = standing([Event("甲", "入会", "2020"), Event("甲", "转出", "2021-02", "失业")])
    assert tuple(found) == DERIVED
    assert (found["change_type"], found["change_date"], found["change_reason"]) == ("转出", "2021-02", "失业")


def test_the_register_keeps_the_derived_fields_with_every_event(register: object, author: Author) -> None:
    union, worker, joined, left = (new_uid() for _ in range(4))

    def now() -> tuple[str | None, ...]:
        held = Worker.get(Worker.uid == worker)
        return held.union, held.membership_state, held.join_date

    with batch("edit", author) as writer:
        writer.create(Union, {"uid": union, "name": "甲工会"})
        event = {"uid": joined, "worker": worker, "union": union, "type": "入会", "date": "2020-01-02"}
        writer.create(Worker, {"uid": worker, "name": "王砚舟"}, [(MembershipEvent, event)])
    assert now() == (union, "在册", "2020-01-02")
    with batch("edit", author) as writer:
        writer.create(MembershipEvent, {"uid": left, "worker": worker, "union": union, "type": "退会", "date": "2021"})
    assert now() == (None, "退会", "2020-01-02")
    with batch("edit", author) as writer:
        writer.update(MembershipEvent, joined, {"date": ("2020-01-02", "2022-03-04")})
    assert now() == (union, "在册", "2022-03-04")


def test_each_event_decides_from_its_day_until_the_next_one() -> None:
    events = [("a", "2024-05-06"), ("b", "2020"), ("c", "2025-03")]
    assert spans(events) == [("2024-05-06", "2025-03-01"), ("2020-01-01", "2024-05-06"), ("2025-03-01", None)]


def test_an_undated_event_decides_from_the_day_the_register_learned_it() -> None:
    uid = new_uid()
    today = dt.date.today().isoformat()
    assert day_of(uid) == today
    assert spans([(uid, None)]) == [(today, None)]
    assert spans([(uid, "2020"), (uid, None)]) == [("2020-01-01", today), (today, None)]


def test_an_undated_event_never_decides_later_than_what_came_after_it() -> None:
    assert spans([(new_uid(), None), (new_uid(), "2024-06-30")]) == [("2024-06-30", "2024-06-30"), ("2024-06-30", None)]


def test_the_uids_of_a_day_sort_between_the_days_beside_it() -> None:
    uid, today = new_uid(), dt.date.today()
    assert last_of(today - dt.timedelta(days=1)) < uid < last_of(today)


def test_members_of_a_day_are_counted_by_the_events_that_decided_then(author: Author) -> None:
    with batch("edit", author) as writer:
        person, first, second = new_uid(), new_uid(), new_uid()
        writer.create(Union, {"uid": first, "name": "甲工会"})
        writer.create(Union, {"uid": second, "name": "乙工会"})
        joined = {"uid": new_uid(), "worker": person, "union": first, "type": "入会", "date": "2020-05"}
        writer.create(Worker, {"uid": person, "name": "王五"}, [(MembershipEvent, joined)])
    assert MembershipEvent.get(MembershipEvent.uid == joined["uid"]).effective == "2020-05-01"
    with batch("edit", author) as writer:
        moved = {"worker": person, "union": second, "type": "转入", "date": "2024-06-30"}
        writer.create(MembershipEvent, {"uid": new_uid()} | moved)
    deciding = [
        (event.union == first, event.effective, event.ended)
        for event in MembershipEvent.select().order_by(MembershipEvent.effective)
    ]
    assert deciding == [(True, "2020-05-01", "2024-06-30"), (False, "2024-06-30", None)]


def test_a_month_counts_from_its_first_day_and_after_what_was_learned_before() -> None:
    assert told(("甲", "入会", "2025-08-01"), ("甲", "退会", "2025-08"))[1] == "退会"
    assert told(("甲", "退会", "2025-08"), ("甲", "入会", "2025-08-01"))[1] == "在册"
    assert told(("甲", "退会", "2025-08"), ("甲", "入会", "2025-07-31"))[1] == "退会"
