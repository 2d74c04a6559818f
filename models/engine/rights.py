"""Who may what on an office's server, said to the server itself: a connection past the program sees no more than the window.

Each role is a group of the server, with the tables it may use and policies that hold its members to their rows; users are logins
that belong to one of them. Who looks only sees views in which numbers are covered (``covering.py``), and no table behind them.
All of it is made anew out of ``belonging.py`` whenever the schema is prepared, once there is a user.
"""

import hashlib

from models.engine.belonging import ORGANIZERS_SETTINGS, TABLES, Belonging, OfficeRole, Sight, placed
from models.engine.covering import COVERED, functions, views
from models.engine.running import Server

#: The longest name of a role.
_LONGEST = 63
#: Tables in which an organizer's rows are looked for by their place; the others are small.
_BY_TOWN = (
    "worker", "employer", "union", "membership_event", "officer", "coverage", "head_count", "drive_case", "ledger_entry",
    "change", "worker_search", "employer_search", "union_search",
)  # fmt: skip
#: What those who look only may read as it is; of all others they see nothing, or a view.
_PLAIN = frozenset(name for name, each in TABLES.items() if each.read in (Sight.ALL, Sight.KEYS)) | {
    "coverage", "membership_event", "head_count", "drive_case", "case_step", "case_paper", "key_employer", "due_union", "hand_in",
    "worklist_entry", "held_count", "count_key", "batch",
}  # fmt: skip


def group(engine: Server, role: OfficeRole) -> str:
    """The name of a role's group on the server, of this register's own."""
    place = f"{engine.database_name()}/{engine.schema_name()}"
    name = f"jianhui/{place}/{role}"
    if len(name.encode()) > _LONGEST:
        name = f"jianhui/{hashlib.sha256(place.encode()).hexdigest()[:16]}/{role}"
    return name


def quoted(name: str) -> str:
    """A name as it stands in a statement."""
    return '"' + name.replace('"', '""') + '"'


def made(engine: Server) -> bool:
    """True when the groups of this register are there."""
    return all(engine.has_role(group(engine, role)) for role in OfficeRole)


def make(engine: Server) -> None:
    """Make the groups, and give them what they may. Part of the open transaction.

    By whoever owns the tables and may make roles; what else has been granted of them is taken back.
    """
    groups = {role: quoted(group(engine, role)) for role in OfficeRole}
    here, masked, there = engine.schema_name(), quoted(f"{engine.schema_name()}_covered"), engine.tables()
    engine.run_script(";\n".join(functions(here)))
    parts = [f"CREATE ROLE {groups[role]} NOLOGIN" for role in OfficeRole if not engine.has_role(group(engine, role))]
    held = ", ".join(name for role, name in groups.items() if role is not OfficeRole.ADMIN)
    parts += [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {here} FROM PUBLIC, {held}",
        *_of_database(engine, groups),
        f"REVOKE EXECUTE ON FUNCTION {here}.office_spread() FROM PUBLIC",
        *_owned(engine, groups[OfficeRole.ADMIN]),
    ]
    for name in sorted(there & TABLES.keys()):
        parts += _of_table(name, TABLES[name], groups)
    parts += [
        f"CREATE SCHEMA IF NOT EXISTS {masked} AUTHORIZATION {groups[OfficeRole.ADMIN]}",
        *views(here, masked, {name: engine.columns(name) for name in sorted(COVERED & there)}),
        *(f'ALTER VIEW {masked}."{name}" OWNER TO {groups[OfficeRole.ADMIN]}' for name in sorted(COVERED & there)),
        f"GRANT USAGE ON SCHEMA {masked} TO {groups[OfficeRole.VIEWER]}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {masked} TO {groups[OfficeRole.VIEWER]}",
    ]
    parts += [f'CREATE INDEX IF NOT EXISTS "{name}_town" ON "{name}" ("town")' for name in _BY_TOWN if name in there]
    engine.run_script(";\n".join(parts))


def _of_database(engine: Server, groups: dict[OfficeRole, str]) -> list[str]:
    """Who may enter: said by whoever owns the database and its schema. For an administrator who comes later it stays."""
    here, database, every = engine.schema_name(), quoted(engine.database_name()), ", ".join(groups.values())
    parts = []
    if engine.asked("SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()"):
        parts += [
            f"REVOKE CONNECT ON DATABASE {database} FROM PUBLIC",
            f"GRANT CONNECT, TEMPORARY, CREATE ON DATABASE {database} TO {groups[OfficeRole.ADMIN]}",
            f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {every}",
        ]
    if engine.asked("SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE oid = to_regnamespace(current_schema())"):
        parts += [
            f"REVOKE CREATE ON SCHEMA {here} FROM PUBLIC",
            f"GRANT USAGE ON SCHEMA {here} TO {every}",
            f"GRANT CREATE ON SCHEMA {here} TO {groups[OfficeRole.ADMIN]}",
        ]
    return parts


