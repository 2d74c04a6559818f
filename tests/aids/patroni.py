"""Servers that stand in for each other: PostgreSQL under Patroni, with etcd, on the loopback in a temporary folder.

Set up as ``docs/城市规模.md`` tells an administrator to, by the file that stands there; but with one etcd, and all on one computer.
A node is killed as far as a process can be: Patroni and its PostgreSQL at once, without a word.
"""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from peewee import OperationalError

from models.engine.addresses import Address, Host
from tests.aids.certificates import Authority, give_to
from tests.aids.engines import children, free_port, memory, programs

#: Where an administrator is told how to set it up.
_PAGE = Path(__file__).parents[2] / "docs" / "城市规模.md"
#: Seconds for all of them to be up, on a machine that does other things.
_PATIENCE = 180
#: The password of everybody there.
PASSWORD = "lamp-kitchen-7"  # of servers that are gone with the test; Patroni 3.0 takes ASCII alone


def installed() -> bool:
    """True where PostgreSQL, Patroni and etcd are, and what makes certificates."""
    return programs() is not None and all(shutil.which(each) for each in ("patroni", "patronictl", "etcd", "openssl"))


def _why_not() -> str:
    """Why no server is killed to see another one take its place; "" where it can be and somebody wants to wait for it."""
    if not installed():
        return "Patroni or etcd is not installed: apt install postgresql patroni etcd-server openssl"
    return "" if os.environ.get("JIANHUI_FULL") else "three minutes of waiting: with JIANHUI_FULL=1"


#: Of tests that wait for one server to take the place of another.
fails_over = pytest.mark.skipif(bool(_why_not()), reason=_why_not())


