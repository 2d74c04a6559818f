"""Settings that are many things in one text: two laptops that each put a finding aside did not contradict each other.

Each entry of the log says what it added, changed or took out; of each thing the last word stands that nothing replaced. Only
where two laptops said different things of the same one is the setting a conflict.
"""

import json
from collections.abc import Iterator
from typing import Any

from models.journal.heads import RecordHeads, Telling
from models.records.setting import uid_of

#: The settings that are many things: uid → how many names deep a thing lies.
MANY = {uid_of("set_aside"): 1, uid_of("code_lists"): 2}
_GONE = object()

Thing = tuple[str, ...]


def together(of: RecordHeads) -> str | None:
    """The text in which all things of a setting are as they were last said; None where two said different things of one."""
    deep = MANY[of.uid]
    told = [(each, dict(_changes(each, deep))) for each in of.line if not each.gone]
    before = _ancestors(of)
    held: dict[Thing, Any] = {}
    for thing in sorted({thing for _each, changes in told for thing in changes}):
        said = {each.key: changes[thing] for each, changes in told if thing in changes}
        last = [key for key in said if not any(key in before[other] for other in said)]
        values = {json.dumps(said[key], sort_keys=True) if said[key] is not _GONE else "" for key in last}
        if len(values) > 1:
            return None
        if said[last[0]] is not _GONE:
            held[thing] = said[last[0]]
    return json.dumps(_nested(held), ensure_ascii=False)


def _ancestors(of: RecordHeads) -> dict[tuple[str, int], set[tuple[str, int]]]:
    """Of each entry all that its writer knew."""
    found: dict[tuple[str, int], set[tuple[str, int]]] = {}
    own: dict[str, tuple[str, int]] = {}
    for each in of.line:
        parents = {*each.replaces, own.get(each.device, each.key)} & found.keys()
        found[each.key] = parents.union(*(found[key] for key in parents))
        own[each.device] = each.key
    return found


def _changes(each: Telling, deep: int) -> Iterator[tuple[Thing, Any]]:
    was, now = (dict(_things(text, deep)) for text in (each.was, each.says("value")))
    for thing in was.keys() | now.keys():
        if was.get(thing, _GONE) != now.get(thing, _GONE):
            yield thing, now.get(thing, _GONE)


def _things(text: str | None, deep: int) -> Iterator[tuple[Thing, Any]]:
    whole = json.loads(text) if text else {}
    for name, value in whole.items():
        if deep == 1:
            yield (name,), value
            continue
        yield from (((name, part), each) for part, each in value.items())


def _nested(held: dict[Thing, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for thing, value in held.items():
        inner = made
        for name in thing[:-1]:
            inner = inner.setdefault(name, {})
        inner[thing[-1]] = value
    return made
