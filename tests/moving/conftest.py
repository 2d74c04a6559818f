"""A server with empty databases, and commands over whatever --data names."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from models.engine.addresses import Address
from tests.aids.engines import PostgresServer
from tests.aids.speaking import PASSPHRASE
from tests.aids.terminal import Commands

_numbers = count(1)


@pytest.fixture
def database_of(server: PostgresServer) -> Callable[[str], Address]:
    """Makes an empty database whose name begins so."""

    def made(name: str) -> Address:
        called = f"{name}_{next(_numbers)}"
        server.say(f'CREATE DATABASE "{called}"')
        return server.address(called)

    return made


@pytest.fixture
def terminal(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Commands over whatever --data names."""
    monkeypatch.setenv("JIANHUI_PASSPHRASE", PASSPHRASE)
    return Commands(tmp_path, capfd)
