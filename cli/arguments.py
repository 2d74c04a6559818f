"""The command line: every verb with its arguments and the function that answers it."""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

from cli.paper_arguments import add_founding_papers, add_handing_up
from cli.parsing import (
    Parser,
    batch_argument,
    data_argument,
    day_argument,
    days_argument,
    path_argument,
    program,
    whole_argument,
    year_argument,
)
from cli.verb import add_handed_to, add_verb, check_handed_to
from cli.work_arguments import add_list_paper, add_work
from cli.worklist_arguments import add_worklists
from models.duplicates.merge import MERGEABLE
from models.language import _, language
from models.records.forms import FORMS
from models.trail.words import ACTS, word
from reports.catalogue import ReportKind, options_of, report_kinds
from reports.choices import MOST_BLANK

#: What numbers can be divided by: the levels of models/figures/facts.py, named here so that no query is loaded for help.
LEVELS = ("district", "town", "community", "union", "person")
#: Of these the regions.
PLACES = LEVELS[:3]
#: What the rows of a statistics table can be, see models/figures/table_forms.py.
TABLE_ROWS = (*PLACES, "tree", "own", "grade", *LEVELS[3:])

Verb = Callable[[argparse.Namespace], int]
OpenWindow = Callable[[Path], int]
PaintHome = Callable[[Path, str, Path], None]


def parser() -> Parser:
    """The whole command line; each verb's function is its ``verb`` default, named as ``module:function``."""
    return _parser(program(), language())


@cache
def _parser(prog: str, _language: str) -> Parser:
    """The command line with its texts in a language: made once for all commands that one program answers, as in the tests."""
    top = Parser(prog=prog, description=_("建会通：基层工会的登记册。不带命令时打开窗口。"))
    top.add_argument(
        "--data", type=data_argument, metavar="DIR", help=_("登记册所在的文件夹，或者办公室登记册的地址 postgresql://…")
    )
    top.set_defaults(verb=None)
    verbs = top.add_subparsers(title=_("命令"), metavar="VERB", parser_class=Parser)
    _add_imports(verbs)
    _add_looks(verbs)
    _add_cases(verbs)
    _add_numbers(verbs)
    _add_tables(verbs)
    _add_rules(verbs)
    add_work(verbs)
    _add_papers(verbs)
    add_worklists(verbs)
    add_handing_up(verbs)
    add_founding_papers(verbs)
    _add_merging(verbs)
    _add_exchange(verbs)
    _add_people(verbs)
    _add_keeping(verbs)
    return top


def _add_imports(verbs: "argparse._SubParsersAction[Parser]") -> None:
    each = add_verb(verbs, "import", "cli.importing:run_import", _("导入表格"))
    each.add_argument("files", nargs="+", type=path_argument, metavar="FILE", help=_(".xlsx .xls .et .csv .txt，可以几个一起"))
    each.add_argument("--as", dest="kind", choices=list(FORMS), help=_("指明是哪一种名单"))
    each.add_argument("--union", metavar="NAME", help=_("没有写明工会的人属于哪个工会"))
    each.add_argument("--region", metavar="NAME", help=_("镇街名称有重复时，属于哪个区县"))
    each.add_argument("--returned", type=path_argument, metavar="DIR", help=_("退回的表放在哪个文件夹"))
    each.add_argument("--password", metavar="TEXT", help=_("加密工作簿的密码；- 是从标准输入读。最好用环境变量 JIANHUI_WORKBOOK_PASSWORD"))
    each.add_argument("--decisions", type=path_argument, metavar="FILE.json", help=_("对这些表的决定：列、行、单元格"))
    each.add_argument(
        "--keep", action="append", metavar="FIELD", help=_("这个字段登记册里已有的值都保留；all 是所有字段，可以写几次")
    )
    each.add_argument(
        "--take", action="append", metavar="FIELD", help=_("这个字段都采用表里的值，看起来更差的也采用；all 是所有字段")
    )
    each.add_argument("--hidden-sheets", action="store_true", help=_("隐藏的工作表也导入"))
    each.add_argument("--plan", action="store_true", help=_("只预览，不写入"))
    add_verb(verbs, "batches", "cli.batches:run_batches", _("列出所有批次"))
    undo = add_verb(verbs, "undo", "cli.batches:run_undo", _("撤销一个批次"))
    undo.add_argument("batch", type=batch_argument, metavar="BATCH", help=_("批次的编号，见 batches"))


