"""How long a start takes: ``python benchmarks/start.py [--runs 7] [--keep]``.

Each side in a process of its own, in turns, and its processor time: the help, the list of a small register and the door until
it is painted; beside them what nobody can do without: Python with the libraries, with scrypt, and a bare window.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.made_people import PASSPHRASE
from benchmarks.measured import Seconds, begin, compare, medians
from models.register import register

_ROOT = Path(__file__).resolve().parent.parent
_LIBRARIES = """
import argparse, hashlib, json
import filelock, peewee, platformdirs, rich.cells, sqlcipher3, playhouse.sqlcipher_ext
import cryptography.hazmat.primitives.keywrap
"""
_SCRYPT = "import hashlib; hashlib.scrypt(b'x' * 8, salt=b'y' * 16, n=2**17, r=8, p=1, maxmem=2**28)"
_BARE = """
import os
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Bare(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, lambda: os._exit(0))

app, window = QApplication([]), Bare()
window.show()
app.exec()
"""
_DOOR = """
import os, sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog
import main

class Painted(QObject):
    def eventFilter(self, on, event):
        if isinstance(on, QDialog) and event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, lambda: os._exit(0))
        return False

app, seen = QApplication(sys.argv[:1]), Painted()
app.installEventFilter(seen)
main.main([])
"""
#: What is measured / what nobody can do without, and the most that it is to be.
_GOALS = {("list", "库和 scrypt"): 1.5, ("门", "空窗口"): 4.0, ("--help", "库"): 3.0}


def processor(name: str, command: list[str]) -> Seconds:
    """The processor time of a command and of what it started."""
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = getrusage(RUSAGE_CHILDREN)
    return {name: after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}


def measure(folder: Path, runs: int) -> Seconds:
    """The medians of all sides, in turns; the first turn, which may still compile something, is not counted."""
    python = [sys.executable]
    parts = [
        partial(processor, "Python", [*python, "-c", ""]),
        partial(processor, "库", [*python, "-c", _LIBRARIES]),
        partial(processor, "库和 scrypt", [*python, "-c", _LIBRARIES + _SCRYPT]),
        partial(processor, "空窗口", [*python, "-c", _BARE]),
        partial(processor, "--help", [*python, "main.py", "--help"]),
        partial(processor, "list", [*python, "main.py", "list", "workers"]),
        partial(processor, "门", [*python, "-c", _DOOR]),
    ]
    for part in parts:
        part()
    return medians(runs, parts)


def main() -> None:
    """Measure both sides and print the figures with their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--keep", action="store_true", help="write the ratios down")
    arguments = parser.parse_args()
    begin()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        register.create(folder, PASSPHRASE)
        register.close_register()
        os.environ |= {"JIANHUI_DATA": str(folder), "JIANHUI_PASSPHRASE": PASSPHRASE, "QT_QPA_PLATFORM": "offscreen"}
        found = measure(folder, arguments.runs)
    print("| 什么 | 处理器毫秒 |", "|---|---:|", sep="\n")
    for name, seconds in found.items():
        print(f"| {name} | {seconds * 1000:.0f} |")
    print("\n| 比值 | 量得 | 目标 |", "|---|---:|---:|", sep="\n")
    ratios = {f"{one} / {other}": found[one] / found[other] for one, other in _GOALS}
    for (name, ratio), goal in zip(ratios.items(), _GOALS.values(), strict=True):
        print(f"| {name} | {ratio:.2f} | ≤ {goal:g} |")
    print(*compare("start", ratios, arguments.keep), sep="\n")


if __name__ == "__main__":
    main()
