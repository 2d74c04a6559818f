"""How much of the long tests the suite does: JIANHUI_FULL=1 does all of it, a few minutes more."""

import os

FULL = bool(os.environ.get("JIANHUI_FULL"))


def every(number: int) -> int:
    """One of so many steps, places or people is tried; with JIANHUI_FULL each of them."""
    return 1 if FULL else number
