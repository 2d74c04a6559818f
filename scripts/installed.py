"""The installed package's own file: the tree lies beside it as it is, and what starts there finds it first.

In the tree the rooms are imported by their own names (``models``, ``ui``, …). Installed, they lie in one folder, ``jianhui``,
so that no name of theirs stands among other packages; that folder is put first on the path. It is ``jianhui/__init__.py`` in
the package that ``pyproject.toml`` makes, and is used nowhere else.
"""

import sys
from pathlib import Path


def start() -> int:
    """Run the program with the arguments of this process; what ``main.main`` answers is the exit code."""
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from main import main

    return main(sys.argv[1:])
