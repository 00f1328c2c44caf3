"""Programs that some tests need and a machine may not have: ``@pytest.mark.needs("chromium", "node")``.

Nothing but Python and make may be needed for ``make test``, so a test whose program is missing is skipped and says
why. Where ``KCITY_EVERY_TOOL`` is set (CI, an issue's acceptance) it fails instead.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

CHROMIUM: Final = Path(os.environ.get("KCITY_CHROMIUM", "/usr/bin/chromium"))
_BRINGS: Final[Mapping[str, str]] = {
    "chromium": "as root: make browser (or name another in KCITY_CHROMIUM)",
    "node": "Node 20.16 or newer, with npm, on the PATH",
    "go": "Go 1.22 or newer on the PATH",
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, or fail, a test that needs what is not there."""
    for mark in item.iter_markers("needs"):
        for tool in mark.args:
            if not there(tool):
                _without(f"needs {tool}: {_BRINGS[tool]}")


def there(tool: str) -> bool:
    """Whether the machine has it. Raises ``KeyError`` for a program nobody said how to bring."""
    _BRINGS[tool]
    return CHROMIUM.exists() if tool == "chromium" else shutil.which(tool) is not None


def _without(reason: str) -> None:
    if os.environ.get("KCITY_EVERY_TOOL"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
