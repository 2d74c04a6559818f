"""What the page of what is handed up runs on the worker thread."""

import datetime as dt
from pathlib import Path
from typing import Any, NamedTuple

from importers.handin_answers import FoundAnswers, read_answers
from models.handins.making import HandInChoice, HandInMade, make
from models.handins.submitted import PastRow, PastSubmission, keep_answers, rows_of, submissions
from models.handins.templates import HandInTemplate, find_template, templates
from models.journal.writer import Author
from models.records.union import Union
from models.trail.entry import HandedTo
from models.values.name_order import in_order
from models.values.region_index import RegionIndex
from reports.handin_file import HandedUp, hand_up


class FoundHandIn(NamedTuple):
    """What the page shows: the templates, the unions as (uid, name), what would be handed up, what was, and its newest rows."""

    templates: list[HandInTemplate]
    unions: list[tuple[str, str]]
    made: HandInMade
    past: list[PastSubmission]


def look_up(key: str, choice: HandInChoice, index: RegionIndex) -> FoundHandIn:
    """Make the sheet of a template, and ask what was handed up by it."""
    template = find_template(key)
    rows: Any = Union.select(Union.uid, Union.name).order_by(Union.id).tuples()
    unions = in_order(((str(uid), str(name or "")) for uid, name in rows), lambda each: each[1])
    return FoundHandIn(templates(), unions, make(template, choice, index), submissions(template.key))


def write(
    path: Path, key: str, choice: HandInChoice, index: RegionIndex, author: Author, union: str, said: HandedTo
) -> tuple[HandedUp, HandInMade]:
    """Make a sheet and hand it up. UserError as ``reports.handin_file.hand_up``."""
    made = make(find_template(key), choice, index)
    day: dt.date = choice.today
    done = hand_up(path, made, day, author, union=union, said=said, masked=choice.masked)
    return done, made


def read_back(path: Path, key: str, author: Author) -> FoundAnswers:
    """Read their result file and put the answers beside what was handed up. UserError as ``read_answers``."""
    found = read_answers(path, find_template(key))
    keep_answers(found.submission.uid, found.answers, author)
    return found


def past_rows(submission: str) -> list[PastRow]:
    """The rows of a submission (uid)."""
    return rows_of(submission)
