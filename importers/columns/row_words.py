"""What people write into a table besides its records, as patterns: totals, notes, signatures, examples, rows of formulas."""

import re

#: The words of a total, with its number.
TOTAL = re.compile(
    r"(?:.{0,20}(?:合计|小计|总计|共计|累计|汇总|总计数|计数|平均值|最大值|最小值)|总人数|会员总数|职工总数|人数|总|合|计)"
    r"(?:\(.{0,12}\)|[:=]?\d+(?:\.\d+)?[人名户家个]?.{0,20}|[人名户家]数?|数)?"
    r"|(?:其中)?[男女](?:职工|会员|员工|性)?(?:共|:)?\d+[人名]?(?:[,，、;]?[男女](?:职工|会员|员工|性)?(?:共|:)?\d+[人名]?)?"
    r"|(?:总共|一共|共)\d+[人名户家个条位].{0,20}|.{0,30}(?:sub|grand)?total"
)
#: What a cell must hold to be looked at as a total.
TOTAL_LIKE = re.compile("[(（][样示范举]?例|[(（]样[表本]|计|汇总|总数|人数|[均大小]值|^[总合]$|^[总一]?共|[tT][oO][tT]|[男女].{0,4}\\d", re.ASCII)
#: The same where each line is a cell.
TOTAL_LIKE_LINE = re.compile(TOTAL_LIKE.pattern, TOTAL_LIKE.flags | re.MULTILINE)
#: How a note begins.
NOTE = re.compile(
    "(?:填[表报写]|编制|制表|有关|特别|重要|相关)?(?:说明|须知|要求|提示|注意事项)|备?注\\d*[:.、]|附注|注释|注意|温馨提示|以[上下]|此处|示例|样例"
    "|范例|举例|例如|例[:.、)]|\\(例\\)|\\(示例\\)|请|每[个行栏]|本表|[-—_(（]*(?:以下|此处|此行以下)(?:为?空白|无正文|无内容)|本页(?:无正文|小计|以下)"
    "|第\\d+页|共\\d+页|页码|抄[送报]|附件|附表|续表|接[上下]页|(?:转|见)(?:下|背)页|以上(?:人员|信息|情况|内容)"
)
#: Labels whose note stands in the next cell.
NOTE_LABELS = frozenset(("备注", "说明", "注", "附注", "填表说明"))
EXAMPLE = frozenset(("例", "示例", "样例", "范例", "举例", "例如", "填写示例", "填报示例", "示例行", "示范"))
EXAMPLE_BEFORE = re.compile("(?:示|样|范|举)?例[:：]|[(（](?:示|样)?例[)）]")
#: A name that is an example: 张三（样表）.
EXAMPLE_NAME = re.compile("[(（](?:[样示范举]?例|样[表本])[)）]")
EXAMPLE_LIKE = frozenset("例示样范举填(（")
DIGITS = re.compile(r"(?:\d[- ]?){5}")
LABELLED = re.compile("[\u4e00-\u9fff][)）]?\\s*[:：]|[人名户家个]$")
SIGNATURE = re.compile(
    "(?:负责人|小组长|组长|法定代表人|主席|经办人?|填[表报]人?|制表人?|统计人?|审核人?|复核人?|审批人?|采集人|联系人|领导|主管|签字|签名|盖章|公章|签章)"
    "(?:\\s*[(（][^()（）]{0,8}[)）])?\\s*[:：]"
    "|^\\s*(?:填[报表]|制表|统计|报送|上报|打印|制单|申请|申报|审批|批准)(?:日期|时间|单位|人)|^[\\s\\d]*年[\\s\\d]*月[\\s\\d]*日?\\s*$"
    "|^[(（](?:公章|盖章|签章|签字)[)）]$|^(?:单位|工会|公司|企业)?[(（]?(?:盖章|公章|签章|签字)[)）]?处?$"
    "|^[零〇○一二三四五六七八九十]{4}年[零〇一二三四五六七八九十]{1,3}月(?:[零〇一二三四五六七八九十]{1,3}日)?$"
    "|^(?:19|20)\\d\\d[-./年]\\d{1,2}(?:[-./月]\\d{1,2}日?|月)?$"
)
#: Labels of those who sign, alone in a cell; the name stands in the next.
SIGNERS = re.compile("(?:经办|填[表报]|制表|统计|审核|复核|审批|采集|打印|制单|负责|小组长|联系)人?|(?:部门|单位|工会)负责人|工会主席|小组长|领导")
#: What follows when somebody forgot a name, and what a formula makes of a row without one.
OF_NOTHING = re.compile(
    r"#.*|0+|0000-0?0-0?0|[-/年月日. ]*|1899-12-3\d|190\d-\d{1,2}-\d{1,2}|FALSE|TRUE|[男女]|否|[-*]+", re.IGNORECASE
)
#: What a lone text in the column of names must be like to be a person; and words that no person is called by.
PERSON = re.compile(
    r"[\u3400-\u9fff\ue000-\uf8ff\U00020000-\U0003ffff]{2,4}|[\u3400-\u9fff]{1,10}·[\u3400-\u9fff·]{1,15}"
    r"|[A-Za-z][A-Za-z .·'-]{3,40}"
)
NO_PERSON = re.compile(
    "[表页章册栏行处]|日期|签字|公司|单位|街道|社区|工会|车间|部门|班组|[一二三四五六七八九十\\d][组班队科部]|空白|正文|结束|完毕|完成|待定|同上|无$|略$"
    "|以[上下]|续|合格|名单|人员|职工|会员|员工|退休|离职|在职|新增|男$|女$"
)
NUMBER = re.compile(r"[\d.]+[、．)）]?")
#: How many, in the place of a name: 12人, 共 3 户.
COUNT = re.compile(r"(?:[共约合]\s*)?[\d.,]+\s*[人名位户家个条]?")
