"""Answers of this process that still hold, and the entries that lists are put together of. Bounded."""

import hashlib
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

from fastapi import Request

from services.catalog.repository.vocabularies import Vocabularies

MOST_BYTES, MOST_BYTES_OF_ONE = 32 * 1024 * 1024, 256 * 1024
_CODE = (Path(__file__).parent, Path(__file__).parents[2] / "shared" / "http")
Name = TypeVar("Name", bound=Hashable)


@dataclass(slots=True)
class Kept(Generic[Name]):
    """What was written once, by what it is; what was used longest ago goes first."""

    _kept: OrderedDict[Name, bytes] = field(default_factory=OrderedDict)
    _bytes: int = 0

    def find(self, name: Name) -> bytes | None:
        """What was kept, if it is still there."""
        if (content := self._kept.get(name)) is not None:
            self._kept.move_to_end(name)
        return content

    def keep(self, name: Name, content: bytes) -> None:
        """Keep something, unless it is too large to be worth it."""
        if len(content) > MOST_BYTES_OF_ONE or name in self._kept:
            return
        self._kept[name] = content
        self._bytes += len(content)
        while self._bytes > MOST_BYTES:
            self._bytes -= len(self._kept.popitem(last=False)[1])


@dataclass(slots=True)
class Answers:
    """What this process keeps between requests.

    ``given``: answers by ETag; ``entries``: what lists say of a project, by its row and its call's; ``version``: what
    the catalogue was when this process last looked.
    """

    vocabularies: Vocabularies = field(default_factory=Vocabularies)
    given: Kept[str] = field(default_factory=Kept)
    entries: Kept[tuple[Hashable, ...]] = field(default_factory=Kept)
    version: str = ""


def answers_of(request: Request) -> Answers:
    """Those of the process that answers ``request``."""
    found = getattr(request.app.state, "answers", None)
    if found is None:
        found = request.app.state.answers = Answers()
    return found


def etag_of_answer(version: str, asked: str) -> str:
    """The strong ETag of the answer to ``asked``, without making it.

    It names what the catalogue says, the code that would answer, and what is asked: any of them otherwise, and so is
    the ETag.
    """
    named = f"{code()}\n{version}\n{asked}"
    return f'"{hashlib.sha256(named.encode()).hexdigest()[:32]}"'


@cache
def code() -> str:
    """The code of this process: another one may write the same answer otherwise."""
    digest = hashlib.sha256()
    for folder in _CODE:
        for file in sorted(folder.rglob("*.py")):
            if "tests" not in file.parts:
                digest.update(file.read_bytes())
    return digest.hexdigest()
