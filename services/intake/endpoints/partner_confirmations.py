"""The partner body's confirmation, by possession of its link. Reading never confirms: mail scanners read too."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from services.intake.dependencies import DatabaseDep, SettingsDep
from services.intake.domain.application import Application
from services.intake.endpoints import rules
from services.intake.pages.partner_confirmation import PAGE_HEADERS, render_confirmation
from services.intake.schemas.partner_confirmations import PartnerConfirmationOut
from services.intake.settings import IntakeSettings
from services.intake.use_cases.confirm_partner import NothingToConfirm, confirm_partner, see_confirmation
from shared.http.application import ArrivalDep
from shared.http.problems import problems
from shared.links import LinkInvalid, read_link

PURPOSE = "partner-confirmation"
router = APIRouter(prefix="/v1", tags=["partner confirmations"], dependencies=[rules.CONFIRM_PARTNER])
TokenParam = Annotated[str, Path(min_length=1, max_length=400, description="The last part of the link")]
_PAGE: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"text/html": {"schema": {"type": "string"}}},
        "description": "What is confirmed; a page for browsers (Accept: text/html)",
    }
}


@router.get(
    "/partner-confirmations/{token}",
    operation_id="getPartnerConfirmation",
    summary="Read what is to be confirmed",
    response_model=PartnerConfirmationOut,
    responses={**_PAGE, **problems(LinkInvalid)},
)
async def get_confirmation(
    request: Request, token: TokenParam, database: DatabaseDep, settings: SettingsDep
) -> Response:
    """What the partner body is asked to confirm. Changes nothing, however often it is read."""
    confirmation_id = _confirmation_id(settings, token)
    async with database.transaction() as tx:
        application = await see_confirmation(tx, confirmation_id)
    return _answer(request, application)


@router.post(
    "/partner-confirmations/{token}",
    operation_id="confirmPartner",
    summary="Confirm the partnership",
    response_model=PartnerConfirmationOut,
    responses={**_PAGE, **problems(LinkInvalid, NothingToConfirm)},
)
async def post_confirmation(
    request: Request, token: TokenParam, arrival: ArrivalDep, database: DatabaseDep, settings: SettingsDep
) -> Response:
    """Confirm, for whoever holds the link. A second time changes nothing and answers the same."""
    confirmation_id = _confirmation_id(settings, token)
    async with database.transaction() as tx:
        application = await confirm_partner(tx, confirmation_id, arrival=arrival)
    return _answer(request, application)


def _confirmation_id(settings: IntakeSettings, token: str) -> UUID:
    text = read_link(settings.link_secret.get_secret_value(), PURPOSE, token)
    try:
        return UUID(text)
    except ValueError as error:
        raise LinkInvalid from error


def _answer(request: Request, application: Application) -> Response:
    shown = PartnerConfirmationOut.of(application, rehearsal=request.app.state.clock.rehearsal)
    if "text/html" in request.headers.get("accept", ""):
        return Response(
            render_confirmation(shown.model_dump()),
            headers=PAGE_HEADERS,
            media_type="text/html; charset=utf-8",
        )
    return Response(shown.model_dump_json(), headers={"Vary": "Accept"}, media_type="application/json")
