"""The kinds of value that are numbers of a person or an organization: identity numbers, credit codes, phones."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

from models.patterns import pattern
from models.roles import may_unmask
from models.values import ids
from models.values.cleaning import HAN
from models.values.columns import BLANKS, Kind, Parsed, Plain, Stored
from models.values.masking import mask_id, mask_phone, quote
from models.values.problems import problem

#: The types of document whose number follows the rules of the citizen's identity number.
NUMBERED_LIKE_CITIZENS = frozenset({"居民身份证", "港澳台居民居住证", "外国人永久居留身份证"})

_OLD_CITIZEN = pattern(r"[1-8]\d{14}", re.ASCII)
_OLD_FOREIGNER = pattern(r"[A-Z]{3}\d{12}", re.ASCII)
_STARRED = pattern(r"[0-9A-Z]*\*{2,}[0-9A-Z]*", re.ASCII)
#: Signs that cover digits, as people type them: 500106XXXXXXXX9012, 500106********9012, 500106…9012, 500106●●●●9012.
_COVERED = pattern(r"\d{2,}[ ]*(?:[*＊]+|[xX×✕ХХ]{2,}|[#●○•·■□▇█…。?？~～_—–-]{2,}|…+|\.{3,})[ ]*\d*[\dxX*]?")
#: Two numbers in one cell.
_TWO_NUMBERS = pattern(r"\d{17}[\dXx]\D+\d{17}[\dXx]|\d{15}[^\dXx]+\d{15}")
_LONGEST_NUMBER = 40


class IdNumber(Kind):
    """The number of an identity document, stored in 18 places where it has them.

    A number that breaks a rule keeps its value with a problem of level "error": a person may still accept it. What
    Excel has truncated, or someone has starred, is never kept: the number is not there any more.
    """

    private = True

    def all_sound(self, texts: Sequence[str]) -> bool:
        """True for numbers of 18 places that break no rule."""
        return ids.all_right_numbers(texts)

    def read(self, plain: Plain) -> Parsed:
        """Read a number of 18 or 15 places; other documents' come back with "id-shape", see :func:`id_for_type`."""
        if isinstance(plain, str):
            text = ids.clean_number(plain)
        elif isinstance(plain, (int, float)) and not isinstance(plain, bool):
            text = ids.digits_of(plain)
            if len(text) > 15:
                return Parsed(None, problem("id-truncated" if len(text) == 18 else "id-shape"))
        else:
            return Parsed(None, problem("id-shape"))
        if ids.is_id_shape(text):
            return _read18(text)
        if text in BLANKS:
            return Parsed(None)
        if isinstance(plain, str) and (code := _unread(plain.strip(), text)):
            return Parsed(None, problem(code))
        return _read_other(text)

    def show(self, value: Stored, masked: bool = True, beside_birth: bool = False) -> str:
        """The number, covered by :func:`models.values.masking.mask_id` when masked."""
        if value is None:
            return ""
        return mask_id(str(value), beside_birth) if masked or not may_unmask() else str(value)

    def export(self, value: Stored, masked: bool = False, beside_birth: bool = False) -> Stored:
        """The number as text, covered when asked."""
        return value if value is None or not (masked or not may_unmask()) else mask_id(str(value), beside_birth)


def _unread(written: str, text: str) -> str:
    """The problem's code of a cell that holds a covered number, or several; "" for anything else."""
    covered = sum(map(str.isdigit, written)) < 15 and (_COVERED.fullmatch(written) or _COVERED.fullmatch(text))
    if covered and (not text.isdigit() or len(written) >= 15):
        return "id-masked"
    if len(text) == 18 and text[:6].isdigit() and text.count("X") > 1:
        return "id-masked"
    return "id-several" if _TWO_NUMBERS.search(written) else ""


def _read18(text: str) -> Parsed:
    """A number of 18 places: an existing birth date and the right check digit, or the problem."""
    right_digit = ids.check_digit(text[:17]) == text[17]
    if right_digit and ids.is_day_shape(text[6:14]):
        return Parsed(text)
    if not right_digit and text.endswith("000"):
        return Parsed(None, problem("id-truncated"))
    return Parsed(text, problem("id-check-digit" if ids.is_day_shape(text[6:14]) else "id-date"))


def _read_other(text: str) -> Parsed:
    """A number that has not the 18 places."""
    if _OLD_CITIZEN.fullmatch(text):
        return Parsed(ids.from15(text)) if ids.is_day_shape("19" + text[6:12]) else Parsed(text, problem("id-date"))
    if _OLD_FOREIGNER.fullmatch(text):
        return Parsed(text)
    if ids.is_scientific(text):
        return Parsed(None, problem("id-truncated"))
    if _STARRED.fullmatch(text):
        return Parsed(None, problem("id-masked"))
    keepable = text.isalnum() and len(text) <= _LONGEST_NUMBER
    return Parsed(text if keepable else None, problem("id-shape"))


