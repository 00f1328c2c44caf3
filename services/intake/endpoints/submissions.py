"""Submitting, and the receipts that prove it. The route is lean: this is where deadline days are decided."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.intake.dependencies import DatabaseDep
from services.intake.domain.application import AlreadySubmitted, NotADraft
from services.intake.domain.submission import Incomplete, WindowClosed, WindowNotOpen
from services.intake.endpoints import rules
from services.intake.endpoints.short_way import SubmissionRoute
from services.intake.repository.submissions import stored_receipt
from services.intake.schemas.receipts import ReceiptKeys, ReceiptOut
from services.intake.use_cases.read_application import see_application
from services.intake.use_cases.submit_application import ChangedMeanwhile, Desk, submit_application
from shared.auth.dependencies import PUBLIC, CallerDep
from shared.canonical import canonical_bytes
from shared.errors import Forbidden, NotFound
from shared.http.edge import arrival_of
from shared.http.problems import problems, request_id_of
from shared.idempotency.act import (
    ActDep,
    IdempotencyKeyInvalid,
    IdempotencyKeyMissing,
    KeyReused,
    TwinInFlight,
)
from shared.ids import ApplicationId
from shared.limits import Cost, costs

router = APIRouter(prefix="/v1", tags=["submissions"])
desk_router = APIRouter(prefix="/v1", tags=["submissions"], route_class=SubmissionRoute)


@desk_router.post(
    "/applications/{application_id}/submission",
    operation_id="submitApplication",
    dependencies=[rules.CHANGE_APPLICATION],
    summary="Submit an application",
    status_code=201,
    response_model=ReceiptOut,
    openapi_extra=costs(Cost.SUBMISSIONS),
    responses=problems(
        *(NotFound, Forbidden, NotADraft, AlreadySubmitted, WindowNotOpen, WindowClosed, Incomplete),
        *(IdempotencyKeyMissing, IdempotencyKeyInvalid, KeyReused, TwinInFlight, ChangedMeanwhile),
    ),
)
async def submit(request: Request, application_id: UUID, act: ActDep) -> Response:
    """Submit a complete draft; what counts is when the request arrived.

    Repeating it with the same Idempotency-Key gives the same receipt, also after the closing.
    """
    receipt = await submit_application(
        request.app.state.desk,
        ApplicationId(application_id),
        act=act,
        arrival=arrival_of(request),
        request_id=request_id_of(request),
    )
    headers = {"Location": f"/v1/applications/{application_id}/receipt"}
    return Response(receipt, 201, headers, media_type="application/json")


@router.get(
    "/applications/{application_id}/receipt",
    operation_id="getReceipt",
    dependencies=[rules.READ_RECEIPT],
    summary="Read the receipt of an application",
    response_model=ReceiptOut,
    responses=problems(NotFound),
)
async def get_receipt(
    request: Request, application_id: UUID, caller: CallerDep, database: DatabaseDep
) -> Response:
    """The receipt as it was signed; 404 while the application was not received."""
    desk: Desk = request.app.state.desk
    async with database.transaction() as tx:
        await see_application(tx, application_id, caller=caller)
        payload = await stored_receipt(tx, application_id)
    if payload is None:
        raise NotFound("receipt")
    return Response(desk.signed(canonical_bytes(payload).decode()), media_type="application/json")


@router.get(
    "/receipt-keys",
    operation_id="getReceiptKeys",
    summary="Get the keys that verify receipts",
    dependencies=[PUBLIC],
)
async def get_receipt_keys(request: Request) -> ReceiptKeys:
    """JSON Web Key Set; with it a receipt's signature can be verified offline."""
    desk: Desk = request.app.state.desk
    return ReceiptKeys.model_validate(desk.signer.public_jwks)
