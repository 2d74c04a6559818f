"""All that is held of one person (所持个人信息报告), on paper and as a workbook: to be handed to whoever asks (个人信息保护法 45)."""

from collections.abc import Sequence
from pathlib import Path

from models.editing import editing
from models.language import N_, _, official
from models.people.held_data import Disclosure, HeldData, Origin, held_data
from models.people.traces import Mention, one_person
from models.records.setting import setting
from models.trail.entry import Act
from models.values.region_index import RegionIndex
from reports.choices import TO_FILL_IN
from reports.report import Report, ReportColumn, Section

#: What the trail calls the paper.
HELD = N_("所持个人信息")
#: Lines of a cell: what is held is printed whole.
_LINES = 20
#: A longer source (an import of a dozen files) is told once, below, and each item says which one it is.
_LONG_SOURCE = 60


def compose(uid: str, index: RegionIndex, masked: bool, day: str) -> Report:
    """The paper of a person (uid), in Chinese whatever the program's language; ``day``: ISO text, when it was asked for.

    UserError for somebody who is not in the register, or was erased.
    """
    editing.held("worker", one_person(uid)[0])  # what is wrong is told in the person's language
    with official():
        held = held_data(uid, index, masked)
        return Report(
            title=_("所持个人信息报告"),
            organization=str(setting("organization")) or TO_FILL_IN,
            day=day,
            scope=held.name,
            columns=[],
            sections=_sections(held),
            signatures=(_("申请人签收（签字）"), _("经办人（签字）"), _("单位（盖章）")),
            footnotes=(
                _("依据《个人信息保护法》第四十五条，个人有权查阅、复制其个人信息；第四十六条，有权请求更正、补充；第四十七条，符合条件的可以请求删除。"),
                _("“来源”写到文件和工作表（长的写在后面，前面只写第几个），登记册不保存行号。已打印、已导出的纸和文件不在登记册里。"),
            ),
            mark=_("已脱敏") if held.masked else _("完整信息"),
            landscape=False,
        )  # fmt: skip


class _Sources:
    """The long sources that were named so far, each once."""

    def __init__(self) -> None:
        self.told: dict[str, str] = {}

    def name(self, origin: Origin | None) -> str:
        """How a source is called in a row: itself where it is short, else what it is called below."""
        text = origin_text(origin)
        if len(text) <= _LONG_SOURCE:
            return text
        return self.told.setdefault(text, _("来源 {number}").format(number=len(self.told) + 1))

    def whence(self, origin: Origin | None) -> list[str]:
        """When and by whom, and the source."""
        return [_moment(origin.at) if origin else "", origin.person if origin else "", self.name(origin)]


def _sections(held: HeldData) -> list[Section]:
    sources = _Sources()
    found = [
        _about(held), _fields(held, sources), _events(held, sources), _posts(held, sources), _earlier(held, sources),
        _others(held, sources), _served(held), _listed(held), _mentions(held.mentions), _disclosures(held.disclosures),
    ]  # fmt: skip
    if sources.told:
        rows = [[called, text] for text, called in sources.told.items()]
        found.insert(-1, Section(_("来源"), rows, columns=[_column("", 7, label=True), _column("", 47)]))
    return found


def _column(title: str, width: float, label: bool = False) -> ReportColumn:
    return ReportColumn(title, width, label=label, most=_LINES)


def _section(heading: str, rows: Sequence[Sequence[str]], columns: Sequence[ReportColumn]) -> Section:
    return Section(heading, rows, "" if rows else _("没有记录"), columns)


def _moment(at: str) -> str:
    return at[:16].replace("T", " ")


def origin_text(origin: Origin | None) -> str:
    """In words, how something came into the register; what follows from the membership events has no origin of its own."""
    if origin is None:
        return _("由会籍变动推出")
    words = {
        "import": _("导入"), "edit": _("手工登记、修改"), "undo": _("撤销"), "merge": _("合并"), "case": _("建会台账"),
        "decide": _("决定两边写得不一样的"),
        "founding": _("成立或加入工会"), "mapping": _("导入"),
    }  # fmt: skip
    how = words.get(origin.how, _("其他改动"))
    sources = _("、").join(origin.sheets) or (_("批次 {number}").format(number=origin.batch))
    return _("{how} {sources}").format(how=how, sources=sources) + (
        _("（原因：{reason}）").format(reason=origin.reason) if origin.reason else ""
    )


def _about(held: HeldData) -> Section:
    rows = [
        [_("姓名"), held.name, _("会籍状态"), _(held.state)],
        [_("何时登记"), held.known_since, _("记录标识"), held.uid],
    ]
    return Section("", rows, columns=[
        _column("", 6, label=True), _column("", 18), _column("", 6, label=True), _column("", 24),
    ])  # fmt: skip


def _fields(held: HeldData, sources: _Sources) -> Section:
    rows = [[each.title, each.value, *sources.whence(each.origin)] for each in held.fields]
    return _section(_("所持的每一项"), rows, [
        _column(_("项目"), 7), _column(_("内容"), 15), _column(_("何时登记"), 8), _column(_("谁登记"), 6), _column(_("来源"), 18),
    ])  # fmt: skip


