"""Dates for what carries none: which day each way tells, and writing it for all that it tells one of."""

from collections.abc import Collection

from PySide6.QtWidgets import QDialog, QWidget

from models.editing.dating import WAYS, Dated, Kind, Undated, Way, date_by, undated_facts, way_word
from models.journal.done import Done
from models.language import _
from ui.kit.agreeing import Agreeing
from ui.kit.asked_once import asked_once
from ui.kit.choice_box import choice_box
from ui.kit.context import Context
from ui.kit.day_editor import DayEditor
from ui.kit.lines import across, down
from ui.kit.list_model import ListModel, ShownColumn, list_table, text_column
from ui.kit.plain import Label
from ui.kit.written import did

#: The kinds of record whose missing dates can be written in bulk, and what changes with them.
DATED_KINDS: dict[str, Kind] = {"union": "union", "worker": "worker"}


class DatingDialog(QDialog):
    """Shows what carries no date with what could tell it; ``asked`` is then (way or None for by hand, day as typed)."""

    def __init__(self, found: list[Undated], parent: QWidget | None = None) -> None:
        """The way that tells most comes first."""
        super().__init__(parent)
        self.setWindowTitle(_("补日期"))
        self.asked: tuple[Way | None, str] | None = None
        self._found = found
        told = Label(
            _("这 {count:,} 条没有写日期，不计入新建、新入会。选一种依据，或者手填一个日期；没有依据的留下不动。").format(count=len(found)),
            "secondary", wrap=True,
        )  # fmt: skip
        said, ways = _("{way}（{count:,} 条有）"), sorted(WAYS, key=lambda way: -self._told(way))
        choices: list[tuple[str, Way | None]] = [(said.format(way=way_word(way), count=self._told(way)), way) for way in ways]
        self.ways = choice_box(_("依据"), [*choices, (_("手填一个日期"), None)])
        self.ways.currentIndexChanged.connect(self._follow)
        self.day = DayEditor(_("日期"))
        self.day.edited.connect(self._follow)
        self.model = _model(self)
        self.table = list_table(_("日期不明的记录"), self.model)
        self.model.show_items(found)
        self.buttons = Agreeing("", self, self._take)
        down(told, across(self.ways, (self.day, 1)), (self.table, 1), self.buttons, on=self, margins=None)
        self.resize(720, 480)
        self._follow()

    def _told(self, way: Way) -> int:
        return sum(1 for each in self._found if way in each.days)

    def _follow(self) -> None:
        """The button says how many get a day."""
        way: Way | None = self.ways.currentData()
        self.day.setVisible(way is None)
        count = len(self._found) if way is None else self._told(way)
        self.buttons.go.setText(_("给 {count:,} 条写上日期").format(count=count))
        self.buttons.go.setEnabled(count > 0 and (way is not None or bool(self.day.text())))

    def _take(self) -> None:
        self.asked = (self.ways.currentData(), self.day.text())
        self.accept()


def _model(parent: QWidget) -> ListModel:
    def column(name: str, title: str, width: int) -> ShownColumn:
        return text_column(name, title, width, lambda each: _text(each, name))

    titles = [column(way, way_word(way), 8) for way in WAYS]
    return ListModel([column("name", _("名称"), 16), column("entered", _("登记"), 6), *titles], parent)


def _text(each: Undated, name: str) -> str:
    told: dict[str, str] = {"name": each.name, "entered": each.entered}
    return (told | {way: each.days.get(way, "") for way in WAYS})[name]


def ask_days(context: Context, kind: str, uids: Collection[str], parent: QWidget) -> None:
    """Ask for the days of these unions or people that carry none, and write them as one batch that can be undone."""
    found = undated_facts(DATED_KINDS[kind], context.today, uids)
    with asked_once(DatingDialog(found, parent)) as dialog:
        dialog.exec()
        asked = dialog.asked
    if asked is None:
        return

    def done(written: Done[Dated]) -> None:
        dated = written.result
        if dated.batch is not None:
            said = _("已给 {count:,} 条写上日期，还有 {left:,} 条没有。").format(count=dated.dated, left=dated.left)
            did(context, written, said)

    args = (DATED_KINDS[kind], found, *asked, context.author, context.today)
    context.jobs.write(date_by, *args, done=done, failed=context.tell_failure, title=_("正在补日期"))
