"""What the acts of the trail are called."""

from models.errors import UserError
from models.language import N_, _

#: Act → what people read. The keys stand in the trail and in JSON: they are never renamed.
ACTS = {
    "open": N_("打开登记册"),
    "open-failed": N_("口令不对"),
    "lock": N_("锁定"),
    "close": N_("关闭登记册"),
    "unmask": N_("显示完整号码"),
    "export": N_("导出"),
    "print": N_("打印"),
    "backup": N_("备份"),
    "restore": N_("恢复备份"),
    "passphrase": N_("更改口令"),
    "recovery-code": N_("更换恢复码"),
    "viewer-passphrase": N_("更改查看口令"),
    "import": N_("导入"),
    "undo": N_("撤销"),
    "erase": N_("删除个人信息"),
    "rescue": N_("抢救登记册"),
    "give": N_("交出交换包"),
    "take": N_("收下交换包"),
    "users": N_("办公室的用户"),
}

#: Acts by which something leaves the register: what the print log (打印记录) shows of the trail.
HANDED_OUT = frozenset({"print", "export", "give"})


def word(act: str) -> str:
    """What an act is called; the key itself for one of a later version."""
    return _(ACTS[act]) if act in ACTS else act


def find_act(text: str) -> str:
    """The act of a key or a word. UserError when there is none, naming those there are."""
    for key, said in ACTS.items():
        if text in (key, said, _(said)):
            return key
    known = _("、").join(f"{key} {word(key)}" for key in ACTS)
    raise UserError(_("没有“{text}”这种操作，可以写：{known}。").format(text=text, known=known))
