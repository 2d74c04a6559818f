"""What a person does with cases: each thing one batch, written on the worker thread and told with its way back."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from models.drive import case_list, contacts, founding, sources
from models.drive import moves as case_moves
from models.drive.contacts import Contacted, Suggestion
from models.drive.founding import Founded
from models.drive.sources import SourceMatch
from models.engine.record import Record
from models.errors import UnreadField
from models.journal.done import Done
from models.journal.writer import Author
from models.language import _
from models.law import stages
from models.records.drive_case import DriveCase
from models.values import drive_codes
from ui.kit.context import Context
from ui.kit.day_dialog import DayDialog
from ui.kit.fields import Fields
from ui.kit.notices import Action
from ui.kit.written import Then, Written, did

#: Why a person may close a case; a union's founding closes it otherwise.
REASONS = tuple(label for label in drive_codes.CLOSED_BECAUSE.labels if label != stages.BUILT)


class CaseDoing(QObject):
    """``founds(str, str)`` asks for the founding form of a case (uid, the employer's name)."""

    founds = Signal(str, str)
    #: The dialog that asked last for a day.
    asking: DayDialog

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Writes as the person of the window."""
        super().__init__(parent)
        self._context, self._window = context, parent
        self._written = Written(context, self, unread=self._refuse, tell=self._tell)
        self._asked: tuple[str, str, str] = ("", "", "")

    @property
    def _author(self) -> Author:
        return self._context.author

    @property
    def _day(self) -> str:
        return self._context.today.isoformat()

    def _tell(self, done: Done[Any], said: str) -> None:
        if done.batch is None:
            self._context.notices.tell(_("没有变化。"))
            return
        more: list[Action] = []
        if isinstance(done.result, Founded):
            said += "".join(done.result.warnings)
        elif isinstance(done.result, Contacted):
            self._asked = (done.result.drive_case, self._asked[1], "")
            said += "".join(each.text for each in done.result.suggestions)
            more = [self._suggested(each) for each in done.result.suggestions]
        did(self._context, done, said, *more)

    def _refuse(self, error: UnreadField) -> None:
        """Tell beside the field in which something stands that is no value."""
        parts = (each for each in self._window.findChildren(Fields) if each.isVisible())
        any(each.refuse(error.field, str(error)) for each in parts)

    def _suggested(self, suggestion: Suggestion) -> Action:
        case, name, _stage = self._asked
        if suggestion.action == "close":
            return Action(_("结案…"), partial(self.ask_close, case, name, suggestion.value))
        label = _("转到“{stage}”").format(stage=_(suggestion.value))
        return Action(label, partial(self.ask_move, case, name, suggestion.value))

    def ask_move(self, case: str, name: str, stage: str) -> None:
        """Move a case of the employer ``name`` to a stage, as of today; what would be passed over is asked about first."""
        self._asked = (case, name, stage)
        if stage == stages.OFF:
            self.ask_close(case, name)
        elif stage == stages.BUILT:
            self.founds.emit(case, name)
        else:
            self._context.jobs.run(case_moves.passed_by, case, stage, done=self._move)

    def _move(self, passed: tuple[str, ...]) -> None:
        _case, name, stage = self._asked
        if not passed:
            self._move_on()
            return
        said = _("“{name}”到“{stage}”，中间还有“{passed}”。跳过这些阶段吗？")
        named = _("、").join(_(each) for each in passed)
        self._context.notices.ask(
            said.format(name=name, stage=_(stage), passed=named),
            Action(_("跳过，转到“{stage}”").format(stage=_(stage)), self._move_on),
        )

    def _move_on(self) -> None:
        case, name, stage = self._asked
        said = _("“{name}”已转到“{stage}”。").format(name=name, stage=_(stage))
        self._written.write(said, case_moves.move, case, stage, self._day, self._author, skip=stages.WAY)

    def take_back(self, case: str, name: str) -> None:
        """Take the last step of a case back."""
        self._written.write(_("“{name}”已退回上一步。").format(name=name), case_moves.take_back, case, self._author)

    def ask_close(self, case: str, name: str, reason: str = "") -> None:
        """Ask for which of REASONS and on which day a case is closed; ``reason`` is proposed."""
        said = _("“{name}”从哪天起结案，为什么？单位从那天起不在应建未建名单上。").format(name=name)
        of: tuple[type[Record], str] = (DriveCase, "closed_on")
        self.asking = DayDialog(_("结案"), said, _("结案"), of, self._context.today, self._window)
        self.asking.offer(_("结案原因"), REASONS, reason)
        self.asking.given.connect(partial(self.close, case, name))
        self.asking.open()

    def close(self, case: str, name: str, day: str, reason: str) -> None:
        """Close a case on a day, as it was typed, for one of REASONS."""
        said = _("“{name}”已结案，原因“{reason}”。").format(name=name, reason=_(reason))
        self._written.write(said, case_moves.close, case, reason, day, self._author, self._context.today)

    def reopen(self, case: str, name: str) -> None:
        """Open a closed case again."""
        self._written.write(_("“{name}”已重新列入。").format(name=name), case_moves.reopen, case, self._day, self._author)

    def plan(self, case: str, name: str, given: Mapping[str, str], then: Then | None = None) -> None:
        """Change what is planned about a case (``case_list.PLAN_FIELDS``)."""
        said = _("已改好“{name}”的安排。").format(name=name)
        self._written.write(said, case_list.plan_case, case, dict(given), self._author, then=then)

    def assign(self, cases: Sequence[str], organizer: str) -> None:
        """Give cases to an organizer, "" to nobody."""
        said = _("{count:,} 家已指派给“{organizer}”。") if organizer else _("{count:,} 家已不再指派。")
        said = said.format(count=len(cases), organizer=organizer)
        self._written.write(said, case_list.assign, list(cases), organizer or None, self._author)

    def plan_several(self, cases: Sequence[str], given: Mapping[str, str]) -> None:
        """Plan the same next step, or its date, for several cases."""
        said = _("已给 {count:,} 家安排下一步。").format(count=len(cases))
        self._written.write(said, case_list.plan_cases, list(cases), dict(given), self._author)

    def visit(
        self, employer: str, name: str, given: Mapping[str, str], following: Mapping[str, str], then: Then | None = None
    ) -> None:
        """Keep a contact with an employer (uid), and what comes next, without looking at its file."""
        self._asked = ("", name, "")
        said = _("已记下与“{name}”的联系。").format(name=name)
        self._written.write(said, contacts.add_visit, employer, dict(given), self._author, dict(following), then=then)

    def contact(
        self, case: str, name: str, given: Mapping[str, str], following: Mapping[str, str], then: Then | None = None
    ) -> None:
        """Keep a contact, and what comes next."""
        self._asked = (case, name, "")
        said = _("已记下与“{name}”的联系。").format(name=name)
        self._written.write(said, contacts.add_contact, case, dict(given), self._author, dict(following), then=then)

    def change_contact(self, uid: str, name: str, given: Mapping[str, str], then: Then | None = None) -> None:
        """Correct a contact (uid)."""
        said = _("已改好与“{name}”的联系。").format(name=name)
        self._written.write(said, contacts.change_contact, uid, dict(given), self._author, then=then)

    def remove_contact(self, uid: str, name: str) -> None:
        """Remove a contact (uid)."""
        self._written.write(_("已删去与“{name}”的一次联系。").format(name=name), contacts.remove_contact, uid, self._author)

    def paper(self, case: str, given: Mapping[str, str], uid: str = "", then: Then | None = None) -> None:
        """Keep a paper of a case, or correct the one with ``uid``; ``then()`` is called when that was written."""
        if uid:
            self._written.write(_("已改好一份材料。"), case_moves.change_paper, uid, dict(given), self._author, then=then)
        else:
            said = _("已登记材料“{paper}”。").format(paper=_(given.get("name", "")))
            self._written.write(said, case_moves.add_paper, case, dict(given), self._author, then=then)

    def remove_paper(self, uid: str) -> None:
        """Remove a paper (uid)."""
        self._written.write(_("已移除一份材料。"), case_moves.remove_paper, uid, self._author)

    def found(self, cases: Sequence[str], given: Mapping[str, Any]) -> None:
        """Found a union for one case, or a joint one for several."""
        said = _("已成立“{union}”，台账随之结案。").format(union=given.get("name") or "")
        rest = (dict(given), self._author, self._context.today)
        if len(cases) == 1:
            self._written.write(said, founding.found_union, cases[0], *rest)
        else:
            self._written.write(said, founding.found_joint, list(cases), *rest)

    def join(self, case: str, name: str, union: str, date: str) -> None:
        """Bring the employer of a case under a union (uid) that exists."""
        said = _("“{name}”已加入工会，台账随之结案。").format(name=name)
        self._written.write(said, founding.join_existing, case, union, date, self._author, self._context.today)

    def confirm(self, match: SourceMatch) -> None:
        """Say that a pair belongs together."""
        said = _("已确认：“{left}”和“{right}”。").format(left=match.left_name, right=match.right_name)
        self._written.write(said, sources.confirm, match, self._author, self._context.today, self._context.index)

    def reject(self, match: SourceMatch) -> None:
        """Say once for ever that a pair does not belong together."""
        said = _("“{left}”和“{right}”不是一对，以后不再提示。").format(left=match.left_name, right=match.right_name)
        self._written.write(said, sources.reject, match, self._author)