def id_for_type(plain: Plain, id_type: Stored) -> Parsed:
    """Read the number of a document of a known type (a label of ``codes.ID_TYPE``, None for not told).

    Passports, travel permits, officers' and other documents have no common rule: 5 to 20 letters and digits are kept as
    they are. The number in a household register is the citizen's, where it looks like one.
    """
    parsed = IdNumber().parse(plain)
    if id_type is None or id_type in NUMBERED_LIKE_CITIZENS or (id_type == "户口簿" and parsed.problem is None):
        return parsed
    if parsed.value is None or not isinstance(plain, (str, int, float)):
        return parsed
    # As written: 15 digits of another document are not half of an 18-digit number.
    text = ids.clean_number(plain) if isinstance(plain, str) else ids.digits_of(plain)
    return Parsed(text, None if 5 <= len(text) <= 20 else problem("id-shape"))


class CreditCode(Kind):
    """A unified social credit code (GB 32100) of 18 characters; a wrong one is told and dropped, never stored.

    ``of``: "union" takes only codes beginning with 81, "employer" refuses those, "any" takes both.
    """

    def __init__(self, of: Literal["employer", "union", "any"] = "any") -> None:
        """Say whose codes these are."""
        self.of = of

    def read(self, plain: Plain) -> Parsed:
        """Read a code; the check character decides."""
        if isinstance(plain, str):
            code = ids.clean_number(plain)
        elif isinstance(plain, (int, float)) and not isinstance(plain, bool):
            truncated = len(ids.digits_of(plain)) == 18
            return Parsed(None, problem("code-truncated" if truncated else "code-shape"))
        else:
            return Parsed(None, problem("code-shape"))
        if code in BLANKS:
            return Parsed(None)
        if not ids.is_right_code(code):
            return Parsed(None, problem(_fault_of(code)))
        if self.of == "union" and not code.startswith("81"):
            return Parsed(None, problem("code-kind-employer"))
        if self.of == "employer" and code.startswith("81"):
            return Parsed(None, problem("code-kind-union"))
        return Parsed(code)


def _fault_of(code: str) -> str:
    """The problem's code for what is no right credit code."""
    if ids.is_scientific(code) or (len(code) == 18 and code.isdigit() and code.endswith("000")):
        return "code-truncated"
    return "code-check-character" if len(code) == 18 and code.isascii() and code.isalnum() else "code-shape"


_MOBILE = pattern(r"1\d{10}", re.ASCII)
_MOBILES = pattern(r"(?:1\d{10}\n)*", re.ASCII)
_COUNTRY = pattern(r"(?:\+|00)86-?|86-?(?=1[\d-]{10,13}$)", re.ASCII)
_SEPARATORS = pattern(r"[/\\、,;|\n\r]+|和|及|或")
_PHONE_NOISE = pattern("[\\s().\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff'’]+")
_PHONE_DASHES = pattern("[‐‑‒–—―−_-]+")
_EXTENSION = pattern(r"-?(?:转|分机|EXT|#|\*)-?(?=\d{1,6}$)", re.ASCII)
_LANDLINE = pattern(r"(0\d{2,3})-(\d{7,8})(-\d{1,6})?", re.ASCII)
#: Area codes of three digits are 010 and 02x, all others have four.
_UNDIVIDED = pattern(r"(010|02\d|0[3-9]\d{2})-?(\d{3,4}-?\d{4})(-\d{1,6})?", re.ASCII)
#: Local numbers begin with 2 to 8: 1380000 is a mobile number cut short.
_LOCAL = pattern(r"[2-8]\d{6,7}(?:-\d{1,6})?|[48]00\d{7}", re.ASCII)
_MOST_PHONES = 5
#: Words beside a number, those that say of which kind it is, and those that say that it is somebody else's.
_WORDS = pattern(f"[{HAN}A-Z:：]+")
_OF_THE_KIND = pattern(
    "^(?:(?:本人|个人|工作|办公室?|单位|公司|家里?|家庭|宅|办|座机|固话|固定|移动|联通|电信|常用|备用|联系|手机|电话|微信|号码|方式|同步|同号|同|也是|是|号"
    "|TEL|PHONE|MOBILE|WECHAT|新|主|副|一|二|转|分机|总机|值班|[:：])+)$"
)
_SOMEBODY_ELSE = pattern("妻|夫|父|母|爸|妈|儿|女|子|兄|弟|姐|妹|爱人|配偶|家属|家长|紧急|代|亲|朋友|同事|介绍人")


