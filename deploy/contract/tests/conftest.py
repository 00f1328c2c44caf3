"""The two tools, brought by Go and Node, which the tests that use them say they need."""

from pathlib import Path

import pytest

from deploy.contract.tools import oasdiff, spectral


@pytest.fixture(scope="session")
def with_oasdiff() -> Path:
    return oasdiff()


@pytest.fixture(scope="session")
def with_spectral() -> Path:
    return spectral()
