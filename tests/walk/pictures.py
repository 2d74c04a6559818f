"""The pictures of docs/pictures, taken anew: the same pages over all sample tables, as a person opens them one after another."""

import re
import shutil
from pathlib import Path

import door
import exchanging
from importing import drop
from stage import PASSPHRASE, ROOT, Walk

PICTURES = ROOT / "docs" / "pictures"
#: An employer whose file has something to show.
EMPLOYER = "重庆椿屿家政服务有限公司"
#: Which pictures are taken in the dark and enlarged too.
ALSO = {"-dark": {"home", "drive"}, "-200": {"home"}}
#: Targets of the year that leave something to do.
TARGETS = {"新建工会": 12, "新入会": 60, "新入会新就业形态劳动者": 40, "建会覆盖率（按单位）": 60}


def keep(walk: Walk, name: str) -> None:
    """Take the window's picture for the documents, under another name in the dark or enlarged."""
    ending = "-200" if walk.scale == 2 else "-dark" if walk.theme == "dark" else ""
    if name not in ALSO.get(ending, {name}):
        return
    walk.screen.xdo("mousemove", "2", "2")
    walk.screen.rest()
    walk.picture(name, PICTURES / f"{name}{ending}.png", window=True)


def aim(walk: Walk) -> None:
    """关上窗口，用命令行填今年的任务，再打开"""
    door.leave(walk)
    for target, count in TARGETS.items():
        done = walk.command("targets", "set", target, str(count))
        assert done.returncode == 0, done.stderr
    walk.start_program()
    walk.screen.find("打开", "button")
    keep(walk, "unlock")
    walk.screen.fill("口令", PASSPHRASE, then="Return")
    walk.screen.find("总览", "button", patience=90)


def import_samples(walk: Walk) -> None:
    """导入全部样表：对应列、核对"""
    screen = walk.screen
    files = sorted(path for path in (ROOT / "samples").iterdir() if re.match(r"\d\d", path.name) and "_退回" not in path.name)
    drop(walk, [Path(shutil.copy(path, walk.papers)) for path in files])
    screen.find(re.compile(r"^核对 [\d,]+ 行$"), "button", patience=60)
    screen.press(re.compile("^05会员信息"), "cell", view="工作表")
    keep(walk, "import-mapping")
    screen.press(re.compile(r"^核对 [\d,]+ 行$"), "button")
    screen.find(re.compile("^需处理"), "tab", patience=60)
    keep(walk, "import-plan")
    screen.press("提醒都看过了")
    for tick in screen.look().all("这一列先不改", "button", checked=False):
        screen.press(tick)
    screen.press(screen.find(re.compile(r"^导入 [\d,]+ 行"), "button"))
    screen.notice("已导入", 120)
    screen.press("关闭提示")


def numbers(walk: Walk) -> None:
    """总览、体检、任务指标、工作台账、导入记录"""
    pages = (("总览", "home"), ("体检", "health"), ("工作台账", "ledger"), ("导入记录", "history"), ("任务指标", "targets"))
    for title, name in pages:
        walk.screen.to_page(title)
        if name == "targets":  # they are the whole district's
            walk.screen.press("全部", "button")
        keep(walk, name)
    walk.screen.press("我的镇街", "button")


def drive(walk: Walk) -> None:
    """建会攻坚和一企一档"""
    screen = walk.screen
    screen.to_page("建会攻坚")
    keep(walk, "drive")
    screen.press(screen.reach(EMPLOYER, "cell", over="应建未建单位"), times=2)
    screen.find("走访联系", "tab")
    keep(walk, "case")
    screen.keys("Escape")


def people(walk: Walk) -> None:
    """名单、一个人的资料、搜索、花名册"""
    screen = walk.screen
    screen.to_page("会员与职工")
    keep(walk, "workers")
    screen.press(screen.find(re.compile("."), "cell", view="会员与职工", row=2, column=0), times=2)
    screen.find("来历", "tab")
    keep(walk, "record")
    screen.keys("Escape", "ctrl+k")
    screen.write("yan")
    screen.find(re.compile("."), "cell", view="搜索结果")
    keep(walk, "search")
    screen.keys("Escape", "Escape")
    screen.to_page("报表打印")
    screen.fill("工会", "砚屿", then="Return")
    keep(walk, "roster")


def exchange(walk: Walk) -> None:
    """交换：收下一个交换包，两边写得不一样的"""
    exchanging.other_laptop(walk)
    exchanging.take_package(walk)
    walk.screen.find("按选中的决定", "button")
    keep(walk, "exchange")


STATIONS = (
    door.create, door.say_who, door.maximize, door.dress, import_samples, aim, numbers, drive, people, exchange, door.leave,
)  # fmt: skip
