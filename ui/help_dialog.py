"""Help (F1): how the work goes, all commands with their keys, and where everything lies."""

from html import escape
from pathlib import Path

from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from models.language import _
from ui.commands import commands
from ui.crash import log_file


def help_text(folder: Path) -> str:
    """The help as HTML; ``folder`` is where the register lies."""
    keys = "".join(
        f"<tr><td><b>{escape(each.shortcut)}</b>　</td><td>{escape(each.label)}　</td><td>{escape(each.tip)}</td></tr>"
        for each in commands()
    )
    steps = "".join(
        f"<li>{escape(step)}</li>"
        for step in (
            _("导入：把收到的表格拖进窗口。程序认出表头，对应各列；核对将新增、将更新、需处理的行，再点“导入”。"),
            _("退回：有问题的行会写进同名的“_退回”表格，每行旁边写明原因，可以直接发还填表人。"),
            _("攻坚：“建会攻坚”列出达到人数线、非公、在营而没有工会覆盖的单位；人数不明、待核实的分开列。"),
            _("打印：“报表打印”按工会或镇街打印会员花名册，默认脱敏。"),
            _("后悔：每次导入是一批，按 Ctrl+Z 或点“撤销”整批退回；之后又改过的内容会保留并告诉你。"),
        )
    )
    places = _("登记册：{folder}（已加密，备份在其中的 backups 文件夹）。程序日志：{log}。").format(
        folder=folder, log=log_file()
    )
    return (
        f"<h3>{_('怎么用')}</h3><ol>{steps}</ol><h3>{_('快捷键')}</h3><table cellpadding='3'>{keys}</table>"
        f"<h3>{_('东西在哪里')}</h3><p>{escape(places)}</p>"
        f"<p>{_('所有数据只在这台电脑上，除非你自己导出。')}</p>"
    )


class HelpDialog(QDialog):
    """The help in a window of its own, beside the work."""

    def __init__(self, folder: Path, parent: QWidget) -> None:
        """``folder`` is where the register lies."""
        super().__init__(parent)
        self.setWindowTitle(_("帮助"))
        self.resize(720, 560)
        self.text = QTextBrowser()
        self.text.setHtml(help_text(folder))
        self.text.setAccessibleName(_("帮助"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.text)
