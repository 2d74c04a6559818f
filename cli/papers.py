"""``paper``: papers of founding and joining, prefilled; their numbers; templates of one's own."""

import argparse
from pathlib import Path
from typing import Any

from cli.opening import Opened, opened, say
from cli.output import answer, out_format, print_json, print_table
from models import roles
from models.drive.case_file import find_employer, find_union
from models.engine import database
from models.errors import UserError
from models.language import _
from models.papers import numbering
from models.papers.catalogue import PAPERS, FoundingPaper, find_paper
from models.papers.own_templates import forget_own, keep_own, own_template
from models.papers.values import names_of
from models.records.worker import Worker
from models.trail.entry import HandedTo
from models.values.ids import clean_number
from reports.letters import word
from reports.letters.handing_out import PaperWish, hand_out, make_paper


def run_paper(arguments: argparse.Namespace) -> int:
    """Without a name the papers; with one it is written; ``numbers``, ``template`` and ``replace`` are no names."""
    if arguments.list or arguments.name is None:
        return _list(arguments)
    return {"numbers": _numbers, "template": _template, "replace": _replace}.get(arguments.name, _write)(arguments)


def _list(arguments: argparse.Namespace) -> int:
    with opened(arguments):
        own = {each.key: own_template(each) for each in PAPERS}
    if arguments.json:
        told = [
            {"name": each.key, "title": each.title, "needs": list(each.of), "numbered": each.numbered, "formats": ["docx", "pdf"],
             "own_template": own[each.key] is not None, "names": names_of(each)}
            for each in PAPERS
        ]  # fmt: skip
        print_json({"papers": told})
        return 0
    words = {"employer": "--employer", "union": "--union", "person": "--person"}
    lines = [
        [
            each.key, each.shown, " ".join(words[of] for of in each.of), _("是") if each.numbered else "",
            _("是") if own[each.key] else "",
        ]
        for each in PAPERS
    ]
    print_table([_("名称"), _("文书"), _("要选"), _("编文号"), _("自己的模板")], lines)
    return 0


def _write(arguments: argparse.Namespace) -> int:
    paper = find_paper(arguments.name)
    if not arguments.out:
        raise UserError(_("请写明写到哪个文件：--out 文件.docx 或 文件.pdf。"))
    path = Path(arguments.out)
    out_format(path, "docx", "pdf")
    with opened(arguments, "" if arguments.draft else _("出具文书")) as here:
        if arguments.full:
            roles.need_unmask()
        subject, uid = _subject(arguments, paper)
        wish = PaperWish(
            paper, subject, uid, arguments.day or here.today, _given(arguments.set or ()), not arguments.full, arguments.draft,
            arguments.number or "",
        )  # fmt: skip
        made = make_paper(wish, here.index)
        written, batch = hand_out(path, made, here.author, HandedTo(arguments.to or "", arguments.purpose or ""))
    say(written.note)
    told = {
        "paper": paper.key, "title": paper.title, "out": str(path), "number": made.number or None, "blank": made.blank,
        "masked": wish.masked, "draft": wish.draft, "batch": batch,
    }  # fmt: skip
    sentence = _("已写入 {path}：{paper}").format(path=path, paper=paper.shown + (f"，{made.number}" if made.number else ""))
    if made.blank:
        sentence += "\n" + _("登记册里没有、要手填的：{names}。").format(names=_("、").join(made.blank))
    if paper.numbered and not made.number and not wish.draft:
        sentence += "\n" + _("没有编文号：先用 paper numbers --prefix 定下机关代字。")
    answer(arguments.json, told | here.afterwards, sentence)
    return 0


def _subject(arguments: argparse.Namespace, paper: FoundingPaper) -> tuple[str, str]:
    given = [each for each in ("employer", "union", "person") if getattr(arguments, each)]
    if len(given) != 1 or given[0] not in paper.of:
        options = _(" 或 ").join(f"--{each}" for each in paper.of)
        raise UserError(_("《{paper}》要写明 {options}。").format(paper=paper.shown, options=options))
    finders: dict[str, Any] = {"employer": find_employer, "union": find_union, "person": _person}
    return given[0], str(finders[given[0]](getattr(arguments, given[0])))


def _person(text: str) -> str:
    """The uid of the person that is meant by a uid, a whole number or a name that one person alone has. UserError otherwise."""
    for name, wanted in (("uid", text), ("id_number", clean_number(text)), ("name", text)):
        found = [str(uid) for (uid,) in database.fetch_in(Worker, name, [wanted], ("uid",))]
        if len(found) == 1:
            return found[0]
        if found:
            told = _("有 {count} 个人叫这个名字，请写记录标识或者证件号码。")
            raise UserError(told.format(count=len(found)))
    raise UserError(_("登记册里没有这个人。请写姓名、证件号码或者记录标识。"))


def _given(pairs: list[str] | tuple[str, ...]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        name, sign, text = pair.partition("=")
        if not sign:
            raise UserError(_("“{text}”要写成 名称=内容。").format(text=pair))
        found[name.strip()] = text.strip()
    return found


def _numbers(arguments: argparse.Namespace) -> int:
    """The rule of the numbers, the next one, what was given this year, what is missing; with ``--prefix`` it is set."""
    with opened(arguments, _("定文号") if arguments.prefix is not None else "") as here:
        if arguments.prefix is not None:
            numbering.set_rule(arguments.prefix, arguments.first or 1, here.author)
        year = (arguments.day or here.today).year
        used, gaps = numbering.used(year), numbering.gaps(year)
        told = {
            "prefix": numbering.prefix(), "year": year, "next": numbering.next_number(year) or None,
            "used": [used[each] for each in sorted(used)], "gaps": gaps,
        }  # fmt: skip
    sentence = _("下一个文号：{number}。").format(number=told["next"] or _("还没有定前缀"))
    if gaps:
        sentence += _("中间缺 {gaps} 号，请查明去向。").format(gaps=_("、").join(map(str, gaps)))
    answer(arguments.json, told | here.afterwards, sentence)
    return 0


def _template(arguments: argparse.Namespace) -> int:
    """Write the template of a paper, to be changed in Word."""
    if not arguments.what or not arguments.out:
        raise UserError(_("请写明哪一份文书、写到哪里：paper template 名称 --out 文件.docx。"))
    paper, path = find_paper(arguments.what), Path(arguments.out)
    out_format(path, "docx")
    from reports.saving import save

    with opened(arguments):
        save(path, word.template_of(paper), overwrite=True)
    told = {"paper": paper.key, "out": str(path), "names": names_of(paper)}
    answer(arguments.json, told, _("已写入 {path}，在 Word 里改好以后用 paper replace 装回来。").format(path=path))
    return 0


def _replace(arguments: argparse.Namespace) -> int:
    """Put a template in the place of ours; without a file go back to ours."""
    if not arguments.what:
        raise UserError(_("请写明哪一份文书：paper replace 名称 [--file 文件.docx]。"))
    paper = find_paper(arguments.what)
    with opened(arguments, _("换文书模板")) as here:
        number = forget_own(paper, here.author) if not arguments.file else _put(paper, Path(arguments.file), here)
    sentence = _("“{paper}”现在用《{file}》。") if arguments.file else _("“{paper}”现在用自带的模板。")
    file = Path(arguments.file).name if arguments.file else ""
    answer(arguments.json, {"paper": paper.key, "batch": number} | here.afterwards, sentence.format(paper=paper.shown, file=file))
    return 0


def _put(paper: FoundingPaper, path: Path, here: Opened) -> int | None:
    content = word.read_template(path)
    word.check(content, paper, path.name)
    return keep_own(paper, path.name, content, here.author)
