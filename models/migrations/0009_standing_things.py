"""Own fields of ledger kinds, things that stand and their kinds, key employers. Frozen: never edit it."""

from typing import Any

from peewee import SQL, AutoField, IntegerField, Model, TextField

#: Added columns: table → (name, type).
_ADDED = {
    "ledger_kind": [("fields", "TEXT")],
    "ledger_entry": [
        ("parties", "TEXT"), ("matter", "TEXT"), ("due", "TEXT"), ("closed_on", "TEXT"), ("outcome", "TEXT"),
        ("satisfied", "INTEGER"), ("worker", 'TEXT REFERENCES "worker"(uid) DEFERRABLE INITIALLY DEFERRED'),
        ("recipient", "TEXT"), ("goods", "TEXT"), ("signed", "INTEGER"), ("education", "TEXT"), ("level_before", "TEXT"),
        ("level_after", "TEXT"),
    ],
}  # fmt: skip


def _references(table: str) -> list[SQL]:
    return [SQL(f'REFERENCES "{table}"(uid) DEFERRABLE INITIALLY DEFERRED')]


def up(migrator: Any, db: Any) -> None:
    """Widen the ledger, and create the tables, empty; the first kinds are put in when the register is opened."""
    for table, columns in _ADDED.items():
        for name, kind in columns:
            db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN "{name}" {kind}')
    db.execute_sql('CREATE INDEX "ledger_entry_worker" ON "ledger_entry" ("worker")')

    class Frozen(Model):
        id = AutoField()

        class Meta:
            database = db
            legacy_table_names = False

    class SiteKind(Frozen):
        uid = TextField(unique=True)
        name = TextField(null=True, index=True, collation="NOCASE")
        unit = TextField(null=True)
        aliases = TextField(null=True)
        place = IntegerField(null=True)
        active = IntegerField(null=True)

    class Site(Frozen):
        uid = TextField(unique=True)
        site_kind = TextField(null=True, index=True, constraints=_references("site_kind"))
        name = TextField(null=True, index=True, collation="NOCASE")
        region = TextField(null=True, index=True, constraints=_references("region"))
        address = TextField(null=True)
        state = TextField(null=True)
        since = TextField(null=True)
        until = TextField(null=True)
        quantity = IntegerField(null=True)
        union = TextField(null=True, index=True, constraints=_references("union"))
        contact = TextField(null=True)
        phone = TextField(null=True)
        source = TextField(null=True)
        note = TextField(null=True)

    class KeyEmployer(Frozen):
        uid = TextField(unique=True)
        employer = TextField(null=True, index=True, constraints=_references("employer"))
        year = IntegerField(null=True)
        last_year = IntegerField(null=True)
        source = TextField(null=True)

    db.create_tables([SiteKind, Site, KeyEmployer])
