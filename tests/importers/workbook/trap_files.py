"""How the tests of traps speak: a file goes in, and what was understood of its sheets comes out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from importers import session
from importers.reader.process import read_all
from importers.rows.decisions import Decisions
from importers.rows.understanding import SheetView
from importers.session import ImportOptions
from models.errors import UserError
from tests.aids.speaking import LI, TODAY, WANG, ZHAO

HEADER = ["姓名", "证件号码", "手机号码", "入会日期"]
ROSTER = [
    HEADER,
    ["王砚舟", WANG, "19900000001", "2024-05-06"],
    ["李芷汐", LI, "19900000002", "2024-05-07"],
    ["赵岩泽", ZHAO, "19900000003", "2024-05-08"],
]
PEOPLE = ["王砚舟", "李芷汐", "赵岩泽"]
JOINED = ["2024-05-06", "2024-05-07", "2024-05-08"]

Understood = Callable[..., list[SheetView]]


def reader_in(folder: Path) -> Understood:
    """Bytes and a file name → the sheets as understood, with a register open; options as for an import."""

    def read(data: bytes, name: str = "名册.xlsx", **options: Any) -> list[SheetView]:
        path = folder / name
        path.write_bytes(data)
        chosen = ImportOptions(**options)
        files = session.read([path], chosen)
        assert files[0].error == ""
        return session.understand(files, chosen, Decisions(), TODAY)

    return read


def names(view: SheetView) -> list[object]:
    """The names of a sheet that was taken for a list of people."""
    assert view.kind == "workers"
    return [row.values.get("name") for row in view.rows]


def days(view: SheetView, field: str = "join_date") -> list[object]:
    """The stored days of a field."""
    return [row.values.get(field) for row in view.rows]


def refusal(data: bytes, path: Path, **options: Any) -> str:
    """The sentence by which a file is refused."""
    path.write_bytes(data)
    with pytest.raises(UserError) as error:
        read_all(path, **options)
    return str(error.value)
