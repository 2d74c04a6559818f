"""What the open register teaches the program: its groups, own labels and fields, how much of a number is shown, who was erased.

:func:`learn` is called when a register opens and follows every write of what teaches, :func:`forget` is called when it closes:
these two, and nothing else, change what :func:`models.values.taught.taught` tells.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from models.journal import followers
from models.journal.followers import Follower, When
from models.records import erasure, group, own_field
from models.records.setting import settings
from models.values import codes, drive_codes, masking
from models.values.codes import CodeList, by_label
from models.values.taught import UNTAUGHT, Taught, Wordings, hold

#: The setting that holds the labels that a register added: list → label → its aliases, and whether it is retired.
KEY = "code_lists"
#: Every code list by its name but that of the groups, which has a table of its own.
LISTS: dict[str, CodeList] = {
    each.name: each
    for module in (codes, drive_codes)
    for each in vars(module).values()
    if isinstance(each, CodeList) and each is not codes.OCCUPATION_GROUP
}


def learn(besides: Sequence[Any] = ()) -> None:
    """Take over what the open register holds.

    ``besides``: own fields that are not in it yet, for a plan that writes nothing.
    """
    hold(_of_register(besides))


followers.add(Follower("learn", frozenset({"setting", "occupation_group", "erasure", "own_field"}), learn, When.AT_ONCE))


def forget() -> None:
    """Go back to what the program itself knows."""
    hold(UNTAUGHT)


def _of_register(besides: Sequence[Any]) -> Taught:
    kept, groups = settings(), group.held()
    lists = {name: _with_own(LISTS[name], added) for name, added in kept[KEY].items() if name in LISTS}
    if groups is not None:
        lists[codes.OCCUPATION_GROUP.name] = groups[0]
    id_shown, phone_shown = masking.widths(kept["id_shown"], kept["phone_shown"])
    own_told, own = own_field.told(besides)
    return Taught(
        lists, groups[1] if groups else None, id_shown, phone_shown, erased=erasure.any_sealed(),
        count_sources=tuple(kept["count_sources"]), own=own, own_told=own_told
    )


def _with_own(given: CodeList, added: Mapping[str, Any]) -> Wordings:
    """A list with the labels and wordings that the register added; those it retired are still read."""
    held = {label: [*words, *added.get(label, {}).get("aliases", ())] for label, words in by_label(given.given).items()}
    held |= {label: list(entry.get("aliases", ())) for label, entry in added.items() if label not in held}
    return codes.wordings(held, {label for label, entry in added.items() if entry.get("retired")})
