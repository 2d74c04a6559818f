"""How the command line is parsed: argparse, speaking Chinese, and telling a mistyped command as a person's mistake."""

import argparse
import datetime as dt
import re
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

from models.errors import UserError
from models.language import N_, _
from models.values.days import precision, read_day

#: What argparse says in English, and how we say it; ``{0}`` … are the parts in brackets.
_SENTENCES = (
    (r"the following arguments are required: (.+)", N_("缺少 {0}")),
    (r"unrecognized arguments: (.+)", N_("不认识 {0}")),
    (r"argument (.+?): invalid choice: (.+) \(choose from (.+)\)", N_("{0} 不能是 {1}，可以是 {2}")),
    (r"argument (.+?): expected (?:one|at least one) argument", N_("{0} 后面要写内容")),
    (r"argument (.+?): invalid int value: (.+)", N_("{0} 要写整数，不能是 {1}")),
    (r"argument (.+?): not allowed with argument (.+)", N_("{0} 不能与 {1} 一起用")),
)


class Parser(argparse.ArgumentParser):
    """A parser whose help is Chinese, and whose complaint is one sentence and exit 1: 2 means a bug of ours."""

    def __init__(self, **options: Any) -> None:
        """``options`` as for argparse. Options are never abbreviated: a script must mean the same with later versions."""
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Help, **options)
        self._positionals.title, self._optionals.title = _("参数"), _("选项")
        self.add_argument("-h", "--help", action="help", help=_("显示这份说明"))

    def error(self, message: str) -> NoReturn:
        """Say how the command is used and stop with exit code 1."""
        self.print_usage(sys.stderr)
        print(_("命令写得不对：{message}。").format(message=_in_chinese(message)), file=sys.stderr)
        raise SystemExit(1)


class _Help(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, _("用法：") if prefix is None else prefix)


def day_argument(text: str) -> dt.date:
    """The whole day that an option such as ``--as-of`` names. UserError for anything else."""
    day = read_day(text).day
    if day is None or precision(day) != "day":
        raise UserError(_("“{text}”不是日期，请写成 2026-06-30。").format(text=text))
    return dt.date.fromisoformat(day)


def _in_chinese(message: str) -> str:
    for pattern, sentence in _SENTENCES:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return _(sentence).format(*(part.replace("'", "").replace(", ", _("、")) for part in found.groups()))
    return message
