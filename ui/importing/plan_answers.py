"""What a person may answer to rows of a plan, each answer offered only where it means something."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from importers.plan.answers import UPDATE
from importers.plan.differences import to_choose
from importers.rows.decisions import Choice, Decisions, RowAnswer
from models.language import _
from models.records.checks import ID_PROBLEMS
from models.values.problems import Problem
from ui.importing.plan_model import PlanLine
from ui.kit.buttons import push_button
from ui.kit.lines import across
from ui.kit.plain import caption

#: Questions that "this is somebody new" answers, and those that "the record that was found is meant" answers.
_NEW = frozenset(
    {"same-person", "several-persons", "key-contradicts", "ledger-entry-differs", "employer-name-of-union"}
)
#: Words that are no kind yet, and may become one.
_NEW_KIND = frozenset({"ledger-kind-unknown", "site-kind-unknown"})
#: Questions about units, which "this is a new one" answers only where they ask about the row's own.
_NEW_UNIT = frozenset({"several-units", "same-name-other-code"})
#: Questions whether the person is a member.
_MEMBER = frozenset({"left-or-member", "list-of-leavers", "state-or-date"})
_MEANT = frozenset({"name-contradicts-id", "key-contradicts", "ledger-entry-differs"})


#: Answers about all values of a row, and which of two values counts by them.
VALUES: dict[str, Choice] = {"hold": "old", "take": "new"}


class AnswerKind(NamedTuple):
    """A kind of answer: its name, what its button says, what its tool tip says."""

    name: str
    label: str
    tip: str


def kinds() -> tuple[AnswerKind, ...]:
    """All answers in the order of their buttons."""
    return (
        AnswerKind("update", _("更新到登记册里的这个人"), _("这一行说的就是登记册里已有的那一条，用它来更新")),
        AnswerKind("new", _("按新的登记"), _("和登记册里已有的不是同一个，另外登记一条")),
        AnswerKind("new-kind", _("新增类别"), _("表里写的是一个新的类别：把它加进类别里，再登记这一行")),
        AnswerKind("transfer", _("转会"), _("从原工会转出，转入表里的工会，两笔变动都记下来")),
        AnswerKind("keep", _("只更新资料，不动会籍"), _("会籍留在原工会，只更新电话、学历等资料")),
        AnswerKind("retain", _("会员保留到上级工会"), _("工会撤销，会员的会籍保留到它的上级工会")),
        AnswerKind("join", _("按会员登记"), _("这个人是会员：表里写的入会照记")),
        AnswerKind("leave", _("按已退会登记"), _("这个人已经退会：记一笔退会，日期按表里写的")),
        AnswerKind("move-out", _("会员转出"), _("工会撤销，会员都登记转出")),
        AnswerKind("accept", _("证件号照收（标为存疑）"), _("号码有错也先登记，标为“证件号存疑”，以后再核对")),
        AnswerKind("hold", _("整行保留原值"), _("选中的各行：登记册里已有的都不动，只填空着的")),
        AnswerKind("take", _("整行采用新值"), _("选中的各行：不一样的都用表里的，看起来更差的也用")),
        AnswerKind("skip", _("跳过", "button"), _("这次不导入这一行，也不写进退回表")),
        AnswerKind("back", _("取消决定"), _("收回对这一行的决定和改正，重新核对")),
    )


def offered(line: PlanLine, decisions: Decisions, known: Collection[str] = ()) -> dict[str, RowAnswer]:
    """The answers that mean something for a row: name → how decisions write it.

    ``known``: the records of the register that may be named where a question asks which is meant ("update:UID").
    """
    step, key = line.step, (line.sheet.file, line.sheet.sheet)
    if not step.number:
        return {}
    codes = {each.code for each in step.problems}
    found: dict[str, RowAnswer] = {}
    if step.suggestion is not None and step.action != "updated":
        found["update"] = f"update:{step.suggestion}"
    elif step.action == "conflict" and codes & _MEANT:
        found["update"] = f"update:{step.row.key}" if step.row.key else "update"
    asking = [each for each in step.problems if each.level == "question"]
    if step.action == "conflict":
        found |= _new(asking)
    found |= {f"{UPDATE}:{uid}": f"{UPDATE}:{uid}" for each in asking for uid in each.candidates if uid in known}
    if codes & {"held-by-other-union", "transfer-too-early"}:
        found |= {"transfer": "transfer", "keep": "keep"}
    if codes & {"union-ended-with-members", "union-ended-no-parent"}:
        found |= {"retain": "retain", "move-out": "move-out"}
    if codes & _MEMBER:
        found |= {"join": "join", "leave": "leave", "keep": "keep"}
    elif "union-not-used" in codes:
        found["join"] = "join"
    wrong = {each.code for each in step.problems if each.level == "error"}
    if wrong and wrong <= ID_PROBLEMS and step.row.values.get("id_number") is not None:
        found["accept"] = "accept"
    chosen = {each.choice for each in to_choose(step)}
    found |= {name: name for name, choice in VALUES.items() if chosen - {choice}}
    if step.action not in ("skipped", "same"):
        found["skip"] = "skip"
    decided = (decisions.rows.get(key, {}), decisions.cells.get(key, {}), *decisions.values.get(key, {}).values())
    if any(step.number in each for each in decided):
        found["back"] = ""
    return found


def _new(asking: Sequence[Problem]) -> dict[str, RowAnswer]:
    """How a row with these questions can be something new: a record, or a kind of work."""
    if any(each.code in _NEW_KIND for each in asking):
        return {"new-kind": "new"}
    fits = any(each.code in _NEW or (each.code in _NEW_UNIT and each.column == "name") for each in asking)
    return {"new": "new"} if fits else {}


def answered(decisions: Decisions, lines: Sequence[PlanLine], name: str, known: Collection[str] = ()) -> Decisions:
    """The decisions with one kind of answer given to those of the rows for which it means something."""
    given: dict[tuple[tuple[str, str], RowAnswer], list[int]] = {}
    for line in lines:
        answer = offered(line, decisions, known).get(name)
        if answer is not None:
            given.setdefault(((line.sheet.file, line.sheet.sheet), answer), []).append(line.step.number)
    for (key, answer), rows in given.items():
        if name in VALUES:
            decisions = decisions.with_rows_of_values(key, rows, VALUES[name])
            continue
        decisions = decisions.with_rows(key, tuple(rows), answer)
        if name == "back":
            decisions = decisions.without_values(key, rows)
            cells = {row: texts for row, texts in decisions.cells.get(key, {}).items() if row not in rows}
            decisions = replace(decisions, cells={**decisions.cells, key: cells})
    return decisions


class AnswerBar(QWidget):
    """One button per answer, those that mean nothing for the chosen rows hidden; the same as actions for a menu.

    ``answering(str)`` brings the name of the answer.
    """

    answering = Signal(str)

    def __init__(self) -> None:
        """Without rows: nothing to answer."""
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        self.choices: dict[str, QAction] = {}
        row = across(on=self, gap=None)
        for kind in kinds():
            button = push_button("", hint=kind.tip)
            button.setProperty("answer", kind.name)
            button.clicked.connect(self._tell)
            choice = QAction(kind.label, self)
            choice.setData(kind.name)
            choice.triggered.connect(self._tell_choice)
            self.buttons[kind.name], self.choices[kind.name] = button, choice
            row.addWidget(button)
        self.which = push_button(_("指定是哪一个…"), hint=_("登记册里有几个符合，选中这一行说的那一个"))
        self.which.setMenu(QMenu(_("指定是哪一个…"), self.which))
        row.insertWidget(0, self.which)
        row.addStretch(1)
        self.offer([], Decisions(), {})

    def offer(self, lines: Sequence[PlanLine], decisions: Decisions, known: Mapping[str, str]) -> None:
        """Offer what can be answered for these rows; a number tells for how many, when not for all.

        ``known``: a line about each record of the register among which rows ask, by uid.
        """
        counts: dict[str, int] = {}
        for line in lines:
            for name in offered(line, decisions, known):
                counts[name] = counts.get(name, 0) + 1
        self._offer_records({name: known[uid] for uid in known if (name := f"{UPDATE}:{uid}") in counts})
        for kind in kinds():
            count = counts.get(kind.name, 0)
            text = kind.label if count == len(lines) == 1 else _("{answer}（{rows:,} 行）").format(answer=kind.label, rows=count)
            self.buttons[kind.name].setText(text)
            self.buttons[kind.name].setVisible(count > 0)
            self.choices[kind.name].setText(text)
            self.choices[kind.name].setVisible(count > 0)
        self.setVisible(bool(counts))

    def _offer_records(self, records: Mapping[str, str]) -> None:
        menu = self.which.menu()
        menu.clear()
        for name, text in records.items():
            choice = menu.addAction(caption(text))
            choice.setData(name)
            choice.triggered.connect(self._tell_choice)
        self.which.setVisible(bool(records))
        menu.menuAction().setVisible(bool(records))

    def _tell(self) -> None:
        self.answering.emit(str(self.sender().property("answer")))

    def _tell_choice(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self.answering.emit(str(action.data()))
