"""What keeps the places of the rows on an office's server: a column, triggers, and the functions that they and the rights call.

All of it is made anew whenever the schema is prepared, out of ``belonging.py``; nothing of it is in a file. A trigger says where
a new row belongs, before it is written; when the place of a record changes, what hangs on it is touched and says so again.
"""

from models.engine import counting_later, server_indexes
from models.engine.belonging import FOLDED, PLACES, Belonging, common, kinds, placed
from models.engine.running import Server

#: Runs with the rights of whoever owns the tables, so that what is hidden from a user can still be looked up.
_DEFINER = "LANGUAGE plpgsql SECURITY DEFINER"
#: The functions of the schema that write what no user writes.
_KEEPING = (
    "next_batch", "held_count_added", "held_count_removed", "held_count_changed", "past_stale_added", "past_stale_removed",
    "past_stale_changed", "past_stale_traits", "number_given",
)  # fmt: skip


def make(engine: Server) -> None:
    """Give every table that belongs somewhere its places. Part of the open transaction; by whoever owns the tables."""
    here, there = engine.schema_name(), engine.tables()
    tables = {name: each for name, each in placed().items() if name in there}
    parts = [
        *_tables(), *(f'ALTER TABLE "{name}" ADD COLUMN IF NOT EXISTS "town" TEXT COLLATE "C"' for name in tables),
        *_columns(), *_functions(here),
        *(text for name, each in tables.items() for text in _triggers(here, name, each, tables)),
        *_of_log(here), *_of_regions(here), *counting_later.parts(here), *_keepers(here), *_ends(here),
        *server_indexes.parts(engine),
    ]  # fmt: skip
    engine.run_script(";\n".join(parts))
    engine.run_script(";\n".join(_all_placed(list(tables))))


def _tables() -> list[str]:
    text = 'TEXT COLLATE "C" NOT NULL'
    return [
        (f'CREATE TABLE IF NOT EXISTS "office_user" ("login" {text} PRIMARY KEY, "role" {text}, "person" {text},'
        ' "removed" BIGINT NOT NULL DEFAULT 0)'),
        f'CREATE TABLE IF NOT EXISTS "office_town" ("login" {text}, "region" {text}, PRIMARY KEY ("login", "region"))',
        (f'CREATE TABLE IF NOT EXISTS "office_place" ("login" {text}, "town" {text}, "above" BIGINT NOT NULL,'
        ' PRIMARY KEY ("login", "town"))'),
        f'CREATE TABLE IF NOT EXISTS "office_device" ("device" {text} PRIMARY KEY, "login" {text})',
        f'CREATE TABLE IF NOT EXISTS "office_batch" ("batch" {text}, "town" {text}, PRIMARY KEY ("batch", "town"))',
    ]  # fmt: skip


def _columns() -> list[str]:
    login = 'ADD COLUMN IF NOT EXISTS "login" TEXT COLLATE "C" DEFAULT session_user'
    return [
        f'ALTER TABLE "batch" {login}',
        f'ALTER TABLE "trail" {login}',
        f'ALTER TABLE "search_progress" {login}',
        'ALTER TABLE "search_progress" ADD COLUMN IF NOT EXISTS "whole" BIGINT NOT NULL DEFAULT 0',
        'CREATE INDEX IF NOT EXISTS "office_batch_town" ON "office_batch" ("town")',
        'CREATE INDEX IF NOT EXISTS "batch_login" ON "batch" ("login")',
    ]


def _functions(here: str) -> list[str]:
    """What the session may see, by its login, which no setting of a client changes."""
    fixed = f"SET search_path = {here}, pg_temp"

    def asked(name: str, kind: str, text: str) -> str:
        return (
            f"CREATE OR REPLACE FUNCTION {here}.{name} RETURNS {kind} LANGUAGE sql STABLE SECURITY DEFINER {fixed}"
            f" AS $$ {text} $$"
        )

    mine = "login = session_user"
    return [
        asked("office_role()", "TEXT", f'SELECT "role" FROM "office_user" WHERE {mine} AND "removed" = 0'),
        asked(
            "office_towns()", "TEXT[]",
            f'SELECT array_agg(told.town) FROM (SELECT town FROM "office_place" WHERE {mine} AND above = 0'
            " UNION ALL SELECT '@' || session_user UNION ALL SELECT '') AS told",
        ),
        asked(
            "office_above()", "TEXT[]",
            f'SELECT array_agg(told.town) FROM (SELECT town FROM "office_place" WHERE {mine}'
            " UNION ALL SELECT '@' || session_user) AS told",
        ),
        asked(
            "office_batches()", "TABLE (batch TEXT)",
            'SELECT batch FROM "office_batch" WHERE town = ANY (office_towns())',
        ),
        asked("office_parted()", "BOOLEAN", "SELECT EXISTS (SELECT FROM \"office_user\" WHERE \"role\" = 'organizer')"),
        asked("office_person()", "TEXT", f'SELECT "person" FROM "office_user" WHERE {mine} AND "removed" = 0'),
        asked(
            "office_elsewhere(kind TEXT, texts TEXT[])", "SETOF TEXT",
            " UNION ".join(_elsewhere(*each) for each in (("worker", "id_number"), ("employer", "name"), ("union", "name"))),
        ),
    ]  # fmt: skip


