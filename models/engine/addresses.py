"""The address of an office's register: ``postgresql://USER@HOST:PORT/DATABASE``, as it is written, and what is refused of it.

A database of a city holds a register for each district, each in a schema of its own: ``…?district=d500106``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from models.errors import UserError
from models.language import _
from models.patterns import pattern

SCHEMES = ("postgresql", "postgres")
PORT = 5432
#: What may stand behind the ``?``: the folder of a socket, and how the server is known.
_OPTIONS = frozenset({"host", "sslmode", "sslrootcert", "district"})
#: The schema of a district: what a server takes without quotes, with room for what hangs on its name.
_DISTRICT = pattern(r"[a-z][a-z0-9_]{0,39}")
_SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


@dataclass(frozen=True, slots=True)
class Address:
    """Where an office's register is kept. ``host``: a name, a number, or the folder of a socket, which begins with "/".

    ``options``: ``sslmode``, and ``sslrootcert`` where a file was named. ``district``: the schema of the register in a city's
    database; "" where the database holds one register. No password is ever in it.
    """

    user: str
    host: str
    port: int
    database: str
    options: Mapping[str, str] = field(default_factory=dict, hash=False)
    district: str = ""

    def __str__(self) -> str:
        """The address as it is written, the same for the same place."""
        options = {"host": self.host} | dict(self.options) if self.host.startswith("/") else dict(self.options)
        if options.get("sslmode") == _usual_mode(self.host):
            del options["sslmode"]
        if self.district:
            options["district"] = self.district
        query = "&".join(f"{name}={quote(value, safe='/')}" for name, value in sorted(options.items()))
        at = "" if self.host.startswith("/") else f"[{self.host}]" if ":" in self.host else self.host
        place = f"{quote(self.user, safe='')}@{at}:{self.port}/{quote(self.database, safe='')}"
        return f"postgresql://{place}{'?' if query else ''}{query}"


def is_district(name: str) -> bool:
    """True for what may be the schema of a district: nothing that a statement or an option would read otherwise."""
    return bool(_DISTRICT.fullmatch(name)) and not name.endswith("_covered")


def is_address(text: str) -> bool:
    """True for what is written like the address of a server and not like a folder."""
    return text.partition("://")[0].lower() in SCHEMES and "://" in text


def without_password(text: str) -> tuple[str, str]:
    """An address as somebody may have sent it, and the password that stood in it, "" for none."""
    scheme, mark, rest = text.strip().partition("://")
    login, at, place = rest.partition("@")
    user, colon, password = login.partition(":")
    if not (at and colon):
        return text.strip(), ""
    return f"{scheme}{mark}{user}@{place}", unquote(password)


def read_address(text: str) -> Address:
    """The address that a text says. UserError for one with a password, and for one that is not whole."""
    try:
        parts = urlsplit(text)
        port = parts.port or PORT
    except ValueError as error:
        raise UserError(_wrong().format(why=_("端口或主机写得不对"))) from error
    if parts.password is not None:
        raise UserError(
            _(
                "地址里不能写口令：它会留在命令记录里。请去掉冒号和口令，把口令放进环境变量 PGPASSWORD，或者 PGPASSFILE 指的文件。"
            )
        )
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := sorted(given.keys() - _OPTIONS):
        raise UserError(_wrong().format(why=_("不认识 {names}").format(names=_("、").join(unknown))))
    host, user, name = (
        given.pop("host", "") or parts.hostname or "localhost",
        unquote(parts.username or ""),
        parts.path[1:],
    )
    if not user:
        raise UserError(_wrong().format(why=_("没有写用户名")))
    if not name or "/" in name:
        raise UserError(_wrong().format(why=_("没有写数据库的名字")))
    mode = given.setdefault("sslmode", _usual_mode(host))
    if mode not in _SSL_MODES:
        raise UserError(_wrong().format(why=_("sslmode 只能是 {names}").format(names=_("、").join(_SSL_MODES))))
    district = given.pop("district", "")
    if district and not is_district(district):
        raise UserError(_wrong().format(why=_("district 只能是小写英文字母、数字和下划线，用 office init --district 建立")))
    return Address(user, host, port, unquote(name), given, district)


def composed(user: str, host: str, port: str, database: str, options: Mapping[str, str]) -> Address:
    """The address that several fields say; ``options`` as :class:`Address` has them. UserError for one that is not whole."""
    told = dict(options) | {"host": host.strip() or "localhost"}
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in told.items() if value)
    place = f"{quote(user.strip(), safe='')}@:{port.strip()}/{quote(database.strip(), safe='')}"
    return read_address(f"postgresql://{place}?{query}")


def _wrong() -> str:
    return _("办公室登记册的地址写得不对：{why}。写法是 postgresql://用户名@主机:端口/数据库。")


def _usual_mode(host: str) -> str:
    """How the server is known unless told otherwise: by its certificate and name, but on this very computer."""
    return "prefer" if _is_here(host) else "verify-full"


def _is_here(host: str) -> bool:
    if host.startswith("/") or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
