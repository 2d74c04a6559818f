"""Somebody between a program and its server, on the loopback, who can cut the line at a given word."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

#: Enough for any message of the tests.
_MUCH = 65_536


class Between:
    """Passes on what comes, until :meth:`cut_at`'s word goes by; listens at :attr:`port` until :meth:`close`."""

    def __init__(self, host: str, port: int) -> None:
        """Listen; ``host``: the server's, or the folder of its socket."""
        self._there = (host, port)
        self._word, self._passed_on, self._closed = b"", False, False
        self._lines: list[socket.socket] = []
        self._ear = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._ear.getsockname()[1])
        self._threads: list[threading.Thread] = []
        self._begin(self._listen)

    def cut_at(self, word: bytes, *, passed_on: bool, closed: bool = False) -> None:
        """When this word is next said to the server cut that line, without an answer.

        ``passed_on``: the server gets it and does it; ``closed``: nobody is let through any more.
        """
        self._word, self._passed_on, self._closed = word, passed_on, closed

    def close(self) -> None:
        """Let nobody through any more, and cut all lines."""
        self._let_nobody_in()
        self.cut()
        for each in self._threads:
            each.join()
        for line in self._lines:
            line.close()

    def cut(self) -> None:
        """Cut all lines; new ones are let through."""
        for line in self._lines:
            with suppress(OSError):  # it is cut already
                line.shutdown(socket.SHUT_RDWR)

    def _begin(self, work: Callable[..., None], *told: object) -> None:
        self._threads.append(threading.Thread(target=work, args=told, daemon=True))
        self._threads[-1].start()

    def _let_nobody_in(self) -> None:
        with suppress(OSError):
            self._ear.shutdown(socket.SHUT_RDWR)  # whoever waits for the next one is told
        self._ear.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _address = self._ear.accept()
                host, port = self._there
                if host.startswith("/"):
                    far = socket.socket(socket.AF_UNIX)
                    far.connect(f"{host}/.s.PGSQL.{port}")
                else:
                    far = socket.create_connection(self._there)
                self._lines += [near, far]
                for way in ((near, far, True), (far, near, False)):
                    self._begin(self._pass_on, *way)

    def _pass_on(self, near: socket.socket, far: socket.socket, asks: bool) -> None:
        with suppress(OSError):
            while said := near.recv(_MUCH):
                if asks and self._word and self._word in said:
                    self._cut(near, far, said)
                    return
                far.sendall(said)
            far.shutdown(socket.SHUT_RDWR)

    def _cut(self, near: socket.socket, far: socket.socket, said: bytes) -> None:
        self._word = b""
        if self._closed:
            self._let_nobody_in()
        near.shutdown(socket.SHUT_RDWR)
        if self._passed_on:
            far.sendall(said)
            while far.recv(_MUCH):  # all that it says to the end, which nobody hears
                if self._closed:
                    break
        with suppress(OSError):
            far.shutdown(socket.SHUT_RDWR)
