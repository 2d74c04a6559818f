"""The verbs that look at what was written, and take it back: batches, undo. What reads workbooks is not loaded for them."""

import argparse
from collections import Counter
from typing import Any

from cli.opening import opened
from cli.output import UNKNOWN, answer, print_json, print_table
from models.backups.making import back_up_before
from models.backups.reasons import Reason
from models.journal import undo
from models.journal.history import PastBatch, history
from models.journal.log import WHOLE
from models.language import _
from models.lists.called import called
from models.records.catalogue import RECORDS, title_of

#: Kinds of what was kept, and names of each, that a person at a terminal is shown.
_SHOWN = 8
#: Files that the list of batches names of each.
_NAMED = 2


def run_batches(arguments: argparse.Namespace) -> int:
    """List who did what, when, from which files, the newest last: at a terminal that is where one looks."""
    with opened(arguments):
        batches = history()[::-1]
    if arguments.json:
        print_json({"batches": [_batch(past) for past in batches]})
        return 0
    titles = [_("批次"), _("时间"), _("谁"), _("做了什么"), _("状态")]
    print_table(titles, [[past.number, _when(past), past.person, _done(past), _state(past)] for past in batches])
    return 0


def _batch(past: PastBatch) -> dict[str, Any]:
    """A batch without what was decided in it: decisions hold typed values of people."""
    return {
        "batch": past.number, "kind": past.kind, "person": past.person, "at": past.at, "undoes": past.undoes,
        "undone_by": past.undone_by, "restores": past.restores, "sheets": past.sheets,
    }  # fmt: skip


def _when(past: PastBatch) -> str:
    return past.at[:16].replace("T", " ")


def _done(past: PastBatch) -> str:
    files = _("、").join(past.files[:_NAMED])
    if len(past.files) > _NAMED:
        files += _(" 等 {count} 个文件").format(count=len(past.files))
    words = {
        "import": _("导入 {files}").format(files=files),
        "undo": (
            _("恢复批次 {number}").format(number=past.restores) if past.restores
            else _("撤销批次 {number}").format(number=past.undoes or UNKNOWN)
        ),
        "edit": _("修改"),
        "setting": _("改设置"),
        "mapping": _("记住列的对应"),
        "merge": _("合并"),
        "exchange": _("收下交换包"),
        "decide": _("决定两边写得不一样的"),
        "case": _("建会台账"),
        "cases": _("按名单更新建会台账"),
        "founding": _("成立或加入工会"),
        "match": _("摸排比对"),
        "distinct": _("标为不同"),
        "disclosure": _("导出完整号码"),
        "erase": _("依申请删除个人信息"),
        "rescue": _("抢救"),
        "share": _("从办公室分出"),
        "target": _("任务指标"),
    }
    return words.get(past.kind, past.kind)


def _state(past: PastBatch) -> str:
    return _("已被批次 {number} 撤销").format(number=past.undone_by) if past.undone_by else ""


def run_undo(arguments: argparse.Namespace) -> int:
    """Undo one batch; what was edited since is kept and named."""
    with opened(arguments, _("撤销"), much=True) as here:
        back_up_before(here.register, Reason.UNDO)
        done = undo.undo(arguments.batch, here.author)
        names = called(_by_kind(done.kept))
    counts = {"batch": done.batch, "undone": done.undone, "restored": done.restored, "removed": done.removed}
    kept = [
        {"uid": each.uid, "name": names.get(each.uid), "field": each.field, "reason": each.reason} for each in done.kept
    ]
    sentence = _("已撤销批次 {undone}（记为批次 {batch}）：恢复 {restored} 处，移除 {removed} 条，保留 {kept} 处。")
    said = [_("{what}：{said}").format(what=_title(each), said=each.reason) for each in done.kept]
    reasons: dict[str, dict[str, None]] = {}
    for each, reason in zip(done.kept, said, strict=True):
        reasons.setdefault(reason, {})[names.get(each.uid) or UNKNOWN] = None
    lines = [sentence.format(**counts, kept=len(kept))]
    for reason, count in Counter(said).most_common(_SHOWN):
        named = _("、").join(list(reasons[reason])[:_SHOWN])
        lines.append(_("    {reason}（{count}）：{names}").format(reason=reason, count=count, names=named))
    answer(arguments.json, counts | {"kept": kept} | here.afterwards, "\n".join(lines))
    return 0


def _by_kind(kept: list[undo.Kept]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in kept:
        found.setdefault(each.kind, []).append(each.uid)
    return found


def _title(kept: undo.Kept) -> str:
    return _("整条记录") if kept.field == WHOLE else title_of(RECORDS[kept.kind], kept.field)
