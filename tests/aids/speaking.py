"""How the tests speak: a sheet is a list of rows, an import is one call, the register answers in lists."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from importers import session
from importers.plan.steps import Plan
from importers.rows.decisions import Decisions
from importers.session import ImportOptions, Outcome
from models.engine.record import Record
from models.journal.log import Batch
from models.journal.writer import Author, batch
from models.lists import selection
from models.lists.listings import Selection
from models.records.region import load_index
from models.uid import new_uid

#: A sheet as a test writes it: rows of what is in the cells. Texts beside numbers make mypy forget that a row is a list.
Rows = Sequence[Any]

PASSPHRASE = "沙坪坝 2026 register"
TODAY = dt.date(2026, 11, 22)

#: Invented people: right check digits, numbers that nobody has.
WANG = "500106198503079012"
LI = "500103199002289025"
ZHAO = "510202197811119036"


def workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write an .xlsx whose sheets are lists of rows, beginning at A1."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


@dataclass
class Done:
    """An import as a test looks at it."""

    plan: Plan
    outcome: Outcome

    @property
    def counts(self) -> dict[str, int]:
        """Rows by action, those with none left out."""
        return {action: count for action, count in self.plan.counts().items() if count}

    @property
    def codes(self) -> list[tuple[int, str]]:
        """(row, problem code) of everything told, notes too."""
        return [
            (step.number, each.code) for sheet in self.plan.sheets for step in sheet.steps for each in step.problems
        ]


def imported(
    author: Author,
    *paths: Path,
    today: dt.date = TODAY,
    apply: bool = True,
    decisions: Decisions | None = None,
    **options: Any,
) -> Done:
    """Import files as the command line does: read, understand, plan, apply."""
    chosen = ImportOptions(**options)
    files = session.read(paths, chosen)
    decided = decisions or Decisions()
    views = session.understand(files, chosen, decided, today)
    plan = session.make_plan(files, views, chosen, today, decisions=decided)
    outcome = session.apply(plan, files, author) if apply else Outcome(None, {})
    return Done(plan, outcome)


def imported_rows(author: Author, folder: Path, rows: Rows, name: str = "表", **options: Any) -> Done:
    """Import one sheet given as a list of rows."""
    return imported(author, workbook(folder / f"{name}.xlsx", {"Sheet1": rows}), **options)


def listed(kind: str, *names: str) -> list[tuple[Any, ...]]:
    """What the register lists of a kind: the named fields of each record."""
    rows = selection.rows(Selection(kind), load_index(TODAY))
    return [tuple(row[name] for name in names) for row in rows]


def made(
    author: Author, record: type[Record], facts: list[tuple[type[Record], dict[str, Any]]] | None = None, **values: Any
) -> str:
    """Create a record, with the facts that share its row of the log, and return its uid."""
    made_of = {"uid": str(values.pop("uid", new_uid())), **values}
    with batch("edit", author) as writer:
        writer.create(record, made_of, facts or [])
    return str(made_of["uid"])


def last_batch() -> int:
    """The number of the newest batch."""
    return int(Batch.select().order_by(Batch.id.desc()).get().id)
