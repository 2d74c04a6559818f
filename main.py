"""建会通: one entry. Alone, or with only ``--data DIR``, it opens the window; otherwise its first argument is a verb."""

import re
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from models.errors import Stopped, UserError
from models.language import _, use_language
from models.register import default_folder


def main(argv: Sequence[str]) -> int:
    """Run the program. 0 done, 1 a sentence on stderr for a person, 2 a bug of ours."""
    if list(argv) == ["--import-worker"]:
        from importers.reader_child import main as read_workbook

        return read_workbook()
    use_language()
    try:
        if not argv or (argv[0] == "--data" and len(argv) == 2):
            return _open_window(Path(argv[1]) if argv else default_folder())
        from cli.arguments import run

        return run(argv, _paint_home)
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    except (Stopped, KeyboardInterrupt):
        print(_("已停止，什么都没有写入。"), file=sys.stderr)
        return 1
    except Exception:  # noqa: BLE001  # a bug, whichever it is: tell it, and never in the words of the data
        print(_scrubbed(traceback.format_exc()), file=sys.stderr)
        print(_("程序出了错，这是程序的问题，不是你的操作。请把上面的内容发给维护人员。"), file=sys.stderr)
        return 2


def _scrubbed(text: str) -> str:
    """A failure's text without identity numbers and phones, which its message may quote."""
    return re.sub(r"\d{7,}[0-9Xx]*", "***", text)


def _open_window(folder: Path) -> int:
    from ui.app import run as open_window

    return open_window(folder)


def _paint_home(folder: Path, passphrase: str, path: Path) -> None:
    from ui.app import screenshot_home

    screenshot_home(folder, passphrase, path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
