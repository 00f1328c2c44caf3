"""Assignments, conflict declarations and score sheets."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, select
from sqlalchemy.dialects.postgresql import insert

from services.review.domain.experts import Declaration
from services.review.domain.sheet import Assignment, Score, Sheet
from services.review.tables import (
    assignment,
    conflict_declaration,
    review_case,
    reviewer,
    score_sheet,
)
from shared.database.connection import Tx
from shared.errors import NotFound
from shared.ids import new_uuid


async def add_assignments(tx: Tx, case_id: UUID, reviewer_ids: Sequence[UUID], at: datetime) -> None:
    """Assign reviewers to a case; who is assigned already stays so."""
    rows = [
        {"id": new_uuid(), "case_id": case_id, "reviewer_id": reviewer_id, "assigned_at": at}
        for reviewer_id in reviewer_ids
    ]
    await tx.execute(insert(assignment).values(rows).on_conflict_do_nothing())


async def case_of_assignment(tx: Tx, assignment_id: UUID) -> UUID:
    """Whose case it is. Raises ``NotFound``."""
    found: UUID | None = await tx.scalar(select(assignment.c.case_id).where(assignment.c.id == assignment_id))
    if found is None:
        raise NotFound("assignment")
    return found


async def find_assignment(tx: Tx, assignment_id: UUID) -> Assignment:
    """An assignment with its sheet. Raises ``NotFound``."""
    row = (await tx.execute(_assignments().where(assignment.c.id == assignment_id))).first()
    if row is None:
        raise NotFound("assignment")
    return _assignment(row)


async def lock_assignment(tx: Tx, assignment_id: UUID) -> Assignment:
    """Hold an assignment and read it as it is now; the caller holds its case. Raises ``NotFound``."""
    await tx.execute(select(assignment.c.id).where(assignment.c.id == assignment_id).with_for_update())
    return await find_assignment(tx, assignment_id)


async def assignments_of_case(tx: Tx, case_id: UUID) -> Sequence[Assignment]:
    """All assignments a case ever had, removed ones too."""
    query = _assignments().where(assignment.c.case_id == case_id).order_by(assignment.c.reviewer_id)
    return [_assignment(row) for row in await tx.execute(query)]


async def list_own(tx: Tx, subject: str, after: UUID | None, limit: int) -> Sequence[Assignment]:
    """A reviewer's assignments, oldest first, without those removed by a conflict."""
    query = _assignments().where(reviewer.c.subject == subject, assignment.c.removed_at.is_(None))
    if after is not None:
        query = query.where(assignment.c.id > after)
    return [_assignment(row) for row in await tx.execute(query.order_by(assignment.c.id).limit(limit))]


async def has_sheets(tx: Tx, case_id: UUID) -> bool:
    """Whether anybody began to score the case."""
    query = (
        select(score_sheet.c.assignment_id)
        .join(assignment, assignment.c.id == score_sheet.c.assignment_id)
        .where(assignment.c.case_id == case_id)
    )
    return (await tx.execute(query.limit(1))).first() is not None


async def remove_assignment(tx: Tx, case_id: UUID, reviewer_id: UUID, at: datetime) -> None:
    """Take the reviewer off the case; what they wrote stays on record and does not count."""
    await tx.execute(
        assignment.update()
        .where(assignment.c.case_id == case_id, assignment.c.reviewer_id == reviewer_id)
        .values(removed_at=at)
    )


async def save_declaration(
    tx: Tx, case_id: UUID, reviewer_id: UUID, declaration: Declaration, at: datetime
) -> None:
    """Keep what the reviewer declares now."""
    content = {
        "has_conflict": declaration.has_conflict,
        "kind": declaration.kind,
        "reason_code": declaration.reason,
        "declared_at": at,
    }
    await tx.execute(
        insert(conflict_declaration)
        .values({"case_id": case_id, "reviewer_id": reviewer_id, **content})
        .on_conflict_do_update(
            index_elements=[conflict_declaration.c.case_id, conflict_declaration.c.reviewer_id], set_=content
        )
    )


async def declarations_of_case(tx: Tx, case_id: UUID) -> dict[UUID, Declaration]:
    """What each reviewer declared, by reviewer id."""
    rows = await tx.execute(select(conflict_declaration).where(conflict_declaration.c.case_id == case_id))
    return {row.reviewer_id: Declaration(row.has_conflict, row.kind, row.reason_code) for row in rows}


async def save_sheet(tx: Tx, assignment_id: UUID, sheet: Sheet, at: datetime) -> None:
    """Keep a sheet; the caller holds the assignment."""
    content = {
        "revision": sheet.revision,
        "scores": [asdict(score) for score in sheet.scores],
        "written_at": at,
        "submitted_at": sheet.submitted_at,
    }
    await tx.execute(
        insert(score_sheet)
        .values({"assignment_id": assignment_id, **content})
        .on_conflict_do_update(index_elements=[score_sheet.c.assignment_id], set_=content)
    )


def _assignments() -> Select[Any]:
    return (
        select(
            assignment,
            reviewer.c.subject,
            review_case.c.call_id,
            review_case.c.track,
            conflict_declaration.c.has_conflict,
            score_sheet.c.revision,
            score_sheet.c.scores,
            score_sheet.c.submitted_at,
        )
        .join(reviewer, reviewer.c.id == assignment.c.reviewer_id)
        .join(review_case, review_case.c.id == assignment.c.case_id)
        .outerjoin(score_sheet, score_sheet.c.assignment_id == assignment.c.id)
        .outerjoin(
            conflict_declaration,
            and_(
                conflict_declaration.c.case_id == assignment.c.case_id,
                conflict_declaration.c.reviewer_id == assignment.c.reviewer_id,
            ),
        )
    )


def _assignment(row: Row[Any]) -> Assignment:
    return Assignment(
        id=row.id,
        case_id=row.case_id,
        call_id=row.call_id,
        track=row.track,
        reviewer_id=row.reviewer_id,
        subject=row.subject,
        assigned_at=row.assigned_at,
        declared=row.has_conflict is False,
        removed=row.removed_at is not None,
        sheet=Sheet(row.revision or 0, tuple(Score(**score) for score in row.scores or ()), row.submitted_at),
    )
