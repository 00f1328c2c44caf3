"""Packages of Node in this repository: installed by their lockfile, and built, once however many ask at once."""

import fcntl
import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TYPESCRIPT = Path(__file__).resolve().parent / "typescript"


class NodeMissing(Exception):
    """The TypeScript client and the mock need Node 20.16 or newer with npm."""


@contextmanager
def installed(package: Path) -> Iterator[Path]:
    """The package with exactly what its lockfile names, for nobody else meanwhile. Raises ``NodeMissing``."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise NodeMissing(f"{package.name} needs Node 20.16 or newer, with npm, on the PATH")
    with (package / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        mark = package / "node_modules" / ".installed"
        wanted = _digest(package / "package-lock.json")
        if not mark.exists() or mark.read_text() != wanted:
            subprocess.run([npm, "ci", "--silent"], cwd=package, check=True)
            mark.write_text(wanted)
        yield package


def build(package: Path = TYPESCRIPT) -> Path:
    """Compile the TypeScript client where its sources changed; the folder with its modules.

    Raises ``NodeMissing``, ``CalledProcessError``.
    """
    with installed(package):
        mark = package / "dist" / ".built"
        wanted = _digest(
            package / "package-lock.json", package / "tsconfig.json", *package.glob("src/**/*.ts")
        )
        if not mark.exists() or mark.read_text() != wanted:
            compiler = package / "node_modules" / ".bin" / "tsc"
            subprocess.run([str(compiler), "--project", "tsconfig.json"], cwd=package, check=True)
            mark.write_text(wanted)
        return package / "dist"


def _digest(*files: Path) -> str:
    told = hashlib.sha256()
    for file in sorted(files):
        told.update(f"{file.name} {file.stat().st_size}\n".encode() + file.read_bytes())
    return told.hexdigest()
