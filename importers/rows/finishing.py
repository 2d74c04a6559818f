"""When all rows of a sheet are understood: their keys, who stands there twice, and what other lines say of them."""

from array import array
from collections.abc import Iterator, Sequence

from importers.columns.header import Header, key_column
from importers.rows.parts import RowPart, UnderstoodRows
from importers.rows.rows import Row, RowWay
from importers.workbook.sheet import SheetRow
from models.patterns import pattern
from models.values.cleaning import normal_name
from models.values.columns import Stored
from models.values.problems import problem

#: What a branch's name adds to that of its firm.
_BRANCH = pattern("(?:分公司|分店|分厂|分部|分院|门店|营业部|项目部|办事处|[一-鿿]店)$")


def finish(found: UnderstoodRows, rows: Sequence[SheetRow], way: RowWay) -> None:
    """Give the rows their keys, and tell who stands there twice."""
    if way.keyed:
        _mark_keys(found, rows, way.header)
    if way.form.kind == "workers":
        _repeated(found)
        _left_above(found, way.carried.left_above)
    if way.form.kind in ("employers", "unions"):
        _shared_codes(found)


def _mark_keys(found: UnderstoodRows, rows: Sequence[SheetRow], header: Header) -> None:
    """Give each row the key that its sheet has for it; the second row with the same key is a copy, and gets none."""
    at = key_column(header)
    if at is None:
        return
    written = {row.number: row.values[at] for row in rows if at < len(row.values)}
    seen: set[str] = set()
    for row in found.loud():  # of a sheet with keys every row is looked at by itself
        key = written.get(row.number)
        if isinstance(key, str) and (key := key.strip()) not in seen:
            seen.add(key)
            row.key = key


def _repeated(rows: UnderstoodRows) -> None:
    """A person who stands twice in a sheet is refused the second time, with the first row's number."""
    # a sheet of very many people has hardly one twice: only those are looked at whose hash comes again
    hashes = array("q", map(hash, filter(None, _numbers(rows))))
    once, again = set[int](), set[int]()
    for each in hashes if len(set(hashes)) < len(hashes) else ():
        (again if each in once else once).add(each)
    first: dict[Stored, int] = {}
    for place, number in enumerate(_numbers(rows) if again else ()):
        if number is None or hash(number) not in again:
            continue
        if number in first:
            rows.tell(place, [problem("id-repeated", "id_number", row=first[number])])
        else:
            first[number] = rows[place].number


def _numbers(rows: UnderstoodRows) -> Iterator[Stored]:
    """The identity number of each row; None where it has none, or is refused."""
    for part in rows.parts:
        yield from _numbers_of(part)


def _numbers_of(part: RowPart) -> Sequence[Stored]:
    found = list(part.column("id_number"))
    for place, row in part.loud.items():
        found[place] = None if row.problems and row.refused else row.value("id_number")
    return found


def _left_above(rows: UnderstoodRows, lines: Sequence[tuple[int, int, str]]) -> None:
    """Tell of the rows of which a line below them says that they left."""
    for after, before, word in lines:
        for place, number in enumerate(rows.numbers()):
            if after < number < before:
                rows.tell(place, [problem("says-left", written=word)])


def _apart(one: str, other: str) -> bool:
    """True for two names of two units: neither is the other made longer, but for a branch, which has a code of its own."""
    if one in other or other in one:
        return one != other and bool(_BRANCH.search(one)) != bool(_BRANCH.search(other))
    return True


def _shared_codes(rows: UnderstoodRows) -> None:
    """One credit code under names that have nothing to do with each other was copied down: it is asked whose it is."""
    by_code: dict[Stored, list[Row]] = {}
    for row in rows.loud():
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
