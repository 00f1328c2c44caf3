"""Reviewers and panels."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.review.dependencies import DatabaseDep
from services.review.domain.access import must_oversee
from services.review.domain.refusals import ReviewerAlreadyRegistered
from services.review.endpoints import rules
from services.review.endpoints.cases import ACT_REFUSALS, PAGE_REFUSALS
from services.review.repository import experts
from services.review.schemas.experts import PanelIn, PanelOut, ReviewerIn, ReviewerOut
from services.review.use_cases.create_panel import create_panel
from services.review.use_cases.register_reviewer import register_reviewer
from shared.auth.caller import TRACKS, Caller, Track
from shared.auth.dependencies import CallerDep
from shared.errors import Forbidden, Invalid, NotFound
from shared.http.application import ArrivalDep
from shared.http.problems import problems
from shared.idempotency.act import ActDep
from shared.pagination import Page, PageParamsDep

router = APIRouter(prefix="/v1", tags=["reviewers"])


@router.post(
    "/reviewers",
    operation_id="registerReviewer",
    dependencies=[rules.KEEP_REVIEWERS],
    summary="Register a reviewer",
    status_code=201,
    responses=problems(*ACT_REFUSALS, Forbidden, ReviewerAlreadyRegistered),
)
async def post_reviewer(
    body: ReviewerIn, act: ActDep, database: DatabaseDep, arrival: ArrivalDep
) -> ReviewerOut:
    """By any officer. A person is registered once, by the subject of their token."""
    async with act.once(database) as once:
        if once.kept is None:
            one = body.reviewer(arrival.at)
            await register_reviewer(once.tx, one, caller=act.caller, arrival=arrival)
            await once.keep(status=201, reference=str(one.id))
            return ReviewerOut.model_validate(one)
        kept = await experts.find_reviewer(once.tx, UUID(once.kept.reference))
        return ReviewerOut.model_validate(kept)


@router.get(
    "/reviewers",
    operation_id="listReviewers",
    dependencies=[rules.KEEP_REVIEWERS],
    summary="List the registered reviewers",
    responses=problems(*PAGE_REFUSALS, Forbidden),
)
async def get_reviewers(officer: CallerDep, database: DatabaseDep, page: PageParamsDep) -> Page[ReviewerOut]:
    """For officers, in order of registration."""
    query = {"list": "reviewers", "who": officer.subject}
    after = page.after(query, UUID)
    async with database.transaction() as tx:
        found = await experts.list_reviewers(tx, after[0] if after else None, page.fetch)
    shown, cursor = page.cut(query, found, lambda one: (one.id,))
    return Page(items=[ReviewerOut.model_validate(one) for one in shown], next_cursor=cursor)


@router.post(
    "/panels",
    operation_id="createPanel",
    dependencies=[rules.CREATE_PANEL],
    summary="Create a review panel",
    status_code=201,
    responses=problems(*ACT_REFUSALS, Forbidden, NotFound, Invalid),
)
async def post_panel(body: PanelIn, act: ActDep, database: DatabaseDep, arrival: ArrivalDep) -> PanelOut:
    """By an officer of the track. Reviewers of any panel of a call and track may be assigned to its cases."""
    async with act.once(database) as once:
        if once.kept is None:
            panel = body.panel(arrival.at)
            await create_panel(once.tx, panel, caller=act.caller, arrival=arrival)
            await once.keep(status=201, reference=str(panel.id))
            kept = await experts.find_panel(once.tx, panel.id)  # its members as any repeat will order them
        else:
            kept = await experts.find_panel(once.tx, UUID(once.kept.reference))
        must_oversee(act.caller, kept.track)
        return PanelOut.model_validate(kept)


@router.get(
    "/panels",
    operation_id="listPanels",
    dependencies=[rules.LIST_PANELS],
    summary="List the review panels of the caller's tracks",
    responses=problems(*PAGE_REFUSALS, Forbidden),
)
async def get_panels(
    officer: CallerDep,
    database: DatabaseDep,
    page: PageParamsDep,
    call_id: Annotated[UUID | None, Query(description="Only of this call")] = None,
) -> Page[PanelOut]:
    """For officers, in order of creation."""
    query = {"list": "panels", "who": officer.subject, "call": call_id}
    after = page.after(query, UUID)
    async with database.transaction() as tx:
        found = await experts.list_panels(
            tx, overseen_by(officer), call_id, after[0] if after else None, page.fetch
        )
    shown, cursor = page.cut(query, found, lambda one: (one.id,))
    return Page(items=[PanelOut.model_validate(one) for one in shown], next_cursor=cursor)


def overseen_by(caller: Caller | None) -> list[Track]:
    """The tracks the caller is an officer of."""
    return [track for track in TRACKS if caller is not None and caller.oversees(track)]
