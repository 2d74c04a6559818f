"""What people write beside a name in its cell: numbers before it, stars, 女, 主席, 曾用名, 已注销, 等3家. Pure functions on text."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from models.patterns import pattern
from models.values.cleaning import HAN

#: A row's number before the name: 1、 (1) 1. 一、 ①.
_NUMBERED = pattern(
    rf"^\s*(?:[(（]\s*\d{{1,3}}\s*[)）]|\d{{1,3}}\s*[)）.、．:：]|[一二三四五六七八九十]{{1,3}}\s*[、.．]|[①-⒛])\s*(?=[{HAN}A-Za-z])"
)
_STARS = pattern(r"^[\s★☆●○◆◇▲△※*＊#√✓☑→>]+|[\s★☆●○◆◇▲△※*＊#√✓☑←<]+$")
_BRACKET = pattern(r"\s*[(（\[【〔]([^()（）\[\]【】〔〕]*)[)）\]】〕]\s*$")
_TOLD_APART = pattern(rf"(?<=[{HAN}])\s*[0-9０-９]{{1,2}}$")
#: That somebody is no longer there; or, of a unit, that it is none any more.
_LEFT = pattern(
    "退会|退出|离职|离会|离岗|离开|辞职|辞退|调出|调离|调走|转出|转走|除名|开除|退休|去世|已故|病故|死亡|注销|作废|停保|减员|停用|封号|^(?:已?[退离走减])$|已[退离](?!伍|役)|不在了|走了"
)
CLOSED = pattern("注销|吊销|停业|歇业|关闭|倒闭|破产|清算|停产")
_STATUS = pattern(rf"已?(?:{CLOSED.pattern})[登记未已中]*|已?(?:迁出|迁走|搬走|搬迁|外迁)了?|(?:倒闭|关门|不干)了|空壳|失联|新增|新|[已未]建会|已?更名|重复")
_STATUS_APART = pattern(rf"(?<=.{{4}})[-—–_:：\s]+({_STATUS.pattern})$")
_SEVERAL_UNITS = pattern(r"(?<=.)\s*等\s*(?:\d+|[一二三四五六七八九十]+|多|几)\s*[家户个].{0,4}$")
_BETWEEN = pattern(rf"(?<=[{HAN}])\s*(?:[-—–、,，;；/／|｜&+＋]|[\r\n]+)\s*(?=[{HAN}])")
_PLAIN = pattern(rf"[{HAN}·]{{2,12}}")
_ONE = pattern(rf"[{HAN}·]{{2,5}}")
_BEFORE = pattern(rf"^\s*[(（\[【〔]([^()（）\[\]【】〔〕]{{1,10}})[)）\]】〕]\s*(?=[{HAN}]{{2}})")
#: A word set apart behind or before a name, or an office or a leaving written on: 孙渝生-离职, 离职 周晴绮, 李砚主席.
_POST = "(?:工会)?(?:副?主席|副?组长|班长|队长|站长|主任|骑手|司机|店长|厂长|书记)"
_BESIDE = rf"{_POST}|委员|组员|队员|党员|会员|实习生?|兼职|临时工?|外包|新增|女|男"
_GONE = rf"(?:已|被)?(?:{_LEFT.pattern.split('|^')[0]})(?:了|人员)?"
_AFTER = pattern(
    rf"(?P<name>[{HAN}·]{{1,3}}[{HAN}])(?:\s*[-—–_:：]+\s*(?P<apart>[{HAN}\d]{{1,8}})|\s*(?P<gone>{_GONE})"
    rf"|\s+(?P<beside>{_BESIDE})|(?P<post>{_POST}))"
)
_LATIN = pattern(rf"(?P<name>[{HAN}·]{{2,5}})\s*(?P<latin>[A-Za-z][A-Za-z .'-]{{0,30}})")
_AHEAD = pattern(rf"(?P<gone>{_GONE})\s*[-—–_:：]*\s*(?P<name>[{HAN}·]{{2,4}})")
#: Family names of two characters: 欧阳 雀舌 is one person.
_DOUBLE = pattern("欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容|夏侯|司徒|端木|南宫|百里|东郭|长孙|宇文|轩辕|澹台|淳于|申屠")
#: The family names of more than nine in ten people, and those of Chongqing's 土家族 and 苗族.
FAMILY_NAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石"
    "金韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛段郝顾龚邵万覃武钱戴严莫孔向常汤冉牟易喻文代温阳康施葛樊庞殷安颜倪"
    "游庄聂章鲁齐伍包詹关焦左欧穆蒲翁申甘岳涂兰古祝岑卓季柳桂梅霍辛尚管童霞敖晏鄢隆谯幸甯瞿费饶车简成盛凌练操舒辜危乔阮耿"
)
#: 王砚和李峻: each with a family name of its own.
_JOINED = pattern(rf"([{HAN}]{{2,3}})[和与及]([{HAN}]{{2,3}})")
#: 姓名：王五 in a cell of its own column.
_LABEL = pattern("^(?:姓\\s*名|名字)\\s*[:：]\\s*(?=.)")
_SEVERAL_PEOPLE = pattern(r"(?<=.{2})等\s*(?:\d+|[一二三四五六七八九十]+|多|几)\s*[人名位]?$")
#: What people are called who are not named: 小王, 王师傅, 王某某; and what stands where nobody is named.
_UNSURE = pattern(
    "[小老阿](?P<family>.)|.{1,3}(?:师傅|先生|女士|小姐|同志|老师|经理|老板)|(?P<called>.)(?:队长|站长|组长|班长|主任|店长|厂长|阿姨|大爷)"
    "|.?某.{0,2}|匿名|测试.{0,3}|待[定补填].{0,2}|空[缺白]|未知|不详|无名|姓名|暂[无缺]|[xX×*＊]+"
    rf"|[{HAN}][xX×*＊○〇_]+|[{HAN}]"
)
#: The Han characters without which no text of Han alone is one of those.
_TELLING = frozenset(re.findall(f"[{HAN}]", _UNSURE.pattern))
#: Lengths of names that are nothing but a name, as long as nobody is called otherwise: beside them is no room for a word.
_USUAL = (2, 3)
_SPACED = pattern(rf"([{HAN}]{{2,4}})[ \u3000]+([{HAN}]{{2,4}})")


class Unmarked(NamedTuple):
    """A name without what stood beside it, what that was, and whether the cell names several (``several``)."""

    name: str
    beside: str = ""
    several: bool = False
    left: bool = False


def is_unsure(name: str) -> bool:
    """True for what is no full name of a person, or no name at all; also a name with a number in it."""
    found = _UNSURE.fullmatch(name)
    family = (found["family"] or found["called"]) if found else ""
    if family:
        return family in FAMILY_NAMES
    return bool(found) or any(map(str.isdigit, name))


def are_full_names(texts: Iterable[str]) -> bool:
    """True when each of these texts, nothing but common Han characters, is the full name of one person, nothing beside it."""
    looked_at = [text for text in texts if len(text) not in _USUAL or not _TELLING.isdisjoint(text)]
    return not any(is_unsure(text) or unmarked_person(text) != (text, "", False, False) for text in looked_at)


def unmarked_person(text: str) -> Unmarked:
    """A person's name as it stands in a cell, its marks put aside. ``left``: they say that the person has left."""
    plain = _PLAIN.fullmatch(text)
    if plain and (len(text) < 4 or not (_AFTER.fullmatch(text) or _AHEAD.fullmatch(text))):
        return Unmarked(text, several=len(text) > 3 and _is_several(text))
    text = _LABEL.sub("", text)
    name, beside = _without_brackets(_STARS.sub("", _NUMBERED.sub("", _STARS.sub("", text), count=1)), re.compile("."))
    before = _BEFORE.match(name)
    if before:
        name = name[before.end() :]
        beside.insert(0, before[1].strip())
    name, word = _without_word(name)
    beside += [word] if word else []
    shorter = _TOLD_APART.sub("", name)
    if shorter != name:
        beside.append(name[len(shorter) :].strip())
        name = shorter
    return Unmarked(name, "、".join(beside), _is_several(name), any(map(_LEFT.search, beside)))


