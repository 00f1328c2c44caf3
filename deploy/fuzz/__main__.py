"""``python -m deploy.fuzz [--seed N] [--cases 1000] [--operation NAME]``: a stack of its own, played and reported on.

Ends with 1 when something was found. With ``--operation`` nothing is reported: it repeats what a finding names.
"""

import argparse
import asyncio
import itertools
import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from importlib.metadata import version
from typing import Any

import httpx

from deploy.fuzz.cast import Cast
from deploy.fuzz.fuzzer import Fuzzer
from deploy.fuzz.installation import rehearsed_stack
from deploy.fuzz.report import REPORT, Run, written
from deploy.fuzz.tally import Tally
from deploy.local.stack import Stack
from deploy.local.version import version_of_the_code
from shared.http.openapi import MERGED
from shared.settings import SERVICES

_TIMEOUT_SECONDS = 120.0
_WRITTEN_EVERY = 2_000
_SHAPING = ("schemathesis", "hypothesis", "jsonschema-rs", "fastapi", "pydantic")


async def play(chosen: argparse.Namespace, write: Callable[[Tally], None]) -> Tally:
    """Everything, on a stack that comes and goes."""
    with rehearsed_stack() as stack:
        print("the stack is up and rehearsed", flush=True)
        return await play_on(stack, chosen, write)


async def play_on(stack: Stack, chosen: argparse.Namespace, write: Callable[[Tally], None]) -> Tally:
    """The four services at once, each in its own order; what was done so far is written down now and then."""
    setting = Cast(stack).setting()
    ends_at, asked = time.monotonic() + chosen.minutes * 60, itertools.count(1)
    async with httpx.AsyncClient(base_url=stack.front_door.url, timeout=_TIMEOUT_SECONDS) as client:
        fuzzers = [Fuzzer(part, client, setting, chosen.seed) for part in _parts()]

        def until() -> bool:
            if next(asked) % _WRITTEN_EVERY == 0:
                write(_together(fuzzers))
            return bool(time.monotonic() > ends_at)

        plays = (fuzzer.play(chosen.cases, only=chosen.operation, until=until) for fuzzer in fuzzers)
        await asyncio.gather(*plays)
    return _together(fuzzers)


def _parts() -> Iterator[dict[str, Any]]:
    """The merged contract, service by service, as the front door offers it."""
    document = json.loads(MERGED.read_text(encoding="utf-8"))
    for service in SERVICES:
        own = {path: item for path, item in document["paths"].items() if path.startswith(f"/{service}/")}
        yield {**document, "paths": own}


def _together(fuzzers: Sequence[Fuzzer]) -> Tally:
    whole = Tally()
    for fuzzer in fuzzers:
        whole.add(fuzzer.tally)
    return whole


def main() -> int:
    """Play, say what was found, write the report."""
    parser = argparse.ArgumentParser(prog="python -m deploy.fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**8))
    parser.add_argument("--cases", type=int, default=1000, help="of each operation")
    parser.add_argument("--minutes", type=int, default=180, help="end then, however far it came")
    parser.add_argument("--operation", help="play this one alone")
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}, {chosen.cases:,} cases of each operation", flush=True)
    began, commit = time.monotonic(), version_of_the_code()  # of what starts now, whatever comes meanwhile

    def write(tally: Tally) -> None:
        if chosen.operation is None:
            REPORT.write_text(
                written(_run(chosen, commit, time.monotonic() - began), tally), encoding="utf-8"
            )

    tally = asyncio.run(play(chosen, write))
    write(tally)
    for finding in tally.findings.values():
        print(finding)
    return 1 if tally.findings else 0


def _run(chosen: argparse.Namespace, commit: str, seconds: float) -> Run:
    versions = {name: version(name) for name in _SHAPING}
    return Run(chosen.seed, commit, chosen.cases, timedelta(seconds=seconds), versions)


if __name__ == "__main__":
    sys.exit(main())
