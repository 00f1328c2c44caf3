"""Cases, with the proposals that count in them, and how screening ended."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Row, Select, and_, exists, false, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from services.review.domain.access import Ties
from services.review.domain.case import Case, CaseState, EligibilityDecision
from services.review.tables import (
    application,
    assignment,
    eligibility_decision,
    evaluation_scope,
    pre_consulting,
    review_case,
    reviewer,
    submission,
)
from shared.auth.caller import TRACKS, Caller, Role, Track
from shared.database.connection import Tx
from shared.errors import NotFound


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A case with all that was stored about it. ``proposal``: the submitted content as JSON values."""

    case: Case
    application_revision: int
    proposal: Mapping[str, Any]
    revised_project: Mapping[str, Any] | None
    opened_at: datetime
    partner_confirmed_at: datetime | None
    withdrawn_at: datetime | None
    decision: EligibilityDecision | None
    decided_at: datetime | None

    @property
    def project(self) -> dict[str, Any]:
        """The project as it is evaluated: as submitted, with what a completed pre-consulting revised."""
        return {**self.proposal["project"], **(self.revised_project or {})}


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """What review itself keeps of a new case."""

    id: UUID
    application_id: UUID
    application_revision: int
    call_id: UUID
    track: Track
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What a list is narrowed to."""

    call_id: UUID | None = None
    track: Track | None = None
    state: CaseState | None = None


async def open_case(tx: Tx, opened: OpenedCase) -> bool:
    """Open the case of an application, or let a later revision count in one still open; whether anything changed."""
    statement = (
        insert(review_case)
        .values({**asdict(opened), "state": CaseState.OPEN})
        .on_conflict_do_update(
            index_elements=[review_case.c.application_id],
            set_={"application_revision": opened.application_revision},
            where=and_(
                review_case.c.application_revision < opened.application_revision,
                review_case.c.state == CaseState.OPEN,
            ),
        )
        .returning(review_case.c.id)
    )
    return (await tx.execute(statement)).first() is not None


async def find_case(tx: Tx, case_id: UUID) -> CaseRecord:
    """A case by its id. Raises ``NotFound``."""
    row = (await tx.execute(_records().where(review_case.c.id == case_id))).first()
    if row is None:
        raise NotFound("case")
    return _record(row)


async def lock_case(tx: Tx, case_id: UUID, *, shared: bool = False) -> CaseRecord:
    """Hold the case's scope (shared) and the case, and read it as it is now. Raises ``NotFound``."""
    await tx.execute(
        select(evaluation_scope.c.track)
        .join(review_case, _same_scope())
        .where(review_case.c.id == case_id)
        .with_for_update(of=evaluation_scope, read=True)
    )
    await tx.execute(select(review_case.c.id).where(review_case.c.id == case_id).with_for_update(read=shared))
    return await find_case(tx, case_id)


async def ties_of(tx: Tx, caller: Caller, case_id: UUID) -> Ties:
    """How the caller is tied to the case as an expert."""
    person = await tx.scalar(select(reviewer.c.id).where(reviewer.c.subject == caller.subject))
    if person is None:
        return Ties()
    assigned = exists().where(
        assignment.c.case_id == case_id,
        assignment.c.reviewer_id == person,
        assignment.c.removed_at.is_(None),
    )
    advises = exists().where(pre_consulting.c.case_id == case_id, pre_consulting.c.adviser_id == person)
    row = (await tx.execute(select(assigned.label("assigned"), advises.label("advises")))).one()
    return Ties(person, row.assigned, row.advises)


async def list_cases(
    tx: Tx, caller: Caller, wanted: CaseFilter, after: tuple[datetime, UUID] | None, limit: int
) -> Sequence[CaseRecord]:
    """The caller's cases in order of arrival; the same rule as ``domain.access.capacities``, as a query.

    ``after``: arrival and application id of the last case of the page before.
    """
    order = (submission.c.arrived_at, submission.c.application_id)  # one index, of one table
    query = _records().where(_seen_by(caller)).order_by(*order)
    for column, value in (
        (review_case.c.call_id, wanted.call_id),
        (review_case.c.track, wanted.track),
        (review_case.c.state, wanted.state),
    ):
        if value is not None:
            query = query.where(column == value)
    if after is not None:
        query = query.where(tuple_(*order) > after)
    return [_record(row) for row in await tx.execute(query.limit(limit))]