class Patroni:
    """So many nodes, the first of them the leader at first; running until :meth:`remove`."""

    def __init__(self, count: int = 3) -> None:
        """Made and started, with one standby in step with the leader."""
        self.folder = Path(tempfile.mkdtemp(prefix="jianhui-patroni-", dir=memory()))
        self.folder.chmod(0o755)
        self.nodes = [f"node{number}" for number in range(1, count + 1)]
        self.ports = {name: free_port() for name in self.nodes}
        self._rest = {name: free_port() for name in self.nodes}
        self._etcd_port = free_port()
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self.authority = Authority(self.folder / "signed", "办公室")
        signed = self.authority.sign("db", "IP:127.0.0.1")
        for name in ("etcd", *self.nodes):
            (self.folder / name).mkdir(mode=0o700)
            give_to(self.folder / name, *signed)
        if os.getuid() == 0:  # the server refuses to run as root
            for each in (self.folder, *self.folder.iterdir()):
                shutil.chown(each, "postgres", "postgres")
        try:
            self._start_etcd()
            for name in self.nodes:
                self.start(name)
                self.until(lambda: self.leader() is not None, "there is a leader")
            self.in_step()
            self.say(f"CREATE ROLE jianhui LOGIN CREATEROLE CREATEDB PASSWORD '{PASSWORD}'")
        except BaseException:
            self.remove()
            raise

    def address(self, name: str, user: str = "jianhui") -> Address:
        """That of a database, with all nodes in it."""
        first, *others = (Host("127.0.0.1", self.ports[each]) for each in self.nodes)
        return Address(user, first.name, first.port, name, self._known(), others=tuple(others))

    def alone(self, name: str, node: str) -> Address:
        """That of a database, with one node alone in it."""
        return Address("jianhui", "127.0.0.1", self.ports[node], name, self._known())

    def _known(self) -> dict[str, str]:
        return {"sslmode": "verify-full", "sslrootcert": str(self.authority.file)}

    def start(self, name: str) -> None:
        """Start a node, for the first time or after it was killed."""
        place = self.folder / f"{name}.yml"
        place.write_text(self._configuration(name), "utf-8")
        self._run(name, "patroni", str(place))

    def kill(self, name: str) -> None:
        """Kill a node at once: Patroni and its PostgreSQL."""
        pids = [self._running[name].pid]
        with suppress(OSError, IndexError, ValueError):
            pids.append(int((self.folder / name / "data" / "postmaster.pid").read_text().split()[0]))
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._running.pop(name).wait()

    def pause(self, name: str) -> None:
        """Let a node's PostgreSQL stand still, with all of its processes; its Patroni goes on."""
        self._signal(name, signal.SIGSTOP)

    def resume(self, name: str) -> None:
        """Let it go on."""
        self._signal(name, signal.SIGCONT)

    def _signal(self, name: str, what: signal.Signals) -> None:
        main = int((self.folder / name / "data" / "postmaster.pid").read_text().split()[0])
        for pid in (main, *children(main)):
            os.kill(pid, what)

    def switch_over(self) -> None:
        """Let another node be the leader, as an administrator does it."""
        leader, place = self.leader(), self.folder / f"{self.nodes[0]}.yml"
        assert leader is not None
        order = ["patronictl", "-c", str(place), "switchover", "jianhui", "--master", leader, "--force"]
        subprocess.run(order, check=True, capture_output=True, env=self._environment())

    def leader(self) -> str | None:
        """The node that leads, as they all see it; None once it was killed, until another does."""
        for member in self.members():
            if member["role"] == "leader" and member["state"] == "running" and self.runs(member["name"]):
                return str(member["name"])
        return None

    def members(self) -> list[dict[str, Any]]:
        """What the first node that answers knows of all of them."""
        for name in self._running:
            if name in self._rest:
                with suppress(OSError, ValueError, KeyError), self._asked(name) as answer:
                    return list(json.load(answer)["members"])
        return []

    def _asked(self, name: str) -> Any:
        return urlopen(f"http://127.0.0.1:{self._rest[name]}/cluster", timeout=3)  # the loopback

    def runs(self, name: str) -> bool:
        """True for a node that was started and not killed since."""
        return name in self._running

    def whole(self) -> None:
        """Wait until all nodes run again, and one is in step."""
        there = ("running", "streaming")
        self.until(lambda: len([each for each in self.members() if each["state"] in there]) == len(self.nodes), "all run")
        self.in_step()

    def led(self) -> None:
        """Wait until one leads, and can be written into."""
        self.until(lambda: self.leader() is not None and self._writes(), "one leads")

    def _writes(self) -> bool:
        try:
            return self.say("SELECT pg_is_in_recovery()") == [(0,)]
        except OperationalError:
            return False

    def in_step(self) -> None:
        """Wait until one of those that follow has all that the leader has, and so may take its place."""
        self.until(lambda: any(each["role"] == "sync_standby" for each in self.members()), "one is in step")

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait until something holds. AssertionError when it takes too long, with the ends of all logs."""
        end = time.monotonic() + _PATIENCE
        while not holds():
            ended = [name for name, each in self._running.items() if each.poll() is not None]
            if ended or time.monotonic() > end:
                tails = {each.name: each.read_text()[-2_000:] for each in self.folder.glob("*.log")}
                told = "\n".join(f"{name}\n{text}" for name, text in tails.items())
                raise AssertionError(f"not in {_PATIENCE} s, ended {ended}: {what}\n{told}")
            time.sleep(0.2)

    def say(self, text: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run a statement past the program, over the leader; its rows."""
        leader = self.leader()
        assert leader is not None
        from models.engine.postgres import (
            PostgresEngine,
        )  # with the driver: where no server is asked for there need be none

        there = Address("postgres", "127.0.0.1", self.ports[leader], database, self._known())
        with closing(PostgresEngine(there, PASSWORD).handle) as held:
            cursor = held.execute_sql(text)
            return list(cursor.fetchall()) if cursor.description else []

    def remove(self) -> None:
        """Kill all of them, and remove all that was there."""
        for name in [*self._running]:
            self.kill(name)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start_etcd(self) -> None:
        here, peers = f"http://127.0.0.1:{self._etcd_port}", f"http://127.0.0.1:{free_port()}"
        options = {
            "name": "etcd", "data-dir": self.folder / "etcd", "listen-client-urls": here, "advertise-client-urls": here,
            "listen-peer-urls": peers, "initial-advertise-peer-urls": peers, "initial-cluster": f"etcd={peers}",
        }  # fmt: skip
        self._run("etcd", "etcd", *(f"--{name}={value}" for name, value in options.items()))

    def _run(self, name: str, *order: str) -> None:
        other: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
        with (self.folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                order, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder, env=self._environment(), **other
            )

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "PATRONI", "ETCD", "PYTHON"))}
        return kept | {"LC_ALL": "C.UTF-8", "HOME": str(self.folder)}

    def _configuration(self, name: str) -> str:
        """The file of the page for administrators, with the places and the password of here."""
        found, place, rest = programs(), self.folder / name, f"127.0.0.1:{self._rest[name]}"
        told = _PAGE.read_text("utf-8").partition("```yaml\n")[2].partition("```")[0]
        for written, meant in (
            ("name: jia\n", f"name: {name}\n"), ("10.1.0.11:8008", rest), ("10.1.0.11:5432", f"127.0.0.1:{self.ports[name]}"),
            ("10.1.0.11:2379,10.1.0.12:2379,10.1.0.13:2379", f"127.0.0.1:{self._etcd_port}"), ("10.1.0.0/24", "127.0.0.1/32"),
            ("/var/lib/postgresql/15/jianhui", f"{place}/data"), ("/usr/lib/postgresql/15/bin", str(found)),
            ("/var/lib/postgresql/15/pgpass", f"{place}/pgpass"), ("/var/run/postgresql", str(place)),
            ("/etc/patroni/", f"{place}/"), ("换成自己的", PASSWORD),
        ):  # fmt: skip
            assert written in told, written
            told = told.replace(written, meant)
        return told
