"""Where the processes answer: the environment's word, else the local stack's ports."""

import os
from collections.abc import Iterator

from shared.settings import API_PORTS, SERVICES, WORKER_PORTS

ISSUER_PORT = 8180
FRONT_DOOR_PORT = 8080


def offset() -> int:
    """What ``KCITY_PORT_OFFSET`` adds to every port."""
    return int(os.environ.get("KCITY_PORT_OFFSET") or 0)


def issuer_url() -> str:
    """``KCITY_ISSUER_URL``, else the local issuer."""
    return os.environ.get("KCITY_ISSUER_URL") or f"http://127.0.0.1:{ISSUER_PORT + offset()}"


def processes() -> Iterator[tuple[str, str]]:
    """Name and address of every process that tells its health."""
    for service in SERVICES:
        yield f"{service}-api", f"http://127.0.0.1:{API_PORTS[service] + offset()}"
        yield f"{service}-worker", f"http://127.0.0.1:{WORKER_PORTS[service] + offset()}"
    yield "issuer", issuer_url()
    yield "front-door", f"http://127.0.0.1:{FRONT_DOOR_PORT + offset()}"
