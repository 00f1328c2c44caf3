"""A reader's question as the words that count. Pure.

Words that only make a sentence fall away, unless there are no others. Of a Korean word the particle at its end is
not part of what is looked for; where it begins, only the catalogue's own words tell (``search_words``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.catalog.domain.search_terms import pieces_of
from services.catalog.domain.search_text import normalised

MOST_WORDS = 12
"""Of a question that count; those behind them do not."""
LEAST_STEM = 2
"""Syllables that remain of a Korean word when its particle goes."""
_ENGLISH = (
    "a about all an and any are at by can could did do does doing done for from give had has have how i in into is it "
    "kcity korea korean koreans like list made make many me of on or out please program programme programmes programs "
    "project projects s show some tell that the their there these they this to was we were what when where which who "
    "why will with would you"
)
_KOREAN = (
    "한국 대한민국 우리나라 무엇 무슨 뭐 뭘 어떤 어떻게 어디 언제 왜 누가 했나 했나요 했는가 했는지 했습니까 했어 했어요 하였나 하였는가 하는 "
    "하고 하기 한 할 해준 위해 위해서 위하여 위한 대해 대해서 대하여 관해 관한 관련 관련된 있나 있나요 있는 있는지 있습니까 있어 "
    "알려줘 알려주세요 보여줘 보여주세요 찾아줘 찾아주세요 및 또는 그리고 등 것 사업 사업들 프로젝트 진행 진행한 수행 수행한 추진 추진한"
)
STOP_WORDS = frozenset(_ENGLISH.split()) | frozenset(_KOREAN.split())
_ENDINGS = (
    "에서부터 으로부터 에게서 에서는 에서도 에서의 에서만 에게는 으로는 으로도 으로서 으로써 이라는 "
    "에서 에게 으로 로서 로써 까지 부터 처럼 보다 마다 조차 이나 이랑 하고 들은 들이 들을 들의 에는 에도 과의 와의 "
    "과 와 은 는 이 가 을 를 의 에 도 만 로 나 랑 들 시"
)
ENDINGS = tuple(sorted(_ENDINGS.split(), key=len, reverse=True))
"""Particles, and the syllable for city behind its name; the longest first."""
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Asked:
    """One word of a question, normalised."""

    text: str
    korean: bool


def words_asked(question: str) -> tuple[Asked, ...]:
    """The words of ``question`` that count, in order, each once, at most ``MOST_WORDS``."""
    # word by word, for normalising takes the space between Korean words away
    every = tuple(
        dict.fromkeys(
            Asked(piece, korean)
            for written in _BLANK.split(question)
            for piece, korean in pieces_of(normalised(written))
        )
    )
    telling = tuple(word for word in every if not _only_makes_a_sentence(word))
    return (telling or every)[:MOST_WORDS]


def forms_of(word: str) -> Iterator[str]:
    """A Korean word as it stands, then without the particle at its end: the shortest particle first."""
    yield word
    for ending in reversed(ENDINGS):
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM:
            yield word[: -len(ending)]


def _only_makes_a_sentence(word: Asked) -> bool:
    if not word.korean:
        return word.text in STOP_WORDS
    return any(form in STOP_WORDS for form in forms_of(word.text))
