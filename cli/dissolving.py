"""``dissolve``: a union that is no more, and what becomes of its members."""

import argparse

from cli.opening import opened
from cli.output import answer
from models.drive.case_file import find_union
from models.drive.cases import reconcile, taken_back
from models.editing.dissolving import members_left
from models.editing.endings import dissolve_union
from models.language import _


def run_dissolve(arguments: argparse.Namespace) -> int:
    """Dissolve a union on a day; its coverages end, the cases of its employers open again, its members go where it is said."""
    with opened(arguments, _("撤销工会")) as here:
        uid = find_union(arguments.name)
        members = members_left(uid)
        number = dissolve_union(uid, arguments.date, here.author, here.today, arguments.members)
        cases = "" if taken_back() else reconcile(here.today, here.author, here.index).text
    sentence = _("已撤销，批次 {number}；{count:,} 名会员的会籍已经处理。").format(number=number, count=members)
    told = {"uid": uid, "batch": number, "members": members, "cases": cases}
    answer(arguments.json, told | here.afterwards, " ".join(part for part in (sentence, cases) if part))
    return 0
