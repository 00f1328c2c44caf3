"""The snapshots as they were committed: what a present schema is compared with."""

import json
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent


class NoHistory(Exception):
    """There is no history to compare with: an unpacked archive, or no git."""


def committed_versions(path: Path, *, root: Path = ROOT, most: int = 20) -> list[dict[str, Any]]:
    """The committed versions of the JSON file at ``path``, the newest first; at most ``most``.

    Empty when it was never committed. Raises ``NoHistory`` outside a repository.
    """
    name = path.relative_to(root).as_posix()
    commits = _git(root, "log", f"--max-count={most}", "--format=%H", "--diff-filter=AM", "--", name).split()
    return [json.loads(_git(root, "show", f"{commit}:{name}")) for commit in commits]


def last_other_version(path: Path, present: dict[str, Any], *, root: Path = ROOT) -> dict[str, Any] | None:
    """The newest committed version that differs from ``present``; None when there is none."""
    return next((version for version in committed_versions(path, root=root) if version != present), None)


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the arguments are ours
            ["git", "-C", str(root), *arguments],  # noqa: S607 - git is found on the path of who develops
            check=True,
            capture_output=True,
            text=True,
            timeout=30,
        )
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        raise NoHistory(f"git {arguments[0]} has nothing for us") from error
    return done.stdout
