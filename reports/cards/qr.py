"""QR codes as dark squares. The only place that knows ``segno``."""

from functools import lru_cache

#: Light modules around a code, without which a reader does not find it (ISO/IEC 18004).
QUIET = 4
#: A run of dark modules: row, first column, how many.
Run = tuple[int, int, int]


@lru_cache(maxsize=4096)
def qr_code(text: str) -> tuple[int, tuple[Run, ...]]:
    """How many modules a side of the code has, and its dark ones as runs. Fifteen per cent of it may be damaged."""
    import segno  # a library that most papers never need

    matrix = segno.make_qr(text, error="m").matrix
    runs = []
    for row, modules in enumerate(matrix):
        start = None
        for column, dark in enumerate([*modules, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                runs.append((row, start, column - start))
                start = None
    return len(matrix), tuple(runs)
