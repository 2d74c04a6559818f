"""Written values that no code list knows, with the label that was probably meant; a person's choice is remembered."""

from collections import Counter
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from importers.rows.understanding import SheetView
from models.patterns import pattern
from models.records.forms import FORMS
from models.values.kinds import Choice

#: How sure a suggestion must be (0..1) to be taken together with others: a slip of the pen, a word more or less.
SURE = 0.9
#: What says that something is not so. A label of which the opposite was written is no suggestion.
_NOT = pattern("[没未无非否不]|×|✗|✘|^0$")
#: How alike (0–100) a written value and a label must be to be suggested.
ALIKE = 50


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """A value of a coded field that its list does not know: on how many rows, what it may mean and how sure (0..1)."""

    field: str
    written: str
    count: int
    suggestion: str
    sureness: float
    labels: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """True when the suggestion may be taken without being looked at by itself."""
        return bool(self.suggestion) and self.sureness >= SURE


def unknown_values(view: SheetView) -> list[UnknownValue]:
    """The unknown values of a sheet, most frequent first."""
    if view.kind is None:
        return []
    counts: Counter[tuple[str, str]] = Counter()
    for row in view.rows:
        for each in row.problems:
            if each.code == "choice-unknown" and each.column in row.written:
                counts[each.column, str(row.written[each.column])] += 1
    found = []
    for (name, written), count in counts.most_common():
        kind = FORMS[view.kind].by_name[name].column.kind
        if isinstance(kind, Choice):
            label, sureness = suggest(kind, written)
            found.append(UnknownValue(name, written, count, label, sureness, kind.codes.labels))
    return found


def suggest(kind: Choice, written: str) -> tuple[str, float]:
    """The label that a written value probably means and how sure (0..1), or ("", 0.0)."""
    meanings = {label: label for label in kind.codes.labels} | dict(kind.codes.synonyms)
    negative = bool(_NOT.search(written))
    meanings = {said: label for said, label in meanings.items() if bool(_NOT.search(said)) == negative}
    # a part of a word says something from two characters on: 有 is not 国有企业
    scorer = fuzz.WRatio if len(written) > 1 else fuzz.ratio
    best = process.extractOne(written, meanings.keys(), scorer=scorer, score_cutoff=ALIKE)
    return (meanings[best[0]], round(best[1] / 100, 2)) if best else ("", 0.0)
