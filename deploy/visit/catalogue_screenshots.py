"""``make catalogue-screenshots``: the public page of the catalogue on the running stack, for ``docs/catalogue-page.md``."""

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Browser
from playwright.sync_api import Error as BrowserError

from deploy.local.program import ROOT
from deploy.local.stack import Stack
from deploy.visit.browser import DESKTOP, PHONE, chromium, visit
from shared.testing.tools import CHROMIUM

FOLDER = ROOT / "docs" / "screenshots"
FAILED = 1
PICTURES: tuple[tuple[str, str, tuple[int, int], str], ...] = (
    ("home-ko-desktop", "ko/", DESKTOP, "light"),
    ("home-en-phone", "en/", PHONE, "light"),
    ("home-ko-phone-dark", "ko/", PHONE, "dark"),
    ("call-en-desktop-dark", "en/#call", DESKTOP, "dark"),
    ("figures-en-desktop", "en/#figures", DESKTOP, "light"),
    ("projects-ko-desktop", "ko/projects", DESKTOP, "light"),
    ("projects-en-desktop-dark", "en/projects?q=traffic", DESKTOP, "dark"),
    ("projects-ko-phone", "ko/projects?country=VN&sector=mobility", PHONE, "light"),
    ("project-ko-desktop", "ko/projects/17", DESKTOP, "light"),
    ("project-en-phone-dark", "en/projects/22", PHONE, "dark"),
    ("taking-en-phone-dark", "en/projects?country=VN&q=smart#found", PHONE, "dark"),
    ("data-ko-desktop", "ko/#data", DESKTOP, "light"),
    ("project-data-ko-phone", "ko/projects/17#taking", PHONE, "light"),
    ("refusal-en-desktop", "en/projects?year=1066", DESKTOP, "light"),
)
"""Name, address, size in CSS pixels, colour scheme."""


def take_all(browser: Browser, site: str, folder: Path) -> None:
    """Every picture of the page at ``site``, which ends with a slash."""
    for name, address, size, scheme in PICTURES:
        locale = "ko-KR" if address.startswith("ko") else "en-GB"
        with visit(browser, locale=locale, size=size, scheme=scheme) as (context, _):
            page = context.new_page()
            page.goto(site + address)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=folder / f"catalog-{name}.png")
            print(f"wrote catalog-{name}.png", flush=True)


def main() -> int:
    """Exit code: 0 when every picture was taken."""
    parser = argparse.ArgumentParser(prog="python -m deploy.visit.catalogue_screenshots", description=__doc__)
    parser.add_argument("--site", help="address of the catalogue, with a slash at its end")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    chosen = parser.parse_args()
    if not CHROMIUM.exists():
        print("needs Chromium: make browser, as root, or name another in KCITY_CHROMIUM", file=sys.stderr)
        return FAILED
    site = chosen.site or f"{Stack.from_environment().front_door.url}/catalog/"
    chosen.folder.mkdir(parents=True, exist_ok=True)
    try:
        with chromium() as browser:
            take_all(browser, site, chosen.folder)
    except BrowserError as error:
        print(f"{site}: {error.message}\nIs the stack up (make run)?", file=sys.stderr)
        return FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
