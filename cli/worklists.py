"""``worklists``: lists of people, unions or employers for one piece of work: made, filled, ticked, handed out, read back."""

import argparse
from collections.abc import Collection
from pathlib import Path
from typing import Any

from cli.looking import where_of
from cli.opening import Opened, opened, say
from cli.output import answer, exported, out_format, print_json, print_table, progress_bar
from importers.worklist_sheet import SKIP, WorklistReading, keep_reading, read_worklist
from models import roles
from models.errors import UserError
from models.journal.done import did
from models.language import _
from models.lists import selection
from models.lists.listings import Selection
from models.lists.print_forms import PrintForm, find_print_form
from models.records.forms import FORMS
from models.records.region import home_district
from models.records.setting import setting
from models.worklists import entries
from models.worklists.kinds import OF, find_kind, forget_kind, keep_kind, worklist_kinds
from models.worklists.lists import (
    Added,
    WorklistHead,
    add_entries,
    change_worklist,
    find_worklist,
    make_worklist,
    remove_worklist,
    take_out,
    worklists,
    write_entries,
)
from reports import handout
from reports.choices import TO_FILL_IN
from reports.handing_over import hand_over
from reports.listing.listed import ListPaper, list_report
from reports.listing.worklists import act_of, chosen_of, told_of, usual_form, write_worklist

#: Changes of a sheet that a terminal shows; JSON has them all.
_SHOWN = 30


def run_worklists(arguments: argparse.Namespace) -> int:
    """Answer the verb's action; ``--list`` is the first of them."""
    acts = {
        "list": _list, "show": _show, "new": _new, "add": _add, "drop": _drop, "tick": _tick, "change": _change, "close": _close,
        "reopen": _close, "remove": _remove, "export": _export, "read": _read, "kinds": _kinds, "keep": _keep, "forget": _forget,
    }  # fmt: skip
    return acts["list" if arguments.list else arguments.action](arguments)


def _named(arguments: argparse.Namespace) -> str:
    if not arguments.what:
        raise UserError(_("请写明是哪份工作名单，见 worklists --list。"))
    return str(arguments.what[0])


def _told(head: WorklistHead) -> dict[str, Any]:
    return {
        "uid": head.uid, "name": head.name, "kind": head.kind, "of": head.rows, "date": head.date or None,
        "boxes": [{"name": box, "ticked": count} for box, count in zip(head.boxes, head.ticked, strict=True)],
        "days": list(head.days), "note": head.note or None, "closed": head.closed, "entries": head.count,
    }  # fmt: skip


def _list(arguments: argparse.Namespace) -> int:
    with opened(arguments):
        found = worklists()
    if arguments.json:
        print_json({"worklists": [_told(each) for each in found]})
        return 0
    lines = [
        [each.name, each.kind, _(OF[each.rows]), each.date or None, each.count, _ticked(each) or None,
         _("已办完") if each.closed else ""]
        for each in found
    ]  # fmt: skip
    print_table([_("工作名单"), _("用途"), _("名单里是"), _("日期"), _("条数"), _("已勾选"), ""], lines)
    return 0


def _ticked(head: WorklistHead) -> str:
    return _("、").join(f"{box} {count:,}" for box, count in zip(head.boxes, head.ticked, strict=True))


def _show(arguments: argparse.Namespace) -> int:
    with opened(arguments) as here:
        head = find_worklist(_named(arguments))
        rows = entries.rows(head, here.index)
    listed, own = selection.listed_columns(head.rows), head.columns
    if arguments.json:
        told = [
            exported(listed, row, masked=True) | {
                "entry": row[entries.ENTRY],
                "ticked": [box for box, each in zip(head.boxes, own, strict=False) if row[each.name]],
                "days": {each.label: row[each.name] for each in own[len(head.boxes) : -1] if row[each.name]},
                "list_note": row["list_note"],
            }
            for row in rows
        ]  # fmt: skip
        print_json(_told(head) | {"rows": told})
        return 0
    shown = [next(each for each in listed if each.name == "name"), *own]
    print_table(
        [column.title for column in shown],
        [[column.kind.show(row[column.name]) or None for column in shown] for row in rows],
    )
    print(_("共 {count} 行").format(count=len(rows)) + (_("；") + _ticked(head) if head.boxes else ""))
    return 0


