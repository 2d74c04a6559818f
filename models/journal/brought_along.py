"""What the register made by itself after a batch, and what therefore goes with it when the batch is undone.

An import brings an employer onto the drive's list, and its case opens by itself; as long as nobody has worked on the case
it must not hold the employer back. Nor must a line of a working list in which nobody has ticked or written anything: it says
nothing without the one whose it is.
"""

from collections.abc import Collection, Mapping

from models.engine import database
from models.engine.record import Record
from models.journal import entries
from models.journal.log import Batch, Whole
from models.journal.wholes import Wholes
from models.records.catalogue import stored_names
from models.records.drive_case import CaseStep, DriveCase
from models.records.employer import Employer
from models.records.union import Union
from models.records.worker import Worker
from models.records.worklist import WRITTEN, WorklistEntry

#: The kinds of batch that no person wrote: cases brought in line with the list, and ways back.
BY_ITSELF = frozenset({"cases", "undo"})


def brought_along(going: Wholes, batch_uid: str) -> dict[str, Whole]:
    """What goes with what is going: cases that only the register itself and this batch have written, bare lines of lists.

    They are given as they are now, so that nothing in them counts as edited since.
    """
    return _cases(going, batch_uid) | bare_entries({
        record: going.of_record(record) for record in (Worker, Union, Employer)
    })  # fmt: skip


def bare_entries(going: Mapping[type[Record], Collection[str]]) -> dict[str, Whole]:
    """The lines of working lists of these records (uids by class) in which nothing is ticked or written."""
    names = ("uid", *stored_names(WorklistEntry))
    rows = [
        dict(zip(names, row, strict=True))
        for record, uids in going.items()
        for row in database.fetch_in(WorklistEntry, str(record._meta.table_name), uids, names)
    ]
    return {row["uid"]: [(WorklistEntry, row)] for row in rows if all(row[name] is None for name in WRITTEN)}


def _cases(going: Wholes, batch_uid: str) -> dict[str, Whole]:
    """Cases among what is going, or of employers among it, with their steps."""
    names, step_names = ("uid", *stored_names(DriveCase)), ("uid", *stored_names(CaseStep))
    found: dict[str, Whole] = {}
    cases: list[dict[str, object]] = []
    for record, field in ((Employer, "employer"), (DriveCase, "uid")):
        uids = going.of_record(record)
        rows = database.fetch_in(DriveCase, field, uids, names)
        cases += [dict(zip(names, row, strict=True)) for row in rows]
    steps: dict[str, list[tuple[type[CaseStep], dict[str, object]]]] = {}
    owner = {str(each["uid"]): str(each["uid"]) for each in cases}
    for row in sorted(database.fetch_in(CaseStep, "drive_case", list(owner), step_names)):
        step = dict(zip(step_names, row, strict=True))
        steps.setdefault(step["drive_case"], []).append((CaseStep, step))
        owner[step["uid"]] = step["drive_case"]
    written = list(entries.of_records(owner, ("record", "batch")))
    batches = {batch for _record, batch in written} - {batch_uid}
    by_hand = {uid for uid, kind in database.fetch_in(Batch, "uid", batches, ("uid", "kind")) if kind not in BY_ITSELF}
    worked_on = {owner[record] for record, batch in written if batch in by_hand}
    for case in cases:
        if case["uid"] not in worked_on:
            found[str(case["uid"])] = [(DriveCase, case), *steps.get(str(case["uid"]), [])]
    return found
