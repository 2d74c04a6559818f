"""What people put around a header without changing what it means: 职工姓名, 您的手机号, 联系电话信息, 姓名 Name."""

import re
from functools import cache

#: What people put before a wording, for each form.
_BEFORE = {
    "workers": "本人|个人|员工|职工|会员|人员|从业人员|从业者|劳动者|骑手|司机|师傅|快递员|申请人|学员|职员|填写人|您所在的?|您的|您|你的|你",
    "employers": "用人单位|企业|公司|单位|该单位|贵单位|您单位|您所在的?",
    "unions": "基层工会|工会组织|工会|本级工会",
    "headcounts": "现有|期末|本月|全部|单位|企业",
    "officers": "本人|个人|干部|委员|代表|人员|会员|现任|拟任|当选人?",
    "sites": "现有|期末|全部",
    "regions": "现有|全部|辖区",
    "ledger": "本次|本月|累计|共计|合计|活动",
}
_ALWAYS_BEFORE = "当前|目前|最新|主要|具体|详细|实际|常用|有效|真实|现有|所填|请填写|填写|请输入|输入"
_AFTER = re.compile(r"(?:信息|情况|内容|栏|全称|姓名|[0-9]|一|是(?:什么|多少|哪里)?|为)$")
#: The same in English beside it: 姓名 Name, Name/姓名.
_FOREIGN = re.compile(
    r"^(?!qq|id)[a-z][a-z .'/()-]*(?=[\u4e00-\u9fff])"
    r"|(?<=[\u4e00-\u9fff)])[ /(-]*(?!(?:id|no|code|key|url|qq)\b)[a-z][a-z .'/)-]*$"
)


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile(f"^(?:{_BEFORE[kind]}|{_ALWAYS_BEFORE})")


def bare_forms(text: str, kind: str) -> set[str]:
    """A normalised header text, and what it is without the words and letters around it, in a form."""
    before = _pattern(kind)
    forms = {text}
    for each in (_FOREIGN.sub("", text), text):
        shorter = before.sub("", each)
        forms |= {each, shorter, before.sub("", shorter), _AFTER.sub("", each), _AFTER.sub("", shorter)}
        # 您加入工会的时间 asks the reader; elsewhere 的 may make another thing of a wording
        forms |= {shorter.replace("的", "")} if shorter != each else set()
    return forms - {""}


@cache
def bare(text: str) -> frozenset[str]:
    """The same in any of the forms."""
    return frozenset().union(*(bare_forms(text, kind) for kind in _BEFORE))
