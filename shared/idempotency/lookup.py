"""Finding out after a time-out what became of a request."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import Field
from sqlalchemy import text

from shared.auth.caller import Role
from shared.auth.dependencies import CallerDep, allow
from shared.auth.rules import Access, Tie, one
from shared.database.connection import Database
from shared.errors import NotFound
from shared.http.problems import problems
from shared.http.schema import Schema
from shared.idempotency.store import KEPT_DAYS


class KeptAnswer(Schema):
    """What a request with the key came to."""

    route: str = Field(examples=["POST /v1/applications/{application_id}/submission"])
    status: int = Field(description="HTTP status of the answer", examples=[201])
    reference: str = Field(description="What came out: the id of the resource, in that route's terms")
    kept_at: datetime


class KeptAnswers(Schema):
    """One entry for each route the caller used the key on; usually one."""

    items: list[KeptAnswer]


_PEOPLE = (role for role in Role if role is not Role.SYSTEM)
_OWN = allow(Access.to(*_PEOPLE, on=one("kept answer", Tie.MAKER)))

# every scope that starts with the caller's subject and a space: "!" follows the space in the C collation
_FIND = text(
    "SELECT substr(scope, length(:subject) + 2) AS route, status, reference, created_at AS kept_at "
    "FROM idempotency_key WHERE scope >= :subject || ' ' AND scope < :subject || '!' AND key = :key "
    "AND (for_good OR created_at >= clock_timestamp() - make_interval(days => :days)) ORDER BY route"
)


def idempotency_router() -> APIRouter:
    """``GET /v1/idempotency-keys/{key}``: the caller's own keys only; include it into the service's API."""
    router = APIRouter(prefix="/v1", tags=["idempotency"])

    @router.get(
        "/idempotency-keys/{key}",
        operation_id="getIdempotencyKey",
        dependencies=[_OWN],
        summary="Ask what became of a request, after a time-out",
        responses=problems(NotFound),
    )
    async def get_idempotency_key(
        request: Request,
        caller: CallerDep,
        key: Annotated[str, Path(max_length=255, pattern=r"^[\x21-\x7e]+$")],
    ) -> KeptAnswers:
        """Status and reference of what the caller did with the key. 404: nothing was done (yet), repeat the request."""
        database: Database = request.app.state.database
        values = {"subject": caller.subject, "key": key, "days": KEPT_DAYS}
        async with database.engine.connect() as connection:
            rows = (await connection.execute(_FIND, values)).mappings().all()
        if not rows:
            raise NotFound("answer")
        return KeptAnswers(items=[KeptAnswer(**row) for row in rows])

    return router
