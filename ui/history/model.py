"""What the history page shows: the imports as an item model, one import's sheets, and what undoing it would do."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from models.errors import UserError
from models.journal.history import PastBatch, history
from models.journal.reopening import Reopening
from models.journal.undo import WayBack, way_back
from models.language import _
from models.lists.called import called
from models.lists.step_names import batch_word
from models.records.forms import FORMS
from ui.kit import theme
from ui.kit.list_model import ListModel, ShownColumn, text_column
from ui.kit.tables import UNKNOWN, Index

#: How many reasons for keeping something are told, and how many names each; so many records are asked for their names.
_REASONS = 12
_NAMES = 5
_ASKED = 20


class UndoPreview(NamedTuple):
    """What undoing a batch would do, or the sentence that says why it cannot be undone."""

    number: int
    way: WayBack | None
    refusal: str
    lines: list[str]


def preview(number: int) -> UndoPreview:
    """Work out what undoing a batch would do, in words too. Writes nothing."""
    try:
        way = way_back(number)
    except UserError as error:
        return UndoPreview(number, None, str(error), [])
    return UndoPreview(number, way, "", told(way))


def kind_word(kind: str) -> str:
    """A kind of record in words."""
    words = {
        "worker": _("会员与职工"), "employer": _("用人单位"), "union": _("工会"), "head_count": _("人数"),
        "officer": _("任职"),
        "membership_event": _("会籍变动"), "coverage": _("工会覆盖"), "drive_case": _("建会台账"),
        "case_step": _("建会步骤"), "case_paper": _("建会材料"), "contact": _("联系记录"), "ledger_entry": _("工作台账"),
        "ledger_kind": _("台账类别"), "site": _("阵地"), "site_kind": _("阵地类别"), "key_employer": _("重点企业"), "target": _("任务指标"),
        "occupation_group": _("群体"), "setting": _("设置"),
        "distinct_pair": _("标为不同"), "region": _("区划"), "erasure": _("个人信息的删除记录"),
        "own_field": _("自有字段"), "due_rule": _("催报"), "due_union": _("催报点名的工会"), "hand_in": _("交表"),
        "submission": _("上报"), "submitted_row": _("上报的一行"), "issued_paper": _("出具的文书"), "paper_template": _("文书模板"),
        "worklist": _("工作名单"), "worklist_entry": _("工作名单的一行"),
    }  # fmt: skip
    return words.get(kind, _("其他记录"))


def told(way: WayBack) -> list[str]:
    """What undoing would do, one sentence a line: counts first, then what stays and why; each with some of the names."""
    restored = {uid: kind for (uid, _field), (kind, _now, _then) in way.restore.items()}
    back, going = ({uid: wholes.kind(uid) for uid in wholes} for wholes in (way.recreate, way.remove))
    kept: dict[tuple[str, str], dict[str, str]] = {}
    for each in way.kept:
        kept.setdefault((each.kind, each.reason), {})[each.uid] = each.kind
    counts = Counter((each.kind, each.reason) for each in way.kept)
    reasons = counts.most_common(_REASONS)
    lines = [
        *([_reopened(way.reopened)] if way.reopened else []),
        _("恢复 {count:,} 处修改").format(count=len(way.restore) + len(way.recreate)) + _named(restored | back, way),
        _("移除 {count:,} 条新登记的记录").format(count=len(way.remove)) + _named(going, way),
        _("保留 {count:,} 处").format(count=len(way.kept)),
    ]
    lines += [
        _("　{kind}：{reason}（{count:,} 处）").format(kind=kind_word(kind), reason=reason, count=count)
        + _named(kept[kind, reason], way)
        for (kind, reason), count in reasons
    ]
    more = len(counts) - len(reasons)
    return [*lines, _("　等，另有 {count:,} 种原因").format(count=more)] if more > 0 else lines


def _reopened(turn: Reopening) -> str:
    """What becomes of a decision between several laptops."""
    if turn.opens:
        return _("这一项重新列在“交换”的“要决定的”里，由人再选")
    return _("这个决定重新算数，不再列为要决定的")


def _named(records: Mapping[str, str], way: WayBack) -> str:
    """Who or what the records (uid → kind) are: "：王五、李六 等"; those that are to come back are called as they were."""
    some = dict(list(records.items())[:_ASKED])
    by_kind: dict[str, list[str]] = {}
    for uid, kind in some.items():
        by_kind.setdefault(kind, []).append(uid)
    known = called(by_kind)
    gone = {uid: str(way.recreate[uid][0][1].get("name") or "") for uid in some if uid in way.recreate}
    names = list(dict.fromkeys(name for uid in some if (name := known.get(uid) or gone.get(uid))))
    if not names:
        return ""
    more = len(names) > _NAMES or len(records) > len(some)
    return _("：") + _("、").join(names[:_NAMES]) + (_(" 等") if more else "")


def listed(imports_only: bool, day: dt.date | None = None, person: str = "") -> list[PastBatch]:
    """The imports, newest first; all batches that changed something when there are none, or others are wanted too.

    ``day`` and ``person`` leave out what was done on other days and by others.
    """
    changes = [past for past in history(day=day, person=person) if past.kind != "disclosure"]
    imports = [past for past in changes if past.kind == "import"]
    narrowed = day is not None or bool(person)
    return imports if imports_only and (imports or narrowed) else changes


def when(past: PastBatch) -> str:
    """The local time of a batch, to the minute."""
    return past.at[:16].replace("T", " ")


def main_form(past: PastBatch) -> str:
    """The kind of record that most of an import's rows were about."""
    counts: Counter[str] = Counter()
    for sheet in past.sheets:
        if sheet.get("kind"):
            counts[str(sheet["kind"])] += int(sheet.get("new", 0)) + int(sheet.get("updated", 0))
    return counts.most_common(1)[0][0] if counts else "workers"


