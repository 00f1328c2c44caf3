"""Readers of the front door, a process of its own: each keeps one connection and never asks twice for one answer.

``python -m tests.acceptance.delivery.reading --front-door URL --out FILE``: until SIGTERM; the file says what was answered and what
failed.
"""

import argparse
import json
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

PATHS = (
    *("/intake/v1/time", "/review/v1/time", "/notification/v1/time", "/catalog/v1/time"),
    *("/intake/v1/calls", "/catalog/v1/projects?limit=5", "/catalog/v1/statistics", "/health"),
)
PAUSE_SECONDS = 0.1
TIMEOUT_SECONDS = 40.0  # longer than the front door waits for an API


@dataclass
class Found:
    """What came back. ``failures``: path, what happened, and the monotonic second at which it was asked."""

    answers: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[str, str, float]] = field(default_factory=list)
    connections: int = 0
    longest_seconds: float = 0.0

    def write(self, file: Path) -> None:
        """As JSON."""
        file.write_text(json.dumps(vars(self)))


def read_on(address: str, path: str, found: Found, stop: threading.Event) -> None:
    """One reader: a new connection only where the last one was announced to be closed, or failed."""
    connection = None
    while not stop.wait(PAUSE_SECONDS):
        if connection is None:
            connection = HTTPConnection(address, timeout=TIMEOUT_SECONDS)
            found.connections += 1
        asked_at = time.monotonic()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
        except (OSError, HTTPException) as error:
            found.failures.append((path, repr(error), asked_at))
            connection.close()
            connection = None
            continue
        found.longest_seconds = max(found.longest_seconds, time.monotonic() - asked_at)
        found.answers[f"{path} {answer.status}"] += 1
        if answer.status != 200:
            found.failures.append((path, str(answer.status), asked_at))
        if answer.will_close:
            connection.close()
            connection = None
    if connection is not None:
        connection.close()


def main() -> None:
    """Read until SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m tests.acceptance.delivery.reading", description=__doc__)
    parser.add_argument("--front-door", required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    found, stop = Found(), threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    address = urlsplit(chosen.front_door).netloc
    readers = [threading.Thread(target=read_on, args=(address, path, found, stop)) for path in PATHS]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    found.write(chosen.out)


if __name__ == "__main__":
    main()
