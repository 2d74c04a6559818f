"""The picture of the first page, painted without a screen, as the demo leaves it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from models.errors import UserError
from models.journal.writer import Author
from models.register import register as room
from models.register.register import Register
from tests.aids.speaking import PASSPHRASE, imported_rows
from ui.shell.picture import screenshot_home

EMPLOYERS = [
    ["单位名称", "单位性质", "所在区划", "职工人数", "是否经营"],
    ["重庆甲示例有限公司", "私营企业", "沙坪坝区小龙坎街道", 126, "是"],
]
PAINT = (
    "import sys, pathlib, ui.shell.picture;"
    " ui.shell.picture.screenshot_home(pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3]))"
)


@pytest.fixture
def closed(register: Register, author: Author, tmp_path: Path) -> Path:
    """The folder of a register that holds one employer and is closed."""
    imported_rows(author, tmp_path, EMPLOYERS, "单位")
    room.close_register()
    return register.folder


def test_the_picture_is_as_large_as_the_commonest_screen(closed: Path, tmp_path: Path) -> None:
    screenshot_home(closed, PASSPHRASE, tmp_path / "home.png")
    picture = QImage(str(tmp_path / "home.png"))
    assert (picture.width(), picture.height()) == (1366, 768)


def test_a_picture_that_cannot_be_saved_is_told(closed: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有保存到"):
        screenshot_home(closed, PASSPHRASE, tmp_path / "no such folder" / "home.png")


def test_painting_without_a_screen_says_nothing(closed: Path, tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", PAINT, str(closed), PASSPHRASE, str(tmp_path / "home.png")],
        cwd=Path(__file__).parent.parent.parent.parent, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert (told.stdout, told.stderr) == ("", "")
    assert (tmp_path / "home.png").stat().st_size > 0