def _add_looks(verbs: "argparse._SubParsersAction[Parser]") -> None:
    each = add_verb(verbs, "list", "cli.looking:run_list", _("列出记录"))
    _add_kind(each)
    each.add_argument("--search", metavar="TEXT", help=_("只列出含有这些字的"))
    each.add_argument("--where", action="append", metavar="NAME=TEXT", help=_("筛选条件，可以写几次，例如 age=16-35；--where ? 列出所有条件"))
    each.add_argument("--region", metavar="NAME", help=_("只看一个区县或镇街"))
    each.add_argument("--order", metavar="NAME", help=_("按哪一栏排，例如 name 或 姓名"))
    each.add_argument("--descending", action="store_true", help=_("倒过来排"))
    each.add_argument("--names", choices=["pinyin", "strokes"], help=_("名称按拼音还是按姓氏笔画（默认照本机的设置）"))
    each.add_argument("--out", type=path_argument, metavar="FILE", help=_("写到 .xlsx 或 .csv"))
    each.add_argument("--full", action="store_true", help=_("不脱敏（会留下记录）"))
    add_handed_to(each)


def _add_cases(verbs: "argparse._SubParsersAction[Parser]") -> None:
    drive = add_verb(verbs, "drive", "cli.drive:run_drive", _("25 人以上应建未建单位，各自为什么在名单上"))
    drive.add_argument("--out", type=path_argument, metavar="FILE", help=_("写到 .pdf、.xlsx 或 .docx"))
    add_handed_to(drive)
    drive.add_argument("--reconcile", action="store_true", help=_("先按名单新增、结案、重新打开建会台账"))
    due = add_verb(verbs, "due", "cli.drive:run_due", _("这几天要联系的单位：下一步到期、承诺过期"))
    due.add_argument("--days", type=days_argument, default=7, metavar="N", help=_("多少天之内（默认 7）"))
    due.add_argument("--organizer", metavar="NAME", help=_("只看一个负责人的"))
    sources = add_verb(verbs, "sources", "cli.drive:run_sources", _("摸排比对：各来源的单位，名称相近的单位和工会"))
    sources.add_argument("--present", default="税务", metavar="SOURCE", help=_("哪个来源里有（默认 税务）"))
    sources.add_argument("--absent", default="工会登记", metavar="SOURCE", help=_("哪个来源里没有（默认 工会登记）"))
    decided = sources.add_mutually_exclusive_group()
    decided.add_argument("--confirm", nargs=2, metavar="UID", help=_("确认这一对是同一个"))
    decided.add_argument("--reject", nargs=2, metavar="UID", help=_("这一对不是同一个，以后不再提示"))
    for each in (drive, due, sources):
        each.add_argument("--region", metavar="NAME", help=_("只看一个区县或镇街"))
    for each in (drive, due):
        each.add_argument("--as-of", type=day_argument, metavar="DATE", help=_("按哪一天算（默认今天）"))
    end = add_verb(verbs, "dissolve", "cli.dissolving:run_dissolve", _("撤销一个工会"))
    end.add_argument("name", metavar="NAME", help=_("工会名称、信用代码或记录标识"))
    end.add_argument("--date", required=True, metavar="DATE", help=_("从哪天起撤销；只知道年月的写年月"))
    end.add_argument("--members", choices=["retain", "leave"], help=_("还有会员的：retain 会籍保留到上级工会，leave 转出"))
    _add_case(add_verb(verbs, "case", "cli.cases:run_case", _("一企一档：一个单位的建会台账，以及办理")))


