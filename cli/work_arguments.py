"""The verbs of what is entered by row: ledger, what stands, what is due, places, groups, own fields; lists on paper."""

import argparse

from cli.parsing import Parser, day_argument, number_argument, path_argument, whole_argument, year_argument
from cli.verb import add_handed_to, add_verb
from models.language import _
from models.records.chasing import DueRule
from models.records.ledger import LedgerEntry
from models.records.own_field import KINDS
from models.records.site import Site
from models.values.columns import columns_of

#: As in models/lists/print_forms.py, named here so that no query is loaded for help.
_MOST_COPIES = 99


def add_work(verbs: "argparse._SubParsersAction[Parser]") -> None:
    """Add ``ledger``, ``sites``, ``chase``, ``regions``, ``groups`` and ``fields``."""
    each = add_verb(verbs, "ledger", "cli.ledger:run_ledger", _("工作台账：列出、登记、删除、导入，台账类别"))
    actions = ["list", "add", "remove", "kinds", "import"]
    told = _("list 列出（默认），add 登记一条，remove 删除，kinds 类别，import 导入台账")
    each.add_argument("action", nargs="?", choices=actions, default="list", metavar="ACTION", help=told)
    each.add_argument("what", nargs="*", metavar="WHAT", help=_("remove 的记录标识，或 import 的文件"))
    each.add_argument("--year", type=year_argument, metavar="Y", help=_("只看一年"))
    each.add_argument("--as-of", type=day_argument, metavar="DATE", help=_("只看到哪一天为止"))
    each.add_argument("--kind", dest="ledger_kind", metavar="NAME", help=_("台账类别"))
    each.add_argument("--search", metavar="TEXT", help=_("只列出含有这些字的"))
    each.add_argument("--out", type=path_argument, metavar="FILE", help=_("写到 .xlsx 或 .csv"))
    add_handed_to(each)
    for column in columns_of(LedgerEntry):
        if column.name != "ledger_kind":
            each.add_argument(f"--{column.name}", metavar="TEXT", help=column.title)
    each.add_argument("--new", metavar="NAME", help=_("kinds：新增类别（可以带 --unit、--measures）"))
    each.add_argument("--unit", metavar="TEXT", help=_("kinds：单位，例如 件"))
    each.add_argument("--measures", metavar="TEXT", help=_("kinds：数量以外的计量 done、people、amount"))
    each.add_argument("--fields", metavar="TEXT", help=_("kinds：新类别自己的栏目，例如 parties,due,closed_on"))
    _add_table_changes(each)
    _add_sites(verbs)
    _add_chase(verbs)
    _add_regions(verbs)
    groups = add_verb(verbs, "groups", "cli.groups:run_groups", _("群体：新就业形态等群体的表"))
    groups.add_argument("--add", metavar="NAME", help=_("新增群体（可以带 --parent、--not-new-form）"))
    groups.add_argument("--parent", metavar="TEXT", help=_("归类，例如 本地群体"))
    groups.add_argument("--not-new-form", action="store_true", help=_("不算新就业形态"))
    _add_table_changes(groups)
    _add_fields(verbs)


def _add_fields(verbs: "argparse._SubParsersAction[Parser]") -> None:
    each = add_verb(verbs, "fields", "cli.fields:run_fields", _("自有字段：职工、用人单位、工会自己加的栏目"))
    told = _("list 列出（默认），add 新增，rename 改名，retire 停用，restore 重新启用")
    actions = ["list", "add", "rename", "retire", "restore"]
    each.add_argument("action", nargs="?", choices=actions, default="list", metavar="ACTION", help=told)
    each.add_argument("what", nargs="*", metavar="WHAT", help=_("字段名称；rename 后面再写新的名称"))
    lists = ["workers", "employers", "unions"]
    told = _("哪一种记录的：workers、employers、unions（add 默认 workers）")
    each.add_argument("--as", dest="kind", choices=lists, metavar="KIND", help=told)
    kinds = _("add：内容 text 文字（默认）、number 数字、day 日期、yes-no 是否、choice 选项")
    each.add_argument("--content", choices=list(KINDS), default="text", metavar="CONTENT", help=kinds)
    each.add_argument("--options", metavar="TEXT", help=_("add：choice 的选项，用顿号或逗号隔开"))


