"""The address of an office's register: ``postgresql://USER@HOST:PORT/DATABASE``, as it is written, and what is refused of it.

A database of a city holds a register for each district, each in a schema of its own: ``…?district=d500106``. An office whose
server has others that take its place names all of them: ``postgresql://USER@HOST:PORT,HOST:PORT/DATABASE``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from models.errors import UserError
from models.language import _
from models.patterns import pattern

SCHEMES = ("postgresql", "postgres")
PORT = 5432
#: What may stand behind the ``?``: the folder of a socket, how the server is known, and which of several it is to be.
_OPTIONS = frozenset({"host", "sslmode", "sslrootcert", "district", "target_session_attrs"})
#: The one that is always wanted of a server: a register is written into.
WRITABLE = "read-write"
#: What parts several servers, as it is typed here too.
_COMMA = pattern(r"[,，、]")
#: The schema of a district: what a server takes without quotes, with room for what hangs on its name.
_DISTRICT = pattern(r"[a-z][a-z0-9_]{0,39}")
_SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


class Host(NamedTuple):
    """A server: a name, a number, or the folder of a socket, which begins with "/"; and where it listens."""

    name: str
    port: int

    def __str__(self) -> str:
        """As it stands in an address."""
        return f"[{self.name}]:{self.port}" if ":" in self.name else f"{self.name}:{self.port}"


@dataclass(frozen=True, slots=True)
class Address:
    """Where an office's register is kept. ``host``: a name, a number, or the folder of a socket, which begins with "/".

    ``others``: the servers that may have taken the place of the first one. ``options``: ``sslmode``, and ``sslrootcert`` where a
    file was named. ``district``: the schema of the register in a city's database; "" where the database holds one register.
    No password is ever in it.
    """

    user: str
    host: str
    port: int
    database: str
    options: Mapping[str, str] = field(default_factory=dict, hash=False)
    district: str = ""
    others: tuple[Host, ...] = ()

    @property
    def hosts(self) -> tuple[Host, ...]:
        """All servers, the first one first."""
        return (Host(self.host, self.port), *self.others)

    def __str__(self) -> str:
        """The address as it is written, the same for the same place."""
        options = {"host": self.host} | dict(self.options) if self.host.startswith("/") else dict(self.options)
        if options.get("sslmode") == _usual_mode(self.hosts):
            del options["sslmode"]
        if self.district:
            options["district"] = self.district
        query = "&".join(f"{name}={quote(value, safe='/')}" for name, value in sorted(options.items()))
        at = f":{self.port}" if self.host.startswith("/") else ",".join(map(str, self.hosts))
        place = f"{quote(self.user, safe='')}@{at}/{quote(self.database, safe='')}"
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
    head, _mark, query = text.strip().partition("://")[2].partition("?")
    place, _slash, name = head.partition("/")
    login, _at, places = place.rpartition("@")
    user, colon, _password = login.partition(":")
    if colon:
        raise UserError(
            _(
                "地址里不能写口令：它会留在命令记录里。请去掉冒号和口令，把口令放进环境变量 PGPASSWORD，或者 PGPASSFILE 指的文件。"
            )
        )
    given = dict(parse_qsl(query, keep_blank_values=True))
    if unknown := sorted(given.keys() - _OPTIONS):
        raise UserError(_wrong().format(why=_("不认识 {names}").format(names=_("、").join(unknown))))
    hosts = _hosts_of(places, given.pop("host", ""))
    if not user:
        raise UserError(_wrong().format(why=_("没有写用户名")))
    if not name or "/" in name:
        raise UserError(_wrong().format(why=_("没有写数据库的名字")))
    if given.pop("target_session_attrs", WRITABLE) != WRITABLE:
        raise UserError(_wrong().format(why=_("target_session_attrs 只能是 {name}").format(name=WRITABLE)))
    mode = given.setdefault("sslmode", _usual_mode(hosts))
    if mode not in _SSL_MODES:
        raise UserError(_wrong().format(why=_("sslmode 只能是 {names}").format(names=_("、").join(_SSL_MODES))))
    district = given.pop("district", "")
    if district and not is_district(district):
        raise UserError(_wrong().format(why=_("district 只能是小写英文字母、数字和下划线，用 office init --district 建立")))
    first, *others = hosts
    return Address(unquote(user), first.name, first.port, unquote(name), given, district, tuple(others))


def _hosts_of(places: str, socket: str) -> list[Host]:
    """The servers that an address names; ``socket`` is the folder of a socket, or a host, that stands behind its ``?``."""
    try:
        found = [_host_of(each) for each in places.split(",")]
    except ValueError as error:
        raise UserError(_wrong().format(why=_("端口或主机写得不对"))) from error
    if socket and len(found) == 1:
        found = [Host(socket, found[0].port)]
    elif socket or (len(found) > 1 and not all(name for name, _port in found)):
        raise UserError(_wrong().format(why=_("端口或主机写得不对")))
    return [Host(name or "localhost", port) for name, port in dict.fromkeys(found)]


def _host_of(text: str) -> Host:
    """One server of an address; ValueError where it is none."""
    parts = urlsplit(f"//{text}")
    if parts.netloc != text:
        raise ValueError(text)
    return Host(parts.hostname or "", parts.port or PORT)


def hosts_told(address: Address) -> tuple[str, str]:
    """The servers of an address as two fields show them: their names, and their ports, one where it is the same for all."""
    ports = [str(port) for _name, port in address.hosts]
    return ",".join(name for name, _port in address.hosts), ",".join(ports if len(set(ports)) > 1 else ports[:1])


def composed(user: str, host: str, port: str, database: str, options: Mapping[str, str]) -> Address:
    """The address that several fields say; ``options`` as :class:`Address` has them. UserError for one that is not whole.

    ``host`` may name several servers, parted by commas, ``port`` as many ports or one for all.
    """
    names, ports = ([each.strip() for each in _COMMA.split(text) if each.strip()] for text in (host, port))
    if len(ports) not in (0, 1, len(names)):
        raise UserError(_wrong().format(why=_("端口要么写一个，要么和服务器一样多")))
    told = dict(options)
    if len(names) < 2:
        told["host"], names = "".join(names) or "localhost", [""]
    at = ",".join(_at(name, (ports or [""])[min(place, len(ports) - 1)]) for place, name in enumerate(names))
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in told.items() if value)
    return read_address(f"postgresql://{quote(user.strip(), safe='')}@{at}/{quote(database.strip(), safe='')}?{query}")


def _at(name: str, port: str) -> str:
    return f"[{name}]:{port}" if ":" in name and not name.startswith("[") else f"{name}:{port}"


def _wrong() -> str:
    return _("办公室登记册的地址写得不对：{why}。写法是 postgresql://用户名@主机:端口/数据库。")


def _usual_mode(hosts: Sequence[Host]) -> str:
    """How the servers are known unless told otherwise: by certificate and name, but where all are this very computer."""
    return "prefer" if all(_is_here(name) for name, _port in hosts) else "verify-full"


def _is_here(host: str) -> bool:
    if host.startswith("/") or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
