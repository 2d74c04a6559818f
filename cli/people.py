"""``person``, ``erase``, ``retention``: what people may ask of the register about themselves, and for how long it is kept."""

import argparse
import dataclasses
from pathlib import Path
from typing import Any

from cli.opening import Opened, opened, say
from cli.output import UNKNOWN, ending_of, out_path, print_json, print_table
from cli.verb import given_to
from models.editing import editing
from models.errors import UserError
from models.language import N_, _
from models.people import copies, erasing, retention
from models.people.erasing_words import plan_lines
from models.people.find_person import find_person
from models.people.held_data import Earlier, HeldData, held_data
from models.people.traces import Mention
from models.records import erasure
from models.trail.entry import Act
from models.trail.keeping import keep
from reports import handout
from reports.handing_over import hand_over
from reports.person_paper import compose, mention_text, origin_text, paper_act
from reports.retention_list import write_retention


def run_person(arguments: argparse.Namespace) -> int:
    """Show or write everything held of one person, masked unless ``--full``, which is kept in the trail; or put fields right."""
    out = out_path(arguments, *handout.FORMATS)
    doing = _("更正") if arguments.correct else _("导出完整号码") if arguments.full else ""
    with opened(arguments, doing) as here:
        uid = find_person(arguments.uid or "", arguments.id or "")
        number = _correct(uid, arguments, here) if arguments.correct else None
        held = held_data(uid, here.index, masked=not arguments.full)
        if out:
            report = compose(uid, here.index, held.masked, here.today.isoformat())
            act = given_to(arguments, paper_act("export", uid, held.masked, out))
            say(hand_over(here.author, act, handout.write, report, out, ending_of(out)).note)
        elif arguments.full:
            say(keep(paper_act("unmask", uid, held.masked), here.author))
    told = {"person": dataclasses.asdict(held), "batch": number, "out": str(out) if out else None}
    if arguments.json:
        print_json(told)
        return 0
    if number is not None:
        print(_("已更正，批次 {number}。").format(number=number))
    if out:
        print(_("已写入 {path}").format(path=out))
    else:
        _print_person(held)
    return 0


def _correct(uid: str, arguments: argparse.Namespace, here: Opened) -> int | None:
    """Put fields right with a reason. UserError without one, or for a field that is unknown or cannot be so."""
    if not (arguments.reason or "").strip():
        raise UserError(_("更正要用 --reason 写明原因（谁在什么时候申请的）。"))
    written = dict(_pair(each) for each in arguments.correct)
    known = editing.held("worker", uid)
    found = editing.understand("worker", written, known, here.today, here.index)
    return editing.save("worker", known, found, here.author, reason=arguments.reason)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or name not in {column.name for column in editing.typed_columns("worker")}:
        raise UserError(_("“--correct {text}”要写成 字段=内容，例如 phone=19900000001。").format(text=name))
    return name, value


def _print_person(held: HeldData) -> None:
    print(_("{name}（{state}），{day} 登记").format(name=held.name, state=_(held.state), day=held.known_since))
    rows = [[each.title, each.value, origin_text(each.origin), each.origin and each.origin.person] for each in held.fields]
    print_table([_("项目"), _("内容"), _("来源"), _("谁")], rows)
    for heading, lines in (
        (_("任职"), [f"{each.union} {each.post} {each.since} {each.until}".strip() for each in held.posts]),
        (_("会籍变动"), [f"{each.type} {each.date} {each.union} {each.reason}".strip() for each in held.events]),
        (_("以前的内容"), [_earlier(each) for each in held.earlier]),
        (_("合并进来的记录"), [origin_text(each) for each in held.merged]),
        (_("标为不同"), held.distinct),
        (_("工作台账里的记录（帮扶、培训）"), held.served),
        (_("所在的工作名单"), held.listed),
        (_("别的记录里提到的"), [_mention(each) for each in held.mentions]),
        (_("完整号码的查看和交出"), [f"{each.at[:16]} {each.person} {each.verb} {each.file}".strip() for each in held.disclosures]),
    ):
        if lines:
            print("\n".join(["", heading, *("    " + line for line in lines)]))


def _earlier(each: Earlier) -> str:
    said = _("{title}：{before} → {after}（{day}）")
    return said.format(title=each.title, before=each.before, after=each.after or UNKNOWN, day=each.origin.at[:10])


def _mention(each: Mention) -> str:
    return f"{mention_text(each)}  {each.uid}"


