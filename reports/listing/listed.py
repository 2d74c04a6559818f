"""A list as a report in a layout: its columns, its groups with their sums, what is left to be filled in by hand."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from models import roles
from models.engine.one_state import one_state
from models.language import _, official
from models.lists.listings import Selection
from models.lists.print_forms import EVENTS, FormColumn, PrintForm, checked, kind_label
from models.values.columns import Align, Column, Kind, Stored
from models.values.kinds import Count, PersonName
from models.values.masking import BIRTH_FIELD
from models.values.money import Money
from models.values.name_order import place_of
from models.values.numbers import RangedCount
from models.values.own_kinds import OwnNumber
from models.values.region_index import RegionIndex
from reports.fitting import PADDING, POINT
from reports.layout import MARGIN
from reports.listing.rows import ALWAYS, NOTHING_BESIDE, BesideRows, Row, Span, blocks_of, columns_of_kind, find_column
from reports.packed_rows import PackedRows
from reports.paper_page import SIDES
from reports.report import Report, ReportColumn, Section

#: The columns that a list has on paper where nobody chose any.
USUAL: Mapping[str, tuple[str, ...]] = {
    "workers": ("name", "sex", "id_number", "phone", "employer", "union", "membership_state", "join_date"),
    "employers": ("name", "credit_code", "region", "staff_count", "union", "stage", "contact", "phone"),
    "unions": ("name", "union_type", "region", "member_count", "chair", "phone"),
    "headcounts": ("subject", "subject_kind", "as_of", "source", "staff_count", "member_count"),
    "officers": ("union", "name", "body", "post", "term", "since", "until"),
    "sites": ("site_kind", "name", "region", "address", "state", "since", "quantity", "contact", "phone"),
    "regions": ("name", "level", "region", "dense"),
    "ledger": ("date", "ledger_kind", "title", "quantity", "people", "amount", "union", "region"),
    EVENTS: ("date", "type", "name", "id_number", "employer", "union", "reason"),
}
#: The field of a list by whose names its rows stand, where it is not called so.
NAMED_BY = {"headcounts": "subject", "ledger": "title"}
_NUMBER_WIDTH = 3
#: What is not added up: a list of counts has the same people by several sources and at several days, and years are no amount.
_NO_SUMS: Mapping[str, frozenset[str] | None] = {"headcounts": None, "unions": frozenset({"term_years"})}
#: What is of another unit in each kind of work: it is added up where all rows are of one kind.
_OF_ONE_KIND: Mapping[str, tuple[str, frozenset[str]]] = {"ledger": ("ledger_kind", frozenset({"quantity", "done"}))}
#: A signature or a note by hand is never narrower than so many characters.
_BLANK_WIDTH = 6
_LETTERS = 9
#: A name of sixty characters is printed whole in a column of eight.
_LINES = 8
_STAR = "*"


@dataclass(frozen=True)
class _Field:
    """A column as it is printed; without ``column`` it is left empty. ``sums``: its numbers may be added up."""

    title: str
    width: float
    align: Align
    column: Column | None
    sums: bool = True

    @property
    def added(self) -> bool:
        """True where its values are added up."""
        return self.sums and self.column is not None and isinstance(self.column.kind, Count | Money | OwnNumber)


@dataclass
class _Tally:
    """Rows counted, and by column what their numbers come to; None where there was none; ``open``: some are ranges.

    ``kinds``: of which kinds of work they are, where that is asked; ``apart``: the columns that add up within one kind alone.
    """

    rows: int = 0
    sums: dict[int, int | None] = field(default_factory=dict)
    open: set[int] = field(default_factory=set)
    kinds: set[Stored] = field(default_factory=set)
    apart: set[int] = field(default_factory=set)

    def take(self, place: int, value: Stored) -> None:
        """Add a value of a column."""
        if isinstance(value, int):
            self.sums[place] = (self.sums.get(place) or 0) + int(value)
            if isinstance(value, RangedCount):
                self.open.add(place)

    def add(self, other: "_Tally") -> None:
        """Add what another one counted."""
        self.rows += other.rows
        self.open |= other.open
        self.kinds |= other.kinds
        self.apart |= other.apart
        for place, value in other.sums.items():
            self.sums[place] = (self.sums.get(place) or 0) + (value or 0)

    def sum_of(self, place: int) -> int | None:
        """What a column comes to; None where nobody told a number, or they are of different things."""
        return None if place in self.apart and len(self.kinds) > 1 else self.sums.get(place)


@dataclass(frozen=True)
class ListPaper:
    """What is told of a list beside its rows: whose it is, of which day, what was chosen; numbers covered or not.

    ``title``: in the place of the layout's. ``beside``: what stands beside its records.
    """

    organization: str
    day: str
    scope: str = ""
    masked: bool = True
    span: Span = ALWAYS
    title: str = ""
    beside: BesideRows = NOTHING_BESIDE


def narrowed(choice: Selection, form: PrintForm) -> Selection:
    """The choice with what the layout is about: a list of voters has no retained members, whatever the screen shows."""
    states = frozenset(form.states)
    if states and choice.states:
        states &= choice.states
        if not states:
            return replace(choice, uids=frozenset())
    if form.names and form.kind != EVENTS:
        choice = replace(choice, order=NAMED_BY.get(form.kind, "name"), descending=False, then=("", False), way=form.names)
    return replace(choice, states=states or choice.states, new_form=choice.new_form or form.new_form)


@official()
def list_report(choice: Selection, form: PrintForm, told: ListPaper, index: RegionIndex) -> Report:
    """The rows of a choice in a layout. UserError for a column that the list does not have, or numbers that must stay covered."""
    if not told.masked:
        roles.need_unmask()
    form = checked(form)
    fields_ = _fields(form, told.beside)
    group = find_column(form.kind, form.group_by, told.beside) if form.group_by else None
    with one_state():
        blocks = blocks_of(narrowed(choice, form), form, told.span, index, told.beside)
        sections, whole = _sections(blocks, form, fields_, group, told.masked)
    columns = [ReportColumn(_("序号"), _NUMBER_WIDTH, "center"), *(_report_column(each) for each in fields_)]
    unit = _unit(form.kind)
    made = Report(
        title=told.title or _(form.title or form.name) or kind_label(form.kind), organization=told.organization, day=told.day,
        columns=columns, sections=sections, sums=_sum_row(whole, fields_, _("合计"), unit) if whole.rows else (),
        scope=told.scope, signatures=[_(each) for each in form.signatures], footnotes=[_(each) for each in form.notes],
        mark=_("已脱敏") if told.masked else _("完整信息"), landscape=form.landscape, paper=form.paper,
        size=round(form.size * POINT), row_height=form.row_height, below=True, apart=form.apart and group is not None,
        copies=form.copies, watermark=form.watermark, duplex=form.duplex,
        read_back="all" if form.kind != "officers" or "union" in {each.name for each in form.columns} else "",  # whose posts?
    )  # fmt: skip
    return made if form.one_wide else _parted(made)


def _fields(form: PrintForm, beside: BesideRows) -> list[_Field]:
    wanted = form.columns or [FormColumn(name) for name in USUAL[form.kind]]
    found = []
    for each in wanted:
        if each.blank:
            found.append(_Field(each.name, each.width or _BLANK_WIDTH, "left", None))
            continue
        column = find_column(form.kind, each.name, beside)
        if column.name != form.group_by:
            none = _NO_SUMS.get(form.kind, frozenset())
            sums = none is not None and column.name not in none
            found.append(_Field(column.title, each.width or column.width, column.kind.align, column, sums))
    return found


def _report_column(each: _Field) -> ReportColumn:
    return ReportColumn(each.title, each.width, each.align, blank=each.column is None, most=_LINES)


def _sections(
    blocks: Iterator[list[Row]], form: PrintForm, fields_: Sequence[_Field], group: Column | None, masked: bool
) -> tuple[list[Section], _Tally]:
    """The rows as one section or one for each group, in the order of the groups' names; and what all come to."""
    if group is None:
        tally = _Tally()
        rows = PackedRows(_lines((row for block in blocks for row in block), form, fields_, masked, tally))
        return ([Section("", rows)] if len(rows) else []), tally
    groups: dict[str, list[Row]] = {}
    for block in blocks:
        for row in block:
            groups.setdefault(group.kind.show(row.get(group.name), masked), []).append(row)
    whole, sections = _Tally(), []
    for name in sorted(groups, key=lambda each: (not each, place_of(each))):
        tally = _Tally(whole.rows if not form.apart else 0)
        rows = PackedRows(_lines(iter(groups.pop(name)), form, fields_, masked, tally))
        tally.rows = len(rows)
        whole.add(tally)
        unnamed = _("（未填{field}）").format(field=group.title)
        sections.append(Section(name or unnamed, rows, sums=_sum_row(tally, fields_, _("小计"), _unit(form.kind))))
    return sections, whole


