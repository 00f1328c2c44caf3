"""Selections and the invitations that follow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, false, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from services.review.domain.refusals import SelectionPending
from services.review.domain.selection import Selection, SelectionState
from services.review.tables import evaluation, invitation, selection
from shared.auth.caller import Track
from shared.database.connection import Tx
from shared.errors import NotFound


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation as issued."""

    id: UUID
    selection_id: UUID
    application_id: UUID
    occasion_code: str
    contact_id: UUID
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class SelectionRecord:
    """A selection; ``announced``: the selected projects as announced (JSON values), None before."""

    selection: Selection
    announced: Sequence[Mapping[str, Any]] | None


async def add_selection(tx: Tx, one: Selection) -> None:
    """Keep a proposal. Raises ``SelectionPending`` while another one of the evaluation stands."""
    try:
        async with tx.begin_nested():
            await tx.execute(
                selection.insert().values(
                    id=one.id,
                    evaluation_id=one.evaluation_id,
                    state=one.state,
                    announce_at=one.announce_at,
                    proposed_by=one.proposed_by,
                    proposed_at=one.proposed_at,
                )
            )
    except IntegrityError as error:
        standing = select(selection.c.id).where(
            selection.c.evaluation_id == one.evaluation_id, selection.c.state != SelectionState.REJECTED
        )
        found = await tx.scalar(standing)
        if found is None:
            raise
        raise SelectionPending(found) from error


async def find_selection(tx: Tx, selection_id: UUID) -> SelectionRecord:
    """A selection. Raises ``NotFound``."""
    row = (await tx.execute(_selections().where(selection.c.id == selection_id))).first()
    if row is None:
        raise NotFound("selection")
    return _record(row)


async def lock_selection(tx: Tx, selection_id: UUID) -> SelectionRecord:
    """Hold a selection and read it as it is now. Raises ``NotFound``."""
    await tx.execute(select(selection.c.id).where(selection.c.id == selection_id).with_for_update())
    return await find_selection(tx, selection_id)


async def lock_next_due(tx: Tx, now: datetime) -> SelectionRecord | None:
    """Hold one approved selection whose instant has come and nobody else holds; None when there is none."""
    due = (
        select(selection.c.id)
        .where(selection.c.state == SelectionState.APPROVED, selection.c.announce_at <= now)
        .order_by(selection.c.announce_at, selection.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    found = await tx.scalar(due)
    return None if found is None else await find_selection(tx, found)


async def announced_of_evaluation(tx: Tx, evaluation_id: UUID) -> SelectionRecord | None:
    """The announced selection of an evaluation, None before."""
    query = _selections().where(
        selection.c.evaluation_id == evaluation_id, selection.c.state == SelectionState.ANNOUNCED
    )
    row = (await tx.execute(query)).first()
    return None if row is None else _record(row)


async def list_selections(
    tx: Tx, overseen: Sequence[Track], after: UUID | None, limit: int
) -> Sequence[SelectionRecord]:
    """What everybody sees, and what officers of these tracks see besides; oldest first."""
    seen: ColumnElement[bool] = or_(
        selection.c.state == SelectionState.ANNOUNCED,
        evaluation.c.track.in_(overseen) if overseen else false(),
    )
    query = _selections().where(seen).order_by(selection.c.id).limit(limit)
    if after is not None:
        query = query.where(selection.c.id > after)
    return [_record(row) for row in await tx.execute(query)]


async def decide_selection(
    tx: Tx, one: Selection, state: SelectionState, *, by: str, at: datetime, reason: str | None = None
) -> None:
    """Approve or reject; the caller holds the selection."""
    await tx.execute(
        selection.update()
        .where(selection.c.id == one.id)
        .values(state=state, decided_by=by, decided_at=at, rejection_reason=reason)
    )


async def mark_announced(
    tx: Tx, selection_id: UUID, at: datetime, announced: Sequence[Mapping[str, Any]]
) -> None:
    """Make the selection public; the caller holds it."""
    await tx.execute(
        selection.update()
        .where(selection.c.id == selection_id)
        .values(state=SelectionState.ANNOUNCED, announced_at=at, announced=list(announced))
    )


async def add_invitation(tx: Tx, one: Invitation) -> bool:
    """Keep an invitation; False when the project was invited to the occasion before."""
    statement = (
        insert(invitation)
        .values(
            id=one.id,
            selection_id=one.selection_id,
            application_id=one.application_id,
            occasion_code=one.occasion_code,
            contact_id=one.contact_id,
            issued_at=one.issued_at,
        )
        .on_conflict_do_nothing(
            index_elements=[
                invitation.c.selection_id,
                invitation.c.application_id,
                invitation.c.occasion_code,
            ]
        )
        .returning(invitation.c.id)
    )
    return (await tx.execute(statement)).first() is not None


async def invitations_of(tx: Tx, selection_id: UUID, occasion_code: str) -> Sequence[Invitation]:
    """The invitations of a selection to one occasion."""
    rows = await tx.execute(
        select(invitation)
        .where(invitation.c.selection_id == selection_id, invitation.c.occasion_code == occasion_code)
        .order_by(invitation.c.id)
    )
    return [Invitation(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name


def _selections() -> Select[Any]:
    return select(selection, evaluation.c.call_id, evaluation.c.track, evaluation.c.ranking_sha256).join(
        evaluation, evaluation.c.id == selection.c.evaluation_id
    )


def _record(row: Row[Any]) -> SelectionRecord:
    one = Selection(
        id=row.id,
        evaluation_id=row.evaluation_id,
        call_id=row.call_id,
        track=row.track,
        state=SelectionState(row.state),
        announce_at=row.announce_at,
        ranking_sha256=row.ranking_sha256,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        rejection_reason=row.rejection_reason,
        announced_at=row.announced_at,
    )
    return SelectionRecord(one, row.announced)
