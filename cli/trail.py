"""``trail``: who opened the register, saw full numbers, printed, exported, backed up and restored."""

import argparse

from cli.opening import opened, say
from cli.output import answer, out_path, print_json, print_table
from models.journal.older_notes import trail
from models.language import N_, _
from models.trail import verifying
from models.trail.entry import Act
from models.trail.reading import EntryFilter, PastEntry
from models.trail.words import find_act, word
from reports.handing_over import hand_over
from reports.trail_list import write_trail


def run_trail(arguments: argparse.Namespace) -> int:
    """List the trail, the newest last at a terminal; or write it to a file, which is an entry of the trail itself."""
    out = out_path(arguments, "xlsx", "csv", "pdf", "docx")
    act = find_act(arguments.act) if arguments.act else ""
    asked = EntryFilter(arguments.since, arguments.until, act, arguments.who or "", arguments.search or "")
    with opened(arguments) as here:
        found = trail(asked)
        if out:
            handed = Act("export", N_("操作留痕"))
            say(hand_over(here.author, handed, write_trail, out, found, verifying.verify(), here.today).note)
    if out:
        sentence = _("已写入 {path}，共 {count} 行。").format(path=out, count=len(found))
        answer(arguments.json, {"trail": str(out), "rows": len(found)}, sentence)
    elif arguments.json:
        print_json({"trail": [each.plain() for each in found]})
    else:
        _print(found)
    return 0


def _print(found: list[PastEntry]) -> None:
    titles = [_("编号"), _("时间"), _("谁"), _("做了什么"), _("内容"), _("行数"), _("号码"), _("文件")]
    rows = [
        [
            each.number or None, each.when, each.person, word(each.act), each.about or None, each.rows,
            each.numbers or None, each.file or None,
        ]
        for each in reversed(found)
    ]  # fmt: skip
    if rows:
        print_table(titles, rows)
    print(_("共 {count} 条").format(count=len(found)))
