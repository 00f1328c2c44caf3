"""What follows a selection: the agreement, the beginning of the work, its completion; each a day, in this order. Pure."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from services.review.domain.case import Case, CaseState
from services.review.domain.refusals import CaseNotInState, StepOutOfOrder, StepRecordedAlready
from shared.clock.arrival import Arrival
from shared.errors import Invalid, Violation

KOREA = ZoneInfo("Asia/Seoul")
MONTHS_AT_HOME, MONTHS_ABROAD = 1, 2
"""Until the agreement. Source: programme, "Rules used by analogy": 1 month, 2 months when international."""


class Step(StrEnum):
    """What is recorded of a selected project."""

    AGREEMENT = "agreement"
    START = "start"
    COMPLETION = "completion"


@dataclass(frozen=True, slots=True)
class Implementation:
    """The days that are recorded, by Korean calendar; None: not yet."""

    agreed_on: date | None = None
    started_on: date | None = None
    completed_on: date | None = None

    @property
    def days(self) -> Mapping[Step, date | None]:
        """The day of each step, in their order."""
        return {
            Step.AGREEMENT: self.agreed_on,
            Step.START: self.started_on,
            Step.COMPLETION: self.completed_on,
        }


_MEMBERS = {
    Step.AGREEMENT: "agreed_on",
    Step.START: "started_on",
    Step.COMPLETION: "completed_on",
}


def record_step(
    case: Case, present: Implementation, step: Step, day: date, *, announced_at: datetime, arrival: Arrival
) -> Implementation:
    """The days with that of ``step``, which must be the next one.

    Raises ``CaseNotInState`` for what is not an announced selected case, ``StepRecordedAlready``, ``StepOutOfOrder``,
    and ``Invalid`` for a day to come, or before that of the step before (of the announcement).
    """
    if case.state is not CaseState.SELECTED:
        raise CaseNotInState(case.state, [CaseState.SELECTED])
    if (recorded := present.days[step]) is not None:
        raise StepRecordedAlready(step, recorded)
    earliest = announced_at.astimezone(KOREA).date()
    for before in Step:
        if before is step:
            break
        if (done := present.days[before]) is None:
            raise StepOutOfOrder(step, before)
        earliest = done
    today = arrival.at.astimezone(KOREA).date()
    if not earliest <= day <= today:
        told = f"It lies between {earliest.isoformat()}, the day of what comes before, and {today.isoformat()}, today."
        raise Invalid("This cannot be the day.", violations=[Violation("/body/day", "not-possible", told)])
    return replace(present, **{_MEMBERS[step]: day})


def agreement_due_on(announced_at: datetime, applicant_country_iso2: str) -> date:
    """Until when the agreement is to be signed. A late one is recorded all the same."""
    announced = announced_at.astimezone(KOREA).date()
    months = announced.month - 1 + (MONTHS_AT_HOME if applicant_country_iso2 == "KR" else MONTHS_ABROAD)
    year, month = announced.year + months // 12, months % 12 + 1
    return date(year, month, min(announced.day, monthrange(year, month)[1]))
