"""What else belongs to a sound register: its key files, a log without gaps, counts that fit, backups that are what they were."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from models import roles
from models.backups.archive import check
from models.backups.listing import backups
from models.engine import database
from models.engine.again import forgotten
from models.errors import DamagedRegister, UserError
from models.journal import bundles, entries, shares
from models.language import _
from models.records.worker import Worker
from models.register import keys, office
from models.register.register import Register
from models.register.traces import KEY, key_files
from models.standing import held_counts, past_counts


def key_faults(folder: Path) -> list[str]:
    """What is wrong with the key file and its copies; an empty list when all are whole."""
    if office.address_in(folder) is not None:  # its server knows who may enter
        return []
    found = [] if (folder / KEY).exists() else [_("没有密钥文件“{path}”").format(path=folder / KEY)]
    for path in key_files(folder):
        try:
            keys.read(keys.read_side_file(path))
        except DamagedRegister:
            found.append(_("密钥文件“{path}”已损坏").format(path=path))
    return found


def log_faults() -> list[str]:
    """Gaps in the open register's log: entries that are missing, and entries without their batch.

    Only for whoever sees all of the log: what is hidden would look like a gap.
    """
    if not roles.sees_all():
        return []
    with database.damage_told():
        return [*_gaps(), *_orphans(), *_changed()]


def _gaps() -> Iterator[str]:
    """Missing numbers, but for those that were already missing when the register was rescued."""
    noted = Counter[str]()
    for (source,) in database.db.execute_sql("SELECT source FROM \"batch\" WHERE kind = 'rescue'").fetchall():
        noted.update(json.loads(source).get("missing", {}))
    of = shares.share()
    for device, count, last in entries.numbered():
        if of is not None and device in of.known:
            continue  # a share has of it what tells of its own records
        if last - noted[device] > count:
            sentence = _("设备 {device} 的日志应有 {wanted} 条，只有 {count} 条")
            yield sentence.format(device=device, wanted=last - noted[device], count=count)


def _orphans() -> Iterator[str]:
    known = {uid for (uid,) in database.db.execute_sql('SELECT uid FROM "batch"').fetchall()}
    count = len(entries.batches_told() - known)
    rescued = database.db.execute_sql("SELECT count(*) FROM \"batch\" WHERE kind = 'rescue'").fetchone()[0]
    if count and not rescued:
        yield _("有 {count} 个批次的记录不见了，它们的改动还在").format(count=count)


def _changed() -> Iterator[str]:
    """Bundles that are not what was written, and a last one that is no longer there."""
    for bundle, why in bundles.faults():
        sentence = _("日志第 {first:,}–{last:,} 条的一捆与原来不符：{why}")
        yield sentence.format(first=bundle.start, last=bundle.id, why=why)
    if last := bundles.missing_at_the_end():
        yield _("日志末尾到第 {last:,} 条的一捆不见了").format(last=last)


def count_faults() -> list[str]:
    """Unions of which the members that are counted beside the records are not those that the records tell; the same of numbers.

    Only for whoever sees all of the records.
    """
    if not roles.sees_all():
        return []
    sentences = {
        _("{count} 个工会现在的会员计数与名单不符"): held_counts.faults(),
        _("{count} 个工会以前的会员计数与会籍变动不符"): past_counts.faults(),
        _("{count} 人与别人同一个证件号码，体检看不到"): forgotten(Worker),
    }
    with database.damage_told():
        counts = {sentence: len(set(uids)) for sentence, uids in sentences.items()}
    return [sentence.format(count=count) for sentence, count in counts.items() if count]


def backup_faults(register: Register) -> list[str]:
    """The register's own backups that are no longer what they were when they were made, each with the reason."""
    found = []
    for each in backups(register.folder):
        try:
            check(each.path)
        except UserError as error:
            found.append(str(error))
    return found
