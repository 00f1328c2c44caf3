"""The compiled TypeScript client that the sample front end imports: committed, so that pages need no Node.

``made-from.txt`` beside it names the sources and the files that it is; without Node it tells whether both still hold.
"""

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

from clients.node import TYPESCRIPT, build

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "sample-front-end" / "client"
MARK = FOLDER / "made-from.txt"
ONLY_TYPES = ("generated/schema", "types")
"""Modules of which nothing is left when they are compiled."""


def is_current() -> bool:
    """Whether what is committed was compiled from the present sources, and not touched since."""
    return MARK.exists() and MARK.read_text() == _mark()


def write() -> None:
    """Compile and copy. Raises ``NodeMissing``, ``CalledProcessError``."""
    built = build()
    shutil.rmtree(FOLDER, ignore_errors=True)
    for module in sorted(built.rglob("*.js")):
        name = module.relative_to(built)
        if name.with_suffix("").as_posix() not in ONLY_TYPES:
            (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(module, FOLDER / name)
    MARK.write_text(_mark())


def _mark() -> str:
    source = TYPESCRIPT / "src"
    sources = [
        file
        for file in source.rglob("*.ts")
        if file.relative_to(source).with_suffix("").as_posix() not in ONLY_TYPES
    ]
    settings = [TYPESCRIPT / "tsconfig.json", TYPESCRIPT / "package-lock.json"]
    return (
        "Compiled from clients/typescript by make clients; not to be changed by hand.\n"
        f"sources {_digest(TYPESCRIPT, [*sources, *settings])}\n"
        f"modules {_digest(FOLDER, FOLDER.rglob('*.js'))}\n"
    )


def _digest(folder: Path, files: Iterable[Path]) -> str:
    told = hashlib.sha256()
    for name, file in sorted((file.relative_to(folder).as_posix(), file) for file in files):
        told.update(f"{name} {file.stat().st_size}\n".encode() + file.read_bytes())
    return told.hexdigest()