async def cases_of_round(tx: Tx, call_id: UUID, track: Track) -> Sequence[CaseRecord]:
    """Every case of a call and track that does not wait for the next round, locked."""
    await tx.execute(
        select(review_case.c.id)
        .where(review_case.c.call_id == call_id, review_case.c.track == track)
        .order_by(review_case.c.id)
        .with_for_update()
    )
    query = _records().where(
        review_case.c.call_id == call_id, review_case.c.track == track, ~submission.c.rolls_over
    )
    return [_record(row) for row in await tx.execute(query.order_by(review_case.c.application_id))]


async def set_state(tx: Tx, case_ids: Sequence[UUID], state: CaseState) -> None:
    """Move cases; the caller holds them and has asked the domain."""
    await tx.execute(review_case.update().where(review_case.c.id.in_(case_ids)).values(state=state))


async def save_decision(
    tx: Tx, case_id: UUID, decision: EligibilityDecision, *, decided_by: str, decided_at: datetime
) -> None:
    """Keep how the case was screened."""
    await tx.execute(
        eligibility_decision.insert().values(
            case_id=case_id,
            eligible=decision.eligible,
            unmet_rules=list(decision.unmet_rules),
            note=decision.note,
            decided_by=decided_by,
            decided_at=decided_at,
        )
    )


def _same_scope() -> ColumnElement[bool]:
    return and_(
        evaluation_scope.c.call_id == review_case.c.call_id,
        evaluation_scope.c.track == review_case.c.track,
    )


def _records() -> Select[Any]:
    return (
        select(
            review_case,
            *(column for column in submission.c if column.name not in ("application_id", "revision")),
            application.c.partner_confirmed_at,
            application.c.withdrawn_at,
            evaluation_scope.c.evaluation_id,
            eligibility_decision.c.eligible,
            eligibility_decision.c.unmet_rules,
            eligibility_decision.c.note,
            eligibility_decision.c.decided_at,
            pre_consulting.c.revised_proposal,
            pre_consulting.c.completed_at,
        )
        .join(evaluation_scope, _same_scope())
        .join(
            submission,
            and_(
                submission.c.application_id == review_case.c.application_id,
                submission.c.revision == review_case.c.application_revision,
            ),
        )
        .join(application, application.c.id == submission.c.application_id)
        .outerjoin(pre_consulting, pre_consulting.c.case_id == review_case.c.id)
        .outerjoin(eligibility_decision, eligibility_decision.c.case_id == review_case.c.id)
    )


def _seen_by(caller: Caller) -> ColumnElement[bool]:
    seen: list[ColumnElement[bool]] = []
    tracks = [track for track in TRACKS if caller.reads(track)]
    if tracks:
        seen.append(review_case.c.track.in_(tracks))
    if Role.REVIEWER in caller.roles:
        seen.append(review_case.c.id.in_(_cases_of_expert(caller.subject)))
    if Role.APPLICANT in caller.roles and caller.organisation_id is not None:
        seen.append(submission.c.organisation_id == caller.organisation_id)
    return or_(false(), *seen)


def _cases_of_expert(subject: str) -> CompoundSelect[tuple[UUID]]:
    """Assigned without a conflict, or advised; from the expert, so that the plan need not walk all cases."""
    reviews = (
        select(assignment.c.case_id)
        .join(reviewer, reviewer.c.id == assignment.c.reviewer_id)
        .where(reviewer.c.subject == subject, assignment.c.removed_at.is_(None))
    )
    advises = (
        select(pre_consulting.c.case_id)
        .join(reviewer, reviewer.c.id == pre_consulting.c.adviser_id)
        .where(reviewer.c.subject == subject)
    )
    return reviews.union(advises)


def _record(row: Row[Any]) -> CaseRecord:
    case = Case(
        id=row.id,
        application_id=row.application_id,
        call_id=row.call_id,
        track=row.track,
        state=CaseState(row.state),
        organisation_id=row.organisation_id,
        contact_id=row.contact_id,
        receipt_no=row.receipt_no,
        arrived_at=row.arrived_at,
        rolls_over=row.rolls_over,
        evaluation_id=row.evaluation_id,
    )
    decision = (
        None if row.eligible is None else EligibilityDecision(row.eligible, tuple(row.unmet_rules), row.note)
    )
    return CaseRecord(
        case=case,
        application_revision=row.application_revision,
        proposal=row.proposal,
        revised_project=row.revised_proposal["project"] if row.completed_at else None,
        opened_at=row.opened_at,
        partner_confirmed_at=row.partner_confirmed_at,
        withdrawn_at=row.withdrawn_at,
        decision=decision,
        decided_at=row.decided_at,
    )
