"""Which column goes to which field of a form, how sure and why; a person may correct it, and what they said is remembered."""

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from importers.columns.content import agrees, are_counts, by_content, code_field, filled
from importers.columns.header import Header
from importers.columns.header_text import letter, normal
from importers.columns.joins import Join, address_fields, joins
from importers.columns.neighbours import of_membership, of_whom, with_names, with_union_beside, without_parts_of_staff
from importers.columns.persons import PHONES, beside, other_beside
from importers.columns.text import SENSITIVE, Because, FieldCandidate, HeaderReading, by_text, is_generic, side_of
from importers.columns.ticks import ticked_columns
from importers.columns.vocabulary import SEQUENCE
from models.language import _
from models.records.forms import Form, FormField
from models.values.columns import Plain
from models.values.id_kinds import CreditCode, IdNumber
from models.values.names import is_union_name

#: From here on a column is surely found, if its header says so.
_SURE = 0.9

#: (normalised group, normalised header) → field, or "" for a column that a person ignores.
Remembered = Dictionary[tuple[str, str], str]


@dataclass(frozen=True)
class ColumnMatch:
    """One column: place (0 = A), letters, texts above it, the field it goes to (None: ignored), why and how sure (0..1)."""

    index: int
    letter: str
    group: str
    header: str
    field: str | None
    because: Because
    sureness: float
    #: the sensitive field that an ignored column may hold: a question to a person
    maybe: str = ""
    #: the label of the field that a tick in this column means
    label: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What a choice for this column is remembered by."""
        return normal(self.group), normal(self.header)

    @property
    def is_sure(self) -> bool:
        """True for a column whose field was said, by its header or by a person, and not guessed."""
        return self.field is not None and self.sureness >= _SURE and self.because not in ("near", "content")


@dataclass(frozen=True)
class Mapping:
    """All columns that have a header or data; ``required``: the fields without which the form refuses a row.

    ``joins``: columns that hold one field together; those beside the main one have its field because of "joined".
    """

    matches: tuple[ColumnMatch, ...]
    required: tuple[str, ...] = ()
    joins: tuple[Join, ...] = ()

    @property
    def unmapped(self) -> tuple[str, ...]:
        """The header texts that go nowhere, a column of row numbers aside; a column without a header by its letters."""
        unused = (each for each in self.matches if not each.field and each.key[1] not in SEQUENCE)
        return tuple(each.header or _("{letter} 列").format(letter=each.letter) for each in unused)

    @property
    def asked(self) -> tuple[ColumnMatch, ...]:
        """The columns of which only a person can say whether they hold the field that they may hold."""
        return tuple(each for each in self.matches if each.maybe and not each.field)

    @property
    def doubtful(self) -> tuple[ColumnMatch, ...]:
        """The columns that a person should look at: those of :attr:`asked`, then those whose field was guessed."""
        return (*self.asked, *(each for each in self.matches if each.field and not each.is_sure))

    @property
    def missing(self) -> tuple[str, ...]:
        """The required fields that no column goes to."""
        return tuple(field for field in self.required if field not in self._places)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {match.field: match.index for match in self.matches if match.field and match.because != "joined"}

    def of(self, field: str) -> int | None:
        """The column of a field, or None."""
        return self._places.get(field)

    def fields(self, form: Form) -> dict[int, FormField]:
        """The form's field for each mapped column."""
        return {self._places[name]: form.by_name[name] for name in self._places}

    def chosen(self, index: int, field: str | None) -> "Mapping":
        """The mapping as a person corrected it: a column to a field, or to none. The field leaves the column it had."""
        matches = []
        for match in self.matches:
            if match.index == index:
                matches.append(replace(match, field=field or None, because="chosen", sureness=1.0, maybe=""))
            elif field and match.field == field and not (match.label and self._label(index)):
                matches.append(replace(match, field=None, because="none", sureness=0.0))
            elif field and match.maybe == field:
                matches.append(replace(match, maybe=""))
            else:
                matches.append(match)
        return Mapping(tuple(matches), self.required, _kept(self.joins, index, matches))

    def _label(self, index: int) -> str:
        return next((each.label for each in self.matches if each.index == index), "")


