"""What every record has: a number in this file, and a ``uid`` that stays the same on every laptop."""

from typing import Any

from peewee import AutoField, Model, TextField

from models.engine.database import db

#: Name of a field → what is stored in it, of one record.
Values = dict[str, Any]


class Stored(Model):
    """A row of any table of the register's file, of records or of what is kept beside them."""

    class Meta:
        """Where and under which names the tables are kept."""

        database = db
        legacy_table_names = False


class Record(Stored):
    """A row of the register. References between records hold the ``uid``, so that the log and the rows speak one language."""

    id = AutoField()
    uid = TextField(unique=True)


class Bearer(Record):
    """A record that can have own fields; their values stand in one column, see ``models/engine/own_values.py``."""

    own = TextField(null=True)
