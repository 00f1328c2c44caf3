"""What a partner body sees behind its link: no personal data, nothing beyond what it confirms."""

from datetime import datetime
from typing import Literal, Self

from pydantic import Field

from services.intake.domain.application import Application, State
from services.intake.schemas.texts import TextOut
from shared.http.schema import Schema


class PartnerConfirmationOut(Schema):
    """What is confirmed, and whether it was."""

    state: Literal["open", "confirmed", "withdrawn"]
    call_code: str = Field(examples=["KCN-2025"])
    applicant: TextOut
    partner: TextOut
    project_title: TextOut
    city: TextOut
    country_iso2: str
    confirmed_at: datetime | None
    rehearsal: bool = Field(description="True: nothing is really confirmed")

    @classmethod
    def of(cls, one: Application, *, rehearsal: bool) -> Self:
        """The answer for a submitted application."""
        open_or_not: Literal["open", "withdrawn"] = "open" if one.state is State.SUBMITTED else "withdrawn"
        return cls(
            state="confirmed" if one.partner_confirmed_at else open_or_not,
            call_code=one.call_code,
            applicant=TextOut.model_validate(one.organisation.get("name", {})),
            partner=TextOut.model_validate((one.partner or {}).get("name", {})),
            project_title=TextOut.model_validate(one.project.get("title", {})),
            city=TextOut.model_validate(one.project.get("city", {})),
            country_iso2=one.project.get("country_iso2", ""),
            confirmed_at=one.partner_confirmed_at,
            rehearsal=rehearsal,
        )
