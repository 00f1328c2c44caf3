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

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("교퉁", {"교통"}),  # another vowel
            ("굑통", {"교통"}),  # one letter too much
            ("교토", {"교통"}),  # one too few
            ("교퉁을", {"교통"}),
            ("베트넘", {"베트남"}),
            ("베트넘에서는", {"베트남"}),
            ("말레이지아", {"말레이시아"}),
            ("스마튼시티", {"스마트시티"}),
        ],
    )
    def test_of_korean_one_letter_may_be_wrong(self, written: str, meant: set[str]) -> None:
        (found,) = looked_up(written)
        assert (found.grams, found.exact) == ((), ())
        assert {*found.mistyped, *found.mistyped_runs} == {
            one if len(one) == 2 else tuple(sorted(grams_of(one) - set(one))) for one in meant
        }

    @pytest.mark.parametrize("written", ["베트넘교통", "베트넘의교통을", "교통베트넘"])
    def test_a_slip_in_words_written_together_is_found_too(self, written: str) -> None:
        exact, near = sorted(looked_up(written), key=lambda one: not one.grams)
        assert exact.grams == ("교통",)
        assert near.mistyped_runs == (("베트", "트남"),)

    @pytest.mark.parametrize(
        "written",
        [
            "베트",  # known, so nothing else is meant
            "수도",
            "가스",  # 구스, 기스, 마스: it could be too much
            "병원",
            "학교",
            "교",
            "굔퉁",  # two letters
            "베터넘",
            "가나다라마바사아자차카타파하",
            "대중교통",  # nobody wrote it, and it names a sector
        ],
    )
    def test_what_is_written_or_too_far_away_is_no_slip(self, written: str) -> None:
        assert [(one.mistyped, one.mistyped_runs) for one in looked_up(written)] == [((), ())]

    def test_a_word_that_is_written_wins_over_one_beside_it(self) -> None:
        both = Vocabulary.of(["구", "도", "구도", "수", "수도"])
        only = Vocabulary.of(["도", "수", "수도"])
        assert [one.grams for one in sought(words_asked("구도"), both)] == [("구도",)]
        assert [one.mistyped for one in sought(words_asked("구도"), only)] == [("수도",)]

    @pytest.mark.parametrize("written", ["쓰레가", "대중교퉁"])
    def test_a_sector_is_meant_by_a_slip_in_its_word_too(self, written: str) -> None:
        assert len(looked_up(written)[0].sectors) == 1

    @pytest.mark.parametrize("written", ["transport", "대중교통", "transprot"])
    def test_a_sector_can_be_meant_by_words_that_stand_nowhere(self, written: str) -> None:
        assert Sector.MOBILITY in looked_up(written)[0].sectors

    @given(st.text(alphabet="교통퉁관리베트남넘의을를 abc%'\\", max_size=200))
    def test_any_question_is_looked_up(self, question: str) -> None:
        for word in looked_up(question):
            assert set(word.grams) <= KNOWN.known
            assert set(word.exact + word.part) <= set(KNOWN.words)
            assert set(word.mistyped).union(*word.mistyped_runs) <= KNOWN.known


def test_of_korean_each_syllable_and_each_two_in_a_row_are_kept() -> None:
    assert grams_of("교통관") == {"교", "통", "관", "교통", "통관"}
