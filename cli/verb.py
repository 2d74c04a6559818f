"""One verb of the command line, with what all verbs take."""

import argparse

from cli.parsing import Parser, data_argument, text_argument
from models.language import _


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
