"""Whether rows are still as they were when whoever changes them read them."""

from collections.abc import Mapping
from typing import Any

from peewee import Model

from models.engine import database
from models.engine.met import raise_gone
from models.engine.running import server
from models.errors import Overtaken


def compare(record: type[Model], known: Mapping[str, Mapping[str, Any]]) -> None:
    """Within a transaction that will update rows: see that nobody has changed them since. ``known``: uid → values as they were.

    Overtaken for the first that is another now, NotYours for one that is hidden from the connected user.
    Over a file there is nothing to be seen: who has it open keeps others out.
    """
    if server() is None:
        return
    by_names: dict[tuple[str, ...], list[str]] = {}
    for uid, values in known.items():
        by_names.setdefault(tuple(values), []).append(uid)
    for names, uids in by_names.items():
        found = {uid: values for uid, *values in database.fetch_in(record, "uid", uids, ("uid", *names))}
        for uid in uids:
            if uid not in found:
                raise_gone(record, uid)
            for name, now in zip(names, found[uid], strict=True):
                if now != known[uid][name]:
                    raise Overtaken(uid, name, now)
