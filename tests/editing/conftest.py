"""What several tests of changes by hand begin with."""

import pytest

from models.records.region import load_index
from models.register.register import Register
from models.values.region_index import RegionIndex
from tests.aids.speaking import TODAY


@pytest.fixture
def index(register: Register) -> RegionIndex:
    """The regions of the open register."""
    return load_index(TODAY)
