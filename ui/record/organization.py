"""A union at a glance: where it stands in the structure, members by name against those declared, term, committees, employers."""

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from models.language import _
from models.records.headcount import HeadCount, counted_text
from models.records.union import Union
from models.standing.officers import AUDIT, COMMITTEE, WOMEN, is_leading
from models.standing.terms import TERM_STATES, later_election
from models.unions.sheet import UnionSheet, union_sheet
from models.values.columns import column_of
from ui.kit.catching_up import CatchingUp
from ui.kit.context import Context
from ui.kit.lines import BELOW_TABS, down, in_columns, on_paper, scrolled
from ui.kit.plain import Label, LinkLabel, tint
from ui.kit.tables import UNKNOWN
from ui.record.structure import StructureTree

_TERM_COLOURS = {"overdue": "accent", "due30": "warn", "due90": "warn"}


class OrganizationView(QWidget):
    """``opens(str)`` brings the uid of another union that is to be opened."""

    opens = Signal(str)

    def __init__(self, context: Context) -> None:
        """Empty until :meth:`show_union`."""
        super().__init__()
        self._context = context
        self._uid = ""
        self._catching_up = CatchingUp(self, self._ask, behind=False)
        self._known: dict[str, Any] = {}
        self.path = LinkLabel()
        links = Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        self.path.setTextInteractionFlags(links)
        self.path.linkActivated.connect(self.opens)
        self.facts: dict[str, Label | LinkLabel] = {}
        self._grid = in_columns(1)
        self._add("path", _("上级"), self.path)
        for name, title in (
            ("members", _("会员")), ("retained", _("保留会籍")), ("term", _("任期")), ("committee", _("委员会")),
            ("women", _("女职工")), ("audit", _("经费审查")), ("covered", _("覆盖单位")), ("new_form", _("新就业形态")),
        ):  # fmt: skip
            self._add(name, title, Label(wrap=True))
        self.below = Label(role="heading")
        self.tree = StructureTree(context, brief=True)
        self.tree.opened.connect(self.opens)
        self.tree.structure.arrived.connect(self._tell_below)
        # a low window scrolls the facts: squeezed into their lines they could not be read
        facts = scrolled(on_paper(self._grid), sideways=False, by_tab=False)
        down((facts, 1), self.below, (self.tree, 1), on=self, margins=BELOW_TABS)

    def _add(self, name: str, title: str, value: Label | LinkLabel) -> None:
        label = Label(title, "secondary")
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(value, row, 1)
        self.facts[name] = value

    def show_union(self, known: dict[str, Any]) -> None:
        """Show a union as ``editing.held`` gives it, asked as soon as the view is seen; an empty one shows nothing."""
        self._known, self._uid = dict(known), str(known.get("uid") or "")
        if known:
            self._catching_up.fall_behind()
        else:
            self._catching_up.behind = False

    def _ask(self) -> None:
        self._context.jobs.run(union_sheet, self._uid, self._context.today, done=self._show)
        self.tree.begin(self._uid)

    def _show(self, sheet: UnionSheet | None) -> None:
        if sheet is None or sheet.uid != self._uid:
            return  # another union was opened meanwhile
        links = [part for uid, name in sheet.path for part in ((" › ", ""), (name, uid))][1:]
        self.path.show_parts(links or [(_("没有填上级工会"), "")])
        self._say("members", members_text(sheet))
        self._say("retained", _("{count:,} 人，不计入会员数").format(count=sheet.retained) if sheet.retained else _("没有"))
        self._say("term", term_text(sheet, self._known), _TERM_COLOURS.get(sheet.term_state, ""))
        for name in ("committee", "women", "audit"):
            self._say(name, _committee_text(name, self._known) + officers_text(name, sheet))
        self._say("covered", _covered_text(sheet))
        self._say("new_form", new_form_text(sheet))

    def _say(self, name: str, text: str, token: str = "") -> None:
        self.facts[name].setText(text)
        tint(self.facts[name], token)

    def _tell_below(self) -> None:
        empty = self.tree.structure.is_empty
        self.below.setText(_("下面没有别的工会，会员也没有分小组") if empty else _("下级工会和小组（回车打开）"))
        self.tree.setVisible(not empty)


