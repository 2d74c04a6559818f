"""The registers of a city's database: each in a schema of its own, on this server or, as foreign tables, on another one.

Nothing is written here, and nothing is asked through the handle's own schema.
"""

from collections.abc import Sequence
from typing import NamedTuple

from models.engine import database
from models.engine.addresses import is_district
from models.engine.belonging import OfficeRole
from models.engine.running import Server, server

#: The schemas that hold a register; which are another server's, which of the others belong to whoever asks, and which can say
#: what whoever asks is there. Other programs may have a table of the name of one of ours, and schemas of any name.
_SCHEMAS = (
    "SELECT place.nspname, CAST(held.relkind = 'f' AS int), CAST(pg_has_role(session_user, held.relowner, 'USAGE') AS int),"
    " CAST(EXISTS (SELECT 1 FROM pg_proc WHERE pronamespace = place.oid AND proname = 'office_role' AND pronargs = 0) AS int)"
    " FROM pg_class AS held JOIN pg_namespace AS place ON place.oid = held.relnamespace"
    " WHERE held.relname = 'schema_migration' AND held.relkind IN ('r', 'f')"
    " AND (SELECT count(*) FROM pg_class AS ours WHERE ours.relnamespace = place.oid"
    " AND ours.relname IN ('worker', 'batch', 'region_parent') AND ours.relkind IN ('r', 'f')) = 3"
    " AND has_schema_privilege(place.oid, 'USAGE') ORDER BY place.nspname"
)
#: Who reads everybody: whoever administers a register or works for the whole of it. On another server that server decides.
_WHOLE = (OfficeRole.ADMIN, OfficeRole.DISTRICT)


class DistrictSchema(NamedTuple):
    """A register in a city's database. ``elsewhere``: it is on another server; ``whole``: whoever asks reads everybody in it."""

    name: str
    elsewhere: bool
    whole: bool


class InDistrict(NamedTuple):
    """Somebody in the register of one district. ``name`` is None where none was written."""

    schema: str
    uid: str
    name: str | None


def _engine() -> Server:
    engine = server()
    assert engine is not None  # a file is no city
    return engine


def make_district() -> None:
    """Make the schema of the district that the open office's address names, where there is none. What is refused is told."""
    with database.damage_told():
        _engine().make_district()


def district_schemas() -> list[DistrictSchema]:
    """The registers in the connected database, by the names of their schemas; those whose name could be no address' are none.

    Names become part of statements: what somebody has called a schema must never be more than a name there.
    """
    engine = _engine()
    found = [row for row in engine.rows_of(_SCHEMAS) if is_district(str(row[0]))]
    return [
        DistrictSchema(
            str(name), bool(far), bool(far or own or (told and engine.asked(f'SELECT "{name}".office_role()') in _WHOLE))
        )
        for name, far, own, told in found
    ]


def in_several(schemas: Sequence[str], most: int) -> tuple[int, dict[str, list[InDistrict]]]:
    """How many identity numbers stand in more than one of these schemas, and of the first ``most`` of them who has them.

    All districts are asked at once and nothing but equal numbers comes back.
    """
    if len(schemas) < 2:
        return 0, {}
    engine = _engine()
    numbers = " UNION ALL ".join(
        f"SELECT '{name}' AS place, lower(id_number) AS number FROM \"{name}\".worker WHERE id_number IS NOT NULL"
        for name in schemas
    )
    # who has them is asked afterwards, by the index of small letters: names of millions need not be sorted along
    several = engine.rows_of(
        f"SELECT number, count(*) OVER () FROM (SELECT number FROM ({numbers}) AS numbers GROUP BY number"
        " HAVING min(place) <> max(place)) AS several ORDER BY number LIMIT ?",
        most,
    )
    if not several:
        return 0, {}
    wanted = [number for number, _count in several]
    people = " UNION ALL ".join(
        f"SELECT upper(id_number), '{name}', uid, name FROM \"{name}\".worker WHERE lower(id_number) = ANY (?)"
        for name in schemas
    )
    found: dict[str, list[InDistrict]] = {}
    for number, place, uid, name in engine.rows_of(f"{people} ORDER BY 1, 2, 3", *[wanted] * len(schemas)):
        found.setdefault(str(number), []).append(InDistrict(str(place), str(uid), name))
    return int(several[0][1]), found
