"""Header texts as people write them, brought into the one form in which they are compared with the declared synonyms."""

import datetime as dt
import re
import unicodedata
from functools import lru_cache

from models.values.cleaning import RADICALS
from models.values.columns import Plain

#: Every bracket that NFKC leaves, as the one that the patterns below know.
_BRACKETS = str.maketrans("[]{}<>【】〔〕〈〉《》", "()()()()()()()")
_MARKS = re.compile("[:;*★☆●○▲△▼▽◆◇■□※#\"'“”‘’。!?…_→←↑↓~•|^@&=]+")
_EDGES = re.compile(r"^[-—–/\\,.、·]+|[-—–/\\,、·]+$")
_NUMBERING = re.compile(
    r"^(?:\d{1,2}\.\d{1,2}[.、)]?(?=[\u4e00-\u9fff])|\d{1,2}[.、)]|\(\d{1,2}\)|9\d\d(?=\D)|q\d{1,2}[.、]?|第\d{1,2}题[.、]?"
    r"|\(?[一二三四五六七八九十]{1,2}[、)]|[a-z][.、](?=[\u4e00-\u9fff]))"
)
#: ① ⑴ ⒈ before a text: NFKC would make them digits of it.
_CIRCLED = re.compile("^[\\s*★]*[①-⒛❶-❿➀-➓]+")
_WHOLE = re.compile(r"^\s*(?:[【\[〔《](.+)[】\]〕》]|[(（]([^()（）]+)[)）])\s*$", re.DOTALL)
_PLEASE = re.compile("^请(?:填写|输入|选择|填)(?=..)")
_BRACKETED = re.compile(r"\(([^()]*)(?:\)|$)")
#: What a bracket holds when it only tells how to fill the column in; anything else may tell columns apart.
_HINT = re.compile(
    "格式|填|必选|必录|必备|选项|选择|自动|下拉|示例|例如|如:|[0-9]+位|十八位|yyyy|yy|请|一致|公历|阳历|文本|数字|打勾|√|盖章|签字|签章|公章"
    "|全称|必须|不含|精确|准确|单位:|可多选|单选|多选|是[/或、]?否|有[/或、]?无|男[/或、]?女"
    "|^(?:元|万元|人|名|位|个|年|岁|户|家|次|人次|元/月|手机|手机号|手机号码|代码|编码|含)?$"
)
#: Instructions without brackets, from their first word to the end of the cell.
_INSTRUCTION = re.compile("(?<=..)(?:请?填写(?![人日时单])|请选择|请填|请按|格式|例如|非?必填|选填|下拉选择).*$")
#: A group and a text in one cell: 会员信息-姓名.
CARRIED = re.compile(r"^([\u4e00-\u9fff]{2,10})\s*[-—–_.·:：|>]+\s*(\S.*)$", re.DOTALL)
_SPLIT_LINES = re.compile(r"[ \t\u3000]*[\r\n\v\f\u2028\u2029]+[ \t\u3000]*")
_SPACES = re.compile(r"[ \t\xa0\u3000]+")


def written(value: Plain) -> str:
    """What a header cell says, on one line: line breaks vanish between Chinese characters and become a space elsewhere."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()[:10]
    text = _SPLIT_LINES.sub(_joint, str(value).strip())
    return _SPACES.sub(" ", text).strip()


def _joint(broken: re.Match[str]) -> str:
    before, after = broken.string[broken.start() - 1 : broken.start()], broken.string[broken.end() : broken.end() + 1]
    return " " if before.isascii() and after.isascii() else ""


@lru_cache(maxsize=20_000)
def normal(text: str) -> str:
    """The form in which header texts are compared.

    NFKC, radicals and case folded; spaces, line breaks, colons, stars and quotation marks dropped; numbering before and hints
    within the text ("（格式：yyyy/MM/dd）", "填写是或否") dropped. Brackets that tell columns apart stay: 上级工会(企业)名称.
    """
    text = _CIRCLED.sub("", text.translate(RADICALS), count=1)
    if whole := _WHOLE.match(text):
        text = whole[1] or whole[2]
    text = "".join(unicodedata.normalize("NFKC", text).translate(_BRACKETS).split()).casefold()
    while (shorter := _BRACKETED.sub(_kept, text)) != text:
        text = shorter
    text = _INSTRUCTION.sub("", text)
    return _PLEASE.sub("", _EDGES.sub("", _NUMBERING.sub("", _MARKS.sub("", text))))


def _kept(bracketed: re.Match[str]) -> str:
    return "" if _HINT.search(bracketed[1]) else bracketed[0]


def bracketed(text: str) -> tuple[str, str]:
    """A normalised text without its brackets, and what stood in them: "职工人数(女)" → ("职工人数", "女")."""
    return _BRACKETED.sub("", text), "".join(_BRACKETED.findall(text))


def letter(index: int) -> str:
    """The spreadsheet's letters of a column counted from 0: 0 → "A", 26 → "AA"."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
