"""Things that stand (阵地): service stations, studios, nurseries and others, of kinds that a district may change."""

from models.engine.record import Record
from models.values import drive_codes
from models.values.columns import declare
from models.values.id_kinds import Phone
from models.values.kinds import Choice, Count, Day, OrganizationName, PersonName, Place, Reference, Text, YesNo
from models.values.quantity import Quantity


class SiteKind(Record):
    """A kind of thing that stands, such as 工会驿站. ``unit`` is what it is counted by, ``aliases`` are joined by 、."""

    name = declare(Text(), "阵地类别", required=True, width=9, example="工会驿站", index=True)
    unit = declare(Text(), "单位", width=3, example="个")
    aliases = declare(Text(), "其他叫法", width=14)
    place = declare(Count(), "次序", width=3)
    active = declare(YesNo(), "在用", width=3)


class Site(Record):
    """Something that stands from ``since`` on, and from ``until`` no more; where no day is written it is not known.

    ``quantity``: a row that stands for many, such as all stations that a town had before the list began; else it is one.
    """

    site_kind = declare(
        Reference("site_kind"), "阵地类别", "阵地类型", "站点类型", "站点类别", "驿站类型", "工作室类型", width=8,
        references="site_kind", index=True, example="工会驿站",
    )  # fmt: skip
    name = declare(
        OrganizationName(), "阵地名称", "站点名称", "驿站名称", "工作室名称", "服务点名称", "服务站点名称", "样本名称", "托育点名称",
        "托育机构名称", "名称", required=True, width=14, index=True, example="小龙坎商圈工会驿站",
    )  # fmt: skip
    region = declare(
        Place(), "区划", "所在镇街", "镇街", "街道", "区县", "所属区县", "所在区划", "所属镇街", width=10, references="region", index=True,
        example="沙坪坝区小龙坎街道",
    )  # fmt: skip
    address = declare(Text(), "地址", "详细地址", "站点地址", "驿站地址", width=14, example="小龙坎新街1号")
    state = declare(Choice(drive_codes.SITE_STATE), "状态", "运行状态", "使用状态", "运营状态", width=4, example="在用")
    since = declare(
        Day(), "启用日期", "建成日期", "建成时间", "启用时间", "建站时间", "挂牌时间", "挂牌日期", "命名时间", "开放时间", "成立时间",
        width=7, example="2026-05-20",
    )  # fmt: skip
    until = declare(Day(), "停用日期", "撤销日期", "停用时间", "撤销时间", "摘牌时间", "关闭时间", width=7)
    quantity = declare(Quantity(), "数量", "个数", "站点数", "站点数量", "驿站数", width=4, example="1")
    union = declare(
        Reference("union"), "所属工会", "建设工会", "管理工会", "主管工会", "建设单位", width=14, references="union", index=True,
        example="重庆嘉陵示例科技有限公司工会",
    )  # fmt: skip
    contact = declare(PersonName(several=True), "联系人", "负责人", "站长", "领衔人", width=5, example="陈示例")
    phone = declare(Phone(), "联系电话", "电话", "手机", width=7, example="19900000021")
    source = declare(Text(), "数据来源", "来源", width=7, example="区总工会台账")
    note = declare(Text(), "备注", "说明", width=12)
