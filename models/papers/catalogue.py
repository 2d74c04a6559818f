"""All papers of founding and joining as data: key, title, of whom, whether our office numbers it, where it belongs in a case."""

from dataclasses import dataclass
from typing import Literal

from models.errors import UserError
from models.language import N_, _
from models.values.codes import fold

#: Of whom a paper can be.
Subject = Literal["employer", "union", "person"]


@dataclass(frozen=True, slots=True)
class FoundingPaper:
    """A paper. ``title`` is Chinese in every language; ``of``: of whom it can be, the usual one first; ``numbered``: by us.

    ``stage`` and ``material``: where it stands among the papers of a case, "" for none.
    """

    key: str
    title: str
    of: tuple[Subject, ...]
    numbered: bool = False
    stage: str = ""
    material: str = ""

    @property
    def shown(self) -> str:
        """What it is called on the screen."""
        return _(self.title)


#: In the order of the way: joining, founding, the meeting, the approval, what comes later.
PAPERS: tuple[FoundingPaper, ...] = (
    FoundingPaper("join-application", N_("入会申请书"), ("person",)),
    FoundingPaper("registration", N_("会员登记表"), ("person",)),
    FoundingPaper("founding-request", N_("关于成立工会的请示"), ("employer",), False, "已请示", "关于成立工会的请示"),
    FoundingPaper("preparation-approval", N_("同意筹建的批复"), ("employer",), True, "筹建中", "同意筹建的批复"),
    FoundingPaper("preparation-group", N_("筹备组名单"), ("employer",), False, "筹建中", "筹备组名单"),
    FoundingPaper("election-rules", N_("选举办法"), ("employer", "union"), False, "召开大会", "选举办法"),
    FoundingPaper("candidates", N_("候选人建议名单"), ("employer", "union"), False, "召开大会", "候选人建议名单"),
    FoundingPaper("ballot", N_("选票"), ("employer", "union"), False, "召开大会", "选票和得票记录"),
    FoundingPaper("election-report", N_("选举结果报告"), ("employer", "union"), False, "待批复", "选举结果报告"),
    FoundingPaper("founding-approval", N_("成立工会的批复"), ("employer", "union"), True, "已建会", "成立工会的批复"),
    FoundingPaper("committee", N_("委员名单"), ("union", "employer"), False, "待批复", "委员构成一览表"),
    FoundingPaper("opinion", N_("建立工会意见书"), ("employer",), True, "已接触", "建立工会意见书"),
    FoundingPaper("reelection-request", N_("换届请示"), ("union",)),
    FoundingPaper("reelection-report", N_("换届结果报告"), ("union",)),
    FoundingPaper("legal-person", N_("工会法人资格登记申请表"), ("union", "employer"), False, "已建会", "工会法人资格登记表"),
    FoundingPaper("transfer", N_("会籍接转单"), ("person",)),
    FoundingPaper("pledge", N_("主席承诺书"), ("union", "employer"), False, "待批复", "主席承诺书"),
)  # fmt: skip


def find_paper(text: str) -> FoundingPaper:
    """The paper of a key or a title. UserError that names them all when there is none."""
    wanted = fold(text)
    found = next((each for each in PAPERS if wanted in (fold(each.key), fold(each.title), fold(each.shown))), None)
    if found is None:
        names = _("、").join(each.shown for each in PAPERS)
        raise UserError(_("没有文书“{name}”，可以用：{names}。").format(name=text, names=names))
    return found


def papers_of(subject: Subject) -> list[FoundingPaper]:
    """The papers that can be of an employer, a union or a person."""
    return [each for each in PAPERS if subject in each.of]
