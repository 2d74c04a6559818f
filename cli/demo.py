"""``demo``: invented workbooks become a register, a drive list, a roster and a returned workbook. Needs no screen.

It never asks and never touches the user's register: a throw-away one is made in ``--out`` and its passphrase printed.
"""

import argparse
import datetime as dt
import shutil
import time
from pathlib import Path

from cli.importing import counted, titled
from cli.opening import Opened, holding
from cli.output import print_json
from cli.parsing import program
from importers import session
from importers.plan.steps import Plan
from importers.rows.decisions import Decisions
from importers.session import ImportOptions, Outcome
from models.backups.making import back_up
from models.drive.list import drive
from models.errors import UserError
from models.figures.figures import Figures, figures
from models.files.failures import told
from models.files.private import private_folder
from models.files.replacing import copy_whole, write_whole
from models.following.table import keeping_up
from models.journal.writer import Author
from models.language import _
from models.records.membership import members_of_unions
from models.records.region import load_index
from models.records.setting import setting
from models.records.union import Union
from models.register import laptop, register
from models.trail.entry import Act
from models.values.region_index import RegionIndex
from reports import drive_list, handout, roster
from reports.choices import ReportChoices
from reports.handing_over import hand_over
from reports.report import Report

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
PASSPHRASE = "demo-2026-演示"  # noqa: S105  # of a throw-away register, printed for everybody
ENDINGS = {".xlsx", ".xls", ".et", ".csv", ".txt"}
#: Lies in every folder that a demo made: only such a one is cleared.
_MARK = ".jianhui-demo"
#: The writer's lock, held while the rest of an earlier demo's register goes.
_LOCK = {"register.lock", "register.owner"}


def run_demo(arguments: argparse.Namespace) -> int:
    """Tell the whole story once; everything it leaves lies in ``--out``."""
    started = time.monotonic()
    out = Path(arguments.out)
    data = _own_folder(out)
    say = (lambda _text: None) if arguments.json else print
    today = dt.date.today()
    with holding(data, _("演示")):
        _clear(out)
        handle, _code = register.create(data, PASSPHRASE)
        try:
            say(_("1. 建立加密登记册：{folder}（口令 {passphrase}）").format(folder=data, passphrase=PASSPHRASE))
            index = load_index(today)
            with keeping_up(Opened(handle, today)):
                plan, outcome = _import(out, data, today)
            say(_told(plan, outcome))
            say(_numbers(figures(today.year, today)))
            made = _papers(out, index, laptop.author(data), today)
            back_up(handle)
        finally:
            register.close_register()
        made.append(out / _("总览.png"))
        arguments.paint_home(data, PASSPHRASE, made[-1])
    seconds = time.monotonic() - started
    last = _("完成，用时 {seconds:.1f} 秒。打开窗口看看：{command} --data {folder}")
    command = "scripts/run" if program() == "main.py" else program()
    say("\n".join([*(f"   {path}" for path in made), last.format(seconds=seconds, command=command, folder=data)]))
    if arguments.json:
        files = [str(path) for path in [*made, *outcome.returned.values()]]
        answer = {"out": str(out), "data": str(data), "passphrase": PASSPHRASE, "files": files}
        print_json(answer | {"batch": outcome.batch, "counts": outcome.counts})
    return 0


def _own_folder(out: Path) -> Path:
    """The folder of the demo's register; UserError where the demo would write into a folder that is not its own."""
    mark, data = out / _MARK, out / "data"
    try:
        if out.exists() and any(out.iterdir()) and not mark.exists():
            raise UserError(_("“{out}”不是空文件夹，也不是以前演示留下的，请换一个 --out。").format(out=out))
        private_folder(data)
        write_whole(mark, "")
    except OSError as error:
        raise told(error, _("演示写不进“{out}”（可以用 --out 换一个）").format(out=out)) from error
    return data


def _clear(out: Path) -> None:
    """Take away an earlier demo's register and received workbooks; its papers are written over, other files stay."""
    for path in (out / "data").iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name not in _LOCK:
            path.unlink()
    shutil.rmtree(out / _("收到的表"), ignore_errors=True)


def _import(out: Path, data: Path, today: dt.date) -> tuple[Plan, Outcome]:
    received = out / _("收到的表")
    private_folder(received)
    sources = sorted(path for path in SAMPLES.iterdir() if path.suffix in ENDINGS and "_退回" not in path.stem)
    paths = [received / path.name for path in sources]
    for source, path in zip(sources, paths, strict=True):
        copy_whole(source, path)
    options = ImportOptions()
    files = session.read(paths, options, today=today)
    views = session.understand(files, options, Decisions(), today)
    plan = session.make_plan(files, views, options, today)
    return plan, session.apply(plan, files, laptop.author(data))


def _told(plan: Plan, outcome: Outcome) -> str:
    lines = [_("2. 导入 {count} 张表（批次 {batch}）：").format(count=len(plan.sheets), batch=outcome.batch)]
    for sheet in plan.sheets:
        said = counted(sheet) if sheet.kind is not None else sheet.notes
        lines.append("   " + _("{what}：{said}").format(what=titled(sheet), said=_("，").join(said)))
    lines += [_("   退回：{path}").format(path=path) for path in outcome.returned.values()]
    return "\n".join(lines)


def _numbers(found: Figures) -> str:
    sentence = _(
        "3. 基层工会 {unions} · 会员 {members} · 新就业形态会员 {new_form_members} · 应建未建 {on_list}\n4. 留下的文件："
    )
    return sentence.format(
        unions=found.unions, members=found.members, new_form_members=found.new_form_members, on_list=found.on_list
    )


def _papers(out: Path, index: RegionIndex, author: Author, today: dt.date) -> list[Path]:
    day = today.isoformat()
    members = members_of_unions()
    largest = max(members, key=lambda uid: members[uid])
    town = next(row.region for row in Union.select(Union.region).where(Union.uid == largest))
    made = [
        out / _("会员花名册.pdf"),
        out / _("会员花名册.xlsx"),
        out / _("应建未建单位清单.xlsx"),
        out / _("应建未建单位清单.pdf"),
    ]

    def handed(report: Report, path: Path) -> None:
        act = Act("export", report.title, report.records)
        hand_over(author, act, handout.write, report, path, path.suffix.removeprefix("."))

    one = roster.compose(index, ReportChoices(today, today, union=largest))
    handed(one, made[0])
    handed(one, made[1])
    listed = drive_list.drive_report(drive(setting("threshold"), index), index, _("演示登记册"), day)
    handed(listed, made[2])
    handed(listed, made[3])
    if town is not None:
        made.append(out / _("镇街会员花名册.pdf"))
        handed(roster.compose(index, ReportChoices(today, today, region=town)), made[-1])
    return made
