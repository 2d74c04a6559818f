"""The sheet for the day on which a laptop is lost (电脑丢失处置单): what was on it, and what is done in which order.

To be printed and kept elsewhere while the laptop is there. Source: 个人信息保护法 57 (remedy and notice without delay) and
51 (a plan for such incidents); 52 (very many people's data).
"""

from models.language import _
from models.people.duties import duty_of, people_held
from models.values.region_index import RegionIndex
from reports.choices import ReportChoices
from reports.report import Report, ReportColumn, Section

_LINES = 12


def compose(index: RegionIndex, choices: ReportChoices) -> Report:
    """The sheet with the register's number of people as of now."""
    people = people_held()
    return Report(
        title=_("电脑丢失处置单"),
        organization=choices.whose(index),
        day=choices.day.isoformat(),
        columns=[],
        sections=[_held(people), _steps()],
        signatures=(_("发现人（签字）"), _("负责人（签字）"), _("单位（盖章）")),
        footnotes=tuple(
            filter(None, [_("依据《个人信息保护法》第五十一条、第五十七条。请打印出来，不要只存在这台电脑里。"), duty_of(people)])
        ),
        landscape=False,
    )


def _held(people: int) -> Section:
    rows = [
        [_("登记册里的人"), _("{people:,} 人（到打印这天）").format(people=people)],
        [_("有哪些信息"), _("姓名、证件号、电话、单位、工会和会籍、职业类别；有的还有住址、备注。")],
        [_("有没有加密"), _("登记册和备份整个加密。没有口令和恢复码的人打不开；口令写在电脑上、贴在电脑上的，按没有加密处理。")],
        [_("没有加密的"), _("另存、导出的表格和 PDF，退回表，导入用过的原表，收到的邮件和聊天文件。")],
        [_("最近的备份"), _("在哪里：____________________　哪一天的：____________")],
        [_("口令、恢复码"), _("谁知道口令：__________　恢复码放在哪里：__________________")],
    ]
    return Section(_("这台电脑上有什么"), rows, columns=[
        ReportColumn("", 9, label=True), ReportColumn("", 45, most=_LINES),
    ])  # fmt: skip


def _steps() -> Section:
    told = (
        _("记下何时、何地、怎样丢的，当时是否开机、登记册是否开着。"),
        _("马上报告单位负责人；被盗的报警，留下回执。"),
        _("弄清电脑里还有哪些没有加密的文件，涉及多少人、哪些信息。"),
        _("改掉这台电脑上登录过的邮箱、聊天工具、业务系统的口令。"),
        _("在另一台电脑上用最近的备份恢复登记册，用恢复码打开，立即换口令、换恢复码（设置 → 口令）。"),
        _("登记册没有加密、口令可能泄露，或者有没有加密的名单：立即通知履行个人信息保护职责的部门和本人，写明种类、原因、可能的危害、已采取和本人可以采取的措施、联系方式。"),
        _("采取措施能够有效避免危害的，可以不通知本人；把判断的理由写在下面。"),
        _("补上以后的办法：自动锁定、不留导出的表、备份放在别处。"),
    )
    rows = [[str(number), text, "", ""] for number, text in enumerate(told, 1)]
    return Section(_("按顺序做"), rows, columns=[
        ReportColumn(_("序号"), 3, "center"), ReportColumn(_("做什么"), 33, most=_LINES),
        ReportColumn(_("谁、何时做的"), 10, blank=True), ReportColumn(_("情况"), 8, blank=True),
    ])  # fmt: skip
