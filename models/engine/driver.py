"""Lets in the driver of an office's server, which ``models/__init__.py`` keeps out of every start: before ``import psycopg``."""

import sys

if sys.modules.get("psycopg", sys) is None:
    del sys.modules["psycopg"]
