"""What each word of a question may stand for among the words that the catalogue has. Pure.

A word counts as it stands, as a part of a longer word, and – only if nobody wrote it either way – as one that was
mistyped: one error in four to seven letters, two in eight and more (adjacent letters swapped are one error). Of Korean,
one letter (jamo) of a word of two syllables or more may be another one, be missing or be too much.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

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
_LONGEST_MISTYPED_RUN = 12
"""Syllables of a Korean word that is taken for one mistyped: longer ones are sentences, and dear to look up."""
_PAIR = 2
_MOST_MEANT_BY_A_PAIR = 2
"""Of two syllables that are one letter away from more words than these nobody can say which was meant."""
_YEAR = 4


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the catalogue: other than Korean in order, and the syllables of Korean, one and two in a row.

    ``jamo``: of each two syllables in a row the letters that they are typed of.
    """

    words: tuple[str, ...]
    known: frozenset[str]
    jamo: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, terms: Sequence[str]) -> "Vocabulary":
        """The vocabulary of all terms there are."""
        words = sorted(term for term in terms if not is_korean(term))
        pairs = sorted(term for term in terms if is_korean(term) and len(term) == _PAIR)
        return cls(tuple(words), frozenset(terms), {pair: _jamo_of(pair) for pair in pairs})

    def has_run(self, run: str) -> bool:
        """Whether the catalogue may have this run of Korean: it has each piece of it."""
        return grams_of(run) <= self.known


@dataclass(frozen=True, slots=True)
class Sought:
    """What one word may stand for: any of ``exact``, ``part`` and ``mistyped``, or all of ``grams`` (Korean).

    ``mistyped_runs``: or all of any of these, where a Korean word was mistyped. ``sectors``, ``types``, ``years``: what it may stand for that is written nowhere.
    """

    exact: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    mistyped: tuple[str, ...] = ()
    grams: tuple[str, ...] = ()
    sectors: tuple[Sector, ...] = ()
    types: tuple[ProjectType, ...] = ()
    years: tuple[int, ...] = ()
    mistyped_runs: tuple[tuple[str, ...], ...] = ()

    @property
    def written(self) -> bool:
        """Whether some text of the catalogue may have it."""
        return bool(self.exact or self.part or self.mistyped or self.grams or self.mistyped_runs)

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
    # what somebody means by a word that stands nowhere comes before a slip in two syllables, which say little
    if word not in _TOPICS and (found := _mistyped_korean(word, vocabulary, least=_PAIR + 1)):
        return found
    sectors, types = sectors_of(word, korean=True), types_of(word, korean=True)
    if sectors or types:
        return (Sought(sectors=sectors, types=types),)
    if found := _mistyped_korean(word, vocabulary, least=_PAIR):
        return found
    meant = _near_jamo(word, _TOPICS) if len(word) > _PAIR else ()
    return (Sought(sectors=_sectors_of_any(meant)),)


def _run(run: str) -> Sought:
    sectors, types = sectors_of(run, korean=True), types_of(run, korean=True)
    return Sought(grams=_telling(run), sectors=sectors, types=types)


def _telling(run: str) -> tuple[str, ...]:
    """The pieces that a run is found by: of two syllables in a row each single one follows."""
    grams = grams_of(run)
    return tuple(sorted(gram for gram in grams if len(gram) > 1) or sorted(grams))


def _mistyped_korean(word: str, vocabulary: Vocabulary, *, least: int) -> tuple[Sought, ...]:
    """A Korean word that nobody wrote, mistyped as a whole or in one of two words written together; () when it is not.

    ``least``: syllables of what was mistyped.
    """
    if len(word) > _LONGEST_MISTYPED_RUN:
        return ()
    if near := _near_forms(word, vocabulary, least):
        return (_any_of(near),)
    for cut in range(LEAST_STEM, len(word) - LEAST_STEM + 1):
        head, tail = word[:cut], word[cut:]
        if (known := _known_form(head, vocabulary)) and (near := _near_forms(tail, vocabulary, least)):
            return _run(known), _any_of(near)
        if (known := _known_form(tail, vocabulary)) and (near := _near_forms(head, vocabulary, least)):
            return _any_of(near), _run(known)
    return ()


def _any_of(runs: Sequence[str]) -> Sought:
    pairs = tuple(run for run in runs if len(run) == _PAIR)
    longer = tuple(_telling(run) for run in runs if len(run) > _PAIR)
    return Sought(mistyped=pairs, sectors=_sectors_of_any(runs), mistyped_runs=longer)


def _sectors_of_any(words: Sequence[str]) -> tuple[Sector, ...]:
    return tuple(dict.fromkeys(sector for word in words for sector in sectors_of(word, korean=True)))


def _known_form(word: str, vocabulary: Vocabulary) -> str | None:
    return next((form for form in forms_of(word) if vocabulary.has_run(form)), None)


def _near_forms(word: str, vocabulary: Vocabulary, least: int) -> tuple[str, ...]:
    """The runs of the catalogue that a word, or else the word without its particle, is one letter away from."""
    every = (_near_runs(form, vocabulary) for form in forms_of(word) if len(form) >= least)
    return next((near for near in every if near), ())


def _near_runs(run: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The runs of the catalogue that are as many syllables and one letter away; () for one that it may have.

    One wrong syllable makes no more than two unknown pairs, beside each other; the first of them is put right.
    """
    unknown = [at for at in range(len(run) - 1) if run[at : at + _PAIR] not in vocabulary.known]
    if not unknown or unknown[-1] - unknown[0] > 1:
        return ()
    at = unknown[0]
    pairs = _near_jamo(run[at : at + _PAIR], vocabulary.jamo)
    every = (run[:at] + pair + run[at + _PAIR :] for pair in pairs)
    found = tuple(one for one in every if vocabulary.has_run(one))
    return found if len(run) > _PAIR or len(found) <= _MOST_MEANT_BY_A_PAIR else ()


def _near_jamo(run: str, among: Mapping[str, str]) -> tuple[str, ...]:
    found = process.extract(
        _jamo_of(run), among, scorer=OSA.distance, processor=None, score_cutoff=1, limit=MOST_MISTYPED
    )
    return tuple(known for _, _, known in found)


def _jamo_of(run: str) -> str:
    """Hangul as the letters that it is typed of, each by its place in the syllable."""
    return unicodedata.normalize("NFD", run)


_TOPICS = {word: _jamo_of(word) for word in sorted(WORDS) if is_korean(word)}


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
