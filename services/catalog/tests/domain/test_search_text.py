import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.catalog.domain.search_text import SEPARATOR, normalised, search_text
from services.catalog.tests.made import shipped_list


class TestNormalised:
    @pytest.mark.parametrize(
        ("asked", "written"),
        [
            ("bogota", "Bogotá"),
            ("TURKIYE", "Türkiye"),
            ("istanbul", "İstanbul"),
            ("diyarbakir", "Diyarbakır"),
            ("da nang", "Đà Nẵng"),
            ("lodz", "Łódź"),
            ("strasse", "Straße"),
            ("C-ITS", "Ｃ－ＩＴＳ"),
            ("교통관리체계", "교통 관리 체계"),
            ("3차원입체", "3차원 입체"),
            ("교통", "교통"),
            ("traffic  management", "Traffic\tmanagement"),
        ],
    )
    def test_readers_and_writers_meet(self, asked: str, written: str) -> None:
        assert normalised(asked) == normalised(written)

    def test_keeps_the_space_between_latin_words(self) -> None:
        assert normalised("Kota Kinabalu") == "kota kinabalu"

    def test_keeps_marks_that_make_another_letter_elsewhere(self) -> None:
        assert normalised("й") != normalised("и")

    @given(st.text())
    def test_normalising_twice_changes_nothing(self, text: str) -> None:
        assert normalised(normalised(text)) == normalised(text)

    @given(st.text())
    def test_a_query_never_contains_what_parts_two_texts(self, text: str) -> None:
        assert SEPARATOR not in normalised(text)


class TestSearchText:
    def test_holds_title_city_country_and_company_in_both_languages(self) -> None:
        baltimore = next(project for project in shipped_list() if project.number == 22)
        assert search_text(baltimore).split(SEPARATOR) == [
            "폐기물관리솔루션",
            "waste management solution",
            "볼티모어",
            "baltimore",
            "미국",
            "united states",
            "ecube labs",
        ]

    def test_does_not_hold_the_note(self) -> None:
        klang = next(project for project in shipped_list() if project.number == 26)
        assert "newspapers" not in search_text(klang)
