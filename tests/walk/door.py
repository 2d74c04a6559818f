"""Stations at the door: creating the register, who works with it, closing, opening again."""

import re
from typing import Any

from screen import Look
from stage import PASSPHRASE, Walk

PERSON, DISTRICT, TOWN = "田小满", "沙坪坝区", "小龙坎街道"


def create(walk: Walk) -> None:
    """建立登记册：口令输两遍，抄下恢复码"""
    screen = walk.screen
    walk.start_program()
    screen.fill("口令", PASSPHRASE)
    screen.fill("再输一遍", PASSPHRASE[:-1])
    screen.press("建立")
    screen.notice("两次输入的口令不一样")
    screen.fill("再输一遍", PASSPHRASE)
    walk.station_picture("建立登记册")
    screen.press("建立")
    walk.known["code"] = screen.find(re.compile(r"^(\w{4}-){5}\w{4}$"), "text").text
    assert not screen.look().all("开始使用", "button", enabled=True), "可以不抄恢复码就开始"
    screen.keys("Escape")
    assert screen.sees("请抄下恢复码"), "没抄恢复码就按 Esc 关掉了"
    screen.press("我已抄下恢复码")
    walk.station_picture("恢复码")
    screen.press("开始使用")


def say_who(walk: Walk) -> None:
    """第一次：你是谁，管哪里"""
    screen = walk.screen
    screen.fill("姓名", PERSON)
    screen.fill("所在区县", DISTRICT, then="Return")
    screen.press(screen.reach(TOWN, "cell", over="我的镇街"))
    walk.station_picture("你是谁")
    screen.press("记下")
    screen.notice("已记下")
    screen.find("导入第一份表", "button|text")


def maximize(walk: Walk) -> None:
    """把窗口放到最大：双击标题栏"""
    screen = walk.screen
    window = main_window(screen.look())
    if not window["maximized"]:
        x, y, width, _height = window["frame"]
        screen.xdo("mousemove", str(x + width // 2), str(y + 8), "click", "--repeat", "2", "--delay", "60", "1")
        screen.until("the window to be as large as the screen", lambda look: bool(main_window(look)["maximized"]))
    walk.station_picture("空的总览")


def main_window(look: Look) -> dict[str, Any]:
    """The program's window."""
    return next(each for each in look.windows if each["class"] == "Window")


def dress(walk: Walk) -> None:
    """在设置里选明暗"""
    choose_look(walk, "明暗", {"light": "浅色", "dark": "深色"}[walk.theme])
    walk.station_picture("设置")


def choose_look(walk: Walk, name: str, choice: str) -> None:
    """Choose how the window looks, on the settings page."""
    screen = walk.screen
    screen.to_page("设置")
    screen.press("外观", "cell")
    screen.choose(name, choice)
    screen.until(f"{choice} in {name}", lambda look: any(each.value == choice for each in look.all(name, "field")))
    screen.rest()


def leave(walk: Walk) -> None:
    """关上窗口：自动备份"""
    walk.screen.keys("ctrl+q")
    assert walk.ended() == 0, "程序没有正常结束"
    assert list((walk.data / "backups").iterdir()), "关窗口时没有备份"


def come_back(walk: Walk) -> None:
    """再打开：口令先输错一次"""
    screen = walk.screen
    walk.start_program()
    screen.fill("口令", "shi-qian-de-kouling", then="Return")
    told = screen.until("a sentence about the wrong passphrase",
                        lambda look: look.all(re.compile("口令不对|口令不正确|口令.*恢复码"), "text"))  # fmt: skip
    walk.known["wrong"] = told[0].text
    walk.station_picture("口令不对")
    screen.fill("口令", PASSPHRASE, then="Return")
    screen.find("设置的各部分", "view")  # the page that was shown when the window closed
    assert not screen.sees("你是谁，管哪里？只问这一次，以后可以在“设置”里改。"), "又问了一次你是谁"
    screen.keys("ctrl+1")
    screen.find("导入第一份表", "button|text")


def come_back_plainly(walk: Walk) -> None:
    """再打开"""
    walk.start_program()
    walk.screen.fill("口令", PASSPHRASE, then="Return")
    walk.screen.find("总览", "button")
    walk.screen.rest()


STATIONS = (create, say_who, maximize, dress, leave, come_back)
