"""What each word of a question may stand for among the words that the catalogue has. Pure.

A word counts as it stands, as a part of a longer word, and – only if nobody wrote it either way – as one that was
mistyped: one error in four to seven letters, two in eight and more (adjacent letters swapped are one error).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from services.catalog.domain.project import ProjectType
from services.catalog.domain.question import ENDINGS, LEAST_STEM, Asked, forms_of
from services.catalog.domain.search_terms import grams_of, is_korean
from services.catalog.domain.sector import Sector
from services.catalog.domain.topics import WORDS, sectors_of, types_of

MOST_PARTS, MOST_MISTYPED = 100, 20
"""Words of the catalogue that one word of a question stands for, at most."""
_SHORTEST_PART, _LONGEST_ENDING = 2, 3
_FIRST_MISTYPED, _TWO_ERRORS_FROM = 4, 8
_YEAR = 4


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the catalogue: other than Korean in order, and the syllables of Korean, one and two in a row."""

    words: tuple[str, ...]
    known: frozenset[str]

    @classmethod
    def of(cls, terms: Sequence[str]) -> "Vocabulary":
        """The vocabulary of all terms there are."""
        return cls(tuple(sorted(term for term in terms if not is_korean(term))), frozenset(terms))

    def has_run(self, run: str) -> bool:
        """Whether the catalogue may have this run of Korean: it has each piece of it."""
        return grams_of(run) <= self.known


@dataclass(frozen=True, slots=True)
class Sought:
    """What one word may stand for: any of ``exact``, ``part`` and ``mistyped``, or all of ``grams`` (Korean).

    ``sectors``, ``types``, ``years``: what it may stand for that is written nowhere.
    """

    exact: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    mistyped: tuple[str, ...] = ()
    grams: tuple[str, ...] = ()
    sectors: tuple[Sector, ...] = ()
    types: tuple[ProjectType, ...] = ()
    years: tuple[int, ...] = ()

    @property
    def written(self) -> bool:
        """Whether some text of the catalogue may have it."""
        return bool(self.exact or self.part or self.mistyped or self.grams)

    @property
    def meant(self) -> bool:
        """Whether a sector, a type or a year may be meant."""
        return bool(self.sectors or self.types or self.years)


def sought(asked: Sequence[Asked], vocabulary: Vocabulary) -> tuple[Sought, ...]:
    """What is looked for: every one of these, in the order asked; a Korean word can be several written together."""
    return tuple(
        one
        for word in asked
        for one in (_korean(word.text, vocabulary) if word.korean else (_other(word.text, vocabulary),))
    )


def _other(word: str, vocabulary: Vocabulary) -> Sought:
    exact = (word,) if word in vocabulary.known else ()
    part = tuple(_parts(word, vocabulary))[:MOST_PARTS]
    sectors, types = sectors_of(word, korean=False), types_of(word, korean=False)
    years = (int(word),) if word.isdecimal() and word.isascii() and len(word) == _YEAR else ()
    if exact or part or sectors or types or years:
        return Sought(exact, part, (), (), sectors, types, years)
    near = _mistyped(word, vocabulary.words)
    for meant in _mistyped(word, sorted(WORDS)):
        sectors += sectors_of(meant, korean=False)
    return Sought(mistyped=near, sectors=tuple(dict.fromkeys(sectors)))


def _parts(word: str, vocabulary: Vocabulary) -> Iterator[str]:
    if len(word) < _SHORTEST_PART:
        return
    for known in vocabulary.words:
        if known != word and (word in known or _has_ending(word, known)):
            yield known


def _has_ending(word: str, known: str) -> bool:
    """Whether ``word`` is ``known`` with an ending: parkings, networking."""
    return (
        len(known) >= _FIRST_MISTYPED
        and word.startswith(known)
        and len(word) - len(known) <= _LONGEST_ENDING
        and word.isalpha()
    )


def _mistyped(word: str, among: Sequence[str]) -> tuple[str, ...]:
    if len(word) < _FIRST_MISTYPED or not word.isalpha():
        return ()
    most = 2 if len(word) >= _TWO_ERRORS_FROM else 1
    found = process.extract(
        word, among, scorer=OSA.distance, processor=None, score_cutoff=most, limit=MOST_MISTYPED
    )
    return tuple(known for known, _, _ in found)


def _korean(word: str, vocabulary: Vocabulary) -> tuple[Sought, ...]:
    for form in forms_of(word):
        if vocabulary.has_run(form):
            return (_run(form),)
    if runs := _written_together(word, vocabulary):
        return tuple(_run(run) for run in runs)
    return (Sought(sectors=sectors_of(word, korean=True), types=types_of(word, korean=True)),)


def _run(run: str) -> Sought:
    grams = grams_of(run)
    # of two syllables in a row each single one follows
    telling = sorted(gram for gram in grams if len(gram) > 1) or sorted(grams)
    sectors, types = sectors_of(run, korean=True), types_of(run, korean=True)
    return Sought(grams=tuple(telling), sectors=sectors, types=types)


def _written_together(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words of the catalogue that ``word`` is made of, particles between them left out; () when it is not."""
    runs: list[str] = []
    start = 0
    while start < len(word):
        ends = range(len(word), start + LEAST_STEM - 1, -1)
        end = next((end for end in ends if vocabulary.has_run(word[start:end])), None)
        if end is not None:
            runs.append(word[start:end])
            start = end
            continue
        ending = next((ending for ending in ENDINGS if runs and word.startswith(ending, start)), None)
        if ending is None:
            return ()
        start += len(ending)
    return tuple(runs)