def _add_case(case: Parser) -> None:
    case.add_argument("name", metavar="NAME", help=_("单位名称、信用代码或记录标识"))
    case.add_argument("--region", metavar="NAME", help=_("名称相近的，只认这个区县或镇街的"))
    case.add_argument("--as-of", type=day_argument, metavar="DATE", help=_("看哪一天的档案（默认今天）"))
    doing = case.add_mutually_exclusive_group()
    doing.add_argument("--move", metavar="STAGE", help=_("转到一个阶段（与 --date、--skip、--number、--note 一起）"))
    doing.add_argument("--take-back", action="store_true", help=_("退回上一步"))
    doing.add_argument("--contact", action="append", metavar="FIELD=TEXT,…", help=_("记一次联系，例如 way=电话,attitude=观望"))
    doing.add_argument("--paper", action="append", metavar="FIELD=TEXT,…", help=_("记一份材料，例如 name=筹备组名单,number=1"))
    doing.add_argument("--close", metavar="REASON", help=_("结案：不足人数、搬迁、注销、其他"))
    doing.add_argument("--reopen", action="store_true", help=_("重新打开"))
    doing.add_argument("--found", metavar="UNION", help=_("成立工会（与 --set、--together 一起）"))
    doing.add_argument("--join", metavar="UNION", help=_("加入已有工会"))
    case.add_argument("--date", metavar="DATE", help=_("哪一天（默认今天）"))
    case.add_argument("--skip", action="store_true", help=_("--move：中间的阶段都跳过"))
    case.add_argument("--number", metavar="TEXT", help=_("--move 筹建中：筹备批复文号"))
    case.add_argument("--note", metavar="TEXT", help=_("备注"))
    case.add_argument("--next", action="append", metavar="FIELD=TEXT,…", help=_("下一步，例如 next_action=走访"))
    case.add_argument("--set", action="append", metavar="FIELD=TEXT,…", help=_("工会的其他字段，例如 chair=赵示例,approval_number=…"))
    case.add_argument("--together", action="append", metavar="NAME", help=_("--found：一起成立联合工会的单位，可以写几次"))
    case.add_argument("--organizer", metavar="NAME", help=_("负责人"))


def _add_rules(verbs: "argparse._SubParsersAction[Parser]") -> None:
    rules = add_verb(verbs, "rules", "cli.rules:run_rules", _("体检：法律和章程里能核对的规则"))
    rules.add_argument("--rule", metavar="R04", help=_("只看一条规则"))
    rules.add_argument("--all", action="store_true", help=_("未填的和已搁置的也逐条列出"))
    rules.add_argument("--out", type=path_argument, metavar="FILE.xlsx", help=_("写到 .xlsx"))
    add_handed_to(rules)
    put = rules.add_mutually_exclusive_group()
    put.add_argument("--set-aside", metavar="UID", help=_("搁置这条发现（与 --rule、--reason 一起）"))
    put.add_argument("--take-up", metavar="UID", help=_("不再搁置（与 --rule 一起）"))
    rules.add_argument("--reason", metavar="TEXT", help=_("为什么搁置"))
    terms = add_verb(verbs, "terms", "cli.rules:run_terms", _("任期：已届满和将要换届的工会"))
    terms.add_argument("--all", action="store_true", help=_("任期内和届期不明的也列出"))
    for each in (rules, terms):
        each.add_argument("--region", metavar="NAME", help=_("只看一个区县或镇街"))
        each.add_argument("--as-of", type=day_argument, metavar="DATE", help=_("按哪一天算（默认今天）"))


