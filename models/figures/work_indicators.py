"""The indicators of the work ledger, made from its kinds and their own fields: ``ledger:<uid of the kind>:<what>``."""

from collections.abc import Callable, Iterable
from functools import partial

from models.figures import work
from models.figures.facts import IndicatorFacts, Inquiry
from models.figures.indicator import Indicator
from models.language import _
from models.ledger.contacts import kinds_of_ways
from models.ledger.kinds import WorkKind, load_kinds
from models.records.ledger import LedgerEntry
from models.values.columns import column_of


def ledger_indicators() -> Iterable[Indicator]:
    """Of every kind its quantity, its measures, and what its own fields tell."""
    known = load_kinds()
    of_contacts = frozenset(kinds_of_ways(known).values())
    for kind in known.kinds:
        for measure in ("quantity", *kind.measures):
            yield _measured(kind, measure, with_contacts=measure == "quantity" and kind.uid in of_contacts)
        yield from _of_fields(kind)


def _measured(kind: WorkKind, measure: str, *, with_contacts: bool) -> Indicator:
    field = column_of(LedgerEntry, measure)
    name = _(kind.name) if measure == "quantity" else _("{kind}：{measure}").format(kind=_(kind.name), measure=field.title)
    unit = {"people": _("人次"), "amount": _("元")}.get(measure, _(kind.unit))
    note = _("期间内工作台账各条相加；没有写数量的算 1；没有写日期的不算，另计为日期不明")
    if with_contacts:
        note += _("；攻坚里记下的同类走访联系每次算 1，同一天台账里已登记同一单位的不重复算；走访联系不算人次，不算在工会名下")
    if measure == "done" and "outcome" in kind.fields:
        note += _("；没有写办结数的，调解成功的算办结")
    elif measure == "done" and "closed_on" in kind.fields:
        note += _("；没有写办结数的，当日以前办结的算办结")
    elif measure == "people" and "worker" in kind.fields:
        note += _("；没有写人次而写了对象的算 1 人次，同一个人几次算几次")
    facts: Callable[[Inquiry], IndicatorFacts] = partial(work.measured, kind=kind, measure=measure)
    told = facts if kind.entries or with_contacts else work.nothing
    return Indicator(
        f"ledger:{kind.uid}:{measure}", name, unit, "flow", note, told, "ledger",
        scale=100 if measure == "amount" else 1,
    )  # fmt: skip


def _of_fields(kind: WorkKind) -> Iterable[Indicator]:
    undated = _("；没有写日期的不算，另计为日期不明")

    def made(what: str, name: str, note: str, facts: Callable[[Inquiry], IndicatorFacts], unit: str = "%") -> Indicator:
        called = _("{kind}：{measure}").format(kind=_(kind.name), measure=name)
        key = f"ledger:{kind.uid}:{what}"
        told = facts if kind.entries else work.nothing
        return Indicator(key, called, unit, "rate" if unit == "%" else "flow", note + undated, told, "ledger")

    if "outcome" in kind.fields:
        yield made(
            "success", _("调解成功率"), _("期间内受理的案件中，调解成功的占调解成功、调解不成和转仲裁的；撤回的不算；没有结果的列为未知，只写了办结数的一条，其余按不成算"),
            partial(work.succeeded, kind=kind),
        )  # fmt: skip
    if {"due", "closed_on"} <= set(kind.fields):
        yield made(
            "in_time", _("按期办结率"), _("期间内受理、已到期限或已办结的各条中，在期限内办结的；到期没有办结的算没有按期；还没到期限的不算；没有写期限的列为未知"),
            partial(work.in_time, kind=kind),
        )  # fmt: skip
    if "satisfied" in kind.fields:
        yield made(
            "satisfied", _("满意率"), _("期间内受理、评价过的各条中，满意的；没有评价的列为未知"),
            partial(work.answered_yes, kind=kind, field="satisfied"),
        )  # fmt: skip
    if "signed" in kind.fields:
        yield made(
            "signed", _("签收率"), _("期间内写了是否签收的各条中，已签收的；没有写的列为未知"),
            partial(work.answered_yes, kind=kind, field="signed"),
        )  # fmt: skip
    if "worker" in kind.fields:
        yield made(
            "persons", _("人数"), _("期间内各条写到的登记册里的人，一人只算一次；只写了姓名或人次的分不清是谁，一条算一个未知"),
            partial(work.persons, kind=kind), _("人"),
        )  # fmt: skip
    if {"level_before", "level_after"} <= set(kind.fields):
        yield made(
            "risen", _("等级提升"), _("期间内现等级高于原等级的；两个等级缺一个的列为未知"), partial(work.risen, kind=kind), _(kind.unit),
        )  # fmt: skip
