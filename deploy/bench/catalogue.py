"""Reading the catalogue: lists and searches beside a bare twin, conditional requests, and 10,000 projects.

The catalogue changes before each round, and every address of a round is another one, so at first each answer is made;
what a project says is written anew only where it changed. Then the same addresses are asked for again, as they mostly
are where little changes: the service has kept its answers and asks only whether they still hold. The twin sends each
time the statements by which the service makes the answer, but has its bytes ready.
"""

import asyncio
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import harmonic_mean, median, quantiles

import httpx
import psycopg

from deploy.bench.asking import NOT_MODIFIED, Milliseconds, waits_of_each
from deploy.bench.catalogue_sample import addresses
from deploy.bench.catalogue_twin import SAMPLE_FILE
from deploy.bench.installation import Installation
from deploy.bench.processes import run_program, running
from deploy.bench.sizes import Sizes
from deploy.local.ports import LOOPBACK, free_port
from deploy.local.stack import UNLIMITED
from shared.commands import api_command
from shared.healthcheck import answers

CONNECTIONS = 8
Rate = float
Paths = Sequence[str]


@dataclass(slots=True)
class CatalogueFound:
    """Requests a second by round: made for the first time, ``kept`` and the twin's.

    ``few`` and ``many``: milliseconds of a search.
    """

    lists: list[Rate] = field(default_factory=list)
    lists_kept: list[Rate] = field(default_factory=list)
    lists_twin: list[Rate] = field(default_factory=list)
    searches: list[Rate] = field(default_factory=list)
    searches_kept: list[Rate] = field(default_factory=list)
    searches_twin: list[Rate] = field(default_factory=list)
    conditional: list[Rate] = field(default_factory=list)
    few: list[Milliseconds] = field(default_factory=list)
    many: list[Milliseconds] = field(default_factory=list)

    @property
    def lists_to_twin(self) -> float:
        """Lists made for the first time, median over rounds."""
        return _ratio(self.lists, self.lists_twin)

    @property
    def searches_to_twin(self) -> float:
        """Searches made for the first time, median over rounds."""
        return _ratio(self.searches, self.searches_twin)

    @property
    def kept_lists_to_twin(self) -> float:
        """Lists that the service still has, median over rounds."""
        return _ratio(self.lists_kept, self.lists_twin)

    @property
    def kept_searches_to_twin(self) -> float:
        """Searches that the service still has, median over rounds."""
        return _ratio(self.searches_kept, self.searches_twin)

    @property
    def conditional_to_made(self) -> float:
        """Answers 304 ÷ answers made, of the same addresses, as many lists as searches; median over rounds."""
        made = [harmonic_mean(both) for both in zip(self.lists, self.searches, strict=True)]
        return _ratio(self.conditional, made)

    @property
    def growth(self) -> float:
        """p95 of a search among 10,049 ÷ among 49."""
        return p95(self.many) / p95(self.few)


def p95(waits: Sequence[Milliseconds]) -> Milliseconds:
    """What one search in twenty takes longer than."""
    return quantiles(waits, n=20)[-1]


def measure_catalogue(installation: Installation, sizes: Sizes) -> CatalogueFound:
    """Rounds of both in turns, the first of which warms up; then the same searches in a large catalogue."""
    url = installation.empty_database("bench_catalogue")
    told = {"KCITY_LOG_LEVEL": "INFO", "KCITY_DATABASE_URL": url}
    environment = installation.stack.environment("catalog") | UNLIMITED | told
    environment[SAMPLE_FILE] = str(installation.folder / "catalogue.json")
    installation.migrate("catalog", environment)
    _prepare(installation, environment, "load")
    lists, searches = addresses(sizes.catalogue_addresses)
    sample = ("record", "--count", str(sizes.catalogue_addresses), "--out", environment[SAMPLE_FILE])
    _prepare(installation, environment, *sample)
    found = CatalogueFound()
    with (
        _api("catalogue", None, environment, installation) as port,
        _api("catalogue-twin", "deploy.bench.catalogue_twin:create_app", environment, installation) as twin,
    ):
        for number in range(sizes.catalogue_rounds + 1):
            _change(url)
            one = _round(port, twin, lists, searches)
            if number:
                for name, rate in one.items():
                    getattr(found, name).append(rate)
        found.few = _searches(url, port, searches, sizes.catalogue_rounds)
        _prepare(installation, environment, "enlarge", "--count", str(sizes.catalogue_large))
        found.many = _searches(url, port, searches, sizes.catalogue_rounds)
    return found


def _round(port: int, twin: int, lists: Paths, searches: Paths) -> dict[str, Rate]:
    made = {"lists": _rate(port, _plain(lists)), "searches": _rate(port, _plain(searches))}
    every = [*lists, *searches]
    with httpx.Client(base_url=f"http://{LOOPBACK}:{port}", trust_env=False) as client:
        tags = [client.get(path).raise_for_status().headers["etag"] for path in every]
    known = [(path, {"If-None-Match": tag}) for path, tag in zip(every, tags, strict=True)]
    return {
        **made,
        "lists_twin": _rate(twin, _plain(lists)),
        "lists_kept": _rate(port, _plain(lists)),
        "searches_twin": _rate(twin, _plain(searches)),
        "searches_kept": _rate(port, _plain(searches)),
        "conditional": _rate(port, known, status=NOT_MODIFIED),
    }


def _searches(url: str, port: int, searches: Paths, rounds: int) -> list[Milliseconds]:
    waits: list[Milliseconds] = []
    for number in range(rounds + 1):
        _change(url)
        one = asyncio.run(waits_of_each(port, _plain(searches)))
        waits += one if number else []
    return waits


def _plain(paths: Paths) -> list[tuple[str, Mapping[str, str]]]:
    return [(path, {}) for path in paths]


def _rate(port: int, asked: Sequence[tuple[str, Mapping[str, str]]], *, status: int = 200) -> Rate:
    async def ask() -> None:
        parts = (asked[start::CONNECTIONS] for start in range(CONNECTIONS))
        await asyncio.gather(*(waits_of_each(port, part, status=status) for part in parts))

    began = time.perf_counter()
    asyncio.run(ask())
    return len(asked) / (time.perf_counter() - began)


def _ratio(ours: Sequence[Rate], others: Sequence[Rate]) -> float:
    return median(one / other for one, other in zip(ours, others, strict=True))


def _change(url: str) -> None:
    """As a published project would: no answer given before holds any more."""
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE catalogue_version SET version = version + 1")


def _prepare(installation: Installation, environment: Mapping[str, str], *arguments: str) -> None:
    argv = [sys.executable, "-m", "deploy.bench.catalogue_sample", *arguments]
    run_program(f"catalogue-{arguments[0]}", argv, environment, installation.folder)


@contextmanager
def _api(
    name: str, factory: str | None, environment: Mapping[str, str], installation: Installation
) -> Iterator[int]:
    """One process of the catalogue's API, or of another ``factory`` with the same options of uvicorn."""
    port = free_port()
    argv = api_command("catalog", LOOPBACK, port, python=sys.executable)
    if factory is not None:
        argv = [factory if part == "services.catalog.main:create_app" else part for part in argv]
    ready = f"http://{LOOPBACK}:{port}/ready"
    folder: Path = installation.folder
    with running(name, argv, environment, folder, lambda: answers(ready)):
        yield port
