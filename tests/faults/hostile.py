"""Hostile texts as names: formulas, HTML, paths, control characters; through import, list, report and returned workbook."""

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import openpyxl
import xlsxwriter

from tests.faults.looking import look
from tests.faults.place import Place
from tests.faults.tally import Tally
from tests.faults.world import TITLES, world

#: As many trials as there are verbs, or more.
ALL = 100
HOSTILE = (
    '=HYPERLINK("http://x.invalid","a")', "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1",
    '<img src="file:///etc/hostname">', "<script>alert(1)</script>", "<b>粗</b>", "../../../../tmp/越界", "/etc/passwd",
    "C:\\Windows\\系统", "con.txt", "%s%n%d{0}{name}", "'; DROP TABLE worker; --", "\u202e反向", "\x1b[31m红", "甲\u200b乙", "NULL",
    "𠮷野家", "🙂" * 5, "名" * 300,
)  # fmt: skip


def hostile(trials: int, seed: int) -> Tally:
    """Everybody and every unit is called so; what is printed and handed out is text, and lies where it should."""
    tally = Tally("hostile")
    with TemporaryDirectory(prefix="jianhui-hostile-") as made:
        place = world().place.copy(Path(made) / "place")
        outside = {
            path for path in Path(made).rglob("*") if place.out not in path.parents and place.data not in path.parents
        }
        rows: list[list[str | None]] = [TITLES]
        rows += [[name, "1", f"1993{number:07}", f"{name}工会", name, "2024"] for number, name in enumerate(HOSTILE)]
        rows += [[name, None, f"1994{number:07}", f"{name}工会", name, "2024"] for number, name in enumerate(HOSTILE)]
        book = place.received / "=1+1 名册.xlsx"
        _as_texts(book, rows)
        outside.add(book)
        for verb in Random(seed).sample(_verbs(place, book), trials) if trials < ALL else _verbs(place, book):
            done = place.run(*verb)
            tally.trials += 1
            if done.bad_words:
                tally.found("wrong", done.bad_words, " ".join(map(str, verb[:2])))
            if "\x1b" in done.said:
                tally.found("leaked", "a control character reaches the terminal", str(verb[0]))
        for path in place.out.rglob("*.xlsx"):
            _no_formulas(tally, path)
        strays = {
            path for path in Path(made).rglob("*") if place.out not in path.parents and place.data not in path.parents
        }
        for path in strays - outside:
            if "tmp" not in path.parts and path.name != "laptop.json":
                tally.found("leaked", f"a file where none belongs: {path.name}")
        if trouble := look(place.data).trouble:
            tally.found("lost", trouble)
    return tally


def _as_texts(path: Path, rows: list[list[str | None]]) -> None:
    """A workbook in which every cell is a text, whatever it looks like."""
    with xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    ) as book:
        sheet = book.add_worksheet("=2+2")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell or "")


def _verbs(place: Place, book: Path) -> list[tuple[str | Path, ...]]:
    out = place.out
    return [
        ("import", book, "--returned", out), ("import", book, "--plan", "--json"), ("list", "workers"), ("list", "unions"),
        ("list", "employers", "--json"), ("list", "workers", "--out", out / "w.xlsx"), ("list", "unions", "--out", out / "u.csv"),
        ("list", "employers", "--out", out / "e.xlsx"), ("report", "roster", "--out", out / "r.pdf"), ("drive",), ("batches",),
        ("report", "roster", "--out", out / "r.xlsx"), ("report", "findings", "--out", out / "f.xlsx"), ("rules",),
        *(("list", "workers", "--search", name) for name in HOSTILE[::4]), ("duplicates", "unions"), ("duplicates", "workers"),
    ]  # fmt: skip


def _no_formulas(tally: Tally, path: Path) -> None:
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" or cell.hyperlink:
                    tally.found("leaked", f"{path.name} holds a live formula", f"{cell.coordinate}")
