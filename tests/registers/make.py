"""Make the registers of this folder, each by the program of its time: ``python -m tests.registers.make SCHEMA CHECKOUT``.

CHECKOUT is a folder with that program (``git worktree add CHECKOUT COMMIT``; the commits stand in :data:`PROGRAMS`). Its own
command line does all the work, over its own samples and two small lists of invented people: import, correct, undo, and from
schema 3 on a case, a visit, a target, work, a merge. Then it is asked what ``asked.py`` asks, and its answers are kept.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.registers.asked import answers
from tests.registers.packed import pack

#: Schema → the release, where there was one, and the commit of the last program that wrote it.
PROGRAMS = {
    1: ("0.1.0", "2820391"),
    2: ("", "99dad62"),
    3: ("0.2.0", "add0bb1"),
    4: ("", "feff49b^"),
    5: ("0.3.0", "184d0b8"),
}
HERE = Path(__file__).resolve().parent
PASSPHRASE = "渝中 2026 旧登记册"
#: The day on which a register is asked; what is done in it is done before.
ASKED = "2026-11-22T01:00:00+00:00"
#: What a program of its own does: the clock stands at a moment, and wrapping a key takes little work, as the key file says.
_CALL = """
import datetime as dt, sys
sys.path.insert(0, sys.argv[1])
import time_machine
from models import keys
keys.COST = {**keys.COST, "n": 2**10}
with time_machine.travel(dt.datetime.fromisoformat(sys.argv[2])):
    from main import main
    code = main(sys.argv[3:])
sys.exit(code)
"""
UNION = "沙坪坝区小龙坎街道商贸服务业联合工会"
_HEADER = ("姓名", "身份证号", "手机", "所属工会", "学历", "入会日期")
#: Invented people: right check digits, numbers that nobody has.
FIRST = (
    ("王五", "500106198503079012", "19900000001", UNION, "大专", "2026-05-06"),
    ("李四", "500103199002289025", "19900000002", UNION, "高中", "2026-06"),
)
CORRECTED = (("王五", "500106198503079012", "19900000011", UNION, "本科", "2026-05-06"),)
MISTAKEN = (("赵示例", "510202197811119036", "19900000003", UNION, "初中", "2026-07-01"),)
EMPLOYER = "重庆椿屿家政服务有限公司"
_WORK = (
    ("case", EMPLOYER, "--contact", "way=上门,attitude=观望,person_met=冯示例,outcome=愿意再谈", "--date", "2026-11-12"),
    ("case", EMPLOYER, "--move", "筹建中", "--skip", "--number", "渝工筹〔2026〕1 号", "--date", "2026-11-13"),
    ("targets", "set", "new_members", "60", "--year", "2026", "--source", "年度工作要点"),
    ("ledger", "add", "--kind", "劳动争议调解", "--date", "2026-11-14", "--quantity", "3", "--done", "2", "--title", "欠薪"),
    ("groups", "--alias", "快递员=送件师傅"),
)


class Program:
    """The command line of a checkout over one register; each command is a program of its own at a moment of its own."""

    def __init__(self, checkout: Path, folder: Path) -> None:
        self.checkout, self.folder = checkout, folder
        self.minute = 0
        self.moment = ""
        laptop = folder.with_name("laptop.json")
        laptop.write_text(json.dumps({"person": "吴示例"}, ensure_ascii=False), "utf-8")
        self.environment = os.environ | {"JIANHUI_PASSPHRASE": PASSPHRASE, "JIANHUI_LAPTOP": str(laptop)}

    def __call__(self, *arguments: str | Path) -> Any:
        """The object that a command answers with; the register's clock goes on by a minute while it is being made."""
        self.minute += 1
        moment = self.moment or f"2026-11-{16 + self.minute // 60:02}T02:{self.minute % 60:02}:00+00:00"
        command = [sys.executable, "-c", _CALL, str(self.checkout), moment, *map(str, arguments)]
        command += ["--data", str(self.folder), "--json"]
        done = subprocess.run(
            command, cwd=self.checkout, env=self.environment, capture_output=True, text=True, encoding="utf-8", check=False
        )
        if done.returncode not in {0, 1} or not done.stdout.strip():
            raise SystemExit(f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}")
        return json.loads(done.stdout)


def _list(path: Path, rows: tuple[tuple[str, ...], ...]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([_HEADER, *rows])
    return path


def _fill(run: Program, schema: int, folder: Path) -> None:
    """A few weeks of work."""
    samples = sorted(path for path in (run.checkout / "samples").iterdir() if path.name[:2].isdigit())
    run("import", *samples, "--returned", folder / "returned")
    run("import", _list(folder / "入会.csv", FIRST), "--as", "workers")
    run("import", _list(folder / "更正.csv", CORRECTED), "--as", "workers")
    mistaken = run("import", _list(folder / "误录.csv", MISTAKEN), "--as", "workers")["batch"]
    run("undo", str(mistaken))
    if schema < 3:
        return
    for command in _WORK:
        run(*command)
    pair = run("duplicates", "employers")["pairs"][0]
    run("merge", pair["left"]["uid"], pair["right"]["uid"])


def make(schema: int, checkout: Path) -> None:
    """Make the register of a schema and what its program says of it."""
    release, _commit = PROGRAMS[schema]
    name = f"schema{schema}" + (f"-{release}" if release else "")
    with tempfile.TemporaryDirectory() as given:
        folder = Path(given)
        run = Program(checkout.resolve(), folder / "data")
        _fill(run, schema, folder)
        run.moment = ASKED
        told = answers(run, folder, schema)
        pack(run.folder, PASSPHRASE, HERE / f"{name}.zip")
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    (HERE / f"{name}.json").write_text(text.replace("],[", "],\n[").replace("},", "},\n") + "\n", "utf-8")


if __name__ == "__main__":
    make(int(sys.argv[1]), Path(sys.argv[2]))
