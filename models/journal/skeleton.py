"""What stays of a person whose data is erased, and nothing else: the counts of every day must not change.

The figures need, and these facts alone stay:

- of the person: the uid (a random number with the moment at which the register learned of them), ``sex`` (women members:
  rules on women's committees, rosters' totals), ``migrant_worker`` and ``occupation_group`` (indicators of migrant workers
  and of new employment forms);
- of each post in a union: the union, the body and from when to when, for whether there is such a body on a day;
- of each line of a working list, which goes itself: whose it was and on which list, and nothing that was ticked or written;
- of each membership event: its union, its type, its date and its reason where that is one of the list's (a death is kept
  as a leaving for that reason): whoever was a member on a day is counted from these.

Name, birth date, numbers, phone, places, employer, group within the union, papers of the application, notes and every other
field go, with all their earlier values. Who knows a small union well may still guess whom a count of one means: that is
what the law calls de-identified, and less cannot be kept without falsifying the figures.
Source: 个人信息保护法 47 (erasure) and 4 (anonymous data are none).
"""

import json
from collections.abc import Collection
from typing import Any

from models.journal.log import to_json
from models.values import codes

#: The fields that stay of a worker and of a membership event.
OF_WORKER = frozenset({"sex", "migrant_worker", "occupation_group"})
OF_EVENT = frozenset({"worker", "union", "type", "date", "reason"})
#: The fields that stay of a post: not which post it was, which tells in a small union who.
OF_OFFICER = frozenset({"worker", "union", "body", "since", "until"})
OF_ENTRY = frozenset({"worklist", "worker"})
_KEPT = {"worker": OF_WORKER, "membership_event": OF_EVENT, "officer": OF_OFFICER, "worklist_entry": OF_ENTRY}


def kept(kind: str, name: str, value: Any) -> Any:
    """What stays of a value of a worker, a membership event, a post or a line of a list: itself or None."""
    if kind == "membership_event" and name == "reason":
        return value if value in codes.CHANGE_REASON.labels else None
    return value if name in _KEPT[kind] else None


def bare(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values of a whole record of which only the skeleton stays; what is empty is left out, but for its fields' names."""
    names = _KEPT[kind]
    return {"uid": values["uid"]} | {name: kept(kind, name, values[name]) for name in values if name in names}


def bare_whole(text: str | None, people: Collection[str], facts: Collection[str]) -> str | None:
    """What the log has of a record and its facts, with nothing but the skeleton of these people and of their facts (uids).

    The facts are membership events, posts and lines of working lists.
    """
    if text is None:
        return None
    whole = [
        [kind, bare(kind, values) if values.get("uid") in (people if kind == "worker" else facts) else values]
        if kind in _KEPT
        else [kind, values]
        for kind, values in json.loads(text)
    ]
    return to_json(whole)


def bare_value(kind: str, name: str, text: str | None) -> str | None:
    """One value of a field as the log has it, JSON, with nothing but the skeleton."""
    return None if text is None else to_json(kept(kind, name, json.loads(text)))
