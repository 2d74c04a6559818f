"""The whole table of what follows a write, for whoever opens a register: here all modules are loaded that own a row of it."""

from contextlib import AbstractContextManager

from models.drive import cases
from models.journal import followers, learning
from models.journal.followers import Follower
from models.journal.here import Here
from models.lists import search
from models.standing import past_counts

#: The modules that own a row: each has put it into the table when it was imported.
OWNERS = (learning, cases, search, past_counts)


def keeping_up(here: Here) -> AbstractContextManager[None]:
    """Inside, whatever has to follow a write does so right after it, before the next line: for the command line."""
    return followers.running(here)


def follower(name: str) -> Follower:
    """One row, for the window, which has what follows wait for its turn. KeyError for a name that no row has."""
    return followers.row(name)
