"""Calls: published by the ministry, read by everybody once they are announced."""

import hashlib
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from services.intake.call_file import LARGEST_BYTES, read_definition
from services.intake.dependencies import (
    CallsDep,
    ClockDep,
    DatabaseDep,
    ScheduledTooDep,
)
from services.intake.domain.call import Call, CallDefinitionInvalid, CallExists, CallState
from services.intake.endpoints import rules
from services.intake.schemas.calls import CallOut, CallSummary
from services.intake.use_cases.publish_call import publish_call
from shared.errors import DomainError, Kind, NotFound
from shared.etag import not_modified
from shared.events.call_definition import CallDefinition
from shared.http.application import ArrivalDep
from shared.http.problems import problems
from shared.idempotency.act import (
    ActDep,
    IdempotencyKeyInvalid,
    IdempotencyKeyMissing,
    KeyReused,
    TwinInFlight,
)
from shared.pagination import CursorInvalid, CursorMismatch, Page, PageParamsDep

router = APIRouter(prefix="/v1", tags=["calls"])

CREATED, REPEATED = 201, 200
_YAML = ("application/yaml", "application/x-yaml", "text/yaml")
_JSON = "application/json"
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/yaml": {
                "schema": {
                    "type": "string",
                    "maxLength": LARGEST_BYTES,
                    "description": "A call definition file",
                }
            },
            _JSON: {"schema": {"$ref": "#/components/schemas/CallDefinition"}},
        },
    }
}
CodeParam = Annotated[str, Path(max_length=25, pattern=r"^[A-Z][A-Z0-9-]{1,24}$", examples=["KCN-2025"])]


class CallMediaTypeNotAllowed(DomainError):
    """A call definition is YAML or JSON."""

    kind = Kind.UNSUPPORTED
    title = "This type of file is not taken"

    def __init__(self) -> None:
        super().__init__("Send the definition as application/yaml or application/json.")


async def call_definition(request: Request) -> CallDefinition:
    """The definition in the body, read strictly. Raises ``CallMediaTypeNotAllowed``, ``CallDefinitionInvalid``."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in (*_YAML, _JSON):
        raise CallMediaTypeNotAllowed
    content = await request.body()
    return await run_in_threadpool(read_definition, content, is_json=media_type == _JSON)


@router.post(
    "/calls",
    operation_id="publishCall",
    dependencies=[rules.PUBLISH_CALL],
    summary="Publish a call",
    status_code=CREATED,
    response_model=CallOut,
    max_body_size=LARGEST_BYTES,
    openapi_extra=_BODY,
    responses={
        REPEATED: {"model": CallOut, "description": "The same call was there already"},
        **problems(
            *(CallMediaTypeNotAllowed, CallDefinitionInvalid, CallExists, IdempotencyKeyMissing),
            *(IdempotencyKeyInvalid, KeyReused, TwinInFlight),
        ),
    },
)
async def publish(
    request: Request,
    definition: Annotated[CallDefinition, Depends(call_definition)],
    act: ActDep,
    arrival: ArrivalDep,
    database: DatabaseDep,
    calls: CallsDep,
) -> Response:
    """Publish a call from its definition file; it stays hidden until `announced_at`.

    A call whose instant has passed is announced at once. The same definition again is harmless. Errors name
    line, column and pointer.
    """
    content = hashlib.sha256(await request.body()).digest()
    async with act.with_content(content).once(database) as once:
        if once.kept is None:
            published = await publish_call(once.tx, calls, definition, caller=act.caller, arrival=arrival)
            call, status = published.call, CREATED if published.created else REPEATED
            await once.keep(status=status, reference=call.definition.code)
        else:
            call = await _visible(await calls.by_code(once.tx, once.kept.reference), scheduled_too=True)
            status = once.kept.status
    return _answer(request, call, arrival.at, status)


@router.get(
    "/calls",
    operation_id="listCalls",
    dependencies=[rules.LIST_CALLS],
    summary="List calls",
    responses=problems(CursorInvalid, CursorMismatch),
)
async def list_calls(
    params: PageParamsDep, scheduled_too: ScheduledTooDep, database: DatabaseDep, calls: CallsDep
) -> Page[CallSummary]:
    """Announced calls, the latest first. Ministry officers also see those that are scheduled."""
    query = {"route": "calls", "scheduled_too": scheduled_too}
    after = params.after(query, datetime.fromisoformat, UUID)
    async with database.transaction() as tx:
        found = await calls.page(tx, scheduled_too=scheduled_too, after=after, limit=params.fetch)
    shown, cursor = params.cut(query, found, lambda call: (call.definition.announced_at, call.id))
    return Page(items=[CallSummary.of(call) for call in shown], next_cursor=cursor)


@router.get(
    "/calls/{code}",
    operation_id="getCall",
    dependencies=[rules.READ_CALL],
    summary="Read a call",
    response_model=CallOut,
    responses=problems(NotFound),
)
async def get_call(
    request: Request,
    code: CodeParam,
    scheduled_too: ScheduledTooDep,
    database: DatabaseDep,
    calls: CallsDep,
    clock: ClockDep,
) -> Response:
    """The whole call with the state of each window at this moment; 404 before its announcement."""
    async with database.transaction() as tx:
        call = await _visible(await calls.by_code(tx, code), scheduled_too=scheduled_too)
    return _answer(request, call, clock.now(), REPEATED)


async def _visible(call: Call | None, *, scheduled_too: bool) -> Call:
    if call is None or (call.state is not CallState.ANNOUNCED and not scheduled_too):
        raise NotFound("call")
    return call


def _answer(request: Request, call: Call, now: datetime, status: int) -> Response:
    """The call, with an ETag over the whole answer: it changes with the version and with each window's state."""
    content = CallOut.of(call, now).model_dump_json().encode()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if request.method == "GET" and (unchanged := not_modified(request, etag)) is not None:
        return unchanged
    headers = {"ETag": etag, "Cache-Control": "no-cache", "Vary": "Authorization"}
    if status == CREATED:
        headers["Location"] = f"/v1/calls/{call.definition.code}"
    return Response(content, status, headers, media_type="application/json")
