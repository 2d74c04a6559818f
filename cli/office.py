"""``office``: what the administrator of an office's register does with it on its server."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cli.folder import folder_of
from cli.opening import passphrase, password, told_of
from cli.output import answer, progress_bar
from models.engine import database
from models.errors import UserError
from models.figures.city import folder_of_district
from models.language import _
from models.moving import laptop_copy, moving_in, office_backup, office_check
from models.moving.carried import TableSum
from models.opening.office import prepare
from models.opening.opening import open_office
from models.register import office
from models.register.register import close_register

#: Act → what it is written with besides, "" for nothing.
ACTS = {"init": "", "import": "FOLDER", "export": "", "backup": "FILE", "restore": "FILE", "check": "", "city": ""}


def run_office(arguments: argparse.Namespace) -> int:
    """Do what was asked for with the office's register."""
    folder, act = folder_of(arguments), arguments.act
    if office.address_in(folder) is None:
        raise UserError(_("office 要写办公室登记册的地址：--data postgresql://用户名@主机:端口/数据库。"))
    if act == "users":
        from cli.office_users import (
            run_office_users,  # with all that opens a register: who prepares one needs none of it
        )

        return run_office_users(arguments)
    _check_usage(arguments)
    if arguments.district:
        folder = folder_of_district(folder, arguments.district)
    if act == "city":
        from cli.city import run_city  # with all that counts

        return run_city(arguments, folder)
    with database.damage_told():
        return {
            "init": _init, "import": _import, "export": _export, "backup": _back_up, "restore": _restore, "check": _check,
        }[act](arguments, folder)  # fmt: skip


def _check_usage(arguments: argparse.Namespace) -> None:
    wanted = ACTS[arguments.act]
    if len(arguments.what) != bool(wanted):
        raise UserError(_("请写成：office {act} {usage}").format(act=arguments.act, usage=wanted).rstrip())
    if (arguments.act == "export") != bool(arguments.out):
        raise UserError(_("office export 要写 --out FOLDER，别的不写。"))
    if arguments.district and arguments.act not in ("init", "import", "restore"):
        raise UserError(_("--district 只和 office init、import、restore 一起写；以后用地址里的 district 打开。"))
    if arguments.town and arguments.act != "export":
        raise UserError(_("--town 只和 office export 一起写。"))


def _init(arguments: argparse.Namespace, folder: Path) -> int:
    """Make the schema in an empty database, or bring an older one up to date."""
    address = office.address_in(folder)
    made = prepare(folder, password(arguments))
    told = {"address": str(address), "schema": made.after, "before": made.before}
    if made.before == made.after:
        said = _("办公室的登记册已经在那里，是最新的：{address}")
    elif made.before:
        said = _("办公室的登记册已升级到第 {schema} 版：{address}")
    else:
        said = _("已建立办公室的登记册：{address}")
    answer(arguments.json, told, said.format(address=address, schema=made.after))
    return 0


def _sums(tables: Mapping[str, TableSum]) -> dict[str, Any]:
    return {
        "rows": {table: each.rows for table, each in tables.items()},
        "sha256": {table: each.sha256 for table, each in tables.items()},
    }  # fmt: skip


def _import(arguments: argparse.Namespace, folder: Path) -> int:
    """Move the register of a folder into the empty office; the folder's passphrase as always."""
    source = Path(arguments.what[0])
    secret, entering = passphrase(arguments, new=False), password(arguments)
    with progress_bar(_("搬进办公室")) as show:
        moved = moving_in.move_in(folder, entering, source, secret, *([show] if show else []))
    address = str(office.address_in(folder))
    sentence = _(
        "已搬进办公室并逐表核对：{people:,} 人，{rows:,} 行，日志和操作留痕都在（{address}）。\n"
        "原来的文件夹没有动：以后请在办公室里写；原来那本要是还有人写，用 exchange 交换。"
    ).format(people=moved.people, rows=sum(each.rows for each in moved.tables.values()), address=address)
    answer(arguments.json, {"address": address, "folder": str(source), "people": moved.people} | _sums(moved.tables), sentence)
    return 0


def _export(arguments: argparse.Namespace, folder: Path) -> int:
    """Make a laptop's register, the whole or some towns' share, with a passphrase of its own."""
    out = Path(arguments.out)
    secret, entering = passphrase(arguments, new=True), password(arguments)
    with progress_bar(_("分给一台电脑")) as show:
        made = laptop_copy.export(
            folder, entering, out, secret, arguments.town or (), arguments.to or "", *([show] if show else [])
        )
    people = made.tables["worker"].rows
    told = {"folder": str(out), "recovery_code": made.code, "people": people, "towns": list(made.towns)} | _sums(made.tables)
    sentence = told_of(out, made.code) + "\n" + _("里面有 {people:,} 人。以后和办公室用 exchange 交换。").format(people=people)
    answer(arguments.json, told, sentence)
    return 0


def _back_up(arguments: argparse.Namespace, folder: Path) -> int:
    secret, entering = passphrase(arguments, new=True), password(arguments)
    with progress_bar(_("备份")) as show:
        made = office_backup.back_up(folder, entering, Path(arguments.what[0]), secret, *([show] if show else []))
    told = {"backup": str(made.path), "bytes": made.size, "people": made.tables["worker"].rows} | _sums(made.tables)
    answer(arguments.json, told, _("已备份并核对：{path}").format(path=made.path))
    return 0


def _restore(arguments: argparse.Namespace, folder: Path) -> int:
    path = Path(arguments.what[0])
    secret, entering = passphrase(arguments, new=False), password(arguments)
    with progress_bar(_("恢复", "backup")) as show:
        moved = office_backup.restore(folder, entering, path, secret, *([show] if show else []))
    told = {"restored": str(path), "address": str(office.address_in(folder)), "people": moved.people} | _sums(moved.tables)
    answer(arguments.json, told, _("已恢复“{name}”：{people:,} 人。").format(name=path.name, people=moved.people))
    return 0


def _check(arguments: argparse.Namespace, folder: Path) -> int:
    """Look through the office: 0 sound, 1 not."""
    open_office(folder, password(arguments))
    try:
        with progress_bar(_("核对")) as show:
            found = office_check.check(*([show] if show else []))
    finally:
        close_register()
    trail = found.trail
    told = {
        "sound": found.sound, "log": found.log, "counts": found.counts, "tables": found.tables, "references": found.references,
        "indexes": found.indexes, "compared": found.compared,
        "trail": {"entries": trail.entries, "last": trail.last, "wrong": trail.wrong, "why": trail.why},
    }  # fmt: skip
    said = [_("办公室的登记册完好：{count:,} 条记录和日志一致。").format(count=found.compared)] if found.sound else [
        _("办公室的登记册有不对的地方，请先备份，再告诉我们："),
        *(f"    {each}" for each in (*found.log, *found.counts, *found.tables, *found.references, *found.indexes)),
    ]  # fmt: skip
    answer(arguments.json, told, "\n".join([*said, trail.text]))
    return 0 if found.sound else 1
