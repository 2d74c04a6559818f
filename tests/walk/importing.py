"""Stations of an import: three files dropped onto the window, their columns, two faulty rows corrected, the batch."""

import re
import shutil
from pathlib import Path

from screen import Look, NotThere, Thing
from stage import ROOT, Walk

SAMPLES = ("02非公企业建会摸排清单.xlsx", "03工会组织信息采集表.xls", "05会员信息采集表（砚屿软件）.xlsx")
#: The title of the members' sheet where the rows to be imported are listed.
MEMBERS = "05会员信息"
#: Whoever filled the form in forgot this name.
FORGOTTEN = "安若素"


def drop_files(walk: Walk) -> None:
    """把三份表从另一个窗口拖进来"""
    drop(walk, [sample(walk, name) for name in SAMPLES])
    walk.screen.find(re.compile(r"^核对 [\d,]+ 行$"), "button")
    walk.station_picture("对应列")


def sample(walk: Walk, name: str) -> Path:
    """A copy of a sample in the person's folder: what is returned to the sender is written beside it."""
    return Path(shutil.copy(ROOT / "samples" / name, walk.papers))


def drop(walk: Walk, paths: list[Path]) -> None:
    """Drag files from a window at the screen's lower left corner into the middle of the program's window."""
    width, height = walk.size
    told = walk.drag(paths, (10, height - 60), (width // 2, height // 2))
    assert told == "taken", f"窗口没有接住拖来的文件：{told}"


def check_mapping(walk: Walk) -> None:
    """看每张表认成了什么，再核对"""
    screen = walk.screen
    screen.press(re.compile("会员信息采集表"), "cell", view="工作表")
    kinds = [each.value for each in screen.rest().all("这张表是", "field")]
    assert kinds == ["会员与职工名册"], f"会员表认成了{kinds}"
    walk.station_picture("对应列-会员")
    screen.press(re.compile(r"^核对 [\d,]+ 行$"), "button")
    screen.find(re.compile("^需处理"), "tab")
    walk.station_picture("核对")


def repair(walk: Walk) -> None:
    """在核对的表格里改正两行：抄错一位的证件号，漏写的姓名"""
    screen = walk.screen
    before = waiting(screen.look())
    number = edit(walk, MEMBERS, "14", "证件号码", "")
    right = number[:-1] + check_digit(number)
    edit(walk, MEMBERS, "14", "证件号码", right)
    screen.until("one row less to be seen to", lambda look: not look.busy and waiting(look) < before, 40)
    walk.station_picture("改正一行")
    edit(walk, MEMBERS, "22", "姓名", FORGOTTEN)
    screen.until("two rows less to be seen to", lambda look: not look.busy and waiting(look) < before - 1, 40)
    walk.station_picture("改正两行")
    walk.known["repaired"] = right


def waiting(look: Look) -> int:
    """How many rows the tab of those to be seen to counts."""
    tabs = look.all(re.compile("^需处理"), "tab", behind=True)
    return int(re.sub(r"\D", "", tabs[0].text) or 0) if tabs else 10**6


def edit(walk: Walk, sheet: str, number: str, title: str, text: str) -> str:
    """Write ``text`` into a cell of the rows to be imported, by keyboard; returns what stood there. "" only looks."""
    screen = walk.screen
    place = screen.reach(re.compile(f"^{re.escape(number)}$"), "cell", over="要导入的行", view="要导入的行", column=1,
                         beside=(0, sheet))  # fmt: skip
    screen.press(place)
    titles = sorted({each.more["column"]: each for each in screen.look().all(role="title", view="要导入的行")}.items())
    column = next((place for place, each in titles if title in each.text), None)
    if column is None:
        raise NotThere(f"no column {title!r} among {[each.text for _place, each in titles]}")
    screen.keys(*["Right"] * (column - 1), "F2")
    held = screen.until("the cell to be edited", editors)[0].value
    if not text:
        screen.keys("Escape")
        return str(held)
    for _try in range(3):
        screen.keys("ctrl+a")
        screen.write(text)
        try:
            screen.until(f"{text} in the cell", lambda look: [each for each in editors(look) if each.value == text], 3)
        except NotThere:
            continue  # a character was lost on the way: it is typed again
        screen.keys("Return")
        return str(held)
    raise NotThere(f"{text} did not arrive in the cell")


def editors(look: Look) -> list[Thing]:
    """The field in which a cell is being edited."""
    return [each for each in look.all(role="field", focus=True) if not each.says("搜索")]


def check_digit(number: str) -> str:
    """The right last character of an identity number (GB 11643)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number[:17], weights, strict=True)) % 11]


def carry_out(walk: Walk) -> None:
    """确认提醒，导入"""
    screen = walk.screen
    screen.press("提醒都看过了")
    button = screen.find(re.compile(r"^导入 [\d,]+ 行"), "button")
    walk.known["rows"] = "".join(re.findall(r"^导入 ([\d,]+) 行", button.text))
    screen.press(button)
    said = screen.notice("已导入", 90)
    assert walk.known["rows"] in said, f"按钮说 {walk.known['rows']} 行，做完了说“{said}”"
    walk.known["batch"] = "".join(re.findall(r"批次 (\d+)", said))
    walk.station_picture("导入完成")
    returned = sorted(path.name for path in walk.papers.glob("*_退回*.xlsx"))
    assert returned, "没有写退回表"


STATIONS = (drop_files, check_mapping, repair, carry_out)
