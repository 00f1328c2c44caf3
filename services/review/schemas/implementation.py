"""The implementation of a selected project over HTTP."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from shared.http.schema import Day, Schema


class DayIn(Schema):
    """The day of a step."""

    day: Day = Field(
        description="By Korean calendar: not to come, and not before the day of what comes before",
        examples=["2025-06-02"],
    )


class ImplementationOut(Schema):
    """How far a selected project is."""

    case_id: UUID
    application_id: UUID
    announced_at: datetime | None = Field(
        description="When its selection was announced; null: it is not selected, or not announced"
    )
    agreement_due_on: date | None = Field(
        description="One month after the announcement, two where the applicant is abroad; a late agreement is recorded "
        "all the same (rule by analogy)"
    )
    agreed_on: date | None
    started_on: date | None
    completed_on: date | None
