"""What several of the commands' tests begin with."""

import shutil

import pytest

from models.register.register import Register
from tests.aids import engines
from tests.aids.terminal import ROSTER, Commands, stocked


@pytest.fixture(scope="session")
def two_members(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    """A register into which ``ROSTER`` was imported; made once and closed."""
    return stocked(empty_register, tmp_path_factory.mktemp("members"), {"a": {"名单": ROSTER}})


@pytest.fixture
def members(run: Commands, two_members: Register) -> None:
    """Two members in the register."""
    shutil.rmtree(run.folder)
    engines.copied(two_members, run.folder)
