import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.catalog.domain.question import MOST_WORDS, words_asked
from services.catalog.domain.search_terms import columns_of_terms, grams_of
from services.catalog.domain.search_words import Sought, Vocabulary, sought
from services.catalog.domain.sector import Sector
from services.catalog.tests.made import shipped_list

KNOWN = Vocabulary.of(
    sorted({term for project in shipped_list() for term in columns_of_terms(project)["search_terms"]})
)


def looked_up(question: str) -> tuple[Sought, ...]:
    return sought(words_asked(question), KNOWN)


class TestWordsAsked:
    @pytest.mark.parametrize(
        ("question", "words"),
        [
            ("what did Korea do for traffic in Vietnam?", ["traffic", "vietnam"]),
            ("한국은 베트남 교통을 위해 무엇을 했나?", ["베트남", "교통을"]),
            ("대한민국이 볼리비아에서 진행한 사업들", ["볼리비아에서"]),
            ("C-ITS", ["cits"]),
            ("3차원 입체", ["3", "차원", "입체"]),
            ("traffic TRAFFIC traffíc", ["traffic"]),
            ("Korea", ["korea"]),
            ("%_\\/", []),
        ],
    )
    def test_only_what_tells_something_counts(self, question: str, words: list[str]) -> None:
        assert [word.text for word in words_asked(question)] == words

    @given(st.text(max_size=200))
    def test_no_question_asks_for_more_than_it_may(self, question: str) -> None:
        assert len(words_asked(question)) <= MOST_WORDS


class TestSought:
    @pytest.mark.parametrize(
        ("word", "exact", "part", "mistyped"),
        [
            ("traffic", ("traffic",), (), ()),
            ("phong", (), ("haiphong",), ()),
            ("networking", (), ("network",), ()),
            ("trafic", (), (), ("traffic",)),
            ("veitnam", (), (), ("vietnam",)),
            ("managment", (), (), ("management",)),
            ("xyz", (), (), ()),
            ("2o2", (), (), ()),
        ],
    )
    def test_a_word_is_taken_for_one_mistyped_only_if_nobody_wrote_it(
        self, word: str, exact: tuple[str, ...], part: tuple[str, ...], mistyped: tuple[str, ...]
    ) -> None:
        (found,) = looked_up(word)
        assert (found.exact, found.part, found.mistyped) == (exact, part, mistyped)

    @pytest.mark.parametrize("written", ["교통", "교통을", "교통에서는", "교통과", "교통의"])
    def test_a_particle_is_not_looked_for(self, written: str) -> None:
        assert [one.grams for one in looked_up(written)] == [("교통",)]

    @pytest.mark.parametrize("written", ["베트남교통", "베트남의교통을", "베트남 교통"])
    def test_words_written_together_are_found_apart(self, written: str) -> None:
        assert [set(one.grams) for one in looked_up(written)] == [{"베트", "트남"}, {"교통"}]

    @pytest.mark.parametrize("written", ["transport", "대중교통", "transprot"])
    def test_a_sector_can_be_meant_by_words_that_stand_nowhere(self, written: str) -> None:
        assert Sector.MOBILITY in looked_up(written)[0].sectors

    @given(st.text(alphabet="교통관리베트남의을를 abc%'\\", max_size=200))
    def test_any_question_is_looked_up(self, question: str) -> None:
        for word in looked_up(question):
            assert set(word.grams) <= KNOWN.known
            assert set(word.exact + word.part + word.mistyped) <= set(KNOWN.words)


def test_of_korean_each_syllable_and_each_two_in_a_row_are_kept() -> None:
    assert grams_of("교통관") == {"교", "통", "관", "교통", "통관"}
