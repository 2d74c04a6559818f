"""Texts as people type them, brought into the one form that is stored; and the form in which names are compared."""

import datetime as dt
import string
import unicodedata
from functools import lru_cache

from models.patterns import pattern
from models.values.columns import Plain

#: Han characters, their extensions outside the BMP, and the private-use places that old input methods fill with them.
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff"

_ANY_HAN = pattern(f"[{HAN}]")
#: What an already clean line never holds; one search decides for most cells.
_UNCLEAN = pattern(
    "[\x00-\x1f\x7f-\xa0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff"
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\ud800-\udfff\u2e80-\u2fdf]|  "
)
#: Radicals that stand for whole characters in texts copied from PDF files, those that Unicode folds by no rule of its own.
_RADICALS = dict(
    zip(
        "⺁⺄⺈⺊⺌⺍⺎⺒⺜⺝⺟⺠⺧⺩⺫⺬⺮⺶⺷⺼⻁⻄⻅⻆⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙刀卜小小兀巳日月母民牛王目示竹羊羊肉虎西见角贝足车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
#: Every radical (U+2E80–2FDF) as the character that it shows.
RADICALS: dict[int, str] = {
    sign: _RADICALS.get(chr(sign), unicodedata.normalize("NFKC", chr(sign))) for sign in range(0x2E80, 0x2FE0)
}
_TABLE: dict[int, str | None] = {
    **RADICALS,
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F)]),
    **dict.fromkeys([*range(0x2060, 0x2065), 0xFEFF, *range(0xD800, 0xE000)]),
    **dict.fromkeys([0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029], " "),
    **dict.fromkeys([0x202F, 0x205F, 0x3000], " "),
    **{ord(letter) + 0xFEE0: letter for letter in string.digits + string.ascii_letters},
}
_SPACES = pattern(" {2,}")

#: The middle dot of names such as 阿依古丽·买买提 in its disguises, and 䶮 from the private-use place of old fonts.
_NAME_TABLE = str.maketrans("•．・‧∙⋅･﹒\ue863", "········\u4dae")
_NAME_SPACE = pattern(f"(?<=[{HAN}]) (?=[{HAN}])| (?=·)|(?<=·) ")
_NAME_DOT = pattern(rf"(?<=[{HAN}]) ?\. ?(?=[{HAN}])")
_UNCLEAN_NAME = pattern("[ .•．・‧∙⋅･﹒\ue863]")

_ORGANIZATION_SPACE = pattern(f"(?<=[{HAN}（）、]) (?=[{HAN}（）、])")
_BRACKETS = str.maketrans("()﹙﹚", "（）（）")
_UNCLEAN_ORGANIZATION = pattern("[ ()﹙﹚]")
_NOT_WORD = pattern(r"[\W_]+")


def clean_line(text: str) -> str:
    """One line of text: control, invisible and broken characters dropped, any white space one space.

    Full-width letters and digits become half-width, radicals copied from PDF files the characters that they show; Han
    characters and punctuation stay as they are.
    """
    text = text.strip()
    if _UNCLEAN.search(text):
        text = _SPACES.sub(" ", text.translate(_TABLE)).strip()
    return text


def clean_lines(text: str) -> str:
    """Several lines, each cleaned by :func:`clean_line`; empty ones at both ends dropped."""
    return "\n".join(clean_line(line) for line in text.splitlines()).strip()


def clean_name(text: str) -> str:
    """A person's name: spaces between Han characters dropped ("王　五"), middle dots unified, rare characters kept."""
    text = clean_line(text)
    if _UNCLEAN_NAME.search(text):
        text = _NAME_DOT.sub("·", text.translate(_NAME_TABLE))
        text = _NAME_SPACE.sub("", text)
    return text


def clean_organization(text: str) -> str:
    """The name of an employer, a union or a place: spaces between Han characters dropped, brackets full-width （）.

    Brackets are full-width as business licences print them; a name without Han characters keeps its own.
    """
    text = clean_line(text)
    if _UNCLEAN_ORGANIZATION.search(text) and _ANY_HAN.search(text):
        text = _ORGANIZATION_SPACE.sub("", text.translate(_BRACKETS))
    return text


@lru_cache(8192)
def normal_name(text: str) -> str:
    """The form in which names of organizations are compared, never shown or stored as the name.

    NFKC and case folded; spaces, brackets (their content stays), punctuation and signs dropped; 有限责任公司 shortened
    to 有限公司, because registers and people use both for one company.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _NOT_WORD.sub("", folded).replace("有限责任公司", "有限公司")


def text_of(plain: Plain) -> str | None:
    """What a person would have written into the cell; None for a number whose last digits a spreadsheet has lost."""
    if isinstance(plain, str):
        return plain
    if isinstance(plain, bool):
        return "是" if plain else "否"
    if isinstance(plain, (int, float)):
        # Excel keeps 15 digits; also false for nan and the infinities
        if not abs(plain) < 1e15:
            return None
        return str(int(plain)) if plain == int(plain) else repr(plain)
    if isinstance(plain, dt.datetime):
        at_midnight = plain.time() == dt.time.min
        return plain.date().isoformat() if at_midnight else plain.strftime("%Y-%m-%d %H:%M")
    return "" if plain is None else plain.isoformat()
