"""That somebody has left, as a title, a column or a remark says it: evidence with a direction, never an event by itself.

Who left the employer is not therefore out of the union (会籍 may be kept or moved), and whoever stands on a list of members with
such a word is a question.
"""

import datetime as dt
import re
from collections.abc import Callable

from importers.columns.header_text import normal
from importers.columns.mapping import ColumnMatch, Mapping
from importers.columns.vocabulary import SEQUENCE
from models.values.columns import Parsed, Plain, Stored
from models.values.days import first_day, read_day
from models.values.problems import Problem, problem

_LEFT = re.compile(
    "(?<![未没不非无])(?:退会|离会|离职|辞职|辞退|自离|离岗(?!退养)|离厂|离司|离场|离站|退岗|调出|调离|调走|转出|退休(?!返聘|金|证|人员管理|办|处)|离休|退职|除名|开除"
    "|解除(?:劳动)?(?:合同|关系)|终止(?:劳动)?(?:合同|关系)|合同(?:终止|解除)|解聘|解雇|解约|去世|死亡|病故|过世|减员|流失|已退(?!伍|役)|离开|会籍注销|注销会籍|注销会员"
    "|退出(?!现役|[党团]|低保|贫困|少先)|停保|跳槽|转到(?:其他|外|别)|走了|被裁|裁员|另谋|回(?:老家|原籍)|返乡)|不在了|不(?:干|做)了|取消会员资格"
)
#: More of it in what lists, sheets and sections are called, where each word is weighed.
_LISTED = re.compile(
    "减少|核减|迁出|流出|销户|清退|清理|注销|作废|停用|删除|失联|离退|下岗|待岗|停薪|不在[职岗册]|不再从事|历史会员|原会员|黑名单|空挂|僵尸会员|不符合条件|重复会员|待核实"
    "|已离|^(?:离|退|减|走)$"
)
#: What a state or a kind of people says of somebody who is no longer there.
_STATE = re.compile(
    "(?:已|被)?(?:减少?|退出?|离|走|注销|失效|无效|终止|解除|停用|停保|删除|作废|清退|除籍|封禁|封号|冻结|禁用|停权"
    "|下线|解绑|失联|原会员|前会员|非会员|历史会员|预备会员|失业|下岗|待岗|流出|迁出|(?:不再?|非|未)在[职岗册])(?:了|人员|会员|职工|员工)?"
)
_DAY = re.compile("(?:时间|日期|年月|年份|日)$")
_ASKED = re.compile("^是否(?:已经?|曾)?|与否$|(?:了?吗)$")
#: How people end something, where a header asks for its day or whether it happened: 封号时间, 退站日期, 是否停用.
_ENDING = re.compile(
    "退(?!伍|役|税|款|费|货|还|耕|[党团]|押|租|热|林|休)|离(?!校|异|婚|线|家|岗退养|休)|停(?!车|产|牌|电|机|靠|课)|封(?!面|存|闭|边|控)|终(?!身|审|点|极)"
    "|解(?!放|决|答|释|锁|冻|封|析|说|读|困|忧)|撤(?!回|诉|稿)|销(?!售|量|假|毁)|注销|吊销|冻结|失效|失联|淘汰|下[线架]|禁用|拉黑|移[除出]|迁[出离]|脱离|除[籍名]|劝退|断缴"
    "|结束(?:合作|服务|工作|任职|劳动|用工)|(?:合作|服务|用工|任职)结束|最后工作|转会|不再"
)
#: The same alone, as the header of a column that is filled where it happened.
_STOPPED = re.compile("(?:账[号户]|帐[号户])?(?:已)?(?:停用|封号|封禁|注销|冻结|禁用|解绑|销号|失效|清退|淘汰|失联|删除|作废|减少?)")
#: What else may end on such a day: papers, cards, vehicles, rooms, measures.
_OF_THINGS = re.compile("证(?!件号)|照|卡|车|险|合同|房|库|隔离|岗位补|疫|病|课|学|会议|活动|任期|慰问|互助|保障|补[助贴]|票")
#: Headers of columns that say of people what is with them, and of columns that speak of another time or another matter.
_OF_STATE = re.compile("状态|状况|情况|类[别型]|异动|变动|变更|去向|流向|增减|分类|性质|备注|说明|标[记注识]|属性|身份|在[职岗册]")
_ELSEWHERE = re.compile("^(?:原|前|曾|上家|上一)|经历|简历|履历|家庭|家属|配偶|父亲|母亲|子女")
_OF_UNITS = re.compile("站点|门店|单位|企业|公司|工会")
#: A longer text in a column that nobody takes tells a story.
_LONGEST = 12
_LONGEST_REMARK = 40
#: A line of nothing but such words heads the rows below it, or is the foot of those above it.
_LINE_WORDS = "以下|下列|下面|以上|上述|人员|会员|职工|员工|名单|名册|部分|情况|为|系|是|均|都|已经?|全部|的|了|本年度?|本月|本季度|\\d{4}年度?|\\d{1,2}月份?"
_LINE = re.compile(
    rf"[(（]?(?:[一二三四五六七八九十]{{1,3}}|\d{{1,2}})?[)）、.．]?(?:{_LINE_WORDS})*(?:{_LEFT.pattern}|{_LISTED.pattern})"
    rf"(?:{_LINE_WORDS})*(?:[(（]共?\d+[人名][)）])?[:：。]?"
)
_NEXT_LINE = re.compile(
    rf"[(（]?(?:[一二三四五六七八九十]{{1,3}}|\d{{1,2}})?[)）、.．]?(?:{_LINE_WORDS})*(?:新?增加?|在职|在岗|在册|入会|转入|调入|现有)"
    rf"(?:{_LINE_WORDS})*(?:[(（]共?\d+[人名][)）])?[:：。]?"
)
#: Words after which somebody who had left works again, or that tell of an office.
_BACK = re.compile("返聘|再就业|再入职|又入职|重新入职|复职|撤回|取消(?!会员)|离退休(?:工作|干部|职工|人员)?(?:处|办|科|部|中心|局|服务|管理)")
_JOINS = re.compile("入会|转入|新增|增减|变动|变化|调入")
_NO = frozenset("否 无 未 没有 没 不是 0 × x X ✗ ✘ n no 在职 在岗 正常 未离职 未退休 在册 -".split())
_PRESENT = re.compile(
    "是否(?:仍|还)?(?:在(?:职|岗|册|会|站|平台|用|网)|有效|正常|活跃|启用|接单)|是否保留会籍|在(?:职|岗|册)与否|^在(?:职|岗|册)(?:情况|状态)?$|^有效$"
)
_FORESEEN = re.compile("拟|预计|计划|法定|应退|到龄")
#: The change that a header's day tells of.
_TYPES = (("退会", "退会"), ("离会", "退会"), ("转出", "转出"), ("除名", "除名"))
#: States with which a day of leaving agrees.
ENDED = (None, "退会", "转出", "除名", "去世", "保留")


