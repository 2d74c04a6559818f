"""Why a file or a sheet is not read, as a code that can cross from the reading child, and its sentence."""

from models.errors import UserError
from models.language import _

#: A code of :data:`SENTENCES` with the facts that fill its places.
Told = tuple[str, dict[str, str | int]]

#: {file} is the file's own name, {sheet} a sheet's.
SENTENCES: dict[str, str] = {
    # the file itself
    "missing": "找不到文件“{file}”，请检查它是否被移动或改名",
    "directory": "“{file}”是文件夹，请选择里面的工作簿文件",
    "not-a-file": "“{file}”不是普通文件（是管道或设备），没有读取，请选择工作簿文件本身",
    "locked": "打不开“{file}”：没有权限，或正被其他程序占用，请关闭 Excel/WPS 里的这个文件后再试",
    "empty-file": "“{file}”是空文件（0 字节），请向提供者重新要一份",
    "too-large": "“{file}”超过 {limit} MB，太大了，请拆成几个文件再导入",
    # not a workbook
    "text-named-workbook": "“{file}”不是 Excel 工作簿，而是文本文件，请用 Excel/WPS 打开核对，另存后再导入",
    "word": "“{file}”是旧格式的 Word/WPS 文档，不能直接读取，请用 Word/WPS 打开，另存为 .docx 再导入",
    "no-word-table": "“{file}”是 Word 文档，里面没有表格，请核对是否选错了文件",
    "powerpoint": "“{file}”是 PowerPoint 演示文稿，不是工作簿，请把里面的表格复制到 Excel/WPS 工作簿再导入",
    "pdf-scanned": "“{file}”是扫描件，里面是图片，没有文字，读不出表格，请向提供者要 Excel、WPS 或 Word 原件",
    "pdf-unreadable": "“{file}”里的文字没有编码，读不出来，请向提供者要 Excel、WPS 或 Word 原件",
    "pdf-no-table": "“{file}”是 PDF 文件，里面没有找到表格，请核对是否选错了文件，或向提供者要 Excel、WPS、Word 原件",
    "pdf-damaged": "“{file}”是 PDF 文件，已经损坏，打不开，请向提供者再要一份，或者要 Excel、WPS、Word 原件",
    "pdf-long": "“{file}”超过 {limit} 页，没有读取，请拆成几个文件再导入",
    "pdf-locked": "“{file}”的加密方式无法解开，请向提供者要没有加密的原件",
    "image": "“{file}”是图片或照片，读不出表格，请向提供者要 Excel、WPS 或 Word 原件",
    "archive": "“{file}”是 .rar、.7z 一类的压缩包，请先解压，再导入里面的工作簿或者整个文件夹（.zip 可以直接导入）",
    "archive-empty": "压缩包“{file}”里没有能读的表格，请核对是否选错了文件",
    "archive-many": "“{file}”里的表格超过 {limit} 个，没有读取，请分几次导入",
    "archive-nested": "“{file}”是压缩包里的压缩包里的压缩包，没有读取，请先解压一层再导入",
    "archive-password-needed": "压缩包“{file}”加了密，请输入解压密码，或者先解压再导入",
    "archive-password-wrong": "压缩包“{file}”的解压密码不对，请核对后再试",
    "archive-password-unsupported": "压缩包“{file}”的加密方式（AES）无法解开，请先解压，再导入里面的工作簿或者整个文件夹",
    "mail-empty": "邮件“{file}”没有带表格附件，请核对是否选错了邮件",
    "outlook": "“{file}”是 Outlook 的邮件，请在 Outlook 里把附件存出来，再导入附件",
    "folder-empty": "文件夹“{file}”里没有能读的表格，请核对是否选错了文件夹",
    "other-xml": "“{file}”是 XML 文件，但不是 Excel 的表格，请用 Excel/WPS 打开后另存为 .xlsx 再导入",
    "no-table": "“{file}”是网页文件，但里面没有表格，请核对是否选错了文件",
    "unknown": "看不出“{file}”是什么文件，它不是工作簿，请核对是否选错了文件",
    # a password
    "password-needed": "“{file}”有打开密码，请输入密码，或请提供者取消密码后再导入",
    "password-wrong": "“{file}”的打开密码不对，请核对后再试",
    "password-unsupported": "“{file}”的加密方式无法解开，请在 Excel/WPS 里取消密码，另存后再导入",
    "ods-password": "“{file}”有打开密码，.ods 的密码本软件解不开，请在 LibreOffice/WPS 里打开，取消密码，另存后再导入",
    # damaged or hostile
    "damaged": "文件损坏或恶意：“{file}”无法读取，请在 Excel/WPS 里打开，另存一份后再导入",
    "zip-size": "文件损坏或恶意：“{file}”解压后超过 {limit} MB，没有读取，请核对来源，拆成几个文件再导入",
    "zip-ratio": "文件损坏或恶意：“{file}”的压缩比异常，没有读取，请核对来源，在 Excel/WPS 里另存一份后再导入",
    "zip-entries": "文件损坏或恶意：“{file}”内部的文件太多，没有读取，请核对来源",
    "zip-names": "文件损坏或恶意：“{file}”内部的文件名重复或越界，没有读取，请核对来源",
    "zip-encrypted": "“{file}”内部的文件加了密，没有读取，请在 Excel/WPS 里取消密码，另存后再导入",
    "entities": "文件损坏或恶意：“{file}”内部含有不允许的 XML 定义，没有读取，请核对来源",
    "cell-too-long": "文件损坏或恶意：“{file}”有超长的单元格，没有读取，请在 Excel/WPS 里打开核对",
    "memory": "读取“{file}”需要的内存太多，已停止。请删去多余的空白行列和格式，或拆成几个文件再导入",
    "time": "读取“{file}”的时间太长，已停止。请删去多余的空白行列和格式，或拆成几个文件再导入",
    "died": "文件损坏或恶意：读取“{file}”时程序中断，没有导入，请在 Excel/WPS 里打开，另存一份后再导入",
    "not-started": "读取程序无法启动，请重新安装本软件",
    # without content
    "no-cells": "“{file}”没有内容，所有工作表都是空的，请核对是否选错了文件",
    "only-hidden": "“{file}”的可见工作表没有内容；隐藏的工作表（{sheets}）没有读取，需要时请取消隐藏后再导入",
    # one sheet
    "too-wide": "“{file}”的工作表“{sheet}”有内容的列超过 {limit} 列，没有读取，请删去多余的列",
    "too-long": "“{file}”的工作表“{sheet}”的行数超过 {limit} 行，没有读取，请拆成几个文件",
    "sheet-damaged": "“{file}”的工作表“{sheet}”已损坏，没有读取，请在 Excel/WPS 里另存一份后再导入",
    # told, and read all the same
    "undecodable": "有 {count} 处文字无法识别，已用“�”代替，请核对",
    "quotes-broken": "文本里的引号不成对，已逐行读取，请核对内容是否错列",
    "sheet-cut": "工作表的末尾已损坏，可能少了行，请在 Excel/WPS 里打开核对",
    "rows-unsplit": "有 {count} 行（如第 {row} 行）整行在一个单元格里，没有分列，请核对",
    "cells-astray": "网页的表格标记有损坏，有 {count} 个单元格没有读对位置，请核对",
    "frame-left-out": "网页里表格套着表格，外层的 {count} 行没有读取，请核对",
    "sheets-unlisted": "文件里有 {count} 个工作表不在目录里，没有读取，请在 Excel/WPS 里打开核对",
    "unsaved-formulas": "有 {count} 个公式没有保存结果（如第 {row} 行），按空白处理，请在 Excel/WPS 里打开保存后再导入",
    "tables-inside": "单元格里另有 {count} 张表，各按一张表读取",
    "word-list": "Word 里的这份名单不是表格，是按行拆开读的，请逐列核对",
    "word-rows": "Word 里的表格没有行号，行号是从表格上面的标题数起的",
    "others-left-out": "“{archive}”里另有 {count} 个文件不是表格，没有读取：{names}",
    "pdf-rows": "PDF 里没有行号，行号是从表格上面的标题数起、各页接着数的，请核对有没有错行",
    "pdf-aligned": "这份 PDF 的表格没有框线，是按文字上下对齐读取的，请逐列核对；行号从第一行数起",
    "macros": "文件带有宏，宏没有运行",
    "hidden-rows": "有 {count} 个隐藏行，也读取了",
}


class PasswordNeeded(UserError):
    """The workbook has a password, and none or a wrong one was given: ask, then read again with it."""


class Refusal(Exception):
    """Raised by readers: this file (or, with a sheet among its facts, this sheet) is not read, and why."""

    def __init__(self, code: str, **facts: str | int) -> None:
        """``code`` is one of :data:`SENTENCES`."""
        super().__init__(code)
        self.told: Told = (code, facts)


def sentence(told: Told, file: str) -> str:
    """The sentence of a code in the person's language; ``file`` is the base name. KeyError for an unknown code."""
    code, facts = told
    return _(SENTENCES[code]).format(**{"file": file, **facts})


def user_error(told: Told, file: str) -> UserError:
    """The exception a person sees for a refused file."""
    kind = PasswordNeeded if told[0].endswith(("password-needed", "password-wrong")) else UserError
    return kind(sentence(told, file))
