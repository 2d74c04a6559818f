"""Every problem the program can tell a person about a value or a row: one table from code to level and sentence.

A problem never holds an ID number or a phone: sentences speak of positions and causes, not of the value.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from models.language import _

Level = Literal["error", "question", "warning", "note"]

#: error: the row is refused · question: a person must decide, the row is left out · warning: applied, and told · note: told
LEVELS: tuple[Level, ...] = ("error", "question", "warning", "note")

TABLE: dict[str, tuple[Level, str]] = {
    # a single value
    "id-check-digit": ("error", "证件号码的校验位不对，请核对是否抄错一位"),
    "id-shape": ("error", "证件号码不是 18 位或 15 位的身份证号，请核对证件类型和号码"),
    "id-date": ("error", "证件号码里的出生日期不存在，请核对号码"),
    "id-truncated": ("warning", "证件号码后几位被 Excel 变成了 0，真实号码已丢失，请向单位要原始号码并以文本格式填写"),
    "id-masked": ("warning", "证件号码是打了星号的，未采用，请填写完整号码"),
    "code-check-character": ("warning", "统一社会信用代码的校验码不对，未采用，请核对营业执照或登记证书"),
    "code-shape": ("warning", "统一社会信用代码不是 18 位，未采用，请核对"),
    "code-kind-union": ("warning", "这是工会的信用代码（81 开头），不是单位的，未采用"),
    "code-kind-employer": ("warning", "这是单位的信用代码，不是工会的（应以 81 开头），未采用"),
    "code-truncated": ("warning", "信用代码后几位被 Excel 变成了 0，未采用，请以文本格式重新填写"),
    "id-several": ("error", "一格里有几个证件号码，请每人一行"),
    "phone-words": ("note", "电话旁边还写着“{written}”，只留了号码"),
    "phone-of-other": ("warning", "电话旁边写着“{written}”，可能不是本人的，请核对"),
    "phone-shape": ("warning", "电话不是 11 位手机号，也不是固定电话，未采用"),
    "day-unreadable": ("warning", "看不懂的日期“{written}”，未采用，请写成 2024-05-06"),
    "day-october": ("warning", "“{written}”可能是 1 月，也可能是 10 月，只采用了年份"),
    "day-lunar": ("warning", "“{written}”是农历日期，未采用，请写公历"),
    "day-future": ("error", "日期在今天之后，还没有发生，请核对日期"),
    "count-unreadable": ("warning", "看不懂的人数“{written}”，未采用，请写成数字"),
    "count-approximate": ("note", "“{written}”按 {value} 计，并标为约数"),
    "count-range": ("note", "“{written}”记为 {value} 到 {upper} 的区间，合计时按下限 {value} 计"),
    "count-at-least": ("note", "“{written}”记为至少 {value}，上限不知道，合计时按 {value} 计"),
    "term-range": ("note", "任期按 {start} 起 {years} 年计"),
    "term-unreadable": ("warning", "看不懂的任期“{written}”，未采用，请写年数（3 或 5）"),
    "quantity-unreadable": ("warning", "看不懂的数量“{written}”，未采用，请写成数字"),
    "money-unreadable": ("warning", "看不懂的金额“{written}”，未采用，请写成数字（元）"),
    "choice-unknown": ("warning", "“{written}”不在“{label}”的选项里，未采用"),
    "yes-no-unknown": ("warning", "“{written}”看不出是“是”还是“否”，未采用"),
    "region-unknown": ("warning", "找不到区划“{written}”，未采用"),
    "region-ambiguous": ("warning", "有几个地方都叫“{written}”，请写明区县，未采用"),
    "name-damaged": ("warning", "姓名里有“?”或“□”，可能是生僻字丢失，请核对"),
    "name-marks": ("note", "姓名旁边的“{written}”没有当作姓名"),
    "name-says-left": ("question", "姓名旁边写着“{written}”，请核对此人是否已经离开"),
    "name-unsure": ("warning", "“{written}”不像一个人的完整姓名，请核对"),
    "name-several": ("question", "一格里像是有几个人（{written}），请每人一行"),
    "name-of-several": ("question", "名称后面写着“{written}”，是几个单位，请每个单位一行"),
    "organization-marks": ("warning", "名称旁边的“{written}”没有当作名称，请核对"),
    "text-damaged": ("warning", "内容里有乱码，请核对"),
    "number-unreadable": ("warning", "看不懂的数字“{written}”，未采用，请只写数字，最多四位小数"),
    "text-masked": ("warning", "内容里有打了星号的号码，未采用，请填写完整内容"),
    "number-truncated": ("warning", "数字超过 15 位，后几位已被 Excel 变成 0，未采用，请以文本格式重新填写"),
    "formula-error": ("warning", "单元格是公式错误（{written}），未采用"),
    "formula-empty": ("warning", "单元格是公式但没有保存结果，请在 Excel/WPS 里打开保存后再导入"),
    # a row
    "name-missing": ("error", "没有姓名"),
    "not-your-town": ("error", "“{written}”不是你的镇街，这一行没有登记，请找区县的用户导入"),
    "stands-elsewhere": ("error", "这个证件号码的人已在别的镇街登记，这一行没有登记，请找区县的用户"),
    "unit-elsewhere": ("error", "这个单位或工会已在别的镇街登记，这一行没有登记，请找区县的用户"),
    "employer-name-missing": ("error", "没有单位名称"),
    "union-name-derived": ("note", "没有工会名称，按单位名称记为“{name}”"),
    "list-of-closed": ("question", "表的名称里有“{written}”，这一行没有写还在不在，没有登记，请在“缺少的列”里填经营状态或者工会状态"),
    "employer-name-of-union": ("question", "“{name}”是工会的名称，这里是单位名单：请改写成单位的名称，或者按单位登记"),
    "union-name-unlike": ("warning", "“{name}”不像工会的名称，仍按它登记，请核对是不是工会全称"),
    "union-type-guessed": ("warning", "没有写工会类型，按名称像是“{label}”，没有替你填，请确认后填上；确认以前它不算基层工会"),
    "union-type-likely": ("note", "没有写工会类型，按名称像是“{label}”，没有替你填，请确认后填上"),
    "union-name-missing": ("error", "没有工会名称"),
    "subject-missing": ("error", "没有写明是哪个单位或工会"),
    "subject-unknown": ("error", "登记册里没有“{written}”，请先登记这个单位或工会"),
    "ledger-kind-missing": ("error", "没有写明是哪一类工作，标题里也看不出"),
    "ledger-date-missing": ("error", "没有日期，表上也没有写是哪一天、哪个月"),
    "place-name-missing": ("error", "没有写区划的名称"),
    "place-level-missing": ("error", "没有写明是社区（村）、园区还是楼宇，标题和名称里也看不出"),
    "place-town-missing": ("error", "没有写明在哪个镇街；社区、园区、楼宇只能在镇街下面"),
    "place-no-town": ("error", "登记册里没有这个镇街；镇街随程序带来，名单不能增加"),
    "site-name-missing": ("error", "没有写阵地的名称，也没有写数量"),
    "site-kind-missing": ("error", "没有写明是哪一类阵地，标题里也看不出"),
    "site-ended-before": ("error", "停用日期早于启用日期，请核对"),
    "key-of-title": ("note", "按标题列入 {year} 年的重点企业名单"),
    "closed-before-received": ("warning", "办结日期早于受理的日期，请核对"),
    "recipient-not-held": ("note", "登记册里没有这个证件号码的人，只记姓名，不算进人数"),
    "recipient-other-name": ("warning", "这个证件号码在登记册里是另一个人的，只记姓名，请核对"),
    "ledger-date-of-sheet": ("note", "这一行没有日期，按表上写的 {day} 记"),
    "officer-name-missing": ("error", "没有姓名，不知道是谁任职"),
    "officer-union-missing": ("error", "没有写明是哪个工会的，标题和填报单位里也看不出"),
    "officer-left-before": ("error", "离任日期早于任职日期，请核对"),
    "officer-post-missing": ("warning", "没有写职务，也看不出是哪个委员会的，只记下姓名"),
    "officer-linked": ("note", "按姓名认定是这个工会名单里的“{name}”"),
    "officer-several": ("warning", "这个工会有 {count} 个同名的人，没有对应到登记册里的人，请在工会的“委员”里选"),
    "officer-reelected": ("note", "同一职务从 {held} 起已在任，按连任记：原任期到 {written} 止"),
    "officer-earlier": ("warning", "登记册里这个人同一职务从 {held} 起，表上写 {written}，没有改，请核对"),
    "officer-gone": ("warning", "登记册里这个人已在 {held} 离任，表上没有写新的任职日期，没有改，请核对"),
    "done-above-quantity": ("warning", "办结的比受理的还多，请核对"),
    "counts-missing": ("error", "这一行没有任何人数"),
    "id-truncated-alone": ("error", "证件号码后几位被 Excel 变成了 0，又没有电话可以认人，请向单位要原始号码"),
    "id-masked-alone": ("error", "证件号码是打了星号的，又没有电话可以认人，请填写完整号码"),
    "id-doubtful-accepted": ("warning", "证件号码有误，按你的决定保留并标为“证件号存疑”"),
    "birth-contradicts-id": ("warning", "出生日期与证件号码不一致，以证件号码为准"),
    "sex-contradicts-id": ("warning", "性别与证件号码不一致，以证件号码为准"),
    "age-unusual": ("warning", "按出生日期算是 {age} 岁，请核对"),
    "members-above-staff": ("warning", "会员人数比职工人数还多，请核对"),
    "members-above-held": ("warning", "会员 {members} 人，比登记的职工 {staff} 人还多，请核对"),
    "migrants-above-all": ("warning", "农民工会员人数比会员人数还多，请核对"),
    "new-form-above-all": ("warning", "新就业形态会员人数比会员人数还多，请核对"),
    "women-above-all": ("warning", "女性人数比总人数还多，请核对"),
    # the table
    "id-repeated": ("error", "证件号码与第 {row} 行重复，请删去一行或改正号码"),
    "code-shared": ("question", "第 {row} 行的“{name}”也写着这个信用代码，请核对各是谁的"),
    "columns-differ": ("question", "两列都写“{label}”，内容不同，请核对以哪一列为准"),
    "columns-joined": ("warning", "两列都写“{label}”，内容不同，采用了前一列"),
    "count-merged": ("warning", "人数写在几行合并的单元格里，看不出各是多少，未采用"),
    "row-continued": ("note", "第 {row} 行是同一条记录的下半，那里的“{written}”没有采用"),
    "contradicts-row": ("warning", "与“{sheet}”第 {row} 行写的不一致，以这一行为准"),
    "id-repeated-elsewhere": ("note", "同一个人也在“{sheet}”第 {row} 行"),
    # the world
    "held-by-other-union": ("question", "登记册里此人的会籍在“{union}”，请先办理转会或确认"),
    "transfer-too-early": ("question", "此人的会籍后来才到“{union}”，这一行的日期在那以前，转不过去，请改日期，或者保留原会籍"),
    "key-contradicts": ("question", "这一行原来是“{held}”，现在名称和号码都换了，请核对是否还是同一个"),
    "key-number-taken": ("question", "登记册里这个号码是“{held}”的，请核对"),
    "same-person": ("question", "登记册里有同名且出生日期、单位相同的人，无法确定是不是同一人"),
    "several-persons": ("question", "登记册里有 {count} 个人符合，无法确定是哪一个"),
    "name-contradicts-id": ("question", "登记册里这个证件号码的姓名是“{held}”，请核对"),
    "same-name-other-code": ("question", "登记册里有同名但信用代码不同的“{name}”，请核对"),
    "union-ended-with-members": ("question", "这个工会还有 {count} 名会员，撤销以后他们的会籍保留到上级工会，还是转出"),
    "union-ended-no-parent": ("question", "这个工会没有填上级工会，{count} 名会员的会籍没有地方保留，请先填上级工会，或者选转出"),
    "employer-created": ("note", "登记册里没有单位“{name}”，已按“待核实”登记"),
    "union-created": ("note", "登记册里没有工会“{name}”，已按“待核实”登记"),
    "no-employer-name": ("warning", "“{written}”不是一个单位的名称，没有登记成单位，请写单位全称"),
    "no-union-name": ("question", "“{written}”不是工会的名称，没有采用，请写工会全称"),
    "union-unknown": ("note", "不知道是哪个工会的会员，记为“待落会籍”"),
    "id-likely": ("note", "登记册里有同名、证件号前 15 位相同的人，可以选“更新”到这个人"),
    "kept-title": ("warning", "“{written}”像是称呼，不是全名，保留了登记册里的姓名"),
    "kept-covered": ("warning", "“{written}”遮住了一部分，保留了登记册里的"),
    "kept-shorter": ("warning", "“{written}”比登记册里的短，没有更多的内容，保留了登记册里的"),
    "kept-digits": ("warning", "电话的位数比登记册里的少，保留了登记册里的"),
    "kept-fewer": ("warning", "登记册里除了这个号码还有别的，保留了登记册里的"),
    "kept-wider": ("warning", "没有登记册里的地方具体，保留了登记册里的"),
    "mass-change": ("question", "这一列在很多行上都要改，确认是真的以后才会改"),
    "state-contradicts": ("warning", "表里写“{written}”，登记册里是“{state}”，会籍没有改动；如果已经离开工会，请写会籍变化类型"),
    "says-left": ("note", "表里写着“{written}”"),
    "left-or-member": ("question", "表里写着“{written}”，又像是会员：还在会、已退会，还是只更新资料，请选定，或者写明会籍变化类型"),
    "list-of-leavers": ("question", "表的名称里有“{written}”，这一行没有写会籍怎么变：还在会、已退会，还是只更新资料，请选定"),
    "state-or-date": ("question", "写着“{written}”，却有入会日期，请核对是不是会员"),
    "union-not-used": ("question", "写了工会“{written}”，但没有说是不是会员，没有记会籍；是会员的，请在“缺少的列”里把会籍状态填为“在册”"),
    "change-unsaid": ("question", "写了会籍变化的日期，没有写是什么变化，没有按它记会籍，请写明会籍变化类型"),
    "column-unsure": ("question", "“{header}”可能是“{label}”，没有把握，这一列没有采用，请在“对应列”里选定"),
    "count-day-missing": ("warning", "表上没有写是哪一天的人数，记为日期不明（今天起才知道，不压过有日期的人数），请在“缺少的列”里填统计日期"),
    "count-day-assumed": ("warning", "“{written}”没有写年份，人数按 {day} 记，请核对"),
    "count-day-contradicts": ("question", "标题写的是 {day}，“{written}”却是 {other}，请核对人数是哪一天的，在“缺少的列”里填统计日期"),
    "ditto-unclear": ("question", "看不出“{written}”指的是什么，请写出内容"),
    "ticked-twice": ("question", "几个“{label}”都打了勾，只能有一个，未采用"),
    "retired-joining": ("warning", "就业状况是退休，请核对是否入会"),
    "several-units": ("question", "登记册里有 {count} 个单位或工会符合，请写明信用代码或区划"),
    "parent-circular": ("warning", "上级工会写的是它自己或它的下级，未采用，请核对"),
    "record-unknown": ("error", "登记册里没有“{written}”，请从名单里选，或者先新建"),
    "record-ambiguous": ("error", "登记册里有几个“{written}”，请从名单里选一个"),
    "ledger-kind-unknown": ("question", "没有台账类别“{name}”，请选一个已有的类别，或者新增这个类别"),
    "site-kind-unknown": ("question", "没有阵地类别“{name}”，请选一个已有的类别，或者新增这个类别"),
    "several-sites": ("question", "登记册里有 {count} 个同名的阵地，请选是哪一个，或者按新的登记"),
    "ledger-entry-differs": ("question", "登记册里同一天、同一事项已有一条，数量或金额不同，是改正它，还是另外一件"),
    "coverage-moved": ("warning", "单位原来由“{union}”覆盖，已改由本工会覆盖，原来的记录保留"),
    "covered-by-other-union": ("question", "单位“{name}”已由“{union}”覆盖，请核对"),
}


#: Questions about a cell or a column that is left out while the rest of its row is applied.
APPLIED = frozenset({"column-unsure", "change-unsaid", "no-union-name", "union-not-used", "ticked-twice", "mass-change"})

#: Facts that name a field or a value by its label.
LABELS = frozenset({"label", "state"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to tell about a value or a row. ``column`` is a declared field name, or empty for the whole row.

    ``facts`` fill the sentence's places; those of LABELS are labels of ours, in Chinese, and translated with it.
    ``candidates``: uids of the records among which a question asks.
    """

    code: str
    level: Level
    facts: tuple[tuple[str, object], ...] = ()
    column: str = ""
    candidates: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The sentence, in the language of the person (or in Chinese, where it is for others)."""
        if not self.facts:
            return _(TABLE[self.code][1])
        return _(TABLE[self.code][1]).format(
            **{name: _(str(fact)) if name in LABELS else fact for name, fact in self.facts}
        )

    def at(self, column: str) -> "Problem":
        """The same problem, placed at a declared field."""
        return replace(self, column=column)

    def among(self, candidates: Iterable[str]) -> "Problem":
        """The same question with the records (uids) among which a person is to choose."""
        return replace(self, candidates=tuple(candidates))

    def as_level(self, level: Level) -> "Problem":
        """The same problem with another weight, where the row makes it heavier or lighter."""
        return replace(self, level=level)


def problem(code: str, column: str = "", **facts: object) -> Problem:
    """Make the problem ``code`` of the table; ``facts`` fill the sentence's places. Unknown codes are a bug (KeyError).

    Without facts it is the same object each time: it may stand on every row of a sheet.
    """
    return Problem(code, TABLE[code][0], tuple(facts.items()), column) if facts else _bare(code, column)


@lru_cache(maxsize=1_000)
def _bare(code: str, column: str) -> Problem:
    return Problem(code, TABLE[code][0], (), column)
