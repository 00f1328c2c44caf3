"""Closed evaluations and the pseudonyms of their reviewers."""

from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import select

from services.review.domain.evaluation import Evaluation
from services.review.tables import evaluation, reviewer_pseudonym
from shared.database.connection import Tx
from shared.errors import NotFound


async def add_evaluation(tx: Tx, one: Evaluation, pseudonyms: Mapping[UUID, str]) -> None:
    """Keep a closed evaluation, its bundle and result to the byte, and who stands behind each pseudonym."""
    await tx.execute(evaluation.insert().values(asdict(one)))
    rows = [
        {"evaluation_id": one.id, "reviewer_id": reviewer_id, "pseudonym": pseudonym}
        for reviewer_id, pseudonym in pseudonyms.items()
    ]
    if rows:
        await tx.execute(reviewer_pseudonym.insert(), rows)


async def find_evaluation(tx: Tx, evaluation_id: UUID) -> Evaluation:
    """A closed evaluation. Raises ``NotFound``."""
    row = (await tx.execute(select(evaluation).where(evaluation.c.id == evaluation_id))).first()
    if row is None:
        raise NotFound("evaluation")
    return Evaluation(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping


async def pseudonyms_of(tx: Tx, evaluation_id: UUID) -> dict[UUID, str]:
    """Reviewer ids and their pseudonyms in this evaluation."""
    rows = await tx.execute(
        select(reviewer_pseudonym).where(reviewer_pseudonym.c.evaluation_id == evaluation_id)
    )
    return {row.reviewer_id: row.pseudonym for row in rows}
