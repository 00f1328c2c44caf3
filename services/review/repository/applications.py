"""Review's copy of what intake tells of applications; written by the copy handlers alone."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert

from services.review.tables import application, submission
from shared.database.connection import Tx
from shared.events.intake import ApplicationSubmitted

_PROPOSAL = {"organisation", "project", "answers", "partner", "documents", "digest"}


async def keep_submission(tx: Tx, submitted: ApplicationSubmitted) -> None:
    """Keep one revision as submitted; others stay beside it."""
    await tx.execute(insert(application).values(id=submitted.application_id).on_conflict_do_nothing())
    content = {
        "organisation_id": submitted.organisation.organisation_id,
        "contact_id": submitted.contact_id,
        "receipt_no": submitted.receipt_no,
        "arrived_at": submitted.arrived_at,
        "rolls_over": submitted.rolls_over,
        "proposal": submitted.model_dump(mode="json", include=_PROPOSAL),
    }
    key = {"application_id": submitted.application_id, "revision": submitted.revision}
    await tx.execute(
        insert(submission)
        .values({**key, **content})
        .on_conflict_do_update(
            index_elements=[submission.c.application_id, submission.c.revision], set_=content
        )
    )


async def keep_withdrawal(tx: Tx, application_id: UUID, at: datetime) -> None:
    """Keep when the application was taken back."""
    new = insert(application).values(id=application_id, withdrawn_at=at)
    await tx.execute(new.on_conflict_do_update(index_elements=[application.c.id], set_={"withdrawn_at": at}))


async def keep_confirmation(tx: Tx, application_id: UUID, at: datetime) -> None:
    """Keep when the partner confirmed first."""
    new = insert(application).values(id=application_id, partner_confirmed_at=at)
    first = func.coalesce(application.c.partner_confirmed_at, new.excluded.partner_confirmed_at)
    await tx.execute(
        new.on_conflict_do_update(index_elements=[application.c.id], set_={"partner_confirmed_at": first})
    )
