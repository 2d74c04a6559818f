"""``duplicates``, ``merge``, ``distinct``: records that may be one, made one or said to be two."""

import argparse
from typing import Any

from cli.opening import opened
from cli.output import UNKNOWN, answer, exported, print_json, print_table
from models.backups.making import back_up_before
from models.backups.reasons import Reason
from models.duplicates.find import Likeness, duplicates, identities, mark_distinct
from models.duplicates.merge import FieldChoice, MergePreview, merge, merge_preview
from models.engine.record import Record
from models.language import _
from models.records.catalogue import RECORDS, kind_of
from models.records.employer import Coverage
from models.records.forms import FORMS
from models.values.columns import Column, column_of
from models.values.masking import BIRTH_FIELD, showers


def run_duplicates(arguments: argparse.Namespace) -> int:
    """List pairs of records that may be the same, the surest first, with what tells them apart; numbers are masked."""
    kind = kind_of(FORMS[arguments.what].main)
    with opened(arguments) as here:
        pairs = duplicates(kind, here.index)
        known = identities(kind, (uid for pair in pairs for uid in (pair.left, pair.right)), here.index)
    columns = [column_of(RECORDS[kind], name) for name in next(iter(known.values()), {}) if name != "uid"]
    if arguments.json:
        told = [
            {"code": each.code, "reason": each.reason}
            | {side: exported(columns, known[uid], True) for side, uid in (("left", each.left), ("right", each.right))}
            for each in pairs
        ]
        print_json({"duplicates": arguments.what, "pairs": told})
    else:
        _print_pairs(pairs, columns, known)
    return 0


def _print_pairs(pairs: list[Likeness], columns: list[Column], known: dict[str, dict[str, Any]]) -> None:
    show = showers(columns)
    rows: list[list[Any]] = []
    for number, pair in enumerate(pairs, 1):
        for uid, reason in ((pair.left, pair.reason), (pair.right, "")):
            texts = [each(known[uid][column.name]) or None for column, each in zip(columns, show, strict=True)]
            rows.append([number if reason else "", reason, *texts, uid])
    if rows:
        print_table([_("序号"), _("为什么"), *(column.title for column in columns), _("记录标识")], rows)
    print(_("可能重复的共 {count} 对").format(count=len(pairs)))


def run_merge(arguments: argparse.Namespace) -> int:
    """Merge one record into another, or with ``--plan`` show what that would do."""
    choices = dict(_choice(each) for each in arguments.field or ())
    with opened(arguments, "" if arguments.plan else _("合并"), much=True) as here:
        seen = merge_preview(arguments.keep, arguments.drop, here.index, here.today, choices)
        number = None
        if not arguments.plan:
            back_up_before(here.register, Reason.MERGE)
            number = merge(arguments.keep, arguments.drop, choices, here.author, here.index, here.today)
    if arguments.json:
        print_json(_object(seen) | {"batch": number} | here.afterwards)
        return 0
    _print_fields(seen)
    for sentence, counts in (
        (_("改挂到保留的记录：{what}"), seen.moved),
        (_("两边都有、合成一条：{what}"), seen.joined),
    ):
        if counts:
            print(sentence.format(what=_("，").join(f"{_label(kind)} {count}" for kind, count in counts.items())))
    if number is None:
        print(_("这是预览，什么都没有写入。"))
    else:
        print(_("已合并，批次 {number}。拆开：undo {number}").format(number=number))
    return 0


def _choice(written: str) -> tuple[str, str]:
    name, _equals, side = written.partition("=")
    return name, side


def _columns(seen: MergePreview) -> list[Column]:
    record: type[Record] = RECORDS[seen.kind]
    return [column_of(Coverage if _covering(each, seen) else record, each.name) for each in seen.fields]


def _covering(each: FieldChoice, seen: MergePreview) -> bool:
    return each.name == "union" and seen.kind == "employer"


def _object(seen: MergePreview) -> dict[str, Any]:
    beside = any(each.name == BIRTH_FIELD for each in seen.fields)
    fields = []
    for each, column in zip(seen.fields, _columns(seen), strict=True):
        texts: dict[str, Any] = {
            side: seen.names.get(str(value)) or column.kind.export(value, masked=True, beside_birth=beside)
            for side, value in (("keep", each.keep), ("drop", each.drop), ("value", each.value))
        }
        fields.append({"field": each.name, "side": each.side, **texts})
    whole = {"kind": seen.kind, "keep": seen.keep, "drop": seen.drop, "fields": fields}
    return whole | {"moved": seen.moved, "joined": seen.joined}


def _print_fields(seen: MergePreview) -> None:
    columns = _columns(seen)
    rows: list[list[Any]] = []
    for each, show in zip(seen.fields, showers(columns), strict=True):
        texts = [
            UNKNOWN if value is None else seen.names.get(str(value)) or show(value)
            for value in (each.keep, each.drop, each.value)
        ]
        rows.append([("* " if each.differs else "") + each.title, *texts])
    print_table([_("字段"), _("保留的记录"), _("并入的记录"), _("合并以后")], rows)


def _label(kind: str) -> str:
    labels = {
        "worker": _("职工"), "employer": _("用人单位"), "union": _("工会"), "membership_event": _("会籍变动"),
        "coverage": _("覆盖"), "head_count": _("人数"), "drive_case": _("建会台账"), "contact": _("走访记录"),
        "case_step": _("建会步骤"), "case_paper": _("建会材料"), "ledger_entry": _("工作台账"), "site": _("阵地"), "key_employer": _("重点企业"),
        "target": _("任务指标"),
        "distinct_pair": _("已标为不同的"), "setting": _("搁置的发现"), "saved_filter": _("常用筛选"),
        "officer": _("任职"), "due_union": _("催报点名的工会"), "hand_in": _("交表"), "issued_paper": _("出具的文书"),
        "worklist_entry": _("工作名单的一行"),
    }  # fmt: skip
    return labels.get(kind, kind)


def run_distinct(arguments: argparse.Namespace) -> int:
    """Say once for ever that two records are not the same."""
    with opened(arguments, _("标为不同")) as here:
        number = mark_distinct(arguments.one, arguments.other, here.author)
    known = _("这两条记录早已标为不同，没有改动。")
    sentence = known if number is None else _("已标为不同，以后不再提示。批次 {number}。").format(number=number)
    answer(arguments.json, {"distinct": sorted((arguments.one, arguments.other)), "batch": number} | here.afterwards, sentence)
    return 0
