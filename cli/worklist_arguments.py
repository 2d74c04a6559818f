"""The verb of working lists."""

import argparse

from cli.parsing import Parser, path_argument
from cli.verb import add_verb
from models.language import _


def add_worklists(verbs: "argparse._SubParsersAction[Parser]") -> None:
    """Add ``worklists``."""
    each = add_verb(
        verbs, "worklists", "cli.worklists:run_worklists", _("工作名单：慰问、体检、报名、通知，勾选、打印、导出、读回")
    )
    actions = [
        "list", "show", "new", "add", "drop", "tick", "change", "close", "reopen", "remove", "export", "read", "kinds", "keep",
        "forget",
    ]  # fmt: skip
    told = _(
        "list 列出（默认），show 看一份，new 列一份，add 加人，drop 移出，tick 勾选，change 修改，close 已办完，reopen 再办，"
        "remove 删除，export 写成表格或打印，read 读回勾好的表，kinds 用途，keep 保存自己的用途，forget 删除它"
    )
    each.add_argument("action", nargs="?", choices=actions, default="list", metavar="ACTION", help=told)
    each.add_argument(
        "what",
        nargs="*",
        metavar="WHAT",
        help=_("工作名单的名称；后面是人、工会或单位（名称或记录标识）；read 是文件和名单"),
    )
    each.add_argument("--list", action="store_true", help=_("列出所有工作名单"))
    each.add_argument("--kind", metavar="NAME", help=_("new：用途，见 kinds（默认 其他）"))
    each.add_argument(
        "--of",
        choices=["workers", "unions", "employers"],
        metavar="KIND",
        help=_("new：名单里是 workers 人（默认）、unions 工会、employers 单位"),
    )
    each.add_argument("--date", metavar="DATE", help=_("new、change：这份名单的日期"))
    each.add_argument("--boxes", metavar="TEXT", help=_("new、change、keep：勾选栏，最多三栏，用顿号隔开"))
    each.add_argument("--days", metavar="TEXT", help=_("new、change、keep：日期栏，最多两栏"))
    each.add_argument("--rename", metavar="NAME", help=_("change：新的名称"))
    each.add_argument("--search", metavar="TEXT", help=_("new、add、drop、tick：含有这些字的"))
    each.add_argument(
        "--where", action="append", metavar="NAME=TEXT", help=_("new、add、drop、tick：筛选条件，见 list --where ?")
    )
    each.add_argument("--region", metavar="NAME", help=_("new、add、drop、tick：一个区县或镇街的"))
    each.add_argument("--all", action="store_true", help=_("add：登记册里的全部；drop、tick：名单上的全部"))
    each.add_argument("--box", action="append", metavar="NAME", help=_("tick：勾哪一栏，可以写几次（默认最后一栏）"))
    each.add_argument("--off", action="store_true", help=_("tick：去掉勾"))
    each.add_argument("--day", action="append", metavar="NAME=DATE", help=_("tick：写日期，例如 发放日期=2027-01-20"))
    each.add_argument("--note", metavar="TEXT", help=_("new、change：名单的备注；tick：写在选中的各条上"))
    each.add_argument("--layout", metavar="NAME", help=_("export：打印用哪个版式（默认照用途）"))
    each.add_argument("--out", type=path_argument, metavar="FILE", help=_("export：写到 .xlsx、.csv、.pdf 或 .docx"))
    each.add_argument("--full", action="store_true", help=_("export：不脱敏（会留下记录）"))
    each.add_argument("--plan", action="store_true", help=_("read：只看会写什么，不写入"))
    each.add_argument(
        "--decide", action="append", metavar="ROW=UID", help=_("read：某一行是谁（先加进名单），或者 skip 不管")
    )
