"""A paper of founding or joining made and handed out: filled, as .docx or PDF, noted as issued, kept in the trail."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.journal.writer import Author
from models.language import _, official
from models.papers.catalogue import FoundingPaper
from models.papers.issuing import changed, issue, number_for
from models.papers.values import BLANK, values
from models.trail.entry import Act, HandedTo
from models.values.region_index import RegionIndex
from reports.handing_over import WrittenFile, hand_over
from reports.layout import Layout
from reports.letters.laying_out import lay_out_letter
from reports.letters.word import asked_of, fill, letter_of, template_of
from reports.saving import save

#: Nobody said to whom a paper goes.
_NOBODY = HandedTo()


@dataclass(frozen=True)
class PaperWish:
    """Which paper of whom: ``subject`` is employer, union or person, ``uid`` the record; what a person wrote in its places.

    ``draft``: it bears 草稿, is given no number and is not noted. ``number``: another one than the next.
    """

    paper: FoundingPaper
    subject: str
    uid: str
    day: dt.date
    given: Mapping[str, str] = field(default_factory=dict)
    masked: bool = True
    draft: bool = False
    number: str = ""


@dataclass(frozen=True)
class MadePaper:
    """A paper as it will be handed out: what it says, its number ("" for none), the filled document.

    ``asked``: the names that its template has places for.
    """

    wish: PaperWish
    said: dict[str, Any]
    number: str
    content: bytes
    asked: frozenset[str]

    @property
    def blank(self) -> list[str]:
        """The names that are lines to be filled in by hand."""
        return [name for name, value in self.said.items() if value == BLANK and name in self.asked]


@official()
def make_paper(wish: PaperWish, index: RegionIndex) -> MadePaper:
    """Fill the template of a paper. UserError as ``models.papers.values.values`` and for a name that it does not have."""
    number = "" if wish.draft else wish.number or number_for(wish.paper, wish.subject, wish.uid, wish.day)
    said = values(wish.paper, wish.uid, wish.subject, index, wish.day, masked=wish.masked, number=number)
    said = changed(said, wish.given)
    written = str(said["文号"])
    number = "" if written == BLANK or not wish.paper.numbered else written
    template = template_of(wish.paper)
    title = wish.paper.title
    return MadePaper(wish, said, number, fill(template, said, title), frozenset(asked_of(template, title)))


def pages_of(made: MadePaper) -> Layout:
    """The pages of a paper, from its very document."""
    from reports import paper

    letter = letter_of(made.content, made.wish.paper.title, _("草稿") if made.wish.draft else "")
    return paper.lay_out_by(lambda measure: lay_out_letter(letter, measure))


def write_paper(path: Path, made: MadePaper, overwrite: bool = True) -> WrittenFile:
    """Write a paper as .docx or .pdf by the path's ending. UserError as ``reports.saving.save``."""
    if path.suffix.lower() == ".docx":
        save(path, made.content, overwrite)
    else:
        from reports import paper

        save(path, paper.layout_as_pdf(pages_of(made)), overwrite)
    return WrittenFile(path)


def paper_act(act: str, made: MadePaper, path: Path | None = None) -> Act:
    """What the trail keeps of a paper that goes out; not the name of its file where that may be a person's."""
    wish = made.wish
    private = wish.subject == "person"
    file = f"{wish.paper.title}{path.suffix}" if path is not None and private else ""
    return Act(act, wish.paper.title, 1, full=not wish.masked, records=[wish.uid], file=file)


def hand_out(path: Path, made: MadePaper, author: Author, said: HandedTo = _NOBODY) -> tuple[WrittenFile, int | None]:
    """Write a paper, keep that in the trail, and note it as issued unless it is a draft; the file and the batch's number.

    ``said``: to whom it goes and what for.
    """
    written = hand_over(author, paper_act("export", made, path).given_to(said), write_paper, path, made)
    return written, note(made, author)


def note(made: MadePaper, author: Author) -> int | None:
    """Note a paper as issued; the batch's number, None for a draft and for one that was noted before."""
    wish = made.wish
    return None if wish.draft else issue(wish.paper, wish.subject, wish.uid, made.number, wish.day, author)
