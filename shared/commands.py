"""How each process of a service is started: one argv per kind, the same on one machine and in containers.

``python`` is the interpreter: containers find theirs on the PATH, the local stack names its own.
"""

from shared.settings import ServiceName

PYTHON = "python"  # as the image's PATH finds it


def api_command(service: ServiceName, host: str, port: int, *, python: str = PYTHON) -> list[str]:
    """Argv of a service's API process, listening on ``host:port``.

    One process an API: more throughput is more processes, not uvicorn workers, so that each one has
    its own metrics and its own clock. How it serves and how it ends: ``shared.http.serve``.
    """
    module = (python, "-m", "shared.http.serve", f"services.{service}.main:create_app")
    return [*module, "--host", host, "--port", str(port)]


def worker_command(service: ServiceName, *, python: str = PYTHON) -> list[str]:
    """Argv of a service's background half: relay, consumers, schedules."""
    return [python, "-m", f"services.{service}.worker"]


def migrate_command(service: ServiceName, *, rehearsal: bool = False, python: str = PYTHON) -> list[str]:
    """Argv of the job that brings a service's database up to date; ``rehearsal`` marks a new one for good."""
    return [python, "-m", "shared.database.migrate", service, *(["--rehearsal"] if rehearsal else [])]


def topics_command(*, python: str = PYTHON) -> list[str]:
    """Argv of the job that creates and checks every topic."""
    return [python, "-m", "shared.bus.provision"]
