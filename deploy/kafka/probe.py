"""Asks a Kafka broker which requests it knows: the smallest question of the protocol."""

import socket
import struct

_API_VERSIONS = 18
_CLIENT = b"kcity-probe"
_CORRELATION = 7


def broker_answers(host: str, port: int, timeout_seconds: float = 1.0) -> bool:
    """Whether the broker at ``host:port`` answers ApiVersions (version 0) without an error.

    A KRaft broker answers only once its controller has admitted it. Source: Kafka protocol guide.
    """
    request = struct.pack(">hhih", _API_VERSIONS, 0, _CORRELATION, len(_CLIENT)) + _CLIENT
    try:
        with socket.create_connection((host, port), timeout=timeout_seconds) as connection:
            connection.sendall(struct.pack(">i", len(request)) + request)
            with connection.makefile("rb") as answer:
                head = answer.read(10)
    except OSError:
        return False
    if len(head) < 10:  # noqa: PLR2004 - length, correlation id, error code
        return False
    _, correlation, error = struct.unpack(">iih", head)
    return bool(correlation == _CORRELATION and error == 0)
