"""What a new contract breaks of an old one, as oasdiff sees it."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from deploy.contract.tools import HERE, oasdiff
from shared.http.deprecation import LEAST_DAYS
from shared.settings import SERVICES

_OPTIONS = (
    "--format=json",
    "--allow-external-refs=false",
    f"--severity-levels={HERE / 'severity-levels.txt'}",
    f"--deprecation-days-stable={LEAST_DAYS}",
)
_NARROWED = (
    "the `oneOf[subschema #1: ReplayIn]/since_journal_id` request property's exclusiveMaximum was decreased to "
    "`9007199254740992.00` [request-property-exclusive-max-decreased]"
)
ACCEPTED: Mapping[str, str] = {
    f"POST /{service}/v1/delivery/orders: {_NARROWED}": "no journal has an id that JSON cannot carry"
    for service in SERVICES
}
"""Breaks, as ``breaks`` words them, that hurt nobody, and why."""


def breaks(old: Path, new: Path) -> list[str]:
    """Every change from ``old`` to ``new`` that can hurt a client. Raises ``ToolMissing``, ``RuntimeError``."""
    done = subprocess.run(
        [oasdiff(), "breaking", old, new, *_OPTIONS],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"oasdiff failed: {done.stderr}")
    found = [_worded(one) for one in json.loads(done.stdout or "[]")]
    return [one for one in dict.fromkeys(found) if one not in ACCEPTED]


def _worded(one: Mapping[str, object]) -> str:
    return f"{one.get('operation', '')} {one.get('path', '')}: {one['text']} [{one['id']}]".strip()
