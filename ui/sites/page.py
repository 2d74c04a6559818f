"""Things that stand (阵地): narrowed by kind, region and text, standing today or all, how many there are, a form, the kinds."""


from models.language import N_, _
from models.records.site import Site
from models.sites import sites as site_records
from models.sites.kinds import add_kind, change_kind, load_kinds, remove_kind
from models.sites.sites import SiteChoice
from models.values.region_index import RegionIndex
from ui.kit.context import Context
from ui.ledger.entries_page import EntriesOf, EntriesPage, FoundEntries, Keeping, Said
from ui.ledger.form import FormOf
from ui.ledger.kinds_view import KindsOf
from ui.sites.tables import sites_model, totals_line


def look_up(chosen: SiteChoice, index: RegionIndex) -> FoundEntries:
    """Ask the register for the chosen things."""
    return FoundEntries(site_records.sites(chosen, index), totals_line(site_records.totals(chosen)), load_kinds())


def _of_sites() -> EntriesOf:
    said = Said(
        _("已登记一个阵地。"), _("已改好一个阵地。"), _("已删除一个阵地。"), _("这个阵地有没保存的修改。"),
        _("还没有阵地。点“登记一个”，或者导入驿站、工作室等名单；还没有逐个列名的，一个镇街写一行数量。"),
        _("没有符合的阵地。放宽上面的类别、状态或区划再看。"),
    )  # fmt: skip
    return EntriesOf(
        name="sites",
        record="site",
        title=_("阵地"),
        tab=_("阵地"),
        hint=_("搜索名称、类别、地址、工会、联系人"),
        imports=_("导入名单"),
        exported=(_("阵地_{day}"), N_("阵地名单")),
        model=sites_model,
        spread=1,
        form=FormOf(Site, "site_kind", "", (), _("登记一个阵地"), _("改一个阵地")),
        kinds=KindsOf(_("阵地类别"), add_kind, change_kind, remove_kind),
        kinds_width=7,
        narrowing=(_("状态"), [(_("现有的"), True), (_("停用的也列出"), False)]),
        look_up=look_up,
        keeping=Keeping(site_records.read, site_records.add, site_records.change, site_records.remove),
        said=said,
        template="sites",
    )


class SitesPage(EntriesPage):
    """What stands today, or all that ever stood."""

    SHOWS = frozenset({"site", "site_kind", "union", "region"})

    def __init__(self, context: Context) -> None:
        """A page that asks for what stands today when it is first shown."""
        super().__init__(context, _of_sites())

    def chosen(self) -> SiteChoice:
        """Which things are listed."""
        day = self._context.today if self.narrowing.currentData() else None
        return SiteChoice(self.kind, day, self.regions.below(), search=self.search_text)
