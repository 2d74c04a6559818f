"""What the driver of a server gives and takes for a value: numbers as everywhere, and 1 for what is true."""

from typing import Any

import models.engine.driver  # noqa: F401  # isort: skip  # lets psycopg in

import psycopg
from psycopg.types.numeric import IntLoader


class _Number(psycopg.adapt.Loader):
    """Sums come as decimals: a whole one is a whole number, as everywhere."""

    def load(self, data: Any) -> int | float:
        """The number."""
        text = bytes(data).decode()
        return float(text) if "." in text or "e" in text.lower() or "n" in text.lower() else int(text)


class _Truth(psycopg.adapt.Loader):
    """What is true is 1."""

    def load(self, data: Any) -> int:
        """The number."""
        return int(bytes(data) == b"t")


class _TruthDumper(psycopg.adapt.Dumper):
    """True and False are stored as numbers."""

    oid = psycopg.adapters.types["int4"].oid

    def dump(self, obj: Any) -> bytes:
        """The number."""
        return b"1" if obj else b"0"

    def quote(self, obj: Any) -> bytes:
        """The same within a statement."""
        return self.dump(obj)


def adapt(held: Any) -> None:
    """Let a new connection give and take values so."""
    held.adapters.register_loader("numeric", _Number)
    held.adapters.register_loader("bool", _Truth)
    held.adapters.register_loader("oid", IntLoader)
    held.adapters.register_dumper(bool, _TruthDumper)
