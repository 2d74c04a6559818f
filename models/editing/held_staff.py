"""What the register's own numbers say to those that are being typed: more members than there are staff."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from models.standing.counts import newest_counts
from models.standing.covered_counts import covered_counts
from models.values.problems import Problem, problem


def beside_held(subject: str, values: Mapping[str, Any]) -> list[Problem]:
    """What must be told of counts, by field name, that are typed for an employer or a union (uid, "" for none).

    The staff are those of the count that counts; of a union without one, what all its employers have. Where staff stand beside
    the members themselves, the two are compared by whoever reads them.
    """
    members = values.get("member_count")
    if not isinstance(members, int) or values.get("staff_count") is not None or not subject:
        return []
    staff = newest_counts([subject]).get(subject, {}).get("staff_count")
    if staff is None:
        covered = covered_counts([subject], dt.date.today()).get(subject)
        known = covered is not None and covered.counted.get("staff_count") == len(covered.employers)
        staff = covered.sums.get("staff_count") if covered is not None and known else None
    if staff is None or members <= staff:
        return []
    return [problem("members-above-held", "member_count", members=members, staff=staff)]
