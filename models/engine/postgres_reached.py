"""How an office's server is reached: which of several answers, for how long it is waited for, and what it stored at the last.

Of several servers one can be written into, and which one it is changes when another takes its place.
"""

import threading
import time
from contextlib import closing
from typing import Any

import models.engine.driver  # noqa: F401  # isort: skip  # lets psycopg in

import psycopg
import psycopg.sql

from models.engine.addresses import WRITABLE, Address
from models.engine.postgres_hearing import PLACE

#: "JHT1" as a number, the name of the office's lock among the locks of a database.
LOCK = 0x4A485431
#: How long, in milliseconds, another one's writing is waited for.
BUSY_MS = 30_000
#: How long, in seconds, a new connection is waited for, of each server.
CONNECT_SECONDS = 6
#: How long, in seconds, it is tried to find out whether something was stored: another server takes the place of one that has
#: failed within half a minute; and between two tries.
FIND_OUT_SECONDS, _TRY_EVERY = 60.0, 0.5
#: When a connection that says nothing is taken for gone: what was sent is not acknowledged for so long, in milliseconds; or
#: nothing came for so many seconds, and so many questions in a row, so many seconds apart, were not answered either.
_ALIVE = {"tcp_user_timeout": 8_000, "keepalives": 1, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
#: When the server takes this computer for gone, which may have fallen asleep while it held the office: as soon.
_ALIVE_THERE = {"tcp_keepalives_idle": 5, "tcp_keepalives_interval": 2, "tcp_keepalives_count": 3}


def reached(address: Address, password: str | None) -> dict[str, Any]:
    """What the driver is told of an address."""
    held: dict[str, Any] = {
        "host": ",".join(name for name, _port in address.hosts), "port": ",".join(str(port) for _name, port in address.hosts),
        "user": address.user, "dbname": address.database, "password": password, "target_session_attrs": WRITABLE,
        "connect_timeout": CONNECT_SECONDS, "application_name": "jianhui", **_ALIVE, **address.options,
        # a query is over sooner than it would be compiled
        "options": f"-c lock_timeout={BUSY_MS} -c client_min_messages=warning -c jit=off",
    }  # fmt: skip
    held["options"] += "".join(f" -c {name}={value}" for name, value in _ALIVE_THERE.items())
    held["options"] += f" -c search_path={address.district}" if address.district else ""
    return held


def connect(told: dict[str, Any], **how: Any) -> Any:
    """A new connection to the server that can be written into. It is asked first the next time: one that is off costs seconds."""
    now = dict(told)  # other threads connect too
    held = psycopg.connect(**now, autocommit=True, **how)
    hosts = list(zip(now["host"].split(","), now["port"].split(","), strict=True))
    answered = (held.pgconn.host.decode(), held.pgconn.port.decode())
    hosts.sort(key=lambda host: host != answered)
    names, ports = zip(*hosts, strict=True)
    told.update(host=",".join(names), port=",".join(ports))
    return held


def was_stored(told: dict[str, Any], over: threading.Event, table: str, field: str, value: str) -> bool | None:
    """Whether a row is there that a transaction wrote whose end was not answered; None when that cannot be found out.

    Asked over a connection of its own, under the office's lock, which that transaction had until its end: then it has ended.
    What is found may not have reached a standby yet: it is waited for until it has, by a word in the log of the server that has
    to reach it too. Whoever sets ``over`` ends it.
    """
    names = psycopg.sql.Identifier(table), psycopg.sql.Identifier(field)
    asked = psycopg.sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(*names)
    end = time.monotonic() + FIND_OUT_SECONDS
    while not over.is_set():
        try:
            with closing(connect(told)) as held, held.transaction():
                held.execute(f"SELECT pg_advisory_xact_lock(%s, {PLACE})", [LOCK])
                found = held.execute(asked, [value]).fetchone() is not None
                if found:
                    held.execute("SELECT pg_logical_emit_message(true, 'jianhui', '')")
            return found
        except (psycopg.OperationalError, psycopg.InternalError):  # not there yet, or gone again, or a standby by now
            if time.monotonic() > end or over.wait(_TRY_EVERY):
                return None
        except psycopg.Error:  # the server does not say it
            return None
    return None
