"""Which code it is that runs: for reports."""

import subprocess

from deploy.local.program import ROOT


def version_of_the_code() -> str:
    """The commit; with a mark when the work tree differs from it. ``unknown`` outside a checkout."""
    asked = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--abbrev=12"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip() or "unknown"
