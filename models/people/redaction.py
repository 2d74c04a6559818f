"""A name taken out of what is no record of the person: descriptions of batches, settings, texts of other records.

Each text is changed in the tables and in the whole log alike, so that history, undoing and replaying still agree.
"""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from models.engine import database
from models.journal import entries
from models.journal.log import WHOLE, Batch, describe, to_json
from models.journal.mentions import ASIDE, aside_without
from models.people.masked_text import without
from models.people.traces import Traces, batches_naming, text_columns
from models.records.catalogue import RECORDS
from models.records.setting import Setting

Rewrite = Callable[[Any], Any]

#: What another person is told by is theirs, whoever shares it.
_OWN_NUMBERS = {("worker", name) for name in ("name", "id_number", "phone", "member_number")}


def rewrite_batches(found: Traces, sure: Sequence[str]) -> None:
    """Take the people out of the descriptions of batches: files, filters, decisions.

    Cells that were corrected by hand in an import of theirs go altogether: nothing says whose row it was. Where a batch did
    not write of them, only the texts in ``sure`` go, for a name alone may be a namesake's.
    """
    own = found.batches
    rows = []
    batches = {row.uid: row for row in batches_naming(sure)}
    batches |= {row.uid: row for row in _batches(own)}
    for row in batches.values():
        texts = found.texts if row.uid in own else sure
        source = _described(json.loads(row.source), texts, found.people, row.uid in own)
        if (text := to_json(source)) != row.source:
            rows.append((text, row.uid))
    describe(rows)


def _batches(uids: Iterable[str]) -> list[Any]:
    names = ("uid", "source")
    return [Batch(**dict(zip(names, row, strict=True))) for row in database.fetch_in(Batch, "uid", uids, names)]


def _described(source: Any, texts: Sequence[str], people: Collection[str], own: bool) -> Any:
    if not isinstance(source, dict):
        return without(source, texts)
    told = dict(source)
    if told.get("record") in people:
        told.pop("reason", None)
    if own and isinstance(told.get("decisions"), str):
        told["decisions"] = _without_cells(told["decisions"], texts)
    return without(told, texts)


def _without_cells(decisions: str, texts: Sequence[str]) -> str:
    try:
        found = json.loads(decisions)
    except ValueError:
        return decisions
    for sheet in found.get("sheets", []):
        sheet.pop("cells", None)
    return json.dumps(without(found, texts), ensure_ascii=False, indent=1)


def rewrite_records(wanted: Iterable[tuple[str, str]], rewrite: Rewrite, batch: str) -> None:
    """Rewrite the texts of these records (kind, uid), in the tables and in the log; ``batch``: the one (uid) that erases."""
    by_kind: dict[str, list[str]] = {}
    for kind, uid in wanted:
        by_kind.setdefault(kind, []).append(uid)
    for kind, uids in by_kind.items():
        names = [column.name for column in text_columns(kind) if (kind, column.name) not in _OWN_NUMBERS]
        rows = list(database.fetch_in(RECORDS[kind], "uid", uids, (*names, "uid")))
        database.update_rows(RECORDS[kind], names, [[*map(rewrite, row[:-1]), row[-1]] for row in rows])
        _rewrite_log(uids, set(names), rewrite, batch)


def _rewrite_log(uids: Collection[str], names: Collection[str], rewrite: Rewrite, batch: str) -> None:
    rows = []
    for number, name, *texts in entries.of_records(uids, ("id", "field", "before", "after")):
        told = [_rewritten(text, name, names, uids, rewrite) for text in texts]
        if told != texts:
            rows.append((*told, number))
    entries.rewrite(rows, batch)


def _rewritten(text: str | None, name: str, names: Collection[str], uids: Collection[str], rewrite: Rewrite) -> str | None:
    if text is None:
        return None
    value = json.loads(text)
    if name == WHOLE:
        for _kind, values in value:
            if values.get("uid") in uids:
                values.update((key, rewrite(each)) for key, each in values.items() if key in names)
    elif name in names:
        value = rewrite(value)
    return to_json(value)


def without_people(people: Collection[str], batch: str) -> None:
    """Take up the findings that were put aside of these people (uids): the reasons may name them; ``batch`` (uid) erases."""
    settings = [uid for (uid,) in database.fetch_in(Setting, "key", [ASIDE], ["uid"])]
    gone = entries.records_ever("setting")

    def rewrite(value: Any) -> Any:
        return aside_without(value, people) if isinstance(value, str) else value

    rewrite_records([("setting", uid) for uid in dict.fromkeys([*settings, *gone])], rewrite, batch)
