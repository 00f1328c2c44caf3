"""Item 6: the sample front end in a real Chromium, in both languages, on a running stack."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route

from clients.generation import browser as compiled
from deploy.local.issuer.clients import DEVELOPMENT_GRANT
from deploy.local.people import sample_person
from deploy.sandbox.calls import Round, Which
from deploy.visit.applicant import AtTheFrontEnd, Language
from deploy.visit.browser import DESKTOP, PHONE, Watched, visit
from deploy.visit.story import DEMONSTRATION, DEMONSTRATION_DOCUMENTS, PLANNING, PLANNING_DOCUMENTS
from shared.settings import SERVICES
from tests.acceptance.front_door.conftest import Filled
from tests.stack import PLAYED_WITHIN_SECONDS, ROOT

pytestmark = [
    *(pytest.mark.journey, pytest.mark.timeout(PLAYED_WITHIN_SECONDS + 300), pytest.mark.needs("chromium")),
]
KOREA, ABROAD = "sample-applicant-korea", "sample-applicant-abroad"
OTHER_DECADE = "const real = Date; Date = class extends real { static now() { return 1e12; } };"
"""A computer whose clock is wrong by years."""


class Asked:
    """What the tests ask the stack themselves."""

    def __init__(self, sandbox: Filled) -> None:
        self.origin, self.issuer = sandbox.running.front_door, sandbox.running.stack.issuer_url

    def token(self, username: str, *, expires_in: int = 3600) -> str:
        """A token of a sample person; negative ``expires_in`` for one that is over."""
        person = sample_person(username)
        form: dict[str, Any] = {
            "grant_type": DEVELOPMENT_GRANT,
            "subject": person.subject,
            "roles": person.role.value,
            "organisation_id": str(person.organisation_id or ""),
            "tracks": " ".join(person.tracks),
            "expires_in": expires_in,
        }
        return str(httpx.post(f"{self.issuer}/token", data=form).raise_for_status().json()["access_token"])

    def get(self, path: str, username: str | None = None) -> Any:
        """The JSON at a path, as somebody."""
        headers = {"Authorization": f"Bearer {self.token(username)}"} if username else {}
        return httpx.get(self.origin + path, headers=headers).raise_for_status().json()

    def post(self, path: str, body: Any, username: str, key: str = "") -> Any:
        """What a POST is answered with."""
        headers = {"Authorization": f"Bearer {self.token(username)}"} | (
            {"Idempotency-Key": key} if key else {}
        )
        return httpx.post(self.origin + path, json=body, headers=headers).raise_for_status().json()

    def now(self) -> datetime:
        """Business time."""
        return datetime.fromisoformat(self.get("/intake/v1/time")["now"])


@pytest.fixture(scope="module")
def asked(sandbox: Filled) -> Asked:
    return Asked(sandbox)


@pytest.fixture
def english(browser: Browser, asked: Asked) -> Iterator[tuple[BrowserContext, Watched]]:
    """A visit with an English browser; nothing may have gone elsewhere, and nothing may have been complained about."""
    with visit(browser, locale="en-GB") as (context, watched):
        yield context, watched
        check_quiet(watched, asked)


def check_quiet(watched: Watched, asked: Asked) -> None:
    assert watched.complaints == []
    assert {asked.origin} <= watched.origins <= {asked.origin, asked.issuer}


def check_accessible(page: Page) -> None:
    """Against WCAG 2.2 A and AA, and axe's own best practices."""
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


STORIES = {
    "ko": ("ko-KR", DESKTOP, "dark", KOREA, "demonstration", DEMONSTRATION, DEMONSTRATION_DOCUMENTS),
    "en": ("en-GB", PHONE, "light", ABROAD, "planning", PLANNING, PLANNING_DOCUMENTS),
}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_6_the_whole_way_from_signing_in_to_the_receipt(
    sandbox: Filled, browser: Browser, asked: Asked, language: Language
) -> None:
    locale, size, scheme, username, track, story, documents = STORIES[language]
    with visit(browser, locale=locale, size=size, scheme=scheme) as (context, watched):
        context.add_init_script(OTHER_DECADE)
        here = AtTheFrontEnd.arrive(context, asked.origin, language)
        page = here.page
        assert page.locator("html").get_attribute("lang") == language
        check_accessible(page)
        here.sign_in(username)
        application = here.begin(track, sandbox.open_call)
        check_countdown(here, asked, sandbox.open_call, track)

        lines = here.check()
        told = asked.get(f"/intake/v1/applications/{application}/completeness", username)
        assert len(lines) >= len(told["findings"]) > 0
        assert focused(page) == "field-organisation-name"
        check_at_its_field(here, told["findings"])
        check_accessible(page)
        page.locator(".summary a").last.click()
        assert focused(page) == f"field-documents-{documents[-1]}"

        here.fill(story)
        for kind in documents:
            here.upload(kind)
        assert here.check() == []
        number = here.submit()
        check_receipt(here, asked.get(f"/intake/v1/applications/{application}/receipt", username), number)
        check_accessible(page)
        stored = asked.get(f"/intake/v1/applications/{application}", username)
        assert stored["state"] == "submitted"
        assert stored["answers"] == story["answers"]
        check_quiet(watched, asked)