def _new(arguments: argparse.Namespace) -> int:
    name = _named(arguments)
    given = {key: value for key in ("date", "note") if (value := getattr(arguments, key)) is not None}
    given |= {key: [value] for key in ("boxes", "days") if (value := getattr(arguments, key)) is not None}
    with opened(arguments, _("列工作名单")) as here:
        rows = arguments.of or "workers"
        wanted = _chosen(arguments, rows, here) if _choosing(arguments) else []
        uid, added = make_worklist(name, arguments.kind or "其他", rows, here.author, wanted, **given)
        head = find_worklist(uid)
    answer(
        arguments.json,
        _told(head) | {"added": added.new} | here.afterwards,
        _("已列工作名单“{name}”，{count} 条。").format(name=head.name, count=added.new),
    )
    return 0


def _choosing(arguments: argparse.Namespace) -> bool:
    return bool(arguments.what[1:] or arguments.where or arguments.search or arguments.region or arguments.all)


def _chosen(arguments: argparse.Namespace, rows: str, here: Opened) -> list[str]:
    """The records (uids) that are named by uid or name, and those that the filters choose."""
    record, found = FORMS[rows].main, list[str]()
    for text in arguments.what[1:]:
        named = [
            row.uid
            for name in ("uid", "name")
            for row in record.select(record.uid).where(getattr(record, name) == text)
        ]
        if len(named) != 1:
            told = _("有 {count} 条记录叫“{name}”，请写记录标识。") if named else _("登记册里没有“{name}”。")
            raise UserError(told.format(count=len(named), name=text))
        found += named
    if arguments.where or arguments.search or arguments.region or arguments.all:
        region = home_district(here.index, arguments.region) if arguments.region else None
        choice = Selection(
            rows, search=arguments.search or "", where=where_of(rows, arguments.where or ()), today=here.today,
            regions=frozenset(here.index.below(region)) if region else frozenset(),
        )  # fmt: skip
        found += selection.uids_of(rows, selection.ids(choice))
    return found


def _add(arguments: argparse.Namespace) -> int:
    with opened(arguments, _("加入工作名单")) as here:
        head = find_worklist(_named(arguments))
        if not _choosing(arguments):
            raise UserError(_("请写明加哪些：名称或记录标识，或者 --where、--search、--region、--all。"))
        done = did(add_entries, head.uid, _chosen(arguments, head.rows, here), here.author)
    added: Added = done.result
    sentence = _("“{name}”新加 {new} 条，已经在名单上的 {there} 条。").format(
        name=head.name, new=added.new, there=added.there
    )
    told = {"worklist": head.uid, "added": added.new, "there": added.there, "batch": done.batch}
    answer(arguments.json, told | here.afterwards, sentence)
    return 0


def _entries(arguments: argparse.Namespace, head: WorklistHead, here: Opened) -> list[str]:
    """The entries of the named or filtered records; those named that are not on the list are a UserError."""
    if not _choosing(arguments):
        raise UserError(_("请写明哪些：名称或记录标识，或者 --where、--search、--region、--all。"))
    marked = entries.marks(head)
    named = {row["uid"]: row["name"] for row in entries.rows(head, here.index)}
    filters = arguments.where or arguments.search or arguments.region or arguments.all
    found = [uid for uid, name in named.items() if uid in arguments.what[1:] or name in arguments.what[1:]]
    missing = set(arguments.what[1:]) - set(found) - {named[uid] for uid in found}
    if missing:
        raise UserError(
            _("“{names}”不在工作名单“{list}”上。").format(names=_("、").join(sorted(missing)), list=head.name)
        )
    if filters:
        arguments.what = arguments.what[:1]
        found += [uid for uid in _chosen(arguments, head.rows, here) if uid in marked]
    return [marked[uid][entries.ENTRY] for uid in dict.fromkeys(found)]


def _drop(arguments: argparse.Namespace) -> int:
    with opened(arguments, _("移出工作名单")) as here:
        head = find_worklist(_named(arguments))
        done = did(take_out, _entries(arguments, head, here), here.author)
    sentence = _("已从“{name}”移出 {count} 条。").format(name=head.name, count=done.result)
    answer(
        arguments.json, {"worklist": head.uid, "dropped": done.result, "batch": done.batch} | here.afterwards, sentence
    )
    return 0


