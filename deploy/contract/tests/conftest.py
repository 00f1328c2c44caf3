"""The tools, or a reason for skipping; where ``KCITY_EVERY_TOOL`` is set (CI) nothing is skipped."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.contract.tools import ToolMissing, oasdiff, spectral


def _needed(bring: Callable[[], Path]) -> Path:
    try:
        return bring()
    except ToolMissing as missing:
        if os.environ.get("KCITY_EVERY_TOOL"):
            raise
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def with_oasdiff() -> Path:
    return _needed(oasdiff)


@pytest.fixture(scope="session")
def with_spectral() -> Path:
    return _needed(spectral)
