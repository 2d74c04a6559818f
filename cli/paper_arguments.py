"""The verbs of what is handed up, and of the papers of founding and joining."""

import argparse

from cli.parsing import Parser, day_argument, path_argument, whole_argument
from cli.verb import add_handed_to, add_purpose, add_verb
from models.language import _


def add_handing_up(verbs: "argparse._SubParsersAction[Parser]") -> None:
    """Add ``handin``."""
    each = add_verb(verbs, "handin", "cli.handins:run_handin", _("上报：按对方的模板写表、只报变化的、读回结果"))
    told = _(
        "上报表的名称，见 --list；或者 read 读回对方的结果、past 看报过的、show 看模板、keep 保存自己的模板、forget 删除它"
    )
    each.add_argument("name", nargs="?", metavar="NAME", help=told)
    each.add_argument("what", nargs="?", metavar="WHAT", help=_("read 的文件，past 的记录标识，show、keep、forget 的模板名称"))
    each.add_argument("--list", action="store_true", help=_("列出所有上报表"))
    each.add_argument("--out", type=path_argument, metavar="FILE.xlsx", help=_("写到 .xlsx；证件号和电话是完整的，会留下记录"))
    each.add_argument("--since-last", action="store_true", help=_("只写上次上报以后新的、有变化的和上次没成功的"))
    each.add_argument("--union", metavar="NAME", help=_("只报一个工会的"))
    each.add_argument("--region", metavar="NAME", help=_("只报一个区县或镇街的"))
    each.add_argument("--split", action="store_true", help=_("一个工会一个文件，工会名称写在文件名后面"))
    each.add_argument("--with-refused", action="store_true", help=_("对方会退回的行也写进去"))
    each.add_argument("--masked", action="store_true", help=_("号码打星号，只供核对，不记为上报"))
    each.add_argument("--to", metavar="TEXT", help=_("交给谁，写进操作留痕"))
    add_purpose(each)
    each.add_argument("--template", metavar="NAME", help=_("read：这份结果是哪张上报表的（默认按栏目认）"))
    each.add_argument("--file", type=path_argument, metavar="FILE.json", help=_("keep：模板文件"))


def add_founding_papers(verbs: "argparse._SubParsersAction[Parser]") -> None:
    """Add ``paper``."""
    each = add_verb(verbs, "paper", "cli.papers:run_paper", _("文书：入会、建会、换届的文书，照台账填好，编文号，记下出具过"))
    told = _("文书的名称，见 --list；或者 numbers 看文号和定前缀、template 取出模板、replace 换成自己的模板")
    each.add_argument("name", nargs="?", metavar="NAME", help=told)
    each.add_argument("what", nargs="?", metavar="WHAT", help=_("template、replace 的文书名称"))
    each.add_argument("--list", action="store_true", help=_("列出所有文书"))
    each.add_argument("--out", type=path_argument, metavar="FILE", help=_("写到 .docx 或 .pdf"))
    add_handed_to(each)
    each.add_argument("--employer", metavar="NAME", help=_("一个单位：名称、信用代码或记录标识"))
    each.add_argument("--union", metavar="NAME", help=_("一个工会"))
    each.add_argument("--person", metavar="NAME", help=_("一个人：姓名、证件号码或记录标识"))
    each.add_argument("--set", action="append", metavar="NAME=TEXT", help=_("改一处填的内容，例如 主席=赵示例，可以写几次"))
    each.add_argument("--day", type=day_argument, metavar="DATE", help=_("文书的日期（默认今天）"))
    each.add_argument("--number", metavar="TEXT", help=_("不用下一个文号，用这一个"))
    each.add_argument("--draft", action="store_true", help=_("草稿：不编文号，不记为出具"))
    each.add_argument("--full", action="store_true", help=_("证件号码和电话不打星号（会留下记录）"))
    each.add_argument("--prefix", metavar="TEXT", help=_("numbers：机关代字，例如 渝工发"))
    each.add_argument("--first", type=whole_argument(1, 99_999), metavar="N", help=_("numbers：从几号开始，前面的在别处用过了"))
    each.add_argument("--file", type=path_argument, metavar="FILE.docx", help=_("replace：自己的模板；不写就换回自带的"))
