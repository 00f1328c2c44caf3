"""Messages: where each one stands, and sending one again."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.notification.dependencies import DatabaseDep, LetterheadDep
from services.notification.domain.access import visible_tracks
from services.notification.domain.message import NotResendable, State, Template
from services.notification.endpoints import rules
from services.notification.repository.messages import Filter, Messages
from services.notification.schemas import MessageOut
from services.notification.use_cases.resend_message import resend_message, visible_message
from shared.auth.dependencies import CallerDep
from shared.errors import Forbidden, NotFound
from shared.http.application import ArrivalDep
from shared.http.problems import problems
from shared.idempotency.act import (
    ActDep,
    IdempotencyKeyInvalid,
    IdempotencyKeyMissing,
    KeyReused,
    TwinInFlight,
)
from shared.ids import ApplicationId, MessageId
from shared.pagination import CursorInvalid, CursorMismatch, Page, PageParamsDep

router = APIRouter(prefix="/v1", tags=["messages"])


@router.get(
    "/messages",
    operation_id="listMessages",
    dependencies=[rules.LIST_MESSAGES],
    summary="List messages and where they stand",
    responses=problems(Forbidden, CursorInvalid, CursorMismatch),
)
async def list_messages(
    caller: CallerDep,
    database: DatabaseDep,
    letterhead: LetterheadDep,
    page: PageParamsDep,
    state: Annotated[State | None, Query(description="Only those in this state")] = None,
    template: Annotated[Template | None, Query(description="Only those of this template")] = None,
    application_id: Annotated[UUID | None, Query(description="Only those of this application")] = None,
) -> Page[MessageOut]:
    """The newest first. Secretariat officers see those of their track; the ministry and operators see all."""
    tracks = visible_tracks(caller)
    wanted = Filter(
        tracks, state, template, None if application_id is None else ApplicationId(application_id)
    )
    query = {
        "route": "listMessages",
        "caller": caller.subject,
        "tracks": tracks,
        "state": state,
        "template": template,
        "application_id": str(application_id),
    }
    after = page.after(query, UUID)
    before = None if after is None else MessageId(after[0])
    async with database.transaction() as tx:
        rows = await Messages(tx).list(wanted, before=before, most=page.fetch)
    shown, next_cursor = page.cut(query, rows, lambda row: (row.message.id,))
    items = [MessageOut.of(row, letterhead.domain) for row in shown]
    return Page(items=items, next_cursor=next_cursor)


@router.get(
    "/messages/{message_id}",
    operation_id="getMessage",
    dependencies=[rules.READ_MESSAGE],
    summary="Read where a message stands",
    responses=problems(Forbidden, NotFound),
)
async def get_message(
    message_id: UUID, caller: CallerDep, database: DatabaseDep, letterhead: LetterheadDep
) -> MessageOut:
    """One message. A message of another track looks like none."""
    async with database.transaction() as tx:
        listed = await visible_message(tx, MessageId(message_id), caller=caller)
    return MessageOut.of(listed, letterhead.domain)


@router.post(
    "/messages/{message_id}/resend",
    operation_id="resendMessage",
    dependencies=[rules.RESEND_MESSAGE],
    summary="Send a message again",
    status_code=202,
    responses=problems(
        IdempotencyKeyMissing,
        IdempotencyKeyInvalid,
        Forbidden,
        NotFound,
        NotResendable,
        TwinInFlight,
        KeyReused,
    ),
)
async def post_resend(
    message_id: UUID,
    act: ActDep,
    arrival: ArrivalDep,
    database: DatabaseDep,
    letterhead: LetterheadDep,
) -> MessageOut:
    """Queue a bounced or failed message at once, with the same Message-ID. Operators only; audited."""
    wanted = MessageId(message_id)
    async with act.once(database) as once:
        if once.kept is None:
            await resend_message(once.tx, wanted, caller=act.caller, now=arrival.at)
            await once.keep(status=202, reference=str(wanted))
        listed = await visible_message(once.tx, wanted, caller=act.caller)
    return MessageOut.of(listed, letterhead.domain)
