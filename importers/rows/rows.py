"""From the rows of a sheet to rows of values: each cell read by its field's kind, then checks across fields.

Nothing here asks the register. A row that fails keeps all of its problems, not only the first.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from importers.columns.header import Header, key_column
from importers.columns.mapping import Mapping
from importers.columns.row_roles import Role, judge, judge_together
from importers.rows.carried import NOTHING, Carried, Given
from importers.rows.leaving import implied_type, imply
from importers.rows.packed import Packed, pack, unpack
from importers.rows.readers import ColumnReader, Read, Reader, readers_of
from importers.workbook.sheet import SheetRow
from models.patterns import pattern
from models.records.checks import CHECKS, Check, StoredValues, Written
from models.records.forms import Form
from models.values.cleaning import normal_name
from models.values.columns import Plain, Stored
from models.values.problems import Problem, problem

#: What a row without its required field lacks.
MISSING = {
    "workers": "name-missing", "employers": "employer-name-missing", "unions": "union-name-missing",
    "headcounts": "subject-missing", "officers": "officer-name-missing", "ledger": "ledger-kind-missing",
    "sites": "site-name-missing", "regions": "place-name-missing",
}  # fmt: skip
#: Fields of one record alone: what stands above is another's.
OWN = ("name", "id_number", "phone", "credit_code", "member_number")
#: What a branch's name adds to that of its firm.
_BRANCH = pattern("(?:分公司|分店|分厂|分部|分院|门店|营业部|项目部|办事处|[一-鿿]店)$")
_NOTHING: Dictionary[str, Plain] = MappingProxyType({})


@dataclass(slots=True, init=False)
class Row:
    """A row that was understood: its own number, stored values by field name, and all problems.

    ``written``: what the cells say that have a problem or no value; of a sheet with keys, what all of them say.
    ``key``: uid of the record that the row was exported from, or "". The values are kept packed: who needs several of
    them asks for ``values`` once.
    """

    number: int
    packed: Packed
    written: Dictionary[str, Plain]
    problems: tuple[Problem, ...]
    hidden: bool
    key: str

    def __init__(
        self,
        number: int,
        values: Dictionary[str, Stored],
        written: Dictionary[str, Plain],
        problems: Iterable[Problem] = (),
        hidden: bool = False,
        key: str = "",
    ) -> None:
        """Take copies of the values and the problems."""
        self.number, self.packed, self.written = number, pack(values), written
        self.problems, self.hidden, self.key = tuple(problems), hidden, key

    @classmethod
    def quiet(cls, number: int, packed: Packed, hidden: bool) -> "Row":
        """A row of which nothing is to be told, its values packed already; fields without a value may stand among them."""
        row = cls.__new__(cls)
        row.number, row.packed, row.written, row.problems, row.hidden, row.key = number, packed, _NOTHING, (), hidden, ""
        return row

    @property
    def values(self) -> dict[str, Stored]:
        """The stored values by field name: a copy."""
        return unpack(self.packed)

    def value(self, name: str) -> Stored:
        """One stored value; None where there is none."""
        names, values = self.packed
        return values[names.index(name)] if name in names else None

    @property
    def refused(self) -> bool:
        """True when an error keeps the row out."""
        return any(each.level == "error" for each in self.problems)


@dataclass(frozen=True)
class Corrections:
    """What a person said about the values of a sheet.

    ``defaults``: field → text for every row, where the sheet has no such column · ``choices``: field → written value →
    label ("" drops the value) · ``cells``: row number → field → text instead of what is written.
    """

    defaults: Dictionary[str, str] = field(default_factory=dict)
    choices: Dictionary[str, Dictionary[str, str]] = field(default_factory=dict)
    cells: Dictionary[int, Dictionary[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class RowWay:
    """How the rows of one sheet are read: made once, used for every row. ``keyed``: the sheet has keys of records."""

    header: Header
    mapping: Mapping
    keyed: bool
    readers: list[ColumnReader]
    by_name: dict[str, Reader]
    required: list[str]
    defaults: list[tuple[str, Read]]
    cells: Dictionary[int, Dictionary[str, str]]
    form: Form
    check: Check
    today: dt.date
    unsaved: frozenset[tuple[int, int]]
    implied: str
    carried: Carried

    @cached_property
    def role(self) -> Callable[[Sequence[Plain]], Role]:
        """What tells the role of a row."""
        return judge(self.header, self.mapping, self.form)

    @cached_property
    def all_records(self) -> Callable[[Sequence[Sequence[Plain]]], bool]:
        """What sees by their columns that some rows are records all."""
        return judge_together(self.header, self.mapping, self.form)

    @cached_property
    def ticks(self) -> bool:
        """True when some of its columns are ticked ones."""
        return any(each.label for each in self.mapping.matches)


def finish(found: list[Row], rows: Sequence[SheetRow], way: RowWay) -> list[Row]:
    """When all rows of a sheet are read: give them their keys, and tell who stands there twice. Returns ``found``."""
    if way.keyed:
        _mark_keys(found, rows, way.header)
    if way.form.kind == "workers":
        _repeated(found)
        _left_above(found, way.carried.left_above)
    if way.form.kind in ("employers", "unions"):
        _shared_codes(found)
    return found


def _mark_keys(found: Iterable[Row], rows: Sequence[SheetRow], header: Header) -> None:
    """Give each row the key that its sheet has for it; the second row with the same key is a copy, and gets none."""
    at = key_column(header)
    if at is None:
        return
    written = {row.number: row.values[at] for row in rows if at < len(row.values)}
    seen: set[str] = set()
    for row in found:
        key = written.get(row.number)
        if isinstance(key, str) and (key := key.strip()) not in seen:
            seen.add(key)
            row.key = key


def way_of(
    header: Header,
    mapping: Mapping,
    form: Form,
    today: dt.date,
    unsaved: frozenset[tuple[int, int]],
    corrections: Corrections,
) -> RowWay:
    """How the rows of a sheet are read; parameters as for :func:`understand`."""
    by_name, readers = readers_of(form, mapping, corrections.choices, today)
    check = CHECKS[form.kind]
    if form.kind == "unions" and mapping.of("name") is None:
        check = _named_after_employer
    return RowWay(
        header=header,
        mapping=mapping,
        keyed=key_column(header) is not None,
        readers=readers,
        by_name=by_name,
        required=[each.name for each in form.fields if each.column.required],
        defaults=[
            (name, by_name[name](text))
            for name, text in corrections.defaults.items()
            if name in by_name and mapping.of(name) is None
        ],
        cells=corrections.cells,
        form=form,
        check=check,
        today=today,
        unsaved=unsaved,
        implied=implied_type(mapping) if form.kind == "workers" else "",
        carried=Carried(form.kind, frozenset(each.index for each in mapping.matches if each.field in OWN)),
    )


def alone(
    number: int, hidden: bool, values: StoredValues, written: Written, problems: list[Problem], given_above: Given, way: RowWay
) -> Row:
    """One row by itself: what a person said otherwise, what stands above it, and the checks across its fields."""
    if number in way.cells:
        problems = _corrected(way.cells[number], way, values, written, problems)
    for name, (given, value, trouble) in way.defaults:
        values.setdefault(name, value)
        written.setdefault(name, given)
        problems += [trouble] if trouble is not None else []
    if given_above is not NOTHING:
        _take(given_above, way, values, written, problems)
    if way.implied and values.get("change_date") is not None and not values.get("change_type"):
        imply(way.implied, values, problems)
    problems = way.check(values, written, problems, way.today)
    if None in map(values.get, way.required):
        lacking = next(name for name in way.required if values.get(name) is None)
        problems.insert(0, problem(MISSING[way.form.kind], lacking))
    return Row(number, values, written if way.keyed else _telling(values, written, problems), problems, hidden)


def _take(given: Given, way: RowWay, values: StoredValues, written: Written, problems: list[Problem]) -> None:
    """Give the row what its section's heading names, where its own cells do not say it."""
    for name, text in given.texts:
        if values.get(name) is None and name not in written:
            written[name], values[name], _trouble = way.by_name[name](text)
    if given.said is not None:
        problems.append(given.said)


