"""The words of the catalogue, as a process keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select

from services.catalog.domain.question import Asked
from services.catalog.domain.search_words import Sought, Vocabulary, sought
from services.catalog.tables import catalogue_version, project
from shared.database.connection import Tx

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

    async def present(self, tx: Tx) -> KnownWords:
        """The words as ``tx`` sees them."""
        version = await tx.scalar(select(catalogue_version.c.version)) or 0
        if version == self.kept.version:
            return self.kept
        terms = await tx.scalars(select(func.unnest(project.c.search_terms)).distinct())
        self.kept = known = KnownWords(version, Vocabulary.of(terms.all()))
        return known
