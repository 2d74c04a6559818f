"""Stations of two laptops that meet: a package looked into and taken, what two wrote decided, one given and taken elsewhere."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import door
from importing import drop
from stage import PASSPHRASE, ROOT, Walk

SECRET = "lvse-liangpeng-4471"
MINE, THEIRS = "19900000008", "19911110009"
COLLEAGUE = "李乙"


def other_laptop(walk: Walk) -> None:
    """关上窗口，用命令行：另一台电脑收下全部，两边改了同一个人的电话；再打开"""
    door.leave(walk)
    folder = walk.out / "other"
    folder.mkdir()
    (folder / "laptop.json").write_text(json.dumps({"person": COLLEAGUE}), "utf-8")
    _there(walk, "init")
    whole, back = walk.papers / "全部.jhx", walk.papers / "李乙.jhx"
    _here(walk, "exchange", "give", str(whole))
    _there(walk, "exchange", "take", str(whole))
    worker = json.loads(_here(walk, "list", "workers", "--json"))["workers"][0]
    for say, phone in ((_here, MINE), (_there, THEIRS)):
        say(walk, "person", worker["uid"], "--correct", f"phone={phone}", "--reason", "本人申请")
    _there(walk, "exchange", "give", str(back))
    walk.known["package"] = str(back)
    walk.start_program()
    walk.screen.fill("口令", PASSPHRASE, then="Return")
    walk.screen.find("总览", "button")


def take_package(walk: Walk) -> None:
    """交换：把交换包拖进窗口，看里面有什么，收下"""
    screen = walk.screen
    drop(walk, [Path(walk.known["package"])])
    screen.fill("交换口令", SECRET, then="Return")
    screen.find("收下", "button", patience=60)
    assert not json.loads(_here(walk, "exchange", "conflicts", "--json"))["conflicts"], "还没有收下就写进去了"
    screen.find(re.compile("^写得不一样 1$"), "tab")
    walk.station_picture("看交换包")
    screen.press("收下", "button")
    screen.notice("已收下《李乙.jhx》", 60)
    walk.station_picture("收下了")
    screen.press("返回", "button")


def decide(walk: Walk) -> None:
    """交换：两边写得不一样的，用键盘选一个"""
    screen = walk.screen
    screen.press(re.compile("^要决定的 1$"), "tab")
    screen.find("按选中的决定", "button")
    walk.station_picture("要决定的")
    screen.press(re.compile(re.escape(f"{COLLEAGUE}（设备")), "text")
    screen.keys("ctrl+m")
    screen.notice("已决定")
    held = json.loads(_here(walk, "list", "workers", "--json"))["workers"]
    assert f"199****{THEIRS[-4:]}" in {each["phone"] for each in held}, "决定没有写下"


def give_package(walk: Walk) -> None:
    """交换：交出一个交换包，另一台电脑收下，两边一样"""
    screen = walk.screen
    screen.press("交出…", "button")
    for name in ("交换口令", "再输一遍"):
        screen.fill(name, SECRET)
    walk.station_picture("交出")
    screen.keys("ctrl+Return")
    screen.until("the file dialog", lambda look: any(each["class"] == "QFileDialog" for each in look.windows))
    path = str(walk.papers / "甲.jhx")
    screen.keys("ctrl+a")
    screen.write(path)
    screen.until("the path in the dialog", lambda look: [e for e in look.all(role="field", behind=True) if e.value == path])
    screen.keys("Return")
    screen.notice("已交出并核对", 60)
    _there(walk, "exchange", "take", path)
    lists = [sorted(each["phone"] or "" for each in json.loads(say(walk, "list", "workers", "--json"))["workers"])
             for say in (_here, _there)]  # fmt: skip
    assert lists[0] == lists[1], "两台电脑的名单不一样"
    assert not json.loads(_there(walk, "exchange", "conflicts", "--json"))["conflicts"], "决定没有跟着走"
    walk.station_picture("交出了")


def _here(walk: Walk, *words: str) -> str:
    return _said(walk, {}, words)


def _there(walk: Walk, *words: str) -> str:
    folder = walk.out / "other"
    return _said(walk, {"JIANHUI_DATA": str(folder / "data"), "JIANHUI_LAPTOP": str(folder / "laptop.json")}, words)


def _said(walk: Walk, more: dict[str, str], words: tuple[Any, ...]) -> str:
    env = os.environ | walk.env | {"JIANHUI_PASSPHRASE": PASSPHRASE, "JIANHUI_EXCHANGE_PASSPHRASE": SECRET} | more
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *words], env=env, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, f"main.py {' '.join(words)}：{done.stderr}"
    return done.stdout


STATIONS = (other_laptop, take_package, decide, give_package)
