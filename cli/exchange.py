"""``exchange``: packages given and taken, what several laptops wrote differently, and the decision of a person."""

import argparse
import getpass
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cli.folder import folder_of
from cli.opening import Opened, opened, say
from cli.output import UNKNOWN, answer, print_json, print_table
from models import roles
from models.errors import UserError
from models.exchange import giving, noted, office, taking
from models.exchange.conflicts import Conflict, decide, open_conflicts
from models.exchange.package import asks_passphrase
from models.exchange.sealed import Lock, Opener
from models.exchange.taking import TakenPackage
from models.exchange.telling import told
from models.journal import crossing
from models.journal.history import batch_notes
from models.language import _
from models.moving.share import part_for
from models.records.region import load_index
from models.register import strength
from models.secrecy import secret_from
from models.trail.entry import Act
from models.trail.keeping import keep

#: The variable of the environment that gives the passphrase of packages.
EXCHANGE_PASSPHRASE = "JIANHUI_EXCHANGE_PASSPHRASE"  # noqa: S105  # the name of a variable


def run_exchange(arguments: argparse.Namespace) -> int:
    """Do what was asked for: give, take, status, conflicts, decide, key."""
    wanted = {"give": 1, "take": 1, "status": 0, "conflicts": 0, "decide": 3, "key": 1}[arguments.action]
    if len(arguments.what) != wanted:
        usage = {
            "give": "FILE.jhx", "take": "FILE.jhx", "decide": _("记录标识 字段 mine|theirs|第几个|keep|remove"), "key": "FILE.jhkey"
        }.get(arguments.action, "")  # fmt: skip
        raise UserError(_("请写成：exchange {action} {usage}").format(action=arguments.action, usage=usage).rstrip())
    verbs = {"give": _give, "take": _take, "status": _status, "conflicts": _conflicts, "decide": _decide, "key": _key}
    return verbs[arguments.action](arguments)


def _secret(arguments: argparse.Namespace, new: bool) -> str:
    """The passphrase of packages: from the environment, else asked at a terminal; twice for one that is to seal."""
    given = secret_from(EXCHANGE_PASSPHRASE)
    if given is not None:
        return given
    if arguments.json or not sys.stdin.isatty():
        sentence = _("没有交换口令：请设置环境变量 {variable}，或者在终端里运行并输入。")
        raise UserError(sentence.format(variable=EXCHANGE_PASSPHRASE))
    if not new:
        return getpass.getpass(_("交换口令："))
    first = strength.check(getpass.getpass(_("交换口令：")), folder_of(arguments))
    if getpass.getpass(_("再输一遍：")) != first:
        raise UserError(_("两次输入的口令不一样，什么都没有改动。"))
    return first


def _give(arguments: argparse.Namespace) -> int:
    if arguments.office:
        lock = Lock(office=office.read_public(Path(arguments.office)))
    else:
        lock = Lock(_secret(arguments, new=True))
    with opened(arguments, _("交出交换包")) as here:
        given = giving.give(Path(arguments.what[0]), here.author, lock, arguments.all, arguments.to or "",
            arguments.purpose or "", part=part_for(arguments.town, here.index) if arguments.town else None)  # fmt: skip
    size = given.path.stat().st_size
    value = {
        "file": str(given.path), "package": given.package, "entries": given.contents.entries, "batches": given.contents.batches,
        "bytes": size, "ranges": {device: list(both) for device, both in given.ranges.items()},
    }  # fmt: skip
    sentence = _("已交出并核对：{path}（{batches} 个批次，{entries:,} 条）").format(
        path=given.path, batches=given.contents.batches, entries=given.contents.entries
    )
    answer(arguments.json, value | here.afterwards, sentence)
    return 0