def _kept(found: tuple[Join, ...], index: int, matches: Sequence[ColumnMatch]) -> tuple[Join, ...]:
    """The joins that a person's choice for a column leaves as they are."""
    fields = {match.index for match in matches if match.field}
    return tuple(join for join in found if index not in join.columns and join.main in fields)


def guess(header: Header, form: Form, samples: Sequence[Sequence[Plain]], remembered: Remembered | None = None) -> Mapping:
    """Find the field of every column.

    ``samples``: the first rows of data (some 200). In this order: what a person said before, a declared wording, the
    group above it, a near spelling, the content. A field goes to one column at most, the surest; of two columns with
    the same field the wording declared earlier wins, then the first column.
    """
    width = max([len(header.texts), *(len(row) for row in samples)])
    columns = [[row[index] for row in samples if index < len(row)] for index in range(width)]
    texts = [header.texts[index] if index < len(header.texts) else "" for index in range(width)]
    groups = _groups(header, texts)
    ticked = ticked_columns(form, texts, groups, columns)
    offers: list[tuple[FieldCandidate, int]] = []
    asked: dict[int, FieldCandidate] = {}
    settled: dict[int, FieldCandidate | None] = {}
    for index in range(width):
        told = _told(remembered or {}, texts[index], groups[index], header.groups[index : index + 1])
        if told is not None and (not told or told in form.by_name):
            settled[index] = FieldCandidate(told, "remembered", 1.0) if told else None
        elif index not in ticked:
            reading = _read(form, header, texts[index], groups[index], columns[index])
            offers += [(each, index) for each in reading.candidates]
            if reading.maybe is not None:
                asked[index] = reading.maybe
    offers = [*((each, index) for index, each in settled.items() if each), *offers]
    offers = with_union_beside(form, offers, texts)
    # what a person ignores takes no part in what columns hold because of each other
    seen = ["" if index in settled and settled[index] is None else text for index, text in enumerate(texts)]
    counts = {index for index, column in enumerate(columns) if are_counts(column)}
    offers = without_parts_of_staff(with_names(form, _union_named(form, offers, columns), seen, counts), texts, groups)
    taken = _assign(offers, {index for index in range(width) if filled(columns[index])})
    found = joins(form, taken, offers, seen, groups, columns)
    taken |= address_fields(form, taken, found)
    for join in found:
        alike = {index: FieldCandidate(taken[join.main].field, "joined", 0.9) for index in join.columns}
        taken = alike | taken
    sure = {each.field for each in taken.values()}
    asked = {index: each for index, each in asked.items() if each.field not in sure}
    ticks = {index: each for index, each in ticked.items() if each.field not in sure and index not in settled}
    taken |= {index: FieldCandidate(each.field, "ticked", 0.95) for index, each in ticks.items()}
    matches = (
        replace(
            _match(index, groups[index], texts[index], taken.get(index), index in settled, asked.get(index)),
            label=ticks[index].label if index in ticks else "",
        )
        for index in range(width)
        if texts[index] or filled(columns[index])
    )
    return Mapping(tuple(matches), tuple(each.name for each in form.fields if each.column.required), found)


def _read(form: Form, header: Header, text: str, group: str, column: Sequence[Plain]) -> HeaderReading:
    """What a column's header, the sheet around it and its content say."""
    reading = of_membership(by_text(form.kind, text, group), text, header)
    reading = of_whom(reading, text, group, header)
    return _candidates(form, _by_owner(form, reading, text, column), text, column)


def _match(
    index: int, group: str, text: str, found: FieldCandidate | None, told: bool, asked: FieldCandidate | None
) -> ColumnMatch:
    if asked and not found:
        return ColumnMatch(index, letter(index), group, text, None, "none", asked.sureness, asked.field)
    if found:
        return ColumnMatch(index, letter(index), group, text, found.field, found.because, min(found.sureness, 1.0))
    ignored = told or normal(text) in SEQUENCE
    return ColumnMatch(index, letter(index), group, text, None, "remembered" if told else "none", 1.0 if ignored else 0.0)


def _told(remembered: Remembered, text: str, group: str, written: Sequence[str]) -> str | None:
    """What a person said of a column before: under the group that tells it apart, else under the one written above it."""
    if not text:
        return None
    key = normal(text)
    return remembered.get((normal(group), key), remembered.get((normal("".join(written)), key)))


