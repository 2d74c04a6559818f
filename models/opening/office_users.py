"""Who uses an office's register: its administrators let users in, say what each may, and out again.

What a user may is held by the server itself (``models/engine/rights.py``); each change of it is kept in the trail.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from models import roles
from models.engine import database, office_users
from models.engine.belonging import OfficeRole
from models.engine.office_users import UserRow
from models.engine.running import server
from models.errors import UserError
from models.language import N_, _
from models.patterns import pattern
from models.records.region import home_district, load_index
from models.register import strength, trailing
from models.trail.entry import Act

#: A role → what it is called.
ROLES = {
    OfficeRole.ADMIN: N_("管理员"), OfficeRole.DISTRICT: N_("区县"), OfficeRole.ORGANIZER: N_("组织员"),
    OfficeRole.VIEWER: N_("查看"),
}  # fmt: skip
#: What a login can be: it stands in addresses and in the names of rows without a place.
_LOGIN = pattern(r"[a-z_][a-z0-9_.-]{0,39}")


@dataclass(frozen=True, slots=True)
class OfficeUser:
    """A user: ``towns`` are (uid, path) of the regions that are an organizer's. ``removed``: may not enter any more."""

    login: str
    role: OfficeRole
    person: str
    towns: tuple[tuple[str, str], ...]
    removed: bool = False


def role_of(text: str) -> OfficeRole:
    """The role that a word or a key says. UserError where there is none such."""
    for role, word in ROLES.items():
        if text in (role.value, word, _(word)):
            return role
    raise UserError(_("没有“{text}”这种用户，可以写：{known}。").format(text=text, known=_("、").join(map(_, ROLES.values()))))


def users() -> list[OfficeUser]:
    """Everybody who is or was a user of the open office's register.

    UserError for a register in a file, and for whoever is not its administrator.
    """
    _need_office()
    index = load_index(dt.date.today())

    def told(row: UserRow) -> OfficeUser:
        known = sorted((each for each in row.regions if each in index.entries), key=lambda uid: index.entries[uid].code)
        towns = tuple((uid, index.path(uid)) for uid in known)
        return OfficeUser(row.login, row.role, row.person, towns, row.removed)

    return list(map(told, office_users.all_users()))


def add(folder: Path, login: str, role: OfficeRole, person: str, towns: Sequence[str], password: str | None) -> OfficeUser:
    """Let somebody in, or in again. ``towns``: names or codes of regions. ``password``: None for a login the server knows.

    UserError for a login that cannot be one, that is a user already, or may do all on the server; for a password that is short or
    easily guessed; for an organizer without towns.
    """
    _need_office()
    if not _LOGIN.fullmatch(login):
        raise UserError(_("用户名“{login}”不行：用小写英文字母、数字、下划线，字母开头，最多 40 个。").format(login=login))
    known = _known(login)
    if known is not None and not known.removed:
        raise UserError(_("已经有用户“{login}”。要改它，用 office users change；改镇街，用 towns。").format(login=login))
    if not known and office_users.known_to_server(login) and office_users.may_do_all(login):
        raise UserError(_("“{login}”在服务器上什么都能做，不能当办公室的用户。请换一个用户名。").format(login=login))
    if password is None and not office_users.known_to_server(login):
        raise UserError(_("新用户要有口令，什么都没有改动。"))
    places = _places(role, towns)
    secret = strength.check(password, folder) if password is not None else None
    with _changing(folder, N_("加用户 {login}（{role}）"), login, role):
        office_users.put(login, role, person, secret)
        office_users.put_towns(login, places)
    return _the(login)


def change(folder: Path, login: str, role: OfficeRole | None, person: str | None, password: str | None) -> OfficeUser:
    """Give a user another role, name or password; None leaves it as it is. UserError as :func:`add`, and for one's own role."""
    _need_office()
    held = _the(login)
    role = role or held.role
    if login == office_users.login_here() and role is not held.role:
        raise UserError(_("不能改自己的身份。请另一位管理员来改。"))
    if role is OfficeRole.ORGANIZER and not held.towns:
        raise UserError(_("组织员要有镇街。请先用 office users towns 写明他的镇街，再改身份。"))
    secret = strength.check(password, folder) if password is not None else None
    with _changing(folder, N_("改用户 {login}（{role}）") if password is None else N_("改用户 {login}（{role}）的口令"), login, role):
        office_users.put(login, role, held.person if person is None else person, secret)
    return _the(login)


def remove(folder: Path, login: str) -> OfficeUser:
    """Let a user in no more; what they wrote stays. UserError for nobody's login and for one's own."""
    _need_office()
    held = _the(login)
    if login == office_users.login_here():
        raise UserError(_("不能去掉自己。请另一位管理员来做。"))
    with _changing(folder, N_("去掉用户 {login}（{role}）"), login, held.role):
        office_users.put_out(login)
    return _the(login, gone=True)


def set_towns(folder: Path, login: str, towns: Sequence[str]) -> OfficeUser:
    """Let these regions (names or codes), and what lies in them, be a user's, and no others. UserError as :func:`add`."""
    _need_office()
    held = _the(login)
    places = _places(held.role, towns) if towns or held.role is OfficeRole.ORGANIZER else []
    with _changing(folder, N_("改用户 {login}（{role}）的镇街"), login, held.role):
        office_users.put_towns(login, places)
    return _the(login)


@contextmanager
def _changing(folder: Path, what: str, login: str, role: OfficeRole) -> Iterator[None]:
    with database.transaction():
        yield
    trailing.keep(folder, Act("users", what.format(login=login, role=ROLES[role])))


def _need_office() -> None:
    if server() is None:
        raise UserError(_("这是这台电脑上的登记册，没有用户。用户是办公室登记册的（--data postgresql://…）。"))
    roles.need_admin()


def _known(login: str) -> UserRow | None:
    return next((row for row in office_users.all_users() if row.login == login), None)


def _the(login: str, gone: bool = False) -> OfficeUser:
    found = next((each for each in users() if each.login == login and (gone or not each.removed)), None)
    if found is None:
        raise UserError(_("没有用户“{login}”。用 office users list 可以看到所有用户。").format(login=login))
    return found


def _places(role: OfficeRole, towns: Sequence[str]) -> list[str]:
    """The regions (uids) that are named. UserError for one that is not known, or not clear."""
    index = load_index(dt.date.today())
    home = home_district(index)
    places = []
    for text in towns:
        found = index.resolve(text, home)
        if found.uid is None:
            raise UserError(_("找不到区划“{name}”，请写全称，例如“沙坪坝区小龙坎街道”。").format(name=text))
        places.append(found.uid)
    if role is OfficeRole.ORGANIZER and not places:
        raise UserError(_("组织员要有镇街：--towns 写区划代码或名称，几个用逗号隔开。"))
    return list(dict.fromkeys(places))
