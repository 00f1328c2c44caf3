"""``kcity status``: what every process says about itself."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import typer
from rich.console import Console
from rich.table import Table

from deploy.operator.addresses import processes

NOT_READY = 1
TIMEOUT_SECONDS = 3.0
DISCOVERY = "/.well-known/openid-configuration"
ROUTES = {"issuer": (DISCOVERY, DISCOVERY), "front-door": ("/health", "/health")}
"""Where the two that are not services tell as much."""


@dataclass(frozen=True, slots=True)
class Said:
    """Answers to ``/health`` and ``/ready``: a status code and the reasons, or why there is none."""

    name: str
    address: str
    health: str
    ready: str
    is_ready: bool


def ask(process: tuple[str, str]) -> Said:
    """Ask one process; never raises."""
    name, address = process
    health_route, ready_route = ROUTES.get(name, ("/health", "/ready"))
    health, _ = _get(address + health_route)
    ready, is_ready = _get(address + ready_route)
    return Said(name, address, health, ready, is_ready)


def _get(url: str) -> tuple[str, bool]:
    try:
        answer = httpx.get(url, timeout=TIMEOUT_SECONDS, trust_env=False)
    except httpx.HTTPError as error:
        return f"no answer ({type(error).__name__})", False
    words = "yes" if answer.is_success else f"{answer.status_code} {answer.text.strip()[:200]}"
    return words, answer.is_success


def status() -> None:
    """Ask every process whether it lives and is ready; exit code 1 unless all are."""
    with ThreadPoolExecutor() as pool:
        said = list(pool.map(ask, processes()))
    table = Table("process", "address", "alive", "ready")
    for one in said:
        table.add_row(one.name, one.address, one.health, one.ready, style="" if one.is_ready else "red")
    Console().print(table)
    if not all(one.is_ready for one in said):
        raise typer.Exit(NOT_READY)
