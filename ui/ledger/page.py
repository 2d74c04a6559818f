"""The work ledger (工作台账): entries narrowed by kind, period, region and text, what they add up to, a form, the kinds."""

import datetime as dt

from models.language import N_, _
from models.ledger import entries as ledger_entries
from models.ledger.contacts import contact_totals
from models.ledger.entries import EntryChoice
from models.ledger.kinds import load_kinds
from models.values.region_index import RegionIndex
from ui.kit.context import Context
from ui.kit.plain import tip
from ui.ledger.entries_page import EntriesOf, EntriesPage, FoundEntries, Keeping, Said
from ui.ledger.form import of_work
from ui.ledger.kinds_view import kinds_of_work
from ui.ledger.tables import entries_model, totals_line


def look_up(chosen: EntryChoice, index: RegionIndex) -> FoundEntries:
    """Ask the register for the chosen entries; beside them the contacts of the drive that count with them."""
    found = ledger_entries.entries(chosen, index)
    totals = totals_line(ledger_entries.totals(chosen)) if found else ""
    contacts = "　".join(each.text for each in contact_totals(chosen))
    counted = _("由攻坚的走访联系计数，不在上面的台账里：")
    return FoundEntries(found, totals, load_kinds(), counted + contacts if contacts else "")


def periods(today: dt.date) -> list[tuple[str, tuple[dt.date | None, dt.date | None]]]:
    """The periods offered: what it is called, its first and its last day; None for no bound."""
    year, quarter = dt.date(today.year, 1, 1), dt.date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    last = dt.date(today.year - 1, 1, 1)
    return [
        (_("今年"), (year, today)), (_("本季度"), (quarter, today)), (_("本月"), (today.replace(day=1), today)),
        (_("去年"), (last, year - dt.timedelta(days=1))), (_("全部时间"), (None, None)),
    ]  # fmt: skip


def _of_ledger(today: dt.date) -> EntriesOf:
    said = Said(
        _("已登记一条台账。"), _("已改好一条台账。"), _("已删除一条台账。"), _("这条台账有没保存的修改。"),
        _("还没有工作台账。点“登记一条”，或者导入台账表。"), _("没有符合的台账。放宽上面的类别、时间或区划再看。"),
    )  # fmt: skip
    return EntriesOf(
        name="ledger",
        record="ledger_entry",
        title=_("工作台账"),
        tab=_("台账"),
        hint=_("搜索事项、类别、单位、工会、经办人"),
        imports=_("导入台账"),
        exported=(_("工作台账_{day}"), N_("工作台账")),
        model=entries_model,
        spread=2,
        form=of_work(),
        kinds=kinds_of_work(),
        kinds_width=9,
        narrowing=(_("时间"), periods(today)),
        look_up=look_up,
        keeping=Keeping(ledger_entries.read, ledger_entries.add, ledger_entries.change, ledger_entries.remove),
        said=said,
    )


class LedgerPage(EntriesPage):
    """The entries of a period, this year's to begin with."""

    SHOWS = frozenset({"ledger_entry", "ledger_kind", "union", "region", "worker", "contact", "drive_case", "employer"})

    def __init__(self, context: Context) -> None:
        """A page that asks for this year's entries when it is first shown."""
        super().__init__(context, _of_ledger(context.today))
        self.beside.setToolTip(tip(_("攻坚里记下的走访联系，指标里一并计数，不用再登记一遍")))

    def chosen(self) -> EntryChoice:
        """Which entries are listed."""
        since, until = self.narrowing.currentData()
        return EntryChoice(self.kind, since, until, self.regions.below(), search=self.search_text)
