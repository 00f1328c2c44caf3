"""A question as SQL: which projects answer it, and how well."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from services.catalog.domain.entry import Match
from services.catalog.domain.question import words_asked
from services.catalog.domain.search_text import normalised
from services.catalog.domain.search_words import Sought
from services.catalog.repository.parameters import Parameters
from services.catalog.repository.reading_conditions import Sql
from services.catalog.repository.vocabularies import KnownWords

_FIELDS = (("title_terms", 40), ("place_terms", 30), ("search_terms", 20))
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


@dataclass(frozen=True, slots=True)
class Question:
    """A question whose words were looked up."""

    text: str
    words: tuple[Sought, ...]

    @classmethod
    def of(cls, text: str, known: KnownWords) -> "Question":
        """The question that a reader wrote."""
        return cls(normalised(text), known.sought(words_asked(text)))

    @property
    def reaches(self) -> Iterator[Reach]:
        """Those that may find something, the narrowest first; the last one is ``SOME``."""
        if self.words and all(word.written for word in self.words):
            yield Reach.WRITTEN
        meant = any(word.meant for word in self.words)
        if meant and all(word.written or word.meant for word in self.words):
            yield Reach.MEANT
        yield Reach.SOME

    def fits(self, reach: Reach, put: Parameters) -> Sql:
        """Whether a project answers, read as widely as ``reach``."""
        if reach is Reach.SOME:
            return self._fits_some(put)
        fits = _written if reach is Reach.WRITTEN else _fits
        return " AND ".join(fits(word, put) for word in self.words) or "false"

    def score(self, reach: Reach, put: Parameters) -> Sql:
        """How well a project answers; the more the better."""
        one_piece = f"CASE WHEN strpos(search, {put.text(self.text)}) > 0 THEN {_IN_ONE_PIECE} ELSE 0 END"
        return " + ".join([one_piece, *(_score(word, reach, put) for word in self.words)])

    def _fits_some(self, put: Parameters) -> Sql:
        known = [word for word in self.words if word.written or word.meant]
        if not known:
            return "false"
        each = [_fits(word, put) for word in known]
        matched = " + ".join(f"CASE WHEN {fits} THEN 1 ELSE 0 END" for fits in each)
        return f"({' OR '.join(each)}) AND {matched} >= {(len(known) + 1) // 2}"


def _written(word: Sought, put: Parameters) -> Sql:
    if word.grams:
        return f"search_terms @> {put.texts(word.grams)}"
    any_of = (*word.exact, *word.part, *word.mistyped)
    ways = [f"search_terms && {put.texts(any_of)}"] if any_of else []
    ways += [f"search_terms @> {put.texts(run)}" for run in word.mistyped_runs]
    return _any(ways)


def _fits(word: Sought, put: Parameters) -> Sql:
    if not word.meant:
        return _written(word, put)
    return _any([*([_written(word, put)] if word.written else ()), *_meanings(word, put)])


def _meanings(word: Sought, put: Parameters) -> list[Sql]:
    meanings: list[Sql] = []
    if word.sectors:
        meanings.append(f"sectors && {put.texts(word.sectors)}")
    if word.types:
        meanings.append(f"type = ANY ({put.texts(word.types)})")
    if word.years:
        meanings.append(f"selection_year = ANY ({put.numbers(word.years)})")
    return meanings


def _any(ways: Sequence[Sql]) -> Sql:
    return f"({' OR '.join(ways)})" if ways else "false"


def _score(word: Sought, reach: Reach, put: Parameters) -> Sql:
    each = _EACH_WORD if reach is Reach.SOME else 0
    cases = " ".join(f"WHEN {fits} THEN {each + weight}" for fits, weight in _weights(word, reach, put))
    return f"CASE {cases} ELSE 0 END" if cases else "0"


def _weights(word: Sought, reach: Reach, put: Parameters) -> Iterator[tuple[Sql, int]]:
    for column, weight in _FIELDS:
        if word.grams:
            yield f"{column} @> {put.texts(word.grams)}", weight + _EXACT
        for terms, exactness in ((word.exact, _EXACT), (word.part, _PART), (word.mistyped, _MISTYPED)):
            if terms:
                yield f"{column} && {put.texts(terms)}", weight + exactness
        for run in word.mistyped_runs:
            yield f"{column} @> {put.texts(run)}", weight + _MISTYPED
    if reach is not Reach.WRITTEN:
        for meaning in _meanings(word, put):
            yield meaning, _MEANT
