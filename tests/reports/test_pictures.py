"""One page of every paper as a picture: how much ink stands in each cell of a coarse grid, kept as digits beside this file.

The positions of all that is drawn are kept exactly in ``layouts``; here it is seen that the painter puts them there: texts,
rules, greys, the watermark. One font of Debian's draws all of them, in a process that has no other; another version of it or of
Qt moves some ink by a little, which the comparison bears. ``JIANHUI_PICTURES=1 pytest tests/reports/test_pictures.py`` writes
the pictures anew.
"""

import json
import os
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase

from reports.layout import Layout, lay_out
from reports.paper import ensure_application
from reports.paper_page import PaperPage
from reports.report import Report
from tests.reports.test_faces import ROOT, only
from tests.reports.test_proofs import NAMES, shapes  # noqa: F401  # a fixture
from tests.reports.test_report import plain_measure

FOLDER = Path(__file__).parent / "pictures"
ANEW = bool(os.environ.get("JIANHUI_PICTURES"))
#: Debian's own package of it is installed by the set-up.
FAMILY = "WenQuanYi Zen Hei"
#: A cell is so many points wide and high; ink is told in steps of so many parts of a full cell.
CELL, STEPS = 14, 24
#: So many cells may be one step off; none may be more than two steps off.
MOST_OFF, WORST = 0.025, 2
PROGRAM = """
import json, pickle, sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from reports.paper import ensure_application, page_image
ensure_application()
cell, steps, told = int(sys.argv[2]), int(sys.argv[3]), {}
for name, layout in pickle.loads(Path(sys.argv[1]).read_bytes()).items():
    image = page_image(layout, 1, 144).convertToFormat(QImage.Format.Format_Grayscale8)
    wide, high = round(image.width() / 2 / cell), round(image.height() / 2 / cell)
    small = image.scaled(wide, high, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    told[name] = ["".join(chr(48 + min(9, round((255 - small.pixelColor(x, y).lightness()) / 255 * steps))) for x in range(wide))
        for y in range(high)]
print(json.dumps(told))
"""

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the families of a program are chosen by fontconfig"),
    pytest.mark.skipif(not (ensure_application() and FAMILY in QFontDatabase.families()), reason=f"{FAMILY} is not installed"),
]


def drawn(layouts: dict[str, Layout], folder: Path) -> dict[str, list[str]]:
    """The first page of each layout as lines of digits, drawn with one font alone."""
    (folder / "layouts").write_bytes(pickle.dumps(layouts))
    command = [sys.executable, "-c", PROGRAM, str(folder / "layouts"), str(CELL), str(STEPS)]
    done = subprocess.run(command, cwd=ROOT, env=only(FAMILY, folder), check=True, capture_output=True)
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def differences(kept: list[str], seen: list[str]) -> str:
    """In what two pictures differ more than fonts do; "" for nothing."""
    if [len(line) for line in kept] != [len(line) for line in seen]:
        return "another size"
    off = [abs(ord(a) - ord(b)) for before, now in zip(kept, seen, strict=True) for a, b in zip(before, now, strict=True)]
    some = sum(each > 0 for each in off) / len(off)
    return "" if max(off) <= WORST and some <= MOST_OFF else f"{some:.1%} of the cells differ, one by {max(off)} steps"


def laid(report: Report) -> Layout:
    layout = lay_out(report, "2026-11-22 09:00", plain_measure)
    return replace(layout, pages=tuple(layout.pages[:1]))  # held, to be given to another process


def test_the_first_page_of_every_paper_looks_as_it_is_kept(shapes: dict[str, Report], tmp_path: Path) -> None:  # noqa: F811
    layouts = {name: laid(shapes[name]) for name in NAMES}
    layouts["roster_draft"] = laid(replace(shapes["roster"], watermark="草稿"))
    found, wrong = drawn(layouts, tmp_path), {}
    for name, lines in found.items():
        kept = FOLDER / f"{name}.txt"
        if ANEW:
            FOLDER.mkdir(exist_ok=True)
            kept.write_text("\n".join(lines) + "\n", "utf-8")
        if told := differences(kept.read_text("utf-8").splitlines(), lines):
            wrong[name] = told
    assert wrong == {}


def moved(page: PaperPage, right: float) -> PaperPage:
    return PaperPage([replace(text, x=text.x + right) for text in page.texts], page.tints, page.rules)


def test_the_comparison_sees_what_a_person_would_see(shapes: dict[str, Report], tmp_path: Path) -> None:  # noqa: F811
    whole = laid(shapes["case"])
    (page, *_rest) = whole.pages
    harmed = {
        "as it is": whole,
        "texts moved by half a centimetre": replace(whole, pages=(moved(page, 283),)),
        "no rules": replace(whole, pages=(PaperPage(page.texts, page.tints, []),)),
        "no greys": replace(whole, pages=(PaperPage(page.texts, [], page.rules),)),
        "half of the texts": replace(whole, pages=(PaperPage(page.texts[::2], page.tints, page.rules),)),
        "a watermark": replace(whole, watermark="草稿"),
    }
    found = drawn(harmed, tmp_path)
    assert [name for name, lines in found.items() if not differences(found["as it is"], lines)] == ["as it is"]
