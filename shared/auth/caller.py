"""Who is calling. Pure, so that a domain's access rules can ask it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from shared.errors import Forbidden

Track = Literal["planning", "demonstration"]
TRACKS: tuple[Track, ...] = ("planning", "demonstration")


class Role(StrEnum):
    """The roles of the programme (token claim ``roles``). Source: programme, "Who uses the system"."""

    APPLICANT = "applicant"
    SECRETARIAT_OFFICER = "secretariat_officer"
    MINISTRY_OFFICER = "ministry_officer"
    REVIEWER = "reviewer"
    SYSTEM = "system"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Caller:
    """A verified caller.

    ``subject``: stable id of the person or machine (token ``sub``). ``organisation_id``: for applicants,
    the organisation whose applications they own. ``tracks``: for secretariat officers, the tracks they
    run (KIND: planning, KAIA: demonstration); for machines, those that a scope covers in the operation under way.
    ``scopes``: for machines. ``expires_at``: when the token ends, in real time.
    """

    subject: str
    roles: frozenset[Role]
    organisation_id: UUID | None = None
    tracks: frozenset[Track] = field(default_factory=frozenset)
    scopes: frozenset[str] = field(default_factory=frozenset)
    expires_at: datetime | None = None

    @property
    def is_machine(self) -> bool:
        """Whether this is another system, which may do what its scopes say and nothing else."""
        return Role.SYSTEM in self.roles

    def is_any(self, *roles: Role) -> bool:
        """Whether the caller has one of these roles."""
        return not self.roles.isdisjoint(roles)

    def must_be(self, *roles: Role) -> None:
        """Raise ``Forbidden`` unless the caller has one of these roles."""
        if not self.is_any(*roles):
            raise Forbidden("This needs one of the roles: " + ", ".join(sorted(roles)) + ".")

    def oversees(self, track: Track) -> bool:
        """Whether the caller is an officer for ``track``: the ministry sees both, a secretariat its own."""
        if Role.MINISTRY_OFFICER in self.roles:
            return True
        return Role.SECRETARIAT_OFFICER in self.roles and track in self.tracks

    def reads(self, track: Track) -> bool:
        """Whether the caller sees what was received in ``track``: its officers, and systems with the scope."""
        return self.oversees(track) or (self.is_machine and track in self.tracks)
