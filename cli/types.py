"""``types``: the unions without a type, what their names suggest, and confirming it."""

import argparse
import dataclasses

from cli.figures import scope_of
from cli.opening import opened
from cli.output import answer, print_table
from models.editing.union_types import confirm_types, type_guesses
from models.language import _

_ALL = "all"


def run_types(arguments: argparse.Namespace) -> int:
    """List them, or write the suggested type of the unions named by ``--confirm``."""
    with opened(arguments, _("填写工会类型") if arguments.confirm else "") as here:
        region = scope_of(arguments.region, here.index).region
        below = here.index.below(region) if region else None
        found = [each for each in type_guesses() if below is None or each.region in below]
        done = None
        if arguments.confirm:
            wanted = {each.uid for each in found if _ALL in arguments.confirm or each.uid in arguments.confirm}
            done = confirm_types(wanted, here.author)
    told = [dataclasses.asdict(each) for each in found]
    if done is not None:
        sentence = _("已填 {count:,} 个工会的类型。").format(count=done.changed)
        answer(arguments.json, {"types": told} | dataclasses.asdict(done) | here.afterwards, sentence)
        return 0
    if not arguments.json:
        titles = [_("记录标识"), _("名称"), _("像是"), _("确认以前不计数")]
        print_table(titles, [[each.uid, each.name, _(each.union_type), _("是") if each.uncounted else ""] for each in found])
    answer(arguments.json, {"types": told}, _("没写类型、名称看得出的工会共 {count:,} 个。").format(count=len(found)))
    return 0