def run_erase(arguments: argparse.Namespace) -> int:
    """Erase people's data for good, or with ``--plan`` show what that would do; ``--list``: what was erased before."""
    if arguments.list:
        return _list_erased(arguments)
    with opened(arguments, "" if arguments.plan else _("依申请删除个人信息")) as here:
        uids = [find_person(each, "") for each in arguments.uids]
        seen = erasing.plan(uids)
        done: erasing.Erased | None = None
        fresh: Path | None = None
        gone: list[Path] = []
        if not arguments.plan:
            author, folder = here.author, here.register.folder
            done = erasing.erase(uids, arguments.reason or "", author, folder, arguments.mentions or ())
        holding = copies.holding_copies(here.register, done.people if done else seen.people)
        if done and arguments.backups:
            fresh, gone = copies.renew(here.register, holding)
            holding = [each for each in holding if each.path not in gone]
    if arguments.json:
        told: dict[str, Any] = {"erase": list(seen.people), "plan": dataclasses.asdict(seen)}
        told |= {"batch": done and done.batch, "swept": done and done.swept, "fresh_backup": fresh and str(fresh)}
        print_json(told | {"copies": [str(each.path) for each in holding], "deleted_copies": [str(each) for each in gone]})
        return 0
    _print_plan(seen, holding if done is None else [])
    _print_done(done, holding, gone)
    return 0


def _list_erased(arguments: argparse.Namespace) -> int:
    with opened(arguments):
        rows = [(each.erased_at, each.erased_by, each.reason, each.person) for each in erasure.tombstones()]
    names = ("erased_at", "erased_by", "reason", "person")
    if arguments.json:
        print_json({"erased": [dict(zip(names, row, strict=True)) for row in rows]})
    elif rows:
        titles = [_("删除时间"), _("经办人"), _("删除原因"), _("记录标识")]
        print_table(titles, [[at[:16].replace("T", " "), *rest] for at, *rest in rows])
    else:
        print(_("还没有依申请删除过个人信息。"))
    return 0


def _print_plan(seen: erasing.ErasurePlan, holding: list[copies.Copy]) -> None:
    for line in plan_lines(seen):
        print(line)
    if seen.mentions:
        print(_("别的记录里提到的（不会自动改；用 --mentions 记录标识 或 --mentions all 一并去掉姓名和号码）："))
        print("\n".join("    " + _mention(each) for each in seen.mentions))
    if holding:
        print(_("还存着他的备份和旧文件（加 --backups 就先做一份新备份，再删去它们）："))
        print("\n".join(f"    {each.path}" for each in holding))


def _print_done(done: erasing.Erased | None, holding: list[copies.Copy], gone: list[Path]) -> None:
    if done is None:
        print(_("这是预览，什么都没有写入。"))
        return
    print(_("已删除，批次 {number}。").format(number=done.batch))
    if not done.swept:
        print(_("文件里的空白页还没有清完（磁盘空间不足，或者有别的程序在读），下次打开时接着清。"))
    if gone:
        print(_("已做新备份，删去 {count} 份还存着他的备份和旧文件。").format(count=len(gone)))
    if holding:
        print(_("这些备份和旧文件里还有他的个人信息，恢复它们时会重新删除："))
        print("\n".join(f"    {each.path}" for each in holding))


def run_retention(arguments: argparse.Namespace) -> int:
    """List whose data is due for review, and whose date is not known; or set how long a state's data is kept."""
    out = out_path(arguments, "xlsx")
    with opened(arguments, _("改设置") if arguments.set else "") as here:
        if arguments.set:
            retention.change_years(dict(map(retention.read_years, arguments.set)), here.author)
        day = arguments.as_of or here.today
        found = retention.due(day)
        years = retention.years_kept()
        if out:
            rows = [*found.due, *found.undated]
            act = given_to(arguments, Act("export", N_("保存期限"), len(rows)))
            say(hand_over(here.author, act, write_retention, out, rows).note)
    if arguments.json:
        listed = {name: [dataclasses.asdict(each) for each in getattr(found, name)] for name in ("due", "undated")}
        print_json({"as_of": day.isoformat(), "years": years, "out": str(out) if out else None} | listed)
        return 0
    _print_retention(found, years)
    return 0


def _print_retention(found: retention.Review, years: dict[str, int]) -> None:
    print_table([_("会籍状态"), _("保存几年")], [[_(state), count or None] for state, count in years.items()])
    print(_("依据：{basis}").format(basis=_(retention.BASIS)))
    rows: list[list[Any]] = [
        [each.name, _(each.state), each.since, each.due_on, each.union or None, each.uid] for each in found.due
    ]
    if rows:
        print()
        print_table([_("姓名"), _("会籍状态"), _("从何时起"), _("到期"), _("工会"), _("记录标识")], rows)
    print(_("到期待处理 {due} 人；日期不明 {undated} 人，不算到期。").format(due=len(found.due), undated=len(found.undated)))
