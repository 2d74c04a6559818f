"""The command line: every verb with its arguments and the function that answers it."""

import argparse
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from cli.parsing import Parser
from models.forms import FORMS
from models.language import _

Verb = Callable[[argparse.Namespace], int]
OpenWindow = Callable[[Path], int]
PaintHome = Callable[[Path, str, Path], None]


def parser() -> Parser:
    """The whole command line; each verb's function is its ``verb`` default, named as ``module:function``."""
    top = Parser(prog="main.py", description=_("建会通：基层工会的登记册。不带命令时打开窗口。"))
    top.add_argument("--data", metavar="DIR", help=_("登记册所在的文件夹"))
    top.set_defaults(verb=None)
    verbs = top.add_subparsers(title=_("命令"), metavar="VERB", parser_class=Parser)
    _add_imports(verbs)
    _add_looks(verbs)
    _add_papers(verbs)
    _add_keeping(verbs)
    return top


def _verb(verbs: "argparse._SubParsersAction[Parser]", name: str, function: str, text: str) -> Parser:
    added = verbs.add_parser(name, help=text, description=text)
    # without a default of its own, --data may stand before the verb as well as after it
    added.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help=_("登记册所在的文件夹"))
    added.add_argument("--json", action="store_true", help=_("只输出一个 JSON 对象"))
    added.set_defaults(verb=function)
    return added


def _add_imports(verbs: "argparse._SubParsersAction[Parser]") -> None:
    each = _verb(verbs, "import", "cli.importing:run_import", _("导入表格"))
    each.add_argument("files", nargs="+", metavar="FILE", help=_(".xlsx .xls .et .csv .txt，可以几个一起"))
    each.add_argument("--as", dest="kind", choices=list(FORMS), help=_("指明是哪一种名单"))
    each.add_argument("--union", metavar="NAME", help=_("没有写明工会的人属于哪个工会"))
    each.add_argument("--region", metavar="NAME", help=_("镇街名称有重复时，属于哪个区县"))
    each.add_argument("--returned", metavar="DIR", help=_("退回的表放在哪个文件夹"))
    each.add_argument("--password", metavar="TEXT", help=_("加密工作簿的密码"))
    each.add_argument("--decisions", metavar="FILE.json", help=_("对这些表的决定：列、行、单元格"))
    each.add_argument("--hidden-sheets", action="store_true", help=_("隐藏的工作表也导入"))
    each.add_argument("--plan", action="store_true", help=_("只预览，不写入"))
    _verb(verbs, "batches", "cli.importing:run_batches", _("列出所有批次"))
    undo = _verb(verbs, "undo", "cli.importing:run_undo", _("撤销一个批次"))
    undo.add_argument("batch", type=int, metavar="BATCH", help=_("批次的编号，见 batches"))


def _add_looks(verbs: "argparse._SubParsersAction[Parser]") -> None:
    each = _verb(verbs, "list", "cli.looking:run_list", _("列出记录"))
    _add_kind(each)
    each.add_argument("--search", metavar="TEXT", help=_("只列出含有这些字的"))
    each.add_argument("--out", metavar="FILE", help=_("写到 .xlsx 或 .csv"))
    each.add_argument("--full", action="store_true", help=_("不脱敏（会留下记录）"))
    drive = _verb(verbs, "drive", "cli.looking:run_drive", _("25 人以上应建未建单位"))
    drive.add_argument("--region", metavar="NAME", help=_("只看一个区县或镇街"))
    drive.add_argument("--out", metavar="FILE", help=_("写到 .pdf 或 .xlsx"))
    figures = _verb(verbs, "figures", "cli.looking:run_figures", _("主要数字"))
    figures.add_argument("--year", type=int, metavar="Y", help=_("新建工会、新入会数的是哪一年"))


def _add_kind(each: Parser) -> None:
    labels = "，".join(f"{form.kind} {_(form.label)}" for form in FORMS.values())
    each.add_argument("what", choices=list(FORMS), metavar="KIND", help=labels)


def _add_papers(verbs: "argparse._SubParsersAction[Parser]") -> None:
    each = _verb(verbs, "report", "cli.handing:run_report", _("打印报表"))
    each.add_argument("name", choices=["roster"], metavar="NAME", help=_("roster 会员花名册"))
    each.add_argument("--out", required=True, metavar="FILE", help=_("写到 .pdf 或 .xlsx"))
    each.add_argument("--union", metavar="NAME", help=_("一个工会；没有指明时是所有工会"))
    each.add_argument("--region", metavar="NAME", help=_("一个区县或镇街，按工会分组"))
    shown = each.add_mutually_exclusive_group()
    shown.add_argument("--masked", action="store_true", help=_("脱敏（默认）"))
    shown.add_argument("--full", action="store_true", help=_("不脱敏（会留下记录）"))
    template = _verb(verbs, "template", "cli.handing:run_template", _("空白模板"))
    _add_kind(template)
    template.add_argument("out", metavar="OUT.xlsx")
    demo = _verb(verbs, "demo", "cli.demo:run_demo", _("用虚构的样表演示一遍，不动你的登记册"))
    demo.add_argument("--out", metavar="DIR", default="demo", help=_("演示的东西放在哪个文件夹（默认 demo）"))


def _add_keeping(verbs: "argparse._SubParsersAction[Parser]") -> None:
    check = _verb(verbs, "check", "cli.keeping:run_check", _("检查登记册是否完好"))
    check.add_argument("--deep", action="store_true", help=_("连每个索引也核对"))
    backup = _verb(verbs, "backup", "cli.keeping:run_backup", _("备份"))
    backup.add_argument("out", nargs="?", metavar="OUT", help=_("文件或文件夹；没有写时放在登记册旁边"))
    restore = _verb(verbs, "restore", "cli.keeping:run_restore", _("恢复备份"))
    restore.add_argument("file", metavar="FILE")
    _verb(verbs, "passphrase", "cli.keeping:run_passphrase", _("更改口令"))


def run(argv: Sequence[str], open_window: OpenWindow, paint_home: PaintHome) -> int:
    """Parse ``argv`` and answer it; returns the exit code. Modules are loaded only for the verb that needs them.

    ``open_window(folder)`` answers where there is no verb; ``paint_home(folder, passphrase, path)`` paints the window's
    first page as a picture for the demo. They come from outside, for the terminal's room knows no window.
    """
    arguments = parser().parse_args(list(argv))
    if arguments.verb is None:
        from cli.opening import folder_of

        return open_window(folder_of(arguments))
    module, function = arguments.verb.split(":")
    arguments.paint_home = paint_home
    verb: Verb = getattr(import_module(module), function)
    return verb(arguments)
