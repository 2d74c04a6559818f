"""The invented companies that all samples speak of, so that one register comes out of them, with a story to tell."""

import datetime as dt
from dataclasses import dataclass

from samples.invented import Crowd, credit_code

TOWNS = {
    "小龙坎": "沙坪坝区小龙坎街道", "天星桥": "沙坪坝区天星桥街道", "西永": "沙坪坝区西永街道",
    "解放碑": "渝中区解放碑街道", "大坪": "渝中区大坪街道", "观音桥": "两江新区观音桥街道", "鸳鸯": "两江新区鸳鸯街道",
}  # fmt: skip
#: How the same towns were written until 江北区 and 渝北区 became part of 两江新区 in November 2025.
OLD_TOWNS = {"观音桥": "江北区观音桥街道", "鸳鸯": "渝北区鸳鸯街道"}
_DISTRICT_CODES = {"沙坪坝区": "500106", "渝中区": "500103", "江北区": "500105", "渝北区": "500112"}

MALL_UNION = "沙坪坝区小龙坎街道商贸服务业联合工会"
TOWER_UNION = "渝中区解放碑街道楼宇企业联合工会"
RIDERS_UNION = "沙坪坝区外卖配送行业联合工会"

#: short name, what stands between it and 有限公司, town, nature, industry, people employed (empty: nobody knows), and
#: how it stands: own (a union of its own), mall or tower (a joint union), preparing, none, state, closed
_TABLE = """
拙川|精密机械|西永|私营企业|制造业|186|own
砚屿|软件技术|小龙坎|私营企业|信息传输、软件和信息技术服务业|64|own
翎栈|供应链管理|西永|其他有限责任公司|交通运输、仓储和邮政业|1280|own
禾榉|食品|天星桥|私营企业|制造业|132|own
沐杉岭|物业服务|大坪|私营企业|房地产业|215|own
苇渡|建筑劳务|观音桥|私营企业|建筑业|340|own
棠枝|酒店管理|解放碑|其他有限责任公司|住宿和餐饮业|88|own
岚壑|光电科技|鸳鸯|港澳台商投资企业|制造业|456|own
拾穗里|幼教服务|天星桥|私营企业|教育|18|own
渝灶记|餐饮管理|小龙坎|私营企业|住宿和餐饮业|46|mall
缕青|服饰|小龙坎|私营企业|批发和零售业|31|mall
叩茶|商贸|小龙坎|私营企业|批发和零售业|12|mall
墨隅|图书|小龙坎|私营企业|批发和零售业|9|mall
砺舟|企业管理咨询|解放碑|私营企业|租赁和商务服务业|58|tower
汀兰序|会展服务|解放碑|私营企业|租赁和商务服务业|27|tower
珩山|知识产权代理|解放碑|私营企业|科学研究和技术服务业|16|tower
磐朗|智能装备|西永|私营企业|制造业|97|preparing
澜沱|电子|西永|外商投资企业|制造业|1056|preparing
驷野|城市配送|西永|私营企业|交通运输、仓储和邮政业|120|preparing
虬枝|模具|西永|私营企业|制造业|73|none
璧津|汽车零部件|西永|其他有限责任公司|制造业|268|none
霁蓝|包装印务|西永|私营企业|制造业|42|none
缙麓|医疗器械|西永|私营企业|制造业|55|none
嘉砚|网络科技|小龙坎|私营企业|信息传输、软件和信息技术服务业|38|none
椿屿|家政服务|小龙坎|私营企业|居民服务、修理和其他服务业|110|none
坪上青|生鲜超市|小龙坎|私营企业|批发和零售业|63|none
听涧|文化传媒|小龙坎|私营企业|文化、体育和娱乐业|29|none
梧下|口腔门诊|小龙坎|私营企业|卫生和社会工作|33|none
石燧|火锅餐饮|天星桥|私营企业|住宿和餐饮业|85|none
阡禾|职业培训|天星桥|私营企业|教育|26|none
朴榆|装饰工程|天星桥|私营企业|建筑业|70|none
晏庐|养老服务|天星桥|私营企业|卫生和社会工作|52|none
鹭洲渡|保安服务|天星桥|私营企业|租赁和商务服务业|302|none
埠口里|酒店|解放碑|私营企业|住宿和餐饮业|77|none
拓岫|广告|解放碑|私营企业|租赁和商务服务业|28|none
鼎篁|珠宝|解放碑|私营企业|批发和零售业|35|none
楹外|影城|解放碑|其他有限责任公司|文化、体育和娱乐业|44|none
序川|人力资源|大坪|私营企业|租赁和商务服务业|150|none
澄壤|环境工程|大坪|私营企业|水利、环境和公共设施管理业|61|none
秋蓼|健身服务|大坪|私营企业|文化、体育和娱乐业|30|none
垣上|停车服务|观音桥|私营企业|居民服务、修理和其他服务业|94|none
桐里巷|美容美发|观音桥|私营企业|居民服务、修理和其他服务业|40|none
逐屿|数字营销|观音桥|私营企业|信息传输、软件和信息技术服务业|49|none
衡岭|机电安装|鸳鸯|私营企业|建筑业|125|none
稷原|冷链物流|鸳鸯|私营企业|交通运输、仓储和邮政业|166|none
绛霄|新材料|鸳鸯|私营企业|制造业|83|none
芥舟|动漫设计|小龙坎|私营企业|文化、体育和娱乐业|11|none
半亩田|花卉|天星桥|私营企业|批发和零售业|6|none
问渠|税务师事务所|解放碑|私营企业|租赁和商务服务业|19|none
蓼汀|宠物诊疗|大坪|私营企业|居民服务、修理和其他服务业|14|none
木铎声|琴行|观音桥|私营企业|教育|8|none
竹喧|民宿|西永|私营企业|住宿和餐饮业|22|none
云外墟|直播电商|观音桥|私营企业|批发和零售业||none
长汀驿|运输|西永|私营企业|交通运输、仓储和邮政业||none
浮槎|跨境贸易|鸳鸯|私营企业|批发和零售业||none
惠渝源|供水|西永|国有独资公司|电力、热力、燃气及水生产和供应业|130|state
旧雨|家居制造|天星桥|私营企业|制造业|60|closed
"""


