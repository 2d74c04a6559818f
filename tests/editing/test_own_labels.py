"""Labels and wordings that a register adds to the code lists: understood at once, renamed everywhere, undone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from models.editing.own_labels import LabelList, add_label, change_label, label_lists
from models.errors import UserError
from models.journal import learning
from models.journal.undo import undo
from models.journal.writer import Author
from models.register import register as room
from models.register.register import Register
from models.values import codes, drive_codes
from tests.aids import engines
from tests.aids.speaking import imported_rows, last_batch, listed


def held(name: str) -> LabelList:
    return next(each for each in label_lists() if each.name == name)


def imported_schooling(author: Author, folder: Path, written: str) -> list[tuple[object, ...]]:
    imported_rows(author, folder, [["姓名", "移动电话", "学历"], ["王五", "19900000001", written]], name=written)
    return listed("workers", "education")


def test_a_label_of_ones_own_is_read_renamed_in_every_record_and_undone(
    register: Register, author: Author, tmp_path: Path
) -> None:
    add_label("学历", "扫盲班", ["夜校"], author)
    assert "扫盲班" in codes.EDUCATION.labels
    assert imported_schooling(author, tmp_path, "夜校") == [("扫盲班",)]
    change_label("学历", "扫盲班", author, name="识字班", aliases=["夜校"])
    assert listed("workers", "education") == [("识字班",)]
    assert codes.EDUCATION.find("扫盲班") == "识字班"
    label = held("学历").labels[-1]
    assert (label.name, label.aliases, label.own, label.active) == ("识字班", ("夜校", "扫盲班"), True, True)
    undo(last_batch(), author)
    assert listed("workers", "education") == [("扫盲班",)]
    assert codes.EDUCATION.find("识字班") is None
    undo(last_batch(), author)
    assert listed("workers", "education") == [("识字班",)]


def test_what_is_out_of_use_is_read_but_not_offered_and_another_register_knows_nothing_of_it(
    register: Register, author: Author
) -> None:
    before = codes.EDUCATION.labels
    change_label("学历", "小学及以下", author, active=False)
    change_label("联系方式", "电话", author, aliases=["摆龙门阵"])
    assert codes.EDUCATION.labels == before[:-1]
    assert codes.EDUCATION.find("小学及以下") == "小学及以下"
    assert drive_codes.CONTACT_WAY.find("摆龙门阵") == "电话"
    room.close_register()
    assert codes.EDUCATION.labels == before
    assert drive_codes.CONTACT_WAY.find("摆龙门阵") is None
    engines.opened(register)
    learning.learn()
    assert drive_codes.CONTACT_WAY.find("摆龙门阵") == "电话"
    change_label("学历", "小学及以下", author, active=True)
    assert codes.EDUCATION.labels == before


def test_a_list_that_rules_depend_on_gets_wordings_only(register: Register, author: Author) -> None:
    change_label("工会状态", "撤销", author, aliases=["已解散"])
    assert codes.UNION_STATE.find("已解散") == "撤销"
    assert not held("工会状态").open
    calls: list[Callable[[], object]] = [
        lambda: add_label("工会状态", "休眠", [], author),
        lambda: change_label("工会状态", "撤销", author, active=False),
        lambda: change_label("工会状态", "撤销", author, name="没了"),
        lambda: change_label("学历", "本科", author, name="大学"),
    ]
    for call in calls:
        with pytest.raises(UserError):
            call()


@pytest.mark.parametrize(
    ("label", "aliases", "told"),
    [("本科", [], "已经是"), ("大学本科", [], "已经是"), (" ", [], "不能是空的"), ("甲、乙", [], "不能有顿号"), ("甲", ["大专"], "已经是")],
)
def test_a_wording_that_is_taken_or_empty_is_refused(
    register: Register, author: Author, label: str, aliases: list[str], told: str
) -> None:
    with pytest.raises(UserError, match=told):
        add_label("学历", label, aliases, author)


def test_the_same_again_writes_nothing(register: Register, author: Author) -> None:
    add_label("学历", "扫盲班", [], author)
    number = last_batch()
    change_label("学历", "扫盲班", author, name="扫盲班", aliases=[], active=True)
    change_label("学历", "本科", author, aliases=[])
    assert last_batch() == number