def _take(arguments: argparse.Namespace) -> int:
    path = Path(arguments.what[0])
    secret = _secret(arguments, new=False) if asks_passphrase(path) else ""
    with opened(arguments, _("收下交换包"), much=True) as here:
        opener = Opener(secret, office.private_key())
        if arguments.full:
            roles.need_unmask()
        if arguments.plan:
            seen = taking.look(path, opener, here.author, here.today, here.register.folder)
        else:
            seen = taking.take_backed_up(here.register, path, opener, here.author, here.today)
        value = _object(seen, here, arguments.full)
    if arguments.json:
        print_json(value | here.afterwards)
    else:
        _tell(seen, arguments.plan)
    if seen.ahead:
        arguments.warnings.append(_("这个交换包写的日期 {day} 在今天之后：有一台电脑的时钟不对。时钟不影响合并。").format(day=seen.manifest.at[:10]))
    return 0


def _object(seen: TakenPackage, here: Opened, full: bool) -> dict[str, Any]:
    manifest = seen.manifest
    return {
        "batch": seen.batch, "new": seen.new, "changed": seen.changed, "same": seen.same,
        "conflicts": _as_objects(seen.conflicts, here, full),
        "perhaps_same": [
            {"kind": each.kind, "left": each.left, "right": each.right, "code": each.code} for each in seen.perhaps_same
        ],
        "refused": [{"kind": each.kind, "uid": each.uid, "why": each.why} for each in seen.refused],
        "gone": seen.gone, "moved": seen.moved, "joined": seen.joined, "entries": seen.entries, "kinds": seen.kinds,
        "from": {"device": manifest.device, "person": manifest.person, "at": manifest.at, "package": manifest.package},
        "own": seen.own,
    }  # fmt: skip


def _as_objects(conflicts: Iterable[Conflict], here: Opened, full: bool) -> list[dict[str, Any]]:
    wanted = list(conflicts)
    if full and wanted:
        say(keep(Act("unmask", _("交换"), len(wanted), full=True), here.author))
    found = []
    for each, words in zip(wanted, told(wanted, load_index(here.today), not full), strict=True):
        sides = [
            {"value": value, "device": side.device, "person": side.person, "at": side.at}
            for side, value in zip((each.mine, *each.theirs), (words.mine, *words.theirs), strict=True)
        ]
        found.append({
            "kind": each.kind, "uid": each.uid, "field": each.field, "mine": words.mine, "theirs": words.theirs[0],
            "name": words.name, "title": words.title, "shown": words.shown, "sides": sides,
        })  # fmt: skip
    return found


def _tell(seen: TakenPackage, plan: bool) -> None:
    manifest = seen.manifest
    if not seen.entries:
        own = _("这是本机自己交出的交换包，里面的本机都有。")
        print(own if seen.own else _("{person} 交来的这个交换包里没有本机没有的内容。").format(person=manifest.person))
        return
    said = _("{person} {at} 交出：新的 {new:,}、改了 {changed:,}、去掉 {gone:,}、相同 {same:,}")
    at = manifest.at[:16].replace("T", " ")
    counts = {"new": seen.new, "changed": seen.changed, "gone": seen.gone, "same": seen.same}
    print(said.format(person=manifest.person, at=at, **counts))
    if seen.moved:
        print(_("改挂到合并后的记录：{count:,} 处").format(count=seen.moved))
    if seen.joined:
        print(_("两边各建了一份、并成一份的：{count:,} 份").format(count=seen.joined))
    if seen.conflicts:
        print(_("两边写得不一样、要人来决定的：{count:,} 处，见 exchange conflicts").format(count=len(seen.conflicts)))
    if seen.perhaps_same:
        print(_("可能是同一个的：{count:,} 对，见 duplicates").format(count=len(seen.perhaps_same)))
    for each in seen.refused:
        print(_("没有照办：{uid}，{why}").format(uid=each.uid, why=each.why))
    if plan:
        print(_("这是预览，什么都没有写入。"))
    else:
        print(_("已收下，批次 {number}。撤销：undo {number}").format(number=seen.batch))


