"""The same roster through django-import-export in bulk mode, for comparison: run by a Python that has that library.

``python benchmarks/import_django.py FILE`` prints the seconds as JSON. The library reads the cells, makes a record of each
row, asks whether it is known already, and writes them in bulk into a plain SQLite file. It checks no number, keeps no
journal, and knows neither memberships nor employers.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

import django
import openpyxl
import tablib
from django.conf import settings

#: Title lines above the header, which the library cannot pass over.
TITLE_LINES = 3
#: Names of the columns in the order of ``made_rosters.HEADER``.
FIELDS = (
    "number", "name", "sex", "birth_date", "ethnicity", "employment_state", "id_number", "education", "phone",
    "household_type", "change_type", "change_date", "political_status", "employer", "union",
)  # fmt: skip


def main() -> None:
    """Import the file into a new database in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(Path(folder) / "plain.sqlite3")}
        settings.configure(DATABASES={"default": engine}, INSTALLED_APPS=["import_export"], USE_TZ=False)
        django.setup()
        start = time.process_time()
        seconds = seconds_of(Path(sys.argv[1]))
        print(json.dumps({"rival": seconds, "rival CPU": time.process_time() - start}))


def seconds_of(path: Path) -> float:
    """Seconds from the file to the committed rows."""
    resource, people = _resource()
    start = time.perf_counter()
    sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
    rows = sheet.iter_rows(min_row=TITLE_LINES + 2, values_only=True)
    result = resource.import_data(tablib.Dataset(*rows, headers=FIELDS), use_transactions=True, raise_errors=True)
    spent = time.perf_counter() - start
    if not result.totals["new"] == people.objects.count() > 0:
        raise SystemExit("not every row was imported")
    return spent


def _resource() -> tuple[object, type]:
    """The model and the resource; they can be declared only after Django is set up."""
    from django.db import connection, models
    from import_export.resources import ModelResource

    columns = {name: models.TextField(null=True) for name in FIELDS}
    columns["id_number"] = models.CharField(max_length=18, unique=True)
    for name in ("name", "phone", "employer", "union"):
        columns[name] = models.CharField(max_length=60, db_index=True)
    meta = type("Meta", (), {"app_label": "import_export"})
    person = type("Person", (models.Model,), {"__module__": __name__, "Meta": meta, **columns})

    class Roster(ModelResource):
        class Meta:
            model = person
            fields = FIELDS
            import_id_fields = ("id_number",)
            use_bulk = True

    with connection.schema_editor() as editor:
        editor.create_model(person)
    return Roster(), person


if __name__ == "__main__":
    main()
