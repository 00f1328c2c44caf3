"""The days of a project's implementation."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.review.domain.implementation import Implementation
from services.review.tables import evaluation_scope, implementation, review_case, selection
from shared.database.connection import Tx


async def find_implementation(tx: Tx, case_id: UUID) -> Implementation:
    """What is recorded; all None where nothing is."""
    table = implementation
    statement = select(table.c.agreed_on, table.c.started_on, table.c.completed_on)
    row = (await tx.execute(statement.where(table.c.case_id == case_id))).first()
    return Implementation(*row) if row else Implementation()


async def save_implementation(tx: Tx, case_id: UUID, recorded: Implementation) -> None:
    """Keep what is recorded; the caller holds the case."""
    values = asdict(recorded)
    statement = insert(implementation).values(case_id=case_id, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=[implementation.c.case_id], set_=values))


async def announced_at_of(tx: Tx, case_id: UUID) -> datetime | None:
    """When the selection of the case's round was announced; None before."""
    statement = (
        select(selection.c.announced_at)
        .join(evaluation_scope, evaluation_scope.c.evaluation_id == selection.c.evaluation_id)
        .join(
            review_case,
            (review_case.c.call_id == evaluation_scope.c.call_id)
            & (review_case.c.track == evaluation_scope.c.track),
        )
        .where(review_case.c.id == case_id, selection.c.announced_at.is_not(None))
    )
    found: datetime | None = await tx.scalar(statement)
    return found