def _tick(arguments: argparse.Namespace) -> int:
    """Tick boxes, write days and a note of some entries alike; without ``--box`` and the like the last box."""
    with opened(arguments, _("勾选工作名单")) as here:
        head = find_worklist(_named(arguments))
        given = _written(arguments, head)
        done = did(write_entries, _entries(arguments, head, here), given, here.author)
    sentence = _("“{name}”改了 {count} 条。").format(name=head.name, count=done.result)
    answer(
        arguments.json, {"worklist": head.uid, "changed": done.result, "batch": done.batch} | here.afterwards, sentence
    )
    return 0


def _written(arguments: argparse.Namespace, head: WorklistHead) -> dict[str, Any]:
    """What is to be written, by the entries' fields."""
    labels = {column.label: column.name for column in head.columns}
    found: dict[str, Any] = {}
    for box in arguments.box or ():
        found[_field(box, head.boxes, labels)] = None if arguments.off else "是"
    for pair in arguments.day or ():
        label, sign, text = pair.rpartition("=")
        if not sign and len(head.days) == 1:
            label = head.days[0]
        found[_field(label, head.days, labels)] = text or None
    if arguments.note is not None:
        found["list_note"] = arguments.note or None
    if not found and head.boxes:
        found[labels[head.boxes[-1]]] = None if arguments.off else "是"
    if not found:
        raise UserError(_("请写明勾什么或写什么：--box、--day 或 --note。"))
    return found


def _field(label: str, known: Collection[str], labels: dict[str, str]) -> str:
    if label not in known:
        raise UserError(
            _("这份名单没有“{label}”一栏，有：{known}。").format(label=label, known=_("、").join(known) or "—")
        )
    return labels[label]


def _change(arguments: argparse.Namespace) -> int:
    given = {key: value for key in ("date", "note") if (value := getattr(arguments, key)) is not None}
    given |= {key: [value] for key in ("boxes", "days") if (value := getattr(arguments, key)) is not None}
    given |= {"name": arguments.rename} if arguments.rename else {}
    with opened(arguments, _("修改工作名单")) as here:
        head = find_worklist(_named(arguments))
        change_worklist(head.uid, here.author, **given)
        head = find_worklist(head.uid)
    answer(arguments.json, _told(head) | here.afterwards, _("已修改，可以用 undo 撤销。"))
    return 0


def _close(arguments: argparse.Namespace) -> int:
    closed = arguments.action == "close"
    with opened(arguments, _("修改工作名单")) as here:
        head = find_worklist(_named(arguments))
        change_worklist(head.uid, here.author, closed=closed)
    sentence = _("“{name}”记为已办完。") if closed else _("“{name}”又列为在办。")
    answer(arguments.json, {"worklist": head.uid, "closed": closed} | here.afterwards, sentence.format(name=head.name))
    return 0


def _remove(arguments: argparse.Namespace) -> int:
    with opened(arguments, _("删除工作名单")) as here:
        head = find_worklist(_named(arguments))
        remove_worklist(head.uid, here.author)
    sentence = _("已删除工作名单“{name}”和它的 {count} 条，可以用 undo 撤销。").format(name=head.name, count=head.count)
    answer(arguments.json, {"removed": head.uid, "entries": head.count} | here.afterwards, sentence)
    return 0


def _export(arguments: argparse.Namespace) -> int:
    """Write a list: .xlsx and .csv to be ticked and read back, .pdf and .docx to be signed, in a layout."""
    if not arguments.out:
        raise UserError(_("请写明写到哪个文件：--out 文件.xlsx。"))
    path, masked = Path(arguments.out), not arguments.full
    ending = out_format(path, "xlsx", "csv", "pdf", "docx")
    with opened(arguments, _("导出完整号码") if arguments.full else "") as here:
        if arguments.full:
            roles.need_unmask()
        head = find_worklist(_named(arguments))
        act = act_of(head, "export", masked)
        with progress_bar(_("写表格")) as show:
            if ending in ("xlsx", "csv"):
                written = hand_over(here.author, act, write_worklist, head, masked, here.index, path, show)
            else:
                form: PrintForm = find_print_form(head.rows, arguments.layout) if arguments.layout else usual_form(head)
                whose = str(setting("organization")) or TO_FILL_IN
                paper = told_of(head, ListPaper(whose, here.today.isoformat(), masked=masked))
                report = list_report(chosen_of(head), form, paper, here.index)
                written = hand_over(here.author, act, handout.write, report, path, ending, show)
    say(written.note)
    told = {"worklist": head.uid, "out": str(path), "rows": head.count, "masked": masked}
    answer(
        arguments.json, told | here.afterwards, _("已写入 {path}，共 {count} 行。").format(path=path, count=head.count)
    )
    return 0


