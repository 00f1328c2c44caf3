"""What one applicant does with one application: every request of it, as a wish, and what it learnt."""

import random
from dataclasses import dataclass, replace
from typing import Any

import httpx

from deploy.chaos.history.records import Operation, Outcome
from deploy.chaos.load.call import DOCUMENT, EDITS
from deploy.chaos.load.client import Client, Facts, Person, Told, Wish
from deploy.chaos.load.people import Applicant
from deploy.local.rehearsal.samples.business_number import business_number
from deploy.local.rehearsal.samples.pdf import small_pdf
from shared.auth.caller import Track

APPLICATIONS = "/intake/v1/applications"
MAIL_DOMAIN = "load.example.com"
SERIALS = 10_000


class Lost(Exception):
    """The client could not find out in time where its application stands: it gives this one up."""


def version_in(answer: httpx.Response) -> int:
    """The version that an ETag names; a front door that compresses puts how after it (``"3-gzip"``)."""
    return int(answer.headers["ETag"].strip('"').partition("-")[0])


def application_facts(answer: httpx.Response) -> Facts:
    """Where an application stands, by the answer of any route that shows it."""
    shown = answer.json()
    return {
        "application_id": shown["id"],
        "state": shown["state"],
        "revision": shown["revision"],
        "version": version_in(answer),
        "etag": answer.headers["ETag"],
        "edits": sorted(shown["answers"].get(EDITS, {})),
    }


def document_facts(answer: httpx.Response) -> Facts:
    """Which document it became."""
    shown = answer.json()
    return {"document_id": shown["id"], "sha256": shown["sha256"]}


def receipt_facts(answer: httpx.Response) -> Facts:
    """The whole receipt."""
    return {"receipt": answer.json()}


@dataclass(slots=True)
class Draft:
    """An application in the hands of its applicant. ``version``: the one last seen; edits are made to it."""

    client: Client
    applicant: Applicant
    number: int
    track: Track
    chance: random.Random
    application_id: str = ""
    version: int = 0
    etag: str = ""

    @property
    def person(self) -> Person:
        """Who asks."""
        return self.applicant.person

    @property
    def path(self) -> str:
        """Where the application is."""
        return f"{APPLICATIONS}/{self.application_id}"

    def creation(self, call_code: str) -> Wish:
        """To begin."""
        return self.client.prepared(
            Wish(
                Operation.CREATE_APPLICATION,
                self.person,
                "POST",
                APPLICATIONS,
                ids={"organisation_id": str(self.applicant.organisation_id)},
                asked={"track": self.track},
                body={"call_code": call_code, "track": self.track},
                facts=application_facts,
            )
        )

    def edit(self, sections: dict[str, Any], *, base: int | None = None) -> Wish:
        """To change the draft as it was at version ``base`` (the last one seen); the edit leaves its mark."""
        etag = self.etag if base is None else f'"{base}"'
        base = self.version if base is None else base
        wish = self.client.prepared(self._wish(Operation.EDIT_APPLICATION, "PATCH", self.path))
        mark = f"{str(self.client.load)[-6:]}-{wish.act}"
        answers = {**sections.get("answers", {}), EDITS: {mark: base}}
        return replace(
            wish,
            asked={"mark": mark, "base": base},
            body={**sections, "answers": answers},
            headers={"If-Match": etag},
            facts=application_facts,
        )

    def upload(self) -> Wish:
        """To attach the document; another one replaces it."""
        wish = self.client.prepared(self._wish(Operation.ATTACH_DOCUMENT, "POST", ""))
        name = f"plan-{str(self.client.load)[-6:]}-{wish.act}.pdf"
        return replace(
            wish,
            path=f"{self.path}/documents?kind={DOCUMENT}&file_name={name}",
            asked={"file_name": name, "kind": DOCUMENT},
            content=small_pdf(f"Load {wish.act}"),
            headers={"Content-Type": "application/pdf"},
            facts=document_facts,
        )

    def submission(self) -> Wish:
        """To submit."""
        path = f"{self.path}/submission"
        wish = self._wish(Operation.SUBMIT_APPLICATION, "POST", path, facts=receipt_facts)
        return self.client.prepared(wish)

    def withdrawal(self) -> Wish:
        """To take it back."""
        path = f"{self.path}/withdrawal"
        wish = self._wish(Operation.WITHDRAW_APPLICATION, "POST", path, facts=application_facts)
        return self.client.prepared(wish)

    def see(self, answer: Facts) -> None:
        """Go on from the state that an answer shows."""
        self.application_id = answer["application_id"]
        self.version, self.etag = int(answer["version"]), answer["etag"]

    async def look(self) -> Facts:
        """Read it; the version counts from then on. Raises ``Lost``."""
        wish = self._wish(Operation.READ_APPLICATION, "GET", self.path, facts=application_facts)
        told = await self.client.until_known(wish)
        if not told.acknowledged:
            raise Lost
        self.see(told.answer)
        return told.answer

    async def read_receipt(self) -> Told:
        """Read the receipt."""
        path = f"{self.path}/receipt"
        wish = self._wish(Operation.READ_RECEIPT, "GET", path, facts=receipt_facts)
        return await self.client.until_known(wish)

    async def make(self, wish: Wish) -> bool:
        """Make an edit until it is known whether it is in. Raises ``Lost``.

        An edit that was repeated may find its own first attempt in its way, so a refusal is looked at.
        """
        told = await self.client.until_known(wish)
        if told.acknowledged:
            self.see(told.answer)
            return True
        if told.outcome is Outcome.UNKNOWN:
            raise Lost
        return wish.asked["mark"] in (await self.look())["edits"]

    def first_sections(self) -> dict[str, Any]:
        """What the call asks for; a demonstration has a partner abroad."""
        demonstration = self.track == "demonstration"
        place = {"city": {"en": "Sample City"}, "country_iso2": "VN"}
        company = {"kind": "korean_company", "country_iso2": "KR"}
        company["business_number"] = business_number(self.number % SERIALS)
        body = {"kind": "local_government", "country_iso2": "VN"}
        sections: dict[str, Any] = {
            "organisation": {"name": {"en": f"Load {self.number}"}, **(company if demonstration else body)},
            "project": {
                "title": {"en": f"Project {self.number}"},
                "summary": {"en": "Made by the load generator."},
                "project_type": "demonstration" if demonstration else "development_plan",
                "requested_amount_krw": 100_000_000 + self.number,
                **place,
            },
            "answers": {"story": f"Story {self.number}"},
            "contact": self.contact("contact"),
        }
        if demonstration:
            sections["partner"] = {
                "name": {"en": "Sample City Government"},
                "kind": "local_government",
                "contact": self.contact("partner"),
            }
        return sections

    def contact(self, role: str) -> dict[str, str]:
        """A person whose name and address occur nowhere else, so that a leak is seen."""
        name = f"{role}-{self.application_id}"
        language = "en" if self.number % 2 else "ko"
        return {"name": f"Person {name}", "email": f"{name}@{MAIL_DOMAIN}", "language": language}

    def _wish(self, operation: Operation, method: str, path: str, *, facts: Any = application_facts) -> Wish:
        ids = {"application_id": self.application_id}
        return Wish(operation, self.person, method, path, ids=ids, facts=facts)
