"""Cards and labels as reports: in which layout, of whom; the rows of the sheet are what stands on them."""

from collections.abc import Mapping, Sequence
from typing import Any

from models import roles
from models.engine.one_state import one_state
from models.errors import UserError
from models.language import _, official
from models.lists import selection
from models.lists.card_forms import BESIDES, CardForm, card_forms, find_card
from models.lists.listings import Selection
from models.records.setting import setting
from models.records.union import Union
from models.values.columns import Column
from models.values.region_index import RegionIndex
from models.worklists import entries
from models.worklists.lists import find_worklist
from reports.cards.drawing import Card, CardSheets, PrinterTest
from reports.cards.offsets import print_offset
from reports.choices import ReportChoices
from reports.report import Report, ReportColumn, Section
from reports.roster import STATES

#: More cards at once are a mistake in what was chosen: a stack of paper nobody prints in one go.
MOST = 10_000


def compose_cards(index: RegionIndex, choices: ReportChoices) -> Report:
    """Cards of those who are chosen; with ``test_page`` the page that tests the printer. UserError as :func:`cards_report`."""
    return _compose("cards", index, choices)


def compose_labels(index: RegionIndex, choices: ReportChoices) -> Report:
    """The same of labels."""
    return _compose("labels", index, choices)


def _compose(use: str, index: RegionIndex, choices: ReportChoices) -> Report:
    worklist = find_worklist(choices.worklist) if choices.worklist else None
    of = worklist.rows if worklist else ""
    form = find_card(use, choices.card, of) if choices.card else next(iter(card_forms(use, of)))
    if choices.test_page:
        return printer_test(form)
    choice = Selection(form.of, today=choices.today)
    if worklist is not None:
        order = list(entries.marks(worklist))
        choice = Selection(form.of, uids=frozenset(order), today=choices.today)
    else:
        order = []
        choice = _narrowed(form, index, choices)
    return cards_report(form, choice, index, choices.day.isoformat(), masked=choices.masked, order=order)


def _narrowed(form: CardForm, index: RegionIndex, choices: ReportChoices) -> Selection:
    regions = frozenset(index.below(choices.region)) if choices.region else frozenset[str]()
    states = STATES if form.of == "workers" else frozenset[str]()
    if form.of == "unions" and choices.union:
        below = Union.select(Union.uid).where((Union.parent == choices.union) | (Union.uid == choices.union))
        return Selection("unions", uids=frozenset(row.uid for row in below), regions=regions, today=choices.today)
    return Selection(form.of, union=choices.union, regions=regions, states=states, order="name", today=choices.today)


@official()
def printer_test(form: CardForm) -> Report:
    """The page that tests where the printer prints, for a layout."""
    rows = [[_("左边"), f"{form.left:g}"], [_("上边"), f"{form.top:g}"]]
    columns = [ReportColumn(_("位置"), 8), ReportColumn(_("毫米"), 6, "right")]
    return Report(
        _("打印位置测试页"), "", "", columns, [Section("", rows)], landscape=form.landscape, paper=form.paper,
        drawn=PrinterTest(form, print_offset()),
    )  # fmt: skip


@official()
def example_sheet(form: CardForm, day: str) -> Report:
    """A full sheet of a layout with invented people, unions or employers, as it would be printed by a printer that is right."""
    told = {each.name: each.example or each.title for each in selection.listed_columns(form.of)}
    whose = str(setting("organization")) or _("本单位")
    cards = [told | dict(zip(BESIDES, (whose, day, day[:4], str(number)), strict=True)) for number in range(1, form.a_sheet + 1)]
    return Report(
        form.shown, "", day, (), (), landscape=form.landscape, paper=form.paper, drawn=CardSheets(form, cards, (0.0, 0.0)),
    )  # fmt: skip


@official()
def cards_report(
    form: CardForm, choice: Selection, index: RegionIndex, day: str, *, masked: bool = True, order: Sequence[str] = ()
) -> Report:
    """Cards of the records of a choice, in the ``order`` of uids where that is given.

    UserError where there is nobody, where there are too many, or numbers must stay covered.
    """
    if not masked:
        roles.need_unmask()
    with one_state():
        rows = selection.rows(choice, index)
    if order:
        found = {row["uid"]: row for row in rows}
        rows = [found[uid] for uid in order if uid in found]
    if not rows:
        raise UserError(_("这个范围里没有可以印的。请换一个工会、镇街或工作名单。"))
    if len(rows) > MOST:
        raise UserError(_("一次最多印 {most:,} 张，请先缩小范围。").format(most=MOST))
    columns = [each for each in selection.listed_columns(form.of) if each.name in form.names]
    cards = [_card(number, row, columns, day, masked) for number, row in enumerate(rows, start=1)]
    titles = [ReportColumn(_("序号"), 3, "center"), *(ReportColumn(each.title, each.width) for each in columns)]
    listed = [[card["number"], *(card[each.name] for each in columns)] for card in cards]
    return Report(
        form.name if form.uid else _(form.name), str(setting("organization")), day, titles, [Section("", listed)],
        totals=_totals(form, cards, columns),
        mark=_("已脱敏") if masked else _("完整信息"), landscape=form.landscape, paper=form.paper,
        drawn=CardSheets(form, cards, print_offset()), read_back="all",
    )  # fmt: skip


def _card(number: int, row: Mapping[str, Any], columns: Sequence[Column], day: str, masked: bool) -> Card:
    told = {each.name: each.kind.show(row.get(each.name), masked=masked) for each in columns}
    return told | dict(zip(BESIDES, (str(setting("organization")), day, day[:4], str(number)), strict=True))


def _totals(form: CardForm, cards: Sequence[Card], columns: Sequence[Column]) -> str:
    """How many cards on how many sheets, and of how many the register does not know what stands on them."""
    told = [_("{count:,} 张，{pages:,} 页").format(count=len(cards), pages=-(-len(cards) // form.a_sheet))]
    codes = {name for part in form.parts if part.qr for name in part.names}
    for column in columns:
        if lacking := sum(1 for card in cards if not card[column.name]):
            said = _("{count:,} 张没有{field}，没有印二维码") if column.name in codes else _("{count:,} 张没有{field}")
            told.append(said.format(count=lacking, field=column.title))
    return _("；").join(told)