def _add_numbers(verbs: "argparse._SubParsersAction[Parser]") -> None:
    figures = add_verb(verbs, "figures", "cli.figures:run_figures", _("主要数字和全部指标"))
    shown = figures.add_mutually_exclusive_group()
    levels = _("按 district 区县、town 镇街、community 村社区、union 工会、person 负责人")
    shown.add_argument("--by", choices=list(LEVELS), metavar="LEVEL", help=levels)
    shown.add_argument("--rows", metavar="KEY", help=_("一个指标背后的每一行：指标的代号或名称"))
    targets = add_verb(verbs, "targets", "cli.targets:run_targets", _("任务指标：目标、实际、计划进度、差距"))
    targets.add_argument("action", nargs="*", metavar="ACTION", help=_("set 指标 数值，或者 remove 指标；没有写时是进度"))
    targets.add_argument("--source", metavar="TEXT", help=_("目标的依据，例如年度工作要点"))
    targets.add_argument("--by", choices=list(LEVELS), metavar="LEVEL", help=levels)
    figures.add_argument("--last-year", action="store_true", help=_("旁边列出上年同期"))
    for each in (figures, targets):
        _add_period(each)
        each.add_argument("--union", metavar="NAME", help=_("只看一个工会"))
        each.add_argument("--person", metavar="NAME", help=_("只看一个负责人的"))
        each.add_argument("--as-of", type=day_argument, metavar="DATE", help=_("按哪一天算（默认今天）"))
    moved = add_verb(verbs, "moved", "cli.figures:run_moved", _("两个日期之间什么变了"))
    moved.add_argument("--since", type=day_argument, metavar="DATE", help=_("从哪一天结束时算起"))
    moved.add_argument("--period", metavar="P", help=_("一个期间里的变化，代替 --since、--until，例如 2026-H1"))
    moved.add_argument("--until", type=day_argument, metavar="DATE", help=_("到哪一天结束时（默认今天）"))
    undated = add_verb(verbs, "undated", "cli.dating:run_undated", _("日期不明的工会和会员，以及成批补日期"))
    undated.add_argument("kind", choices=["unions", "members"], metavar="KIND", help=_("unions 没有建会日期的工会，members 没有入会日期的会员"))
    dated = undated.add_mutually_exclusive_group()
    dated.add_argument("--by", dest="way", metavar="WAY", help=_("写上依据里的日期：number 批复文号的年份、term 本届任期的开始、file 文件名里的日期"))
    dated.add_argument("--date", metavar="DATE", help=_("都写上这一个日期，只知道年或月的写 2016 或 2016-08"))
    undated.add_argument("--plan", action="store_true", help=_("只看会写多少条，不写入"))
    types = add_verb(verbs, "types", "cli.types:run_types", _("没写类型的工会，按名称像是哪一类"))
    types.add_argument("--confirm", nargs="+", metavar="UID", help=_("确认这几个工会是（all 全部），写上类型"))
    for each in (figures, targets, moved, undated, types):
        each.add_argument("--region", metavar="NAME", help=_("只看一个区县或镇街"))


def _add_tables(verbs: "argparse._SubParsersAction[Parser]") -> None:
    each = add_verb(verbs, "tables", "cli.tables:run_tables", _("统计表：自带的和自己的，任何期间，按镇街、工会或负责人"))
    told = _("list 列出（默认），show 看一张，keep 保存一张自己的，forget 删除自己的")
    actions = ["list", "show", "keep", "forget"]
    each.add_argument("action", nargs="?", choices=actions, default="list", metavar="ACTION", help=told)
    each.add_argument("name", nargs="?", metavar="NAME", help=_("统计表的名称，例如 新建工会"))
    each.add_argument("--indicators", metavar="KEY,…", help=_("哪些指标：代号或名称，用逗号隔开"))
    rows = _("行：district 区县、town 镇街、community 村社区、tree 区县和镇街、own 我的镇街、grade 级别、union 工会、person 负责人")
    each.add_argument("--by", choices=list(TABLE_ROWS), metavar="ROWS", help=rows)
    each.add_argument("--parts", metavar="PART,…", help=_("旁边列出什么：plan 计划和完成、rank 位次、last_year 上年同期"))
    each.add_argument("--region", metavar="NAME", help=_("只看一个区县或镇街"))
    each.add_argument("--as-of", type=day_argument, metavar="DATE", help=_("按哪一天算（默认今天）"))
    each.add_argument("--all", action="store_true", help=_("没有数字的行也列出"))
    each.add_argument("--out", type=path_argument, metavar="FILE", help=_("写到 .pdf、.xlsx 或 .docx"))
    add_handed_to(each)
    _add_period(each)


def _add_period(each: Parser) -> None:
    each.add_argument("--period", metavar="P", help=_("期间：2026-05、2026-Q2、2026-H1、2026、2024-2026（几年）"))
    each.add_argument("--since", type=day_argument, metavar="DATE", help=_("从哪一天起（与 --until 一起，代替 --period）"))
    each.add_argument("--until", type=day_argument, metavar="DATE", help=_("到哪一天为止（默认今天）"))
    each.add_argument("--year", type=year_argument, metavar="Y", help=_("哪一年（默认今年）"))


