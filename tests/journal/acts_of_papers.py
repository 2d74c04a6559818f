"""Examples of the acts around what is handed up and issued; see ``acts.py``."""

from collections.abc import Callable
from typing import Any

from models.handins import submitted
from models.handins.submitted import RowAnswer
from models.journal.done import Done, did
from models.papers import issuing, own_templates
from models.papers.catalogue import find_paper
from tests.aids.speaking import TODAY


def _submitted(world: Any) -> str:
    rows = [(world.worker, "0" * 32)]
    return submitted.keep_submission("members-2017", "2026-11-02", "", "表.xlsx", "worker", rows, world.author)[0]


def _keep_answers(world: Any) -> Done[Any]:
    submission = _submitted(world)
    return did(submitted.keep_answers, submission, [RowAnswer(world.worker, False, "重复")], world.author)


def _forget(world: Any) -> Done[Any]:
    own_templates.keep_own(find_paper("opinion"), "我的.docx", b"PK", world.author)
    return did(own_templates.forget_own, find_paper("opinion"), world.author)


#: By the path and the name of the function that opens the batch.
EXAMPLES: dict[str, Callable[[Any], Done[Any]]] = {
    "models/handins/submitted.py keep_answers": _keep_answers,
    "models/handins/submitted.py keep_submission": lambda w: did(
        submitted.keep_submission, "members-2017", "2026-11-02", "", "表.xlsx", "worker", [(w.worker, "0" * 32)], w.author
    ),
    "models/papers/issuing.py issue": lambda w: did(
        issuing.issue, find_paper("opinion"), "employer", w.employer, "渝工发〔2026〕1号", TODAY, w.author
    ),
    "models/papers/own_templates.py forget_own": _forget,
    "models/papers/own_templates.py keep_own": lambda w: did(
        own_templates.keep_own, find_paper("opinion"), "我的.docx", b"PK", w.author
    ),
}
