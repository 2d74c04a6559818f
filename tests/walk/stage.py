"""The stage of a walk: a screen without a monitor, a window manager, the program on it, pictures, and what was found."""

import os
import re
import select
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from parcel import PARCEL
from screen import HERE, PATIENCE, NotThere, Screen

ROOT = HERE.parent.parent
PASSPHRASE = "磐石杏花-2026"
#: Pictures are reduced to so many colours: a page of text loses nothing by it, an enlarged one by half as many.
COLOURS = 128
_SOCKET = "look"


@dataclass
class Walk:
    """One walk: its folder, its screen, and what is known so far (``known`` is for stations that build on earlier ones)."""

    out: Path
    size: tuple[int, int]
    scale: int = 1
    theme: str = "light"
    display: str = ""
    program: subprocess.Popen[str] | None = None
    known: dict[str, str] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    station: str = ""
    others: list[subprocess.Popen[str]] = field(default_factory=list)
    _shots: int = 0

    @property
    def data(self) -> Path:
        """Where the register lies."""
        return self.out / "data"

    @property
    def desk(self) -> Path:
        """The person's own folder."""
        return self.out / "home"

    @property
    def papers(self) -> Path:
        """The folder that file dialogs propose."""
        return self.desk / "Documents"

    @property
    def screen(self) -> Screen:
        """The program's window."""
        return Screen(self.out / _SOCKET, self.display)

    @property
    def env(self) -> dict[str, str]:
        """The environment of a program on this screen, with a home of its own."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
        kept |= {"DISPLAY": self.display, "HOME": str(self.desk), "XDG_CONFIG_HOME": str(self.desk / ".config")}
        kept |= {"JIANHUI_DATA": str(self.data), "JIANHUI_LAPTOP": str(self.desk / "laptop.json"), "QT_QPA_PLATFORM": "xcb"}
        if self.scale != 1:
            kept["QT_SCALE_FACTOR"] = str(self.scale)
        return kept

    def start_program(self) -> None:
        """Open the program's window, as its user does."""
        log = (self.out / "program.log").open("a", encoding="utf-8")
        self.program = subprocess.Popen(
            [sys.executable, str(HERE / "probe.py"), str(self.out / _SOCKET)], env=self.env, stdout=log, stderr=log, text=True
        )
        log.close()

    def ended(self, patience: float = 30.0) -> int:
        """Wait for the program to end and return its exit status."""
        assert self.program is not None
        try:
            return self.program.wait(patience)
        except subprocess.TimeoutExpired as late:
            raise NotThere("the program did not end") from late

    def drag(self, files: Sequence[Path], start: tuple[int, int], target: tuple[int, int]) -> str:
        """Drag files from another program's window to a place; "taken" or "refused", as that program heard it."""
        words = [sys.executable, str(HERE / "parcel.py"), *map(str, start), *map(str, files)]
        env = {name: value for name, value in self.env.items() if name != "QT_SCALE_FACTOR"}  # its place is told in pixels
        other = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=env)
        self.others.append(other)
        if _said(other) != "ready":
            raise NotThere("the window to drag from did not come")
        self.screen.xdo("search", "--sync", "--onlyvisible", "--name", f"^{PARCEL}$")
        self.screen.carry((start[0] + 40, start[1] + 20), target)
        return _said(other)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The program's command line, on the same register."""
        env = self.env | {"JIANHUI_PASSPHRASE": PASSPHRASE}
        line = [sys.executable, str(ROOT / "main.py"), *words]
        return subprocess.run(line, env=env, capture_output=True, text=True, check=False)

    def picture(self, name: str, path: Path | None = None, window: bool = False) -> Path:
        """Take a picture of the whole screen, or of the window alone, with few colours."""
        self._shots += 1
        path = path or self.out / f"{self._shots:02} {name}.png"
        crop: list[str] = []
        if window:
            x, y, width, height = next(each for each in self.screen.look().windows if each["free"])["inner"]
            crop = ["-crop", f"{width}x{height}+{x}+{y}", "+repage"]
        # a copy of the screen as it is, made small afterwards
        raw = self.out / "screen.png"
        subprocess.run(["import", "-silent", "-window", "root", str(raw)], env=self.env, check=True)
        smaller = ["+dither", "-colors", str(COLOURS // self.scale), "-define", "png:compression-level=9"]
        subprocess.run(["convert", str(raw), *crop, *smaller, str(path)], check=True)
        raw.unlink()
        return path

    def station_picture(self, name: str) -> None:
        """Take a picture once nothing moves any more, and note what does not fit its place."""
        self.screen.rest()
        self.picture(name)
        self.note_squeezed(name)

    def note_squeezed(self, name: str) -> None:
        """Note labels and buttons whose text has less room than it needs, and fields that a screen reader cannot name."""
        for each in self.screen.look().things:
            if each.more.get("squeezed") and each.more["free"]:
                self.found(f"{name}: “{each.text}”（{each.more['class']}）没有足够的位置，{each.rect[2]} 像素宽")
            if each.role in {"field", "button"} and not each.texts:
                self.found(f"{name}: 一个 {each.more['class']} 没有名称（{each.rect}）")

    def found(self, sentence: str) -> None:
        """Note something to look at; it does not end the walk."""
        if sentence not in self.findings:
            self.findings.append(sentence)

    def walk(self, stations: Sequence[Callable[["Walk"], None]]) -> bool:
        """Go through the stations; False when one failed: its name, why, and a picture are left in the folder."""
        begun, passed = time.monotonic(), False
        for station in stations:
            self.station = (station.__doc__ or station.__name__).splitlines()[0]
            print(f"· {self.station}", flush=True)
            try:
                station(self)
            except Exception as failure:  # noqa: BLE001  # whatever it is, the walk ends here with a picture of it
                self._tell_failure(failure)
                break
        else:
            print(f"走完 {len(stations)} 站，{time.monotonic() - begun:.0f} 秒；图片和记录在 {self.out}")
            passed = True
        for sentence in self.findings:
            print(f"  ？{sentence}")
        return passed

    def _tell_failure(self, failure: Exception) -> None:
        said = str(failure).partition("\n")[0]
        try:
            seen = self.screen.look().told()
        except OSError as gone:
            seen = f"程序不在了：{gone}"
        print(f"✗ 停在“{self.station}”：{type(failure).__name__}: {said}")
        where = "".join(traceback.format_tb(failure.__traceback__))
        (self.out / "失败.txt").write_text(f"{self.station}\n{type(failure).__name__}: {said}\n{seen}\n\n{where}", "utf-8")
        picture = self.picture("失败", self.out / "失败.png")
        print(f"  画面：{picture}；画面上的文字：{self.out / '失败.txt'}；程序的输出：{self.out / 'program.log'}")


def _said(other: subprocess.Popen[str]) -> str:
    """The next line that another program prints, as soon as it is there."""
    assert other.stdout is not None
    ready, _w, _x = select.select([other.stdout], [], [], PATIENCE)
    if not ready:
        raise NotThere("the other program said nothing")
    return str(other.stdout.readline().strip())


@contextmanager
def stage(walk: Walk) -> Iterator[Walk]:
    """A screen with a window manager, on a free display; everything that was started ends with it."""
    walk.papers.mkdir(parents=True, exist_ok=True)
    started: list[subprocess.Popen[str]] = []
    try:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", f"{walk.size[0]}x{walk.size[1]}x24", "-dpi", "96", "-nolisten", "tcp"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        started.append(server)
        assert server.stdout is not None
        walk.display = f":{re.sub(r'[^0-9]', '', server.stdout.readline())}"
        manager = ["openbox", "--config-file", str(HERE / "openbox.xml")]
        started.append(subprocess.Popen(manager, env=walk.env, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        yield walk
    finally:
        for process in [walk.program, *walk.others, *reversed(started)]:
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()
