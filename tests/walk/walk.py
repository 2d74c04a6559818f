"""Walks an organizer's day in the real program, on a screen of its own, with the hands of xdotool. See ``scripts/walk``."""

import argparse
import sys
import tempfile
from pathlib import Path

import door
import evening
import exchanging
import importing
import pictures
import trouble
import working
from stage import Walk, stage

DAY = (*door.STATIONS, *importing.STATIONS, *working.STATIONS, *exchanging.STATIONS, *evening.STATIONS)


def main() -> int:
    """Walk; 0 when every station was passed."""
    asked = argparse.ArgumentParser(prog="scripts/walk", description=__doc__)
    asked.add_argument("--size", default="1366x768", help="屏幕大小，例如 1920x1080")
    asked.add_argument("--scale", type=int, default=1, help="放大几倍，例如 2")
    asked.add_argument("--theme", choices=("light", "dark"), default="light")
    asked.add_argument("--out", type=Path, help="图片、登记册和记录放在哪里（默认是一个新的临时文件夹）")
    asked.add_argument("--trouble", action="store_true", help="走一遍出岔子的事，不走平常的一天")
    asked.add_argument("--pictures", action="store_true", help="重拍 docs/pictures 里的图片")
    given = asked.parse_args()
    out = (given.out or Path(tempfile.mkdtemp(prefix="jianhui-walk-"))).resolve()
    out.mkdir(parents=True, exist_ok=True)
    if (out / "data").exists():
        asked.error(f"{out} 里已经有一次走过的，请换一个文件夹")
    width, height = (int(each) for each in given.size.split("x"))
    with stage(Walk(out, (width, height), given.scale, given.theme)) as walk:
        return 0 if walk.walk(pictures.STATIONS if given.pictures else trouble.STATIONS if given.trouble else DAY) else 1


if __name__ == "__main__":
    sys.exit(main())
