import re
from collections.abc import Iterator, Mapping
from typing import Any

from services.catalog.domain.history import Cause
from services.catalog.domain.project import Fact, ProjectState, ProjectType, Stage
from services.catalog.pages.rendering import TEMPLATES
from services.catalog.pages.words import read_words, words_of

_BLANK = re.compile(r"\{\w+\}")


def leaves(words: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, str]]:
    for name, word in words.items():
        if isinstance(word, Mapping):
            yield from leaves(word, f"{at}{name}.")
        else:
            yield f"{at}{name}", str(word)


class TestWords:
    def test_both_languages_say_everything(self) -> None:
        korean, english = dict(leaves(read_words("ko"))), dict(leaves(read_words("en")))
        assert korean.keys() == english.keys()
        assert [name for name, word in {**korean, **english}.items() if not word.strip()] == []

    def test_what_is_filled_in_is_the_same_in_both(self) -> None:
        korean, english = dict(leaves(read_words("ko"))), dict(leaves(read_words("en")))
        free = {
            name for name in korean if name.startswith("formats.")
        }  # each language says dates in its own way
        assert {name: sorted(_BLANK.findall(word)) for name, word in korean.items() if name not in free} == {
            name: sorted(_BLANK.findall(word)) for name, word in english.items() if name not in free
        }

    def test_korean_is_korean(self) -> None:
        korean = dict(leaves(read_words("ko")))
        hangul = re.compile("[가-힣]")
        assert [name for name, word in korean.items() if not hangul.search(_BLANK.sub("", word))] == [
            "language.other",
            "project.untitled_in",
        ]  # the name of the other, and two blanks

    def test_every_word_that_a_template_asks_for_is_there(self) -> None:
        asked = {
            path
            for template in TEMPLATES.glob("*.html")
            for path in re.findall(r"\bwords\.(\w+\.\w+)", template.read_text())
        }
        said = {name for name, _ in leaves(read_words("ko"))}
        assert asked - said == set()
        assert len(asked) > 50

    def test_every_value_of_the_domain_has_a_name(self) -> None:
        words = words_of("ko")
        for kind, named in (
            (Stage, words.stages),
            (ProjectType, words.types),
            (ProjectState, words.states),
            (Fact, words.facts),
            (Cause, words.causes),
        ):
            assert {one.value for one in kind} <= vars(named).keys()
