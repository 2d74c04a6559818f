"""A list in a layout by the choices of all reports: what kind of list, in which layout, of which union or region."""

from collections.abc import Iterator

from models.lists.listings import Selection
from models.lists.print_forms import EVENTS, PrintForm, find_print_form, kind_label, plain_form, print_forms
from models.records.forms import FORMS
from models.values.region_index import RegionIndex
from models.worklists.lists import WorklistHead, find_worklist
from reports.choices import ReportChoices
from reports.listing.listed import ListPaper, list_report
from reports.listing.rows import Span, kind_of_list
from reports.listing.worklists import chosen_of, told_of, usual_form
from reports.report import Report

#: Between the kind of a list and the name of its layout.
OF = "/"
#: The kinds of list that are narrowed by a union.
BY_UNION = frozenset({"workers", "ledger", "sites"})


def compose(index: RegionIndex, choices: ReportChoices) -> Report:
    """The list of people as it is, unless another list or a layout is chosen. UserError for a layout that there is not."""
    if choices.worklist:
        return of_worklist(find_worklist(choices.worklist), choices.layout, index, choices)
    form = chosen_form(choices.layout)
    return list_report(selected(form, index, choices), form, paper_of(form, index, choices), index)


def of_worklist(head: WorklistHead, layout: str, index: RegionIndex, choices: ReportChoices) -> Report:
    """A working list, in the layout of its kind unless one of its lists is chosen."""
    chosen = chosen_form(layout) if layout else usual_form(head)
    form = chosen if chosen.kind == head.rows else usual_form(head)
    told = told_of(head, ListPaper(choices.whose(index), choices.day.isoformat(), masked=choices.masked))
    return list_report(chosen_of(head), form, told, index)


def chosen_form(layout: str) -> PrintForm:
    """The layout of a choice: ``workers/通讯录``, ``unions/``, "" is people as they are."""
    kind, _sign, name = (layout or "workers").partition(OF)
    return find_print_form(kind, name) if name else plain_form(kind)


def offered_layouts() -> Iterator[tuple[str, str]]:
    """Every list in every layout, as it is chosen and as it is called; the first one, people as they are, goes without saying."""
    for kind in FORMS:
        if kind != "workers":
            yield kind + OF, kind_label(kind)
        for form in print_forms(kind):
            yield f"{kind}{OF}{form.name}", f"{kind_label(kind)} · {form.called}"


def selected(form: PrintForm, index: RegionIndex, choices: ReportChoices) -> Selection:
    """What a layout lists: the records of the chosen union and region."""
    kind = kind_of_list(form)
    regions = frozenset(index.below(choices.region)) if choices.region else frozenset()
    return Selection(kind, union=choices.union if kind in BY_UNION else "", regions=regions, today=choices.today)


def paper_of(form: PrintForm, index: RegionIndex, choices: ReportChoices) -> ListPaper:
    """What is told beside the rows; the days between which changes are listed."""
    changes = form.kind == EVENTS
    since = choices.since
    span = Span(since, choices.day if since or choices.past else None) if changes else Span()
    told = f"{since.isoformat()} — {choices.day.isoformat()}" if changes and since else ""
    return ListPaper(choices.whose(index), choices.day.isoformat(), told, choices.masked, span)