def members_text(sheet: UnionSheet) -> str:
    """Members by name and by declaration, the gap between the two, and where the declared number comes from."""
    listed = _("实名 {count:,} 人（女 {women:,}）").format(count=sheet.listed, women=sheet.women)
    if sheet.members_below is not None:
        listed += _("；各单位申报合计 {count:,} 人").format(count=sheet.members_below)
    if sheet.declared is None:
        return listed if sheet.members_below is not None else _("{listed}；没有申报的人数").format(listed=listed)
    told_members = counted_text(sheet.declared.members, sheet.declared.upper, sheet.declared.approximate)
    women = "" if sheet.declared_women is None else _("（女 {women:,}）").format(women=sheet.declared_women)
    told = (sheet.declared.as_of, _(sheet.declared.source or ""))
    where = _("，").join(part for part in told if part) or _("没有写日期和来源")
    declared = _("申报 {count} 人{women}（{where}）").format(
        count=told_members, women=women, where=where
    )
    gap = sheet.gap or 0
    if gap > 0:
        told_gap = _("名单还差 {count:,} 人").format(count=gap)
    else:
        told_gap = _("名单比申报多 {count:,} 人").format(count=-gap) if gap else _("两个数一致")
    return _("；").join((listed, declared, told_gap))


def term_text(sheet: UnionSheet, known: dict[str, Any]) -> str:
    """When the present term began, how long it is, when it ends, and how it stands."""
    if not sheet.elects:
        return _("没有自己的委员会，不按届期换届")
    start, years = later_election(known.get("term_start"), sheet.officers.elected), known.get("term_years")
    said = [
        _("{start} 选举").format(start=start) if start else _("选举日期未填"),
        _("{years} 年").format(years=years) if years else _("任期年数未填"),
    ]
    if sheet.term_end is not None:
        said.append(_("{end} 届满").format(end=sheet.term_end.isoformat()))
        said.append(_days_text(sheet.term_end, sheet.days_left or 0))
    said.append(_(TERM_STATES[sheet.term_state]))
    if known.get("extension_number"):
        said.append(_("延期已批准：{number}").format(number=known["extension_number"]))
    return _("，").join(said)


def _days_text(end: dt.date, left: int) -> str:
    return _("已超过 {days:,} 天").format(days=-left) if left < 0 else _("还有 {days:,} 天").format(days=left)


def _committee_text(name: str, known: dict[str, Any]) -> str:
    if name == "committee":
        size = known.get("committee_size")
        said = _("委员人数未填") if size is None else _("委员 {count} 人").format(count=size)
        form = known.get("meeting_form")
        return _("，").join((said, _(form))) if form else said
    committee, person = f"{name}_committee", f"{name}_commissioner"
    told = []
    for each in (committee, person):
        value = known.get(each)
        answer = _("未填") if value is None else _("有") if value else _("没有")
        told.append(_("{what}：{said}").format(what=column_of(Union, each).title, said=answer))
    return _("，").join(told)


def new_form_text(sheet: UnionSheet) -> str:
    """Whether it is a union of new employment forms, on what that rests, and how a person overrules it."""
    held = sheet.new_form
    if held is None:
        return UNKNOWN
    said = _("不知道") if held.state is None else _("是") if held.state else _("不是")
    told = _("{said}（{why}）").format(said=said, why=held.why)
    title = column_of(Union, "new_form").title
    return told if held.basis == "said" else told + _("；不对的，在“{field}”里填是或否").format(field=title)


#: The bodies of the facts, and how many names of one are told before the rest is counted.
_BODIES = {"committee": COMMITTEE, "women": WOMEN, "audit": AUDIT}
_NAMED = 3


def officers_text(name: str, sheet: UnionSheet) -> str:
    """Who is in office of a body, those who lead it first; that the chair is vacant; "" where the register knows nobody of it."""
    body, officers = _BODIES[name], sheet.officers
    if body not in officers.bodies:
        return ""
    led = sorted((each for each in officers.held if each.of_body == body), key=lambda each: not is_leading(each.post))
    people = list(dict.fromkeys(_("{name}（{post}）").format(name=each.name or UNKNOWN, post=_(each.post or "")) for each in led))
    told = _("；登记在任 {count:,} 人").format(count=officers.counted(body))
    if people:
        told += _("：{names}").format(names=_("、").join(people[:_NAMED])) + (_("等") if len(people) > _NAMED else "")
    if name == "committee" and officers.chairs == ():
        since = officers.vacant_since or _("日期不明")
        told += _("；主席空缺（{since} 起）").format(since=since)
    return told


def _covered_text(sheet: UnionSheet) -> str:
    if not sheet.employers:
        return _("没有覆盖的用人单位")
    staff = column_of(HeadCount, "staff_count").title
    text = _("{count:,} 个，{staff} {total}").format(
        count=sheet.employers, staff=staff, total=f"{sheet.staff:,}" if sheet.counted else UNKNOWN
    )
    unknown = sheet.employers - sheet.counted
    text += _("（{count:,} 个不知道人数）").format(count=unknown) if unknown else ""
    if sheet.own_staff is not None and sheet.own_staff != sheet.staff:
        text += _("；工会自己报的是 {count:,}").format(count=sheet.own_staff)
    return text
