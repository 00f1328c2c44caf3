"""Pre-consultings; the caller holds the case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import select

from services.review.domain.consulting import PreConsulting
from services.review.tables import pre_consulting
from shared.database.connection import Tx
from shared.errors import NotFound

Part = Literal["report", "revised_proposal"]


async def add_pre_consulting(tx: Tx, case_id: UUID, adviser_id: UUID, started_at: datetime) -> None:
    """Begin a case's one pre-consulting."""
    await tx.execute(
        pre_consulting.insert().values(case_id=case_id, adviser_id=adviser_id, started_at=started_at)
    )


async def find_pre_consulting(tx: Tx, case_id: UUID) -> PreConsulting:
    """The case's pre-consulting. Raises ``NotFound``."""
    row = (await tx.execute(select(pre_consulting).where(pre_consulting.c.case_id == case_id))).first()
    if row is None:
        raise NotFound("pre-consulting")
    return PreConsulting(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping


async def save_part(tx: Tx, case_id: UUID, part: Part, content: Mapping[str, Any]) -> None:
    """Replace one part and raise the revision."""
    await tx.execute(
        pre_consulting.update()
        .where(pre_consulting.c.case_id == case_id)
        .values({part: content, "revision": pre_consulting.c.revision + 1})
    )


async def mark_completed(tx: Tx, case_id: UUID, at: datetime) -> None:
    """Nothing of it changes after this."""
    await tx.execute(
        pre_consulting.update()
        .where(pre_consulting.c.case_id == case_id)
        .values(completed_at=at, revision=pre_consulting.c.revision + 1)
    )