def _add_kind(each: Parser) -> None:
    labels = _("，").join(f"{form.kind} {_(form.label)}" for form in FORMS.values())
    each.add_argument("what", choices=list(FORMS), metavar="KIND", help=labels)


def _add_papers(verbs: "argparse._SubParsersAction[Parser]") -> None:
    each = add_verb(verbs, "report", "cli.handing:run_report", _("打印报表"))
    kinds = report_kinds()
    each.add_argument("name", nargs="?", choices=list(kinds), metavar="NAME", help=_("；").join(map(_taken, kinds.values())))
    each.set_defaults(complain=each.error)
    kinds_of_list = _("、").join(FORMS)
    told = _("列出所有报表：名称、格式、要写明什么；report list 的是哪一种名单：{kinds}").format(kinds=kinds_of_list)
    each.add_argument("--list", nargs="?", const="", metavar="KIND", help=told)
    each.add_argument("--out", type=path_argument, metavar="FILE", help=_("写到 .pdf、.xlsx 或 .docx"))
    each.add_argument("--union", metavar="NAME", help=_("一个工会"))
    each.add_argument("--region", metavar="NAME", help=_("一个区县或镇街"))
    each.add_argument("--employer", metavar="NAME", help=_("一个单位：名称、信用代码或记录标识"))
    each.add_argument("--organizer", metavar="NAME", help=_("只看一个负责人的"))
    each.add_argument("--stage", metavar="STAGE", help=_("只看一个建会阶段"))
    each.add_argument("--kind", dest="ledger_kind", metavar="NAME", help=_("台账类别"))
    each.add_argument("--table", metavar="NAME", help=_("统计表的名称，见 tables"))
    each.add_argument("--period", metavar="P", help=_("期间：2026-05、2026-Q2、2026-H1、2026、2024-2026（几年）"))
    levels = _("按 district 区县、town 镇街、community 村社区")
    each.add_argument("--by", dest="level", choices=list(PLACES), metavar="LEVEL", help=levels)
    each.add_argument("--year", type=year_argument, metavar="Y", help=_("哪一年（默认是日期的那一年）"))
    each.add_argument("--since", type=day_argument, metavar="DATE", help=_("从哪一天起（默认那一年的第一天）"))
    each.add_argument("--until", type=day_argument, metavar="DATE", help=_("到哪一天为止（默认 --day 的那一天）"))
    each.add_argument("--day", "--on", type=day_argument, metavar="DATE", help=_("按哪一天，也是填报日期（默认今天）"))
    each.add_argument("--days", type=days_argument, metavar="N", help=_("那一天起多少天之内，0 是只看那一天（默认 7）"))
    each.add_argument("--worklist", metavar="NAME", help=_("一份工作名单上的，见 worklists"))
    each.add_argument("--card", metavar="NAME", help=_("cards、labels：版式，--card ? 列出所有版式"))
    told = _("cards、labels：自己的版式（JSON，--card ? --json 列出的 form 改好），和 --keep 一起")
    each.add_argument("--form", type=path_argument, metavar="FILE.json", help=told)
    each.add_argument("--test-page", action="store_true", help=_("cards、labels：只印一页，量打印机印在哪里"))
    each.add_argument("--offset", metavar="X,Y", help=_("cards、labels：都向右、向下移多少毫米，例如 1.5,-2；这台电脑记住"))
    each.add_argument("--blank", type=whole_argument(0, MOST_BLANK), metavar="N", help=_("加多少空白行（默认 10）"))
    each.add_argument("--all", dest="everything", action="store_true", help=_("平时不列出的也列出"))
    shown = each.add_mutually_exclusive_group()
    shown.add_argument("--masked", action="store_true", help=_("脱敏（默认）"))
    shown.add_argument("--full", action="store_true", help=_("不脱敏（会留下记录）"))
    add_handed_to(each)
    add_list_paper(each)
    template = add_verb(verbs, "template", "cli.handing:run_template", _("空白模板"))
    _add_kind(template)
    template.add_argument("out", type=path_argument, metavar="OUT.xlsx")
    template.add_argument("--kind", dest="ledger_kind", metavar="NAME", help=_("ledger：一类工作自己的模板，例如 劳动争议调解"))
    demo = add_verb(verbs, "demo", "cli.demo:run_demo", _("用虚构的样表演示一遍，不动你的登记册"))
    demo.add_argument("--out", type=path_argument, metavar="DIR", default="demo", help=_("演示的东西放在哪个文件夹（默认 demo）"))


