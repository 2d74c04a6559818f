"""Own fields: their declarations, and a column for their values beside workers, employers and unions. Frozen: never edit it."""

from typing import Any

from peewee import AutoField, IntegerField, Model, TextField


def up(migrator: Any, db: Any) -> None:
    """Create the table, empty, and the columns: no row is written anew for them."""

    class OwnField(Model):
        id = AutoField()
        uid = TextField(unique=True)
        record = TextField(null=True)
        name = TextField(null=True)
        kind = TextField(null=True)
        options = TextField(null=True)
        old_options = TextField(null=True)
        place = IntegerField(null=True)
        retired = IntegerField(null=True)

        class Meta:
            database = db
            legacy_table_names = False

    db.create_tables([OwnField])
    for record in ("worker", "employer", "union"):
        db.execute_sql(f'ALTER TABLE "{record}" ADD COLUMN "own" TEXT')
