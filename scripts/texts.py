"""Gathers the texts that people read, keeps the catalogue in step with them, and compiles it.

    python scripts/texts.py          # after texts were added or changed: updates the .po, compiles the .mo, lists what is missing
    python scripts/texts.py --check  # only says what is missing or no longer used

Texts are the arguments of ``_()`` and ``N_()`` in all rooms, and what the models declare: labels of fields, code lists, forms,
problems, stages. The exit code is 1 while a text has no translation. Needs Babel (requirements-dev.txt).
"""

import ast
import datetime as dt
import io
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("ui", "cli", "reports", "importers", "models")
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "jianhui.po"
MARKS = ("_", "N_")
_HEADER = (
    'msgid ""\nmsgstr ""\n"Language: en\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n\n'
)
_PLACES = re.compile(r"\{[^{}]*\}")
_NO_DAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_HEAD: dict[str, Any] = {
    "locale": "en", "project": "jianhui", "last_translator": "jianhui", "language_team": "en", "fuzzy": False,
    "creation_date": _NO_DAY, "revision_date": _NO_DAY,
}  # fmt: skip
#: What gettext writes between a context and its text.
_BETWEEN = "\4"


@cache
def sources() -> tuple[tuple[str, ast.Module], ...]:
    """Every module of the rooms by its path below the root, and main.py."""
    paths = sorted([ROOT / "main.py", *(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))])
    return tuple((path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))) for path in paths)


def marked(tree: ast.Module) -> Iterator[str]:
    """The texts within the calls of ``_()`` and ``N_()`` of a module, their context before them as gettext writes it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            parts = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if parts and isinstance(node.args[0], ast.Constant):
                yield _BETWEEN.join(map(str, reversed(parts)))


def declared() -> set[str]:
    """What the models declare: labels, sentences and names that are shown through ``_()`` without standing in one."""
    from importers.workbook import refusals
    from models.drive import ladder
    from models.law import stages
    from models.ledger import kinds as ledger_kinds
    from models.records.catalogue import RECORDS
    from models.records.forms import FORMS
    from models.sites import kinds as site_kinds
    from models.values import codes, drive_codes, problems
    from models.values.columns import columns_of

    found = {column.label for record in RECORDS.values() for column in columns_of(record)}
    for form in FORMS.values():
        found |= {form.label, *(field.column.label for field in form.fields)}
    for module in (codes, drive_codes):
        for each in vars(module).values():
            if isinstance(each, codes.CodeList):
                found |= {each.name, *each.labels}
    found |= set(codes.GROUP_PARENT.values()) | {codes.OCCUPATION_GROUP.name, ledger_kinds.offered().name}
    found |= {sentence for _level, sentence in problems.TABLE.values()} | set(refusals.SENTENCES.values())
    found |= {paper.name for stage in stages.STAGES for paper in stage.papers}
    found |= {word for rung in ladder.RUNGS for word in rung.words[:1]}
    found |= {row[key] for row in ledger_kinds.seed_rows() for key in ("name", "unit")}
    found |= {row[key] for row in site_kinds.seed_rows() for key in ("name", "unit")} | {site_kinds.offered().name}
    return found


@cache
def texts() -> frozenset[str]:
    """All texts that need a translation."""
    return frozenset(declared()) | {text for _path, tree in sources() for text in marked(tree)}


def read(path: Path = CATALOGUE) -> dict[str, str]:
    """The translations of a catalogue: text → translation, "" where there is none yet."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        found = [each for each in read_po(file) if each.id and not each.fuzzy]
    return {_BETWEEN.join(filter(None, (each.context, str(each.id)))): str(each.string) for each in found}


def places(text: str) -> list[str]:
    """The places of a sentence that are filled in, in alphabetical order."""
    return sorted(_PLACES.findall(text))


def catalogue_of(translations: dict[str, str]) -> Catalog:
    """The translations as Babel's catalogue; its head bears no hour, so that the same texts always give the same files."""
    catalogue = Catalog(**_HEAD)
    for text, translation in translations.items():
        context, _between, plain = text.rpartition(_BETWEEN)
        catalogue.add(plain, translation, context=context or None)
    return catalogue


def po_of(translations: dict[str, str]) -> bytes:
    """A catalogue as a .po file, its texts in alphabetical order."""
    file = io.BytesIO()
    write_po(file, catalogue_of(translations), width=120, omit_header=True, sort_output=True)
    return _HEADER.encode() + re.sub(rb"(?m)^#, python-(?:brace-)?format\n", b"", file.getvalue())


def mo_of(translations: dict[str, str]) -> bytes:
    """A catalogue as gettext reads it (.mo)."""
    file = io.BytesIO()
    write_mo(file, catalogue_of(translations))
    return file.getvalue()


def main(arguments: list[str]) -> int:
    """Bring the catalogue up to date unless ``--check`` is given; 1 while something is missing."""
    held, wanted = read(), texts()
    missing = sorted(text for text in wanted if not held.get(text))
    unused = sorted(text for text in held if text not in wanted)
    wrong = sorted(text for text in wanted if held.get(text) and places(text) != places(held[text]))
    for title, found in (("missing", missing), ("no longer used", unused), ("other places in the translation", wrong)):
        for text in found:
            print(f"{title}: {text!r}")
    if "--check" not in arguments:
        kept = {text: held.get(text, "") for text in wanted}
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_bytes(po_of(kept))
        CATALOGUE.with_suffix(".mo").write_bytes(mo_of(kept))
    return 1 if missing or wrong or ("--check" in arguments and unused) else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
