"""A working list that comes back as a sheet: its boxes, days and notes, put beside the entries; what is not sure is a question.

Our own export is known by its columns, its rows by the hidden column of the records' uids, else by a number or a name that one
entry alone has. A blank cell is no news: it takes no tick away. A row with one cell that cannot be read is asked about whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from importers.columns.header_text import normal
from importers.reader import process as reader_process
from importers.workbook.sheet import Sheet, SheetRow
from models.engine import database
from models.engine.record import Values
from models.errors import UserError
from models.journal.writer import Author
from models.language import _
from models.records.forms import FORMS
from models.uid import KEY_TITLE
from models.values.cleaning import normal_name
from models.values.columns import Column
from models.values.ids import clean_number
from models.worklists import entries
from models.worklists.lists import WorklistHead, find_worklist, worklists, write_each

#: Rows among which the header is.
_SEARCHED = 15
#: By what an entry is known again, the surest first.
_KEYS = {
    "workers": ("id_number", "member_number", "phone", "name"), "unions": ("credit_code", "name"),
    "employers": ("credit_code", "name"),
}  # fmt: skip
#: What a person may answer a question with instead of a record's uid.
SKIP = "skip"
_SHEET_NAME = 31


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What a row would change of an entry (uid): the field, and the values before and after as they are shown."""

    entry: str
    called: str
    title: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class RowQuestion:
    """A row that is not applied by itself: where it stands, what is wrong, what to do.

    ``candidates``: records (uid, name) that may be meant and can be put on the list by an answer; ``values``: what the row says.
    """

    sheet: str
    row: int
    called: str
    why: str
    candidates: tuple[tuple[str, str], ...] = ()
    values: Values = field(default_factory=dict)


@dataclass
class WorklistReading:
    """What a sheet says of a list: what to write by entry (uid), the changes, the questions, how many rows are the same."""

    head: WorklistHead
    file: str
    wanted: dict[str, Values] = field(default_factory=dict)
    changes: list[EntryChange] = field(default_factory=list)
    questions: list[RowQuestion] = field(default_factory=list)
    same: int = 0


@dataclass(frozen=True)
class _Found:
    """A sheet of a list: below its header the rows, the place of each column of the list, of the keys, of the uids."""

    head: WorklistHead
    name: str
    rows: Sequence[SheetRow]
    places: Mapping[str, int]
    keys: Mapping[str, int]
    uids: int | None


def read_worklist(path: Path, name: str = "") -> WorklistReading:
    """Read a sheet; ``name``: of which list (name or uid) it is, else the sheet's own name and columns say so. Writes nothing.

    UserError where no sheet has a column of the list, and where it may be of several lists.
    """
    sheets = reader_process.read_all(path)
    found = _of_list(sheets, find_worklist(name)) if name else _told_apart(sheets, path)
    if found is None:
        raise UserError(
            _("《{file}》里没有工作名单的勾选栏、日期栏或备注栏，没有改动。请用从工作名单导出的表。").format(
                file=path.name
            )
        )
    reading = WorklistReading(found.head, path.name)
    by_key = _known(found)
    marked = entries.marks(found.head)
    names = _names(found.head, marked)
    seen: dict[str, int] = {}
    for row in found.rows:
        _take(reading, found, row, by_key, marked, names, seen)
    return reading


def list_of(sheets: Sequence[Sheet]) -> WorklistHead | None:
    """The working list that a sheet is surely of: the one it is named after, else the only one all of whose columns it has."""
    found = [each for head in worklists() if (each := _of_list(sheets, head)) is not None and _is_surely(each)]
    named = [each for each in found if _same_name(each.name, each.head.name)]
    chosen = named or [each for each in found if len(each.places) == len(each.head.columns)]
    return chosen[0].head if len(chosen) == 1 else None


