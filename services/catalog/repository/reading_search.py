"""A question as SQL: which projects answer it, and how well."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from sqlalchemy import ColumnElement, and_, case, false, func, literal, or_, select, true

from services.catalog.domain.entry import Match
from services.catalog.domain.question import words_asked
from services.catalog.domain.search_text import normalised
from services.catalog.domain.search_words import Sought, Vocabulary, sought
from services.catalog.repository.reading_conditions import Condition
from services.catalog.tables import catalogue_version, project
from shared.database.connection import Tx

_FIELDS = ((project.c.title_terms, 40), (project.c.place_terms, 30), (project.c.search_terms, 20))
"""Where a word stands, and what that counts; the last holds all there are."""
_EXACT, _PART, _MISTYPED = 2, 1, 0
_MEANT = 10
_IN_ONE_PIECE = 5
_EACH_WORD = 100
"""More than a word can count by where it stands: who answers more words comes first."""


class Reach(IntEnum):
    """How widely a question is read, until something is found."""

    WRITTEN = 1
    """Every word stands in the texts."""
    MEANT = 2
    """Every word stands in the texts, or names a sector, a type or a year."""
    SOME = 3
    """At least half of the words that are known do."""

    @property
    def match(self) -> Match:
        """What the reader is told."""
        return Match.SOME if self is Reach.SOME else Match.ALL


@dataclass(slots=True)
class Vocabularies:
    """The catalogue's words, kept by this process until the catalogue changes."""

    _version: int = 0
    _kept: Vocabulary = field(default_factory=lambda: Vocabulary((), frozenset()))

    async def present(self, tx: Tx) -> Vocabulary:
        """The words as ``tx`` sees them."""
        version = await tx.scalar(select(catalogue_version.c.version)) or 0
        if version != self._version:
            terms = await tx.scalars(select(func.unnest(project.c.search_terms)).distinct())
            self._kept, self._version = Vocabulary.of(terms.all()), version
        return self._kept


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose words were looked up."""

    text: str
    words: tuple[Sought, ...]

    @classmethod
    def of(cls, text: str, vocabulary: Vocabulary) -> "Question":
        """The question that a reader wrote."""
        return cls(normalised(text), sought(words_asked(text), vocabulary))

    def fits(self, reach: Reach) -> Condition:
        """Whether a project answers, read as widely as ``reach``."""
        if reach is Reach.SOME:
            return self._fits_some()
        if not self.words:
            return false()
        if reach is Reach.WRITTEN:
            return and_(*map(_written, self.words))
        return and_(*map(_fits, self.words))

    def score(self, reach: Reach) -> ColumnElement[int]:
        """How well a project answers; the more the better."""
        one_piece = case((project.c.search.contains(self.text, autoescape=True), _IN_ONE_PIECE), else_=0)
        return _sum([one_piece, *(_score(word, reach) for word in self.words)])

    def _fits_some(self) -> Condition:
        known = [word for word in self.words if word.written or word.meant]
        if not known:
            return false()
        matched = _sum([case((_fits(word), 1), else_=0) for word in known])
        return and_(or_(*map(_fits, known)), matched >= (len(known) + 1) // 2)


def _written(word: Sought) -> Condition:
    kept = project.c.search_terms
    fits: Condition = false()
    if word.grams:
        fits = kept.contains(list(word.grams))
    elif word.written:
        runs = [kept.contains(list(run)) for run in word.mistyped_runs]
        fits = or_(kept.overlap([*word.exact, *word.part, *word.mistyped]), *runs)
    return fits


def _fits(word: Sought) -> Condition:
    if not word.meant:
        return _written(word)
    return or_(_written(word), *_meanings(word))


def _meanings(word: Sought) -> list[Condition]:
    meanings: list[Condition] = []
    if word.sectors:
        meanings.append(project.c.sectors.overlap([*word.sectors]))
    if word.types:
        meanings.append(project.c.type.in_(word.types))
    if word.years:
        meanings.append(project.c.selection_year.in_(word.years))
    return meanings


def _score(word: Sought, reach: Reach) -> ColumnElement[int]:
    cases: list[tuple[Condition, int]] = []
    for column, weight in _FIELDS:
        if word.grams:
            cases.append((column.contains(list(word.grams)), weight + _EXACT))
        for terms, exactness in ((word.exact, _EXACT), (word.part, _PART), (word.mistyped, _MISTYPED)):
            if terms:
                cases.append((column.overlap(list(terms)), weight + exactness))
        cases += [(column.contains(list(run)), weight + _MISTYPED) for run in word.mistyped_runs]
    if reach is not Reach.WRITTEN:
        cases += [(meaning, _MEANT) for meaning in _meanings(word)]
    each = _EACH_WORD if reach is Reach.SOME else 0
    return (
        case(*((condition, each + weight) for condition, weight in cases), else_=0) if cases else literal(0)
    )


def _sum(terms: Sequence[ColumnElement[int]]) -> ColumnElement[int]:
    total = terms[0]
    for term in terms[1:]:
        total += term
    return total


def reach_found(question: Question, conditions: Sequence[Condition]) -> ColumnElement[int]:
    """The narrowest reach that finds something under ``conditions``, as one expression."""
    exists = (
        (select(true()).select_from(project).where(*conditions, question.fits(reach)).exists(), int(reach))
        for reach in (Reach.WRITTEN, Reach.MEANT)
    )
    return case(*exists, else_=int(Reach.SOME))
