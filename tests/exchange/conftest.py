"""Two laptops with an empty register each."""

from pathlib import Path

import pytest

from models.register.register import Register
from tests.exchange.laptops import Laptop


@pytest.fixture
def two(empty_register: Register, tmp_path: Path) -> tuple[Laptop, Laptop]:
    return Laptop(empty_register, tmp_path, "a" * 16, "王甲"), Laptop(empty_register, tmp_path, "b" * 16, "李乙")