def left(text: str) -> str:
    """The word by which a text says that somebody left, or ""."""
    found = _LEFT.search(text) if text else None
    return found[0] if found and not _BACK.search(text) else ""


def _listed(text: str) -> str:
    found = _LISTED.search(text)
    return found[0] if found and not _BACK.search(text) else ""


def left_by_state(text: str) -> str:
    """The same for a cell that says a state: 减少, 注销 and 不在岗 too, when nothing else stands there."""
    found = left(text)
    if found or not text:
        return found
    state = _STATE.fullmatch(text.strip())
    return state[0] if state else ""


def line_of_leavers(text: str) -> str | None:
    """The word by which a line between the rows says of others that they left.

    "" for a line that begins anew, None for any other.
    """
    text = "".join(text.split())
    if _LINE.fullmatch(text):
        return left(text) or _listed(text)
    return "" if _NEXT_LINE.fullmatch(text) else None


def speaks_of_above(text: str) -> bool:
    """True for a line that means the rows above it."""
    return "以上" in text or "上述" in text


def list_of_leavers(texts: tuple[str, ...]) -> tuple[str, bool]:
    """What the names of a sheet say: the word for leaving or "", and whether they speak of joining as well."""
    word = next((word for text in texts if (word := left(text) or _listed(text))), "")
    return word, bool(word) and any(map(_JOINS.search, texts))


