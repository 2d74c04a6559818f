"""What those see who only look (查看): views named like the tables, in a schema of their own, with the numbers of persons covered.

The tables behind are not granted to them, so that a connection past the program reads no full number either. An identity number
keeps its first six digits, for the birth date stands beside it; of texts the numbers of seven digits and more are covered. The
words of the search come without those of numbers, and of the log there is nothing: it holds what each value was.
"""

from collections.abc import Mapping, Sequence

#: Table → how its fields are covered: ``id``, ``phone``, ``text`` (numbers in it), ``own`` (own fields); others are as they are.
_FIELDS: dict[str, dict[str, str]] = {
    "worker": {
        "id_number": "id", "phone": "phone", "household_place": "text", "native_place": "text", "residence_address": "text",
        "member_number": "text", "note": "text", "application_place": "text", "own": "own",
    },
    "employer": {"phone": "phone", "address": "text", "note": "text", "own": "own"},
    "union": {"phone": "phone", "note": "text", "own": "own"},
    "officer": {"phone": "phone", "note": "text", "number": "text"},
    "site": {"phone": "phone", "address": "text", "note": "text", "source": "text"},
    "contact": {"person_met": "text", "outcome": "text", "paper": "text", "paper_number": "text"},
    "ledger_entry": {
        "title": "text", "parties": "text", "matter": "text", "goods": "text", "note": "text", "recipient": "text",
        "person": "text",
    },
    "distinct_pair": {"reason": "text"},
    "submission": {"scope": "text", "file": "text"},
    "submitted_row": {"reason": "text"},
    "issued_paper": {},
}  # fmt: skip
_SEARCHED = ("worker_search", "employer_search", "union_search", "officer_search", "site_search")
#: Tables with fields that the program reads, and of which whoever looks sees no row.
_EMPTY = ("change", "bundle", "erasure", "crossing", "fork")
#: The tables that have a view.
COVERED = frozenset([*_FIELDS, *_SEARCHED, *_EMPTY, "search_progress"])


def views(here: str, masked: str, columns: Mapping[str, Sequence[str]]) -> list[str]:
    """The statements that make the views anew. ``here``: the schema of the tables; ``masked``: that of the views; both quoted.

    ``columns``: of each table the names of its columns.
    """
    parts = []
    for name, names in columns.items():
        told = ", ".join(_shown(here, name, each) for each in names if each not in ("town", "login"))
        rest = " WHERE false" if name in _EMPTY else ""
        if name == "search_progress":
            told, rest = "change", " WHERE false"
        parts += [
            f'DROP VIEW IF EXISTS {masked}."{name}"',
            f'CREATE VIEW {masked}."{name}" AS SELECT {told} FROM {here}."{name}"{rest}',
        ]
        if name in _SEARCHED:
            parts.append(
                f'CREATE INDEX IF NOT EXISTS "{name}_covered" ON {here}."{name}"'
                f" USING gin (ts_filter(words, '{{a,b,c}}'))"
            )
    return parts


def _shown(here: str, table: str, field: str) -> str:
    if table in _SEARCHED and field == "words":
        return "ts_filter(words, '{a,b,c}') AS words"
    way = _FIELDS.get(table, {}).get(field)
    return f'"{field}"' if way is None else f'{here}.office_covered_{way}("{field}") AS "{field}"'


def functions(here: str) -> list[str]:
    """The statements that make what covers a value, in the schema of the tables."""
    head = "LANGUAGE sql IMMUTABLE PARALLEL SAFE"

    def covered(name: str, text: str) -> str:
        return f"CREATE OR REPLACE FUNCTION {here}.office_covered_{name}(told TEXT) RETURNS TEXT {head} AS $$ {text} $$"

    long = "CASE length(told) WHEN 18 THEN 6 ELSE 3 END"
    mobile = "left(each, 3) || '****' || right(each, 4)"
    line = "regexp_replace(regexp_replace(each, '-\\d+$', '-***'), '\\d{4}(-\\*\\*\\*)?$', '****\\1')"
    return [
        covered(
            "id",
            f"SELECT CASE WHEN length(told) >= 15 THEN left(told, {long}) || repeat('*', length(told) - {long})"
            " WHEN length(told) >= 8 THEN left(told, 2) || repeat('*', length(told) - 4) || right(told, 2)"
            " ELSE left(told, (length(told) > 1)::int) || repeat('*', length(told) - (length(told) > 1)::int) END",
        ),
        covered(
            "phone",
            f"SELECT string_agg(CASE WHEN each ~ '^1\\d{{10}}$' THEN {mobile} WHEN each ~ '\\d{{4}}(-\\d+)?$' THEN {line}"
            " ELSE repeat('*', length(each)) END, chr(12289) ORDER BY place)"
            " FROM unnest(string_to_array(told, chr(12289))) WITH ORDINALITY AS parts (each, place)",
        ),
        covered("text", "SELECT regexp_replace(told, '(\\d{3})\\d{2,}(\\d{2}|\\d[Xx])', '\\1***\\2', 'g')"),
        covered(
            "own",
            "SELECT CASE WHEN told IS NULL THEN NULL ELSE (SELECT jsonb_object_agg(key, CASE jsonb_typeof(value) WHEN 'string'"
            f" THEN to_jsonb({here}.office_covered_text(value #>> '{{}}')) ELSE value END)"
            " FROM jsonb_each(told::jsonb))::text END",
        ),
    ]
