"""The indicators (指标): every number of the year, declared once with its name, unit, source, scopes and how it counts.

Keys stay the same for ever: targets are kept under them. The ones from the work ledger are made from its kinds:
``ledger:<uid of the kind>:<measure>``; those of occupation groups from the register's groups: ``new_members:<group>``.
"""

from collections.abc import Callable, Iterable
from functools import partial

from models.errors import UserError
from models.figures import queries as people
from models.figures import units
from models.figures.facts import IndicatorFacts, Inquiry
from models.figures.indicator import OF_EMPLOYERS, PLACES, Indicator
from models.figures.standing_things import site_indicators
from models.figures.work_indicators import ledger_indicators
from models.language import _
from models.records.union import Union
from models.standing.as_of import RETAINED_EVENTS
from models.standing.new_form import new_form_unions
from models.values import codes
from models.values.union_kinds import UnionClass


def indicators() -> dict[str, Indicator]:
    """All indicators of the open register by their keys, in the order in which they are shown."""
    parts = (
        _of_unions(), _of_members(), _of_groups(), _of_employers(), _of_order(), _of_stages(), ledger_indicators(),
        site_indicators(),
    )  # fmt: skip
    return {each.key: each for part in parts for each in part}


def find_indicator(key: str, known: dict[str, Indicator] | None = None) -> Indicator:
    """The indicator of a key, or of a whole name as a person writes it. UserError when there is none."""
    held = indicators() if known is None else known
    if key in held:
        return held[key]
    named = [each for each in held.values() if codes.fold(each.name) == codes.fold(key)]
    if len(named) == 1:
        return named[0]
    near = _("、").join(each.name for each in held.values() if codes.fold(key) in codes.fold(each.name))
    if near:
        raise UserError(_("没有指标“{name}”，是不是：{near}？").format(name=key, near=near))
    raise UserError(_("没有指标“{name}”。可以用 figures 查看所有指标。").format(name=key))


def _of_unions() -> Iterable[Indicator]:
    basic = _("基层工会（单独、联合、行业、区域）才算，分工会、小组和总工会等领导机关不算；没写类型、名称像是后者的列为未知") + _("；")
    counted = _("没有写建会日期的从登记之日起算；待核实的不算；撤销而没有写日期的列为未知")
    told = _("没有写建会日期的不算，另计为日期不明；待核实的不算；撤销而没有写日期的列为未知")
    formed = _(
        "是不是新就业形态工会，先看人填的，再看涵盖群体、类型、会员里新就业形态的比例（线在设置里）、名称；比例够不够还不知道的列为未知"
    ) + _("；")  # fmt: skip
    yield Indicator(
        "new_unions", _("新建工会"), _("个"), "flow", _("建会日期在期间内的工会") + _("。") + basic + told,
        lambda asked: people.unions(asked.period, founded=True),
    )  # fmt: skip
    yield Indicator(
        "new_new_form_unions", _("新建新就业形态工会"), _("个"), "flow",
        _("期间内新建的工会中，是新就业形态工会的") + _("。") + formed + basic + told,
        lambda asked: people.unions(asked.period, asked.standing.once(new_form_unions), founded=True),
    )  # fmt: skip
    yield Indicator(
        "unions", _("基层工会"), _("个"), "stock", _("当日存在的工会") + _("。") + basic + counted,
        lambda asked: people.unions(asked.period),
    )  # fmt: skip
    yield Indicator(
        "new_form_unions", _("新就业形态工会"), _("个"), "stock",
        _("当日存在的工会中，是新就业形态工会的") + _("。") + formed + basic + counted,
        lambda asked: people.unions(asked.period, asked.standing.once(new_form_unions)),
    )  # fmt: skip
    yield from _of_classes(counted)


