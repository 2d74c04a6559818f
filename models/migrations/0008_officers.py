"""Both ends of a counted range, officers, kinds of work that contacts count for. Frozen: never edit it."""

import uuid
from typing import Any

_COUNTS = (
    "staff_count", "women_staff_count", "member_count", "women_member_count", "migrant_member_count", "new_form_member_count",
)  # fmt: skip
_NAMESPACE = uuid.UUID("c51d0a7e-6b94-5f23-8e70-13ad9b4c82f6")
#: name → unit, measures, other wordings
_KINDS = {"蹲点": ("次", "people", "蹲点工作、蹲点服务、蹲点活动、基层蹲点"), "三服务": ("次", "people", "三服务活动、“三服务”活动、开展三服务")}


def up(migrator: Any, db: Any) -> None:
    """Widen the head counts, create the table of officers, add the kinds of work that are not there under any wording."""
    for name in _COUNTS:
        db.execute_sql(f'ALTER TABLE "head_count" ADD COLUMN "{name}_upper" INTEGER')
    fields = ("name", "body", "post", "term", "since", "until", "until_because", "elected_by", "number", "phone", "note")
    db.execute_sql(
        'CREATE TABLE "officer" ("id" INTEGER NOT NULL PRIMARY KEY, "uid" TEXT NOT NULL,'
        ' "union" TEXT REFERENCES "union"(uid) DEFERRABLE INITIALLY DEFERRED,'
        ' "worker" TEXT REFERENCES "worker"(uid) DEFERRABLE INITIALLY DEFERRED,'
        + ", ".join(f'"{name}" TEXT' + (" COLLATE NOCASE" if name == "name" else "") for name in fields)
        + ")"
    )
    db.execute_sql('CREATE UNIQUE INDEX "officer_uid" ON "officer" ("uid")')
    for name in ("union", "worker", "name"):
        db.execute_sql(f'CREATE INDEX "officer_{name}" ON "officer" ("{name}")')
    db.execute_sql(
        'CREATE VIRTUAL TABLE "officer_search" USING fts5('
        "name, pinyin, other, initials, digits, content='', contentless_delete=1, tokenize=\"unicode61 remove_diacritics 0\")"
    )
    held = db.execute_sql('SELECT "name", "aliases", "place" FROM "ledger_kind"').fetchall()
    wordings = {word for name, aliases, _place in held for word in (name, *(aliases or "").split("、"))}
    # a new register gets its first kinds when it is made
    place = max((place or 0 for _name, _aliases, place in held), default=0)
    for name, (unit, measures, aliases) in _KINDS.items() if held else ():
        if name in wordings:
            continue
        place += 1
        own = "、".join(each for each in aliases.split("、") if each not in wordings)
        db.execute_sql(
            'INSERT INTO "ledger_kind" ("uid", "name", "unit", "measures", "aliases", "place", "active")'
            " VALUES (?, ?, ?, ?, ?, ?, 1)",
            (str(uuid.uuid5(_NAMESPACE, name)), name, unit, measures, own, place),
        )
