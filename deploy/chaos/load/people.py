"""Who takes part in a load: applicants with an organisation each, officers, reviewers; each with a token."""

import asyncio
import time
from dataclasses import dataclass
from uuid import UUID, uuid5

import httpx

from deploy.chaos.load.client import Person
from deploy.local.issuer import DEVELOPMENT_GRANT
from shared.auth.caller import Role, Track

APPLICANTS, REVIEWERS = 8, 4
TRACKS: tuple[Track, ...] = ("planning", "demonstration")
TOKEN_SECONDS = 7 * 24 * 3600
PATIENCE_SECONDS = 120.0
REQUEST_SECONDS = 5.0


class NoTokens(Exception):
    """The issuer gave no token in time."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody who applies for an organisation."""

    person: Person
    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class People:
    """Everybody. Subjects carry the load's id, so that no two loads are the same person."""

    ministry: Person
    officers: dict[Track, Person]
    applicants: tuple[Applicant, ...]
    reviewers: tuple[Person, ...]

    @classmethod
    async def arrive(cls, load: UUID, issuer: str) -> "People":
        """Everybody gets a token. Raises ``NoTokens`` when the issuer stays away for two minutes."""
        async with httpx.AsyncClient(timeout=REQUEST_SECONDS, trust_env=False) as http:
            desk = _Desk(http, issuer.rstrip("/"), str(load)[-12:], time.monotonic() + PATIENCE_SECONDS)
            officer = Role.SECRETARIAT_OFFICER
            organisations = [organisation_of(load, number) for number in range(APPLICANTS)]
            return cls(
                ministry=await desk.person("ministry", Role.MINISTRY_OFFICER),
                officers={one: await desk.person(f"officer-{one}", officer, tracks=one) for one in TRACKS},
                applicants=tuple(
                    [
                        Applicant(
                            await desk.person(f"applicant-{n}", Role.APPLICANT, organisation_id=str(one)), one
                        )
                        for n, one in enumerate(organisations)
                    ]
                ),
                reviewers=tuple(
                    [await desk.person(f"reviewer-{n}", Role.REVIEWER) for n in range(REVIEWERS)]
                ),
            )


def organisation_of(load: UUID, number: int) -> UUID:
    """The organisation of a load's applicant."""
    return uuid5(load, f"organisation/{number}")


@dataclass(frozen=True, slots=True)
class _Desk:
    http: httpx.AsyncClient
    issuer: str
    mark: str
    give_up: float

    async def person(self, name: str, role: Role, *, organisation_id: str = "", tracks: str = "") -> Person:
        subject = f"load-{self.mark}-{name}"
        form = {
            "grant_type": DEVELOPMENT_GRANT,
            "subject": subject,
            "roles": role.value,
            "organisation_id": organisation_id,
            "tracks": tracks,
            "expires_in": str(TOKEN_SECONDS),
        }
        while True:
            try:
                answer = await self.http.post(f"{self.issuer}/token", data=form)
                answer.raise_for_status()
                return Person(subject, str(answer.json()["access_token"]))
            except httpx.HTTPError as error:
                if time.monotonic() > self.give_up:
                    raise NoTokens(f"{self.issuer} gives no token: {error!r}") from error
            await asyncio.sleep(0.5)
