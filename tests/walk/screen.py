"""What a person in front of the screen does: look for a thing by what is written on it, press it, type, drag.

All pressing and typing goes through xdotool, as events of the X server; the probe inside the program only says where things are.
"""

import json
import re
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
#: Seconds between two looks, and how long a person waits at most for what must come.
EVERY, PATIENCE = 0.1, 20.0
#: Turns of the wheel before a thing is said not to be there.
MOST_TURNS = 60
_WAYS = {"down": "5", "up": "4"}


class NotThere(Exception):
    """What was looked for did not come in time."""


@dataclass(frozen=True)
class Thing:
    """Something in sight, see ``probe.thing``."""

    role: str
    texts: tuple[str, ...]
    rect: tuple[int, int, int, int]
    spot: tuple[int, int]
    more: dict[str, Any] = field(repr=False)

    def says(self, wanted: str | re.Pattern[str]) -> bool:
        """True when one of its texts is the wanted one, or holds what a pattern looks for."""
        if isinstance(wanted, re.Pattern):
            return any(wanted.search(text) for text in self.texts)
        return wanted in self.texts

    @property
    def text(self) -> str:
        """The first of its texts."""
        return self.texts[0] if self.texts else ""

    @property
    def value(self) -> str:
        """What stands in a field."""
        return str(self.more.get("value", ""))


@dataclass(frozen=True)
class Look:
    """One look at the screen."""

    things: tuple[Thing, ...]
    windows: tuple[dict[str, Any], ...]
    busy: bool

    def all(self, wanted: str | re.Pattern[str] = "", role: str = "", behind: bool = False, **more: Any) -> list[Thing]:
        """The things that say something, of a role, with these properties; those behind an open window or menu if ``behind``.

        ``beside`` (column, text): only cells in whose row the text stands in that column.
        """
        beside = more.pop("beside", None)
        return [
            each
            for each in self.things
            if (behind or each.more["free"]) and (not role or each.role in role.split("|")) and (not wanted or each.says(wanted))
            and all(each.more.get(name) == value for name, value in more.items())
            and (beside is None or self._is_beside(each, *beside))
        ]  # fmt: skip

    def _is_beside(self, cell: Thing, column: int, part: str) -> bool:
        """True when ``part`` stands in another column of the cell's row."""
        view, row = cell.more.get("view"), cell.more.get("row")
        return any(part in each.text for each in self.all(role="cell", behind=True, column=column, view=view, row=row))

    def told(self) -> str:
        """All that is in sight, a line each, for a failure's report."""
        lines = [f"{each.role:7}{'' if each.more['free'] else '(behind) '}{' | '.join(each.texts)} {each.value} {each.rect}"
                 for each in self.things if each.texts]  # fmt: skip
        return "\n".join(lines)