def _elsewhere(table: str, field: str) -> str:
    """What is asked for of one kind of record: in another town, and not in an own one."""
    mine = f'EXISTS (SELECT FROM "{table}" AS own WHERE lower(own.{field}) = lower(held.{field})'
    return (
        f"SELECT lower(held.{field}) FROM \"{table}\" AS held WHERE kind = '{table}' AND lower(held.{field}) = ANY (texts)"
        f" AND held.town <> ALL ((SELECT office_towns())::text[]) AND NOT {mine}"
        " AND own.town = ANY ((SELECT office_towns())::text[]))"
    )


def _looked_up(here: str, name: str, field: str, table: str) -> str:
    key = "id" if name.endswith("_search") else "uid"
    asked = f'SELECT town INTO found FROM {here}."{table}" WHERE {key} = NEW."{field}"'
    return f'IF found IS NULL AND NEW."{field}" IS NOT NULL THEN {asked}; END IF;'


def _where(here: str, name: str, each: Belonging) -> str:
    """What says where a new row belongs. One question after the other, as far as the answer: most rows need the first alone."""
    if name == "region":
        levels = ", ".join(f"'{level}'" for level in PLACES)
        asked = f"found := CASE WHEN NEW.level IN ({levels}) THEN NEW.uid WHEN TG_OP = 'UPDATE' THEN NEW.town END;"
    elif each.by_kind:
        asked = f"found := {here}.office_town_of(split_part(NEW.kind, ' ', 1), NEW.\"{each.by_kind}\");"
    else:
        asked = " ".join(_looked_up(here, name, field, table) for field, table in each.parts)
    kept = "CASE WHEN TG_OP = 'UPDATE' AND OLD.town LIKE '@%' THEN OLD.town END"
    return f"{asked} NEW.town := coalesce(found, {kept}, '@' || session_user);"


def _triggers(here: str, name: str, each: Belonging, tables: dict[str, Belonging]) -> list[str]:
    """Of one table: where a row belongs when it is written, and what is touched when that changes."""
    fields = sorted({field for field, _table in each.parts} | ({each.by_kind} if each.by_kind else set()) | {"town"})
    if name == "region":
        fields = ["level", "town"]
    of = ", ".join(f'"{field}"' for field in fields)
    made = [
        (f"CREATE OR REPLACE FUNCTION {here}.office_place_{name}() RETURNS TRIGGER {_DEFINER} AS"
        f" $$ DECLARE found TEXT; BEGIN {_where(here, name, each)} RETURN NEW; END $$"),
        (f'CREATE OR REPLACE TRIGGER "office_place" BEFORE INSERT OR UPDATE OF {of} ON "{name}" FOR EACH ROW'
        f" EXECUTE FUNCTION {here}.office_place_{name}()"),
    ]
    touched = _touched(here, name, tables)
    if touched:
        made += [
            (f"CREATE OR REPLACE FUNCTION {here}.office_moved_{name}() RETURNS TRIGGER {_DEFINER} AS"
            f" $$ BEGIN {' '.join(f'{text};' for text in touched)} RETURN NULL; END $$"),
            (f'CREATE OR REPLACE TRIGGER "office_moved" AFTER UPDATE ON "{name}" FOR EACH ROW'
            f" WHEN (OLD.town IS DISTINCT FROM NEW.town) EXECUTE FUNCTION {here}.office_moved_{name}()"),
        ]
    return made


def _touched(here: str, name: str, tables: dict[str, Belonging]) -> list[str]:
    """What says anew where it belongs when a record of a table has another place."""
    texts = []
    for other, each in tables.items():
        for field, table in each.parts:
            if table != name or other == "region":
                continue
            key = "id" if other.endswith("_search") else "uid"
            told = f'lower("{field}")' if (other, field) in FOLDED else f'"{field}"'
            texts.append(f'UPDATE {here}."{other}" SET town = NULL WHERE {told} = NEW.{key}')
    if name not in kinds():
        return texts
    for other, each in tables.items():
        if each.by_kind:
            told = f'lower("{each.by_kind}")' if (other, each.by_kind) in FOLDED else f'"{each.by_kind}"'
            texts.append(f'UPDATE {here}."{other}" SET town = NULL WHERE {told} = NEW.uid')
    texts.append(
        f'INSERT INTO {here}."office_batch" SELECT DISTINCT batch, town FROM {here}."change"'
        " WHERE record = NEW.uid ON CONFLICT DO NOTHING"
    )
    return texts