def _taken(kind: ReportKind) -> str:
    """A report with the options that it takes; masking goes without saying."""
    options = " ".join(options_of(kind))
    return _("{name} {title}（{options}）").format(name=kind.name, title=kind.title, options=options)


def _add_merging(verbs: "argparse._SubParsersAction[Parser]") -> None:
    each = add_verb(verbs, "duplicates", "cli.merging:run_duplicates", _("可能重复的记录"))
    kinds = [form.kind for form in FORMS.values() if form.main in MERGEABLE]
    each.add_argument(
        "what", choices=kinds, metavar="KIND", help=_("，").join(f"{kind} {_(FORMS[kind].label)}" for kind in kinds)
    )
    merge = add_verb(verbs, "merge", "cli.merging:run_merge", _("把一条记录并入另一条"))
    merge.add_argument("keep", metavar="KEEP", help=_("保留的记录标识，见 duplicates"))
    merge.add_argument("drop", metavar="DROP", help=_("并入的记录标识"))
    merge.add_argument("--field", action="append", metavar="NAME=drop", help=_("这个字段用并入的记录的值，可以写几次"))
    merge.add_argument("--plan", action="store_true", help=_("只预览，不写入"))
    distinct = add_verb(verbs, "distinct", "cli.merging:run_distinct", _("标为不同：以后不再提示这两条重复"))
    distinct.add_argument("one", metavar="A")
    distinct.add_argument("other", metavar="B")


def _add_exchange(verbs: "argparse._SubParsersAction[Parser]") -> None:
    each = add_verb(verbs, "exchange", "cli.exchange:run_exchange", _("几台电脑交换登记册：交出、收下、决定两边写得不一样的"))
    told = _("give 交出，take 收下，status 谁交过什么，conflicts 两边写得不一样的，decide 决定一处，key 办公室的公钥")
    actions = ["give", "take", "status", "conflicts", "decide", "key"]
    each.add_argument("action", choices=actions, metavar="ACTION", help=told)
    each.add_argument("what", nargs="*", metavar="WHAT", help=_("文件 .jhx；decide 的记录标识、字段、mine|theirs|第几个|keep|remove"))
    each.add_argument("--to", metavar="NAME", help=_("give：只交给一个人（姓名或设备编号）还没有的"))
    each.add_argument("--purpose", metavar="TEXT", help=_("give：做什么用，写进操作留痕"))
    each.add_argument("--all", action="store_true", help=_("give：全部，第一次交给对方时用"))
    each.add_argument("--office", type=path_argument, metavar="FILE.jhkey", help=_("give：用办公室的公钥封，不用口令"))
    each.add_argument("--town", action="append", metavar="REGION", help=_("give：只要这个镇街的（可以写几次），交给用 office export --town 分出去的电脑"))
    each.add_argument("--plan", action="store_true", help=_("take：只看会收下什么，不写入"))
    each.add_argument("--full", action="store_true", help=_("不脱敏（会留下记录）"))


