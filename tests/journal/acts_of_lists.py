"""Examples of the acts around lists: what is due from unions, lists of key employers, packages; see ``acts.py``."""

from collections.abc import Callable
from typing import Any

from models.chasing import marking
from models.chasing import rules as due_rules
from models.editing import key_lists
from models.exchange import conflicts, taking
from models.exchange.sealed import Opener
from models.journal.done import Done, did
from models.records.worker import Worker
from tests.aids import case_world
from tests.aids.logged import logged
from tests.aids.speaking import TODAY
from tests.exchange import foreign

KEY_LIST = {"source": "区总工会名单", "year": "2026", "last_year": "2028"}


def _told_due(world: Any) -> dict[str, Any]:
    """What is written of a sheet that is due every month."""
    return due_rules.read({"sheet": "人数", "every": "每月", "days": "10", "since": "2026-10"}, world.index)


def _due_rule(world: Any) -> str:
    return due_rules.add_rule(_told_due(world), world.author, TODAY)


def _due_sheet(world: Any) -> tuple[str, str, str]:
    """October's sheet of a union that has been there for long, which has not come."""
    return _due_rule(world), case_world.union(world.author, founding_date="2020-01-01"), "2026-10"


def _take_back(world: Any) -> Done[Any]:
    sheet = _due_sheet(world)
    marking.close([sheet], "纸质交来", world.author, TODAY)
    return did(marking.take_back, [sheet], world.author)


def _listed(world: Any) -> str:
    return key_lists.put_on_list(world.employer, KEY_LIST, world.author)


def _package(world: Any) -> Any:
    """What another laptop wrote of a person's phone, when somebody here has written something else."""
    worker = world.worker
    ((device, number),) = [(row.device, row.number) for row in logged() if row.record == worker]
    case_world.edit(world.author, Worker, worker, phone="19900000001")
    told = ("worker", worker, "phone", None, "19900000002", [[device, number]])
    return foreign.package(world.folder / "a.jhx", [told])


def _take(world: Any) -> Done[Any]:
    return did(taking.take, _package(world), Opener(foreign.SECRET), world.author, TODAY, world.folder)


def _decide(world: Any) -> Done[Any]:
    _take(world)
    return did(conflicts.decide, world.worker, "phone", "theirs", world.author)


#: By the path and the name of the function that opens the batch.
EXAMPLES: dict[str, Callable[[Any], Done[Any]]] = {
    "models/chasing/marking.py close": lambda w: did(marking.close, [_due_sheet(w)], "纸质交来", w.author, TODAY),
    "models/chasing/marking.py take_back": _take_back,
    "models/chasing/rules.py add_rule": lambda w: did(due_rules.add_rule, _told_due(w), w.author, TODAY),
    "models/chasing/rules.py change_rule": lambda w: did(due_rules.change_rule, _due_rule(w), {"days": 20}, w.author),
    "models/chasing/rules.py remove_rule": lambda w: did(due_rules.remove_rule, _due_rule(w), w.author),
    "models/exchange/conflicts.py decide": _decide,
    "models/exchange/taking.py take": _take,
    "models/editing/key_lists.py correct_list": lambda w: did(key_lists.correct_list, _listed(w), {"year": "2025"}, w.author),
    "models/editing/key_lists.py put_on_list": lambda w: did(key_lists.put_on_list, w.employer, KEY_LIST, w.author),
    "models/editing/key_lists.py take_off_list": lambda w: did(key_lists.take_off_list, _listed(w), w.author),
}
