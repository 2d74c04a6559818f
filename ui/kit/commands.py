"""Every command in one table: name, label, shortcut, tip, and where it works.

Buttons, tool tips, the help (F1) and the search box read it; no other file spells a shortcut.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from models.language import _


class Command(NamedTuple):
    """``name`` begins with its scope, ``list.new``; ``shortcut`` is written as Qt reads it, "" for none.

    A ``fixed`` one is answered by the widget itself (Enter opens a row): no action is made for it, the help tells it.
    """

    name: str
    label: str
    shortcut: str
    tip: str
    fixed: bool = False

    @property
    def scope(self) -> str:
        """The name of the scope in which it works."""
        return self.name.split(".")[0]


class PageEntry(NamedTuple):
    """A page of the window: its name, its title in the side bar and the header, its icon, the group it stands in."""

    name: str
    title: str
    icon: str
    group: int


class CommandScope(NamedTuple):
    """Where commands work; those of ``within`` work there too, so that no key may stand for two things."""

    name: str
    title: str
    within: str


def pages() -> tuple[PageEntry, ...]:
    """The pages in the order of the side bar; a line is drawn between groups."""
    return (
        PageEntry("home", _("总览"), "home", 1),
        PageEntry("drive", _("建会攻坚"), "drive", 1),
        PageEntry("health", _("体检"), "health", 1),
        PageEntry("targets", _("任务指标"), "target", 1),
        PageEntry("unions", _("工会", "page"), "union", 1),
        PageEntry("workers", _("会员与职工", "page"), "people", 1),
        PageEntry("new_form", _("新就业形态", "page"), "rider", 1),
        PageEntry("employers", _("用人单位", "page"), "employer", 1),
        PageEntry("headcounts", _("人数台账"), "count", 1),
        PageEntry("ledger", _("工作台账"), "ledger", 1),
        PageEntry("sites", _("阵地"), "sites", 1),
        PageEntry("worklists", _("工作名单", "page"), "worklist", 1),
        PageEntry("chase", _("催报"), "bell", 1),
        PageEntry("import", _("导入"), "import", 2),
        PageEntry("history", _("导入记录"), "history", 2),
        PageEntry("duplicates", _("查重合并"), "merge", 2),
        PageEntry("reports", _("报表打印"), "report", 2),
        PageEntry("handins", _("上报"), "send", 2),
        PageEntry("exchange", _("交换"), "exchange", 2),
        PageEntry("settings", _("设置"), "settings", 3),
    )


def scopes() -> tuple[CommandScope, ...]:
    """The scopes in the order of the help. All but the help, which is a window of its own, are within the window."""
    return (
        CommandScope("window", _("任何地方"), ""),
        CommandScope("table", _("表格里"), "window"),
        CommandScope("list", _("各份名单"), "window"),
        CommandScope("cell", _("名单的格子里"), "list"),
        CommandScope("record", _("一条记录的资料"), "list"),
        CommandScope("drive", _("建会攻坚"), "window"),
        CommandScope("case", _("一企一档"), "drive"),
        CommandScope("visit", _("记一次走访"), "drive"),
        CommandScope("health", _("体检"), "window"),
        CommandScope("targets", _("任务指标"), "window"),
        CommandScope("ledger", _("工作台账"), "window"),
        CommandScope("entry", _("一条工作台账"), "ledger"),
        CommandScope("sites", _("阵地"), "window"),
        CommandScope("worklists", _("工作名单"), "window"),
        CommandScope("chase", _("催报"), "window"),
        CommandScope("import", _("导入"), "window"),
        CommandScope("history", _("导入记录"), "window"),
        CommandScope("duplicates", _("查重合并"), "window"),
        CommandScope("reports", _("报表打印"), "window"),
        CommandScope("handins", _("上报"), "window"),
        CommandScope("exchange", _("交换"), "window"),
        CommandScope("settings", _("设置"), "window"),
        CommandScope("help", _("帮助"), ""),
    )


def commands(scope: str = "") -> tuple[Command, ...]:
    """All commands in the order of the help, or those of one scope."""
    return tuple(each for part in _parts() for each in part() if scope in ("", each.scope))


def command(name: str) -> Command:
    """The command of a name, in the language chosen now. KeyError when there is none."""
    part, place = _places()[name]
    return part()[place]


def _parts() -> tuple[Callable[[], tuple[Command, ...]], ...]:
    return _window, _table, _list, _drive, _numbers, _import, _papers


@cache
def _places() -> dict[str, tuple[Callable[[], tuple[Command, ...]], int]]:
    """Where each command stands: a window asks for hundreds of them, and does not make all the others for each."""
    return {each.name: (part, place) for part in _parts() for place, each in enumerate(part())}


def _window() -> tuple[Command, ...]:
    going = (
        Command(f"window.{page.name}", _("打开“{page}”").format(page=page.title), _key_of(number), _("转到这一页"))
        for number, page in enumerate(pages(), start=1)
    )
    return (
        *going,
        Command("window.search", _("搜索"), "Ctrl+K", _("转到搜索框：姓名、拼音、号码尾数、单位、工会，也可以输入命令")),
        Command("window.visit", _("记一次走访"), "Ctrl+Shift+V", _("填一格按一次回车，不用打开一企一档")),
        Command("window.open_files", _("导入文件…"), "Ctrl+O", _("选择一份或几份表格导入；也可以直接拖到窗口里")),
        Command("window.undo", _("撤销"), "Ctrl+Z", _("撤销这次打开以后最近的一批改动")),
        Command("window.redo", _("恢复"), "Ctrl+Y", _("把刚撤销的再做一遍")),
        Command("window.steps", _("撤销哪一步…"), "Ctrl+Alt+Z", _("列出这次打开以后做过的每一步和撤销了的每一步，选一步撤销或者恢复")),
        Command("window.recent", _("最近打开的"), "Ctrl+Shift+K", _("列出这次打开程序以后看过的人、单位和工会，选一个再打开")),
        Command("window.full_screen", _("全屏"), "F11", _("窗口占满整个屏幕；再按一次回来")),
        Command("window.refresh", _("刷新"), "F5", _("重新读取当前页")),
        Command("window.next_part", _("到下一块"), "F6", _("在左边各页、搜索框、页面、右边的资料之间转换")),
        Command("window.last_part", _("到上一块"), "Shift+F6", _("反方向转换")),
        Command("window.help", _("帮助"), "F1", _("打开使用指南，翻到说这一页的地方；也有快捷键和程序信息")),
        Command("window.lock", _("锁定"), "Ctrl+L", _("关闭登记册，再用要输入口令；离开座位时用")),
        Command("window.leave", _("退出"), "Ctrl+Q", _("备份、关闭登记册并退出")),
    )


def _table() -> tuple[Command, ...]:
    return (
        Command("table.open", _("打开"), "Enter", _("打开选中的一行；双击名称也可以"), fixed=True),
        Command("table.copy", _("复制"), "Ctrl+C", _("把选中的行复制到剪贴板，可以贴进 Excel、WPS；号码照显示的样子")),
        Command("table.titled", _("复制（带表头）"), "Ctrl+Shift+C", _("把选中的行连同第一行的列名复制到剪贴板")),
        Command("table.all", _("全选"), "Ctrl+A", _("选中所有的行")),
        Command("table.menu", _("菜单"), "Shift+F10", _("打开右键菜单"), fixed=True),
    )


def _list() -> tuple[Command, ...]:
    return (
        Command("list.new", _("新增"), "Ctrl+N", _("手工登记一条")),
        Command("list.beside", _("在新标签里打开"), "Ctrl+Shift+Return", _("打开选中的几条，每条一个标签，前面打开的不关；用鼠标中键点一行也可以")),
        Command("list.find", _("在名单里查找"), "Ctrl+F", _("边输入边筛选这个名单")),
        Command("list.filter", _("转到筛选"), "Ctrl+Shift+F", _("转到名单上面的第一个筛选框")),
        Command("list.clear", _("清除筛选"), "Ctrl+Shift+X", _("重新列出全部记录")),
        Command("list.saved", _("常用筛选"), "Ctrl+Shift+S", _("选一个存下来的筛选，或把现在的存下来")),
        Command("list.bulk", _("批量"), "Ctrl+B", _("对选中的许多条一起做：转会、退会、填写一项")),
        Command("list.worklist", _("加入工作名单…"), "Ctrl+Shift+W", _("把选中的放进一份工作名单：慰问、体检、报名、通知")),
        Command("list.cards", _("打印卡片、标签…"), "Ctrl+Shift+P", _("给选中的印会员证、桌签、地址标签、档案盒脊")),
        Command("list.merge", _("合并选中的两条…"), "Ctrl+M", _("把选中的两条并成一条，逐项选要留的值")),
        Command("list.full", _("显示完整号码"), "Ctrl+Shift+N", _("显示没有打星号的证件号和电话，会记入操作留痕")),
        Command("list.columns", _("列…"), "Ctrl+Shift+L", _("选要看的列和次序")),
        Command("list.template", _("空白模板…"), "Ctrl+T", _("存一份发下去填的空白表格")),
        Command("list.export", _("存为表格…"), "Ctrl+E", _("把眼前的名单存成 Excel")),
        Command("list.print", _("打印…"), "Ctrl+P", _("把眼前的名单按版式打印，或存成 PDF、表格、Word")),
        Command("cell.edit", _("修改这一格"), "F2", _("名单里直接改：双击一格，或者直接打字也可以；Enter 写下并到下一行，Tab 到下一格，Esc 放弃"), fixed=True),
        Command("cell.fill_down", _("向下填"), "Ctrl+D", _("把选中的第一行的这一格填到下面选中的各行；只选一行时照上一行填"), fixed=True),
        Command("cell.fill_all", _("填到选中的各行"), "Ctrl+Return", _("正在改一格时：写到选中的每一行"), fixed=True),
        Command("cell.empty", _("清空这一格"), "Del", _("清空选中各行的这一格，可以撤销"), fixed=True),
        Command("cell.filter", _("按这一列筛选"), "Alt+Down", _("列出这一列的值和个数，勾选、写文字或范围来筛选，也可以排序、分组；在列名上按右键也可以"), fixed=True),
        Command("cell.paste", _("粘贴"), "Ctrl+V", _("把 Excel、WPS 里复制的一块贴进名单：有表头按列名，没有就从这一格起按位置；先看会改什么再写")),
        Command("record.save", _("保存"), "Ctrl+S", _("写下改过的内容")),
        Command("record.drop", _("放弃修改"), "Ctrl+D", _("恢复成没有改的样子")),
        Command("record.another", _("再登记一个"), "", _("单位、工会、日期等照刚才的填好")),
        Command("record.next", _("下一条"), "Ctrl+PgDown", _("打开名单里的下一条")),
        Command("record.last", _("上一条"), "Ctrl+PgUp", _("打开名单里的上一条")),
        Command("record.next_tab", _("下一个标签"), "Alt+PgDown", _("几条记录同时打开时，转到右边的一个标签")),
        Command("record.last_tab", _("上一个标签"), "Alt+PgUp", _("转到左边的一个标签")),
        Command("record.full", _("显示完整号码"), "F8", _("显示这个人完整的证件号和电话，会记入操作留痕")),
        Command("record.leave", _("关闭"), "Esc", _("关闭右边的资料；没保存的会先问")),
    )


def _drive() -> tuple[Command, ...]:
    return (
        Command("drive.open", _("打开一企一档"), "", _("看选中单位的全部情况；按回车也可以")),
        Command("drive.visit", _("在一企一档里记走访"), "Ctrl+J", _("打开选中单位的走访联系，记一次走访或电话")),
        Command("drive.assign", _("指派给他"), "", _("把选中的单位交给左边写的负责人")),
        Command("drive.plan", _("安排"), "", _("把下一步和日期写给选中的每一家；空着的一格不改")),
        Command("drive.join", _("成立联合工会…"), "Ctrl+U", _("选中的几个单位合建一个联合工会")),
        Command("drive.find", _("查找单位"), "Ctrl+F", _("转到查找框")),
        Command("drive.export", _("存为表格…"), "Ctrl+E", _("把眼前的单位存成 Excel")),
        Command("drive.paper", _("清单存为 PDF…"), "Ctrl+P", _("应建未建单位清单，可以打印带走")),
        Command("drive.card_on", _("卡片移到后一阶段"), "Alt+Right", _("看板里选中的卡片；左右键换一列"), fixed=True),
        Command("drive.card_back", _("卡片移到前一阶段"), "Alt+Left", _("看板里选中的卡片"), fixed=True),
        Command("case.save", _("保存"), "Ctrl+S", _("写下正在填的安排或走访")),
        Command("case.move", _("移到这个阶段"), "Ctrl+M", _("把这个单位移到选中的阶段")),
        Command("case.back", _("退回上一步"), "", _("移错了阶段时，退回原来的")),
        Command("case.print", _("打印"), "", _("打印这份一企一档")),
        Command("case.next", _("下一家"), "Ctrl+PgDown", _("打开名单里的下一家")),
        Command("case.last", _("上一家"), "Ctrl+PgUp", _("打开名单里的上一家")),
        Command("visit.save", _("保存"), "Ctrl+S", _("记下这次走访")),
        Command("visit.leave", _("关闭"), "Esc", _("不记了")),
        Command("case.leave", _("关闭"), "Esc", _("关闭右边的一企一档；没保存的会先问")),
    )


def _numbers() -> tuple[Command, ...]:
    return (
        Command("health.find", _("查找工会和单位"), "Ctrl+F", _("转到查找框")),
        Command("health.open", _("打开记录"), "Ctrl+J", _("打开选中的工会或单位")),
        Command("health.export", _("存为表格…"), "Ctrl+E", _("把眼前的一页存成 Excel")),
        Command("targets.edit", _("填写目标"), "F2", _("改选中的目标数"), fixed=True),
        Command("targets.export", _("存为表格…"), "Ctrl+E", _("把眼前的数字存成 Excel")),
        Command("ledger.new", _("登记一条"), "Ctrl+N", _("登记一件做过的工作")),
        Command("ledger.find", _("在台账里查找"), "Ctrl+F", _("转到查找框")),
        Command("ledger.export", _("存为表格…"), "Ctrl+E", _("把眼前的台账存成 Excel")),
        Command("sites.new", _("登记一个"), "Ctrl+N", _("登记一个阵地")),
        Command("sites.find", _("在阵地里查找"), "Ctrl+F", _("转到查找框")),
        Command("sites.template", _("空白模板…"), "Ctrl+T", _("存一份发下去填的空白表格")),
        Command("sites.export", _("存为表格…"), "Ctrl+E", _("把眼前的阵地存成 Excel")),
        Command("worklists.new", _("列一份"), "Ctrl+N", _("列一份新的工作名单，再到各份名单里选人加进来")),
        Command("worklists.find", _("在名单里查找"), "Ctrl+F", _("转到查找框")),
        Command("worklists.tick", _("勾选最后一栏"), "Space", _("勾上选中各行的最后一栏，再按一次去掉；只选一行时转到下一行"), fixed=True),
        Command("worklists.ticks", _("勾选各栏"), "1", _("按 1、2、3 勾选中各行的第几栏"), fixed=True),
        Command("worklists.print", _("打印…"), "Ctrl+P", _("照用途的版式打印，也可以换版式、加空白栏")),
        Command("worklists.export", _("存为表格…"), "Ctrl+E", _("存成 Excel，发出去勾好以后可以读回来")),
        Command("worklists.read", _("读回勾好的表…"), "Ctrl+J", _("选勾好的表，先看会写什么，再写")),
        Command("worklists.cards", _("打印卡片、标签…"), "Ctrl+Shift+P", _("给名单上的印会员证、桌签、地址标签")),
        Command("worklists.drop", _("移出名单"), "", _("把选中的移出这份名单，人还在登记册里")),
        Command("worklists.change", _("名称和栏目…"), "", _("改名称、日期、备注、勾选栏和日期栏的名称")),
        Command("worklists.close", _("记为已办完"), "", _("办完的名单排到后面，还可以再办")),
        Command("worklists.remove", _("删除名单"), "", _("删去整份名单，可以撤销")),
        Command("chase.find", _("在催报里查找"), "Ctrl+F", _("转到查找框")),
        Command("chase.close", _("记为已交"), "Ctrl+M", _("选中的几份已经交来（例如纸质），写明原因")),
        Command("chase.excuse", _("记为免交"), "Ctrl+D", _("选中的几份不用交，写明原因")),
        Command("chase.reopen", _("收回"), "", _("不算交来或免交了，又列为没交")),
        Command("chase.paper", _("打印清单…"), "Ctrl+P", _("谁没交、联系谁，按镇街，可以打印带走")),
        Command("chase.export", _("存为表格…"), "Ctrl+E", _("把眼前的催报存成 Excel")),
        Command("entry.save", _("保存"), "Ctrl+S", _("写下这一条")),
        Command("entry.remove", _("删除"), "", _("删去这一条，可以撤销")),
        Command("entry.leave", _("关闭"), "Esc", _("关闭这一条")),
    )


def _import() -> tuple[Command, ...]:
    return (
        Command("import.paste", _("粘贴表格"), "Ctrl+V", _("把剪贴板里的表格（Excel、WPS、微信、腾讯文档里复制的）当作一份文件导入")),
        Command("import.on", _("下一步"), "Ctrl+Return", _("右下角的按钮：核对，或者导入")),
        Command("import.back", _("上一步"), "Alt+Left", _("左下角的按钮：回到前一步")),
        Command("import.keep", _("保留原值"), "Ctrl+Shift+O", _("右边选中的字段：登记册里的不动，表里的不用")),
        Command("import.take", _("采用新值"), "Ctrl+Shift+N", _("右边选中的字段：用表里的换掉登记册里的")),
        Command("import.undo", _("撤销这次导入"), "", _("把刚导入的整批退回")),
        Command("import.again", _("再导入一份"), "Ctrl+N", _("回到选文件")),
        Command("history.look", _("查看这次导入的记录"), "Ctrl+J", _("列出这一批写入的记录")),
        Command("history.again", _("按这次的设置再导入…"), "", _("选新的文件，用这一次的对应和选项")),
        Command("history.undo", _("撤销…"), "Ctrl+D", _("先看清楚会恢复什么，再决定撤不撤销")),
        Command("history.others", _("也看其他改动"), "", _("除了导入，也列出登记、建会、合并、撤销等所有改动")),
        Command("duplicates.merge", _("合并", "button"), "Ctrl+M", _("把这一对并成一条，留下选中的值")),
        Command("duplicates.part", _("不是同一个"), "Ctrl+D", _("记下来，以后不再提示这一对")),
        Command("duplicates.swap", _("对调左右"), "", _("改为保留右边的一条")),
        Command("duplicates.pass", _("跳过", "button"), "Ctrl+PgDown", _("先不管这一对，看下一对")),
        Command("duplicates.full", _("显示完整号码"), "F8", _("显示完整的证件号和电话，会记入操作留痕")),
    )


def _papers() -> tuple[Command, ...]:
    return (
        Command("reports.print", _("打印…"), "Ctrl+P", _("选打印机打印")),
        Command("reports.pdf", _("存 PDF…"), "Ctrl+S", _("存成可以打印、可以发送的 PDF")),
        Command("reports.sheet", _("存表格…"), "Ctrl+E", _("存成 Excel")),
        Command("reports.last", _("最近打印"), "", _("最近打印和存过的报表，选一张再印")),
        Command("reports.log", _("打印记录…"), "", _("打印和导出过什么、交给谁、做什么用")),
        Command("reports.word", _("存 Word…"), "Ctrl+D", _("存成可以接着改的 Word 文档")),
        Command("handins.write", _("写上报表…"), "Ctrl+S", _("按对方的模板写成 Excel，记为一次上报；号码是完整的，先问一句")),
        Command("handins.look", _("先存一份核对…"), "Ctrl+Shift+S", _("号码打星号的一份，只供核对，不算上报")),
        Command("handins.read", _("读回结果…"), "Ctrl+J", _("选对方导入以后给的结果表，把成功、失败和原因记到每一行")),
        Command("handins.export", _("要改的存为表格…"), "Ctrl+E", _("把对方会退回的存成 Excel，发给知道的人去补")),
        Command("exchange.give", _("交出…"), "Ctrl+S", _("把别人还没有的写进一个加密的交换包，拿 U 盘带过去")),
        Command("exchange.take", _("收下…"), "Ctrl+J", _("选别人交来的交换包，先看里面有什么，再收下")),
        Command("exchange.key", _("交出公钥…"), "", _("办公室用：存一个公钥文件发给大家，用它封的交换包只有本登记册打得开")),
        Command("exchange.decide", _("按选中的决定"), "Ctrl+M", _("两边写得不一样的，留下选中的一个")),
        Command("exchange.open", _("打开记录"), "", _("打开这条记录，看看再决定")),
        Command("exchange.full", _("显示完整号码"), "F8", _("显示完整的证件号和电话，会记入操作留痕")),
        Command("exchange.undo", _("撤销这次收下"), "Ctrl+D", _("把选中的一次收下整批退回")),
        Command("exchange.on", _("下一步"), "Ctrl+Return", _("右下角的按钮：写交换包，看里面有什么，或者收下")),
        Command("exchange.back", _("返回"), "Alt+Left", _("不交、不收了，回到交换页")),
        Command("help.find", _("在帮助里查找"), "Ctrl+F", _("转到查找框")),
        Command("settings.back_up", _("现在备份"), "", _("在登记册旁边的 backups 文件夹里多留一份备份")),
        Command("settings.back_up_to", _("备份到…"), "Ctrl+E", _("把备份存到 U 盘或别的地方")),
    )


def _key_of(number: int) -> str:
    """The key of the ``number``-th page (from 1): ten have a digit of their own, those after them Shift and a digit."""
    return f"Ctrl+{number % 10}" if number <= 10 else f"Ctrl+Shift+{number % 10}"