def _add_sites(verbs: "argparse._SubParsersAction[Parser]") -> None:
    each = add_verb(verbs, "sites", "cli.sites:run_sites", _("阵地：列出、登记、修改、删除，阵地类别"))
    told = _("list 列出（默认），add 登记一个，change 修改，remove 删除，kinds 类别")
    actions = ["list", "add", "change", "remove", "kinds"]
    each.add_argument("action", nargs="?", choices=actions, default="list", metavar="ACTION", help=told)
    each.add_argument("what", nargs="*", metavar="WHAT", help=_("change、remove 的记录标识"))
    each.add_argument("--as-of", type=day_argument, metavar="DATE", help=_("按哪一天算（默认今天）"))
    each.add_argument("--all", action="store_true", help=_("已停用的也列出"))
    each.add_argument("--kind", dest="site_kind", metavar="NAME", help=_("阵地类别"))
    each.add_argument("--search", metavar="TEXT", help=_("只列出含有这些字的"))
    each.add_argument("--out", type=path_argument, metavar="FILE", help=_("写到 .xlsx 或 .csv"))
    add_handed_to(each)
    for column in columns_of(Site):
        if column.name != "site_kind":
            each.add_argument(f"--{column.name}", metavar="TEXT", help=column.title)
    each.add_argument("--new", metavar="NAME", help=_("kinds：新增类别（可以带 --unit）"))
    each.add_argument("--unit", metavar="TEXT", help=_("kinds：单位，例如 件"))
    _add_table_changes(each)


def _add_chase(verbs: "argparse._SubParsersAction[Parser]") -> None:
    each = add_verb(verbs, "chase", "cli.chasing:run_chase", _("催报：到期要交的表，谁交了、谁没交"))
    told = _(
        "list 谁没交（默认），rules 各项催报，add 定一项，change 修改，remove 删除，close 记下已交，excuse 记下免交，reopen 收回"
    )
    actions = ["list", "rules", "add", "change", "remove", "close", "excuse", "reopen"]
    each.add_argument("action", nargs="?", choices=actions, default="list", metavar="ACTION", help=told)
    each.add_argument("what", nargs="*", metavar="WHAT", help=_("change、remove 的催报名称"))
    each.add_argument("--rule", metavar="NAME", help=_("只看一项催报；close、excuse、reopen：哪一项"))
    each.add_argument("--period", metavar="P", help=_("只看一期，例如 2026-05、2026-Q2、2026-H1、2026"))
    each.add_argument("--union", action="append", metavar="NAME", help=_("只看这个工会，可以写几次"))
    each.add_argument("--reason", metavar="TEXT", help=_("close、excuse：原因，例如纸质交来"))
    each.add_argument("--as-of", type=day_argument, metavar="DATE", help=_("按哪一天算（默认今天）"))
    each.add_argument("--all", action="store_true", help=_("已交的和免交的也列出"))
    each.add_argument("--out", type=path_argument, metavar="FILE", help=_("写到 .xlsx 或 .csv"))
    add_handed_to(each)
    for column in columns_of(DueRule):
        each.add_argument(f"--{column.name}", metavar="TEXT", help=column.title)
    each.add_argument("--unions", metavar="TEXT", help=_("add、change：还点名哪些工会，用顿号隔开"))


