"""libfaketime before a process: its wall clock can be stepped by writing a file; its monotonic clock cannot."""

from importlib.util import find_spec
from pathlib import Path

TRUE_TIME = "+0"


def clock_file(folder: Path, name: str) -> Path:
    """What the process ``name`` reads its offset from, in seconds."""
    return folder / name


def library() -> Path | None:
    """The preloaded library of the wheel; None where it has none for this platform."""
    found = find_spec("libfaketime")
    if found is None or found.origin is None:
        return None
    built = Path(found.origin).parent / "vendor" / "libfaketime" / "src" / "libfaketime.so.1"
    return built if built.exists() else None


def preload(folder: Path, name: str) -> dict[str, str]:
    """What the process is told, so that its wall clock is ours to step. Nothing where there is no library."""
    built = library()
    if built is None:
        return {}
    folder.mkdir(parents=True, exist_ok=True)
    clock_file(folder, name).write_text(TRUE_TIME)
    return {
        "LD_PRELOAD": str(built),
        "FAKETIME_TIMESTAMP_FILE": str(clock_file(folder, name)),
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_CACHE_DURATION": "1",
    }
