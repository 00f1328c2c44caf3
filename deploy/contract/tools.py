"""The two tools that are not Python's: brought on first use into ``.local/contract``, each as its lock says.

Spectral (Node) lints, oasdiff (Go) compares. Both are pinned with hashes: ``package-lock.json``, ``oasdiff/go.sum``.
"""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SECONDS_TO_BRING = 600


class ToolMissing(Exception):
    """What brings a tool is not on this machine, or could not bring it."""


def oasdiff() -> Path:
    """The program. Raises ``ToolMissing`` without Go."""
    program = _place("oasdiff", HERE / "oasdiff" / "go.sum") / "oasdiff"
    if not program.exists():
        _bring("go", "build", "-C", HERE / "oasdiff", "-o", program, "github.com/oasdiff/oasdiff")
    return program


def spectral() -> Path:
    """The folder in which ``node_modules/.bin/spectral`` is. Raises ``ToolMissing`` without Node."""
    folder = _place("spectral", HERE / "package-lock.json")
    if not (folder / "node_modules" / ".bin" / "spectral").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        _bring("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder)
    return folder


def _place(name: str, lock: Path) -> Path:
    local = Path(os.environ.get("KCITY_LOCAL_FOLDER", ROOT / ".local"))
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()[:12]
    return local.resolve() / "contract" / f"{name}-{digest}"


def _bring(*command: str | Path) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise ToolMissing(f"{command[0]} is not on this machine")
    done = subprocess.run(
        [program, *command[1:]], capture_output=True, text=True, timeout=SECONDS_TO_BRING, check=False
    )
    if done.returncode:
        raise ToolMissing(f"{command[0]} could not bring it:\n{done.stdout}{done.stderr}")
