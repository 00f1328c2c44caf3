"""``make screenshots``: the sample front end as it is on the running stack, for ``docs/sample-front-end.md``."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser
from playwright.sync_api import Error as BrowserError

from deploy.local.program import ROOT
from deploy.local.stack import Stack
from deploy.visit.applicant import AtTheFrontEnd, Language
from deploy.visit.browser import DESKTOP, PHONE, chromium, visit
from deploy.visit.story import DEMONSTRATION, DEMONSTRATION_DOCUMENTS, PLANNING, PLANNING_DOCUMENTS
from shared.testing.tools import CHROMIUM

FOLDER = ROOT / "docs" / "screenshots"
SIZES = {"desktop": DESKTOP, "phone": PHONE}
FAILED = 1


class Photographer:
    """Takes pictures of one stack into ``folder``."""

    def __init__(self, browser: Browser, origin: str, folder: Path) -> None:
        self._browser, self._origin, self._folder = browser, origin, folder

    def take_all(self) -> None:
        """Every picture of the page."""
        self._look("en", "desktop")
        self._look("ko", "phone")
        self._apply("ko", "desktop", "phone")
        self._apply("en", "phone", "desktop")
        with self._at("ko", "desktop", scheme="dark") as here:
            here.sign_in("sample-applicant-korea")
            here.begin("demonstration")
            here.check()
            self._take(here, "dark-ko-desktop")

    def _look(self, language: Language, device: str) -> None:
        with self._at(language, device) as here:
            self._take(here, f"overview-{language}-{device}")

    def _apply(self, language: Language, first: str, second: str) -> None:
        """One application, seen on the first device, and on the second where it is complete."""
        korean = language == "ko"
        with self._at(language, first) as here:
            here.sign_in("sample-applicant-korea" if korean else "sample-applicant-abroad")
            here.begin("demonstration" if korean else "planning")
            here.check()
            self._take(here, f"missing-{language}-{first}")
            here.fill(DEMONSTRATION if korean else PLANNING)
            for kind in DEMONSTRATION_DOCUMENTS if korean else PLANNING_DOCUMENTS:
                here.upload(kind)
            here.check()
            width, height = SIZES[second]
            here.page.set_viewport_size({"width": width, "height": height})
            here.page.locator("#part-answers").evaluate("one => one.scrollIntoView()")
            self._take(here, f"complete-{language}-{second}")
            width, height = SIZES[first]
            here.page.set_viewport_size({"width": width, "height": height})
            here.submit()
            self._take(here, f"receipt-{language}-{first}")

    @contextmanager
    def _at(self, language: Language, device: str, scheme: str = "light") -> Iterator[AtTheFrontEnd]:
        locale = {"ko": "ko-KR", "en": "en-GB"}[language]
        with visit(self._browser, locale=locale, size=SIZES[device], scheme=scheme) as (context, _):
            yield AtTheFrontEnd.arrive(context, self._origin, language)

    def _take(self, here: AtTheFrontEnd, name: str) -> None:
        here.page.screenshot(path=self._folder / f"{name}.png")
        print(f"wrote {name}.png", flush=True)


def main() -> int:
    """Exit code: 0 when every picture was taken."""
    parser = argparse.ArgumentParser(prog="python -m deploy.visit.screenshots", description=__doc__)
    parser.add_argument("--front-door", help="address of the front door")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    chosen = parser.parse_args()
    if not CHROMIUM.exists():
        print("needs Chromium: make browser, as root, or name another in KCITY_CHROMIUM", file=sys.stderr)
        return FAILED
    origin = chosen.front_door or Stack.from_environment().front_door.url
    chosen.folder.mkdir(parents=True, exist_ok=True)
    try:
        with chromium() as browser:
            Photographer(browser, origin, chosen.folder).take_all()
    except BrowserError as error:
        print(
            f"{origin}: {error.message}\nIs the stack up (make run), and the sandbox in it (make sandbox)?",
            file=sys.stderr,
        )
        return FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
