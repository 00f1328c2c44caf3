"""The address where one child says that it is ready: a datagram socket, as in ``sd_notify(3)``.

Each child has its own, so that nobody else's word counts for it.
"""

import asyncio
import contextlib
import socket
import sys
from pathlib import Path
from uuid import uuid4

from shared.handover import READY

LONGEST_BYTES = 4096


class ReadinessSocket:
    """One address. ``said`` is set when the child says that it is ready."""

    def __init__(self, folder: Path) -> None:
        self.said = asyncio.Event()
        self._file: Path | None = None
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        if sys.platform == "linux":  # an abstract name needs no file and has no limit of path length
            self.address = f"@kcity-{uuid4().hex}"
            self._socket.bind("\0" + self.address[1:])
        else:
            self._file = folder / f"ready-{uuid4().hex[:8]}"
            self.address = str(self._file)
            self._socket.bind(self.address)
        asyncio.get_running_loop().add_reader(self._socket, self._heard)

    def _heard(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while words := self._socket.recv(LONGEST_BYTES):
                if READY in words.splitlines():
                    self.said.set()

    def close(self) -> None:
        """Listen no more."""
        if self._socket.fileno() >= 0:
            asyncio.get_running_loop().remove_reader(self._socket)
            self._socket.close()
        if self._file is not None:
            self._file.unlink(missing_ok=True)
