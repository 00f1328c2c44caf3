"""What is put in: one application for each state that an application, its case, documents and mails can have."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from deploy.local.people import organisation_name, sample_person
from deploy.local.rehearsal.samples.applicant import Applicant
from deploy.local.rehearsal.samples.business_number import business_number
from deploy.local.rehearsal.samples.cast import partner_of, project_of
from deploy.local.rehearsal.samples.places import PLACES
from deploy.local.rehearsal.samples.story import Story
from deploy.local.rehearsal.samples.words import THEMES
from deploy.sandbox.calls import Which
from deploy.sandbox.states import Kind, Met
from shared.auth.caller import Track
from shared.events.call_definition import TrackDefinition

FIRST_NUMBER = 901
"""Mailboxes of the sandbox: 901@ and on; those of the rehearsal have smaller numbers."""


class Ending(StrEnum):
    """How far an application goes; the value says it in words."""

    EMPTY = "a draft with nothing in it"
    ALMOST = "a draft that lacks one document"
    DRAFT_WITHDRAWN = "a draft that was given up"
    WITHDRAWN = "received, then withdrawn"
    RECEIVED = "received, waits for screening"
    BOUNCED = "received, the applicant's mailbox refuses mail"
    DEFERRED = "received, the applicant's mailbox is full"
    INELIGIBLE = "screened, a rule is not met"
    ELIGIBLE = "screened, all rules are met"
    REVIEWING = "reviewers are at work: one declared a conflict, one has begun, one has not"
    CONSULTING = "an adviser is to write the report of the pre-consulting"
    READY = "pre-consulting is over"
    RANKED = "ranked, its selection waits for a decision"
    CHOSEN = "ranked first, and selected where that is announced"
    PASSED_OVER = "ranked, and not selected where that is announced"


E = Ending
NEVER_RECEIVED = frozenset({E.EMPTY, E.ALMOST, E.DRAFT_WITHDRAWN})
_MAILBOXES = {E.BOUNCED: "bounce", E.DEFERRED: "defer"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One application. ``reaches``: the states that it is there to show."""

    number: int
    which: Which
    track: Track
    ending: Ending
    owner: str
    reaches: frozenset[Met]

    def applicant(self, track: TrackDefinition) -> Applicant:
        """Everything it sends, invented but fitting."""
        theme, company = THEMES[self.number % len(THEMES)], self.track == "demonstration"
        place = PLACES[self.number % len(PLACES)] if company else PLACES[0]
        chance = random.Random(self.number)  # noqa: S311 - samples, no secrets
        named = organisation_name(sample_person(self.owner))
        abroad = {"kind": "local_government", "country_iso2": place.country}
        organisation: dict[str, Any] = {"name": named.model_dump() if named else {}}
        organisation |= _KOREAN if company else abroad
        box = _MAILBOXES.get(self.ending, "contact")
        return Applicant(
            number=self.number,
            track=self.track,
            story=Story.ORDINARY,
            place=place,
            theme=theme.en,
            merit=90 if self.ending is E.CHOSEN else 70,
            organisation=organisation,
            project=project_of(track, theme, place, chance),
            contact={
                "name": f"담당자 {self.number}" if company else f"Contact {self.number}",
                "email": f"{box}-{self.number}@example.com",
                "language": "ko" if company else "en",
            },
            partner=partner_of(self.number, track, place) if track.partner_required else None,
        )


_KOREAN = {"kind": "korean_company", "country_iso2": "KR", "business_number": business_number(1901)}
KOREA, OTHER, ABROAD = "sample-applicant-korea", "sample-applicant-other", "sample-applicant-abroad"
A, C, D, M, S, P = Kind.APPLICATION, Kind.CASE, Kind.DOCUMENT, Kind.MESSAGE, Kind.SELECTION, Kind.PROJECT
_ROWS: tuple[tuple[Which, Track, str, Ending, tuple[Met, ...]], ...] = (
    (Which.OPEN, "planning", ABROAD, E.EMPTY, ((A, "draft"),)),
    (Which.OPEN, "planning", ABROAD, E.ALMOST, ((A, "draft"), (D, "not_scanned"))),
    (Which.OPEN, "planning", ABROAD, E.DRAFT_WITHDRAWN, ((A, "withdrawn"),)),
    (Which.OPEN, "planning", ABROAD, E.WITHDRAWN, ((A, "withdrawn"), (C, "withdrawn"))),
    (Which.OPEN, "planning", ABROAD, E.RECEIVED, ((A, "submitted"), (C, "open"), (M, "delivered"))),
    (Which.OPEN, "planning", ABROAD, E.INELIGIBLE, ((C, "ineligible"),)),
    (Which.OPEN, "planning", ABROAD, E.ELIGIBLE, ((C, "eligible"),)),
    (Which.OPEN, "planning", ABROAD, E.CONSULTING, ((C, "in_pre_consulting"),)),
    (Which.OPEN, "planning", ABROAD, E.READY, ((C, "ready"),)),
    (Which.OPEN, "demonstration", KOREA, E.RECEIVED, ((A, "submitted"), (C, "open"))),
    (Which.OPEN, "demonstration", KOREA, E.REVIEWING, ((C, "eligible"),)),
    (Which.OPEN, "demonstration", OTHER, E.BOUNCED, ((M, "bounced"),)),
    (Which.OPEN, "demonstration", OTHER, E.DEFERRED, ((M, "failed"),)),
    (Which.PAST, "demonstration", KOREA, E.CHOSEN, ((C, "selected"), (S, "announced"), (P, "selected"))),
    (Which.PAST, "demonstration", OTHER, E.PASSED_OVER, ((C, "not_selected"),)),
    (Which.PAST, "planning", ABROAD, E.RANKED, ((C, "evaluated"), (S, "rejected"), (S, "proposed"))),
    (Which.VOTE, "planning", ABROAD, E.CHOSEN, ((C, "evaluated"), (S, "approved"))),
)
SAMPLES: tuple[Sample, ...] = tuple(
    Sample(FIRST_NUMBER + turn, which, track, ending, owner, frozenset(reaches))
    for turn, (which, track, owner, ending, reaches) in enumerate(_ROWS)
)


def of(which: Which, track: Track | None = None) -> Iterator[Sample]:
    """The samples of a call, of one track where it is named."""
    return (one for one in SAMPLES if one.which is which and track in (None, one.track))