def _add_people(verbs: "argparse._SubParsersAction[Parser]") -> None:
    person = add_verb(verbs, "person", "cli.people:run_person", _("一个人的全部信息，从哪里来；更正"))
    person.add_argument("uid", nargs="?", metavar="UID", help=_("记录标识，见 list workers --json"))
    person.add_argument("--id", metavar="NUMBER", help=_("完整的证件号码"))
    person.add_argument("--out", metavar="FILE", help=_("写到 .pdf、.xlsx 或 .docx"))
    add_handed_to(person)
    person.add_argument("--correct", action="append", metavar="FIELD=TEXT", help=_("更正一个字段，可以写几次（与 --reason 一起）"))
    person.add_argument("--reason", metavar="TEXT", help=_("更正的原因：谁在什么时候申请的"))
    shown = person.add_mutually_exclusive_group()
    shown.add_argument("--masked", action="store_true", help=_("脱敏（默认）"))
    shown.add_argument("--full", action="store_true", help=_("不脱敏（会留下记录）"))
    erase = add_verb(verbs, "erase", "cli.people:run_erase", _("依申请删除个人信息，不能撤销；各天的会员数不变"))
    erase.add_argument("uids", nargs="*", metavar="UID", help=_("记录标识，见 list workers --json"))
    erase.add_argument("--reason", metavar="TEXT", help=_("删除的原因，里面不要写姓名和号码"))
    erase.add_argument("--mentions", nargs="+", metavar="UID", help=_("这些记录的文字里也去掉姓名和号码；all 是全部"))
    erase.add_argument("--backups", action="store_true", help=_("先做一份新备份，再删去还存着他的备份和旧文件"))
    doing = erase.add_mutually_exclusive_group()
    doing.add_argument("--plan", action="store_true", help=_("只预览，不写入"))
    doing.add_argument("--list", action="store_true", help=_("列出已经删除过的：何时、经办人、原因"))
    kept = add_verb(verbs, "retention", "cli.people:run_retention", _("保存期限：谁的个人信息到期该处理"))
    kept.add_argument("--as-of", type=day_argument, metavar="DATE", help=_("按哪一天算（默认今天）"))
    kept.add_argument("--out", metavar="FILE.xlsx", help=_("写到 .xlsx"))
    add_handed_to(kept)
    kept.add_argument("--set", action="append", metavar="STATE=YEARS", help=_("改一种会籍状态的保存年数，例如 退会=3；0 是不设期限"))


def _add_keeping(verbs: "argparse._SubParsersAction[Parser]") -> None:
    add_verb(verbs, "init", "cli.keeping:run_init", _("建立新的登记册，显示恢复码"))
    check = add_verb(verbs, "check", "cli.keeping:run_check", _("检查登记册、密钥文件、日志和操作留痕是否完好"))
    check.add_argument("--deep", action="store_true", help=_("连每个索引也核对"))
    check.add_argument("--backups", action="store_true", help=_("备份也逐份核对"))
    rescue = add_verb(verbs, "rescue", "cli.rescuing:run_rescue", _("登记册损坏时：把还读得出的记录写进一本新的登记册"))
    rescue.add_argument("out", type=path_argument, metavar="FOLDER", help=_("新的登记册放在哪个文件夹，要空的或者还没有的"))
    backup = add_verb(verbs, "backup", "cli.backing:run_backup", _("备份"))
    wish = backup.add_mutually_exclusive_group()
    wish.add_argument("out", nargs="?", type=path_argument, metavar="OUT", help=_("文件或文件夹；没有写时放在登记册旁边"))
    wish.add_argument("--list", action="store_true", help=_("列出备份：什么时候、为什么、有多少人"))
    wish.add_argument("--check", action="store_true", help=_("把每份备份读一遍，看是否完好，再列出来"))
    wish.add_argument("--second", type=path_argument, metavar="DIR", help=_("以后每份备份也存到这里，例如优盘"))
    wish.add_argument("--no-second", action="store_true", help=_("以后不再存到第二个地方"))
    restore = add_verb(verbs, "restore", "cli.backing:run_restore", _("恢复备份"))
    restore.add_argument("file", type=path_argument, metavar="FILE")
    restore.add_argument("--plan", action="store_true", help=_("只看这份备份里有什么，和现在的比一比"))
    secret = add_verb(verbs, "passphrase", "cli.keeping:run_passphrase", _("更改口令"))
    secret.add_argument("--viewer", action="store_true", help=_("改的是查看口令：用它打开只能看，号码打星号"))
    secret.add_argument("--remove", action="store_true", help=_("取消查看口令，和 --viewer 一起用"))
    _add_trail(verbs)
    office = add_verb(verbs, "office", "cli.office:run_office", _("办公室的登记册：很多人同时用，放在服务器上"))
    acts = _(
        "init 建立登记册，或者升级到新版本；users 用户；import 把文件夹里的登记册搬进来；export 分给一台电脑；"
        "backup、restore 备份和恢复；check 核对；city 全市各区县合起来看"
    )
    office.add_argument(
        "act", choices=["init", "users", "import", "export", "backup", "restore", "check", "city"], metavar="ACT", help=acts
    )
    office.add_argument("what", nargs="*", metavar="WHAT", help=_(
        "users 的 list、add、change、remove、towns，后面写用户名；import 的文件夹，backup、restore 的文件"
    ))  # fmt: skip
    office.add_argument("--out", type=path_argument, metavar="FOLDER", help=_("export：新的登记册放在哪个文件夹"))
    office.add_argument("--town", action="append", metavar="REGION", help=_("export：只要这个镇街的（可以写几次），不写是整本"))
    office.add_argument("--district", metavar="REGION", help=_("init、import、restore：全市的数据库里，这个区县自己的那一本"))
    office.add_argument("--to", metavar="TEXT", help=_("export：交给谁，写进操作留痕"))
    office.add_argument("--role", metavar="ROLE", help=_("用户的身份：管理员、区县、组织员、查看"))
    office.add_argument("--name", metavar="NAME", help=_("用户的姓名，写进日志"))
    office.add_argument("--towns", metavar="CODES", help=_("组织员的镇街：区划代码或名称，几个用逗号隔开"))
    office.add_argument("--password", action="store_true", help=_("change：给用户一个新口令（问，或者环境变量 JIANHUI_NEW_PASSWORD）"))
    office.add_argument("--known", action="store_true", help=_("add：服务器已经有这个用户，口令不变"))