@dataclass(frozen=True)
class Company:
    """An invented employer. ``union`` is the name of the union that covers it, or empty."""

    short: str
    name: str
    credit_code: str
    union: str
    union_code: str
    town: str
    nature: str
    industry: str
    staff: int | None
    standing: str
    phone: str
    leader: str

    @property
    def region(self) -> str:
        """District and town in one, as since November 2025."""
        return TOWNS[self.town]

    @property
    def old_region(self) -> str:
        """District and town as written before."""
        return OLD_TOWNS.get(self.town, self.region)

    @property
    def founded(self) -> dt.date | None:
        """The day on which its union was founded; nothing where no union covers it."""
        if not self.union:
            return None
        number = int(self.union_code[10:17])
        return dt.date(2016 + number % 9, 1 + number * 5 % 12, 1 + number * 7 % 28)

    @property
    def women(self) -> int:
        """Women among the people employed."""
        return (self.staff or 0) * 2 // 5

    @property
    def members(self) -> int:
        """Members that the union declares for it."""
        return (self.staff or 0) * 19 // 20 if self.union else 0


def union_code(town: str, number: int) -> str:
    """The invented credit code of the ``number``-th union of the samples."""
    return credit_code(f"81{_DISTRICT_CODES[_old_district(town)]}MC{number:07d}")


def _old_district(town: str) -> str:
    """The district a credit code names: 两江新区 has no code of its own yet."""
    return OLD_TOWNS.get(town, TOWNS[town]).split("区")[0] + "区"


_LEADERS = [person.name for person in Crowd(seed=1).many(60)]


def _company(number: int, line: str) -> Company:
    """One line of the table, with codes and names made from its place."""
    short, trade, town, nature, industry, staff, standing = line.split("|")
    name = f"重庆{short}{trade}" + ("" if trade.endswith("事务所") else "有限公司")
    joint = {"mall": (MALL_UNION, union_code("小龙坎", 901)), "tower": (TOWER_UNION, union_code("解放碑", 902))}
    own = (f"{name}工会", union_code(town, number)) if standing == "own" else ("", "")
    union, code = joint.get(standing, own)
    body = f"91{_DISTRICT_CODES[_old_district(town)]}MA9{number * 7919:06d}"
    return Company(
        short, name, credit_code(body), union, code, town, nature, industry, int(staff) if staff else None, standing,
        str(19900000100 + number * 3), _LEADERS[number],
    )  # fmt: skip


COMPANIES = [_company(number, line) for number, line in enumerate(_TABLE.strip().splitlines(), start=1)]
_BY_SHORT = {company.short: company for company in COMPANIES}


def company(short: str) -> Company:
    """The company with this short name; KeyError when there is none."""
    return _BY_SHORT[short]


def standing(*words: str) -> list[Company]:
    """The companies that stand in one of these ways, in the table's order."""
    return [each for each in COMPANIES if each.standing in words]