def _lines(
    rows: Iterator[Row], form: PrintForm, fields_: Sequence[_Field], masked: bool, tally: _Tally
) -> Iterator[list[str]]:
    """Rows as texts, numbered on from ``tally``, which counts them."""
    beside = any(each.column is not None and each.column.name == BIRTH_FIELD for each in fields_)
    show = [_shower(each.column, form.masked_names, masked, beside) for each in fields_]
    added = [(place, each.column.name) for place, each in enumerate(fields_) if each.added and each.column is not None]
    kind, per_kind = _OF_ONE_KIND.get(form.kind, ("", frozenset[str]()))
    tally.apart = {place for place, name in added if name in per_kind}
    for row in rows:
        tally.rows += 1
        if kind:
            tally.kinds.add(row.get(kind))
        for place, name in added:
            tally.take(place, row.get(name))
        yield [str(tally.rows), *(one(row) for one in show)]


def _shower(column: Column | None, names: bool, masked: bool, beside: bool) -> Callable[[Row], str]:
    if column is None:
        return lambda _row: ""
    name, kind = column.name, column.kind
    if names and isinstance(kind, PersonName):
        return lambda row: masked_name(kind.show(row.get(name), masked))
    return lambda row: kind.show(row.get(name), masked=masked, beside_birth=beside)


