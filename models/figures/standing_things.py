"""The indicators of things that stand, made from their kinds: ``sites:<uid of the kind>`` and ``new_sites:<uid>``."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from peewee import JOIN, Case, Value, fn

from models.engine import sql
from models.figures.facts import IndicatorFacts, Inquiry
from models.figures.indicator import Indicator
from models.figures.queries import begun_since, selected
from models.language import _
from models.ledger.kinds import WorkKind
from models.records.site import Site
from models.records.union import Union
from models.sites.kinds import load_kinds
from models.sites.standing import quantity, since_then, state_on


def site_indicators() -> Iterable[Indicator]:
    """Of every kind how many stand on the last day, and how many are new in the period."""
    rows = _("写了数量的一行按数量算，其余一行算一个；按阵地所在区划，没有写的按所属工会的")
    for kind in load_kinds().kinds:
        yield Indicator(
            f"sites:{kind.uid}", _("阵地：{kind}").format(kind=_(kind.name)), _(kind.unit), "stock",
            _("当日已启用、还没有停用的；没有写启用日期的从登记之日起算；停用或撤销而没有写日期的列为未知") + _("；") + rows,
            partial(standing, kind=kind) if kind.entries else _nothing,
        )  # fmt: skip
        yield Indicator(
            f"new_sites:{kind.uid}", _("新建阵地：{kind}").format(kind=_(kind.name)), _(kind.unit), "flow",
            _("启用日期在期间内的，后来停用的也算；没有写启用日期的不算，另计为日期不明") + _("；") + rows,
            partial(founded, kind=kind) if kind.entries else _nothing,
        )  # fmt: skip


def _nothing(_asked: Inquiry) -> IndicatorFacts:
    """What a kind without any row comes to: there is nothing to ask."""
    return IndicatorFacts("site")


def standing(asked: Inquiry, kind: WorkKind) -> IndicatorFacts:
    """The things of a kind that had begun and not ended on the last day; of which the end has no date it is not known."""
    day = asked.period.end
    state = state_on(day)
    query = _sites(kind, state=state).where(since_then(day), Case(None, ((state.is_null(), 1),), state) == Value(1))
    return IndicatorFacts("site", query)


def founded(asked: Inquiry, kind: WorkKind) -> IndicatorFacts:
    """The things of a kind that began in the period, whatever became of them."""
    query = _sites(kind).where(since_then(asked.period.end), begun_since(Site, Site.since, asked.period))
    return IndicatorFacts("site", query, flow=True)


def _sites(kind: WorkKind, **columns: Any) -> Any:
    chosen = selected(
        Site.uid, Site.name, fn.COALESCE(Site.region, Union.region), Site.union, date=Site.since,
            marked=sql.as_number(Site.since.is_null()),
        weight=quantity(), why=Value(kind.name), **columns,
    )  # fmt: skip
    return Site.select(*chosen).join(Union, JOIN.LEFT_OUTER, on=(Site.union == Union.uid)).where(Site.site_kind == kind.uid)
