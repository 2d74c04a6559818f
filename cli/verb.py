"""One verb of the command line, with what all verbs take, and with what those take that hand something out."""

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from cli.parsing import Parser, data_argument, text_argument
from models.errors import UserError
from models.language import _

if TYPE_CHECKING:
    from models.trail.entry import Act


def add_verb(verbs: "argparse._SubParsersAction[Parser]", name: str, function: str, text: str) -> Parser:
    """Add a verb that ``function`` (``module:function``) answers; ``text`` is its help."""
    added = verbs.add_parser(name, help=text, description=text)
    # without a default of its own, --data may stand before the verb as well as after it
    where = _("登记册所在的文件夹，或者办公室登记册的地址 postgresql://…")
    added.add_argument("--data", type=data_argument, metavar="DIR", default=argparse.SUPPRESS, help=where)
    added.add_argument("--json", action="store_true", help=_("只输出一个 JSON 对象"))
    added.set_defaults(verb=function, name_of_verb=name)
    added.register("type", None, text_argument)  # the type of what names none
    return added


def add_handed_to(*verbs: Parser) -> None:
    """Add to verbs that write a file out of the register to whom it goes and what for."""
    for each in verbs:
        each.add_argument("--to", metavar="TEXT", help=_("交给谁，写进操作留痕（与 --out 一起）"))
        add_purpose(each)


def add_purpose(each: Parser) -> None:
    """Add what something is handed out for, to a verb that knows to whom."""
    each.add_argument("--purpose", metavar="TEXT", help=_("做什么用，写进操作留痕（与 --out 一起）"))
    each.set_defaults(hands_out=True)


def check_handed_to(arguments: argparse.Namespace) -> None:
    """UserError for a recipient or a purpose of what is not handed out: what has no effect must not look as if it had."""
    said = [option for option in ("to", "purpose") if getattr(arguments, option, None)]
    if said and getattr(arguments, "hands_out", False) and not getattr(arguments, "out", None):
        raise UserError(_("{options} 要与 --out 一起用：没有写出文件，就没有交给谁。").format(
            options=_("、").join(f"--{each}" for each in said)))  # fmt: skip


def given_to(arguments: argparse.Namespace, act: "Act") -> "Act":
    """The act with what ``--to`` and ``--purpose`` say of it."""
    return replace(act, recipient=arguments.to or act.recipient, purpose=arguments.purpose or act.purpose)