def _add_trail(verbs: "argparse._SubParsersAction[Parser]") -> None:
    trail = add_verb(verbs, "trail", "cli.trail:run_trail", _("操作留痕：谁打开、查看、打印、导出、备份、恢复过"))
    prints = add_verb(verbs, "prints", "cli.trail:run_prints", _("打印记录：谁打印、导出过什么，多少行，脱敏还是完整，交给谁、做什么用"))
    for each in (trail, prints):
        each.add_argument("--since", type=day_argument, metavar="DATE", help=_("从哪一天起"))
        each.add_argument("--until", type=day_argument, metavar="DATE", help=_("到哪一天为止"))
        each.add_argument("--who", metavar="NAME", help=_("只看一个人做的"))
        each.add_argument("--search", metavar="TEXT", help=_("只列出含有这些字的"))
        each.add_argument("--out", type=path_argument, metavar="FILE", help=_("写到 .xlsx、.csv、.pdf 或 .docx"))
    acts = _("，").join(f"{key} {word(key)}" for key in ACTS)
    trail.add_argument("--act", metavar="ACT", help=_("只看一种操作：{acts}").format(acts=acts))
    numbers = _("只看一种：full 完整号码的，masked 脱敏的")
    prints.add_argument("--numbers", choices=["full", "masked"], metavar="WHICH", help=numbers)
    add_handed_to(trail, prints)


def run(argv: Sequence[str], open_window: OpenWindow, paint_home: PaintHome) -> int:
    """Parse ``argv`` and answer it; returns the exit code. Modules are loaded only for the verb that needs them.

    What was stored is told before what failed afterwards, be it by the answer or, where that failed, by the batch's number.

    ``open_window(folder)`` answers where there is no verb; ``paint_home(folder, passphrase, path)`` paints the window's
    first page as a picture for the demo. They come from outside, for the terminal's room knows no window.
    """
    arguments = parser().parse_args(list(argv))
    if arguments.verb is None:
        from cli.folder import folder_of

        return open_window(folder_of(arguments))
    check_handed_to(arguments)
    module, function = arguments.verb.split(":")
    arguments.paint_home = paint_home
    # warnings are told last; what failed after something was stored makes the exit status 1; batches that were stored
    arguments.warnings, arguments.afterwards, arguments.stored = [], [], []
    verb: Verb = getattr(import_module(module), function)
    try:
        code = verb(arguments)
        if sys.stdout is not None:  # a program started without a console has none
            sys.stdout.flush()  # what was done is read before what did not work afterwards
    except BaseException:
        if arguments.stored:
            numbers = _("、").join(map(str, arguments.stored))
            print(_("已经写入登记册：批次 {numbers}。后面的没有做完：").format(numbers=numbers), file=sys.stderr)
        raise
    finally:
        for sentence in (*arguments.afterwards, *arguments.warnings):
            print(sentence, file=sys.stderr)
    return 1 if arguments.afterwards else code
