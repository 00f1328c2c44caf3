"""Write or check the contracts of the bus: ``python -m shared.contracts.generate [--check]``.

One JSON Schema per event in ``events/``, ``asyncapi.json`` beside it, and ``events.json`` of the conformance kit for
consumers. The committed files are the snapshots:
a change that breaks readers is refused, not written over them.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shared.contracts.asyncapi import asyncapi_document
from shared.contracts.compatibility import breaking_changes
from shared.contracts.conformance import KIT, kit_document
from shared.contracts.history import NoHistory, last_other_version
from shared.contracts.schemas import FOLDER, documents

ACCEPTED: Mapping[str, str] = {}
"""Breaking changes, as ``broken`` words them, that hurt nobody, and why: only while no reader has the version yet."""
ASYNCAPI = Path(__file__).parent / "asyncapi.json"


def contracts() -> dict[Path, dict[str, Any]]:
    """Every contract with the file it lies in."""
    return {**documents(), ASYNCAPI: asyncapi_document(), KIT: kit_document()}


def rendered(document: Mapping[str, Any]) -> str:
    """The document as it lies in the repository."""
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def stale() -> list[Path]:
    """Files that are missing, say something else than the code, or belong to no event any more."""
    wanted = contracts()
    differing = [path for path, document in wanted.items() if not _says(path, rendered(document))]
    return sorted({*differing, *(path for path in FOLDER.glob("*.json") if path not in wanted)})


def broken() -> list[str]:
    """What the present schemas break of their last other committed version. Raises ``NoHistory`` without git."""
    found = []
    for path, schema in documents().items():
        before = last_other_version(path, schema)
        if before is not None:
            found += [f"{path.stem} {change}" for change in breaking_changes(before, schema)]
    return [change for change in found if change not in ACCEPTED]


def write() -> list[Path]:
    """Write what is stale and return it. A snapshot whose event is gone stays: say so in review, not here."""
    wanted = contracts()
    changed = [path for path in stale() if path in wanted]
    FOLDER.mkdir(exist_ok=True)
    for path in changed:
        path.write_text(rendered(wanted[path]), encoding="utf-8")
    return changed


def main() -> None:
    """Write the contracts, or with ``--check`` end with 1 if one is not current or breaks its readers."""
    parser = argparse.ArgumentParser(prog="python -m shared.contracts.generate", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing, tell what is stale or breaks readers"
    )
    chosen = parser.parse_args()
    if breaks := _broken_if_known():
        sys.exit("\n".join((*breaks, "refused: publish a new version of the event beside the old one")))
    if not chosen.check:
        for path in write():
            sys.stdout.write(f"{path.name}\n")
    elif outdated := stale():
        names = ", ".join(path.name for path in outdated)
        sys.exit(f"not current: {names}; run python -m shared.contracts.generate")


def _broken_if_known() -> list[str]:
    try:
        return broken()
    except NoHistory as error:
        sys.stderr.write(f"compatibility was not checked: {error}\n")
        return []


def _says(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    main()
