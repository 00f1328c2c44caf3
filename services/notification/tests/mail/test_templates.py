from pathlib import Path

import pytest

from services.notification.domain.message import LANGUAGES, Language, Template
from services.notification.mail.page import write_page
from services.notification.mail.samples import PUBLIC_URL, SAMPLES, as_file, sample_words
from services.notification.mail.templates import (
    REHEARSAL_PREFIX,
    CannotBeWritten,
    Surroundings,
    languages_of,
    newest_version,
    write_words,
)

SNAPSHOTS = Path(__file__).parent / "snapshots"
ALL = [(template, language) for template in Template for language in LANGUAGES]
NOBODY = Surroundings("A", PUBLIC_URL, rehearsal=False)


@pytest.mark.parametrize(("template", "language"), ALL)
class TestEveryTemplate:
    def test_reads_as_its_snapshot(self, template: Template, language: Language) -> None:
        """A change is made visible by: python -m services.notification.mail.samples --write <this folder>/snapshots."""
        kept = (SNAPSHOTS / f"{template.value}.{language}.txt").read_text(encoding="utf-8")
        assert as_file(sample_words(template, language)) == kept

    def test_tells_receipt_number_project_call_and_where_to_read_more(
        self, template: Template, language: Language
    ) -> None:
        words = sample_words(template, language)
        title = SAMPLES[template]["project_title"][language]
        for told in ("KCN-2025-D-7F3K-9QX2", title, f"{PUBLIC_URL}/intake/v1/calls/KCN-2025"):
            assert told in words.text
        if template is not Template.EXPO_INVITATION:
            assert "KCN-2025-D-7F3K-9QX2" in words.subject

    def test_says_when_it_is_a_rehearsal(self, template: Template, language: Language) -> None:
        words = sample_words(template, language, rehearsal=True)
        assert words.subject.startswith(REHEARSAL_PREFIX)
        assert {"ko": "리허설", "en": "rehearsal"}[language] in words.text.splitlines()[0]
        assert REHEARSAL_PREFIX not in sample_words(template, language).subject

    def test_no_line_of_a_template_is_left_over(self, template: Template, language: Language) -> None:
        text = sample_words(template, language).text
        assert not set("{}%").intersection(text)
        assert "\n\n\n" not in text
        assert "None" not in text

    def test_its_page_says_the_same_in_its_language_without_anything_from_outside(
        self, template: Template, language: Language
    ) -> None:
        words = sample_words(template, language)
        page = write_page(words, PUBLIC_URL)
        assert f'<html lang="{language}">' in page
        assert "<h2" in page
        for line in words.text.splitlines():
            for piece in line.removeprefix("- ").split(": ", 1):
                assert piece.strip() in page
        assert page.count("src=") == 0
        assert page.count("href=") == page.count(f'href="{PUBLIC_URL}/')

    def test_refuses_to_be_written_without_its_variables(
        self, template: Template, language: Language
    ) -> None:
        with pytest.raises(CannotBeWritten):
            write_words(template, newest_version(template), language, {}, NOBODY)


class TestEveryTemplateFolder:
    def test_has_both_languages(self) -> None:
        assert {languages_of(template) for template in Template} == {LANGUAGES}

    def test_has_samples(self) -> None:
        assert set(SAMPLES) == set(Template)


class TestWriteWords:
    def test_a_value_cannot_add_a_line_nor_a_template_expression(self) -> None:
        values = SAMPLES[Template.RECEIPT] | {"project_title": {"en": "A\r\n\r\nPay here: {{ 7 * 7 }}"}}
        words = write_words(Template.RECEIPT, 1, "en", values, NOBODY)
        assert "Project: A Pay here: {{ 7 * 7 }}\n" in words.text

    def test_takes_the_other_language_where_a_text_has_only_that(self) -> None:
        values = SAMPLES[Template.RECEIPT] | {"project_title": {"ko": "교통"}}
        assert "Project: 교통\n" in write_words(Template.RECEIPT, 1, "en", values, NOBODY).text

    def test_tells_of_the_next_year_when_a_proposal_rolls_over(self) -> None:
        values = SAMPLES[Template.RECEIPT] | {"rolls_over": True, "partner_name": None}
        assert "next year's round" in write_words(Template.RECEIPT, 1, "en", values, NOBODY).text
        assert "다음 연도 심사" in write_words(Template.RECEIPT, 1, "ko", values, NOBODY).text


class TestWritePage:
    def test_a_value_is_text_even_where_it_looks_like_a_tag_or_a_link(self) -> None:
        values = SAMPLES[Template.RECEIPT] | {
            "project_title": {"en": "<b>x</b> https://elsewhere.example/pay"}
        }
        page = write_page(write_words(Template.RECEIPT, 1, "en", values, NOBODY), PUBLIC_URL)
        assert "&lt;b&gt;x&lt;/b&gt; https://elsewhere.example/pay" in page
        assert 'href="https://elsewhere' not in page
