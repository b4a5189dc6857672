"""The reader and writer of a visitor's process: packets on its standard streams, from and to the
server of `keycode-portal serve`, as `tui.web.visitor` has them.
"""

from __future__ import annotations

import json
import os
from typing import Any

from textual.app import App
from textual.drivers.web_driver import WebDriver
from textual.events import Resize
from textual.geometry import Size

from tui.full_screen.input.key_reader import CHUNK, KeyReader, KeysDropped
from tui.full_screen.input.textual_private import wait_for_reader
from tui.full_screen.input.writer import ChangesWriter
from tui.terminal.shutdown import terminal_gone
from tui.terminal.window import DESIGNED_FOR, possible_size

HEAD = 5
"""Bytes before the payload."""


class WebPortalDriver(KeyReader, ChangesWriter, WebDriver):
    """For a terminal in a browser."""

    def __init__(self, app: App[None], **options: Any) -> None:
        super().__init__(app, **options)
        self.set_size(*DESIGNED_FOR)  # until the server says another one, which it does at once
        self._arrived = bytearray()

    def read(self) -> bytes | None:
        """The keys in the packets that have come; others are worked off."""
        data = os.read(self.source, CHUNK)
        if not data:
            return None
        self._arrived += data
        keys = b""
        while packet := self._next_packet():
            kind, payload = packet
            if kind == b"D":
                keys += payload
            else:
                message = json.loads(payload)
                self.on_meta(message["type"], message)
        return keys

    def _next_packet(self) -> tuple[bytes, bytes] | None:
        end = HEAD + int.from_bytes(self._arrived[1:HEAD], "big")
        if len(self._arrived) < HEAD or len(self._arrived) < end:
            return None
        packet = bytes(self._arrived[:1]), bytes(self._arrived[HEAD:end])
        del self._arrived[:end]
        return packet

    def on_meta(self, packet_type: str, payload: dict[str, Any]) -> None:
        """The size of the page, or that it was left waiting for too long."""
        match packet_type:
            case "resize":
                size = possible_size(payload["width"], payload["height"])
                self.set_size(*size)
                self.sized(*size)
                self.app.post_message(Resize(Size(*size), Size(*size)))
            case "dropped":
                self.app.post_message(KeysDropped())

    def write(self, data: str) -> None:
        """Show something."""
        changes = self.only_changes(data)
        if not changes:
            return
        try:
            super().write(changes)
        except BrokenPipeError:
            terminal_gone()

    def write_meta(self, data: dict[str, object]) -> None:
        """Tell the server something."""
        try:
            super().write_meta(data)
        except BrokenPipeError:
            terminal_gone()

    def disable_input(self) -> None:
        """End the reader."""
        self.exit_event.set()
        with self.awake():
            wait_for_reader(self)