class PastModel(ListModel):
    """The imports, or all batches, newest first; those that were undone stand muted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without imports."""
        columns = [
            text_column("number", _("批次"), 3, lambda past: str(past.number), "right"), text_column("at", _("时间"), 10, when),
            text_column("person", _("谁"), 5, lambda past: past.person),
            text_column("what", _("文件或改动"), 12, lambda past: _("、").join(past.files) or _did(past)),
            text_column("new", _("新增"), 3, partial(_counted, "new"), "right"),
            text_column("updated", _("更新"), 3, partial(_counted, "updated"), "right"),
            text_column("refused", _("退回"), 3, partial(_counted, "refused", "conflict"), "right"),
            text_column("state", _("状态"), 8, _state),
        ]  # fmt: skip
        super().__init__(columns, parent)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole and index.isValid() and self.items[index.row()].undone_by is not None:
            return QColor(theme.colour("muted"))
        return super().data(index, role)


def _counted(*args: Any) -> str:
    """How many rows of an import (the last one given) came to such ends; of any other batch nobody counts them."""
    *ends, past = args
    return f"{sum(past.total(end) for end in ends):,}" if past.kind == "import" else UNKNOWN


def _state(past: PastBatch) -> str:
    return _("可撤销") if past.undone_by is None else _("已撤销（批次 {number}）").format(number=past.undone_by)


def _did(past: PastBatch) -> str:
    if past.restores is not None:
        return _("恢复批次 {number}").format(number=past.restores)
    return batch_word(past.kind) if past.undoes is None else _("撤销批次 {number}").format(number=past.undoes)


def sheets_model(parent: QWidget | None = None) -> ListModel:
    """The sheets of one import with their counts."""

    def kind(sheet: dict[str, Any]) -> str:
        form = FORMS.get(str(sheet.get("kind")))
        return _(form.label) if form else _("没有导入")

    def counted(action: str, title: str) -> ShownColumn:
        def text(sheet: dict[str, Any]) -> str:
            return f"{int(sheet.get(action, 0)):,}" if sheet.get("kind") else UNKNOWN

        return text_column(action, title, 3, text, "right")

    columns = [
        text_column("file", _("文件"), 14, lambda sheet: str(sheet["file"])),
        text_column("sheet", _("工作表"), 12, lambda sheet: str(sheet["sheet"])), text_column("kind", _("种类"), 8, kind),
        counted("new", _("新增")), counted("updated", _("更新")), counted("same", _("不变")), counted("conflict", _("待决定")),
        counted("refused", _("退回")), counted("skipped", _("跳过")),
    ]  # fmt: skip
    return ListModel(columns, parent)