def _read(arguments: argparse.Namespace) -> int:
    """Read a sheet back: what it ticks, dates and notes is written; what is not sure is asked, or answered by ``--decide``."""
    path = Path(_named(arguments)) if arguments.what else Path()
    if not arguments.what:
        raise UserError(_("请写明读回哪个文件：worklists read 文件.xlsx。"))
    name = arguments.what[1] if len(arguments.what) > 1 else ""
    with opened(arguments, "" if arguments.plan else _("读回工作名单")) as here:
        reading = read_worklist(path, name)
        answers = dict(map(_decided, arguments.decide or ()))
        done = None if arguments.plan else did(keep_reading, reading, here.author, answers)
    left = [each for each in reading.questions if each.row not in answers]
    told = {
        "worklist": reading.head.uid, "name": reading.head.name, "written": done.result if done else 0, "same": reading.same,
        "batch": done.batch if done else None,
        "changes": [{"name": c.called, "column": c.title, "before": c.before, "after": c.after} for c in reading.changes],
        "questions": [
            {"sheet": q.sheet, "row": q.row, "name": q.called, "problem": q.why,
             "candidates": [{"uid": uid, "name": called} for uid, called in q.candidates]}
            for q in left
        ],
    }  # fmt: skip
    if arguments.json:
        print_json(told | here.afterwards)
    else:
        _print_reading(reading, told, path)
    return 0


def _decided(text: str) -> tuple[int, str]:
    row, sign, said = text.partition("=")
    if not sign or not row.strip().isdecimal():
        raise UserError(_("“--decide {text}”要写成 行号=记录标识，或者 行号={skip}。").format(text=text, skip=SKIP))
    return int(row), said.strip()


def _print_reading(reading: WorklistReading, told: dict[str, Any], path: Path) -> None:
    sentence = _("《{file}》：工作名单“{name}”，写入 {written} 条，没有变化 {same} 行，要问的 {asked} 行。")
    print(sentence.format(
        file=path.name, name=reading.head.name, written=told["written"], same=reading.same, asked=len(told["questions"])
    ))  # fmt: skip
    if told["questions"]:
        print_table(
            [_("工作表"), _("行"), _("名称"), _("问题")],
            [[each["sheet"], each["row"], each["name"] or None, each["problem"]] for each in told["questions"]],
        )
    shown = reading.changes[:_SHOWN]
    if shown:
        print_table(
            [_("名称"), _("栏目"), _("原来"), _("改为")], [[c.called, c.title, c.before, c.after] for c in shown]
        )
    if len(reading.changes) > len(shown):
        print(_("……共 {count} 处，--json 列出全部。").format(count=len(reading.changes)))


def _kinds(arguments: argparse.Namespace) -> int:
    with opened(arguments):
        found = worklist_kinds()
    if arguments.json:
        told = [
            {"name": each.name, "boxes": list(each.boxes), "days": list(each.days), "kept": bool(each.uid)}
            for each in found
        ]
        print_json({"kinds": told, "of": list(OF)})
        return 0
    rows = [
        [
            each.shown,
            _("、").join(each.boxes) or None,
            _("、").join(each.days) or None,
            _("自己的") if each.uid else _("自带"),
        ]
        for each in found
    ]
    print_table([_("用途"), _("勾选栏"), _("日期栏"), _("来源")], rows)
    return 0


def _keep(arguments: argparse.Namespace) -> int:
    name = _named(arguments)
    with opened(arguments, _("保存用途")) as here:
        number = keep_kind(name, [arguments.boxes or ""], [arguments.days or ""], here.author)
    answer(
        arguments.json, {"kind": name, "batch": number} | here.afterwards, _("已保存用途“{name}”。").format(name=name)
    )
    return 0


def _forget(arguments: argparse.Namespace) -> int:
    with opened(arguments, _("删除用途")) as here:
        kind = find_kind(_named(arguments))
        number = forget_kind(kind, here.author)
    answer(
        arguments.json,
        {"kind": kind.name, "batch": number} | here.afterwards,
        _("已删除用途“{name}”。").format(name=kind.name),
    )
    return 0
