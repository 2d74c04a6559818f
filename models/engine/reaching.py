"""Being in touch with an office's server: what is announced to others, hearing it, and knowing when the server is away.

Over a file there is nobody to be in touch with: nothing is announced, and nothing is ever away.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from models.engine import database
from models.engine.running import Listening, server


def announce(text: str) -> None:
    """Within a transaction: tell every other program over this server a line, once, and only if the transaction ends well."""
    engine = server()
    if engine is not None:
        engine.announce(text)


@contextmanager
def listen() -> Iterator[Listening]:
    """Hear what is announced from now on, over a connection of its own. Raises UserError when that ends or cannot be."""
    engine = server()
    if engine is None:
        raise ValueError("over a file there is nobody to listen to")
    with database.damage_told():
        ear = engine.listen()
        try:
            yield ear
        finally:
            ear.close()


def be_away(away: bool) -> None:
    """Say that the server is known not to be there, or is there again: meanwhile nobody waits for it, but is told at once."""
    engine = server()
    if engine is not None:
        engine.be_away(away)


def is_away() -> bool:
    """True while the server is known not to be there."""
    engine = server()
    return engine is not None and engine.is_away


def cut_off() -> None:
    """End whatever waits for the server, in any thread, with an error: nobody will look at the answer."""
    engine = server()
    if engine is not None:
        engine.cut_off()


def used_password() -> bool:
    """True when the open register's server asked for a password."""
    engine = server()
    return engine is not None and engine.used_password
