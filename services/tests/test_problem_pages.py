"""Every problem that a service can answer with is explained in both languages, and nothing else is."""

import re
from collections.abc import Iterator

from shared.errors import DomainError
from shared.http.contract.samples import members_of, sample
from shared.http.problem_pages import problem_pages, problem_texts
from shared.http.problems import WITHOUT_DOMAIN, known_problems

HANGUL = re.compile("[가-힣]")
FEWEST_CHARACTERS = {"english": 60, "korean": 30}


def product_slugs() -> set[str]:
    """The problems of the product; tests have toys of their own."""
    problem_pages()  # imports every service
    ours = {error.problem_type() for error in _descendants(DomainError) if ".tests." not in error.__module__}
    return ours | {kind.slug for kind in WITHOUT_DOMAIN}


def _descendants(error: type[DomainError]) -> Iterator[type[DomainError]]:
    for child in error.__subclasses__():
        yield child
        yield from _descendants(child)


class TestProblemPages:
    def test_every_problem_of_the_product_has_its_texts(self) -> None:
        assert product_slugs() - problem_texts().keys() == set()

    def test_no_text_is_left_of_a_problem_that_is_gone(self) -> None:
        problem_pages()
        assert problem_texts().keys() - known_problems().keys() == set()

    def test_every_problem_of_the_product_has_an_example_with_its_facts(self) -> None:
        for error in _descendants(DomainError):
            if ".tests." not in error.__module__:
                assert sample(error).detail
        assert members_of("window-closed")["closed_at"] == "2025-03-11T09:00:00.000000Z"

    def test_each_page_explains_in_both_languages(self) -> None:
        pages = problem_pages()
        assert pages.keys() == product_slugs()
        for slug, page in pages.items():
            assert page.title_en, slug
            assert HANGUL.search(page.title_ko), slug
            assert HANGUL.search(page.korean), slug
            assert not HANGUL.search(page.english), slug
            assert len(page.english) >= FEWEST_CHARACTERS["english"], slug
            assert len(page.korean) >= FEWEST_CHARACTERS["korean"], slug
