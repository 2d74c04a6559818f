"""What very many people's data asks of whoever keeps it."""

import pytest

from models.people.duties import duty_of


@pytest.mark.parametrize(("people", "told"), [(0, ""), (899_999, ""), (900_000, "900,000 人"), (1_000_000, "1,000,000 人")])
def test_from_nine_hundred_thousand_people_on_the_duty_is_told(people: int, told: str) -> None:
    said = duty_of(people)
    assert (bool(said), told in said) == (bool(told), True)
