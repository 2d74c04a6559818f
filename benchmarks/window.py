"""How fast the window is over a million people: ``python benchmarks/window.py [--large 1000000] [--keep FOLDER]``.

Fills two new registers (``--keep``: once, in that folder), opens the real window over each, without a screen and in a process
of its own, and does there what a person does: unlock, look, search, scroll, sort, open. A look takes until what was asked for
is shown. ``停``: the longest time in which the window took no event. What matters is the ratio of the two sizes.
"""

import argparse
import datetime as dt
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.made_people import PASSPHRASE, fill
from benchmarks.measured import begin, compare, in_own_process
from models.lists import search
from models.opening import opening
from models.records.region import load_index
from models.register import register

_FILL, _INDEX, _STILL = "造登记册", "建搜索索引", "　停"
#: What is typed: pinyin, initials, a name, the last digits of a number, an employer, and what nobody is called.
_TYPED = {
    "拼音": "wangyi", "首字母": "wyd", "姓名": "王一丁", "一个字": "王", "号码尾数": "4321", "单位": "第17示例", "没有的": "qqzz",
}  # fmt: skip
_LONGEST = 300


def make(people: int, folder: Path) -> None:
    """Make the register of so many people in ``folder`` with its search index, and write beside it how long that took."""
    start = time.perf_counter()
    register.create(folder, PASSPHRASE)
    today = dt.date.today()
    fill(people, load_index(today), today)
    filled = time.perf_counter()
    while search.behind():
        search.catch_up(most=20_000)
    register.close_register()
    took = {_FILL: filled - start, _INDEX: time.perf_counter() - filled}
    (folder / "took.json").write_text(json.dumps(took), "utf-8")


