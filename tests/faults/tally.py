"""What a harm found: how often it was tried, what was lost, half, wrongly told or leaked, and what one reads about it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

#: What may be found, in the order in which it is told.
FAULTS = ("lost", "half", "wrong", "leaked")
#: Notes that a table shows of one harm.
_SHOWN = 12


@dataclass
class Tally:
    """The outcome of one harm. ``skipped`` says why there was nothing to try; ``notes`` counts each thing found."""

    name: str
    trials: int = 0
    skipped: str = ""
    counts: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def found(self, fault: str, what: str, where: str = "") -> None:
        """Count a fault of a kind of :data:`FAULTS`; ``what`` tells it, ``where`` how to see it again (the first is kept)."""
        self.counts[fault] += 1
        note = f"{fault}: {what}"
        self.notes[note] += 1
        self.first.setdefault(note, where)

    @property
    def clean(self) -> bool:
        """True when nothing was found."""
        return not self.counts

    def told(self) -> str:
        """All notes, for an assertion that fails."""
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """The notes, the most frequent first, each with how to see it again."""
        shown = [f"{count} × {note}  [{self.first[note]}]" for note, count in self.notes.most_common(_SHOWN)]
        if len(self.notes) > _SHOWN:
            shown.append(f"… and {len(self.notes) - _SHOWN} other notes")
        return shown


def rewritten(document: str, tally: Tally, day: str) -> str:
    """A document with these figures in the row that names the harm, and the day of the run.

    A row reads ``| promise | `name of the harm` | trials | lost | half | wrong words | leaked | day |``.
    """
    figures = [str(tally.counts[fault]) for fault in FAULTS]
    row = f"`{tally.name}` | {tally.trials} | {' | '.join(figures)} | {day} |"
    return re.sub(rf"`{re.escape(tally.name)}` \|.*$", row, document, flags=re.MULTILINE)


def table(tallies: Sequence[Tally]) -> str:
    """The figures as a table in Markdown, and below it what was found."""
    rows = ["| harm | trials | lost | half | wrong words | leaked |", "|---|---:|---:|---:|---:|---:|"]
    for each in tallies:
        if each.skipped:
            rows.append(f"| {each.name} | skipped: {each.skipped} | | | | |")
        else:
            figures = " | ".join(str(each.counts[fault]) for fault in FAULTS)
            rows.append(f"| {each.name} | {each.trials} | {figures} |")
    notes = [f"- **{each.name}** {line}" for each in tallies for line in each.lines()]
    return "\n".join([*rows, "", *notes])
