"""The words of the catalogue, as a process keeps them."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, text

from services.catalog.domain.question import Asked
from services.catalog.domain.search_words import Sought, Vocabulary, sought
from services.catalog.tables import catalogue_version
from shared.database.connection import Tx

Row = Mapping[str, Any]
Fetch = Callable[..., Awaitable[Sequence[Row]]]
"""Sends a statement with the values of its parameters, and gives its rows."""
MOST_WORDS = 5_000
"""Words of readers that are remembered."""


@dataclass(slots=True)
class KnownWords:
    """The words of one version of the entries, and what each word that was asked for may stand for among them."""

    version: int = 0
    vocabulary: Vocabulary = field(default_factory=lambda: Vocabulary((), frozenset()))
    _sought: dict[Asked, tuple[Sought, ...]] = field(default_factory=dict)

    def sought(self, asked: Sequence[Asked]) -> tuple[Sought, ...]:
        """What is looked for: every one of these, in the order asked."""
        return tuple(one for word in asked for one in self._of(word))

    def _of(self, word: Asked) -> tuple[Sought, ...]:
        found = self._sought.get(word)
        if found is None:
            if len(self._sought) >= MOST_WORDS:
                self._sought.clear()
            found = self._sought[word] = sought((word,), self.vocabulary)
        return found


@dataclass(slots=True)
class Vocabularies:
    """The catalogue's words, kept by this process until the catalogue changes."""

    kept: KnownWords = field(default_factory=KnownWords)
    _renewing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def present(self, tx: Tx) -> KnownWords:
        """The words as ``tx`` sees them."""
        version = await tx.scalar(select(catalogue_version.c.version)) or 0
        if version == self.kept.version:
            return self.kept
        self.kept = known = KnownWords(version, Vocabulary.of(await tx.scalar(text(_TERMS)) or ()))
        return known

    async def renew(self, fetch: Fetch, version: int) -> None:
        """Read the words of ``version`` or newer ones, unless somebody else did meanwhile."""
        async with self._renewing:
            if self.kept.version < version:
                (row,) = await fetch(_NEWEST)
                self.kept = KnownWords(row["version"], Vocabulary.of(row["terms"]))


_TERMS = "SELECT ARRAY(SELECT DISTINCT unnest(search_terms) FROM project) AS terms"
_NEWEST = f"SELECT version, ({_TERMS}) FROM catalogue_version"  # noqa: S608 both are constants