def _is_surely(found: _Found) -> bool:
    """True where a box or a day of the list stands in the sheet: a note stands in anybody's."""
    columns = [each.column for each in FORMS[found.head.rows].fields]
    ordinary = {normal(wording) for column in columns for wording in (column.label, *column.synonyms)}
    return any(normal(each.label) not in ordinary for each in found.head.columns if each.name in found.places)


def _told_apart(sheets: Sequence[Sheet], path: Path) -> _Found | None:
    """The list that a sheet is of: the one it is named after, else the only one whose columns it has."""
    fitting = [each for head in worklists() if (each := _of_list(sheets, head)) is not None]
    named = [each for each in fitting if _same_name(each.name, each.head.name)]
    chosen = named or fitting
    if len(chosen) > 1:
        names = _("、").join(each.head.name for each in chosen)
        raise UserError(
            _("《{file}》可能是几份工作名单的：{names}。请写明是哪一份。").format(file=path.name, names=names)
        )
    return chosen[0] if chosen else None


def _same_name(sheet: str, name: str) -> bool:
    return normal(sheet) == normal(name) or normal(sheet) == normal(name[:_SHEET_NAME])


def _of_list(sheets: Sequence[Sheet], head: WorklistHead) -> _Found | None:
    """The sheet that has columns of the list, the one with most of them."""
    best: _Found | None = None
    for sheet in sheets:
        for place, row in enumerate(sheet.rows[:_SEARCHED]):
            titles = [normal(str(value)) if value is not None else "" for value in row.values]
            places = {
                each.name: titles.index(normal(each.label)) for each in head.columns if normal(each.label) in titles
            }
            keys = {
                name: titles.index(normal(label))
                for name in _KEYS[head.rows]
                if normal(label := FORMS[head.rows].by_name[name].column.label) in titles
            }
            uids = titles.index(normal(KEY_TITLE)) if normal(KEY_TITLE) in titles else None
            if places and (keys or uids is not None) and (best is None or len(places) > len(best.places)):
                best = _Found(head, sheet.head.sheet, sheet.rows[place + 1 :], places, keys, uids)
    return best


def _known(found: _Found) -> dict[str, dict[str, str]]:
    """By each key: whose record on the list a text is; a text of two records is nobody's."""
    uids = list(entries.marks(found.head))
    record = FORMS[found.head.rows].main
    told: dict[str, dict[str, str]] = {"": {uid: uid for uid in uids}}
    for name in found.keys:
        texts: dict[str, str] = {}
        for uid, value in database.fetch_in(record, "uid", uids, ("uid", name)):
            if key := _key(name, str(value or "")):
                texts[key] = "" if key in texts else uid
        told[name] = texts
    return told


def _names(head: WorklistHead, marked: Mapping[str, Any]) -> dict[str, str]:
    return dict(database.fetch_in(FORMS[head.rows].main, "uid", list(marked), ("uid", "name")))


def _key(name: str, text: str) -> str:
    return normal_name(text) if name == "name" else clean_number(text)


def _text(row: SheetRow, place: int | None) -> str:
    value: Any = row.values[place] if place is not None and place < len(row.values) else None
    return "" if value is None else str(value).strip()


def _whose(found: _Found, row: SheetRow, by_key: Mapping[str, Mapping[str, str]]) -> str:
    """The record on the list that a row is of, "" for none; every key that says anything must say the same one."""
    uid = by_key[""].get(_text(row, found.uids), "")
    if uid:
        return uid
    said = {texts.get(_key(name, _text(row, found.keys[name])), "") for name, texts in by_key.items() if name}
    said.discard("")
    return said.pop() if len(said) == 1 else ""


