"""Examples of the acts around working lists; see ``acts.py``."""

from collections.abc import Callable
from typing import Any

from models.journal.done import Done, did
from models.worklists import entries, lists


def _list(world: Any) -> str:
    return lists.make_worklist("春节慰问", "慰问", "workers", world.author, [world.worker])[0]


def _entries(world: Any) -> list[str]:
    return [row[entries.ENTRY] for row in entries.marks(lists.find_worklist(_list(world))).values()]


def _added(world: Any) -> Done[Any]:
    uid = lists.make_worklist("春节慰问", "慰问", "workers", world.author)[0]
    return did(lists.add_entries, uid, [world.worker], world.author)


#: By the path and the name of the function that opens the batch.
EXAMPLES: dict[str, Callable[[Any], Done[Any]]] = {
    "models/worklists/lists.py make_worklist": lambda w: did(
        lists.make_worklist, "春节慰问", "慰问", "workers", w.author, [w.worker]
    ),
    "models/worklists/lists.py change_worklist": lambda w: did(lists.change_worklist, _list(w), w.author, note="每户一份"),
    "models/worklists/lists.py remove_worklist": lambda w: did(lists.remove_worklist, _list(w), w.author),
    "models/worklists/lists.py add_entries": _added,
    "models/worklists/lists.py take_out": lambda w: did(lists.take_out, _entries(w), w.author),
    "models/worklists/lists.py write_each": lambda w: did(lists.write_entries, _entries(w), {"ticked_1": "是"}, w.author),
}
