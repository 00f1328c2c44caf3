"""The version of the contract, its change log, and the last released contract."""

import json
import re
from pathlib import Path
from typing import Any

from deploy.contract.tools import ROOT
from shared.http.openapi import MERGED

RELEASED = MERGED.parent / "released" / "openapi.json"
CHANGES = ROOT / "docs" / "api" / "changes.md"
_ENTRY = re.compile(r"^## (\d+)\.(\d+)\.(\d+)( |$)", re.MULTILINE)

Version = tuple[int, int, int]


def version_of(document: dict[str, Any]) -> Version:
    """The version that a document names."""
    major, minor, patch = (int(part) for part in document["info"]["version"].split("."))
    return major, minor, patch


def entries(log: str) -> list[Version]:
    """The versions of a change log, as they stand in it."""
    return [(int(found[1]), int(found[2]), int(found[3])) for found in _ENTRY.finditer(log)]


def complaints(present: dict[str, Any], released: dict[str, Any], log: str) -> list[str]:
    """What is wrong with the version of ``present``; empty when all is well."""
    version, before, known = version_of(present), version_of(released), entries(log)
    found = []
    if not known or known[0] != version:
        found.append(
            f"the newest entry of docs/api/changes.md is not the contract's version {_text(version)}"
        )
    if known != sorted(known, reverse=True) or len(set(known)) != len(known):
        found.append("the entries of docs/api/changes.md do not fall from the newest to the oldest")
    if before not in known:
        found.append(f"docs/api/changes.md has no entry for the released version {_text(before)}")
    if present != released and version <= before:
        found.append(f"the contract differs from the released {_text(before)}, so it needs a later version")
    return found


def read(path: Path) -> dict[str, Any]:
    """A document."""
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def _text(version: Version) -> str:
    return ".".join(map(str, version))
