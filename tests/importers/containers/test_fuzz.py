"""Damaged documents, archives and e-mails: each ends as its own rows or is refused, never as other rows.

A checksum stands over every part of a zip; a PDF has none, and there it is enough that reading ends. JIANHUI_FULL=1 makes ten
times as many.
"""

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from importers.workbook import members
from importers.workbook.sniff import ARCHIVES, sniff
from samples.paper import Page
from samples.paper import document as paper
from samples.word import document, paragraph, table
from tests.aids.archives import gbk_zip, mail
from tests.aids.broken_files import opened, xlsx
from tests.aids.sizes import every
from tests.importers.sheets import IDS, PEOPLE

ROOT = Path(__file__).resolve().parent.parent.parent.parent
COUNT = 1_000 // every(10)
ROWS = [["姓名", "身份证号"], *([name, number] for name, number in zip(PEOPLE, IDS, strict=True))]
WORD = document(paragraph("会员名册"), table(ROWS))
ZIP = gbk_zip({"江北/名册.xlsx": xlsx(ROWS), "名册.docx": WORD})
MAIL = mail({"名册.xlsx": xlsx(ROWS), "材料.zip": ZIP})


def mutants(data: bytes, count: int) -> Iterator[bytes]:
    """The bytes with one to four accidents each: flips, noise, ranges removed, repeated, blanked, an early end."""
    for seed in range(count):
        chance = random.Random(seed)
        torn = bytearray(data)
        for _time in range(chance.choice((1, 1, 2, 4))):
            start, size = chance.randrange(len(torn)), chance.choice((1, 2, 16, 200))
            match chance.randrange(6):
                case 0 | 1:
                    torn[start] ^= 1 << chance.randrange(8)
                case 2:
                    torn[start : start + size] = chance.randbytes(size)
                case 3:
                    del torn[start : start + size]
                case 4:
                    torn[start:start] = torn[start : start + size]
                case _ if chance.random() < 0.3 and start > 100:
                    del torn[start:]
                case _:
                    torn[start : start + size] = bytes(size)
        yield bytes(torn)


def rows(data: bytes, name: str, depth: int = 0) -> list[list[object]]:
    """All rows of a file and of the files in it; one that is refused has none, as in the child."""
    try:
        container = sniff(data, name)
        if container not in ARCHIVES:
            return [list(row.values) for _sheet, read in opened(data, name) for row in read]
        wanted = members.contents(data, container, None, depth).wanted
    except Exception:  # noqa: BLE001 - the child makes a sentence of whatever it is
        return []
    found = []
    for member in wanted:
        try:
            held, called = members.dig(data, name, [member], None)
        except Exception:  # noqa: BLE001 - the same
            continue
        found += rows(held, called, depth + 1)
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("name", "data"), [("名册.docx", WORD), ("材料.zip", ZIP), ("邮件.eml", MAIL)])
def test_what_is_read_of_a_damaged_file_is_what_stood_in_it(name: str, data: bytes) -> None:
    known = [["会员名册"], *ROWS]
    assert [row for row in known if row in rows(data, name)] == known
    read = [rows(each, name) for each in mutants(data, COUNT)]
    assert [row for found in read for row in found if row not in known] == []
    # a run in which nothing could be read, or nothing was damaged, proves nothing
    assert sum(map(bool, read)) > 0
    assert any(not found or len(found) < len(known) for found in read)


def pdf() -> bytes:
    made = Page()
    made.table(ROWS, (90, 160))
    return paper(made)


#: Runs apart from the tests, for a native library may take its process with it.
_ALL = """
import sys
sys.path.insert(0, sys.argv[1])
from tests.importers.containers.test_fuzz import COUNT, mutants, pdf, rows
print(sum(bool(rows(each, "名册.pdf")) for each in mutants(pdf(), COUNT)))
"""


@pytest.mark.slow
def test_reading_a_damaged_pdf_ends() -> None:
    command = [sys.executable, "-X", "utf8", "-c", _ALL, str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=600)
    assert (done.returncode, done.stderr) == (0, "")
    assert 0 < int(done.stdout) <= COUNT
