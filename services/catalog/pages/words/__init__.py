"""Every word of the page, in Korean and English."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

import yaml

Language = Literal["ko", "en"]
LANGUAGES: tuple[Language, ...] = ("ko", "en")
_FOLDER = Path(__file__).parent


@cache
def read_words(language: Language) -> dict[str, Any]:
    """The words of a language as they are written."""
    read: dict[str, Any] = yaml.safe_load((_FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    return read


@cache
def words_of(language: Language) -> SimpleNamespace:
    """The words of a language, by attribute: ``words.call.heading``; a word that is not there is an error."""
    return _by_attribute(read_words(language))


def _by_attribute(words: Mapping[str, Any]) -> SimpleNamespace:
    return SimpleNamespace(
        **{
            name: _by_attribute(word) if isinstance(word, Mapping) else str(word)
            for name, word in words.items()
        }
    )
