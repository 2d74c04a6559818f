"""How the command line is parsed: argparse, speaking Chinese, and telling a mistyped command as a person's mistake.

Whatever a verb is given is bounded here, where it comes in: texts in their length, numbers and days in their range, paths by
what the disk can name. The verbs need not look again.
"""

import argparse
import datetime as dt
import errno
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn

from models.engine.addresses import is_address
from models.language import N_, _
from models.values.days import FIRST_YEAR, LAST_YEAR, precision, read_day
from models.values.masking import quote

#: Characters of one argument: more than any note or path has.
LONGEST = 4_000
#: The highest number of a batch that is looked for.
LAST_BATCH = 999_999_999
#: Days to look ahead: a hundred years.
MOST_DAYS = 36_500
#: What a disk says of a name that it cannot have; Windows has numbers of its own: a name that cannot be, a name too long.
_NO_NAME = frozenset({errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ})
_NO_NAME_ON_WINDOWS = frozenset({123, 206})
_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3})?")
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")

#: What argparse says in English, and how we say it; ``{0}`` … are the parts in brackets.
_SENTENCES = (
    (r"the following arguments are required: (.+)", N_("缺少 {0}")),
    (r"unrecognized arguments: (.+)", N_("不认识 {0}")),
    (r"argument (.+?): invalid choice: (.+) \(choose from (.+)\)", N_("{0} 不能是 {1}，可以是 {2}")),
    (r"argument (.+?): expected (?:one|at least one) argument", N_("{0} 后面要写内容")),
    (r"argument (.+?): not allowed with argument (.+)", N_("{0} 不能与 {1} 一起用")),
    (r"argument (.+?): (.+)", N_("{0}：{1}")),  # what the types below say of a value
)
#: Characters of a mistyped part that are repeated.
_REPEATED = 400


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


def program() -> str:
    """How a person starts this program: ``jianhui`` where it was installed as a package, ``main.py`` in the tree."""
    return "jianhui" if Path(sys.argv[0]).stem == "jianhui" else "main.py"


def text_argument(text: str) -> str:
    """Any argument that has no other type: what can be written down, and no longer than :data:`LONGEST`."""
    if len(text) > LONGEST:
        told = _("太长了：最多 {most} 个字符，这里有 {count} 个")
        raise argparse.ArgumentTypeError(told.format(most=LONGEST, count=len(text)))
    try:
        text.encode()
    except UnicodeEncodeError as error:  # bytes of another encoding, which the system hands over as they are
        raise argparse.ArgumentTypeError(_("里有认不出的字符（不是 UTF-8），请改名或重新输入")) from error
    return text


def path_argument(text: str) -> str:
    """The path of a file or folder, which need not be there: not empty, and such that the disk can name it."""
    if not text_argument(text).strip():
        raise argparse.ArgumentTypeError(_("是空的，请写文件或文件夹"))
    try:
        Path(text).stat()
    except OSError as error:
        if error.errno in _NO_NAME or getattr(error, "winerror", None) in _NO_NAME_ON_WINDOWS:
            raise argparse.ArgumentTypeError(_("不能是“{text}”：这个路径太长，或者不能用").format(text=quote(text))) from error
    except ValueError as error:
        raise argparse.ArgumentTypeError(_("不能是“{text}”：这个路径太长，或者不能用").format(text=quote(text))) from error
    return text


def data_argument(text: str) -> str:
    """Where a register is: a folder as :func:`path_argument` takes it, or the address of an office's."""
    return text_argument(text) if is_address(text) else path_argument(text)


def whole_argument(least: int, most: int) -> Callable[[str], int]:
    """The type of a whole number from ``least`` to ``most``; full-width digits are read too."""

    def whole(text: str) -> int:
        plain = unicodedata.normalize("NFKC", text).strip()
        if not _WHOLE.fullmatch(plain) or not least <= int(plain) <= most:
            told = _("要写 {least} 到 {most} 的整数，不能是“{text}”")
            raise argparse.ArgumentTypeError(told.format(least=least, most=most, text=quote(text)))
        return int(plain)

    return whole


def number_argument(least: float, most: float) -> Callable[[str], float]:
    """The type of a number with or without decimals from ``least`` to ``most``; full-width digits are read too."""

    def number(text: str) -> float:
        plain = unicodedata.normalize("NFKC", text).strip()
        if not _NUMBER.fullmatch(plain) or not least <= float(plain) <= most:
            told = _("要写 {least} 到 {most} 的数，不能是“{text}”")
            raise argparse.ArgumentTypeError(told.format(least=least, most=most, text=quote(text)))
        return float(plain)

    return number


#: The types of a year of the calendar, a batch's number, and days to look ahead.
year_argument = whole_argument(FIRST_YEAR, LAST_YEAR)
batch_argument = whole_argument(1, LAST_BATCH)
days_argument = whole_argument(0, MOST_DAYS)


def day_argument(text: str) -> dt.date:
    """The whole day that an option such as ``--as-of`` names."""
    day = read_day(text).day
    if day is None or precision(day) != "day":
        told = _("“{text}”不是日期，请写成 2026-06-30，年份从 {first} 到 {last}")
        raise argparse.ArgumentTypeError(told.format(text=quote(text), first=FIRST_YEAR, last=LAST_YEAR))
    return dt.date.fromisoformat(day)


def _in_chinese(message: str) -> str:
    for pattern, sentence in _SENTENCES:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return _(sentence).format(*map(_part, found.groups()))
    return message[:_REPEATED]


def _part(said: str) -> str:
    plain = said.replace("'", "").replace(", ", _("、"))
    return plain if len(plain) <= _REPEATED else plain[:_REPEATED] + "…"
