"""Who am I, and what may I do here? The same route in every service; it asks no database."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Self
from uuid import UUID

from fastapi import APIRouter, FastAPI, Request
from pydantic import Field

from shared.auth.caller import Caller, Role, Track
from shared.auth.dependencies import CallerDep, allow, rules_of
from shared.auth.rules import Access
from shared.http.schema import Schema

_KINDS_OF_CALLERS = 512
"""For so many different sets of roles and scopes it is remembered what they may do."""


class Me(Schema):
    """What the access token says of its bearer. It names nobody: the issuer knows the person."""

    subject: str = Field(description="Stable id of the person or system")
    machine: bool = Field(description="Whether this is another system, which may do what its scopes say")
    roles: list[Role]
    organisation_id: UUID | None = Field(description="Whose applications an applicant owns")
    tracks: list[Track] = Field(description="The tracks that a secretariat officer runs")
    scopes: list[str] = Field(description="What the token was granted; people need none")
    token_expires_at: datetime | None = Field(description="When the token ends, in real time")
    operations: list[str] = Field(
        description="Ids of this service's operations that role and scopes open; on which objects, the operation says"
    )

    @classmethod
    def of(cls, caller: Caller, operations: list[str]) -> Self:
        """The answer for a caller."""
        return cls(
            subject=caller.subject,
            machine=caller.is_machine,
            roles=sorted(caller.roles),
            organisation_id=caller.organisation_id,
            tracks=sorted(caller.tracks),
            scopes=sorted(caller.scopes),
            token_expires_at=caller.expires_at,
            operations=operations,
        )


class _Openings:
    """Which operations are open to whom, worked out once for each kind of caller."""

    def __init__(self, app: FastAPI) -> None:
        found = rules_of(app)
        # what stands under its route instead of an id is no part of the contract
        self._rules: Mapping[str, Access] = {
            name: rule for name, rule in sorted(found.items()) if rule is not None and " " not in name
        }
        self._of_kind = lru_cache(_KINDS_OF_CALLERS)(self._operations)

    def to(self, caller: Caller) -> list[str]:
        return self._of_kind(caller.roles, caller.scopes, caller.organisation_id is not None)

    def _operations(self, roles: frozenset[Role], scopes: frozenset[str], of_organisation: bool) -> list[str]:
        caller = Caller("", roles, UUID(int=0) if of_organisation else None, scopes=scopes)
        return [name for name, rule in self._rules.items() if rule.admits(caller)]


def identity_router() -> APIRouter:
    """``GET /v1/me``; include it into the service's API."""
    router = APIRouter(prefix="/v1", tags=["identity"])
    openings_of = lru_cache(1)(_Openings)  # at the first request, when the application has all its routes

    @router.get(
        "/me",
        operation_id="getMe",
        summary="Ask who I am, and what I may do here",
        dependencies=[allow(Access.known())],
    )
    async def get_me(request: Request, caller: CallerDep) -> Me:
        """What the access token says, until when it holds, and which operations of this service it opens."""
        return Me.of(caller, openings_of(request.app).to(caller))

    return router
