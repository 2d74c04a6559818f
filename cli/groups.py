"""``groups``: the table of occupation groups."""

import argparse
import dataclasses
from typing import Any

from cli.naming import change_named
from cli.opening import Opened, opened
from cli.output import print_json, print_table
from models.editing import groups
from models.language import _


def run_groups(arguments: argparse.Namespace) -> int:
    """Change the table as asked, then list it."""
    wishes = ("add", "alias", "rename", "retire", "restore")
    writing = any(getattr(arguments, wish) for wish in wishes)
    with opened(arguments, _("更改群体") if writing else "") as here:
        _change(arguments, here)
        found = groups.groups()
    if arguments.json:
        print_json({"groups": list(map(dataclasses.asdict, found))})
        return 0
    rows: list[list[Any]] = [
        [
            _(each.name), _(each.parent or "") or None, _yes(each.new_form), _yes(each.active), each.workers, each.members,
            _("、").join(each.aliases),
        ]
        for each in found
    ]  # fmt: skip
    print_table([_("群体"), _("归类"), _("新就业形态"), _("在用"), _("职工"), _("会员"), _("其他叫法")], rows)
    return 0


def _yes(value: bool) -> str:
    return _("是") if value else _("否")


def _change(arguments: argparse.Namespace, here: Opened) -> None:
    if arguments.add:
        groups.add_group(
            arguments.add, here.author, arguments.parent or groups.LOCAL, new_form=not arguments.not_new_form
        )
    change_named(arguments, here.author, groups.find_group, groups.change_group)