def _of_log(here: str) -> list[str]:
    """Where a record that the log speaks of belongs; to which places a batch wrote; who wrote."""
    branches = " ".join(f"WHEN '{kind}' THEN RETURN (SELECT town FROM {here}.\"{kind}\" WHERE uid = told);" for kind in kinds())
    shared = ", ".join(f"'{kind}'" for kind in common())
    by_login = (
        f"IF pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = '{here}.batch'::regclass), 'USAGE') THEN"
        " RETURN NEW; END IF; NEW.login := session_user;"
        f' INSERT INTO {here}."office_device" VALUES (NEW.device, session_user) ON CONFLICT DO NOTHING;'
        f' IF (SELECT login FROM {here}."office_device" WHERE device = NEW.device) <> session_user THEN'
        " RAISE EXCEPTION 'this device is another login''s' USING ERRCODE = 'insufficient_privilege'; END IF;"
    )
    return [
        (f"CREATE OR REPLACE FUNCTION {here}.office_town_of(kind TEXT, told TEXT) RETURNS TEXT {_DEFINER} STABLE AS"
        f" $$ BEGIN CASE kind {branches} WHEN '' THEN RETURN NULL;"
        f" ELSE RETURN CASE WHEN kind IN ({shared}) THEN '' END; END CASE; END $$"),
        (f"CREATE OR REPLACE FUNCTION {here}.office_noted() RETURNS TRIGGER {_DEFINER} AS $$ BEGIN"
        f' INSERT INTO {here}."office_batch" SELECT DISTINCT batch, town FROM added ON CONFLICT DO NOTHING; RETURN NULL; END $$'),
        ('CREATE OR REPLACE TRIGGER "office_noted" AFTER INSERT ON "change" REFERENCING NEW TABLE AS added FOR EACH STATEMENT'
        f" EXECUTE FUNCTION {here}.office_noted()"),
        (f"CREATE OR REPLACE FUNCTION {here}.office_wrote() RETURNS TRIGGER {_DEFINER} AS $$ BEGIN {by_login}"
        f" NEW.person := coalesce(nullif({here}.office_person(), ''), NEW.person); RETURN NEW; END $$"),
        f"CREATE OR REPLACE FUNCTION {here}.office_acted() RETURNS TRIGGER {_DEFINER} AS $$ BEGIN {by_login} RETURN NEW; END $$",
        ('CREATE OR REPLACE TRIGGER "office_wrote" BEFORE INSERT ON "batch" FOR EACH ROW'
        f" EXECUTE FUNCTION {here}.office_wrote()"),
        ('CREATE OR REPLACE TRIGGER "office_acted" BEFORE INSERT ON "trail" FOR EACH ROW'
        f" EXECUTE FUNCTION {here}.office_acted()"),
        (f"CREATE OR REPLACE FUNCTION {here}.office_logged() RETURNS TRIGGER {_DEFINER} AS $$ BEGIN"
        f" IF NOT pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = '{here}.batch'::regclass), 'USAGE')"
        f' AND EXISTS (SELECT FROM added JOIN {here}."office_device" AS known USING (device)'
        " WHERE known.login <> session_user) THEN"
        " RAISE EXCEPTION 'this device is another login''s' USING ERRCODE = 'insufficient_privilege'; END IF;"
        " RETURN NULL; END $$"),
        *(
            f'CREATE OR REPLACE TRIGGER "office_logged" AFTER INSERT ON "{name}" REFERENCING NEW TABLE AS added'
            " FOR EACH STATEMENT"
            f" EXECUTE FUNCTION {here}.office_logged()"
            for name in ("change", "bundle")
        ),
    ]


