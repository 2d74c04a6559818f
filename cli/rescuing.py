"""``rescue``: a new register from what is still readable of a damaged one."""

import argparse
import dataclasses
from pathlib import Path

from cli.folder import file_folder_of
from cli.opening import passphrase
from cli.output import print_json, print_table, progress_bar
from models.language import _
from models.rescue.rescuing import RescueReport, rescue
from models.rescue.words import kind_title, told

#: Names of lost records that a person at a terminal is shown of each kind; ``--json`` has more.
_SHOWN = 8


def run_rescue(arguments: argparse.Namespace) -> int:
    """Write what can be read of the damaged register into a new one; 0 when nothing is known to be missing, else 1."""
    folder, secret = file_folder_of(arguments), passphrase(arguments, new=False)
    with progress_bar(_("抢救")) as show:
        report = rescue(folder, secret, Path(arguments.out), show)
    if arguments.json:
        print_json(_object(report))
    else:
        _print(report)
    return 0 if report.whole else 1


def _object(report: RescueReport) -> dict[str, object]:
    kinds = {kind: dataclasses.asdict(each) for kind, each in report.kinds.items()}
    counts = {"log": report.log, "lost_log": report.lost_log, "batches": report.batches}
    counts |= {"trail": report.trail, "lost_trail": report.lost_trail}
    return {"rescued": str(report.folder), "whole": report.whole, "sound": report.sound, "kinds": kinds, **counts}


def _print(report: RescueReport) -> None:
    rows = [
        [kind_title(kind), each.rescued, each.from_log, each.lost, _("、").join(each.names[:_SHOWN]) or None]
        for kind, each in report.kinds.items()
        if each.rescued or each.from_log or each.lost
    ]
    print_table([_("记录"), _("原样读出"), _("从日志补回"), _("丢失"), _("丢失的（知道名称的）")], rows)
    print(told(report))
