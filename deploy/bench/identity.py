"""Who asks, and may they: what that costs a request, and ``GET /v1/me`` beside a bare twin.

CPU time of the server processes, not seconds: it depends little on what else the machine does. A process that has
a core to itself answers a request for each piece of CPU time that one takes.
"""

import asyncio
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

import httpx

from deploy.bench.asking import waits_of
from deploy.bench.installation import Installation
from deploy.bench.me_twin import ANSWER
from deploy.bench.processes import Running, run_job, running
from deploy.bench.sizes import Sizes
from deploy.local.issuer import mint
from deploy.local.keys import load_key
from deploy.local.ports import LOOPBACK, free_port
from shared.commands import api_command
from shared.healthcheck import answers
from shared.ids import new_uuid

PATH = "/v1/me"
CONNECTIONS = 10
"""So that the server always has a request before it, as under load: waking up for each one costs both alike."""
Milliseconds = float


@dataclass(slots=True)
class IdentityFound:
    """CPU milliseconds of a request: ``GET /v1/me`` and its twin by round; a route with a rule and one without."""

    me: list[Milliseconds] = field(default_factory=list)
    twin: list[Milliseconds] = field(default_factory=list)
    gated: Milliseconds = 0.0
    open: Milliseconds = 0.0

    @property
    def to_twin(self) -> float:
        """Median over rounds of requests for a second of CPU, ``/v1/me`` ÷ twin."""
        return median(twin / me for me, twin in zip(self.me, self.twin, strict=True))

    @property
    def gate_ms(self) -> Milliseconds:
        """What authentication and authorization add to the median request."""
        return self.gated - self.open


def measure_identity(installation: Installation, sizes: Sizes) -> IdentityFound:
    """Rounds of both in turns, the first of which warms up. Raises ``BenchFailed``."""
    token = _token(installation)
    found = _measure_gate(installation, sizes, token)
    installation.migrate_intake(url := installation.empty_database("bench_identity"))
    with _api("me", None, installation.environment(url), installation) as (me_port, me):
        answer = httpx.get(
            f"http://{LOOPBACK}:{me_port}{PATH}",
            headers={"Authorization": f"Bearer {token}"},
            trust_env=False,
        )
        given = installation.environment(url) | {ANSWER: answer.raise_for_status().text}
        with _api("me-twin", "deploy.bench.me_twin:create_app", given, installation) as (twin_port, twin):
            for number in range(sizes.identity_rounds + 1):
                spent = _spent(me, me_port, token, sizes.identity_requests)
                bare = _spent(twin, twin_port, token, sizes.identity_requests)
                if number:
                    found.me.append(spent)
                    found.twin.append(bare)
    return found


def _measure_gate(installation: Installation, sizes: Sizes, token: str) -> IdentityFound:
    arguments = ("deploy.bench.gates", "--token", token, "--blocks", str(sizes.identity_blocks))
    cost = run_job("gates", arguments, installation.environment(), installation.folder)
    return IdentityFound(gated=cost["gated_cpu_ms"], open=cost["open_cpu_ms"])


def _token(installation: Installation) -> str:
    key = load_key(installation.stack.keys.issuer_key_file, kid_prefix="local-")
    issuer = installation.stack.issuer_url
    organisation = str(new_uuid())
    return mint(key, issuer, subject=str(new_uuid()), roles=["applicant"], organisation_id=organisation)


def _spent(server: Running, port: int, token: str, count: int) -> Milliseconds:
    before = server.cpu_seconds
    asyncio.run(_ask_at_once(port, token, count // CONNECTIONS))
    return (server.cpu_seconds - before) / (count // CONNECTIONS * CONNECTIONS) * 1000


async def _ask_at_once(port: int, token: str, count: int) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    await asyncio.gather(*(waits_of(port, PATH, count, headers) for _ in range(CONNECTIONS)))


@contextmanager
def _api(
    name: str, factory: str | None, environment: Mapping[str, str], installation: Installation
) -> Iterator[tuple[int, Running]]:
    """One process of intake's API, or of another ``factory`` with the same options of uvicorn."""
    port = free_port()
    argv = api_command("intake", LOOPBACK, port, python=sys.executable)
    if factory is not None:
        argv = [factory if part == "services.intake.main:create_app" else part for part in argv]
    ready = f"http://{LOOPBACK}:{port}/ready"
    with running(name, argv, environment, installation.folder, lambda: answers(ready)) as server:
        yield port, server
