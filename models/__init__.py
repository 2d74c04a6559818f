"""What we know: records, their declarations, the journal, the rules. Knows neither Qt nor workbooks."""

import sys

# peewee would load the driver of an office's server at every start; models/engine/postgres.py lets it in when it is needed
sys.modules.setdefault("psycopg", None)  # type: ignore[arg-type]  # "not there", as importlib understands it
