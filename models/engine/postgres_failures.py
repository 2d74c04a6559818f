"""What a server says when it does not do what was asked, as sentences; told apart by its codes and never by its words.

The codes are PostgreSQL's, appendix A of its manual; what could not even be asked has none.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import models.engine.driver  # noqa: F401  # isort: skip  # lets psycopg in

import psycopg
from psycopg.pq.abc import PGconn

from models.engine.certificates import Why, why_refused
from models.errors import NotYours, RegisterBusy, Unwritable, UserError
from models.files.failures import Failure, sentence
from models.language import N_, _

_LOGIN = N_(
    "用户名或口令不对，或者服务器不让这个用户从这里登录。请检查地址里的用户名和环境变量 PGPASSWORD（或 PGPASSFILE）"
)
_NO_DATABASE = N_("服务器上没有这个数据库。请检查地址，或者请管理员建立它")
_GONE = N_("与服务器的连接断了。请检查网络和服务器，然后再试；已经说“已写入”的都在")
_NOT_HELD = N_("有的内容不是这一格该有的，服务器存不下")
#: Beginnings of a code → the error's class, and why it did not work and what to do.
_TABLE: tuple[tuple[tuple[str, ...], type[UserError], str], ...] = (
    (("28",), UserError, _LOGIN),
    (("3D",), UserError, _NO_DATABASE),
    (("23",), UserError, N_("别人刚刚写了同样的一条，或者删去了它要用的一条。请刷新后再试")),
    (("22",), UserError, _NOT_HELD),
    (("42501",), UserError, N_("你的用户没有这项权限。请找办公室的管理员")),
    (("53100",), Unwritable, N_("服务器的磁盘满了。请找办公室的管理员，腾出空间后再试")),
    (("53",), Unwritable, N_("服务器忙不过来（连接或内存用完了）。请稍后再试")),
    (("55P03", "40", "57014"), RegisterBusy, N_("别人正在写登记册，等了一会儿还没有完。请稍后再试")),
    (("25006",), Unwritable, N_("服务器现在只能读。请找办公室的管理员")),
    (("08", "57P", "58"), Unwritable, _GONE),
)
#: What the systems say of a host that has no number.
_UNKNOWN_HOST = ("translate host name", "resolve host", "getaddrinfo", "Name or service not known", "No such host")
#: Where in the server a row is refused that the policies of its table do not let the user write.
_HELD_TO_ROWS = "ExecWithCheckOptions"
#: What the driver says of a certificate, and of a line that was cut, which over an encrypted one has SSL in it too.
_CERTIFICATE = ("server certificate", "root certificate", "root.crt", "verify failed")
_CUT = ("closed", "lost", "EOF", "reset by peer", "Broken pipe")
#: A certificate that is another one's, by the name that was asked for.
_OTHER_NAME = re.compile(r'does not match host name "([^"]*)"')
#: A server that does not let anybody in yet, or any more, in the languages that it may speak here.
_BETWEEN = re.compile("starting up|shutting down|recovery|not (?:yet )?accepting|terminating|启动|关闭|恢复|终止")
#: One that can only be read was reached where one was wanted that can be written into.
_STANDBY = "session is read-only"
#: How a server begins its refusal, in the languages that it may speak here.
_REFUSAL = re.compile(r"(?:FATAL|致命错误):\s*(.+)")


def raise_sentence(error: BaseException, what: str) -> None:
    """Raise the sentence for an error of the driver, ``what`` did not work; return when it is none of those in the table."""
    for each in _chain(error):
        code = getattr(each, "sqlstate", None)
        if isinstance(each, psycopg.Error) and code is None and isinstance(each, psycopg.OperationalError):
            raise Unwritable(_("{what}：{why}。").format(what=what, why=_without_code(each))) from error
        if isinstance(each, psycopg.DataError) and code is None:  # the driver refuses a NUL
            raise UserError(_("{what}：{why}。").format(what=what, why=_(_NOT_HELD))) from error
        if isinstance(each, psycopg.Error) and code == "42501" and each.diag.source_function == _HELD_TO_ROWS:
            raise NotYours from error
        for beginnings, kind, told in _TABLE:
            if code is not None and code.startswith(beginnings):
                raise kind(_("{what}：{why}。").format(what=what, why=_(told))) from error
    if isinstance(error, OSError):
        raise Unwritable(sentence(Failure.IO, what)) from error


def _without_code(error: psycopg.OperationalError) -> str:
    """Why there was no answer, or a refusal: a login that fails has no code, only the server's own words."""
    said, held = str(error), error.pgconn
    refused = _REFUSAL.search(said)
    if 'database "' in said and "does not exist" in said:
        return _(_NO_DATABASE)
    if any(word in said for word in _CERTIFICATE):
        return _of_certificate(said, held)
    # before a login: of several servers one may have taken the password that another had no time for
    if _STANDBY in said:
        return _("连得上的服务器现在只能读：它是备用的，还没有接替主服务器。请等一会儿再试；一直这样，请找办公室的管理员")
    if refused and _BETWEEN.search(refused[1]):
        return _("服务器正在启动，或者正在换到另一台。请等一会儿再试")
    if (held is not None and (held.needs_password or (held.used_password and refused))) or 'role "' in said:
        return _(_LOGIN)
    if "pg_hba.conf" in said:
        return _("服务器不让这个用户从这台电脑登录。请管理员在服务器的 pg_hba.conf 里加上它")
    if refused:
        return _("服务器没有让进，它说“{words}”").format(words=refused[1].strip())
    if "does not support SSL" in said:
        return _("服务器没有开加密连接（TLS），不能从别的电脑连它。请管理员给服务器装上证书")
    if any(word in said for word in _UNKNOWN_HOST):
        return _("找不到这台服务器。请检查主机名写得对不对，这台电脑有没有连上单位的网络")
    if any(word in said for word in _CUT):
        return _(_GONE)
    if "SSL" in said:
        return _("和服务器没有谈成加密连接（TLS）。请找办公室的管理员")
    return _("连不上服务器。请检查地址里的主机和端口，服务器有没有开，这台电脑有没有连上单位的网络")


def _of_certificate(said: str, held: PGconn | None) -> str:
    """Why the server was not known by its certificate."""
    other = _OTHER_NAME.search(said)
    if other:
        return _("服务器的证书上写的不是地址里的主机名“{name}”。请照管理员给的写主机名，要和证书上的一样").format(name=other[1])
    if "could not read" in said:
        return _("证书文件读不了，或者里面不是证书。请向管理员重新要证书文件")
    if "verify failed" not in said:
        return _(
            "不能确认服务器就是它自己（证书）。请向管理员要证书文件，放在 ~/.postgresql/root.crt，"
            "或者在地址后面写 ?sslrootcert=文件"
        )
    told = {each.keyword: (each.val or b"").decode() for each in held.info} if held is not None else {}
    authorities = told.get(b"sslrootcert") or str(Path.home() / ".postgresql" / "root.crt")
    if why_refused(told.get(b"host", ""), int(told.get(b"port") or 0), authorities) is Why.NOT_TODAY:
        return _("服务器的证书不在有效期内。请看看这台电脑的日期对不对；对的，就请管理员换证书")
    return _("服务器的证书不是证书文件里的机构签发的：证书文件不对，或者连到的不是那台服务器。请向管理员要证书文件")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
