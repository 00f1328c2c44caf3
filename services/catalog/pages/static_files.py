"""The files of the page, each under a name that changes with its content, so that browsers may keep it for good."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
MEDIA_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".jpg": "image/jpeg",
}
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file. ``name``: what a page asks for, as in ``catalog.3f2a….css``."""

    name: str
    media_type: str
    content: bytes


@cache
def static_files() -> dict[str, StaticFile]:
    """Every file, by the name it has in the folder."""
    return {path.name: _read(path) for path in sorted(FOLDER.iterdir()) if path.suffix in MEDIA_TYPES}


def static_name(plain: str) -> str:
    """The name that carries the content's hash. Raises ``KeyError`` for a file that is not there."""
    return static_files()[plain].name


def find_static(name: str) -> tuple[StaticFile, bool] | None:
    """The file that a page asked for, and whether it is just that version.

    A page of an older or newer release asks for another version while both run: it gets this one, not to be kept.
    """
    stem, _, rest = name.partition(".")
    found = static_files().get(f"{stem}.{rest.rpartition('.')[2]}")
    return (found, found.name == name) if found else None


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:_DIGITS]
    return StaticFile(f"{path.stem}.{digest}{path.suffix}", MEDIA_TYPES[path.suffix], content)
