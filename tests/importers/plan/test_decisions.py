"""What a person decides about an import, kept and read back."""

import pytest

from importers.rows.decided_json import from_json
from importers.rows.decisions import Decisions, to_json
from models.errors import UserError

KEY = ("花名册.xlsx", "Sheet1")
OTHER = ("花名册.xlsx", "Sheet2")


def everything() -> Decisions:
    return (
        Decisions()
        .with_kind(KEY, "workers")
        .with_kind(OTHER, None)
        .with_header(KEY, (3, 4))
        .with_mapping(KEY, 2, "phone")
        .with_mapping(KEY, 3, None)
        .with_default(KEY, "union", "甲公司工会")
        .with_choice(KEY, "education", "大本", "本科")
        .with_cell(KEY, 17, "name", "王五")
        .with_rows(KEY, (17, 18), "skip")
        .with_rows(KEY, (19,), "update:01a2")
        .with_blank(KEY, "phone", "clear")
        .with_full(KEY, {"01a3": "退会"})
        .with_confirmed(KEY, "phone")
    )


def test_decisions_come_back_from_their_text_as_they_were() -> None:
    assert from_json(to_json(everything())) == everything()


def test_a_field_sent_to_another_column_leaves_the_first() -> None:
    decided = Decisions().with_mapping(KEY, 2, "phone").with_mapping(KEY, 5, "phone")
    assert decided.mappings[KEY] == {5: "phone"}


def test_another_header_or_kind_forgets_the_columns_of_that_sheet_only() -> None:
    decided = Decisions().with_mapping(KEY, 2, "phone").with_mapping(OTHER, 1, "name").with_header(KEY, (4,))
    assert dict(decided.mappings) == {OTHER: {1: "name"}}


def test_an_answer_is_given_to_many_rows_and_taken_back() -> None:
    decided = Decisions().with_rows(KEY, (1, 2, 3), "skip").with_rows(KEY, (2,), "")
    assert decided.rows[KEY] == {1: "skip", 3: "skip"}


def test_decisions_do_not_change_the_ones_they_came_from() -> None:
    first = Decisions().with_cell(KEY, 1, "name", "王五")
    first.with_cell(KEY, 1, "name", "李四")
    assert first.cells[KEY][1] == {"name": "王五"}


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "[]",
        "{}",
        '{"sheets": [{"file": "a.xlsx"}]}',
        '{"sheets": [{"file": "a", "sheet": "b", "kinds": "people"}]}',
        '{"sheets": [{"file": "a", "sheet": "b", "rows": {"x": "skip"}}]}',
        '{"sheets": [{"file": "a", "sheet": "b", "rows": {"3": "perhaps"}}]}',
        '{"sheets": [{"file": "a", "sheet": "b", "blanks": {"phone": "erase"}}]}',
    ],
)
def test_a_text_that_is_no_decisions_is_told(text: str) -> None:
    with pytest.raises(UserError, match="决定文件"):
        from_json(text)
