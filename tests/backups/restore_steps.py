"""A program of its own that cuts a restore off at each of its steps, and says what is there at the next start.

    python restore_steps.py FOLDER BACKUP SECRET how every      how: kill, or fail (the step raises EIO and the program
                                                                goes on); every: one of so many steps

``FOLDER`` holds a register, is copied anew for each step and never opened itself. Prints one line of JSON for each step:
whether the restore had not yet been through, the sentence that it told, and what the next start finds.
"""

import errno
import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from models.backups import restoring
from models.errors import UserError
from models.opening import opening
from models.records.employer import Employer
from models.register import keys, lock, register, traces

#: What the system is asked for, as Python announces it beforehand.
STEPS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.scandir", "os.listdir"}


class Steps:
    """Counts the steps that concern a folder, and cuts off at one of them."""

    def __init__(self) -> None:
        self.folder, self.at, self.count, self.how = "", 0, 0, ""
        sys.addaudithook(self.take)

    def take(self, event: str, args: tuple[Any, ...]) -> None:
        if event not in STEPS or not self.at:
            return
        if not any(isinstance(each, (str, os.PathLike)) and os.fspath(each).startswith(self.folder) for each in args):
            return
        self.count += 1
        if self.count == self.at:
            if self.how == "kill":
                os._exit(9)
            raise OSError(errno.EIO, "made to fail")


def in_child(function: Callable[[], str]) -> tuple[int, str]:
    """Run in a child of this program: its exit code, and what it wrote."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            os.write(theirs, function().encode())
            code = 0
        except BaseException:  # noqa: BLE001  # whatever it is, the parent tells it
            traceback.print_exc()
        os._exit(code)
    os.close(theirs)
    with os.fdopen(ours, "rb") as stream:
        said = stream.read().decode()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


def main() -> None:
    """Try every step until the restore gets through without being cut off."""
    source, backup, secret, how, every = Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:6]
    keys.COST = keys.COST | {"n": 2**10}
    steps, at, through = Steps(), 1 - int(every), False
    while not through:
        at += int(every)
        folder = source.with_name(f"step-{at}")
        shutil.copytree(source, folder)

        def restored(folder: Path = folder, at: int = at) -> str:
            with lock.writing(folder, "恢复备份"):
                steps.folder, steps.at, steps.how = str(folder), at, how
                try:
                    restoring.restore(folder, backup, secret)
                except UserError as error:
                    return f"{steps.count} {error}"
                finally:
                    steps.at = 0
            return f"{steps.count} "

        def found(folder: Path = folder) -> str:
            lock.settle(folder)
            if not traces.exists(folder):
                return "nothing"
            with lock.writing(folder, "打开"):
                opening.open_register(folder, secret)
                names = ",".join(sorted(each.name for each in Employer.select()))
                register.close_register()
            left = [path.name for path in folder.iterdir() if path.name.startswith("restoring")]
            return names + ("" if not left else f" and {left}")

        code, said = in_child(restored)
        count, _space, sentence = said.partition(" ")
        through = code == 0 and int(count) < at
        _code, state = in_child(found)
        kept = [path.name for path in folder.glob("before-restore-*")]
        print(json.dumps({"step": at, "code": code, "through": through, "said": sentence, "found": state, "kept": kept}))
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