def _of_classes(counted: str) -> Iterable[Indicator]:
    """The unions of each class; those without a type that are not called so are in none of the four."""
    classes: tuple[tuple[str, str, UnionClass], ...] = (
        ("unions_single", _("单独基层工会"), "single"), ("unions_joint", _("联合基层工会"), "joint"),
        ("unions_trade", _("行业工会"), "trade"), ("unions_regional", _("区域工会"), "regional"),
        ("union_units", _("分工会和工会小组"), "unit"), ("union_leading", _("领导机关（总工会、产业、工委、办事处）"), "leading"),
    )  # fmt: skip
    for key, name, class_ in classes:
        yield Indicator(
            key, name, _("个"), "stock", _("当日存在的、类型是这一类的工会，不计入其他类别") + _("。") + counted,
            partial(_in_class, class_=class_),
        )  # fmt: skip


def _in_class(asked: Inquiry, class_: UnionClass) -> IndicatorFacts:
    return people.unions(asked.period, classes=(class_,))


def _of_members() -> Iterable[Indicator]:
    person = _("人")
    note = _("期间内有“入会”变动的人，一人只算一次，转入不算；没有写日期的不算，另计为日期不明")
    joined: tuple[tuple[str, str, people.State | None], ...] = (
        ("new_members", _("新入会"), None),
        ("new_migrant_members", _("新入会农民工"), people.is_migrant),
        ("new_new_form_members", _("新入会新就业形态劳动者"), people.is_new_form),
        ("new_members_of_new_form_unions", _("新就业形态工会新入会"), people.at_new_form_union),
    )
    for key, name, state in joined:
        yield Indicator(key, name, person, "flow", note + _state_note(state), _joined(state))
    note = _("当日在册（入会、转入）的人，不论会籍在哪一类工会，按工会所在区划；保留会籍的不算")
    listed: tuple[tuple[str, str, people.State | None], ...] = (
        ("members", _("会员（在册）"), None),
        ("migrant_members", _("农民工会员"), people.is_migrant),
        ("new_form_members", _("新就业形态会员"), people.is_new_form),
        ("members_of_new_form_unions", _("新就业形态工会会员"), people.at_new_form_union),
    )
    for key, name, state in listed:
        yield Indicator(key, name, person, "stock", note + _state_note(state), _members(state))
    yield Indicator(
        "retained_members", _("保留会籍"), person, "stock", _("当日会籍保留在工会的人"),
        lambda asked: people.members(asked.period, RETAINED_EVENTS),
    )  # fmt: skip


def _state_note(state: people.State | None) -> str:
    """What the note of a number of people says of the part that it counts."""
    notes: dict[people.State, str] = {
        people.is_migrant: _("；没写是不是农民工的列为未知"), people.is_new_form: _("；没写职业类别的列为未知"),
        people.at_new_form_union: _("；会籍所在的是不是新就业形态工会，看填写、涵盖群体、类型、会员比例、名称，说不准的列为未知"),
    }  # fmt: skip
    return notes.get(state, "") if state else ""


def _joined(state: people.State | None) -> Callable[[Inquiry], IndicatorFacts]:
    return lambda asked: people.joined(asked.period, state)


def _members(state: people.State | None) -> Callable[[Inquiry], IndicatorFacts]:
    return lambda asked: people.members(asked.period, state=state)


def _of_groups() -> Iterable[Indicator]:
    for group in people.new_form_groups():
        yield Indicator(
            f"new_members:{group}", _("新入会：{group}").format(group=_(group)), _("人"), "flow",
            _("期间内有“入会”变动的人中，属于这个群体的"),
            _joined(partial(people.in_groups, groups=[group])),
        )  # fmt: skip
        yield Indicator(
            f"members:{group}", _("会员：{group}").format(group=_(group)), _("人"), "stock", _("当日在册的人中，属于这个群体的"),
            _members(partial(people.in_groups, groups=[group])),
        )  # fmt: skip


