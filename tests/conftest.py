"""The whole system, rehearsed once for all journey and acceptance tests, on the broker of ``KCITY_TEST_BROKER``."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stack import Rehearsed, RunningStack, broker_of, rehearse


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The journey reads the databases as the rehearsal left them: before whatever adds to them on the same stack."""
    items.sort(key=lambda item: not item.nodeid.startswith("tests/journey/"))


@pytest.fixture(scope="session")
def broker(scratch: Path) -> Iterator[dict[str, str]]:
    """What the rehearsed stack is given: see ``broker_of``."""
    with broker_of(scratch / "kafka") as given:
        yield given


@pytest.fixture(scope="session")
def rehearsed(scratch: Path, broker: dict[str, str]) -> Rehearsed:
    """``make run ONCE=1`` in an empty folder."""
    return rehearse(scratch / "stack", broker)


@pytest.fixture(scope="session")
def played(rehearsed: Rehearsed) -> Iterator[RunningStack]:
    """The rehearsed stack, started again on its data; it stays up."""
    running = rehearsed.running
    try:
        running.start()
        running.wait_until("readiness", running.is_up)
        yield running
    finally:
        running.stop()
