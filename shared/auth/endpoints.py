"""Who am I, and what may I do here? The same route in every service; it asks no database."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Self
from uuid import UUID

from fastapi import APIRouter, FastAPI, Request, Response
from pydantic import Field

from shared.auth.caller import Caller, Role, Track
from shared.auth.dependencies import allow, caller_of, rules_of
from shared.auth.rules import Access
from shared.http.schema import Schema

_REMEMBERED = 1_024
"""Answers for so many callers; one is of half a kilobyte, and the same as long as the token is."""


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


class _Answers:
    """What each caller is told, worked out once for each token."""

    def __init__(self, app: FastAPI) -> None:
        found = rules_of(app)
        # what stands under its route instead of an id is no part of the contract
        self._rules: Mapping[str, Access] = {
            name: rule for name, rule in sorted(found.items()) if rule is not None and " " not in name
        }
        self.to = lru_cache(_REMEMBERED)(self._answer)

    def _answer(self, caller: Caller) -> bytes:
        operations = [name for name, rule in self._rules.items() if rule.admits(caller)]
        return Me.of(caller, operations).model_dump_json().encode()


def identity_router() -> APIRouter:
    """``GET /v1/me``; include it into the service's API."""
    router = APIRouter(prefix="/v1", tags=["identity"])
    answers_of = lru_cache(1)(_Answers)  # at the first request, when the application has all its routes

    @router.get(
        "/me",
        operation_id="getMe",
        summary="Ask who I am, and what I may do here",
        dependencies=[allow(Access.known())],
        response_model=Me,
    )
    async def get_me(request: Request) -> Response:
        """What the access token says, until when it holds, and which operations of this service it opens."""
        caller = await caller_of(request)
        return Response(answers_of(request.app).to(caller), media_type="application/json")

    return router
