"""Who may see and do what with an application: the object rules of intake, in this one place. Pure."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from shared.auth.caller import Caller, Role, Track
from shared.errors import Forbidden, NotFound


class Owned(Protocol):
    """What the rules ask an application."""

    @property
    def organisation_id(self) -> UUID:
        """The applicant's organisation."""

    @property
    def track(self) -> Track:
        """The track it was written for."""

    @property
    def submitted_at(self) -> datetime | None:
        """When it was received, None for one that never was."""


def organisation_of(caller: Caller) -> UUID:
    """The organisation an applicant acts for. Raises ``Forbidden`` for anybody else."""
    caller.must_be(Role.APPLICANT)
    if caller.organisation_id is None:
        raise Forbidden("An application belongs to an organisation, and your token names none.")
    return caller.organisation_id


def owns(caller: Caller, application: Owned) -> bool:
    """Whether the caller is an applicant of the application's organisation."""
    return (
        caller.is_any(Role.APPLICANT)
        and caller.organisation_id is not None
        and caller.organisation_id == application.organisation_id
    )


def may_see(caller: Caller, application: Owned) -> bool:
    """The applicant's organisation sees all of its own, officers and systems of the track what was received."""
    if owns(caller, application):
        return True
    return application.submitted_at is not None and caller.reads(application.track)


def must_see(caller: Caller, application: Owned, *, what: str = "application") -> None:
    """Raise ``NotFound`` unless the caller may see the application."""
    if not may_see(caller, application):
        raise NotFound(what)


def must_own(caller: Caller, application: Owned, *, what: str = "application") -> None:
    """Raise ``NotFound`` for whom it is hidden, ``Forbidden`` for whom it is only visible."""
    must_see(caller, application, what=what)
    if not owns(caller, application):
        raise Forbidden("Only the applicant's organisation may do this.")


def sees_scheduled_calls(caller: Caller | None) -> bool:
    """Before its announcement a call is known to the ministry alone."""
    return caller is not None and caller.is_any(Role.MINISTRY_OFFICER)