def _of_regions(here: str) -> list[str]:
    """Where places lie themselves, and which places each user's towns are, whenever regions change."""
    levels = ", ".join(f"'{level}'" for level in PLACES)
    today = "to_char(current_date, 'YYYY-MM-DD')"
    now = f"coalesce(link.since, '') <= {today} AND {today} < coalesce(link.until, '9999')"
    spread = (
        'DELETE FROM "office_place";'
        ' WITH RECURSIVE below (login, uid, depth) AS (SELECT login, region, 0 FROM "office_town"'
        ' UNION SELECT below.login, link.region, depth + 1 FROM below JOIN "region_parent" AS link ON link.parent = below.uid'
        f" WHERE depth < 8 AND {now}),"
        ' upon (login, uid, depth) AS (SELECT login, region, 0 FROM "office_town"'
        ' UNION SELECT upon.login, link.parent, depth + 1 FROM upon JOIN "region_parent" AS link ON link.region = upon.uid'
        f" WHERE depth < 8 AND {now})"
        ' INSERT INTO "office_place" SELECT login, uid, min(above) FROM ('
        f' SELECT login, uid, 0 AS above FROM below JOIN "region" USING (uid) WHERE level IN ({levels})'
        " UNION ALL SELECT login, uid, 1 FROM upon) AS told GROUP BY login, uid;"
    )
    placed_anew = (
        'WITH RECURSIVE up (uid, at, depth) AS (SELECT uid, uid, 0 FROM "region"'
        ' UNION ALL SELECT up.uid, link.parent, depth + 1 FROM up JOIN "region" AS held ON held.uid = up.at'
        f' JOIN "region_parent" AS link ON link.region = up.at WHERE held.level NOT IN ({levels}) AND depth < 8 AND {now}),'
        ' found AS (SELECT DISTINCT ON (up.uid) up.uid, up.at FROM up JOIN "region" AS held ON held.uid = up.at'
        f" WHERE held.level IN ({levels}) ORDER BY up.uid, up.depth)"
        ' UPDATE "region" SET town = found.at FROM found WHERE found.uid = "region".uid'
        ' AND "region".town IS DISTINCT FROM found.at;'
    )
    fixed = f"{_DEFINER} SET search_path = {here}, pg_temp"
    return [
        f"CREATE OR REPLACE FUNCTION {here}.office_spread() RETURNS VOID {fixed} AS $$ BEGIN {spread} END $$",
        (f"CREATE OR REPLACE FUNCTION {here}.office_regions() RETURNS TRIGGER {fixed} AS $$ BEGIN"
        f" IF pg_trigger_depth() > 1 THEN RETURN NULL; END IF; {placed_anew} PERFORM office_spread(); RETURN NULL; END $$"),
        *(
            f'CREATE OR REPLACE TRIGGER "office_regions" AFTER INSERT OR UPDATE OR DELETE ON "{name}" FOR EACH STATEMENT'
            f" EXECUTE FUNCTION {here}.office_regions()"
            for name in ("region", "region_parent")
        ),
    ]


def _keepers(here: str) -> list[str]:
    return [f"ALTER FUNCTION {here}.{name}() SECURITY DEFINER SET search_path = {here}, pg_temp" for name in _KEEPING]


def _ends(here: str) -> list[str]:
    """The ends of the log, which those who do not see all of it have to know as well."""
    fixed = f"LANGUAGE sql STABLE SECURITY DEFINER SET search_path = {here}, pg_temp"
    both = 'SELECT coalesce(greatest((SELECT max({0}) FROM "change" {1}), (SELECT max({0}) FROM "bundle" {1})), 0)'
    whole = 'SELECT coalesce((SELECT max(change) FROM "search_progress" WHERE login = session_user),'
    return [
        f"CREATE OR REPLACE FUNCTION {here}.log_newest() RETURNS BIGINT {fixed} AS $$ {both.format('id', '')} $$",
        (f"CREATE OR REPLACE FUNCTION {here}.log_last_of(asked TEXT) RETURNS BIGINT {fixed} AS"
        f" $$ {both.format('number', 'WHERE device = asked')} $$"),
        (f"CREATE OR REPLACE FUNCTION {here}.log_count_of(asked TEXT) RETURNS BIGINT {fixed} AS"
        ' $$ SELECT (SELECT count(*) FROM "change" WHERE batch = asked)'
        ' + coalesce((SELECT sum("count") FROM "bundle" WHERE batch = asked), 0)::BIGINT $$'),
        (f"CREATE OR REPLACE FUNCTION {here}.trail_last() RETURNS TEXT {fixed} AS"
        ' $$ SELECT hash FROM "trail" ORDER BY id DESC LIMIT 1 $$'),
        (f"CREATE OR REPLACE FUNCTION {here}.search_done() RETURNS BIGINT {fixed} AS"
        f' $$ {whole} (SELECT max(change) FROM "search_progress" WHERE "whole" = 1 OR login IS NULL), 0) $$'),
    ]


def _all_placed(new: list[str]) -> list[str]:
    """Say of each row that is there already, and has no place yet, where it belongs, parents first.

    A register that was carried in whole has its log before its records.
    """
    first = [name for name in ("region", "region_parent", "employer", "union", "worker") if name in new]
    rest = [name for name in new if name not in first and name not in ("change", "fork", "submitted_row", "distinct_pair")]
    last = [name for name in new if name in ("change", "fork", "submitted_row", "distinct_pair")]
    texts = [f'UPDATE "{name}" SET town = NULL WHERE town IS NULL OR town LIKE \'@%\'' for name in (*first, *rest, *last)]
    texts.append('INSERT INTO "office_batch" SELECT DISTINCT batch, town FROM "change" WHERE town IS NOT NULL'
        " ON CONFLICT DO NOTHING")
    return texts
