"""建会通: one entry. Without a verb it opens the window; with one it answers at the terminal."""

import io
import os
import re
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from models.errors import Stopped, UserError
from models.language import _, use_language


def main(argv: Sequence[str]) -> int:
    """Run the program. 0 done, 1 a sentence on stderr for a person, 2 a bug of ours."""
    if list(argv) == ["--import-worker"]:
        from importers.reader.child import main as read_workbook

        return read_workbook()
    from models.register.laptop import read_laptop

    use_language(str(read_laptop().get("language") or ""))
    _print_what_can_be_printed()
    try:
        from cli.arguments import run

        code = run(argv, _open_window, _paint_home)
        if sys.stdout is not None:  # a program started without a console has none
            sys.stdout.flush()
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    except (Stopped, KeyboardInterrupt):
        print(_("已停止。没有做完的都没有写入；已经写入的批次可以用 batches 查看。"), file=sys.stderr)
        return 1
    except BrokenPipeError:
        # whoever read what we print has gone (`| head`); what is still to be flushed at the end must not complain either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception:  # noqa: BLE001  # a bug, whichever it is: tell it, and never in the words of the data
        print(_scrubbed(traceback.format_exc()), file=sys.stderr)
        print(_("程序出了错，这是程序的问题，不是你的操作。请把上面的内容发给维护人员。"), file=sys.stderr)
        return 2
    return code


def _print_what_can_be_printed() -> None:
    """A rare character that the terminal's encoding lacks becomes a "?" instead of a failure."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _scrubbed(text: str) -> str:
    """A failure's text without identity numbers and phones, which its message may quote."""
    return re.sub(r"\d{7,}[0-9Xx]*", "***", text)


def _open_window(folder: Path) -> int:
    """Open the window. UserError where Qt would end the program because there is no screen."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in screens):
        raise UserError(
            _("这里没有显示器，打不开窗口。可以用命令（见 main.py --help），或者运行 main.py demo 看演示。")
        )
    from ui.shell.app import run as open_window

    return open_window(folder)


def _paint_home(folder: Path, passphrase: str, path: Path) -> None:
    from ui.shell.app import screenshot_home

    screenshot_home(folder, passphrase, path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
