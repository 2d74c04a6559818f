"""What several tests of the window's frame begin with."""

from contextlib import ExitStack

import pytest


@pytest.fixture
def held() -> ExitStack:
    """Where the door puts the lock that the window holds until it closes."""
    return ExitStack()
