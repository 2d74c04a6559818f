"""Examples of the acts around what is handed up and issued; see ``acts.py``."""

from collections.abc import Callable
from typing import Any

from models.handins import submitted
from models.handins.submitted import RowAnswer
from models.journal.done import Done, did


def _submitted(world: Any) -> str:
    rows = [(world.worker, "0" * 32)]
    return submitted.keep_submission("members-2017", "2026-11-02", "", "表.xlsx", "worker", rows, world.author)[0]


def _keep_answers(world: Any) -> Done[Any]:
    submission = _submitted(world)
    return did(submitted.keep_answers, submission, [RowAnswer(world.worker, False, "重复")], world.author)


#: By the path and the name of the function that opens the batch.
EXAMPLES: dict[str, Callable[[Any], Done[Any]]] = {
    "models/handins/submitted.py keep_answers": _keep_answers,
    "models/handins/submitted.py keep_submission": lambda w: did(
        submitted.keep_submission, "members-2017", "2026-11-02", "", "表.xlsx", "worker", [(w.worker, "0" * 32)], w.author
    ),
}
