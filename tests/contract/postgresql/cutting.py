"""A line to the server that can be cut: before a message arrives, or before its answer is back."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path
from threading import Thread

BEFORE, AFTER = "before", "after"


class Cutter:
    """Listens on a socket of its own, hands everything on, and counts the questions."""

    def __init__(self, server: Path, folder: Path) -> None:
        self._server = f"{server}/.s.PGSQL.5432"
        self.count = 0
        self.at = 0
        self.how = BEFORE
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(f"{folder}/.s.PGSQL.5432")
        self._listening.listen()
        Thread(target=self._accept, daemon=True).start()

    def cut(self, at: int, how: str) -> None:
        """Cut at the `at`-th question from now."""
        self.count, self.at, self.how = 0, at, how

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._server)
                Thread(target=self._serve, args=(client, server), daemon=True).start()

    def _serve(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError, EOFError), client, server:
            server.sendall(_message(client, typed=False))
            self._answer(server, client)
            while True:
                question = _message(client, typed=True)
                self.count += question[:1] == b"Q"
                cut = self.count == self.at
                if cut and self.how == BEFORE:
                    return
                server.sendall(question)
                self._answer(server, None if cut else client)
                if cut:
                    return

    @staticmethod
    def _answer(server: socket.socket, client: socket.socket | None) -> None:
        """Until the server is ready for another question."""
        while True:
            message = _message(server, typed=True)
            if client is not None:
                client.sendall(message)
            if message[:1] == b"Z":
                return


def _message(end: socket.socket, *, typed: bool) -> bytes:
    head = _exactly(end, 5 if typed else 4)
    return head + _exactly(end, int.from_bytes(head[-4:], "big") - 4)


def _exactly(end: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = end.recv(size - len(data))
        if not piece:
            raise EOFError
        data += piece
    return data
