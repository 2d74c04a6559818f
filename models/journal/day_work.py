"""What one person did on one day, in plain words: from the batches of that day that still stand."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from models.journal import entries
from models.journal.history import PastBatch, history
from models.journal.log import Batch
from models.language import _

#: Batches that no person asked for, and those that changed no record.
_QUIET = frozenset({"cases", "disclosure", "exchange"})
#: What comes along with a contact or a step of a case: its case changes too, which needs no word of its own.
_ALONG = frozenset({"contact", "case_step"})


def day_work(day: dt.date, person: str) -> list[str]:
    """What ``person`` did on ``day``, each kind of thing as one phrase; empty when nothing stands."""
    done = [past for past in history(day=day, person=person) if past.kind not in _QUIET]
    standing = [past for past in done if past.undone_by is None and past.undoes is None]
    imports = [past for past in standing if past.kind == "import"]
    merges = sum(1 for past in standing if past.kind == "merge")
    undone = sum(1 for past in done if past.undoes is not None and past.restores is None)
    others = [past for past in standing if past.kind not in ("import", "merge")]
    told = [_imported(imports)] if imports else []
    told += _phrases(_records(each.number for each in others))
    if merges:
        told.append(_("合并 {count:,} 对").format(count=merges))
    if undone:
        told.append(_("撤销 {count:,} 次").format(count=undone))
    if others and not told:
        told.append(_("改了 {count:,} 处设置").format(count=len(others)))
    return told


def _imported(imports: list[PastBatch]) -> str:
    rows = sum(past.total("new") + past.total("updated") for past in imports)
    return _("导入 {count:,} 次（{rows:,} 行）").format(count=len(imports), rows=rows)


def _records(numbers: Iterable[int]) -> dict[tuple[str, str], int]:
    """How many records of each kind the batches with these numbers made ("new") or altered ("changed")."""
    wanted = list(numbers)
    if not wanted:
        return {}
    batches = [row.uid for row in Batch.select(Batch.uid).where(Batch.id.in_(wanted))]
    written = entries.made_and_gone(batches)
    return Counter((kind, "new" if made else "changed") for kind, _record, made, gone in written if not gone)


def _phrases(counts: dict[tuple[str, str], int]) -> list[str]:
    words = {
        ("contact", "new"): _("记了 {count:,} 次走访联系"), ("contact", "changed"): _("改了 {count:,} 次走访联系"),
        ("case_step", "new"): _("建会推进 {count:,} 步"), ("case_paper", "new"): _("登记 {count:,} 份建会材料"),
        ("drive_case", "changed"): _("安排了 {count:,} 家单位"),
        ("worker", "new"): _("新登记 {count:,} 人"), ("worker", "changed"): _("改了 {count:,} 人"),
        ("membership_event", "new"): _("办了 {count:,} 次会籍变动"),
        ("officer", "new"): _("登记 {count:,} 个任职"), ("officer", "changed"): _("改了 {count:,} 个任职"),
        ("union", "new"): _("新登记 {count:,} 个工会"), ("union", "changed"): _("改了 {count:,} 个工会"),
        ("employer", "new"): _("新登记 {count:,} 家单位"), ("employer", "changed"): _("改了 {count:,} 家单位"),
        ("head_count", "new"): _("记了 {count:,} 个人数"),
        ("site", "new"): _("登记 {count:,} 个阵地"), ("site", "changed"): _("改了 {count:,} 个阵地"),
        ("ledger_entry", "new"): _("登记 {count:,} 条工作台账"), ("ledger_entry", "changed"): _("改了 {count:,} 条工作台账"),
        ("worklist", "new"): _("列了 {count:,} 份工作名单"), ("worklist_entry", "new"): _("列入名单 {count:,} 条"),
        ("worklist_entry", "changed"): _("办了名单上的 {count:,} 条"),
        ("erasure", "new"): _("依申请删除 {count:,} 人的个人信息"),
        ("hand_in", "new"): _("记了 {count:,} 份交来的或免交的表"),
        ("submission", "new"): _("上报 {count:,} 份"), ("issued_paper", "new"): _("出具 {count:,} 份文书"),
        ("target", "new"): _("定了 {count:,} 个目标"), ("target", "changed"): _("改了 {count:,} 个目标"),
    }  # fmt: skip
    along = any((kind, "new") in counts for kind in _ALONG)
    told = [key for key in words if key in counts and not (along and key[0] == "drive_case")]
    return [words[key].format(count=counts[key]) for key in told]
