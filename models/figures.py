"""The numbers on the first page. Each is one query over the register."""

from dataclasses import dataclass

from models import codes
from models.drive import drive
from models.membership import MembershipEvent
from models.region import RegionIndex
from models.setting import setting
from models.union import Union
from models.worker import Worker


@dataclass(frozen=True, slots=True)
class Figures:
    """The four numbers: unions in being, members, members in new forms of employment, employers on the list.

    ``new_unions`` were founded, ``new_members`` joined in ``year``; a date of a year or a month alone counts too.
    """

    year: int
    unions: int
    members: int
    new_form_members: int
    on_list: int
    new_unions: int
    new_members: int


def figures(index: RegionIndex, year: int) -> Figures:
    """Count now. A member is a person on a union's books (在册); retained memberships are not counted."""
    founded = Union.state.is_null() | (Union.state == "正常")
    in_being = Union.select().where(founded, (Union.verified != 0) | Union.verified.is_null())
    members = Worker.select().where(Worker.membership_state == "在册")
    new_form = members.where(Worker.occupation_group.in_(sorted(codes.NEW_FORM_GROUPS)))
    this_year = f"{year:04}"
    joined = (
        MembershipEvent.select(MembershipEvent.worker)
        .where(
            MembershipEvent.type == "入会",
            MembershipEvent.union.is_null(False),
            MembershipEvent.date.startswith(this_year),
        )
        .distinct()
    )
    return Figures(
        year=year,
        unions=in_being.count(),
        members=members.count(),
        new_form_members=new_form.count(),
        on_list=drive(setting("threshold"), index).summary["on_list"],
        new_unions=in_being.where(Union.founding_date.startswith(this_year)).count(),
        new_members=joined.count(),
    )
