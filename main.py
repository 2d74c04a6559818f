"""建会通: one entry. Without a verb it opens the window; with one it answers at the terminal."""

import io
import os
import re
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from models.errors import Stopped, UserError
from models.files.failures import failure_of, told
from models.language import _, use_language


def main(argv: Sequence[str]) -> int:
    """Run the program. 0 done, 1 a sentence on stderr for a person, 2 a bug of ours."""
    if list(argv) == ["--import-worker"]:
        from importers.reader.child import main as read_workbook

        return read_workbook()
    from models.register.laptop import read_laptop
    from models.secrecy import keep_memory

    keep_memory()
    use_language(str(read_laptop().get("language") or ""))
    _print_what_can_be_printed()
    try:
        from cli.folder import folder_of, without_verb

        window = without_verb(argv)
        if window is not None:
            return _open_window(folder_of(window))
        from cli.arguments import run

        code = run(argv, _open_window, _paint_home)
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    except (Stopped, KeyboardInterrupt):
        print(_("已停止。没有做完的都没有写入；已经写入的批次可以用 batches 查看。"), file=sys.stderr)
        return 1
    except BrokenPipeError:
        # whoever read what we print has gone (`| head`); what is still to be flushed at the end must not complain either
        _print_nowhere()
        return 1
    except Exception as error:  # noqa: BLE001  # a bug, unless the disk or the stick is to blame
        if isinstance(error, OSError) and failure_of(error) is not None:
            _print_nowhere()
            print(told(error, _("没有做完")), file=sys.stderr)
            return 1
        # told never in the words of the data
        print(_scrubbed(traceback.format_exc()), file=sys.stderr)
        print(_("程序出了错，这是程序的问题，不是你的操作。请把上面的内容发给维护人员。"), file=sys.stderr)
        return 2
    return code


def _print_nowhere() -> None:
    """What is still to be flushed at the end must not complain again."""
    if sys.stdout is not None:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print_what_can_be_printed() -> None:
    """A rare character that the terminal's encoding lacks becomes a "?" instead of a failure."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _scrubbed(text: str) -> str:
    """A failure's text without identity numbers and phones, which its message may quote."""
    return re.sub(r"\d{7,}[0-9Xx]*", "***", text)


def _open_window(folder: Path) -> int:
    """Open the window. UserError where Qt would end the program for there is no screen."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in screens):
        from cli.parsing import program

        raise UserError(
            _("这里没有显示器，打不开窗口。可以用命令（见 {program} --help），或者运行 {program} demo 看演示。").format(
                program=program()
            )
        )
    from models.secrecy import secret_from
    from ui.shell.app import run as open_window

    secret_from("JIANHUI_PASSPHRASE")  # the window asks for it; what it starts must not have it either
    return open_window(folder)


def _paint_home(folder: Path, passphrase: str, path: Path) -> None:
    from ui.shell.picture import screenshot_home

    screenshot_home(folder, passphrase, path)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