def _groups(header: Header, texts: Sequence[str]) -> list[str]:
    """The group of every column: as written above it, else what the columns to its left say of a text that needs it."""
    groups = [header.groups[index] if index < len(header.groups) else "" for index in range(len(texts))]
    plain = [normal(text) for text in texts]
    for index, text in enumerate(plain):
        if not groups[index] and (other := other_beside(plain, index)) is not None:
            groups[index] = texts[other]
        if groups[index] or not is_generic(text):
            continue
        if text in PHONES and (person := beside(plain, index)) is not None:
            groups[index] = texts[person]
            continue
        if text.startswith("其中") or text in ("女", "女性"):
            counts = [at for at in range(index) if not plain[at].startswith("其中") and plain[at].endswith(("数", "职工", "会员"))]
            groups[index] = texts[counts[-1]] if counts else ""
        elif plain.count(text) > 1:
            sides = [at for at in range(index) if side_of(plain[at]) and plain[at].endswith(("名称", "单位", "工会", "企业"))]
            groups[index] = texts[sides[-1]].removesuffix("名称") if sides else ""
    return groups


def _candidates(form: Form, reading: HeaderReading, text: str, column: Sequence[Plain]) -> HeaderReading:
    """What the text says, or where it says nothing, the content; a text that is only near must agree with what stands there.

    A union that only the content of a column with another header tells of is a question.
    """
    if reading.maybe is not None:
        field = form.by_name[reading.maybe.field]
        proven = isinstance(field.column.kind, (IdNumber, CreditCode)) and agrees(field, column)
        if proven and filled(column):
            return HeaderReading((reading.maybe,))
        return reading if agrees(field, column) else HeaderReading(closed=True)
    if reading.candidates:
        first = reading.candidates[0]
        if first.because == "near" and not agrees(form.by_name[first.field], column):
            return HeaderReading(closed=True)
        return reading
    found = None if reading.closed else by_content(form, column, bool(text))
    if found is None:
        return reading
    if text and found.field in SENSITIVE and not isinstance(form.by_name[found.field].column.kind, (IdNumber, CreditCode)):
        return HeaderReading(closed=True, maybe=found)
    return HeaderReading((found,))


def _by_owner(form: Form, reading: HeaderReading, text: str, column: Sequence[Plain]) -> HeaderReading:
    """A credit code whose header does not say whose it is: most of the codes do, by their first two digits."""
    if not reading.candidates or reading.candidates[0].because == "group" or side_of(normal(text)):
        return reading
    if not isinstance(form.by_name[reading.candidates[0].field].column.kind, CreditCode):
        return reading
    owner = code_field(form, column)
    if owner is None or owner == reading.candidates[0].field:
        return reading
    return HeaderReading((FieldCandidate(owner, "content", 0.8),))


def _union_named(
    form: Form, offers: list[tuple[FieldCandidate, int]], columns: Sequence[Sequence[Plain]]
) -> list[tuple[FieldCandidate, int]]:
    """In a list of unions without 工会名称, a 单位名称 column that holds unions' names is the union's name."""
    if form.kind != "unions" or any(each.field == "name" for each, _index in offers):
        return offers
    return [
        (FieldCandidate("name", "content", 0.8) if each.field == "employer" and _unions(columns[index]) else each, index)
        for each, index in offers
    ]


def _unions(column: Sequence[Plain]) -> bool:
    names = [cell for cell in filled(column) if isinstance(cell, str)]
    return bool(names) and sum(map(is_union_name, names)) > 0.6 * len(names)


def _assign(offers: list[tuple[FieldCandidate, int]], told: set[int]) -> dict[int, FieldCandidate]:
    """One field to a column, one column to a field: what was said before first, then the surest, then the first.

    ``told``: the columns that say something; an empty one never takes a field from one of them.
    """
    taken: dict[int, FieldCandidate] = {}
    fields: set[str] = set()
    filled_fields = {each.field for each, index in offers if index in told}

    def order(offer: tuple[FieldCandidate, int]) -> tuple[bool, bool, float, int]:
        each, index = offer
        hides = index not in told and each.field in filled_fields
        return hides, each.because != "remembered", -each.sureness, index

    for each, index in sorted(offers, key=order):
        if index not in taken and each.field not in fields:
            taken[index] = each
            fields.add(each.field)
    return taken
