"""A Chromium that is on the machine already, driven by Playwright, which downloads none."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from shared.testing.tools import CHROMIUM

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--no-first-run"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",  # cut off from the network
)
PATIENCE_MS = 30_000
DESKTOP, PHONE = (1280, 860), (390, 844)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser; it ends with the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass  # without slots: Playwright remembers its listeners on their owner
class Watched:
    """What pages of a context asked for and complained about."""

    complaints: list[str] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)

    def note(self, request: Request) -> None:
        """Remember whom a page asked; data that is in the page itself asks nobody."""
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob"):
            self.origins.add(f"{parts.scheme}://{parts.netloc}")

    def complain(self, message: ConsoleMessage) -> None:
        """Remember what a page says is wrong; that a refusal came is no complaint of the page."""
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def watch(self, page: Page) -> None:
        """Look at another page."""
        page.on("console", self.complain)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self.note)


@contextmanager
def visit(
    browser: Browser, *, locale: str, size: tuple[int, int] = DESKTOP, scheme: str = "light"
) -> Iterator[tuple[BrowserContext, Watched]]:
    """A fresh context whose browser prefers ``locale``; ``size`` in CSS pixels; ``scheme``: light or dark."""
    width, height = size
    context = browser.new_context(
        locale=locale,
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        has_touch=size == PHONE,
        reduced_motion="reduce",
        timezone_id="America/Lima",
    )
    context.set_default_timeout(PATIENCE_MS)
    watched = Watched()
    context.on("page", watched.watch)
    try:
        yield context, watched
    finally:
        context.close()


def look(url: str, awaited: str) -> Watched:
    """Open a page in a browser of its own until ``awaited`` (a selector) is seen and the page asks for no more."""
    with chromium() as browser, visit(browser, locale="en-GB") as (context, watched):
        page = context.new_page()
        page.goto(url)
        page.locator(awaited).first.wait_for()
        page.wait_for_load_state("networkidle")
        return watched
