"""The log in bundles: many entries of a batch in one row, chained by hashes. Frozen: never edit it."""

from typing import Any

_IMMUTABLE = "SELECT RAISE(ABORT, 'a bundle of the log is immutable');"
#: All but what an erasure rewrites.
_FIXED = (
    "id", "batch", "device", "first", "number", "kind", "removed", "count", "low", "high", "previous", "digest", "hash",
    "records",
)  # fmt: skip


def up(migrator: Any, db: Any) -> None:
    """Create the table, empty, and what refuses to change it; old entries are bundled when the register is opened.

    AUTOINCREMENT remembers that there was a last bundle. An index that is the beginning of another one goes.
    """
    db.execute_sql(
        'CREATE TABLE "bundle" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "batch" TEXT NOT NULL,'
        ' "device" TEXT NOT NULL, "first" INTEGER NOT NULL, "number" INTEGER NOT NULL, "kind" TEXT NOT NULL,'
        ' "removed" INTEGER NOT NULL, "count" INTEGER NOT NULL, "low" TEXT NOT NULL, "high" TEXT NOT NULL,'
        ' "previous" TEXT NOT NULL, "digest" TEXT NOT NULL, "hash" TEXT NOT NULL, "erased" TEXT, "erased_digest" TEXT,'
        ' "records" BLOB NOT NULL, "content" BLOB NOT NULL)'
    )
    db.execute_sql('CREATE INDEX "bundle_batch" ON "bundle" ("batch")')
    db.execute_sql('CREATE UNIQUE INDEX "bundle_device_number" ON "bundle" ("device", "number")')
    db.execute_sql('CREATE INDEX "bundle_low_high" ON "bundle" ("low", "high")')
    db.execute_sql('DROP INDEX "membership_event_effective"')
    changed = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in _FIXED)
    db.execute_sql(
        f'CREATE TRIGGER "bundle_no_update" BEFORE UPDATE ON "bundle" WHEN {changed} OR NEW."erased" IS NULL'
        f" BEGIN {_IMMUTABLE} END"
    )
    db.execute_sql(f'CREATE TRIGGER "bundle_no_delete" BEFORE DELETE ON "bundle" BEGIN {_IMMUTABLE} END')
    db.execute_sql(
        'CREATE TRIGGER "bundle_no_replace" BEFORE INSERT ON "bundle" WHEN EXISTS (SELECT 1 FROM "bundle"'
        f' WHERE "id" = NEW."id" OR ("device" = NEW."device" AND "number" = NEW."number")) BEGIN {_IMMUTABLE} END'
    )
