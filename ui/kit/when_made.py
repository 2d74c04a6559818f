"""What is handed out is what was asked for last: a press while pages are being composed waits for them."""

from collections.abc import Callable
from typing import Any


class WhenMade:
    """Knows whether what is shown is what was asked for, and keeps one press until it is."""

    def __init__(self) -> None:
        """Nothing was asked for yet."""
        self._call: Callable[[], Any] | None = None
        self.busy = False

    def begin(self) -> None:
        """Something else was asked for."""
        self.busy = True

    def call(self, function: Callable[[], Any], *_pressed: object) -> None:
        """Call ``function()`` now, or as soon as what was asked for is there; never where it could not be made."""
        if self.busy:
            self._call = function
        else:
            function()

    def end(self, made: bool) -> None:
        """What was asked for is there, or could not be made."""
        self.busy = False
        call, self._call = self._call, None
        if made and call is not None:
            call()