class Screen:
    """The program's window as a person has it before them."""

    def __init__(self, place: Path, display: str) -> None:
        """``place``: the probe's socket; ``display``: the X display."""
        self._place, self._display = place, display

    # looking

    def look(self) -> Look:
        """What is in sight now. OSError while the program is not there."""
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(PATIENCE)
            line.connect(str(self._place))
            line.sendall(b"look\n")
            parts = b""
            while not parts.endswith(b"\n"):
                part = line.recv(1 << 16)
                if not part:
                    raise ConnectionError("the program went away")
                parts += part
        found = json.loads(parts)
        if "trouble" in found:
            raise RuntimeError(found["trouble"])
        things = [Thing(each["role"], tuple(each["texts"]), tuple(each["rect"]), tuple(each["spot"]), each)
                  for each in found["things"]]  # fmt: skip
        return Look(tuple(things), tuple(found["windows"]), found["busy"])

    def until(self, what: str, found: Callable[[Look], Any], patience: float = PATIENCE) -> Any:
        """Look until ``found`` is true and return what it gave. NotThere says that ``what`` did not come."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            try:
                if given := found(self.look()):
                    return given
            except OSError:
                pass
            time.sleep(EVERY)
        raise NotThere(f"waited {patience:.0f} s for {what}")

    def rest(self, patience: float = 60.0) -> Look:
        """Wait until nothing runs in the background and two looks after each other are alike."""
        before: list[Any] = [None]

        def calm(look: Look) -> Look | None:
            now = [(each.role, each.texts, each.rect, each.value) for each in look.things]
            same, before[0] = now == before[0], now
            return look if same and not look.busy else None

        return self.until("the window to come to rest", calm, patience)  # type: ignore[no-any-return]

    def find(self, wanted: str | re.Pattern[str], role: str = "", patience: float = PATIENCE, **more: Any) -> Thing:
        """The first thing that says ``wanted``, as soon as it is in sight and can be used."""
        more = {"enabled": True} | more
        told = f"{role or 'something'} that says {getattr(wanted, 'pattern', wanted)!r}"
        found = self.until(told, lambda look: look.all(wanted, role, **more), patience)
        return found[0]  # type: ignore[no-any-return]

    def sees(self, wanted: str | re.Pattern[str], role: str = "", **more: Any) -> bool:
        """True when such a thing is in sight now."""
        return bool(self.look().all(wanted, role, **more))

    def gone(self, wanted: str | re.Pattern[str], role: str = "", patience: float = PATIENCE) -> None:
        """Wait until nothing says ``wanted`` any more."""
        self.until(f"{wanted!r} to go", lambda look: not look.all(wanted, role), patience)

    def notice(self, part: str, patience: float = PATIENCE) -> str:
        """Wait for a sentence with ``part`` in it, wherever the window tells it, and return it."""
        return self.find(re.compile(re.escape(part)), "text", patience).text

    # hands

    def xdo(self, *words: str) -> str:
        """One call of xdotool."""
        done = subprocess.run(["xdotool", *words], env={"DISPLAY": self._display, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
                              check=True, capture_output=True, text=True)  # fmt: skip
        return done.stdout

    def press(
        self, wanted: str | re.Pattern[str] | Thing, role: str = "button|menu|tab|cell", times: int = 1, **more: Any
    ) -> Thing:
        """Click what says ``wanted`` once it does not move any more."""
        thing = wanted if isinstance(wanted, Thing) else self._still(wanted, role, **more)
        self.xdo("mousemove", *map(str, thing.spot), "click", "--repeat", str(times), "--delay", "60", "1")
        return thing

    def _still(self, wanted: str | re.Pattern[str], role: str, **more: Any) -> Thing:
        thing = self.find(wanted, role, **more)
        while (again := self.find(wanted, role, **more)).rect != thing.rect:
            thing = again
        return again

    def keys(self, *names: str) -> None:
        """Press keys or combinations, as xdotool names them."""
        for name in names:
            self.xdo("key", "--clearmodifiers", "--delay", "30", name)

    def write(self, text: str) -> None:
        """Type into whatever has the keyboard."""
        self.xdo("type", "--clearmodifiers", "--delay", "40", "--", text)

    def fill(self, name: str | re.Pattern[str], text: str, then: str = "", role: str = "field", **more: Any) -> None:
        """Press a field, replace what stands in it, see that the text arrived; ``then``: a key to end with."""
        for _try in range(3):
            self.press(self.reach(name, role, **more))
            try:
                self.until(f"the keyboard in {name!r}", lambda look: look.all(name, role, behind=True, focus=True), 3)
                self.keys("ctrl+a")
                self.write(text)
                self.until(f"{text!r} in {name!r}", lambda look: self._holds(look, name, role, text), 3)
            except NotThere:
                # xdotool loses a character now and then: a person would see it and type it again
                if not self.sees(name, role):
                    self.keys("Escape")  # a list of proposals stands before the field
                continue
            if then:
                self.keys(then)
            return
        held = [each.value for each in self.look().all(name, role, behind=True)]
        raise NotThere(f"{text!r} did not arrive in {name!r}: {held}")

    @staticmethod
    def _holds(look: Look, name: str | re.Pattern[str], role: str, text: str) -> bool:
        return any(each.value in {text, "•" * len(text)} for each in look.all(name, role, behind=True, focus=True))

    def reach(self, wanted: str | re.Pattern[str], role: str = "", over: str = "", way: str = "down", **more: Any) -> Thing:
        """Find a thing, turning the wheel over its page (or over what says ``over``) until it is in sight."""
        more = {"enabled": True} | more
        self.rest()
        spot: tuple[int, int] | None = None
        for _turn in range(MOST_TURNS):
            found = [each for each in self.look().all(wanted, role, **more) if each.more["whole"] or each.role != "cell"]
            if found:
                return found[0]
            spot = spot or self._middle(over)
            self.xdo("mousemove", *map(str, spot), "click", _WAYS[way])
            time.sleep(EVERY)
        raise NotThere(f"did not come to {wanted!r} by scrolling")

    def _middle(self, over: str) -> tuple[int, int]:
        if over:
            x, y, width, height = self.find(over).rect
        else:
            x, y, width, height = next(each for each in self.look().windows if each["free"])["inner"]
            x, width = x + width // 3, width // 2
        return x + width // 2, y + height // 2

    def choose(self, name: str | re.Pattern[str], entry: str | re.Pattern[str]) -> None:
        """Open a list and press one of its entries."""
        self.press(self.reach(name, "field"))
        self.press(self._still(entry, "cell"))

    def to_page(self, title: str) -> Look:
        """Go to a page by the side bar."""
        self.press(title, "button")
        return self.rest()

    def carry(self, start: tuple[int, int], target: tuple[int, int]) -> None:
        """Press, pull in steps as a hand does, let go."""
        self.xdo("mousemove", *map(str, start), "mousedown", "1")
        steps = 12
        for step in range(1, steps + 1):
            x, y = (a + (b - a) * step // steps for a, b in zip(start, target, strict=True))
            self.xdo("mousemove", str(x), str(y))
            time.sleep(0.05)
        self.xdo("mousemove", str(target[0] + 1), str(target[1]))
        time.sleep(0.15)
        self.xdo("mouseup", "1")