def _events(held: HeldData, sources: _Sources) -> Section:
    rows = [[each.type, each.date, each.union, each.reason, *sources.whence(each.origin)] for each in held.events]
    return _section(_("会籍变动"), rows, [
        _column(_("变动"), 4), _column(_("日期"), 6), _column(_("工会"), 11), _column(_("原因"), 7), _column(_("何时登记"), 8),
        _column(_("谁登记"), 5), _column(_("来源"), 13),
    ])  # fmt: skip


def _posts(held: HeldData, sources: _Sources) -> Section:
    rows = [[each.post, each.body, each.union, each.since, each.until, sources.name(each.origin)] for each in held.posts]
    return _section(_("在工会的任职"), rows, [
        _column(_("职务"), 6), _column(_("任职机构"), 8), _column(_("工会"), 14), _column(_("任职日期"), 7), _column(_("离任日期"), 7),
        _column(_("来源"), 12),
    ])  # fmt: skip


def _earlier(held: HeldData, sources: _Sources) -> Section:
    rows = [[each.title, each.before, each.after, *sources.whence(each.origin)] for each in held.earlier]
    return _section(_("以前的内容和更正"), rows, [
        _column(_("项目"), 6), _column(_("原来"), 11), _column(_("改为"), 11), _column(_("何时"), 8), _column(_("谁"), 5),
        _column(_("怎么改的"), 13),
    ])  # fmt: skip


def _others(held: HeldData, sources: _Sources) -> Section:
    rows = [[_("合并进来的记录"), sources.name(each), _moment(each.at), each.person] for each in held.merged]
    rows += [[_("不是同一个人"), each, "", ""] for each in held.distinct]
    return _section(_("合并和查重"), rows, [
        _column(_("事项"), 9), _column(_("内容"), 31), _column(_("何时"), 8), _column(_("谁"), 6),
    ])  # fmt: skip


def _served(held: HeldData) -> Section:
    return _section(_("工作台账里的记录（帮扶、培训）"), [[each] for each in held.served], [_column(_("内容"), 54)])


def _listed(held: HeldData) -> Section:
    return _section(_("所在的工作名单"), [[each] for each in held.listed], [_column(_("内容"), 54)])


def _mentions(mentions: Sequence[Mention]) -> Section:
    rows = [
        [kind_words().get(each.kind, _("其他记录")), each.called, each.title, each.text, _("以前的内容") if each.past else ""]
        for each in mentions
    ]
    return _section(_("别的记录里提到的（按姓名和号码找到，可能是同名的人）"), rows, [
        _column(_("哪里"), 7), _column(_("名称"), 13), _column(_("项目"), 7), _column(_("内容"), 20), _column(_("说明"), 7),
    ])  # fmt: skip


def mention_text(each: Mention) -> str:
    """A mention in one line: where it stands, and what it says."""
    told = _("{kind} {called} · {title}：{text}{past}")
    kind, past = kind_words().get(each.kind, _("其他记录")), _("（以前的内容）") if each.past else ""
    return told.format(kind=kind, called=each.called, title=each.title, text=each.text, past=past)


def kind_words() -> dict[str, str]:
    """The kinds of record in whose texts a person can be named, in words."""
    return {
        "worker": _("职工"), "employer": _("用人单位"), "union": _("工会"), "head_count": _("人数"),
        "drive_case": _("建会台账"), "case_step": _("建会步骤"), "case_paper": _("建会材料"), "contact": _("走访记录"),
        "ledger_entry": _("工作台账"), "ledger_kind": _("台账类别"), "site": _("阵地"), "site_kind": _("阵地类别"), "key_employer": _("重点企业"),
        "setting": _("设置"), "coverage": _("覆盖"),
        "due_rule": _("催报"), "hand_in": _("交表"), "submission": _("上报"), "submitted_row": _("上报的一行"), "issued_paper": _("出具的文书"),
        "paper_template": _("文书模板"),
        "worklist": _("工作名单"), "worklist_entry": _("工作名单的一行"),
        "target": _("任务指标"), "occupation_group": _("群体"), "region": _("区划"),
    }  # fmt: skip


def paper_act(act: str, uid: str, masked: bool, path: Path | None = None) -> Act:
    """What the trail keeps of handing out the paper of a person (uid).

    Not the name of its file, which is mostly the person's: the trail cannot be made to forget it.
    """
    file = f"{HELD}{path.suffix}" if path is not None else ""
    return Act(act, HELD, 1, full=not masked, records=[uid], file=file)


def _disclosures(disclosures: Sequence[Disclosure]) -> Section:
    words = {
        "record": _("打开记录看完整号码"), "person": _("交出本人的报告"), "list": _("名单"), "report": _("报表"), "print": _("打印"),
        "export": _("导出"), "merge": _("合并时查看"),
    }  # fmt: skip
    rows = [
        [
            _moment(each.at), each.person, words.get(each.verb, each.verb), each.file, str(each.rows or ""),
            _("本人") if each.named else _("可能有本人"),
        ]
        for each in disclosures
    ]  # fmt: skip
    return _section(_("完整号码的查看和交出"), rows, [
        _column(_("何时"), 8), _column(_("谁"), 6), _column(_("怎样"), 11), _column(_("文件"), 15), _column(_("行数"), 5),
        _column(_("说明"), 9),
    ])  # fmt: skip
