"""What laptops that exchange their logs keep: records written in two places, what was given and taken, the office's key. Frozen.

A setting gets a uid that follows from its key, so that it is the same record on every laptop.
"""

import uuid
from typing import Any

_NAMESPACE = uuid.UUID("8f0e6f0b-52d1-5c3a-9d64-7c1b9f3e2a10")


def up(migrator: Any, db: Any) -> None:
    """Create the tables, empty, and call the settings by what they are."""
    db.execute_sql('CREATE TABLE "fork" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL, "kind" TEXT NOT NULL)')
    db.execute_sql('CREATE UNIQUE INDEX "fork_uid" ON "fork" ("uid")')
    db.execute_sql(
        'CREATE TABLE "crossing" ("id" INTEGER NOT NULL PRIMARY KEY, "way" TEXT NOT NULL, "at" TEXT NOT NULL,'
        ' "package" TEXT NOT NULL, "device" TEXT NOT NULL, "person" TEXT NOT NULL, "file" TEXT NOT NULL,'
        ' "known" TEXT NOT NULL, "told" TEXT NOT NULL, "batch" TEXT)'
    )
    db.execute_sql('CREATE TABLE "office_key" ("id" INTEGER NOT NULL PRIMARY KEY, "private" TEXT NOT NULL)')
    for uid, key in db.execute_sql('SELECT min("uid"), "key" FROM "setting" GROUP BY "key"').fetchall():
        new = str(uuid.uuid5(_NAMESPACE, f"setting {key}"))
        db.execute_sql('UPDATE "setting" SET "uid" = ? WHERE "uid" = ?', (new, uid))
        db.execute_sql(
            'UPDATE "change" SET "record" = ?, "before" = replace("before", ?, ?), "after" = replace("after", ?, ?)'
            ' WHERE "kind" = \'setting\' AND "record" = ?',
            (new, uid, new, uid, new, uid),
        )
