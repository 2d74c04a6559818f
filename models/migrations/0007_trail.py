"""The trail: who opened, unmasked, printed, exported; append-only and chained by hashes. Frozen: never edit it."""

from typing import Any

_APPEND_ONLY = "SELECT RAISE(ABORT, 'the trail is append-only');"


def up(migrator: Any, db: Any) -> None:
    """Create the table and what refuses to change it. AUTOINCREMENT remembers that there was a last entry."""
    db.execute_sql(
        'CREATE TABLE "trail" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "place" INTEGER NOT NULL,'
        ' "device" TEXT NOT NULL,'
        ' "number" INTEGER NOT NULL, "at" TEXT NOT NULL, "person" TEXT NOT NULL, "act" TEXT NOT NULL, "what" TEXT NOT NULL,'
        ' "rows" INTEGER, "full" INTEGER NOT NULL, "recipient" TEXT NOT NULL, "purpose" TEXT NOT NULL, "file" TEXT NOT NULL,'
        ' "sha256" TEXT NOT NULL, "batch" INTEGER, "records" TEXT NOT NULL, "waited" TEXT NOT NULL,'
        ' "previous" TEXT NOT NULL, "hash" TEXT NOT NULL)'
    )
    db.execute_sql('CREATE UNIQUE INDEX "trail_device_number" ON "trail" ("device", "number")')
    db.execute_sql('CREATE UNIQUE INDEX "trail_waited" ON "trail" ("waited") WHERE ("waited" <> \'\')')
    for what in ("UPDATE", "DELETE"):
        db.execute_sql(f'CREATE TRIGGER "trail_no_{what.lower()}" BEFORE {what} ON "trail" BEGIN {_APPEND_ONLY} END')
    db.execute_sql(
        'CREATE TRIGGER "trail_no_replace" BEFORE INSERT ON "trail" WHEN EXISTS (SELECT 1 FROM "trail"'
        f' WHERE "id" = NEW."id" OR ("device" = NEW."device" AND "number" = NEW."number")) BEGIN {_APPEND_ONLY} END'
    )
