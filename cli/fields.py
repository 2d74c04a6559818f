"""``fields``: own fields (自有字段) of workers, employers and unions."""

import argparse
from typing import Any

from cli.opening import Opened, opened
from cli.output import print_json, print_table
from models.editing.own_fields import (
    NewField,
    OwnFieldLine,
    add_own_fields,
    change_own_field,
    find_own_field,
    own_fields,
)
from models.errors import UserError
from models.language import _
from models.records.catalogue import kind_of
from models.records.forms import FORMS
from models.records.own_field import BEARERS, KINDS

#: The lists whose records can have own fields, by what the command line calls them: workers → worker.
LISTS = {kind: kind_of(form.main) for kind, form in FORMS.items() if kind_of(form.main) in BEARERS}


def run_fields(arguments: argparse.Namespace) -> int:
    """Change the fields as asked, then list them."""
    writing = arguments.action != "list"
    with opened(arguments, _("更改自有字段") if writing else "") as here:
        if writing:
            _ACTIONS[arguments.action](arguments, here)
        found = own_fields()
    shown = [each for each in found if arguments.kind in (None, _list_of(each))]
    if arguments.json:
        print_json({"fields": list(map(_object, shown))} | here.afterwards)
        return 0
    rows: list[list[Any]] = [
        [
            each.name, _(FORMS[_list_of(each)].label), _(KINDS[each.kind]), _("、").join(each.options) or None,
            _("是") if each.active else _("否"), each.filled,
        ]
        for each in shown
    ]  # fmt: skip
    print_table([_("字段名称"), _("属于"), _("内容"), _("选项"), _("在用"), _("填了的记录")], rows)
    return 0


def _list_of(each: OwnFieldLine) -> str:
    return next(kind for kind, record in LISTS.items() if record == each.record)


def _object(each: OwnFieldLine) -> dict[str, Any]:
    return {
        "uid": each.uid, "field": each.field, "list": _list_of(each), "name": each.name, "kind": each.kind,
        "options": list(each.options), "old_options": list(each.old_options), "active": each.active, "filled": each.filled,
    }  # fmt: skip


def _named(arguments: argparse.Namespace) -> str:
    """The one field that is meant; of ``rename`` its new name stands behind it."""
    if len(arguments.what) != (2 if arguments.action == "rename" else 1):
        raise UserError(_("请写明是哪个自有字段；改名还要写新的名称。"))
    return str(arguments.what[0])


def _held(arguments: argparse.Namespace) -> OwnFieldLine:
    return find_own_field(_named(arguments), LISTS[arguments.kind] if arguments.kind else "")


def _add(arguments: argparse.Namespace, here: Opened) -> None:
    options = tuple(each for each in (arguments.options or "").replace("、", ",").replace("，", ",").split(",") if each.strip())
    wanted = NewField(LISTS[arguments.kind or "workers"], _named(arguments), arguments.content, options)
    add_own_fields([wanted], here.author)


def _rename(arguments: argparse.Namespace, here: Opened) -> None:
    change_own_field(_held(arguments).uid, here.author, name=arguments.what[1])


def _retire(arguments: argparse.Namespace, here: Opened) -> None:
    change_own_field(_held(arguments).uid, here.author, active=False)


def _restore(arguments: argparse.Namespace, here: Opened) -> None:
    change_own_field(_held(arguments).uid, here.author, active=True)


_ACTIONS = {"add": _add, "rename": _rename, "retire": _retire, "restore": _restore}
