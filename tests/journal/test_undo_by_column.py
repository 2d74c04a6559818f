"""What stays packed in an undo, and in the undo of that, ends as if each record had been looked at by itself: tables and log."""

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.duplicates.merge import merge
from models.engine.record import Record
from models.errors import UserError
from models.journal import bundles
from models.journal.undo import undo
from models.journal.writer import Author, batch
from models.records.catalogue import stored_names
from models.records.employer import Employer
from models.records.membership import DERIVED, SPAN, MembershipEvent
from models.records.officer import Officer
from models.records.region import load_index
from models.records.union import Union
from models.records.worker import Worker
from models.register import register as register_room
from models.register.register import Register
from models.uid import new_uid
from tests.aids import engines
from tests.aids.logged import Logged, logged
from tests.aids.sizes import every
from tests.aids.speaking import TODAY, last_batch
from tests.aids.state_model import contents, differences, stray_parents, told_again

_UID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PEOPLE = 16


def imported(chance: random.Random, author: Author) -> int:
    """A batch that makes people in several shapes, with their employers, and perhaps goes on to change one of them."""
    union, employers, people = new_uid(), [new_uid() for _each in range(3)], [new_uid() for _each in range(PEOPLE)]
    with batch("import", author) as writer:
        for number, uid in enumerate(employers):  # in the order of their kinds, in which many are written
            writer.create(Employer, {"uid": uid, "name": f"虚构公司{number}"})
        writer.create(Union, {"uid": union, "name": "虚构工会"})
        for number, uid in enumerate(people):
            values = {"uid": uid, "name": f"王{number}", "employer": chance.choice([None, *employers])}
            values |= {"phone": f"1990000{number:04}"} if chance.random() < 0.7 else {}
            facts: list[tuple[type[Record], dict[str, Any]]] = [
                (MembershipEvent, {
                    "uid": new_uid(), "worker": uid, "union": chance.choice([None, union]), "type": kind,
                    "date": chance.choice([None, "2024-05", "2024-05-06"]), "reason": None,
                })
                for kind in chance.choice([(), ("入会",), ("入会",), ("入会", "保留")])
            ]  # fmt: skip
            if chance.random() < 0.2:
                facts.append((Officer, {"uid": new_uid(), "worker": uid, "union": union, "post": "主席"}))
            writer.create(Worker, values, facts)
        if chance.random() < 0.5:
            writer.update(Worker, people[3], {"note": (None, "后来补的")})
    return last_batch()


def _one(record: type[Record], chance: random.Random) -> Any:
    """A record of a class, and None when there is none."""
    rows = list(record.select().order_by(record.uid))
    return chance.choice(rows) if rows else None


def _change(record: type[Record], name: str, value: Any) -> Callable[[random.Random, Author], None]:
    def act(chance: random.Random, author: Author) -> None:
        row = _one(record, chance)
        if row is None or getattr(row, name) == value:
            return
        for before, after in ((getattr(row, name), value), (value, getattr(row, name)))[: 1 + (chance.random() < 0.6)]:
            with batch("edit", author) as writer:  # most are changed back
                writer.update(record, row.uid, {name: (before, after)})

    return act


def _remove_event(chance: random.Random, author: Author) -> None:
    row = _one(MembershipEvent, chance)
    if row is not None:
        with batch("edit", author) as writer:
            names = ("uid", *stored_names(MembershipEvent))
            writer.remove([(MembershipEvent, {name: getattr(row, name) for name in names})])


def _appoint(chance: random.Random, author: Author) -> None:
    worker, union = _one(Worker, chance), _one(Union, chance)
    if worker and union:
        with batch("edit", author) as writer:
            writer.create(Officer, {"uid": new_uid(), "worker": worker.uid, "union": union.uid, "post": "委员"})


def _merge(chance: random.Random, author: Author) -> None:
    rows = list(Worker.select().order_by(Worker.uid))
    if len(rows) > 2:
        one, other = chance.sample(rows, 2)
        merge(one.uid, other.uid, {}, author, load_index(TODAY), TODAY)


ACTS = (
    _change(Worker, "phone", "19911111111"), _change(Worker, "employer", None), _change(Employer, "note", "改过"),
    _change(MembershipEvent, "date", "2023-01-02"), _change(Worker, "note", "另记"), _remove_event, _appoint, _merge,
)  # fmt: skip


def _told(told: Any) -> str:
    """A text of it in which uids are called by their turn."""
    turns: dict[str, str] = {}
    return _UID.sub(lambda found: turns.setdefault(found[0], f"u{len(turns)}"), json.dumps(told, ensure_ascii=False, default=str))


def _state() -> list[Any]:
    """What the register and its log hold."""
    kinds: list[tuple[Any, tuple[str, ...]]] = [(Worker, DERIVED), (MembershipEvent, SPAN), (Employer, ()), (Officer, ())]
    rows = [
        sorted(([row[name] for name in ("uid", *stored_names(record), *more)] for row in record.select().dicts()), key=str)
        for record, more in kinds
    ]
    return [rows, [_sorted(each) for each in logged()]]


def _sorted(each: Logged) -> list[Any]:
    """An entry; in which order a whole record names its fields says nothing."""
    parts = [json.loads(text) if text else text for text in (each.before, each.after)]
    wholes = [[[kind, sorted(values.items())] for kind, values in part] if each.field == "*" and part else part for part in parts]
    return [*each[:7], *wholes, each.replaces]


def history(seed: int, author: Author) -> list[Any]:
    """An import, its undo, the undo of that and so on, other things done between: what each left behind."""
    chance = random.Random(seed)
    number, found = imported(chance, author), [_state()]
    held = contents()
    for turn in range(4):
        for act in chance.sample(ACTS, chance.choice((0, 0, 1, 3))):
            act(chance, author)
        try:
            done = undo(number, author)
        except UserError as error:
            return [*found, str(error)]
        number = done.batch
        found.append([_state(), done.restored, done.removed, sorted((each.kind, each.field, each.reason) for each in done.kept)])
        assert (list(stray_parents()), differences(told_again(), contents()), list(bundles.faults())) == ([], [], [])
        if turn == 1 and last_batch() == 3:  # nothing else was done
            assert differences(contents(), held) == []
    return found


@pytest.mark.parametrize("seed", range(0, 40, every(2)))
def test_packed_together_or_one_by_one_the_same_is_undone(
    seed: int, empty_register: Register, tmp_path: Path, author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    register_room.close_register()
    found = []
    for name, fewest in (("packed", 2), ("alone", 10_000)):
        monkeypatch.setattr(bundles, "FEWEST", fewest)
        monkeypatch.setattr(bundles, "SIZE", 5)
        engines.opened(engines.copied(empty_register, tmp_path / name))
        found.append(_told(history(seed, author)))
        assert bool(bundles.found()) == (fewest == 2)
        register_room.close_register()
    assert found[0] == found[1]
