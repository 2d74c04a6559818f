"""Stations of the day's work: the numbers at home, a case visited and its union founded, the lists, the search."""

import datetime as dt
import re

from importing import FORGOTTEN
from screen import Thing
from stage import Walk

EMPLOYER = "重庆泊鸢婚庆服务有限公司"
MET, OUTCOME = "吕经理", "同意先摸清人数，下周给名单"
NUMBER = "沙工建〔2026〕88号"


def see_home(walk: Walk) -> None:
    """总览：数字来自刚导入的表"""
    screen = walk.screen
    screen.to_page("总览")
    screen.find(re.compile("应建未建单位"))
    walk.station_picture("总览")
    for tab in ("单位和区划", "图表"):
        screen.press(tab, "tab")
        walk.station_picture(f"总览-{tab}")
    screen.press("今年", "tab")


def open_case(walk: Walk) -> None:
    """建会攻坚：打开一家的一企一档"""
    screen = walk.screen
    screen.to_page("建会攻坚")
    walk.station_picture("建会攻坚")
    screen.press(screen.reach(EMPLOYER, "cell", over="应建未建单位"), times=2)
    screen.find("走访联系", "tab")
    walk.station_picture("一企一档")


def visit(walk: Walk) -> None:
    """记一次走访，约好下一步"""
    screen = walk.screen
    screen.press("走访联系", "tab")
    screen.rest()
    screen.fill("方式", "实地走访", then="Tab")
    screen.fill("见到的人", MET, then="Tab")
    screen.fill("结果", OUTCOME)
    screen.fill("下一步", "取职工名单", then="Tab", role="field")
    screen.fill("下一步日期", (dt.date.today() + dt.timedelta(days=3)).isoformat(), then="Tab")
    walk.station_picture("走访-填写")
    screen.press("记一次走访", "button")
    screen.notice("已记下与")
    screen.find(re.compile(OUTCOME), "cell", view="联系记录")
    walk.station_picture("走访-记下")


def found(walk: Walk) -> None:
    """从台账成立工会"""
    screen = walk.screen
    screen.press("成立工会", "tab")
    screen.rest()
    name = screen.find("工会名称", "field").value
    assert name, "工会名称没有预先填好"
    walk.known["union"] = name
    screen.fill("批复文号", NUMBER, then="Tab")
    walk.station_picture("成立工会-填写")
    screen.press(screen.reach("成立工会", "button", over="工会名称"))
    screen.notice("已成立")
    walk.station_picture("成立工会")


def see_lists(walk: Walk) -> None:
    """名单：会员、工会、用人单位、人数，打开一条"""
    screen = walk.screen
    for title in ("工会", "用人单位", "人数台账", "新就业形态", "会员与职工"):
        screen.to_page(title)
        walk.station_picture(title)
    first = screen.find(re.compile("."), "cell", view="会员与职工", row=0, column=0)
    screen.press(first, times=2)
    screen.find("来历", "tab")
    walk.station_picture("会员的资料")
    screen.keys("Escape")


def search(walk: Walk) -> None:
    """Ctrl+K：用拼音找到刚改正的人"""
    screen = walk.screen
    screen.keys("ctrl+k")
    screen.write("anruosu")
    hit = screen.find(FORGOTTEN, "cell", view="搜索结果")
    assert isinstance(hit, Thing)
    walk.station_picture("搜索")
    screen.keys("Return")
    screen.until("the record of the person", lambda look: [e for e in look.all("姓名", "field") if e.value == FORGOTTEN])
    walk.station_picture("搜索-打开")


def correct_and_undo(walk: Walk) -> None:
    """改一个字段，保存，Ctrl+Z 撤销"""
    screen = walk.screen
    screen.fill("备注", "补过姓名", over="姓名")
    screen.keys("ctrl+s")
    screen.notice("已保存")
    walk.known["before undo"] = walk.command("list", "workers", "--json", "--search", FORGOTTEN).stdout
    assert "补过姓名" in walk.known["before undo"], "保存以后命令行看不到"
    screen.keys("Escape")
    screen.rest()
    screen.keys("ctrl+z")
    screen.notice("已撤销：")
    walk.station_picture("撤销")


STATIONS = (see_home, open_case, visit, found, see_lists, search, correct_and_undo)