def _without_word(name: str) -> tuple[str, str]:
    """A name without a word that is set apart from it, or that tells of an office or a leaving; and that word, or ""."""
    for pattern_of in (_AFTER, _AHEAD, _LATIN):
        found = pattern_of.fullmatch(name)
        if found is None or _DOUBLE.fullmatch(found["name"]) or (found["name"][0] not in FAMILY_NAMES and len(found["name"]) < 3):
            continue
        word = next(each for each in found.groups()[::-1] if each and each != found["name"])
        named = _ONE.fullmatch(word) and word[0] in FAMILY_NAMES and not _LEFT.search(word)
        if pattern_of is _AFTER and found["apart"] and named:
            continue  # perhaps another person
        return found["name"], word
    return name, ""


def unmarked_organization(text: str) -> Unmarked:
    """The name of a unit as it stands in a cell. ``left``: a mark says that it is closed; other brackets are its name's."""
    name = _STARS.sub("", _NUMBERED.sub("", _STARS.sub("", text), count=1)).rstrip("；;，,。、 ")
    several = _SEVERAL_UNITS.search(name)
    if several:
        return Unmarked(name[: several.start()], several[0].strip(), several=True)
    name, beside = _without_brackets(name, _STATUS)
    before = _BEFORE.match(name)
    if before and _STATUS.fullmatch(before[1].strip()):
        name, beside = name[before.end() :], [before[1].strip(), *beside]
    apart = _STATUS_APART.search(name)
    if apart:
        name, beside = name[: apart.start()], [*beside, apart[1]]
    return Unmarked(name, "、".join(beside), left=any(map(CLOSED.search, beside)))