def _status(arguments: argparse.Namespace) -> int:
    with opened(arguments) as here:
        author, own = here.author, crossing.vector()
        peers = noted.peers(author.device)
        past = noted.crossings()
        numbers = {uid: note.number for uid, note in batch_notes({each.batch for each in past if each.batch}).items()}
        waiting = len(open_conflicts(author.device))
    known = [
        {"device": each.device, "person": each.person, "at": each.at, "unseen": each.lacks(own)} for each in peers
    ]
    packages = [
        {"way": each.way, "at": each.at, "package": each.package, "device": each.device, "person": each.person,
         "file": each.file, "batch": numbers.get(each.batch or ""), "told": each.told}
        for each in past
    ]  # fmt: skip
    if arguments.json:
        print_json({
            "device": author.device, "person": author.person, "entries": own, "peers": known, "packages": packages,
            "conflicts": waiting,
        })  # fmt: skip
        return 0
    print(_("本机：{person}，设备 {device}").format(person=author.person, device=author.device))
    if peers:
        rows: list[list[Any]] = [[each["person"], each["device"], str(each["at"])[:16], each["unseen"]] for each in known]
        print_table([_("交来过的人"), _("设备"), _("最近一次收下"), _("对方还没有的条数")], rows)
    words = {"give": _("交出"), "take": _("收下")}
    if packages:
        told_rows: list[list[Any]] = [
            [words[each.way], each.at[:16].replace("T", " "), each.person, each.file, numbers.get(each.batch or "")]
            for each in past
        ]
        print_table([_("交换"), _("时间"), _("谁交的"), _("文件"), _("批次")], told_rows)
    print(_("要人来决定的：{count:,} 处").format(count=waiting))
    return 0


def _conflicts(arguments: argparse.Namespace) -> int:
    with opened(arguments, _("显示完整号码") if arguments.full else "") as here:
        if arguments.full:
            roles.need_unmask()
        found = _as_objects(open_conflicts(here.author.device), here, arguments.full)
    if arguments.json:
        print_json({"conflicts": found} | here.afterwards)
        return 0
    rows: list[list[Any]] = []
    for each in found:
        for place, side in enumerate(each["sides"]):
            first = [each["name"], each["title"]] if not place else ["", ""]
            which = "mine" if not place else str(place)
            value = UNKNOWN if side["value"] is None else _whole(side["value"])
            rows.append([*first, which, value, side["person"], str(side["at"])[:16], each["uid"], each["field"]])
    if rows:
        print_table([_("名称"), _("字段"), _("选择"), _("内容"), _("谁写的"), _("时间"), _("记录标识"), _("字段名")], rows)
    print(_("要人来决定的：{count:,} 处").format(count=len(found)))
    return 0


def _whole(value: Any) -> str:
    return {"removed": _("去掉了"), "kept": _("留着")}.get(str(value), str(value))


def _decide(arguments: argparse.Namespace) -> int:
    uid, name, which = arguments.what
    with opened(arguments, _("决定两边写得不一样的")) as here:
        number = decide(uid, name, int(which) if which.isdecimal() else which, here.author)
        left = len(open_conflicts(here.author.device))
    sentence = _("已决定，批次 {number}。还有 {left:,} 处。").format(number=number, left=left)
    answer(arguments.json, {"batch": number, "uid": uid, "field": name, "left": left} | here.afterwards, sentence)
    return 0


def _key(arguments: argparse.Namespace) -> int:
    path = Path(arguments.what[0])
    with opened(arguments, _("交出办公室的公钥")) as here:
        mark = office.hand_out(path)
    sentence = _("已写好办公室的公钥：{path}\n指纹：{mark}\n用它封的交换包（exchange give --office），只有本登记册打得开。")
    answer(arguments.json, {"file": str(path), "fingerprint": mark} | here.afterwards, sentence.format(path=path, mark=mark))
    return 0