class Phone(Kind):
    """Mobile numbers of 11 digits and landlines; several in one cell stay together, joined by 、.

    Stored as "13812345678", "023-63630000", "023-63630000-801", "63630000". A cell with any wrong number is told and
    dropped; words beside a number are put aside. No lists of mobile prefixes: they are always out of date.
    """

    private = True

    def all_sound(self, texts: Sequence[str]) -> bool:
        """True for mobile numbers, one in each text."""
        return _MOBILES.fullmatch("\n".join((*texts, ""))) is not None

    def read(self, plain: Plain) -> Parsed:
        """Read the numbers of a cell."""
        if isinstance(plain, str):
            found = [plain] if _MOBILE.fullmatch(plain) else _read_phones(plain)
            if not found:
                return _among_words(plain)
        elif isinstance(plain, (int, float)) and not isinstance(plain, bool):
            found = _read_numeric_phone(ids.digits_of(plain))
        else:
            found = []
        return Parsed("、".join(dict.fromkeys(found))) if found else Parsed(None, problem("phone-shape"))

    def show(self, value: Stored, masked: bool = True, beside_birth: bool = False) -> str:
        """The numbers, covered by :func:`models.values.masking.mask_phone` when masked."""
        if value is None:
            return ""
        return mask_phone(str(value)) if masked or not may_unmask() else str(value)

    def export(self, value: Stored, masked: bool = False, beside_birth: bool = False) -> Stored:
        """The numbers as text, covered when asked."""
        return value if value is None or not (masked or not may_unmask()) else mask_phone(str(value))


def phones(stored: Stored) -> list[str]:
    """The single numbers of a stored value."""
    return str(stored).split("、")


def _read_phones(written: str) -> list[str]:
    """The numbers of a text; empty unless all are right."""
    found: list[str] = []
    for part in _SEPARATORS.split(unicodedata.normalize("NFKC", written).upper()):
        if not part.strip():
            continue
        phone = _read_phone(part)
        several = [phone] if phone else [_read_phone(word) for word in part.split()]
        if not several or not all(several):
            return []
        found.extend(number for number in several if number)
    return found if len(found) <= _MOST_PHONES else []


def _among_words(written: str) -> Parsed:
    """The numbers of a text with words beside them: 13812345678（微信同号）, 手机：…, … 张三. Words that matter are told."""
    text = unicodedata.normalize("NFKC", written).upper()
    words = [word for word in _WORDS.findall(text) if not _OF_THE_KIND.match(word)]
    parts = [part for part in re.split(r"[()\[\]【】]+", _WORDS.sub("、", text)) if any(map(str.isdigit, part))]
    found = _read_phones("、".join(parts)) if parts and parts != [text] else []
    if not found:
        return Parsed(None, problem("phone-shape"))
    value = "、".join(dict.fromkeys(found))
    if not words:
        return Parsed(value)
    code = "phone-of-other" if any(map(_SOMEBODY_ELSE.search, words)) else "phone-words"
    return Parsed(value, problem(code, written=quote("、".join(words))))


def _read_phone(text: str) -> str | None:
    """One number in its stored form, or None."""
    text = _PHONE_DASHES.sub("-", _PHONE_NOISE.sub("", text)).strip("-")
    text = _expand_scientific(_EXTENSION.sub("-", text))
    national = _COUNTRY.sub("", text, count=1) if _COUNTRY.match(text) else text
    if national != text and national[:1] not in {"0", "1"}:
        national = "0" + national
    digits = national.replace("-", "")
    if _MOBILE.fullmatch(digits):
        return digits
    landline = _LANDLINE.fullmatch(national) or _UNDIVIDED.fullmatch(national)
    if landline:
        area, number, extension = landline.groups()
        return f"{area}-{number.replace('-', '')}{extension or ''}"
    if _LOCAL.fullmatch(national):
        return national
    return digits if _LOCAL.fullmatch(digits) else None


def _expand_scientific(text: str) -> str:
    """1.3812345678E+10 written out when all its digits are there; the same text otherwise."""
    found = re.fullmatch(r"(\d)(\d{10})E\+?10", text)
    return found[1] + found[2] if found else text


def _read_numeric_phone(digits: str) -> list[str]:
    """A number from a numeric cell, which cannot hold the leading 0 of an area code."""
    phone = _read_phone(digits) or (_read_phone("0" + digits) if len(digits) in {9, 10, 11} else None)
    return [phone] if phone else []
