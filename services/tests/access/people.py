"""Everybody who could call: one person of every role and of every way to be tied to an object, or not to be."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.auth.caller import Role, Track
from shared.auth.scopes import SCOPES
from shared.testing.plugin import TokenFor

OWN = UUID("01980000-0000-7000-8000-00000000000a")
OTHER = UUID("01980000-0000-7000-8000-00000000000b")
_EVERY_SCOPE = " ".join(scope.name for scope in SCOPES)
_OF_PLANNING = " ".join(scope.of_track("planning") for scope in SCOPES)


@dataclass(frozen=True)
class Person:
    """Somebody by what their token says; ``roles`` None: no token at all."""

    name: str
    roles: tuple[Role, ...] | None
    organisation_id: UUID | None = None
    tracks: tuple[Track, ...] = ()
    scope: str = ""

    @property
    def subject(self) -> str:
        return f"matrix-{self.name.replace(' ', '-')}"

    @property
    def is_machine(self) -> bool:
        return self.has(Role.SYSTEM)

    def has(self, *roles: Role) -> bool:
        return not set(roles).isdisjoint(self.roles or ())

    def headers(self, token_for: TokenFor) -> dict[str, str]:
        """The Authorization header; none for whoever has no token."""
        if self.roles is None:
            return {}
        token = token_for(
            *self.roles,
            subject=self.subject,
            organisation_id=self.organisation_id and str(self.organisation_id),
            tracks=self.tracks,
            scope=self.scope,
        )
        return {"Authorization": f"Bearer {token}"}


_OFFICER, _REVIEWER, _APPLICANT = (Role.SECRETARIAT_OFFICER,), (Role.REVIEWER,), (Role.APPLICANT,)
PEOPLE: Sequence[Person] = (
    Person("nobody", None),
    Person("of no role", ()),
    Person("applicant", _APPLICANT, OWN),
    Person("colleague", _APPLICANT, OWN),
    Person("stranger", _APPLICANT, OTHER),
    Person("applicant for nobody", _APPLICANT),
    Person("kaia", _OFFICER, tracks=("demonstration",)),
    Person("kind", _OFFICER, tracks=("planning",)),
    Person("officer of nothing", _OFFICER),
    Person("ministry", (Role.MINISTRY_OFFICER,)),
    Person("anna", _REVIEWER),  # assigned
    Person("bora", _REVIEWER),  # assigned to the same case, with a sheet of her own
    Person("cora", _REVIEWER),  # was assigned, and declared a conflict
    Person("dora", _REVIEWER),  # registered, never assigned
    Person("eva", _REVIEWER),  # adviser
    Person("operator", (Role.OPERATOR,)),
    Person("applicant and kaia", (*_APPLICANT, *_OFFICER), OTHER, ("demonstration",)),
    Person("system", (Role.SYSTEM,)),
    Person("system of all scopes", (Role.SYSTEM,), scope=_EVERY_SCOPE),
    Person("system of planning", (Role.SYSTEM,), scope=_OF_PLANNING),
    Person("system of other scopes", (Role.SYSTEM,), scope="openid cases cases:write cases:read:moon"),
    # what a badly kept issuer might write into a system's token gives it nothing
    Person("system in disguise", (Role.SYSTEM, *Role), OWN, ("planning", "demonstration")),
)
BY_NAME = {person.name: person for person in PEOPLE}
