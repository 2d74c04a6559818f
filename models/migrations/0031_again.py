"""Who got an identity number that somebody had already, kept by triggers of a file. Frozen: never edit it."""

from typing import Any

from peewee import SqliteDatabase

#: Whoever comes in with such a number, or is given one, is noted, and nobody is looked at for it but who has that number.
_NOTED = (
    'INSERT OR IGNORE INTO "same_number" SELECT NEW."uid" WHERE NEW."id_number" IS NOT NULL'
    ' AND EXISTS (SELECT 1 FROM "worker" WHERE "id_number" = NEW."id_number" AND "id" <> NEW."id");'
)
_SEVERAL = (
    'SELECT "uid" FROM "worker" WHERE "id_number" IN (SELECT "id_number" FROM "worker" WHERE "id_number" IS NOT NULL'
    ' GROUP BY "id_number" HAVING COUNT(*) > 1)'
)


def up(migrator: Any, db: Any) -> None:
    """Note who is there. A server has no part of it: it is asked for all numbers."""
    if not isinstance(db, SqliteDatabase):
        return
    db.execute_sql('CREATE TABLE "same_number" ("worker" TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID')
    db.execute_sql(f'INSERT INTO "same_number" {_SEVERAL}')
    for name, what in (("insert", "INSERT"), ("update", 'UPDATE OF "id_number"')):
        db.execute_sql(f'CREATE TRIGGER "same_number_{name}" AFTER {what} ON "worker" BEGIN {_NOTED} END')
    forgotten = 'DELETE FROM "same_number" WHERE "worker" = OLD."uid";'
    db.execute_sql(f'CREATE TRIGGER "same_number_delete" AFTER DELETE ON "worker" BEGIN {forgotten} END')