def _owned(engine: Server, admins: str) -> list[str]:
    """All of it belongs to the administrators together, so that each of them can prepare a newer schema."""
    parts = [f"GRANT {admins} TO CURRENT_USER"]
    parts += [f'ALTER TABLE "{name}" OWNER TO {admins}' for name in sorted(engine.tables())]
    return parts + [f"ALTER FUNCTION {name} OWNER TO {admins}" for name in engine.functions()]


def _of_table(name: str, each: Belonging, groups: dict[OfficeRole, str]) -> list[str]:
    """The grants and policies of one table."""
    district, organizer, viewer = (groups[role] for role in (OfficeRole.DISTRICT, OfficeRole.ORGANIZER, OfficeRole.VIEWER))
    parts = [f'ALTER TABLE "{name}" ENABLE ROW LEVEL SECURITY']
    parts += [f'DROP POLICY IF EXISTS {policy} ON "{name}"' for policy in _POLICIES]
    if name in _PLAIN:
        parts += [
            f'GRANT SELECT ON "{name}" TO {viewer}',
            f'CREATE POLICY office_look ON "{name}" FOR SELECT TO {viewer} USING (true)',
        ]
    if name == "trail":
        for each_role in (district, organizer, viewer):
            parts.append(f'GRANT SELECT, INSERT ON "{name}" TO {each_role}')
        parts += [
            f'CREATE POLICY office_whole ON "{name}" FOR SELECT TO {district} USING (true)',
            f'CREATE POLICY office_read ON "{name}" FOR SELECT TO {organizer}, {viewer} USING (login = session_user)',
            (f'CREATE POLICY office_add ON "{name}" FOR INSERT TO {district}, {organizer}, {viewer}'
            " WITH CHECK (login = session_user)"),
        ]
        return parts
    if each.read is not Sight.NOBODY:
        writes = "SELECT" if name in ("given_number", "schema_migration", "held_count") else "SELECT, INSERT, UPDATE, DELETE"
        if each.write is Sight.LOG:
            writes = "SELECT, INSERT, UPDATE"  # of the log an erasure may empty what it holds
        parts += [
            f'GRANT {writes} ON "{name}" TO {district}',
            f'CREATE POLICY office_whole ON "{name}" TO {district} USING ({_whole(name)}) WITH CHECK ({_whole(name)})',
        ]
    return parts + _of_organizer(name, each, organizer)


_POLICIES = ("office_look", "office_whole", "office_read", "office_add", "office_change", "office_remove")


def _whole(name: str) -> str:
    return "login = session_user" if name == "search_progress" else "true"


def _of_organizer(name: str, each: Belonging, organizer: str) -> list[str]:
    read, write = _condition(name, each.read), _condition(name, each.write)
    if not read:
        return []
    parts = [
        f'GRANT SELECT ON "{name}" TO {organizer}',
        f'CREATE POLICY office_read ON "{name}" FOR SELECT TO {organizer} USING ({read})',
    ]
    if each.write is Sight.WHOLE or not write:
        return parts
    parts += [
        f'GRANT INSERT ON "{name}" TO {organizer}',
        f'CREATE POLICY office_add ON "{name}" FOR INSERT TO {organizer} WITH CHECK ({write})',
    ]
    if each.write is Sight.LOG:
        return parts
    return [
        *parts,
        f'GRANT UPDATE, DELETE ON "{name}" TO {organizer}',
        f'CREATE POLICY office_change ON "{name}" FOR UPDATE TO {organizer} USING ({write}) WITH CHECK ({write})',
        f'CREATE POLICY office_remove ON "{name}" FOR DELETE TO {organizer} USING ({write})',
    ]


def _condition(name: str, sight: Sight) -> str:
    """Which rows; asked once for each statement and not for each row. "" for none at all."""
    mine = '"town" = ANY ((SELECT office_towns())::text[])'
    keys = ", ".join(f"'{key}'" for key in ORGANIZERS_SETTINGS)
    return {
        Sight.ALL: "true",
        Sight.TOWN: mine,
        Sight.ABOVE: '"town" = ANY ((SELECT office_above())::text[])',
        Sight.OWN: "login = session_user",
        Sight.WHOLE: "false",
        Sight.NOBODY: "",
        Sight.LOG: mine if name in placed() else "login = session_user",
        Sight.ASIDE: f'"key" IN ({keys})',
        Sight.KEYS: 'count_key IN (SELECT id FROM "count_key")',
        Sight.BATCHES: "login = session_user OR uid IN (SELECT batch FROM office_batches())",
    }[sight]
