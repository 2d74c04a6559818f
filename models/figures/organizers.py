"""Whose the numbers are (负责人): an employer is its drive case's organizer's, a union that of the employers it covers.

Who is responsible carries no date and is taken as it stands. A union that covers employers of several organizers is
nobody's alone: nothing is guessed, it stands with what belongs to nobody.
"""

from collections import defaultdict
from dataclasses import dataclass

from models.records.drive_case import DriveCase
from models.records.employer import Coverage


@dataclass(frozen=True)
class Owners:
    """The organizer of employers, drive cases and unions, by their uids; whoever is missing has none, or several."""

    employers: dict[str, str]
    cases: dict[str, str]
    unions: dict[str, str]

    def of(self, kind: str, uid: str, union: str | None) -> str:
        """Whose a fact is: about a record (uid) of a kind, at a union; "" for nobody's."""
        if kind == "employer":
            return self.employers.get(uid, "")
        if kind == "drive_case":
            return self.cases.get(uid, "")
        return self.unions.get(union or "", "")

    def unions_of(self, person: str) -> list[str]:
        """The unions of one organizer."""
        return sorted(union for union, owner in self.unions.items() if owner == person)


def owners() -> Owners:
    """Who is responsible for what, as the register stands."""
    cases = DriveCase.select(DriveCase.uid, DriveCase.employer, DriveCase.organizer)
    held = [(row.uid, row.employer, row.organizer) for row in cases.where(DriveCase.organizer.is_null(False))]
    employers = {employer: organizer for _uid, employer, organizer in held}
    open_now: defaultdict[str, set[str]] = defaultdict(set)
    before: defaultdict[str, set[str]] = defaultdict(set)
    for row in Coverage.select(Coverage.union, Coverage.employer, Coverage.until):
        if row.employer in employers:
            (open_now if row.until is None else before)[row.union].add(employers[row.employer])
    found = dict(before) | dict(open_now)
    unions = {union: next(iter(people)) for union, people in found.items() if len(people) == 1}
    return Owners(employers, {uid: organizer for uid, _employer, organizer in held}, unions)
