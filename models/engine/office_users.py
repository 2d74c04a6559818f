"""The users of an office's register: logins of its server, each in the group of a role, with the places that are theirs.

No password comes to the server as it is typed: it gets what it keeps of it (SCRAM), made here.
"""

from collections.abc import Sequence
from typing import NamedTuple

from models.engine import rights
from models.engine.belonging import OfficeRole
from models.engine.running import Server, server


class UserRow(NamedTuple):
    """A user as the server has them: ``removed`` is 1 for one who may not enter any more; ``regions`` are uids."""

    login: str
    role: OfficeRole
    person: str
    removed: bool
    regions: tuple[str, ...]


def _engine() -> Server:
    engine = server()
    assert engine is not None  # a file has no users
    return engine


def role_here() -> OfficeRole | None:
    """What the user who is connected is in this register; None for a stranger. Whoever owns the tables is an administrator."""
    said = _engine().asked(
        "SELECT CASE WHEN pg_has_role(session_user, relowner, 'USAGE') THEN 'admin' ELSE office_role() END"
        " FROM pg_class WHERE oid = to_regclass('schema_migration')"
    )
    return OfficeRole(said) if said else None


def login_here() -> str:
    """The login of the user who is connected."""
    return str(_engine().asked("SELECT session_user"))


def all_users() -> list[UserRow]:
    """Everybody who is, or was, a user, by their logins."""
    towns = _engine().column_of("SELECT login || ' ' || region FROM office_town ORDER BY login, region")
    found = []
    for login in _engine().column_of("SELECT login FROM office_user ORDER BY login"):
        role, person, removed = (
            _engine().asked(f"SELECT {name} FROM office_user WHERE login = ?", login) for name in ("role", "person", "removed")
        )
        regions = tuple(each.rpartition(" ")[2] for each in towns if each.rpartition(" ")[0] == login)
        found.append(UserRow(str(login), OfficeRole(role), str(person), bool(removed), regions))
    return found


def known_to_server(login: str) -> bool:
    """True when the server has a user of this name already, of this register or of another database."""
    return _engine().has_role(login)


def may_do_all(login: str) -> bool:
    """True for a user of the server whom no rights hold."""
    return bool(_engine().asked("SELECT rolsuper FROM pg_roles WHERE rolname = ?", login))


def put(login: str, role: OfficeRole, person: str, password: str | None) -> None:
    """Let a login in as what ``role`` says; it is made where the server does not know it. Part of the open transaction.

    ``password`` None leaves that of a known login as it is.
    """
    engine = _engine()
    if not rights.made(engine):
        rights.make(engine)
    name, secret = rights.quoted(login), ""
    if password is not None:
        secret = f" PASSWORD '{engine.secret_of(login, password)}'"
    makes = " CREATEROLE" if role is OfficeRole.ADMIN else " NOCREATEROLE"
    begun = "ALTER" if engine.has_role(login) else "CREATE"
    others = ", ".join(rights.quoted(rights.group(engine, each)) for each in OfficeRole if each is not role)
    here, of = engine.schema_name(), rights.quoted(engine.database_name())
    covered = rights.quoted(f"{here}_covered")
    path = f"{covered}, {here}" if role is OfficeRole.VIEWER else here
    engine.run_script(
        f"{begun} ROLE {name} LOGIN{makes}{secret};"
        f" REVOKE {others} FROM {name}; GRANT {rights.quoted(rights.group(engine, role))} TO {name};"
        f" ALTER ROLE {name} IN DATABASE {of} SET search_path = {path}"
    )
    engine.asked(
        "INSERT INTO office_user (login, role, person, removed) VALUES (?, ?, ?, 0)"
        " ON CONFLICT (login) DO UPDATE SET role = excluded.role, person = excluded.person, removed = 0 RETURNING login",
        login, role.value, person,
    )  # fmt: skip


def put_out(login: str) -> None:
    """Let a login in no more. What they were stays known, so that they can be let in again. Part of the open transaction."""
    engine = _engine()
    groups = ", ".join(rights.quoted(rights.group(engine, each)) for each in OfficeRole)
    engine.run_script(f"REVOKE {groups} FROM {rights.quoted(login)}")
    engine.asked("UPDATE office_user SET removed = 1 WHERE login = ? RETURNING login", login)
    if not engine.asked(_ELSEWHERE, login):
        engine.run_script(f"ALTER ROLE {rights.quoted(login)} NOLOGIN NOCREATEROLE")


#: That a login belongs to another register on the same server still: then the server lets it in.
_ELSEWHERE = (
    "SELECT 1 FROM pg_auth_members AS held JOIN pg_roles AS theirs ON theirs.oid = held.member WHERE theirs.rolname = ? LIMIT 1"
)


def put_towns(login: str, regions: Sequence[str]) -> None:
    """Let these regions (uids) and all that lies in them be a login's, and no others. Part of the open transaction."""
    engine = _engine()
    engine.run_many("DELETE FROM office_town WHERE login = ?", [(login,)])
    engine.run_many("INSERT INTO office_town (login, region) VALUES (?, ?)", [(login, each) for each in dict.fromkeys(regions)])
    engine.run_many("DELETE FROM search_progress WHERE login = ?", [(login,)])  # what is new to them is to be found as well
    engine.asked("SELECT office_spread()")


def elsewhere(kind: str, texts: Sequence[str]) -> set[str]:
    """Which of these names, or identity numbers, belong to records of a kind in others' towns; in small letters, as asked.

    ``kind``: worker (by identity number), employer or union (by name).
    """
    return set(_engine().column_of("SELECT office_elsewhere(?, ?::text[])", kind, list(texts)))


def places_here() -> frozenset[str]:
    """The regions (uids) to which rows can belong that are the connected user's."""
    return frozenset(_engine().column_of("SELECT unnest(office_towns())"))
