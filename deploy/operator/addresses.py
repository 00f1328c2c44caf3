"""Where the processes answer: the environment's word, else the local stack's ports."""

import os
from collections.abc import Iterator

from shared.settings import API_PORTS, SERVICES, WORKER_PORTS, ServiceName

ISSUER_PORT = 8180
FRONT_DOOR_PORT = 8080


def offset() -> int:
    """What ``KCITY_PORT_OFFSET`` adds to every port."""
    return int(os.environ.get("KCITY_PORT_OFFSET") or 0)


def issuer_url() -> str:
    """``KCITY_ISSUER_URL``, else the local issuer."""
    return os.environ.get("KCITY_ISSUER_URL") or f"http://127.0.0.1:{ISSUER_PORT + offset()}"


def api_url(service: ServiceName) -> str:
    """``KCITY_INTAKE_API_URL`` and so on, else the local API."""
    given = os.environ.get(f"KCITY_{service.upper()}_API_URL")
    return (given or f"http://127.0.0.1:{API_PORTS[service] + offset()}").rstrip("/")


def worker_url(service: ServiceName) -> str:
    """``KCITY_INTAKE_WORKER_URL`` and so on, else the local worker's health address."""
    given = os.environ.get(f"KCITY_{service.upper()}_WORKER_URL")
    return (given or f"http://127.0.0.1:{WORKER_PORTS[service] + offset()}").rstrip("/")


def front_door_url() -> str:
    """``KCITY_PUBLIC_URL``, else the local front door."""
    given = os.environ.get("KCITY_PUBLIC_URL")
    return (given or f"http://127.0.0.1:{FRONT_DOOR_PORT + offset()}").rstrip("/")


def processes() -> Iterator[tuple[str, str]]:
    """Name and address of every process that tells its health."""
    for service in SERVICES:
        yield f"{service}-api", api_url(service)
        yield f"{service}-worker", worker_url(service)
    yield "issuer", issuer_url()
    yield "front-door", front_door_url()
