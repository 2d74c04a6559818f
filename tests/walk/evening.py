"""Stations of the evening: a roster as PDF, how the window looks, closing; and proof by the command line."""

import json
import re
import subprocess
from typing import Any

from door import choose_look, leave
from importing import FORGOTTEN
from stage import Walk
from working import EMPLOYER, NUMBER, OUTCOME

UNION = re.compile("砚屿")


def print_roster(walk: Walk) -> None:
    """报表打印：会员花名册，存成 PDF"""
    screen = walk.screen
    screen.to_page("报表打印")
    screen.fill("工会", "砚屿", then="Return")
    screen.rest()
    walk.station_picture("花名册")
    path = walk.papers / "roster.pdf"
    save_pdf(walk, str(path))
    screen.notice("已存为")
    walk.station_picture("花名册-已存")
    told = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert FORGOTTEN in told, f"PDF 里没有{FORGOTTEN}"
    assert UNION.search(told), "PDF 里没有工会的名称"
    assert re.search(r"第\s*1\s*页", told), "PDF 里没有页码"
    assert walk.known["repaired"] not in told, "脱敏的花名册里有完整的证件号"


def save_pdf(walk: Walk, path: str) -> None:
    """Leave open whom it is for, and type a path into the file dialog of 存 PDF…."""
    screen = walk.screen
    screen.press("存 PDF…", "button")
    screen.press("选择位置…", "button")
    screen.until("the file dialog", lambda look: any(each["class"] == "QFileDialog" for each in look.windows))
    walk.picture("存为对话框")
    screen.keys("ctrl+a")
    screen.write(path)
    screen.until("the path in the dialog", lambda look: [e for e in look.all(role="field", behind=True) if e.value == path])
    screen.keys("Return")


def change_look(walk: Walk) -> None:
    """设置：换字号，换明暗"""
    screen = walk.screen
    choose_look(walk, "字号", "大")
    screen.to_page("总览")
    walk.station_picture("总览-大字")
    choose_look(walk, "字号", "标准")
    other = {"light": "深色", "dark": "浅色"}[walk.theme]
    choose_look(walk, "明暗", other)
    screen.to_page("建会攻坚")
    walk.station_picture(f"建会攻坚-{other}")


def prove(walk: Walk) -> None:
    """用命令行核对：手做的都在登记册里"""
    listed = _json(walk, "batches")["batches"]
    assert any(str(each["batch"]) == walk.known["batch"] for each in listed), "批次里没有这次导入"
    person = _json(walk, "list", "workers", "--search", FORGOTTEN, "--full")["workers"][0]
    assert person["note"] is None, "Ctrl+Z 以后备注还在"
    numbers = [each["id_number"] for each in _json(walk, "list", "workers", "--full")["workers"]]
    assert walk.known["repaired"] in numbers, "改正的证件号不在登记册里"
    union = _json(walk, "list", "unions", "--search", walk.known["union"])["unions"][0]
    assert union["approval_number"] == NUMBER, "成立的工会没有批复文号"
    case = _json(walk, "case", EMPLOYER)
    assert case["union"] == walk.known["union"], "单位没有被新工会覆盖"
    assert case["case"]["closed_on"], "台账没有结案"
    assert any(each["outcome"] == OUTCOME for each in case["contacts"]), "走访没有记下"
    assert walk.command("check", "--deep").returncode == 0, "登记册不完好"


def _json(walk: Walk, *words: str) -> Any:
    done = walk.command(*words, "--json")
    assert done.returncode == 0, f"main.py {' '.join(words)}：{done.stderr}"
    return json.loads(done.stdout)


STATIONS = (print_roster, change_look, leave, prove)