def masked_name(name: str) -> str:
    """A name as it is posted: 王*, 王*五, 欧**娜; of several each."""
    return "、".join(_masked_one(each) for each in name.split("、"))


def _masked_one(name: str) -> str:
    if len(name) < 2:
        return name
    return name[0] + _STAR if len(name) == 2 else name[0] + _STAR * (len(name) - 2) + name[-1]


def _unit(kind: str) -> str:
    return {"workers": _("人"), "officers": _("人"), EVENTS: _("条"), "employers": _("家"), "unions": _("个"), "sites": _("处"),
            "regions": _("个")}.get(kind, _("条"))  # fmt: skip


def _sum_row(tally: _Tally, fields_: Sequence[_Field], label: str, unit: str) -> list[str]:
    """The closing row: how many rows, and what each column of numbers comes to. What nobody told stays empty."""
    cells = [label]
    for place, each in enumerate(fields_):
        value = tally.sum_of(place)
        text = _total(each.column.kind, value) if each.added and each.column is not None and value is not None else ""
        cells.append(_("{count} 以上").format(count=text) if text and place in tally.open else text)
    counted = _("{count:,} {unit}").format(count=tally.rows, unit=unit)
    if len(cells) == 1 or fields_[0].added:
        cells[0] = f"{label} {counted}"
    else:
        cells[1] = counted
    return cells


def _total(kind: Kind, value: int) -> str:
    return kind.show(value)


def _parted(report: Report) -> Report:
    """A report wider than its page in parts below one another, each beginning with the number and the first column."""
    places = _places(report)
    if len(places) < 2:
        return report
    sections = []
    for number, part in enumerate(places, start=1):
        columns = [report.columns[place] for place in part]
        for each in report.sections:
            heading = "　".join(word for word in (each.heading, _("第 {number} 部分").format(number=number)) if word)
            rows = PackedRows([row[place] for place in part] for row in each.rows)
            sums = [each.sums[place] for place in part] if each.sums else ()
            sections.append(Section(heading, rows, columns=columns, sums=sums))
        if report.sums and len(report.sections) > 1:
            sections.append(Section("", [], columns=columns, sums=[report.sums[place] for place in part]))
        elif report.sums and sections:
            sections[-1] = replace(sections[-1], sums=[report.sums[place] for place in part])
    whole = Section("", PackedRows(row for each in report.sections for row in each.rows), columns=report.columns)
    return replace(report, columns=(), sections=sections, sums=(), sheet=whole, apart=False)


def _places(report: Report) -> list[list[int]]:
    """Which columns stand on each part."""
    short, long = SIDES[report.paper]
    room = ((long if report.landscape else short) - 2 * MARGIN) / (report.size or _LETTERS * POINT)
    leading = [0, 1]
    start = sum(report.columns[place].width + 2 * PADDING for place in leading)
    parts, used = [list(leading)], start
    for place in range(2, len(report.columns)):
        width = report.columns[place].width + 2 * PADDING
        if used + width > room and len(parts[-1]) > len(leading):
            parts.append(list(leading))
            used = start
        parts[-1].append(place)
        used += width
    return parts


def usual_columns(kind: str) -> list[Column]:
    """The columns of a list on paper where nobody chose any."""
    known = {column.name: column for column in columns_of_kind(kind)}
    return [known[name] for name in USUAL[kind]]
