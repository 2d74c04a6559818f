"""How the tests of hostile and odd workbooks read one."""

from pathlib import Path

import pytest

from models.register.register import Register
from tests.importers.workbook.trap_files import Understood, reader_in


@pytest.fixture
def understood(register: Register, tmp_path: Path) -> Understood:
    """Reads what a file's bytes say."""
    return reader_in(tmp_path)
