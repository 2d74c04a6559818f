"""What a server says when it does not do what was asked, as sentences; told apart by its codes and never by its words.

The codes are PostgreSQL's, appendix A of its manual; what could not even be asked has none.
"""

from collections.abc import Iterator

import models.engine.driver  # noqa: F401  # isort: skip  # lets psycopg in

import psycopg

from models.errors import RegisterBusy, Unwritable, UserError
from models.files.failures import Failure, sentence
from models.language import N_, _

#: Beginnings of a code → the error's class, and why it did not work and what to do.
_TABLE: tuple[tuple[tuple[str, ...], type[UserError], str], ...] = (
    (
        ("28",),
        UserError,
        N_(
            "用户名或口令不对，或者服务器不让这个用户从这里登录。请检查地址里的用户名和环境变量 PGPASSWORD（或 PGPASSFILE）"
        ),
    ),
    (("3D",), UserError, N_("服务器上没有这个数据库。请检查地址，或者请管理员建立它")),
    (("42501",), UserError, N_("你的用户没有这项权限。请找办公室的管理员")),
    (("53100",), Unwritable, N_("服务器的磁盘满了。请找办公室的管理员，腾出空间后再试")),
    (("53",), Unwritable, N_("服务器忙不过来（连接或内存用完了）。请稍后再试")),
    (("55P03", "40", "57014"), RegisterBusy, N_("别人正在写登记册，等了一会儿还没有完。请稍后再试")),
    (("25006",), Unwritable, N_("服务器现在只能读。请找办公室的管理员")),
    (("08", "57P", "58"), Unwritable, N_("与服务器的连接断了。请检查网络和服务器，然后再试；已经说“已写入”的都在")),
)
#: What the driver says of an answer without a code, in its own English words that no setting changes.
_NO_PASSWORD = "no password supplied"  # noqa: S105  # what it says when there is none
_CERTIFICATE = ("certificate", "SSL", "root.crt")


def raise_sentence(error: BaseException, what: str) -> None:
    """Raise the sentence for an error of the driver, ``what`` did not work; return when it is none of those in the table."""
    for each in _chain(error):
        code = getattr(each, "sqlstate", None)
        if isinstance(each, psycopg.Error) and code is None and isinstance(each, psycopg.OperationalError):
            raise Unwritable(_("{what}：{why}。").format(what=what, why=_(_without_code(str(each))))) from error
        for beginnings, kind, told in _TABLE:
            if code is not None and code.startswith(beginnings):
                raise kind(_("{what}：{why}。").format(what=what, why=_(told))) from error
    if isinstance(error, OSError):
        raise Unwritable(sentence(Failure.IO, what)) from error


def _without_code(said: str) -> str:
    """Why there was no answer. Servers that refuse a login give no code before they know who asks."""
    if _NO_PASSWORD in said or "password authentication failed" in said:
        return _TABLE[0][2]
    if 'database "' in said and "does not exist" in said:
        return _TABLE[1][2]
    if any(word in said for word in _CERTIFICATE):
        return N_(
            "不能确认服务器就是它自己（证书）。请向管理员要证书文件，放在 ~/.postgresql/root.crt，"
            "或者在地址后面写 ?sslrootcert=文件"
        )
    if "closed" in said or "terminat" in said or "lost" in said:
        return _TABLE[-1][2]
    return N_("连不上服务器。请检查地址里的主机和端口，服务器有没有开，这台电脑有没有连上单位的网络")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
