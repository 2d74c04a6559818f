"""What speaks for and against the fields that a column might hold."""

from collections.abc import Sequence

import pytest

from importers.columns.evidence import weigh
from importers.columns.header import Header
from importers.columns.mapping import guess
from importers.columns.shape import shape_of
from models.records.forms import FORMS
from models.values.columns import Plain

WORKERS = FORMS["workers"]
DAYS = ["2024-05-06", "2024-05-07", "2024-05-08"]
NAMES = ["王五", "李六", "赵七"]


def header(*texts: str) -> Header:
    return Header((1,), texts, ("",) * len(texts), 2)


@pytest.mark.parametrize(
    ("texts", "columns", "index", "told"),
    [
        (["姓名", "入会日期"], [NAMES, DAYS], 1, ["join_date + wording", "join_date + content 3/3"]),
        (["姓名", "入会日期"], [NAMES, ["2024-05-06", "很早", "前年底"]], 1, ["join_date + wording", "join_date - content 1/3"]),
        (["姓名", "爱好"], [NAMES, ["篮球", "下棋", "跑步"]], 1, []),
        (["姓名", "入会日其"], [NAMES, DAYS], 1, ["join_date + spelling", "join_date + content 3/3"]),
        (["姓名", "批准的入会时间"], [NAMES, DAYS], 1, ["join_date + spelling", "join_date + content 3/3", "join_date - decides"]),
        (
            ["姓名", "入会日期", "入会日其"], [NAMES, DAYS, DAYS], 2,
            ["join_date + spelling", "join_date + content 3/3", "join_date - taken B"],
        ),
        (["姓名", "入会日期"], [NAMES, []], 1, ["join_date + wording"]),
    ],
)  # fmt: skip
def test_each_thing_that_speaks_for_a_field_or_against_it_is_told(
    texts: list[str], columns: Sequence[Sequence[Plain]], index: int, told: list[str]
) -> None:
    rows = [tuple(column[row] if row < len(column) else None for column in columns) for row in range(3)]
    mapping = guess(header(*texts), WORKERS, rows)
    match = next(each for each in mapping.matches if each.index == index)
    found = [
        " ".join(filter(None, (
            each.field, "+" if each.supports else "-", each.sort, f"{each.read}/{each.cells}" if each.cells else each.other,
        )))
        for each in weigh(WORKERS, mapping, match, columns[index])
    ]  # fmt: skip
    assert found == told


def test_a_shape_is_the_kind_the_headers_and_where_they_go() -> None:
    rows = list(zip(NAMES, DAYS, strict=True))
    mapping = guess(header("姓名", "入会日期"), WORKERS, rows)
    shape = shape_of("workers", mapping)
    assert len(shape) == 64
    assert shape == shape_of("workers", guess(header(" 姓 名", "入会日期"), WORKERS, [("钱九", "2026-01-01")]))
    assert shape != shape_of("workers", mapping.chosen(1, "birth_date"))
    assert shape != shape_of("workers", guess(header("姓名", "入厂日期"), WORKERS, rows))
    assert shape != shape_of("officers", mapping)
    assert shape_of(None, mapping) == shape_of("workers", None) == ""
    assert shape_of("workers", guess(header("", ""), WORKERS, rows)) == ""
