"""The code lists of the drive and of what the law asks of a union: labels with other wordings, as in ``codes.py``."""

from models.values.codes import code_list

#: What the employer says to founding a union; the last three take it off the list.
ATTITUDE = code_list(
    "态度",
    {
        "同意": "愿意 支持 配合 同意建会 愿意建会 是",
        "观望": "犹豫 考虑 再考虑 待定",
        "拒绝": "不同意 不愿意 反对 抵触 不愿意建会 不同意建会 否",
        "失联": "联系不上 无法联系 电话不通 查无此人",
        "注销": "已注销 吊销 关门",
        "搬迁": "已搬迁 迁出 搬走",
        "不足25人": "人数不足 不足25 人数不够 不够25人",
    },
)

CONTACT_WAY = code_list(
    "联系方式",
    {
        "实地走访": "走访 上门 入户 现场",
        "蹲点": "蹲点工作 驻点 蹲点服务",
        "三服务": "三服务活动 “三服务”",
        "电话": "打电话 致电 电联",
        "微信": "短信 网络 QQ 线上",
        "座谈": "会议 座谈会 宣讲 培训",
        "来访": "来人 接待",
        "寄送": "邮寄 送达 发函",
        "其他": "其它",
    },
)

#: Why a drive case came to its end.
CLOSED_BECAUSE = code_list(
    "结案原因",
    {
        "已建会": "建会 已建立工会",
        "不足人数": "不足25人 人数不足",
        "搬迁": "已搬迁 迁出",
        "注销": "已注销 吊销",
        "其他": "其它",
    },
)

#: How a union is built or people are organized: the words of the field for its models.
BUILDING_MODEL = code_list(
    "建会入会模式",
    {
        "单独建会": "单独 单建 独立建会 重点建",
        "联合建会": "联合 联建",
        "行业建会": "行业 行业建 行业覆盖建",
        "区域建会": "区域 区域建 社区建",
        "兜底建会": "兜底 兜底建 区域兜底建",
        "扫码入会": "扫码 网上入会 扫码建",
    },
)

#: What became of a labour dispute that was mediated.
OUTCOME = code_list(
    "调解结果",
    {
        "调解成功": "成功 达成协议 调解达成协议 已调解 和解",
        "调解不成": "不成 未达成协议 调解失败 失败 未成功 调解不成功",
        "撤回": "撤诉 申请撤回 撤销申请",
        "转仲裁": "仲裁 移送仲裁 转劳动仲裁 申请仲裁",
    },
)

#: What has become of a thing that stands.
SITE_STATE = code_list(
    "阵地状态",
    {
        "在用": "正常 运行中 使用中 正常运行 运营中 开放 已建成 正在运行",
        "停用": "暂停 暂停使用 停止运行 停业 关闭 未运行",
        "撤销": "已撤销 摘牌 拆除 取消",
    },
)

#: The sheets that unions hand in from time to time.
DUE_SHEET = code_list(
    "要交的表",
    {
        "人数": "人数月报 人数台账 会员人数 职工人数 月报",
        "会员名单": "会员名册 会员花名册 花名册 名册 会员",
        "工作台账": "台账",
        "委员名单": "委员和干部 干部名单 委员",
        "工会情况": "工会名单 采集表 工会信息",
        "阵地名单": "阵地",
    },
)

#: How often a sheet is due.
DUE_EVERY = code_list("多久一次", {"每月": "月 月报", "每季度": "季度 季 季报", "每半年": "半年 半年报", "每年": "年 年度 年报"})

#: The kinds of union that hand in sheets: the classes of ``union_kinds.UnionClass`` in its order.
UNION_CLASS = code_list(
    "哪类工会",
    {
        "单独基层工会": "单独",
        "联合基层工会": "联合",
        "行业工会联合会": "行业 行业性工会联合会",
        "区域工会联合会": "区域 区域性工会联合会",
        "其他基层工会": "其他 没写类型",
        "分会和小组": "分会 小组 组织单元 分工会 工会小组",
        "领导机关": "总工会 工委 产业工会 街道总工会",
    },
)

#: The kinds of place below a district, from the widest to the narrowest; the same as the last levels of a region.
PLACE_LEVEL = code_list(
    "级别",
    {
        "镇街": "街道 镇 乡 乡镇 乡镇（街道） 镇（街道）",
        "社区（村）": "社区 村 村社区 行政村 村居 居委会 村委会",
        "园区": "工业园 产业园 产业园区 工业园区 开发区 商圈",
        "楼宇": "商务楼宇 楼 大楼 写字楼 大厦 商务楼",
    },
)

#: What is known of a sheet that was due: it came, or need not come.
HAND_IN = code_list("交没交", {"已交": "交了 已收", "免交": "不用交 免报"})

#: What the system that a sheet was handed up to said of a row.
SUBMITTED = code_list(
    "是否成功", {"成功": "是 导入成功 已成功 通过 已导入 true 1", "失败": "否 导入失败 未成功 不成功 未通过 不通过 未导入 false 0"}
)

#: On what terms a person works, employed or not.
EMPLOYMENT_RELATION = code_list(
    "用工关系",
    {
        "劳动合同": "合同工 正式工 签订劳动合同 劳动合同制",
        "劳务派遣": "派遣 派遣工 劳务派遣工",
        "加盟承揽": "加盟 承揽 承包 外包",
        "平台众包": "众包 平台注册 平台接单",
        "个体挂靠": "挂靠 个体",
        "无": "自由职业 灵活就业 无用工关系",
    },
)

#: How the members are led: a committee, or in small unions one organizer (工会法 11).
ORG_FORM = code_list(
    "组织形式",
    {
        "工会委员会": "委员会 基层工会委员会",
        "联合工会委员会": "联合委员会",
        "工会联合会": "联合会 工会联合会委员会",
        "总工会": "",
        "工会工作委员会": "工委",
        "组织员": "工会组织员 选举组织员",
        "分会": "分工会 支会",
        "小组": "工会小组",
    },
)

#: On what grounds a person's data is kept (个人信息保护法 13 to 17); one joins by one's own application (工会章程 2).
APPLICATION_BASIS = code_list(
    "入会凭据",
    {
        "本人申请书": "申请书 入会申请书 本人申请 纸质申请 书面申请 纸质申请书 有申请书",
        "网上申请": "扫码申请 线上申请 电子申请 网上入会 手机申请",
        "单位提供": "单位名册 单位报送 单位统一提供 花名册",
        "其他": "其它",
    },
)
#: Those of them that are a person's own application.
OWN_APPLICATION = ("本人申请书", "网上申请")
