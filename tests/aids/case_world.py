"""Employers, counts, unions and cases as the tests of the drive need them: one call each, every write journaled."""

from typing import Any

from models.drive.case_file import CaseFile, case_file
from models.drive.cases import Reconciled, reconcile
from models.engine import database
from models.engine.record import Record
from models.journal.writer import Author, batch
from models.records.catalogue import stored_names
from models.records.drive_case import CaseStep, DriveCase
from models.records.employer import Coverage, Employer
from models.records.headcount import HeadCount
from models.records.region import load_index
from models.records.union import Union
from models.uid import new_uid
from tests.aids.speaking import TODAY

COMPANY = "重庆霁蓝虚构印务有限公司"


def made(author: Author, record: type[Record], **values: Any) -> str:
    """Create a record, and return its uid."""
    made_of = {"uid": new_uid(), **values}
    with batch("edit", author) as writer:
        writer.create(record, made_of)
    return str(made_of["uid"])


def employer(
    author: Author, name: str = COMPANY, staff: int | None = 30, region: str | None = None, **values: Any
) -> str:
    """An operating private enterprise with so many staff."""
    place = load_index(TODAY).resolve(region).uid if region else None
    known = {"nature": "私营企业", "non_public": 1, "operating": 1, "verified": 1, "region": place}
    uid = made(author, Employer, name=name, **(known | values))
    if staff is not None:
        count(author, uid, staff)
    return uid


def count(
    author: Author, subject: str, staff: int, day: str | None = "2026-06-30", source: str = "税务", **values: Any
) -> str:
    """A head count of an employer."""
    known = {"subject": subject, "subject_kind": "单位", "as_of": day, "source": source, "staff_count": staff}
    return made(author, HeadCount, **(known | values))


def union(author: Author, name: str = "某市场联合工会", **values: Any) -> str:
    """A union in being."""
    return made(author, Union, name=name, **({"union_type": "单独基层工会", "state": "正常", "verified": 1} | values))


def cover(
    author: Author, union_uid: str, employer_uid: str, since: str = "2020-01-02", until: str | None = None
) -> str:
    """That a union covers an employer."""
    return made(author, Coverage, union=union_uid, employer=employer_uid, since=since, until=until)


def edit(author: Author, record: type[Record], uid: str, **wanted: Any) -> None:
    """Change fields of a record as a form does."""
    held = values(record, uid)
    with batch("edit", author) as writer:
        writer.update(record, uid, {name: (held[name], value) for name, value in wanted.items()})


def values(record: type[Record], uid: str) -> dict[str, Any]:
    """A record as the register holds it."""
    names = ("uid", *stored_names(record))
    (row,) = database.fetch_in(record, "uid", [uid], names)
    return dict(zip(names, row, strict=True))


def reconciled(author: Author) -> Reconciled:
    """The cases brought in line with the list."""
    return reconcile(TODAY, author, load_index(TODAY))


def case(author: Author, employer_uid: str) -> str:
    """The case that opened by itself for an employer on the list."""
    reconciled(author)
    return str(case_of(employer_uid)["uid"])


def case_of(employer_uid: str) -> dict[str, Any]:
    """The one case of an employer."""
    (found,) = database.fetch_in(DriveCase, "employer", [employer_uid], ("uid",))
    return values(DriveCase, found[0])


def steps(case_uid: str) -> list[tuple[str, str | None, bool]]:
    """A case's steps in order: stage, date, passed over."""
    rows = database.fetch_in(CaseStep, "drive_case", [case_uid], ("uid", "stage", "date", "skipped"))
    return [(stage, date, bool(skipped)) for _uid, stage, date, skipped in sorted(rows)]


def file(uid: str) -> CaseFile:
    """An employer's file as of today."""
    return case_file(uid, TODAY, load_index(TODAY))