class Looks:
    """A window over a register, and the seconds of what is done in it."""

    def __init__(self, folder: Path) -> None:
        """``folder`` holds the register."""
        from ui.shell.application import application

        self.app, self.folder = application(), folder
        self.seconds: dict[str, float] = {}
        self.still = 0.0

    def until(self, shown: Callable[[], Any]) -> None:
        """Let the window work until ``shown()``; SystemExit when it takes minutes."""
        end = time.monotonic() + _LONGEST
        while True:
            before = time.perf_counter()
            self.app.processEvents()
            self.still = max(self.still, time.perf_counter() - before)
            if shown():
                return
            if time.monotonic() > end:
                raise SystemExit("nothing was shown")
            time.sleep(0.0005)

    def take(self, name: str, begin: Callable[[], Any], shown: Callable[[], Any], waits: float = 0.0) -> None:
        """Begin something and take the time until it is shown, less what is waited on purpose."""
        self.still, start = 0.0, time.perf_counter()
        begin()
        begun = time.perf_counter() - start
        self.until(shown)
        self.app.processEvents()
        self.seconds[name] = time.perf_counter() - start - waits
        self.seconds[name + _STILL] = max(self.still, begun)

    def rest(self) -> None:
        """Until all jobs are done."""
        self.until(lambda: not self.window.context.jobs.busy)

    def open(self, page: str = "home") -> None:
        """Unlock, build the window and show a page."""
        from ui.shell.crash import Failures
        from ui.shell.unlocked import open_window

        opened = opening.open_register(self.folder, PASSPHRASE)
        self.window = open_window(opened, Failures(), dt.date.today())
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self.window.open_page(page)

    def close(self) -> None:
        """Close the window and the register, without the backup that leaving makes."""
        self.window.context.jobs.close()
        self.window.hide()
        self.window.deleteLater()
        self.app.processEvents()
        register.close_register()

    def all(self) -> dict[str, float]:
        """Everything that is measured."""
        self.take("解锁到名单第一屏", lambda: self.open("workers"), self._listed)
        self.close()
        self.take("解锁到总览四个数", self.open, self._numbers)
        self.take("点名单（总览还在统计）", lambda: self.window.open_page("workers"), self._listed)
        self.rest()
        self._lists()
        self._typing("")
        self._home()
        self._pages()
        self.close()
        return self.seconds

    @property
    def people(self) -> Any:
        """The page of all people."""
        return self.window.pages["workers"]

    def _listed(self) -> bool:
        """True when the list that is looked at has rows."""
        page: Any = self.window.stack.currentWidget()
        return bool(page.model.rowCount())

    def _numbers(self) -> bool:
        return bool(self.window.pages["home"].on_list.number.text() != "—")

    def _typing(self, when: str) -> None:
        box = self.window.search
        for name, text in _TYPED.items():
            box.setFocus()
            box.clear()
            _type(box, text[:-1])
            self.until(lambda: not box._typing.isActive() and not box._running)
            self.take(
                f"按键：{name}{when}", lambda text=text: _type(box, text[-1]),
                lambda text=text: box._asked == text and not box._running, box._typing.interval() / 1000,
            )  # fmt: skip
        box.clear()

    def _lists(self) -> None:
        page = self.people
        table, model = page.table, page.model
        bar = table.verticalScrollBar()
        self.take("滚一屏", lambda: bar.setValue(bar.value() + bar.pageStep()), lambda: True)
        self.take("滚到中间", lambda: bar.setValue(bar.maximum() // 2), lambda: True)
        self.take("滚到最后", lambda: bar.setValue(bar.maximum()), lambda: True)
        uid = model.record(model.rowCount() // 2)["uid"]
        page.open_record(model.record(0)["uid"])
        self.rest()
        self.take("打开一条", lambda: page.open_record(uid), lambda: page.pane.uid == uid)
        self.rest()
        for name in ("name", "employer"):
            column = next(place for place, each in enumerate(model.columns) if each.name == name)
            self.take(f"排序：{name}", lambda column=column: table.sortByColumn(column, _up()), lambda: not model.is_waiting)
        model.load(order="")
        self.rest()
        self.take("按文字筛选", lambda: page.search("王一"), lambda: not model.is_waiting)
        self.take("全部行号", lambda: page.search(""), lambda: not model.is_waiting)

    def _home(self) -> None:
        from ui.home import facts

        context, home = self.window.context, self.window.pages["home"]
        for name, call in {
            "总览：四个数": facts.home_state, "总览：任务": facts.home_targets, "总览：本周要办": facts.home_agenda, "总览：体检": facts.home_faults,
        }.items():  # fmt: skip
            args = (call, home._asked)
            self.take(name, lambda args=args: context.jobs.run(*args), lambda: not context.jobs.busy)
        self.window.open_page("home")
        home.refresh()
        self._typing("（总览在统计）")
        self.rest()
        self.take("图表", lambda: home.tabs.setCurrentIndex(2), lambda: not context.jobs.busy)

    def _pages(self) -> None:
        window, jobs = self.window, self.window.context.jobs
        self.take("新就业形态第一屏", lambda: window.open_page("new_form"), self._listed)
        self.rest()
        self.take("体检页", lambda: window.open_page("health"), lambda: not jobs.busy)
        self.take("建会攻坚页", lambda: window.open_page("drive"), lambda: not jobs.busy)
        drive = window.pages["drive"]
        self.take("按区县镇街", lambda: drive.tabs.setCurrentWidget(drive.places), lambda: True)
        self.take("任务指标页", lambda: window.open_page("targets"), lambda: not jobs.busy)


def _type(box: Any, text: str) -> None:
    """Type as an input method does: Chinese comes in no other way."""
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtGui import QInputMethodEvent

    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(box, event)


def _up() -> Any:
    from PySide6.QtCore import Qt

    return Qt.SortOrder.AscendingOrder


def _of_size(people: int, folder: Path) -> dict[str, float]:
    """Make the register of a size unless it is kept, and look at it in a process of its own."""
    data = folder / str(people)
    if not (data / "took.json").exists():
        shutil.rmtree(data, ignore_errors=True)
        make(people, data)
    # what a platform without a screen cannot do need not be told
    os.environ |= {
        "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "default.warning=false",
        "JIANHUI_LAPTOP": str(folder / "laptop.json"),
    }  # fmt: skip
    found = in_own_process("内存峰值", [sys.executable, __file__, "--look", str(data)])
    took: dict[str, float] = json.loads((data / "took.json").read_text("utf-8"))
    return took | {name: value for name, value in found.items() if not name.endswith("together")}


def main() -> None:
    """Measure both sizes in one run and print the figures with their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="where the registers are kept for the next time")
    parser.add_argument("--write", action="store_true", help="write the ratios down")
    parser.add_argument("--look", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.look:
        print(json.dumps(Looks(given.look).all(), ensure_ascii=False))
        return
    begin()
    with tempfile.TemporaryDirectory() as folder:
        sizes = (given.small, given.large)
        small, large = (_of_size(people, (given.keep or Path(folder)).resolve()) for people in sizes)
    print(f"|  | {given.small:,} | {given.large:,} | 比 | 停 |\n|---|---:|---:|---:|---:|")
    for name, value in small.items():
        if name.endswith(_STILL):
            continue
        shown = f"{value:,.0f} | {large[name]:,.0f}" if name.endswith("MB") else _seconds(value, large[name])
        still = f"{large[name + _STILL] * 1000:.0f} ms" if name + _STILL in large else ""
        print(f"| {name} | {shown} | {large[name] / value:.1f} | {still} |")
    print("loadavg", *os.getloadavg())
    sizes_said = f"{given.large:,} / {given.small:,}"
    ratios = {f"{name}（{sizes_said}）": large[name] / value for name, value in small.items() if not name.endswith(_STILL)}
    print(*compare("window", ratios, given.write), sep="\n")


def _seconds(*values: float) -> str:
    return " | ".join(f"{value:.1f} s" if value >= 10 else f"{value * 1000:,.0f} ms" for value in values)


if __name__ == "__main__":
    main()
