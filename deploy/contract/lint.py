"""Lint of the merged document by ``ruleset.yaml``."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from deploy.contract.tools import HERE, spectral

_ERROR = 0
_OPTIONS = ("--ruleset=ruleset.yaml", "--format=json", "--quiet")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, and where; ``serious``: an error, not a warning."""

    rule: str
    place: str
    message: str
    serious: bool

    def __str__(self) -> str:
        return f"{'error' if self.serious else 'warning'} {self.rule} at {self.place}: {self.message}"


def findings(document: Path) -> list[Finding]:
    """Everything that the rules find in an OpenAPI document. Raises ``ToolMissing``, ``RuntimeError``."""
    folder = spectral()
    shutil.copy(HERE / "ruleset.yaml", folder)  # its rules are looked for beside it,
    shutil.copy(document, folder / "openapi.json")  # and its exceptions name the document so
    done = subprocess.run(
        ["node_modules/.bin/spectral", "lint", "openapi.json", *_OPTIONS],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        found = json.loads(done.stdout or "[]")
    except ValueError as error:
        raise RuntimeError(f"Spectral failed: {done.stdout}{done.stderr}") from error
    if done.returncode and not found:
        raise RuntimeError(f"Spectral failed: {done.stderr}")
    return [_finding(one) for one in found]


def _finding(one: dict[str, object]) -> Finding:
    path = one["path"]
    place = "/".join(map(str, path)) if isinstance(path, list) else str(path)
    return Finding(str(one["code"]), place, str(one["message"]), serious=one["severity"] == _ERROR)
