"""What goes wrong on other days: files that are no tables, a long import stopped, a second window, typing not yet saved."""

import csv
import re
import subprocess
import sys
from typing import Any

import door
from evening import save_pdf
from importing import SAMPLES, drop, sample
from screen import HERE, NotThere, Screen
from stage import PASSPHRASE, Walk

#: Enough rows that an import can be stopped in the middle.
MANY = 30_000
#: A place that nobody can write to, whoever runs the walk.
CLOSED = "/sys/roster.pdf"


def drop_wrong_files(walk: Walk) -> None:
    """拖进来的不是表格：一份 .docx，一张 .png"""
    screen = walk.screen
    walk.papers.mkdir(exist_ok=True)
    letter, photo = walk.papers / "通知.docx", walk.papers / "照片.png"
    letter.write_bytes(b"PK\x03\x04 no workbook")
    photo.write_bytes(b"\x89PNG\r\n\x1a\n no workbook")
    drop(walk, [letter, photo])
    for path in (letter, photo):
        screen.notice(path.name)
    walk.station_picture("不是表格")


def drop_onto_settings(walk: Walk) -> None:
    """在设置页上拖进一份表：转到导入"""
    screen = walk.screen
    screen.to_page("设置")
    drop(walk, [sample(walk, SAMPLES[0])])
    screen.find(re.compile(r"^核对 [\d,]+ 行$"), "button")
    walk.station_picture("拖到设置页")
    screen.press("重新选文件")


def stop_long_import(walk: Walk) -> None:
    """三万行的表，导入到一半取消：什么都没有写进去"""
    screen = walk.screen
    path = walk.papers / "三万人.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["姓名", "移动电话", "工作单位", "工会名称", "入会日期"])
        lines.writerows([f"甲乙{number:05}".translate(_DIGITS), f"199{number:08}", "某厂", "某厂工会", "2024-05-06"]
                        for number in range(MANY))  # fmt: skip
    drop(walk, [path])
    screen.press(screen.find(re.compile(r"^核对 [\d,]+ 行$"), "button", patience=120))
    screen.find("取消", "button", patience=30)
    walk.picture("正在核对")
    screen.find(re.compile("^将新增"), "tab", patience=180)
    screen.rest(120)
    if screen.sees("提醒都看过了", "button"):
        screen.press("提醒都看过了")
    unchecked: dict[str, Any] = {"checked": False, "class": "Tick"}
    for tick in screen.look().all(role="button", **unchecked):
        screen.press(tick)
    screen.press(screen.find(re.compile(r"^导入 [\d,]+ 行"), "button"))
    screen.press(screen.find("取消", "button", patience=30))
    screen.notice("已取消，登记册没有改动", 60)
    walk.station_picture("导入取消")
    assert '"workers": []' in walk.command("list", "workers", "--json").stdout, "取消以后登记册里还有人"


#: Names are written in characters.
_DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")


def open_twice(walk: Walk) -> None:
    """窗口开着再开一个：说出谁占着登记册"""
    place = walk.out / "look2"
    with (walk.out / "program.log").open("a", encoding="utf-8") as log:
        words = [sys.executable, str(HERE / "probe.py"), str(place)]
        other = subprocess.Popen(words, env=walk.env, stdout=log, stderr=log, text=True)
    walk.others.append(other)
    second = Screen(place, walk.display)
    second.fill("口令", PASSPHRASE, then="Return")
    walk.known["held"] = second.notice("登记册正被")
    second.rest()
    walk.picture("第二个窗口")
    second.keys("Escape")
    assert other.wait(20) == 0


def leave_while_typing(walk: Walk) -> None:
    """正在填的资料没有保存就关窗口"""
    screen = walk.screen
    screen.to_page("会员与职工")
    screen.keys("ctrl+n")
    screen.fill("姓名", "未保存")
    screen.keys("ctrl+q")
    try:
        status = walk.ended(5)
    except NotThere:  # the window asks, as it should
        walk.station_picture("没保存就关")
        return
    assert status == 0
    walk.found("没有保存的资料，关窗口时不问就丢了")
    door.come_back_plainly(walk)


def save_where_nobody_may(walk: Walk) -> None:
    """PDF 存到不能写的文件夹：一句话"""
    screen = walk.screen
    drop(walk, [sample(walk, SAMPLES[2])])
    screen.press(screen.find(re.compile(r"^核对 [\d,]+ 行$"), "button"))
    screen.find(re.compile("^需处理"), "tab")
    screen.press("提醒都看过了")
    screen.press(screen.find(re.compile(r"^导入 [\d,]+ 行"), "button"))
    screen.notice("已导入", 60)
    screen.to_page("报表打印")
    save_pdf(walk, CLOSED)
    found = screen.until("a sentence", lambda look: look.all(re.compile("roster|文件夹|写不"), "text"))
    walk.known["closed"] = found[0].text
    walk.station_picture("存不了")


STATIONS = (
    door.create, door.say_who, door.maximize, drop_wrong_files, drop_onto_settings, stop_long_import, open_twice,
    leave_while_typing, save_where_nobody_may,
)  # fmt: skip