def implied_type(mapping: Mapping) -> str:
    """The membership change that the header of the day of change names: 退会时间 → 退会; "" for one that names none."""
    match = next((each for each in mapping.matches if each.field == "change_date"), None)
    header = normal(match.header) if match is not None else ""
    return next((kind for word, kind in _TYPES if word in header), "")


def evidence(match: ColumnMatch, today: dt.date) -> Callable[[Plain], Problem | None] | None:
    """What reads the evidence of a column that no field takes; None for a column that cannot say anything of leaving.

    Its header says it (离职时间), or asks whether somebody is still there (是否在职), or its cells say it (状态: 离职).
    """
    header = normal(match.header)
    if match.field or _FORESEEN.search(header) or _ELSEWHERE.search(header) or header in SEQUENCE:
        return None
    present = bool(_PRESENT.search(header))
    word = "不在职" if present else left(header.removeprefix("是否")) or _ending(header)
    if not word:
        return None if _OF_UNITS.search(header) else _cells_of(header)

    def said(cell: Plain) -> Problem | None:
        text = str(cell).strip()
        if present:
            gone = text in _NO - {"在职", "在岗", "正常", "在册"} or bool(left_by_state(text))
        else:
            gone = text not in _NO and not text.startswith("未") and not _future(cell, today)
        return problem("says-left", written=word) if gone else None

    return said


def _ending(header: str) -> str:
    """What a header says to have ended, when it asks for its day or whether it did, or is nothing but that; else ""."""
    what = _ASKED.sub("", header)
    asks = what != header
    if not asks and not _DAY.search(header):
        return what if _STOPPED.fullmatch(what) else ""
    if _BACK.search(what) or _OF_UNITS.search(what):
        return ""
    found = _listed(what)
    if found:
        return found
    return _DAY.sub("", what)[:_LONGEST] if len(what) <= _LONGEST and _ENDING.search(what) and not _OF_THINGS.search(what) else ""


def _cells_of(header: str) -> Callable[[Plain], Problem | None]:
    """What reads the cells of a column whose header says nothing: short texts that say it themselves."""
    of_state = bool(_OF_STATE.search(header))
    read, longest = (left_by_state, _LONGEST_REMARK) if of_state else (left, _LONGEST)

    def said(cell: Plain) -> Problem | None:
        word = read(cell) if isinstance(cell, str) and len(cell) <= longest else ""
        return problem("says-left", written=word) if word else None

    return said


def _future(cell: Plain, today: dt.date) -> bool:
    day = read_day(cell).day
    return day is not None and first_day(day) > today


def marked(parse: Callable[[Plain], Parsed]) -> Callable[[Plain], Parsed]:
    """Read a remark or an employment state as before, and tell of the leaving that it speaks of."""

    def read(plain: Plain) -> Parsed:
        parsed = parse(plain)
        word = left_by_state(plain) if isinstance(plain, str) else ""
        return Parsed(parsed.value, problem("says-left", written=word)) if word else parsed

    return read


def imply(change: str, values: dict[str, Stored], problems: list[Problem]) -> None:
    """A day in a column such as 退会时间 says what happened on it, unless the row says that the person is a member."""
    if values.get("membership_state") in ENDED:
        values["change_type"] = change
    else:
        problems.append(problem("says-left", "change_date", written=change))
