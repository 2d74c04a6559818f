"""Invented numbers and people for the samples: nobody and nothing here exists.

Every identity number carries a sequence of 900 or more and a right check digit; every phone begins with 19900 0; every
credit code is made of an invented body and its right check character.
"""

import datetime as dt
import random
from dataclasses import dataclass

#: Area parts of identity numbers: today's districts and the codes of Sichuan's days, which people keep for life.
AREAS = ("500106", "500103", "500105", "500112", "500107", "510202", "510212", "510213", "512301", "500230")
SEED = 20260706

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SURNAMES = (
    "王李张刘陈杨黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余"
    "潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文冉向"
    "牟"
)
_MALE = "砚舟嘉树岩泽川峻霖昊桐铭恺烨柏劲松砺锋远恒帆渝平巍"
_FEMALE = "芷汐蔓萱琬沁茉棠苒黛筠绮雁菡璐姝蕊岚婉晴惠敏娅"


def id_number(area: str, birth: dt.date, sequence: int) -> str:
    """The 18-character identity number with its check digit (ISO 7064 MOD 11-2); an odd ``sequence`` is a man's."""
    body = f"{area}{birth:%Y%m%d}{sequence:03d}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True)) % 11]


def old_id_number(number: str) -> str:
    """The 15-digit form that was issued before 2000 for someone born in the 1900s."""
    return number[:6] + number[8:17]


def wrong_check_digit(number: str) -> str:
    """The same number with another last digit."""
    return number[:-1] + ("7" if number[-1] != "7" else "4")


def truncated(number: str) -> float:
    """What is left once a spreadsheet takes the number for a number: fifteen digits and zeros."""
    return float(number[:15] + "000")


def credit_code(body: str) -> str:
    """The 18-character credit code (GB 32100) made of 17 characters and their check character."""
    total = sum(_CODE_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + _CODE_ALPHABET[-total % 31]


@dataclass(frozen=True)
class Person:
    """Somebody invented; ``birth`` and ``sex`` agree with ``number``."""

    name: str
    sex: str
    birth: dt.date
    number: str
    phone: str
    ethnicity: str
    education: str
    political_status: str
    household_type: str
    home: str

    @property
    def migrant(self) -> str:
        """是 for someone whose household is rural, else 否."""
        return "是" if self.household_type == "农业户口" else "否"


class Crowd:
    """Hands out invented people, none twice, the same ones for the same seed."""

    def __init__(self, seed: int = SEED) -> None:
        """Begin anew; the same ``seed`` hands out the same people."""
        self._chance = random.Random(seed)
        self._names: set[str] = set()
        self._numbers: set[str] = set()
        self._phone = 19900001000

    def one(self, sex: str = "", born: tuple[int, int] = (1968, 2003), area: str = "") -> Person:
        """One new person; ``born`` is the first and last possible year of birth."""
        pick = self._chance.choice
        sex = sex or pick("男女")
        while True:
            birth = dt.date(self._chance.randint(*born), self._chance.randint(1, 12), self._chance.randint(1, 28))
            sequence = 900 + 2 * self._chance.randint(0, 49) + (sex == "男")
            number = id_number(area or pick(AREAS), birth, sequence)
            if number not in self._numbers:
                break
        self._numbers.add(number)
        self._phone += self._chance.randint(1, 9)
        return Person(
            self._name(sex), sex, birth, number, str(self._phone),
            pick(("汉族",) * 12 + ("土家族", "苗族", "回族")),
            pick(("初中", "高中", "中专", "大专", "大专", "本科", "本科", "硕士")),
            pick(("群众",) * 6 + ("共青团员", "中共党员")),
            pick(("农业户口", "非农业户口")),
            pick(("沙坪坝区", "渝中区", "江津区", "合川区", "忠县", "云阳县", "长寿区")),
        )  # fmt: skip

    def many(self, count: int) -> list[Person]:
        """``count`` new people."""
        return [self.one() for _ in range(count)]

    def _name(self, sex: str) -> str:
        """A name of two or three characters that nobody here has yet."""
        while True:
            signs = _MALE if sex == "男" else _FEMALE
            given = "".join(self._chance.sample(signs, self._chance.choice((1, 2, 2, 2))))
            name = self._chance.choice(_SURNAMES) + given
            if name not in self._names:
                self._names.add(name)
                return name


def padded(name: str) -> str:
    """A two-character name the way it is set in tables: 王　五."""
    return f"{name[0]}\u3000{name[1]}" if len(name) == 2 else name


def full_width(text: str) -> str:
    """Digits and letters as a Chinese input method leaves them when nobody switched it over."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)
