"""Every command of the window in one table: name, label, shortcut, tip. Menus, tool tips and the help (F1) read it."""

from typing import NamedTuple

from models.language import _


class Command(NamedTuple):
    """``name`` is how the window finds what to call; ``shortcut`` is written as Qt reads it."""

    name: str
    label: str
    shortcut: str
    tip: str


class Page(NamedTuple):
    """A page of the window: its name, its title in the side bar and the header, its icon, the group it stands in."""

    name: str
    title: str
    icon: str
    group: int


def pages() -> tuple[Page, ...]:
    """The pages in the order of the side bar; a line is drawn between groups."""
    return (
        Page("home", _("总览"), "home", 1),
        Page("drive", _("建会攻坚"), "drive", 1),
        Page("health", _("体检"), "health", 1),
        Page("targets", _("任务指标"), "target", 1),
        Page("unions", _("工会", "page"), "union", 1),
        Page("workers", _("会员与职工", "page"), "people", 1),
        Page("new_form", _("新就业形态", "page"), "rider", 1),
        Page("employers", _("用人单位", "page"), "employer", 1),
        Page("headcounts", _("人数台账"), "count", 1),
        Page("ledger", _("工作台账"), "ledger", 1),
        Page("import", _("导入"), "import", 2),
        Page("history", _("导入记录"), "history", 2),
        Page("duplicates", _("查重合并"), "merge", 2),
        Page("reports", _("报表打印"), "report", 2),
        Page("settings", _("设置"), "settings", 3),
    )


def commands() -> tuple[Command, ...]:
    """All commands, those that open a page first."""
    going = (
        Command(page.name, _("打开“{page}”").format(page=page.title), _key_of(number), _("转到这一页"))
        for number, page in enumerate(pages(), start=1)
    )
    return (
        *going,
        Command("search", _("搜索"), "Ctrl+K", _("转到搜索框：姓名、拼音、号码尾数、单位、工会")),
        Command("visit", _("记一次走访"), "Ctrl+Shift+V", _("填一格按一次回车，不用打开一企一档")),
        Command("open_files", _("导入文件…"), "Ctrl+O", _("选择一份或几份表格导入；也可以直接拖到窗口里")),
        Command("undo", _("撤销"), "Ctrl+Z", _("撤销这次打开以后最近的一批改动")),
        Command("refresh", _("刷新"), "F5", _("重新读取当前页")),
        Command("help", _("帮助"), "F1", _("快捷键和简短说明")),
        Command("leave", _("退出"), "Ctrl+Q", _("备份、关闭登记册并退出")),
    )


def _key_of(number: int) -> str:
    """The key of the ``number``-th page (from 1): ten have a digit of their own, those after them Shift and a digit."""
    return f"Ctrl+{number % 10}" if number <= 10 else f"Ctrl+Shift+{number % 10}"
