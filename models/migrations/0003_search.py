"""The search index: one full-text table for each kind of record that is searched, and how far it follows the log. Frozen."""

from typing import Any


def up(migrator: Any, db: Any) -> None:
    """Create the index, empty; it is filled from the records when it is first asked to catch up."""
    for kind in ("worker", "employer", "union"):
        db.execute_sql(
            f'CREATE VIRTUAL TABLE "{kind}_search" USING fts5('
            "name, pinyin, other, initials, digits, content='', contentless_delete=1, tokenize=\"unicode61 remove_diacritics 0\")"
        )
    db.execute_sql('CREATE TABLE "search_progress" ("change" INTEGER NOT NULL)')
