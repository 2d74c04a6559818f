"""Templates of papers that a person put in the place of ours: kept in the register, so that a copy of it brings them along."""

import base64

from models.engine import database
from models.journal.writer import Author, batch, number_of
from models.papers.catalogue import FoundingPaper
from models.records.submission import PaperTemplate
from models.uid import new_uid

_NAMES = ("uid", "paper", "file", "content")


def own_template(paper: FoundingPaper) -> tuple[str, bytes] | None:
    """The name and the bytes of the template in the place of ours, None where there is none."""
    row = next(iter(database.fetch_in(PaperTemplate, "paper", [paper.key], ("file", "content"))), None)
    return None if row is None else (str(row[0] or ""), base64.b64decode(row[1]))


def keep_own(paper: FoundingPaper, file: str, content: bytes, author: Author) -> int | None:
    """Put a template (.docx) in the place of ours; returns the batch's number, None when it is the same already."""
    text = base64.b64encode(content).decode("ascii")
    with batch("edit", author, {"paper_template": paper.key}) as writer:
        held = [dict(zip(_NAMES, row, strict=True)) for row in database.fetch_in(PaperTemplate, "paper", [paper.key], _NAMES)]
        if any(each["content"] == text for each in held):
            return None
        for each in held:
            writer.remove([(PaperTemplate, each)])
        writer.create(PaperTemplate, {"uid": new_uid(), "paper": paper.key, "file": file, "content": text})
    return number_of(writer)


def forget_own(paper: FoundingPaper, author: Author) -> int | None:
    """Go back to our template; returns the batch's number, None when ours was in use."""
    with batch("edit", author, {"paper_template": paper.key}) as writer:
        for row in list(database.fetch_in(PaperTemplate, "paper", [paper.key], _NAMES)):
            writer.remove([(PaperTemplate, dict(zip(_NAMES, row, strict=True)))])
    return number_of(writer)