def _take(
    reading: WorklistReading, found: _Found, row: SheetRow, by_key: Mapping[str, Mapping[str, str]],
    marked: Mapping[str, entries.Row], names: Mapping[str, str], seen: dict[str, int],
) -> None:  # fmt: skip
    """Put a row where it belongs: changes, a question, or nothing new."""
    called = _text(row, found.keys.get("name"))
    if not any(
        _text(row, place) for place in (*found.keys.values(), *([found.uids] if found.uids is not None else []))
    ):
        return  # a blank line, or a line below the list
    values, problem = _values(found, row)
    uid = _whose(found, row, by_key)
    if problem:
        reading.questions.append(RowQuestion(found.name, row.number, called or names.get(uid, ""), problem))
    elif not uid:
        if not values:
            reading.same += 1  # somebody else's line in which nothing was written
            return
        candidates = tuple(_candidates(found, row))
        found_here = _("登记册里有，但不在这份工作名单上，没有写入：是他就加进名单，不是就不管")
        why = found_here if candidates else _("登记册里找不到，没有写入：请核对名称，或者先登记，再加进名单")
        reading.questions.append(RowQuestion(found.name, row.number, called, why, candidates, values))
    elif uid in seen:
        why = _("和第 {row} 行是同一条，只用了前面的：请核对两行哪一行对").format(row=seen[uid])
        reading.questions.append(RowQuestion(found.name, row.number, called, why))
    else:
        seen[uid] = row.number
        _compare(reading, found.head, names.get(uid, called), marked[uid], values)


def _values(found: _Found, row: SheetRow) -> tuple[Values, str]:
    """What a row says in the list's columns, blank ones left out; and what is wrong with the first that cannot be read."""
    values: Values = {}
    for column in found.head.columns:
        place = found.places.get(column.name)
        plain = row.values[place] if place is not None and place < len(row.values) else None
        parsed = column.kind.parse(plain)
        if parsed.problem is not None and (parsed.unread or parsed.problem.level == "error"):
            return {}, _("“{title}”一栏：{why}；这一行没有写入，请改好再读一次").format(title=column.label, why=parsed.problem.text.rstrip("。."))
        if parsed.value is not None:
            values[column.name] = parsed.value
    return values, ""


def _candidates(found: _Found, row: SheetRow) -> Iterator[tuple[str, str]]:
    """The records of the register that a row may mean and that are not on the list."""
    record = FORMS[found.head.rows].main
    told: dict[str, str] = {}
    uid = _text(row, found.uids)
    for name, text in (("uid", uid), *((name, _text(row, place)) for name, place in found.keys.items())):
        if text and not told:
            wanted = clean_number(text) if name in ("id_number", "credit_code") else text
            told = {
                each: str(called or "") for each, called in database.fetch_in(record, name, [wanted], ("uid", "name"))
            }
    yield from told.items()


def _compare(reading: WorklistReading, head: WorklistHead, called: str, marked: entries.Row, values: Values) -> None:
    changed = {name: value for name, value in values.items() if not _same(marked[name], value)}
    if not changed:
        reading.same += 1
        return
    entry = marked[entries.ENTRY]
    reading.wanted[entry] = changed
    titles: dict[str, Column] = {column.name: column for column in head.columns}
    reading.changes += [
        EntryChange(
            entry, called, titles[name].label, name, titles[name].kind.show(marked[name]), titles[name].kind.show(value)
        )
        for name, value in changed.items()
    ]


def _same(held: Any, said: Any) -> bool:
    """A cross in a box that nobody ticked is no news."""
    return held == said or (said == 0 and held is None)


def keep_reading(reading: WorklistReading, author: Author, answers: Mapping[int, str] | None = None) -> int:
    """Write what a sheet says as one batch; returns how many entries changed or came.

    ``answers``: row → the uid of the record that is meant, which is put on the list with what the row says, or ``skip``.
    UserError for an answer to a row that asks nothing, or that none of its candidates has.
    """
    asked = {question.row: question for question in reading.questions}
    chosen: dict[str, Values] = {}
    for row, answer in (answers or {}).items():
        question = asked.get(row)
        if question is None or (answer != SKIP and answer not in dict(question.candidates)):
            raise UserError(_("第 {row} 行没有这样的答复，什么都没有写入。").format(row=row))
        if answer != SKIP:
            chosen[answer] = question.values
    return write_each(reading.wanted, author, chosen, reading.head.uid)
