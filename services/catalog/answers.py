"""Answers of this process that still hold, by the ETag under which they were given. Bounded."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from fastapi import Request
from sqlalchemy import text

from services.catalog.repository.reading_search import Vocabularies
from shared.database.connection import Database, Tx

MOST_BYTES, MOST_BYTES_OF_ONE = 32 * 1024 * 1024, 256 * 1024
_CODE = (Path(__file__).parent, Path(__file__).parents[2] / "shared" / "http")
_VERSION = """
SELECT version::text || coalesce((
    SELECT string_agg(call.id::text || '/' || call.version::text, ' ' ORDER BY call.id)
    FROM call
    WHERE EXISTS (SELECT FROM project WHERE project.call_id = call.id)
), '')
FROM catalogue_version
"""
"""What readers see depends on: the entries, and the calls that they name."""
_SNAPSHOT = text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


@dataclass(slots=True)
class Answers:
    """What this process keeps between requests; what was used longest ago goes first."""

    vocabularies: Vocabularies = field(default_factory=Vocabularies)
    _kept: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    _bytes: int = 0

    def find(self, etag: str) -> bytes | None:
        """The answer that was given under this ETag, if it is still there."""
        if (content := self._kept.get(etag)) is not None:
            self._kept.move_to_end(etag)
        return content

    def keep(self, etag: str, content: bytes) -> None:
        """Keep an answer, unless it is too large to be worth it."""
        if len(content) > MOST_BYTES_OF_ONE or etag in self._kept:
            return
        self._kept[etag] = content
        self._bytes += len(content)
        while self._bytes > MOST_BYTES:
            self._bytes -= len(self._kept.popitem(last=False)[1])


def answers_of(request: Request) -> Answers:
    """Those of the process that answers ``request``."""
    found = getattr(request.app.state, "answers", None)
    if found is None:
        found = request.app.state.answers = Answers()
    return found


async def version_now(database: Database) -> str:
    """What the catalogue is at this moment, by one cheap statement."""
    found: str = await database.pool.fetchval(_VERSION)
    return found


async def version_seen(tx: Tx) -> str:
    """What the catalogue is as this transaction sees it, which reads from now on nothing newer."""
    await tx.execute(_SNAPSHOT)
    return str(await tx.scalar(text(_VERSION)))


def etag_of_answer(version: str, asked: object) -> str:
    """The strong ETag of the answer to ``asked``, without making it.

    It names what the catalogue says, the code that would answer, and what is asked: any of them otherwise, and so is
    the ETag.
    """
    named = f"{code()}\n{version}\n{asked!r}"
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
