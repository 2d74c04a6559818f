"""What their system answered to a sheet that was handed up: their result file, row by row, as answers about our records.

It is the sheet that we made, with two columns added: whether a row was taken, and why not. Rows are known again by the number
of a person, the code or the name of a union or an employer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from importers.columns.header_text import normal
from importers.reader import process as reader_process
from importers.workbook.sheet import Sheet, SheetRow
from models.engine import database
from models.errors import UserError
from models.handins.submitted import PastSubmission, RowAnswer, is_taken, rows_of, submissions
from models.handins.templates import HandInTemplate, templates
from models.language import _
from models.records.forms import FORMS
from models.values.cleaning import normal_name
from models.values.ids import clean_number

#: How the two columns are called elsewhere, beside what the template says.
_TAKEN = ("是否导入成功", "是否成功", "导入结果", "导入状态", "结果", "状态")
_WHY = ("错误原因", "失败原因", "错误信息", "原因", "不通过原因")
#: Rows among which the header is.
_SEARCHED = 15
#: By what a record is known again, the surest first.
_KEYS = {"workers": ("id_number", "name"), "unions": ("name", "credit_code"), "employers": ("name", "credit_code")}


@dataclass(frozen=True)
class FoundAnswers:
    """The submission that a result file speaks of, its answers, and the numbers of the rows that are known as none of it."""

    submission: PastSubmission
    answers: list[RowAnswer]
    unknown: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _Sheet:
    """The sheet of a result file: its rows, and where what stands in them."""

    template: HandInTemplate
    rows: Sequence[SheetRow]
    taken: int
    why: int | None
    places: Mapping[str, int]


def read_answers(path: Path, template: HandInTemplate | None = None) -> FoundAnswers:
    """Read a result file; ``template``: of which sheet it is, else it is told by its columns.

    UserError where no sheet of it has the columns of an answer, or nothing like it was handed up.
    """
    sheets = reader_process.read_all(path)
    known = [template] if template else templates()
    found = [each for sheet in sheets for each in _recognised(sheet.rows, known)]
    if not found:
        raise UserError(
            _("《{name}》里没有“是否成功”这一栏，不像对方退回的结果。请选他们导入以后给的那份表。").format(name=path.name)
        )
    answered = [answers for sheet in found for past in submissions(sheet.template.key) for answers in [_answers(sheet, past)]]
    best = max(answered, key=lambda each: len(each.answers), default=None)
    if best is None or not best.answers:
        raise UserError(_("《{name}》里的行和上报过的都对不上，没有改动。").format(name=path.name))
    return best


def answered_template(sheets: Sequence[Sheet]) -> HandInTemplate | None:
    """The template of which a sheet has most columns, and whether each row was taken; None for any other, or never handed up."""
    known = [each for each in templates() if submissions(each.key)]
    found = [each for sheet in sheets for each in _recognised(sheet.rows, known) if each.why is not None]
    whole = [each for each in found if len(each.places) == len({one.field for one in each.template.columns if one.field})]
    return whole[0].template if whole else None


def _recognised(rows: Sequence[SheetRow], known: Sequence[HandInTemplate]) -> Iterator[_Sheet]:
    """The sheet as one of the template whose columns stand in it, most of all."""
    for place, row in enumerate(rows[:_SEARCHED]):
        titles = [normal(str(value)) if value is not None else "" for value in row.values]
        best: tuple[int, _Sheet] | None = None
        for template in known:
            taken = _place(titles, (template.result[0], *_TAKEN))
            places = {
                each.field: titles.index(normal(each.title))
                for each in template.columns
                if each.field and normal(each.title) in titles
            }
            keyed = any(name in places for name in _KEYS[template.rows])
            if taken is None or not keyed:
                continue
            why = _place(titles, (template.result[1], *_WHY))
            if best is None or len(places) > best[0]:
                best = len(places), _Sheet(template, rows[place + 1 :], taken, why, places)
        if best is not None:
            yield best[1]
            return


def _place(titles: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((titles.index(normal(each)) for each in wanted if normal(each) in titles), None)


def _answers(sheet: _Sheet, past: PastSubmission) -> FoundAnswers:
    known = _known(sheet, past)
    answers: dict[str, RowAnswer] = {}
    unknown = []
    for row in sheet.rows:
        said = is_taken(_text(row, sheet.taken))
        if said is None:
            continue  # the 填表说明, blank lines
        tried = (texts.get(_key(name, _text(row, sheet.places[name]))) for name, texts in known.items())
        record = next(filter(None, tried), None)
        if record is None:
            unknown.append(row.number)
            continue
        reason = _text(row, sheet.why) if sheet.why is not None and not said else ""
        answers[record] = RowAnswer(record, said, reason)
    return FoundAnswers(past, list(answers.values()), unknown)


def _known(sheet: _Sheet, past: PastSubmission) -> dict[str, dict[str, str]]:
    """By each field that is a key and stands in the sheet: whose record a text is; a text of two records is nobody's."""
    record = FORMS[sheet.template.rows].main
    uids = [row.record for row in rows_of(past.uid)]
    found: dict[str, dict[str, str]] = {}
    for name in _KEYS[sheet.template.rows]:
        if name not in sheet.places:
            continue
        texts: dict[str, str] = {}
        for uid, value in database.fetch_in(record, "uid", uids, ("uid", name)):
            key = _key(name, str(value or ""))
            if key:
                texts[key] = "" if key in texts else uid
        found[name] = texts
    return found


def _key(name: str, text: str) -> str:
    return normal_name(text) if name == "name" else clean_number(text)


def _text(row: SheetRow, place: int) -> str:
    value: Any = row.values[place] if place < len(row.values) else None
    return "" if value is None else str(value).strip()