def _of_employers() -> Iterable[Indicator]:
    line = _(
        "非公、在营、算数的人数达到人数线的单位；是否非公、在营不知道的也算，人数不知道的、人数是区间而人数线在中间的列为未知；"
        "算数的人数：有日期的先于没日期的，日期新的先，同一天看来源的次序"
    )
    yield Indicator(
        "coverage_employers", _("建会覆盖率（按单位）"), "%", "rate", line + _("；其中被存续工会覆盖的"), units.coverage,
        scopes=OF_EMPLOYERS,
    )  # fmt: skip
    yield Indicator(
        "coverage_people", _("建会覆盖率（按职工）"), "%", "rate", line + _("；按各单位算数的职工人数相加，区间按下限"),
        lambda asked: units.coverage(asked, people=True), scopes=OF_EMPLOYERS,
    )  # fmt: skip
    yield Indicator(
        "covered", _("已建会单位"), _("家"), "stock", line + _("；其中被存续工会覆盖的"), units.covered, scopes=OF_EMPLOYERS
    )
    yield Indicator(
        "on_list", _("应建未建单位"), _("家"), "stock", line + _("；其中没有工会覆盖的"), units.on_list, scopes=OF_EMPLOYERS
    )
    listed = _("列入重点企业名单、到期末那一年还没过目标年度的单位；没有写年度的从登记之日起算")
    yield Indicator("key_employers", _("重点企业"), _("家"), "stock", listed, units.key_employers, scopes=PLACES)
    yield Indicator(
        "key_coverage", _("重点企业建会率"), "%", "rate", listed + _("；其中被存续工会覆盖的"),
        lambda asked: units.key_employers(asked, covered=True), scopes=PLACES,
    )  # fmt: skip
    yield Indicator(
        "small_three", _("小三级工会覆盖率"), "%", "rate",
        _(
            "标为就业密集的镇街、村社区、园区、楼宇中，本级或以下有存续的区域（行业）、镇街、园区、村（社区）工会的；"
            "园区、楼宇有联合基层工会的也算"
        ),
        units.small_three, scopes=PLACES,
    )  # fmt: skip


def _of_order() -> Iterable[Indicator]:
    known = _("存续的基层工会中填了的；没有填的列为未知；分工会、小组和领导机关不算")
    yield Indicator(
        "congress", _("职代会建制率"), "%", "rate", known, lambda asked: people.with_yes(asked.period, Union.congress)
    )
    yield Indicator(
        "open_affairs", _("厂务公开建制率"), "%", "rate", known,
        lambda asked: people.with_yes(asked.period, Union.open_affairs),
    )  # fmt: skip
    yield Indicator(
        "above_scale_congress", _("规上非公企业单独职代会建制率"), "%", "rate",
        _("已建会的规上非公企业中，工会填了有职代会的；没有填的列为未知"), units.above_scale, scopes=OF_EMPLOYERS,
    )  # fmt: skip
    yield Indicator(
        "terms_over",
        _("届满未换届工会"),
        _("个"),
        "stock",
        _("存续的各类工会中任期已满的，工会小组、工委、办事处没有任期，不算；届期不明的列为未知"),
        units.terms_over,
    )
    yield Indicator(
        "members_declared", _("申报会员"), _("人"), "stock",
        _(
            "存续的基层工会算数的申报会员人数之和，区间按下限；联合工会自己没有申报的，按当日覆盖的单位申报的相加；没有申报的列为未知；"
            "领导机关申报的是下级之和，不算"
        ),
        lambda asked: people.declared(asked.period),
    )  # fmt: skip
    yield Indicator(
        "member_gap", _("申报比在册多"), _("人"), "stock", _("有申报的存续基层工会：申报会员人数减去在册人数"),
        lambda asked: people.declared(asked.period, listed=True),
    )  # fmt: skip


def _of_stages() -> Iterable[Indicator]:
    for stage in codes.STAGE.labels:
        yield Indicator(
            f"stage:{stage}", _("建会台账：{stage}").format(stage=_(stage)), _("家"), "stock", _("当日处在这个阶段的单位"),
            partial(units.at_stage, stage=stage), scopes=OF_EMPLOYERS,
        )  # fmt: skip
