"""What a batch is called among the things that can be taken back: 改移动电话 · 王五. Names of fields and records, never values."""

from collections.abc import Collection
from itertools import islice

from models.journal import entries
from models.journal.history import Root, roots
from models.journal.log import WHOLE
from models.language import _
from models.lists.called import called
from models.records.catalogue import RECORDS, title_of

#: The kinds of record that a batch is about before all others; the rest come along with them.
_FIRST = (
    "worker", "employer", "union", "officer", "head_count", "membership_event", "coverage", "contact", "case_step", "case_paper",
    "drive_case", "ledger_entry", "site", "worklist", "target", "key_employer", "region", "own_field", "occupation_group",
    "setting",
)  # fmt: skip
#: Fields that are named of a record, and entries that are read for them.
_FIELDS, _READ = 3, 200


def step_names(numbers: Collection[int]) -> dict[int, str]:
    """The name of each of these batches, by number; those that there are not are left out."""
    return {number: _name(root) for number, root in roots(numbers).items()}


def _name(batch: Root) -> str:
    if files := batch.files:
        more = _(" 等 {count} 个文件").format(count=len(files)) if files[1:] else ""
        return _("导入《{name}》").format(name=files[0]) + more + _(" {rows:,} 行").format(rows=batch.rows)
    written: dict[str, dict[str, tuple[bool, bool]]] = {}
    for kind, uid, made, gone in entries.made_and_gone([batch.uid]):
        written.setdefault(kind, {})[uid] = (made, gone)
    kind = next((each for each in _FIRST if each in written), next(iter(written), ""))
    records = written.get(kind, {})
    if batch.kind == "merge":
        return _("合并 · {name}").format(name=_called(kind, records))
    if len(records) != 1:
        return _("{what}（{count:,} 条）").format(what=batch_word(batch.kind), count=sum(map(len, written.values())))
    [(uid, (made, gone))] = records.items()
    name = _called(kind, records)
    what = _("登记") if made else _("删去") if gone else _changed(batch.uid, kind, uid) or batch_word(batch.kind)
    return _("{what} · {name}").format(what=what, name=name) if name else what


def _called(kind: str, records: Collection[str]) -> str:
    names = called({kind: list(records)}) if kind in RECORDS else {}
    return next((names[uid] for uid in records if uid in names), "")


def _changed(batch: str, kind: str, uid: str) -> str:
    """改移动电话、现居地: the first fields of a record that a batch changed."""
    found = islice(entries.of_batch(batch, ("kind", "record", "field")), _READ)
    fields = dict.fromkeys(name for of, record, name in found if (of, record) == (kind, uid) and name != WHOLE)
    titles = [title_of(RECORDS[kind], name) for name in fields if kind in RECORDS]
    if not titles:
        return ""
    more = _(" 等 {count} 项").format(count=len(titles)) if len(titles) > _FIELDS else ""
    return _("改{fields}").format(fields=_("、").join(titles[:_FIELDS])) + more


def batch_word(kind: str) -> str:
    """What a batch that read no file did, in words."""
    words = {
        "import": _("导入"), "edit": _("登记、修改"), "undo": _("撤销"), "case": _("建会台账：办理"),
        "cases": _("建会台账：与名单对齐"), "founding": _("成立或加入工会"), "match": _("摸排比对：确认"),
        "merge": _("合并"), "exchange": _("收下交换包"), "decide": _("决定两边写得不一样的"),
        "distinct": _("标为不同"), "setting": _("设置"), "mapping": _("记住对应的列"),
        "target": _("任务指标"), "disclosure": _("查看或交出完整号码"), "rescue": _("抢救"), "share": _("从办公室分出"),
        "erase": _("依申请删除个人信息"),
    }  # fmt: skip
    return words.get(kind, _("其他改动"))
