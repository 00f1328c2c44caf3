"""Pre-consulting (사전컨설팅): an adviser's report and the applicant's revised proposal. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.review.domain.refusals import PreConsultingCompletedAlready, PreConsultingIncomplete


@dataclass(frozen=True, slots=True)
class PreConsulting:
    """What there is so far. ``report`` and ``revised_proposal`` as JSON values; revision rises with each change."""

    case_id: UUID
    adviser_id: UUID
    revision: int
    report: Mapping[str, Any] | None
    revised_proposal: Mapping[str, Any] | None
    started_at: datetime
    completed_at: datetime | None

    def must_be_running(self) -> None:
        """Raise ``PreConsultingCompletedAlready`` once it is completed."""
        if self.completed_at is not None:
            raise PreConsultingCompletedAlready

    def must_be_complete(self) -> None:
        """Raise ``PreConsultingIncomplete`` unless both parts are in."""
        parts = {"report": self.report, "revised_proposal": self.revised_proposal}
        if missing := [name for name, part in parts.items() if part is None]:
            raise PreConsultingIncomplete(missing)
