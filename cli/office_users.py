"""``office users``: who uses an office's register, as its administrators say it."""

import argparse
import getpass
import sys
from pathlib import Path
from typing import Any

from cli.opening import opened
from cli.output import answer
from models.errors import UserError
from models.language import _
from models.opening import office_users
from models.opening.office_users import ROLES, OfficeUser
from models.secrecy import secret_from

#: The variable of the environment that gives a user's new password.
NEW_PASSWORD = "JIANHUI_NEW_PASSWORD"  # noqa: S105  # the name of a variable
ACTS = ("list", "add", "change", "remove", "towns")


def run_office_users(arguments: argparse.Namespace) -> int:
    """List the users, let one in or out, change what one may or which towns are theirs."""
    act, login = _said(arguments)
    secret = _new_password(arguments, act)
    # the verb writes rights and no records: the server keeps writers apart
    with opened(arguments) as here:
        if act == "list":
            found = office_users.users()
            told = "\n".join(map(_line, found)) or _("还没有用户。用 office users add 加一个。")
            answer(arguments.json, {"users": [_object(each) for each in found]}, told)
            return 0
        user = _done(here.register.folder, act, login, arguments, secret)
    answer(arguments.json, {"user": _object(user)}, _told(act, user))
    return 0


def _said(arguments: argparse.Namespace) -> tuple[str, str]:
    act, *rest = arguments.what or ["list"]
    if act not in ACTS:
        raise UserError(_("office users 后面写 {acts} 之一。").format(acts=_("、").join(ACTS)))
    if len(rest) != (act != "list"):
        raise UserError(_("office users {act} 后面写一个用户名。").format(act=act) if act != "list" else _("list 后面不写别的。"))
    return act, rest[0] if rest else ""


def _done(folder: Path, act: str, login: str, arguments: argparse.Namespace, secret: str | None) -> OfficeUser:
    towns = [text.strip() for text in (arguments.towns or "").replace("，", ",").split(",") if text.strip()]
    role = office_users.role_of(arguments.role) if arguments.role else None
    if act == "add":
        if role is None:
            raise UserError(_("新用户要写身份：--role {roles} 之一。").format(roles=_("、").join(map(_, ROLES.values()))))
        return office_users.add(folder, login, role, arguments.name or "", towns, secret)
    if act == "change":
        return office_users.change(folder, login, role, arguments.name, secret)
    return office_users.remove(folder, login) if act == "remove" else office_users.set_towns(folder, login, towns)


def _new_password(arguments: argparse.Namespace, act: str) -> str | None:
    """A new user's password, or a known one's new one: out of the environment, else asked for at a terminal, twice."""
    if act not in ("add", "change") or (act == "change" and not arguments.password):
        return None
    given = secret_from(NEW_PASSWORD)
    if given is not None or (act == "add" and arguments.known):
        return given
    if arguments.json or not sys.stdin.isatty():
        sentence = _("没有口令：请设置环境变量 {variable}，或者在终端里运行并输入口令。")
        raise UserError(sentence.format(variable=NEW_PASSWORD))
    first = getpass.getpass(_("新口令（至少 8 个字符）："))
    if getpass.getpass(_("再输一遍：")) != first:
        raise UserError(_("两次输入的口令不一样，什么都没有改动。"))
    return first


def _object(user: OfficeUser) -> dict[str, Any]:
    return {
        "login": user.login, "role": user.role.value, "name": user.person, "removed": user.removed,
        "towns": [{"region": uid, "name": path} for uid, path in user.towns],
    }  # fmt: skip


def _line(user: OfficeUser) -> str:
    towns = _("、").join(path for _uid, path in user.towns)
    gone = _("（已去掉）") if user.removed else ""
    return "  ".join(filter(None, [f"{user.login}{gone}", _(ROLES[user.role]), user.person, towns]))


def _told(act: str, user: OfficeUser) -> str:
    if act == "remove":
        again = _("用户 {login} 不能再进来了，他写的都还在。去错了的话：office users add {login} --role {role} --known{towns}")
        towns = " --towns " + ",".join(path for _uid, path in user.towns) if user.towns else ""
        return again.format(login=user.login, role=_(ROLES[user.role]), towns=towns)
    return _line(user)
