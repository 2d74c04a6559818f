"""What the open register teaches the program: its groups, its own labels and fields, how much of a number is shown, who was erased.

:func:`learn` is called when a register opens and follows every write of what teaches, :func:`forget` is called when it closes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.journal import followers
from models.journal.followers import Follower, When
from models.records import erasure, group, own_field
from models.records.setting import DEFAULTS, setting
from models.values import codes, drive_codes, masking
from models.values.codes import CodeList, GroupList

#: The setting that holds the labels that a register added: list → label → its aliases, and whether it is retired.
KEY = "code_lists"


@dataclass(frozen=True)
class Taught:
    """A code list, and what it holds in every register: label → its wordings."""

    codes: CodeList
    given: Mapping[str, tuple[str, ...]]


def _given(each: CodeList) -> dict[str, tuple[str, ...]]:
    wordings: dict[str, list[str]] = {label: [] for label in each.labels}
    for synonym, label in each.synonyms.items():
        wordings[label].append(synonym)
    return {label: tuple(words) for label, words in wordings.items()}


#: Every code list by its name but that of the groups, which has a table of its own.
LISTS: dict[str, Taught] = {
    each.name: Taught(each, _given(each))
    for module in (codes, drive_codes)
    for each in vars(module).values()
    if isinstance(each, CodeList) and not isinstance(each, GroupList) and each.name != codes.OCCUPATION_GROUP.name
}


class _Known:
    """What was taught last, so that nothing is built anew after each of a thousand batches."""

    labels: Any = DEFAULTS[KEY]


def learn() -> None:
    """Take over what the open register holds."""
    erasure.learn()
    group.learn()
    own_field.learn()
    _teach(setting(KEY))
    masking.cover(setting("id_shown"), setting("phone_shown"))


followers.add(Follower("learn", frozenset({"setting", "occupation_group", "erasure", "own_field"}), learn, When.AT_ONCE))


def forget() -> None:
    """Go back to what a new register begins with."""
    erasure.forget()
    group.forget()
    own_field.forget()
    _teach(DEFAULTS[KEY])
    masking.cover(DEFAULTS["id_shown"], DEFAULTS["phone_shown"])


def _teach(kept: Any) -> None:
    before, _Known.labels = _Known.labels, kept
    if kept == before:
        return
    for name in {*before, *kept} & set(LISTS):
        given, added = LISTS[name].given, kept.get(name, {})
        wordings = {label: [*words, *added.get(label, {}).get("aliases", ())] for label, words in given.items()}
        wordings |= {label: list(entry.get("aliases", ())) for label, entry in added.items() if label not in given}
        retired = {label for label, entry in added.items() if entry.get("retired")}
        LISTS[name].codes.teach(wordings, retired)
