"""One invented applicant with everything it sends."""

from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from deploy.local.rehearsal.samples.places import Place
from deploy.local.rehearsal.samples.story import Story
from shared.auth.caller import Track

_ORGANISATIONS = uuid5(NAMESPACE_URL, "kcity:rehearsal:organisation")


@dataclass(frozen=True, slots=True)
class Applicant:
    """``number`` is unique in the call. The sections are JSON values as the API takes them.

    ``merit``: points out of 100 that reviewers see in it, before each one's own severity.
    """

    number: int
    track: Track
    story: Story
    place: Place
    theme: str
    merit: int
    organisation: dict[str, Any]
    project: dict[str, Any]
    contact: dict[str, Any]
    partner: dict[str, Any] | None

    @property
    def subject(self) -> str:
        """Who its front end acts as (token ``sub``)."""
        return f"rehearsal-applicant-{self.number:03d}"

    def organisation_id(self, call_code: str) -> UUID:
        """Its organisation in one rehearsal: another rehearsal on the same database has others."""
        return uuid5(_ORGANISATIONS, f"{call_code}/{self.number}")

    @property
    def sections(self) -> dict[str, Any]:
        """All sections but the answers, which depend on the form of the call."""
        given = {"organisation": self.organisation, "project": self.project, "contact": self.contact}
        return given | ({"partner": self.partner} if self.partner else {})