def _add_regions(verbs: "argparse._SubParsersAction[Parser]") -> None:
    each = add_verb(verbs, "regions", "cli.regions:run_regions", _("区划：区县、镇街、社区、园区、楼宇和各自的建会情况；增加、改名"))
    told = _("list 列出（默认），add 增加社区、园区、楼宇，rename 改名，dense 标为就业密集，sparse 取消")
    actions = ["list", "add", "rename", "dense", "sparse"]
    each.add_argument("action", nargs="?", choices=actions, default="list", metavar="ACTION", help=told)
    each.add_argument("what", nargs="*", metavar="WHAT", help=_("add 的名称，rename 的区划和新名称，dense、sparse 的区划"))
    each.add_argument("--region", metavar="NAME", help=_("只看一个区划和它下面的"))
    levels = _("级别：town 镇街、community 社区（村）、park 园区、building 楼宇")
    known = ["district", "zone", "town", "community", "park", "building"]
    each.add_argument("--level", choices=known, metavar="LEVEL", help=levels)
    each.add_argument("--under", metavar="NAME", help=_("add：在哪个镇街、社区或园区下面"))
    each.add_argument("--dense", action="store_true", help=_("add：就业密集，应当有小三级工会"))
    each.add_argument("--tree", action="store_true", help=_("按上下级缩进"))
    each.add_argument("--all", action="store_true", help=_("没有数字的也列出"))
    each.add_argument("--as-of", type=day_argument, metavar="DATE", help=_("按哪一天算（默认今天）"))
    each.add_argument("--out", type=path_argument, metavar="FILE", help=_("写到 .xlsx 或 .csv"))
    add_handed_to(each)


def _add_table_changes(each: Parser) -> None:
    each.add_argument("--alias", metavar="NAME=TEXT", help=_("增加一种叫法"))
    each.add_argument("--rename", metavar="NAME=TEXT", help=_("改名，原来的名称留作叫法"))
    each.add_argument("--retire", metavar="NAME", help=_("停用"))
    each.add_argument("--restore", metavar="NAME", help=_("重新启用"))


def add_list_paper(each: Parser) -> None:
    """Add to ``report`` the options that ``report list`` has besides."""
    each.add_argument("--where", action="append", metavar="NAME=TEXT", help=_("list：筛选条件，与 list 命令的一样，可以写几次"))
    each.add_argument("--search", metavar="TEXT", help=_("list：只列出含有这些字的"))
    each.add_argument("--layout", metavar="NAME", help=_("list：版式的名称；? 列出所有版式"))
    each.add_argument("--columns", metavar="NAME,…", help=_("list：哪些栏，按次序；空白的栏写 =签名，宽度写在冒号后面，例如 name:6,=签名:8"))
    each.add_argument("--group-by", metavar="NAME", help=_("list：按哪个字段分组，每组有小计"))
    each.add_argument("--apart", action="store_true", help=_("list：每组是单独的一份"))
    each.add_argument("--copies", type=whole_argument(1, _MOST_COPIES), metavar="N", help=_("list：印几份（每组单独的，是每组几份）"))
    each.add_argument("--title", metavar="TEXT", help=_("list：标题"))
    each.add_argument("--note", dest="notes", action="append", metavar="TEXT", help=_("list：表下面的说明，可以写几次"))
    each.add_argument("--sign", dest="signatures", action="append", metavar="TEXT", help=_("list：签字盖章的地方，可以写几次"))
    each.add_argument("--paper", choices=["A4", "A3"], metavar="A4|A3", help=_("list：纸张（默认 A4）"))
    each.add_argument("--portrait", action="store_true", help=_("list：竖放"))
    each.add_argument("--size", type=number_argument(5, 36), metavar="POINTS", help=_("list：字号，例如 10.5（默认按宽度定）"))
    each.add_argument("--row-height", type=number_argument(5, 40), metavar="MM", help=_("list：行高多少毫米（默认 7）"))
    each.add_argument("--wide", action="store_true", help=_("list：一页放不下的栏，分成几部分印"))
    each.add_argument("--names", choices=["pinyin", "strokes"], help=_("list：按姓名排，pinyin 按拼音，strokes 按姓氏笔画"))
    each.add_argument("--mask-names", action="store_true", help=_("list：姓名只印头尾（公示用）"))
    each.add_argument("--watermark", metavar="TEXT", help=_("横着印在每页上的字，例如 草稿"))
    each.add_argument("--duplex", action="store_true", help=_("list：双面打印时，每一份从新的一张纸开始"))
    each.add_argument("--keep", metavar="NAME", help=_("list：把这个版式存下来"))
    each.add_argument("--forget", metavar="NAME", help=_("list：删除自己存的一个版式"))
