"""What somebody does at the sample front end: sign in, begin, fill in, upload, submit."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from playwright.sync_api import BrowserContext, FilePayload, Locator, Page

from deploy.local.rehearsal.samples.pdf import small_pdf

Language = Literal["ko", "en"]
PATH = "/sample-front-end/"
_UNFIT = re.compile(r"[^A-Za-z0-9_]")


@dataclass(frozen=True, slots=True)
class AtTheFrontEnd:
    """Somebody at a page of the sample front end. ``language``: which one the page speaks."""

    page: Page
    language: Language

    @classmethod
    def arrive(cls, context: BrowserContext, origin: str, language: Language) -> "AtTheFrontEnd":
        """Open the first view."""
        here = cls(context.new_page(), language)
        here.page.goto(f"{origin}{PATH}")
        here.page.locator(".card, #open + p").first.wait_for()
        return here

    def sign_in(self, username: str) -> None:
        """Choose a sample person at the issuer, and come back."""
        self.page.locator(".card .primary").first.click()
        self.choose(username)

    def choose(self, username: str) -> None:
        """Click somebody on the issuer's page; back at the front end afterwards."""
        self.page.locator(f"button[value={username}]").click()
        self.page.locator("[data-act=sign-out]").wait_for()
        self.page.locator("main h1").wait_for()

    def begin(self, track: str, call: str | None = None) -> str:
        """Begin an application in a track, of the first open call if none is named; its id."""
        of = f"[data-call={call}]" if call else ""
        self.page.locator(f".card{of}[data-track={track}] .primary").first.click()
        self.page.locator(".draft").wait_for()
        return self.page.url.rpartition("/")[2]

    def field(self, pointer: str) -> Locator:
        """The first input of the field that a finding's pointer names."""
        return self.page.locator(f"#{element_id(pointer)}")

    def fill(self, sections: Mapping[str, Any]) -> None:
        """Fill in everything that is given, as the API would take it."""
        for pointer, value in _leaves("", sections):
            self._write(pointer, value)

    def _write(self, pointer: str, value: Any) -> None:
        if isinstance(value, Mapping):
            for language, text in value.items():
                own = language == self.language
                self.page.locator(f"#{element_id(pointer)}{'' if own else f'-{language}'}").fill(text)
            return
        field = self.field(pointer)
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(str(value))
        else:
            field.fill(_written(value))

    def upload(self, kind: str) -> None:
        """Send a small PDF as a document of this kind; it is stored afterwards."""
        pdf: FilePayload = {
            "name": f"{kind}.pdf",
            "mimeType": "application/pdf",
            "buffer": small_pdf(f"Sample: {kind}"),
        }
        self.field(f"/documents/{kind}").set_input_files(pdf)
        self.page.locator(f".document.is-stored[data-kind={kind}]").wait_for()

    def act(self, name: str) -> None:
        """Press one of the draft's buttons: save, check, submit; yes in the dialogue."""
        self.page.locator(f"[data-act={name}]").click()

    def save(self) -> None:
        """Press save, and wait until it is done."""
        self.act("save")
        self.settled()

    def settled(self) -> None:
        """Wait until the page is not busy with an act."""
        self.page.locator(".draft[aria-busy=false]").wait_for()

    def check(self) -> list[str]:
        """Ask what is missing; the lines that the page shows."""
        self.act("check")
        self.settled()
        return self.page.locator(".summary li").all_inner_texts()

    def submit(self) -> str:
        """Submit and say yes; the number on the receipt."""
        self.act("submit")
        self.act("yes")
        return self.receipt_no()

    def receipt_no(self) -> str:
        """The number on the receipt that is shown, or about to be."""
        return self.page.locator("[data-receipt]").inner_text()


def element_id(pointer: str) -> str:
    """The id of a field's first input (app/dom.js, ``idOf``)."""
    return "field" + _UNFIT.sub("-", pointer)


def _leaves(pointer: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and not value.keys() <= {"ko", "en"}:
        for name, member in value.items():
            yield from _leaves(f"{pointer}/{name}", member)
    else:
        yield pointer, value


def _written(value: Any) -> str:
    """Lists as the page takes them: a line for each, members separated by semicolons."""
    if isinstance(value, list):
        return "\n".join("; ".join(one.values()) if isinstance(one, Mapping) else str(one) for one in value)
    return str(value)
