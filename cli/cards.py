"""``report cards|labels --card ?``: the layouts of cards and labels, and own ones kept among them."""

import argparse

from cli.opening import opened
from cli.output import print_json, print_table
from models.language import _
from models.lists.card_forms import card_forms, plain
from models.worklists.kinds import OF


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
