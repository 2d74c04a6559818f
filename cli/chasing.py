"""``chase``: what is due from unions: who has handed in and who has not; the rules; what a person says of a sheet."""

import argparse
import datetime as dt
from collections import Counter
from typing import Any

from cli.opening import Opened, opened, say
from cli.output import answer, out_path, print_json, print_table
from cli.verb import given_to
from models.chasing import rules as due_rules
from models.chasing.due import STATES, Item, items, tally
from models.chasing.marking import close, keys_of, take_back
from models.chasing.rules import UNIONS, find_rule
from models.errors import UserError
from models.figures.periods import key_of, read_period
from models.language import N_, _
from models.ledger.entries import find_union
from models.records.chasing import DueRule
from models.records.region import home_district
from models.trail.entry import Act
from models.values.columns import columns_of
from models.values.region_index import RegionIndex
from reports.chase_list import phone_shown, state_word, tally_told, write_items
from reports.handing_over import hand_over


def run_chase(arguments: argparse.Namespace) -> int:
    """Answer the verb's action."""
    actions = {
        "list": _list, "rules": _rules, "add": _add, "change": _change, "remove": _remove, "close": _close, "excuse": _close,
        "reopen": _reopen,
    }  # fmt: skip
    return actions[arguments.action](arguments)


def _list(arguments: argparse.Namespace) -> int:
    out = out_path(arguments, "xlsx", "csv")
    with opened(arguments) as here:
        day = arguments.as_of or here.today
        found = _chosen(arguments, here)
        shown = [each for each in found if arguments.all or each.open]
        if out:
            act = given_to(arguments, Act("export", N_("催报清单"), len(shown)))
            say(hand_over(here.author, act, write_items, out, shown, here.index).note)
        if arguments.json:
            counted = Counter(each.state for each in found)
            sums = tally(found, day)
            told = {"as_of": day.isoformat()} | {state: counted[state] for state in STATES}
            told |= {"due_count": sums.due, "not_due_count": sums.not_due, "not_due_came": sums.early}
            listed = [_object(each, here.index) for each in shown]
            print_json(told | {"items": listed} | ({"out": str(out)} if out else {}))
        elif out:
            print(_("已写入 {path}，共 {count} 行。").format(path=out, count=len(shown)))
        else:
            _print(found, shown, here.index, day)
    return 0


def _chosen(arguments: argparse.Namespace, here: Opened) -> list[Item]:
    rules = [find_rule(arguments.rule)] if arguments.rule else None
    region = home_district(here.index, arguments.region) if arguments.region else None
    unions = {find_union(name) for name in arguments.union} if arguments.union else None
    below = here.index.below(region) if region else frozenset()
    found = items(arguments.as_of or here.today, here.index, rules, below, unions)
    period = read_period(arguments.period) if arguments.period else None
    return [each for each in found if period is None or each.period == period]


def _object(each: Item, index: RegionIndex) -> dict[str, Any]:
    return {
        "rule": each.rule.name, "rule_uid": each.rule.uid, "sheet": each.rule.sheet, "union": each.union.name,
        "union_uid": each.union.uid, "region": index.path(each.union.region) if each.union.region else None,
        "period": key_of(each.period), "period_name": each.called, "due": each.due.isoformat(), "state": each.state,
        "days": each.days, "came": each.came or None, "how": each.how or None, "reason": each.reason or None,
        "rows": each.rows or None, "undated": each.undated, "contact": each.union.contact or None,
        "phone": phone_shown(each, masked=True) or None,
    }  # fmt: skip


def _print(found: list[Item], shown: list[Item], index: RegionIndex, day: dt.date) -> None:
    if not found:
        print(_("没有到期要交的表。用 chase add 定一项催报，例如每月 10 日前交人数。"))
        return
    titles = [_("催报"), _("期间"), _("工会"), _("区划"), _("截止"), _("交没交"), _("联系人"), _("电话")]
    print_table(titles, [
        [
            each.rule.name, each.called, each.union.name, index.path(each.union.region) if each.union.region else None,
            each.due.isoformat(), state_word(each), each.union.contact or None, phone_shown(each, masked=True) or None,
        ]
        for each in shown
    ])  # fmt: skip
    print(tally_told(tally(found, day)))


def _rules(arguments: argparse.Namespace) -> int:
    with opened(arguments) as here:
        texts = {each["uid"]: each for each in due_rules.rule_texts(here.index)}
        rows = [(each, due_rules.rule_told(each, here.index)) for each in due_rules.load_rules()]
    if arguments.json:
        print_json({"rules": [texts[each.uid] | {"active": each.active, "text": told} for each, told in rows]})
        return 0
    print_table([_("催报"), _("内容"), _("在用")], [[each.name, told, _("是") if each.active else _("否")] for each, told in rows])
    return 0


def _written(arguments: argparse.Namespace) -> dict[str, str]:
    """The fields that were written, the others left out."""
    names = [*(column.name for column in columns_of(DueRule) if column.name != "region"), "region", UNIONS]
    return {name: text for name in names if (text := getattr(arguments, name, None)) is not None}


def _add(arguments: argparse.Namespace) -> int:
    with opened(arguments, _("登记催报")) as here:
        values = due_rules.read(_written(arguments), here.index, home_district(here.index))
        uid = due_rules.add_rule(values, here.author, here.today)
        told = due_rules.rule_told(find_rule(uid), here.index)
    answer(arguments.json, {"uid": uid, "text": told} | here.afterwards, _("已登记催报：{text}。").format(text=told))
    return 0


def _named(arguments: argparse.Namespace) -> str:
    if len(arguments.what) != 1:
        raise UserError(_("请写明是哪一项催报，见 chase rules。"))
    return str(arguments.what[0])


def _change(arguments: argparse.Namespace) -> int:
    with opened(arguments, _("修改催报")) as here:
        rule = find_rule(_named(arguments))
        due_rules.change_rule(rule.uid, due_rules.read(_written(arguments), here.index, home_district(here.index)), here.author)
    answer(arguments.json, {"changed": rule.uid} | here.afterwards, _("已修改，可以用 undo 撤销。"))
    return 0


def _remove(arguments: argparse.Namespace) -> int:
    with opened(arguments, _("删除催报")) as here:
        rule = find_rule(_named(arguments))
        due_rules.remove_rule(rule.uid, here.author)
    answer(arguments.json, {"removed": rule.uid} | here.afterwards, _("已删除 {count} 条，可以用 undo 撤销。").format(count=1))
    return 0


def _keys(arguments: argparse.Namespace) -> list[tuple[str, str, str]]:
    if not (arguments.rule and arguments.period and arguments.union):
        raise UserError(_("请写明 --rule 催报、--period 期间和 --union 工会（可以写几次）。"))
    return keys_of(arguments.rule, arguments.union, arguments.period)


def _close(arguments: argparse.Namespace) -> int:
    excused = arguments.action == "excuse"
    with opened(arguments, _("记交表")) as here:
        count = close(_keys(arguments), arguments.reason or "", here.author, here.today, excused)
    said = _("已记下 {count} 份免交。") if excused else _("已记下 {count} 份交来。")
    answer(arguments.json, {"excused" if excused else "closed": count} | here.afterwards, said.format(count=count))
    return 0


def _reopen(arguments: argparse.Namespace) -> int:
    with opened(arguments, _("收回交表")) as here:
        count = take_back(_keys(arguments), here.author)
    answer(arguments.json, {"reopened": count} | here.afterwards, _("已收回 {count} 份，又算没交。").format(count=count))
    return 0
