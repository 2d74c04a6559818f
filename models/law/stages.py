"""The way to a union as data: each stage with the papers it asks for, who issues them, and the law where there is one.

The stages are those of ``codes.STAGE``.
"""

from dataclasses import dataclass

from models.language import N_, _


@dataclass(frozen=True, slots=True)
class NeededPaper:
    """A paper that a stage asks for, and who issues it. ``name`` is what the register keeps, as the labels of code lists."""

    name: str
    issuer: str

    @property
    def title(self) -> str:
        """The name in the language of the person."""
        return _(self.name)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: ``label`` of codes.STAGE, what is done in it, its papers, and what law it rests on ("" for practice)."""

    label: str
    task: str
    papers: tuple[NeededPaper, ...] = ()
    basis: str = ""


_EMPLOYER, _HIGHER, _GROUP, _UNION, _ORGANIZER = N_("单位"), N_("上级工会"), N_("筹备组"), N_("工会"), N_("走访人")

#: The way, in order.
STAGES: tuple[Stage, ...] = (
    Stage(
        "待筹建", N_("按税务、社保、市场监管、街道的名单摸清单位和人数，建一企一档。"),
        (NeededPaper("单位基本情况表", _ORGANIZER),),
    ),
    Stage(
        "已接触", N_("上门宣传，说明建会的好处和步骤，记下单位的态度。"),
        (NeededPaper("走访记录", _ORGANIZER), NeededPaper("建会宣传资料", _HIGHER)),
        N_("工会法第十二条：上级工会可以派员帮助和指导职工组建工会"),
    ),
    Stage(
        "已请示", N_("单位写明基本情况、职工意愿和各方意见，向上级工会请示。"),
        (NeededPaper("关于成立工会的请示", _EMPLOYER),),
        N_("工会法第十二条：成立工会报上一级工会批准"),
    ),
    Stage(
        "筹建中", N_("上级工会批复同意筹建，成立三到五人的筹备组；组长不由法定代表人、人事负责人及其近亲属担任。"),
        (NeededPaper("同意筹建的批复", _HIGHER), NeededPaper("筹备组名单", _EMPLOYER)),
        N_("工会法第十条、第十二条"),
    ),
    Stage(
        "发展会员", N_("职工本人申请入会，登记造册；筹备组成员先由上级工会吸收入会。"),
        (
            NeededPaper("入会申请书", N_("职工")), NeededPaper("会员登记表", _GROUP),
            NeededPaper("会员花名册", _GROUP),
        ),
        N_("工会法第三条"),
    ),
    Stage(
        "召开大会", N_("候选人先报上级工会同意，再开会选举工会委员会和经费审查委员会，同时产生女职工组织。"),
        (
            NeededPaper("候选人建议名单", _GROUP), NeededPaper("选举办法", _GROUP),
            NeededPaper("大会议程", _GROUP), NeededPaper("选票和得票记录", _GROUP),
        ),
        N_("工会法第十条"),
    ),
    Stage(
        "待批复", N_("选举结果报上级工会批复。"),
        (
            NeededPaper("选举结果报告", _GROUP), NeededPaper("委员构成一览表", _GROUP),
            NeededPaper("主席承诺书", _GROUP), NeededPaper("基层工会登记表", _GROUP),
        ),
        N_("工会法第十二条"),
    ),
    Stage(
        "已建会", N_("收到批复；刻章、办理法人资格、开户、登记经费，把工会和会员录入系统。"),
        (
            NeededPaper("成立工会的批复", _HIGHER), NeededPaper("工会法人资格登记表", _UNION),
            NeededPaper("工会法人资格证书", _HIGHER), NeededPaper("开户资料", _UNION),
        ),
        N_("工会法第十二条；重庆市工会条例第十条、第十一条"),
    ),
    Stage(
        "规范运行", N_("做到“六有”：主席、机构、活动、制度、经费、绩效。"),
        (NeededPaper("工会工作制度", _UNION),),
    ),
    Stage("暂缓", N_("单位暂不同意或联系不上，隔一段时间再去，写明下一步的日期。")),
    Stage("不再列入", N_("已注销、搬走或人数不足，写明凭据。")),
)  # fmt: skip

_BY_LABEL = {stage.label: stage for stage in STAGES}
#: Stages beside the way: a case rests or ends there, and may come back to the way.
ASIDE = ("暂缓", "不再列入")
#: The stages that are walked through, in order.
WAY: tuple[str, ...] = tuple(stage.label for stage in STAGES if stage.label not in ASIDE)
FIRST, PREPARING, BUILT, ORDERLY, OFF = "待筹建", "筹建中", "已建会", "规范运行", "不再列入"


def stage_of(label: str) -> Stage:
    """The stage with this label of codes.STAGE; KeyError for another text."""
    return _BY_LABEL[label]


def between(start: str | None, end: str) -> tuple[str, ...]:
    """The stages of the way that lie between two stages; none when one of them is no stage of the way."""
    if start not in WAY or end not in WAY:
        return ()
    return WAY[WAY.index(start) + 1 : WAY.index(end)]
