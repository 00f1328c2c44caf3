"""Who fuzzes a rehearsed stack: people of the rehearsal, so that what they see exists; and what they must not see."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import httpx

from deploy.fuzz.actors import Actor, unwelcome
from deploy.fuzz.checks import Private, Secrets
from deploy.fuzz.fuzzer import Setting
from deploy.local.issuer import DEVELOPMENT_GRANT
from deploy.local.rehearsal.definition import Rehearsed
from deploy.local.rehearsal.mailbox import body_of, read_mail
from deploy.local.rehearsal.samples.applicant import Applicant
from deploy.local.rehearsal.samples.cast import cast_of
from deploy.local.rehearsal.samples.pdf import small_pdf
from deploy.local.stack import Stack
from shared.auth.caller import TRACKS, Role
from shared.auth.scopes import SCOPES
from shared.settings import SERVICES

LASTS_SECONDS = 24 * 3600
_APPLICANTS = 3
_EVERY_SCOPE = " ".join(scope.name for scope in SCOPES)
_OF_PLANNING = " ".join(scope.of_track("planning") for scope in SCOPES)
_NAMED_BY = {
    "/intake/v1/calls": {"code": "call_code", "id": "call_id"},
    "/review/v1/reviewers": {"id": "reviewer_ids"},
}


class Cast:
    """Gets everybody's token from the issuer of a stack, and looks round as the ministry."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._front_door = stack.front_door.url
        self._ministry = self._token("rehearsal-ministry-1", Role.MINISTRY_OFFICER)

    def setting(self) -> Setting:
        """Everything that the fuzzer is given."""
        named = self._named()
        code = named["call_code"][0]
        applicants = cast_of(Rehearsed.read().call)
        actors = tuple(self._everybody(applicants[:_APPLICANTS], code))
        return Setting(
            actors,
            Secrets(tuple(self._keys(actors)), tuple(_private(applicants, actors))),
            named={**named, "adviser_id": named["reviewer_ids"]},
            objects=[{"token": token} for token in self._confirmations()],
            samples={"application/pdf": small_pdf("fuzz")},
        )

    def _everybody(self, applicants: Sequence[Applicant], code: str) -> Iterator[Actor]:
        officer, reviewer = Role.SECRETARIAT_OFFICER, Role.REVIEWER
        yield Actor("of no role", "no role", self._token("fuzz-of-no-role"))
        for applicant in applicants:
            organisation = str(applicant.organisation_id(code))
            token = self._token(applicant.subject, Role.APPLICANT, organisation_id=organisation)
            yield Actor(applicant.subject, Role.APPLICANT, token)
        for track in TRACKS:
            name = f"rehearsal-secretariat-{track}"
            yield Actor(name, officer, self._token(name, officer, tracks=track))
        yield Actor("rehearsal-ministry-1", Role.MINISTRY_OFFICER, self._ministry)
        second = self._token("rehearsal-ministry-2", Role.MINISTRY_OFFICER)
        yield Actor("rehearsal-ministry-2", Role.MINISTRY_OFFICER, second)
        for name in ("rehearsal-reviewer-1", "rehearsal-reviewer-2", "rehearsal-adviser"):
            yield Actor(name, reviewer, self._token(name, reviewer))
        operator = self._token("rehearsal-operator", Role.OPERATOR)
        yield Actor("rehearsal-operator", Role.OPERATOR, operator)
        for name, scope in (
            ("system", ""),
            ("system of all scopes", _EVERY_SCOPE),
            ("of planning", _OF_PLANNING),
        ):
            yield Actor(name, Role.SYSTEM, self._token(name, Role.SYSTEM, scope=scope))
        expired = self._token("fuzz-late", Role.MINISTRY_OFFICER, expires_in=-3600)
        yield from unwelcome(self._token("fuzz-forged", Role.OPERATOR), expired)

    def _token(self, subject: str, *roles: Role, expires_in: int = LASTS_SECONDS, **claims: str) -> str:
        form = {"grant_type": DEVELOPMENT_GRANT, "subject": subject, "roles": " ".join(roles), **claims}
        answer = httpx.post(f"{self._stack.issuer_url}/token", data={**form, "expires_in": str(expires_in)})
        return str(answer.raise_for_status().json()["access_token"])

    def _named(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path, names in _NAMED_BY.items():
            headers = {"Authorization": f"Bearer {self._ministry}"}
            answer = httpx.get(f"{self._front_door}{path}", params={"limit": 20}, headers=headers)
            items: Sequence[Mapping[str, Any]] = answer.raise_for_status().json()["items"]
            for member, name in names.items():
                found[name] = [str(item[member]) for item in items if member in item]
        return found

    def _keys(self, actors: Sequence[Actor]) -> Iterator[str]:
        keys = self._stack.keys
        yield from (actor.token for actor in actors if actor.token)
        yield from (keys.database_passwords[service] for service in SERVICES)
        yield from (keys.receipt_number_secret, keys.link_secret, '"d":')

    def _confirmations(self) -> Iterator[str]:
        """The links that partners were sent."""
        for file in (self._stack.folder / "mail").glob("[0-9]*.eml"):
            _, found, rest = body_of(read_mail(file.read_bytes())).partition("/v1/partner-confirmations/")
            if found:
                yield rest.split()[0]


def _private(applicants: Sequence[Applicant], actors: Sequence[Actor]) -> Iterator[Private]:
    """The address of each contact: for the applicant, and for whoever works on what was received."""
    office = {Role.SECRETARIAT_OFFICER, Role.MINISTRY_OFFICER, Role.SYSTEM}
    inside = {actor.name for actor in actors if actor.role in office}
    for applicant in applicants:
        yield Private(str(applicant.contact["email"]), frozenset({*inside, applicant.subject}))
