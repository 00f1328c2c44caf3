"""The whole system, started and rehearsed once for all journey and acceptance tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stack import RunningStack, played_stack


@pytest.fixture(scope="session")
def played(scratch: Path) -> Iterator[RunningStack]:
    """A running stack whose rehearsal has been played."""
    with played_stack(scratch) as running:
        yield running
