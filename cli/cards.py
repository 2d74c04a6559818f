"""``report cards|labels``: ``--card ?`` tells the layouts, ``--keep NAME --form FILE`` and ``--forget NAME`` are for own ones."""

import argparse
import json
from pathlib import Path

from cli.opening import opened
from cli.output import answer, print_json, print_table
from models.errors import UserError
from models.files.given import read_text
from models.language import _
from models.lists.card_forms import card_forms, find_card, forget_card, keep_card, plain
from models.worklists.kinds import OF

#: A layout of cards is a few lines.
_MOST = 1 << 20


def tell_cards(use: str, arguments: argparse.Namespace) -> int:
    """Tell the layouts of cards or labels; JSON has them whole, to be changed and kept under another name."""
    with opened(arguments):
        found = card_forms(use)
    if arguments.json:
        print_json({"cards": [{"name": each.name, "kept": bool(each.uid), "form": plain(each)} for each in found]})
        return 0
    lines = [
        [each.key, each.shown, _(OF[each.of]), f"{each.width:g}×{each.height:g}", each.a_sheet, _("自己的") if each.uid else _("自带")]
        for each in found
    ]  # fmt: skip
    print_table([_("版式"), _("名称"), _("给谁"), _("毫米"), _("每页"), _("来源")], lines)
    return 0


def keep_cards(use: str, arguments: argparse.Namespace) -> int:
    """Keep an own layout from a file, or forget one; each is a batch that ``undo`` takes back. UserError as ``read_card``."""
    if arguments.forget:
        with opened(arguments, _("删除版式")) as here:
            batch = forget_card(find_card(use, arguments.forget), here.author)
        told = {"forgotten": arguments.forget, "batch": batch}
        answer(arguments.json, told | here.afterwards, _("已删除版式“{name}”。").format(name=arguments.forget))
        return 0
    if not (arguments.keep and arguments.form):
        raise UserError(_("存自己的版式要写名称和文件：--keep 名称 --form 文件.json。"))
    path = Path(arguments.form)
    try:
        given = json.loads(read_text(path, _MOST))
    except ValueError as error:
        raise UserError(_("《{name}》不是 JSON，读不了。").format(name=path.name)) from error
    if isinstance(given, dict):
        given = given.get("form", given) | {"use": use}
    with opened(arguments, _("保存版式")) as here:
        batch = keep_card(arguments.keep, given, here.author)
    told = {"kept": arguments.keep, "batch": batch}
    answer(arguments.json, told | here.afterwards, _("已存为版式“{name}”。").format(name=arguments.keep))
    return 0