def settled(unmark: Callable[[str], Unmarked], text: str, clean: Callable[[str], str]) -> Unmarked:
    """The name of a cell when nothing more is to be put aside, also after ``clean`` brought it into its stored form."""
    found = unmark(text)
    name, beside, several, left = found
    while (cleaned := clean(name)) != name or (again := unmark(cleaned)).name != cleaned:
        again = unmark(cleaned)
        if again.name == cleaned:
            break
        name, several, left = again.name, several or again.several, left or again.left
        beside = "、".join(filter(None, (beside, again.beside)))
    return Unmarked(name, beside, several, left)


def _without_brackets(name: str, inside: re.Pattern[str]) -> tuple[str, list[str]]:
    """A name without the brackets behind it that hold only what ``inside`` knows, and what they held."""
    beside: list[str] = []
    while (found := _BRACKET.search(name)) and found.start() > 0 and _may_go(found[1].strip(), inside):
        beside.insert(0, found[1].strip())
        name = name[: found.start()]
    return name, [each for each in beside if each]


def _may_go(text: str, inside: re.Pattern[str]) -> bool:
    return not text or bool(inside.match(text) if inside.pattern == "." else inside.fullmatch(text))


def _is_several(name: str) -> bool:
    """True when a cell holds two and more names: set apart by signs, or by a space between two that begin with family names."""
    if _SEVERAL_PEOPLE.search(name):
        return True
    joined = _JOINED.fullmatch(name)
    if joined and joined[1][0] in FAMILY_NAMES and joined[2][0] in FAMILY_NAMES:
        return True
    parts = _BETWEEN.split(name.strip())
    if len(parts) > 1:
        return all(_ONE.fullmatch("".join(part.split())) for part in parts)
    spaced = _SPACED.fullmatch(name.strip())
    return bool(
        spaced and spaced[1][0] in FAMILY_NAMES and spaced[2][0] in FAMILY_NAMES and not _DOUBLE.match(spaced[1])
    )
