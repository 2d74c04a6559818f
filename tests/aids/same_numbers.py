"""Identity numbers that several people have, looked for in all: what the register says of such is held against it."""

from collections import Counter
from typing import Any

from models.engine.again import numbers_of_several
from models.records.worker import Worker


def unnoted() -> set[str]:
    """Numbers that several people have, in small letters, which the register does not name when it is asked for such."""
    everybody: Any = Worker.select(Worker.id_number).where(Worker.id_number.is_null(False)).tuples()
    counted = Counter(number.lower() for (number,) in everybody)
    named = {number.lower() for (number,) in numbers_of_several(Worker).tuples()}
    return {number for number, people in counted.items() if people > 1} - named
