"""The public page in a real Chromium: search, facets, map, back, without JavaScript, on a phone, in the dark."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from deploy.visit.browser import DESKTOP, PATIENCE_MS, PHONE, Watched, chromium, visit
from tests.stack import RunningStack

pytestmark = [pytest.mark.journey, pytest.mark.needs("chromium"), pytest.mark.timeout(600)]
SMALLEST, WALL = (360, 740), (2560, 1440)
KINDS = (
    "{}/",
    "{}/projects",
    "{}/projects?q=smart&country=ID",
    "{}/projects/17",
    "{}/projects/48",
    "{}/nothing",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def site(played: RunningStack) -> str:
    return f"{played.front_door}/catalog/"


@pytest.fixture
def korean(browser: Browser) -> Iterator[tuple[BrowserContext, Watched]]:
    with visit(browser, locale="ko-KR") as visited:
        yield visited


def titles(page: Page) -> list[str]:
    return page.locator(".found .tile h3").all_inner_texts()


def check_accessible(page: Page) -> None:
    """Against WCAG 2.2 A and AA, and axe's own best practices."""
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:5]) for one in found] == []


@pytest.mark.parametrize(
    ("locale", "question", "title"),
    [
        ("ko-KR", "한국은 베트남 교통을 위해 무엇을 했나?", "교통관리체계 구축"),
        ("en-GB", "what did Korea do for traffic in Vietnam?", "Traffic management system"),
    ],
)
def test_4_search_answers_in_both_languages(
    browser: Browser, site: str, locale: str, question: str, title: str
) -> None:
    with visit(browser, locale=locale) as (context, watched):
        page = context.new_page()
        page.goto(site)
        page.locator("#q").fill(question)
        page.locator("#q").press("Enter")
        page.locator("#found").wait_for()
        assert title in titles(page)
        assert page.locator("#q").input_value() == question
        assert watched.complaints == []
        assert len(watched.origins) == 1


def test_4_facets_lead_to_number_17_and_back_takes_them_away(
    site: str, korean: tuple[BrowserContext, Watched]
) -> None:
    page = korean[0].new_page()
    page.goto(f"{site}ko/projects?state=completed")  # the rehearsal selects projects of its own
    every = titles(page)
    page.locator(".facet a", has_text="교통·모빌리티").click()
    page.locator(".facet a", has_text="베트남").click()
    page.locator(".chips a", has_text="베트남").wait_for()
    assert titles(page) == ["교통관리체계 구축"]
    page.locator(".tile a").first.click()
    page.locator(".facts").wait_for()
    assert page.url.endswith("/ko/projects/17")
    for _ in range(3):
        page.go_back()
    page.locator("#found").wait_for()
    assert titles(page) == every


def test_4_a_mark_of_the_map_names_its_place_and_leads_there_by_keyboard(
    site: str, korean: tuple[BrowserContext, Watched]
) -> None:
    page = korean[0].new_page()
    page.goto(f"{site}ko/")
    mark = page.locator(".mark[aria-label*='쿠스코']")
    mark.focus()
    assert page.locator(".tip").inner_text() == mark.get_attribute("aria-label")
    page.keyboard.press("Escape")
    assert page.locator(".tip").is_hidden()
    page.keyboard.press("Enter")
    page.locator(".facts").wait_for()
    assert "쿠스코" in page.locator(".marks .place").first.inner_text()


def test_4_the_keyboard_skips_to_the_content(site: str, korean: tuple[BrowserContext, Watched]) -> None:
    page = korean[0].new_page()
    page.goto(f"{site}ko/projects")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_4_everything_can_be_read_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    try:
        page = context.new_page()
        page.goto(f"{site}en/")
        assert page.locator(".mark").count() > 20
        assert page.locator(".bars tbody tr").count() > 20
        page.locator("#q").fill("Haiphong")
        page.locator(".search button").click()
        page.locator(".tile a").first.click()
        assert "Haiphong" in page.locator("h1, .marks .place").all_inner_texts()[0]
        page.locator(".switch").click()
        assert page.locator("html").get_attribute("lang") == "ko"
    finally:
        context.close()


@pytest.mark.parametrize("size", [SMALLEST, PHONE, WALL])
def test_4_nothing_is_wider_than_the_screen(browser: Browser, site: str, size: tuple[int, int]) -> None:
    with visit(browser, locale="ko-KR", size=size) as (context, watched):
        page = context.new_page()
        for kind in KINDS:
            page.goto(site + kind.format("ko"))
            assert page.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            ), kind
        assert watched.complaints == []


@pytest.mark.parametrize(
    ("language", "size", "scheme"), [("ko", DESKTOP, "light"), ("en", PHONE, "dark")], ids=["light", "dark"]
)
def test_4_every_kind_of_page_is_accessible(
    browser: Browser, site: str, language: str, size: tuple[int, int], scheme: str
) -> None:
    with visit(browser, locale=language, size=size, scheme=scheme) as (context, _):
        page = context.new_page()
        for kind in KINDS:
            page.goto(site + kind.format(language))
            check_accessible(page)


def test_4_it_prints_what_is_read_and_not_what_is_clicked(
    site: str, korean: tuple[BrowserContext, Watched]
) -> None:
    page = korean[0].new_page()
    page.goto(f"{site}ko/projects/17")
    page.emulate_media(media="print")
    assert page.locator(".menu").is_hidden()
    assert page.locator(".facts").is_visible()
    assert page.locator(".sources a").first.is_visible()