def check_countdown(here: AtTheFrontEnd, asked: Asked, code: str, track: str) -> None:
    """What is left is measured by the service's clock, which stands in this rehearsal; the computer's is wrong."""
    window = next(
        one["window"] for one in asked.get(f"/intake/v1/calls/{code}")["tracks"] if one["track"] == track
    )
    left = datetime.fromisoformat(window["closes_at"] or window["cut_off_at"]) - asked.now()
    units = [int(one) for one in here.page.locator(".draft .unit b").all_inner_texts()]
    assert units == [left.days, left.seconds // 3600, left.seconds // 60 % 60, left.seconds % 60]


def check_at_its_field(here: AtTheFrontEnd, findings: list[dict[str, str]]) -> None:
    """Each field that a finding names is marked, and described by words of the page's language that are there."""
    marked = 0
    for finding in findings:
        field = here.field(finding["pointer"])
        if field.count() == 0:  # a whole section: each of its fields is marked
            within = f"[id^=field{finding['pointer'].replace('/', '-')}-]"
            field = here.page.locator(f":is(input, select, textarea){within}").first
        described = (field.get_attribute("aria-describedby") or "").split()
        message = here.page.locator(f"#{described[-1]}")
        assert field.get_attribute("aria-invalid") == "true"
        assert re.search("[가-힣]", message.inner_text()) if here.language == "ko" else message.inner_text()
        marked += 1
    assert marked == len(findings)


def check_receipt(here: AtTheFrontEnd, receipt: dict[str, Any], number: str) -> None:
    """Number, instant and digest as the service signed them; what is downloaded is that receipt."""
    page = here.page
    assert number == receipt["receipt_no"]
    assert page.locator("time").get_attribute("datetime") == receipt["arrived_at"]
    assert page.locator("code").first.inner_text() == receipt["digest"]
    assert focused(page) == page.locator("h1").evaluate("one => one.id")
    with page.expect_download() as download:
        page.locator(".receipt .primary").click()
    assert json.loads(download.value.path().read_text()) == receipt


def begun(asked: Asked, code: str, username: str = ABROAD) -> str:
    """A draft that lacks only its documents' replacement: complete, begun through the API; its id."""
    headers = {"Authorization": f"Bearer {asked.token(username)}"}
    with httpx.Client(base_url=asked.origin, headers=headers) as http:
        body = {"call_code": code, "track": "planning"}
        made = http.post(
            "/intake/v1/applications",
            json=body,
            headers={"Idempotency-Key": "x" * 8 + str(asked.now().timestamp()) + str(id(http))},
        )
        made.raise_for_status()
        path = f"/intake/v1/applications/{made.json()['id']}"
        http.patch(path, json=PLANNING, headers={"If-Match": made.headers["ETag"]}).raise_for_status()
        for kind in PLANNING_DOCUMENTS:
            query = {"kind": kind, "file_name": f"{kind}.pdf"}
            head = {"Content-Type": "application/pdf", "Idempotency-Key": f"{kind}-{made.json()['id']}"}
            http.post(
                f"{path}/documents", params=query, content=b"%PDF-1.4\n%%EOF\n", headers=head
            ).raise_for_status()
    return str(made.json()["id"])


def signed_in(context: BrowserContext, asked: Asked, application: str = "") -> AtTheFrontEnd:
    """Somebody of the city abroad, at an application where one is named."""
    here = AtTheFrontEnd.arrive(context, asked.origin, "en")
    here.sign_in(ABROAD)
    if application:
        here.page.goto(f"{asked.origin}/sample-front-end/#/applications/{application}")
        here.page.locator(".draft").wait_for()
    return here


def test_6_submit_pressed_twice_and_in_two_tabs_is_one_receipt(
    sandbox: Filled, english: tuple[BrowserContext, Watched], asked: Asked
) -> None:
    application = begun(asked, sandbox.open_call)
    tabs = [signed_in(english[0], asked, application) for _ in range(2)]
    for tab in tabs:
        tab.act("submit")
        tab.page.locator("dialog").wait_for()
    for tab in tabs:
        tab.page.locator("[data-act=yes]").dblclick()
    numbers = {tab.receipt_no() for tab in tabs}
    assert numbers == {asked.get(f"/intake/v1/applications/{application}/receipt", ABROAD)["receipt_no"]}


def test_6_a_token_that_expires_is_renewed_and_a_sign_in_that_ends_loses_no_word(
    sandbox: Filled, english: tuple[BrowserContext, Watched], asked: Asked
) -> None:
    application = begun(asked, sandbox.open_call)
    here = signed_in(english[0], asked, application)
    page, over = here.page, asked.token(ABROAD, expires_in=-60)
    sent: list[str] = []

    def expire(route: Route) -> None:
        sent.append(route.request.method)
        headers = route.request.headers | ({"authorization": f"Bearer {over}"} if len(sent) == 1 else {})
        route.continue_(headers=headers)

    page.route(re.compile(r"/applications/[0-9a-f-]+$"), expire)
    here.fill({"project": {"title": {"en": "Written while the token expired"}}})
    here.save()
    assert sent == ["PATCH", "PATCH"]
    path = f"/intake/v1/applications/{application}"
    assert asked.get(path, ABROAD)["project"]["title"]["en"] == "Written while the token expired"

    end_sign_in(page, asked)
    sent.clear()
    here.fill({"project": {"title": {"en": "Written after the sign-in ended"}}})
    here.save()
    assert sent == ["PATCH"]
    page.locator(".notice .primary").click()
    here.choose(ABROAD)
    assert here.field("/project/title").input_value() == "Written after the sign-in ended"
    here.save()
    assert asked.get(path, ABROAD)["project"]["title"]["en"] == "Written after the sign-in ended"


def end_sign_in(page: Page, asked: Asked) -> None:
    """The issuer ends the sign-in, as when its refresh token was used by somebody else before."""
    refresh = page.evaluate("JSON.parse(sessionStorage.getItem('kcity-signed-in')).refresh")
    form = {"grant_type": "refresh_token", "client_id": "kcity-front-end", "refresh_token": refresh}
    assert httpx.post(f"{asked.issuer}/token", data=form).status_code == 200
    assert httpx.post(f"{asked.issuer}/token", data=form).status_code == 400


def test_6_when_the_deadline_passes_the_page_says_so_and_the_service_decides(
    english: tuple[BrowserContext, Watched], asked: Asked
) -> None:
    now = asked.now()
    code, closes_at = f"LATE{now.minute:02d}{now.second:02d}-{now.year}", now + timedelta(minutes=5)
    publish_closing(asked, code, now, closes_at)
    here = signed_in(english[0], asked)
    here.begin("demonstration", code)
    here.fill({"project": {"title": {"en": "Too late by nothing"}}})
    assert here.page.locator(".draft .is-soon").count() == 1
    for service in SERVICES:
        body = {"name": "the deadline of the sample front end", "instant": closes_at.isoformat()}
        asked.post(f"/{service}/v1/rehearsal/clock", body, "sample-operator")
    here.page.locator(".draft .is-over").wait_for()
    assert "The intake is closed" in here.page.locator(".draft .over").inner_text()
    here.act("submit")
    here.act("yes")
    assert "at or after the deadline" in here.page.locator(".notice").inner_text()
    assert here.field("/project/title").input_value() == "Too late by nothing"


def publish_closing(asked: Asked, code: str, now: datetime, closes_at: datetime) -> None:
    """A call that closes soon; announced before the open one, so that it is not the first of the list."""
    call = Round(1, now).written(Which.OPEN)
    call |= {"code": code, "announced_at": (now - timedelta(days=30)).isoformat()}
    window = next(track["window"] for track in call["tracks"] if track["track"] == "demonstration")
    window["closes_at"] = closes_at.isoformat()
    asked.post("/intake/v1/calls", call, "sample-officer-ministry", key=f"publish-{code}")


def test_6_a_clock_that_runs_is_carried_on_between_answers_and_corrected_by_them(
    sandbox: Filled, english: tuple[BrowserContext, Watched], asked: Asked
) -> None:
    """As on a live system, whose clock runs; here only what the service says of its time is made up."""
    tracks = asked.get(f"/intake/v1/calls/{sandbox.open_call}")["tracks"]
    closes_at = datetime.fromisoformat(
        next(one["window"]["closes_at"] for one in tracks if one["window"]["closes_at"])
    )
    present = [closes_at - timedelta(seconds=1)]

    def tell(route: Route) -> None:
        now = present[-1].isoformat()
        route.fulfill(json={"now": now, "bound_ms": 2.5, "time_zone": "Asia/Seoul", "rehearsal": False})

    english[0].route("**/intake/v1/time", tell)
    here = AtTheFrontEnd.arrive(english[0], asked.origin, "en")
    box = here.page.locator(f"[data-call={sandbox.open_call}][data-track=demonstration] .deadline")
    box.locator(".over").wait_for()
    present.append(closes_at - timedelta(hours=2))
    here.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    box.locator(".digits").wait_for()
    assert box.locator(".unit b").first.inner_text() == "0"
    assert "Time of the ministry's system" in box.inner_text()


def test_6_the_keyboard_is_enough(
    sandbox: Filled, english: tuple[BrowserContext, Watched], asked: Asked
) -> None:
    here = AtTheFrontEnd.arrive(english[0], asked.origin, "en")
    page = here.page
    press_on(page, "button.primary")
    page.locator("button[value]").first.wait_for()
    press_on(page, f"button[value={ABROAD}]")
    page.locator("[data-act=sign-out]").wait_for()
    press_on(page, f"[data-call={sandbox.open_call}][data-track=planning] .primary")
    page.locator(".draft").wait_for()
    assert focused(page) == page.locator("h1").evaluate("one => one.id")
    press_on(page, "[data-act=check]")
    here.settled()
    assert focused(page) == "field-organisation-name"
    page.keyboard.type("City of Da Nang")
    press_on(page, ".summary li:nth-child(2) a")
    assert focused(page) == "field-organisation-kind"
    page.keyboard.press("ArrowDown")
    with page.expect_file_chooser() as chooser:
        press_on(page, "#field-documents-request_letter")
    chooser.value.set_files([ROOT / "deploy/front_door/site/static/icon.svg"])
    page.locator("#field-documents-request_letter-wrong", has_text="not taken").wait_for()
    press_on(page, "[data-act=language]")
    assert page.locator("html").get_attribute("lang") == "ko"
    assert here.field("/organisation/name").input_value() == ""
    assert page.locator("#field-organisation-name-en").input_value() == "City of Da Nang"
    press_on(page, "[data-act=sign-out]")
    page.locator(".card .primary").first.wait_for()
    assert page.locator("[data-act=sign-out]").count() == 0
    assert page.evaluate("sessionStorage.length") == 0


def press_on(page: Page, selector: str) -> None:
    """Tab until the focus is there, then Enter."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_6_both_languages_say_everything(english: tuple[BrowserContext, Watched], asked: Asked) -> None:
    page = AtTheFrontEnd.arrive(english[0], asked.origin, "en").page
    said = page.evaluate(
        """async () => {
          const names = (at, words) => Object.entries(words).flatMap(([name, one]) =>
            typeof one === "string" ? [`${at}${name} ${(one.match(/{\\w+}/g) ?? []).sort()}`] : names(`${at}${name}.`, one));
          const [en, ko] = await Promise.all(["en", "ko"].map((one) => import(`./app/words-${one}.js`)));
          return [names("", en.default), names("", ko.default)];
        }"""
    )
    assert said[0] == said[1]
    assert len(said[0]) > 100


def test_6_it_speaks_to_the_services_through_the_generated_client_alone() -> None:
    assert compiled.is_current(), "make clients"
    pages = {file.name: file.read_text() for file in (ROOT / "deploy/sample-front-end/app").glob("*.js")}
    assert {name for name, text in pages.items() if re.search(r"\bfetch\(|XMLHttpRequest", text)} == {
        *("main.js", "signing-in.js"),  # its settings; the issuer, which is no service of the contract
    }
    assert not [name for name, text in pages.items() if re.search(r"/v1/|innerHTML|https?://", text)]


def test_6_the_page_runs_nothing_that_is_written_into_it_and_asks_nobody_else(
    asked: Asked, sandbox: Filled
) -> None:
    told = httpx.get(f"{asked.origin}/sample-front-end/")
    policy = dict(part.strip().split(" ", 1) for part in told.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert (policy["script-src"], policy["style-src"]) == ("'self'", "'self'")
    assert policy["connect-src"] == f"'self' {asked.issuer}/"
    assert not re.search(r"<script(?![^>]*src=)|<style|style=|\son\w+=", told.text)
    assert httpx.get(f"{asked.origin}/sample-front-end/README.md").status_code == 404
    assert sandbox.code == 0