def _telling(values: StoredValues, written: Written, problems: list[Problem]) -> Dictionary[str, Plain]:
    """What was written where the value does not say it as well: a large sheet is not held twice."""
    if not problems:
        return _NOTHING
    told = {each.column for each in problems}
    return {name: given for name, given in written.items() if name in told or values.get(name) is None}


def _corrected(
    cells_of_row: Dictionary[str, str], way: RowWay, values: StoredValues, written: Written, problems: list[Problem]
) -> list[Problem]:
    """Put a person's texts in the place of what the row says; only their own problems count from then on."""
    for name, text in cells_of_row.items():
        if name not in way.by_name:
            continue
        given, values[name], trouble = way.by_name[name](text)
        written[name] = given
        problems = [each for each in problems if each.column != name]
        problems += [trouble] if trouble is not None else []
    return problems


def _named_after_employer(
    values: StoredValues, written: Written, problems: list[Problem], today: dt.date
) -> list[Problem]:
    """In a list of unions that has no column for their names, each is named after its employer, and that is told."""
    employer = values.get("employer")
    if isinstance(employer, str):
        values["name"] = f"{employer}工会"
        problems = [*problems, problem("union-name-derived", "name", name=values["name"])]
    return CHECKS["unions"](values, written, problems, today)


def _repeated(rows: list[Row]) -> None:
    """A person who stands twice in a sheet is refused the second time, with the first row's number."""
    first: dict[Stored, int] = {}
    for row in rows:
        number = row.value("id_number")
        if number is None or (row.problems and row.refused):
            continue
        if number in first:
            row.problems += (problem("id-repeated", "id_number", row=first[number]),)
        else:
            first[number] = row.number


def _left_above(rows: list[Row], lines: Sequence[tuple[int, int, str]]) -> None:
    """Tell of the rows of which a line below them says that they left."""
    for after, before, word in lines:
        for row in rows:
            if after < row.number < before:
                row.problems += (problem("says-left", written=word),)


def _apart(one: str, other: str) -> bool:
    """True for two names of two units: neither is the other made longer, but for a branch, which has a code of its own."""
    if one in other or other in one:
        return one != other and bool(_BRANCH.search(one)) != bool(_BRANCH.search(other))
    return True


def _shared_codes(rows: list[Row]) -> None:
    """One credit code under names that have nothing to do with each other was copied down: it is asked whose it is."""
    by_code: dict[Stored, list[Row]] = {}
    for row in rows:
        code = row.value("credit_code")
        if code is not None and not row.key and row.value("name") is not None:
            by_code.setdefault(code, []).append(row)
    for sharing in by_code.values():
        names = {normal_name(str(row.value("name"))): row for row in sharing} if len(sharing) > 1 else {}
        for row in sharing if len(names) > 1 else ():
            own = normal_name(str(row.value("name")))
            other = next((each for name, each in names.items() if _apart(own, name)), None)
            if other is not None:
                told = problem("code-shared", "credit_code", row=other.number, name=other.value("name"))
                row.problems += (told,)
