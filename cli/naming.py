"""What ``groups`` and ``ledger kinds`` have in common: other wordings, new names, out of use and back."""

import argparse
from collections.abc import Callable
from typing import Any

from models.errors import UserError
from models.journal.writer import Author
from models.language import _


def change_named(
    arguments: argparse.Namespace, author: Author, find: Callable[[str], Any], change: Callable[..., Any]
) -> None:
    """Do what --alias, --rename, --retire and --restore ask.

    ``find(name)`` answers what is called so, with its ``uid`` and ``aliases``; ``change(uid, author, ...)`` changes it. Raises
    what the two raise, and UserError for a pair that is none.
    """
    if arguments.alias:
        name, text = _pair(arguments.alias)
        found = find(name)
        change(found.uid, author, aliases=[*found.aliases, text])
    if arguments.rename:
        name, text = _pair(arguments.rename)
        change(find(name).uid, author, name=text)
    for name, active in ((arguments.retire, False), (arguments.restore, True)):
        if name:
            change(find(name).uid, author, active=active)


def _pair(text: str) -> tuple[str, str]:
    """The two sides of "NAME=TEXT"."""
    name, sign, other = text.partition("=")
    if not (name.strip() and sign and other.strip()):
        raise UserError(_("请写成 名称=内容，例如 外卖配送员=骑手；不能是“{text}”。").format(text=text))
    return name.strip(), other.strip()
